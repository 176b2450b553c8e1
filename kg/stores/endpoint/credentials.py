"""Who asks a server: from the environment or a netrc file, and in no message, log or repr."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from kg.errors import InputError
from kg.stores.endpoint.config import variable


class Credentials:
    """User with password, or a token, or nothing.

    >>> Credentials("ada", password="secret")
    Credentials('ada', ***)
    """

    __slots__ = ("_host", "_password", "_token", "user")

    def __init__(
        self,
        user: str | None = None,
        *,
        password: str | None = None,
        token: str | None = None,
        host: str | None = None,
    ) -> None:
        self.user = user
        self._password = password
        self._token = token
        self._host = host

    def password(self) -> str | None:
        """The password, for the request only."""
        return self._password

    def token(self) -> str | None:
        """The token, for the request only."""
        return self._token

    def for_host(self, host: str) -> Credentials:
        """Those for one of the hosts of a store: an entry of netrc is for its host alone."""
        if self._host is None or self._host == host:
            return self
        found = _netrc(host)
        return Credentials(found[0], password=found[1], host=host) if found else Credentials(self.user)

    def __bool__(self) -> bool:
        return self._token is not None or self._password is not None

    def __repr__(self) -> str:
        return f"Credentials({self.user!r}{', ***' if self else ''})"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("credentials are not written down")

    def scrubbed(self, text: str) -> str:
        """A text of the server without our password or token, should it repeat them.

        >>> Credentials("ada", password="secret").scrubbed("no user ada with password secret")
        'no user ada with password ***'
        """
        secrets = [secret for secret in (self._password, self._token) if secret]
        if self._password:
            pair = f"{self.user or ''}:{self._password}".encode()
            secrets.append(base64.b64encode(pair).decode("ascii"))
        for secret in sorted(secrets, key=len, reverse=True):
            text = text.replace(secret, "***")
        return text


def credentials_for(name: str | None, host: str, *, user: str | None = None) -> Credentials:
    """What the environment or a netrc file has for a store: its own variables first, then the general ones.

    KG_NAME_TOKEN, KG_NAME_PASSWORD with KG_NAME_USER for the store NAME of kg.toml, then KG_TOKEN, KG_PASSWORD with
    KG_USER, then the entry of the host in $NETRC or ~/.netrc. `user` is that of kg.toml.
    """
    for prefix in ([variable(name, "")] if name else []) + ["KG_"]:
        own = os.environ.get(f"{prefix}USER") or None
        who = own or user if prefix != "KG_" else user or own
        if token := os.environ.get(f"{prefix}TOKEN"):
            return Credentials(who, token=_plain(token, f"{prefix}TOKEN"))
        if password := os.environ.get(f"{prefix}PASSWORD"):
            who = who or os.environ.get("KG_USER") or None
            if who is None:
                raise InputError(f"{prefix}PASSWORD is set, but no user", hint=f"set {prefix}USER too")
            return Credentials(_plain(who, f"{prefix}USER"), password=_plain(password, f"{prefix}PASSWORD"))
        user = who if prefix != "KG_" else user
    found = _netrc(host)
    if found is not None and (user is None or user == found[0]):
        return Credentials(found[0], password=found[1], host=host)
    return Credentials(user)


def _plain(value: str, name: str) -> str:
    if any(ord(char) < 32 or ord(char) == 127 for char in value):
        raise InputError(f"{name} has a line end or another control character", hint="set it again")
    return value


def _netrc(host: str) -> tuple[str, str] | None:
    named = os.environ.get("NETRC")
    file = Path(named) if named else Path(os.path.expanduser("~")) / ".netrc"  # noqa: PTH111
    if not file.is_file():
        if named:
            raise InputError("$NETRC names no file", where=named, hint="correct or unset it")
        return None
    import netrc

    try:
        # Only the default file's permissions are checked by the library, and only when it finds it itself.
        found = netrc.netrc(str(file) if named else None).authenticators(host)
    except netrc.NetrcParseError as error:
        # Its message repeats what it read, which may be the password.
        what = (
            "others may read the netrc file" if "permission" in str(error) else "the netrc file is malformed"
        )
        line = f", line {error.lineno}" if error.lineno else ""
        raise InputError(what, where=f"{file}{line}", hint=f"correct it, and chmod 600 {file}") from None
    except (OSError, UnicodeDecodeError):
        raise InputError("the netrc file cannot be read", where=str(file), hint="check it") from None
    if found is None or not found[2]:
        return None
    return found[0] or "", found[2]
