"""All graphs of a server at once, as N-Quads.

No standard has it, but servers that keep quads answer so at the address of their graph store where no graph is named
(Oxigraph, Fuseki). Whether one does is found out by asking.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kg.errors import EndpointError
from kg.stores.endpoint import prepare
from kg.stores.endpoint.address import shown
from kg.stores.endpoint.clock import Clock
from kg.stores.endpoint.connection import Request
from kg.stores.endpoint.sending import Body

if TYPE_CHECKING:
    from kg.stores.endpoint.transport import Transport

_NQUADS: Final = "application/n-quads"
_PACE: Final = 20_000  # bytes a second that it must make in the long run
_PIECE: Final = 1 << 20


class Dataset:
    """The graphs of the server that a transport sends to."""

    def __init__(self, transport: Transport) -> None:
        self._address = transport.address.graph_store
        self._sender = transport.sender
        self._timeout = transport.timeout
        self._offered: bool | None = None
        self._loads = False

    def offered(self) -> bool:
        """Whether the server gives all its graphs as N-Quads; it is asked once."""
        if self._address is None:
            return False
        if self._offered is None:
            try:
                reply = self._sender.send(self._request("GET"), Clock(self._timeout))
            except EndpointError:
                self._offered = False
            else:
                self._offered = reply.content_type == _NQUADS
                self._loads = (reply.headers.get("Server") or "").startswith("Oxigraph/")
                reply.close()
        return self._offered

    def get(self) -> Iterator[bytes]:
        """All graphs in pieces as they come. Raises EndpointError, also in the middle."""
        clock = Clock(self._timeout, _PACE)
        request = self._request("GET")
        reply = self._sender.repeated(lambda: self._sender.send(request, clock))
        try:
            body = Body(reply, shown(request.url), clock)
            parts: list[bytes] = []
            size = 0
            while piece := body.read(_PIECE):  # no more than what one chunk brings, and those are small
                parts.append(piece)
                size += len(piece)
                if size >= _PIECE:
                    yield b"".join(parts)
                    parts, size = [], 0
            yield b"".join(parts)
        finally:
            reply.close()

    def post(self, data: bytes) -> None:
        """Add quads to the graphs that they name. To do it again changes nothing: none of ours has blank nodes.

        Oxigraph is asked to use its fast loader, which others may see a part of before all is there.
        """
        request = self._request("POST", data)
        if self._loads:
            request = request._replace(url=f"{request.url}?no_transaction")

        def send() -> None:
            self._sender.drop(self._sender.send(request, Clock(self._timeout, _PACE), fresh=True))

        self._sender.repeated(send)

    def _request(self, method: str, body: bytes = b"") -> Request:
        assert self._address is not None
        headers = {"User-Agent": prepare.AGENT, "Accept": "*/*" if body else _NQUADS}
        if body:
            headers["Content-Type"] = _NQUADS
        return Request(method, self._address, headers, body, len(body))
