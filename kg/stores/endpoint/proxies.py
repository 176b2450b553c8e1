"""Which way a server is reached: directly, or through the proxy that the environment names."""

from __future__ import annotations

import base64
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass


class Proxy(NamedTuple):
    """A proxy, and what it is told in the header Proxy-Authorization."""

    host: str
    port: int
    authorization: str | None

    def __repr__(self) -> str:
        return f"Proxy({self.host!r}, {self.port})"


def proxy_for(scheme: str, host: str, port: int | None) -> Proxy | None:
    """The proxy for a server, by http_proxy, https_proxy, all_proxy and no_proxy; None for the direct way."""
    named = getproxies()
    address = named.get(scheme) or named.get("all")
    if not address or proxy_bypass(host if port is None else f"{host}:{port}"):
        return None
    parts = urlsplit(address if "://" in address else f"http://{address}")
    if parts.scheme != "http" or not parts.hostname:
        return None  # other kinds of proxies are not spoken to
    authorization = None
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = "Basic " + base64.b64encode(pair.encode()).decode("ascii")
    return Proxy(parts.hostname, parts.port or 3128, authorization)
