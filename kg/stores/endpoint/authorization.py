"""The Authorization header of one request: Basic, Digest or Bearer.

SPARQLWrapper would install an opener for the whole process for Digest; here the standard library computes the
answer to a challenge, and nothing outlives the transport.
"""

from __future__ import annotations

import base64
from http.client import HTTPMessage
from urllib.parse import urlsplit

from kg.stores.endpoint.credentials import Credentials


class Authorization:
    """How a server wants to be told who asks; learned from its first refusal.

    Over https a password is sent at once, over http only as the server asks for it: one that wants a digest
    never sees it.
    """

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._basic: set[str] = set()
        self._digest: dict[str, tuple[object, dict[str, str]]] = {}

    def header(self, method: str, url: str) -> str | None:
        """The value of the header for a request, None where none is to be sent yet."""
        token, password = self._credentials.token(), self._credentials.password()
        if token is not None:
            return f"Bearer {token}"
        if password is None:
            return None
        place = _place(url)
        if place in self._digest:
            handler, challenge = self._digest[place]
            return _digest(handler, challenge, method, url)
        if place in self._basic or (url.startswith("https:") and urlsplit(url).scheme == "https"):
            pair = f"{self._credentials.user or ''}:{password}"
            return "Basic " + base64.b64encode(pair.encode()).decode("ascii")
        return None

    def learn(self, url: str, headers: HTTPMessage, sent: str | None) -> bool:
        """Take note of how a server that answered 401 wants to be asked; whether asking again can help.

        `sent` is the header that it refused.
        """
        password = self._credentials.password()
        if self._credentials.token() is not None or password is None:
            return False
        from urllib.request import HTTPDigestAuthHandler, HTTPPasswordMgr, parse_http_list, parse_keqv_list

        place = _place(url)
        offered = headers.get_all("WWW-Authenticate") or []
        for challenge in offered:
            scheme, _, rest = challenge.strip().partition(" ")
            if scheme.lower() != "digest":
                continue
            fields = parse_keqv_list([part for part in parse_http_list(rest) if "=" in part])
            fields = {key.lower(): value for key, value in fields.items()}
            stale = fields.get("stale", "").lower() == "true"
            if sent is not None and sent.startswith("Digest") and not stale:
                return False  # it knows the answer, and does not like it
            if fields.get("algorithm", "MD5").upper() not in ("MD5", "SHA"):
                continue
            passwords = HTTPPasswordMgr()
            passwords.add_password(fields.get("realm"), url, self._credentials.user or "", password)  # type: ignore[arg-type]
            self._digest[place] = HTTPDigestAuthHandler(passwords), fields
            return True
        if any(challenge.strip().lower().startswith("basic") for challenge in offered):
            self._basic.add(place)
            return sent is None or not sent.startswith("Basic")
        return False


def _digest(handler: object, challenge: dict[str, str], method: str, url: str) -> str | None:
    from urllib.request import Request

    # The handler counts how often a nonce was used, and makes up the client's part.
    answer = handler.get_authorization(Request(url, method=method), challenge)  # type: ignore[attr-defined]  # noqa: S310 - nothing is opened
    return f"Digest {answer}" if answer else None


def _place(url: str) -> str:
    """What a challenge holds for: servers give each of their addresses a realm of its own."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"
