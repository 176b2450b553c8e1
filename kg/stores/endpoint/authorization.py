"""The Authorization header of one request: Basic, Digest or Bearer.

SPARQLWrapper would install an opener for the whole process for Digest; here the standard library computes the
answer to a challenge, and nothing outlives the transport.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from http.client import HTTPMessage
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import HTTPDigestAuthHandler, HTTPPasswordMgr, Request, parse_http_list, parse_keqv_list

from kg.stores.endpoint.credentials import Credentials

_DIGEST: Final = re.compile(r"(?:^|,)\s*Digest\s+(.+)", re.IGNORECASE | re.DOTALL)
_BASIC: Final = re.compile(r"(?:^|,)\s*Basic(?:\s|$)", re.IGNORECASE)
_HASHES: Final = {"MD5": "md5", "SHA": "sha1", "SHA-256": "sha256"}


class Authorization:
    """How a server wants to be told who asks; learned from its first refusal.

    Over https a password is sent at once, over http only as the server asks for it: one that wants a digest
    never sees it.
    """

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._basic: set[str] = set()
        self._digest: dict[str, tuple[_Digest, dict[str, str]]] = {}

    def header(self, method: str, url: str) -> str | None:
        """The value of the header for a request, None where none is to be sent yet."""
        credentials = self._for(url)
        if (token := credentials.token()) is not None:
            return f"Bearer {token}"
        if (password := credentials.password()) is None:
            return None
        place = _place(url)
        if place in self._digest:
            handler, challenge = self._digest[place]
            answer = handler.get_authorization(Request(url, method=method), challenge)  # noqa: S310 - nothing is opened
            return f"Digest {answer}" if answer else None
        if place in self._basic or url.lower().startswith("https:"):
            pair = f"{credentials.user or ''}:{password}"
            return "Basic " + base64.b64encode(pair.encode()).decode("ascii")
        return None

    def learn(self, url: str, headers: HTTPMessage, sent: str | None) -> bool:
        """Take note of how a server that answered 401 wants to be asked; whether asking again can help.

        `sent` is the header that it refused, None if there was none.
        """
        credentials = self._for(url)
        password = credentials.password()
        if credentials.token() is not None or password is None:
            return False
        offered = headers.get_all("WWW-Authenticate") or []
        for challenge in offered:
            fields = _fields(challenge)
            if not {"realm", "nonce"} <= fields.keys() or fields.get("algorithm", "MD5") not in _HASHES:
                continue
            if "qop" in fields and "auth" not in fields["qop"].split(","):
                continue
            if (sent or "").startswith("Digest") and fields.get("stale", "").lower() != "true":
                return False  # it understood, and does not agree
            passwords = HTTPPasswordMgr()
            passwords.add_password(fields["realm"], url, credentials.user or "", password)
            self._digest[_place(url)] = _Digest(passwords), fields
            return True
        if any(_BASIC.search(challenge) for challenge in offered):
            self._basic.add(_place(url))
            return not (sent or "").startswith("Basic")
        return False

    def _for(self, url: str) -> Credentials:
        return self._credentials.for_host(urlsplit(url).hostname or "")


class _Digest(HTTPDigestAuthHandler):
    """The standard library's, which counts how often a nonce was used, with any letter in names and passwords."""

    def get_algorithm_impls(self, algorithm: str) -> tuple[Callable[[Any], str], Callable[[str, str], str]]:
        name = _HASHES[algorithm]

        def digest(text: str) -> str:
            return hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()

        return digest, lambda secret, data: digest(f"{secret}:{data}")


def _fields(challenge: str) -> dict[str, str]:
    """The fields of a challenge for a digest; none where it is for something else, or malformed.

    >>> _fields('Basic realm="a", Digest realm="b, c", nonce=1, qop="auth, auth-int"')
    {'realm': 'b, c', 'nonce': '1', 'qop': 'auth,auth-int'}
    """
    found = _DIGEST.search(challenge)
    if found is None:
        return {}
    parts = [part for part in parse_http_list(found[1]) if re.match(r"[\w-]+=.", part)]
    fields = {key.lower(): value for key, value in parse_keqv_list(parts).items()}
    for key in ("qop", "algorithm"):
        if key in fields:
            fields[key] = fields[key].replace(" ", "")
    if "algorithm" in fields:
        fields["algorithm"] = fields["algorithm"].upper()
    return fields


def _place(url: str) -> str:
    """What a challenge holds for: servers give each of their addresses a realm of its own."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
