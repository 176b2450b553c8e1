"""One HTTP request and its answer, with a limit of time that nothing stretches.

The standard library's timeout starts anew with every byte that arrives; here each read gets only what is left.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple
from urllib.parse import urlsplit

from kg.stores.endpoint.clock import BLOCK, Clock, TimedSocket
from kg.stores.endpoint.proxies import Proxy, proxy_for

if TYPE_CHECKING:
    import ssl

_IDLE: Final = 2  # connections to a server that are kept open between requests
_CONNECTING: Final = 15.0  # seconds; who answers at all does so sooner


class Request(NamedTuple):
    """What is sent. The body is bytes, or a file that can be read again; its length is always told.

    Virtuoso 7 answers "created" to a body in chunks, and stores nothing.
    """

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | BinaryIO = b""
    length: int = 0


class Origin(NamedTuple):
    """A server that connections go to."""

    scheme: str
    host: str
    port: int | None
    proxy: Proxy | None


class NotAnswered(Exception):  # noqa: N818 - an outcome, that becomes an error of ours above
    """No answer came; `met` tells whether there was a connection, and hence whether anything may have been sent."""

    def __init__(self, cause: BaseException, *, met: bool) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.met = met


class Reply:
    """The answer to a request: a status, headers, and a body that is read as a stream."""

    def __init__(
        self, response: HTTPResponse, connection: HTTPConnection, origin: Origin, home: Connections
    ) -> None:
        self.status = response.status
        self.headers = response.headers
        self.received = 0
        self._response = response
        self._connection: HTTPConnection | None = connection
        self._origin, self._home = origin, home

    @property
    def content_type(self) -> str:
        """The media type, in lower case and without parameters."""
        return (self.headers.get("Content-Type") or "").partition(";")[0].strip().lower()

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the body, empty at its end.

        Raises TimeoutError when time is over, HTTPException or another OSError where the body is cut off.
        """
        if self._connection is None:
            return b""
        data = self._response.read1(size if size > 0 else BLOCK)
        if data:
            self.received += len(data)
            return data
        if self._response.length:  # announced, and not come
            raise IncompleteRead(b"", self._response.length)
        connection, self._connection = self._connection, None
        if self._response.will_close:
            connection.close()
        else:
            self._home.keep(self._origin, connection)
        self._response.close()
        return b""

    def close(self) -> None:
        """Give the connection up, unless all was read."""
        if self._connection is not None:
            self._response.close()
            self._connection.close()
            self._connection = None


class Connections:
    """Connections to servers, kept open from one request to the next."""

    def __init__(self) -> None:
        self.requests = 0
        self._idle: dict[Origin, list[HTTPConnection]] = {}
        self._tls: ssl.SSLContext | None = None

    def exchange(self, request: Request, clock: Clock, *, fresh: bool = False) -> Reply:
        """Send a request and read the head of its answer; raises NotAnswered where none comes.

        With `fresh` a connection of its own is made: on one that was idle nobody can tell whether the server
        had closed it before the request or because of it.
        """
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        origin = Origin(parts.scheme, host, parts.port, proxy_for(parts.scheme, host, parts.port))
        connection = None if fresh else self._take(origin)
        if connection is not None:
            try:
                return self._over(connection, origin, request, clock)
            except NotAnswered as error:
                if isinstance(error.cause, TimeoutError):
                    raise
        return self._over(self._connect(origin, clock), origin, request, clock)

    def keep(self, origin: Origin, connection: HTTPConnection) -> None:
        """Take back a connection whose answer was read to its end; of many idle ones the newest stay open.

        Servers have a thread for each (Oxigraph 0.5 stops answering at some hundreds), and each `fresh` makes one more.
        """
        idle = self._idle.setdefault(origin, [])
        idle.append(connection)
        while len(idle) > _IDLE:
            idle.pop(0).close()

    def close(self) -> None:
        """Close all connections that are idle."""
        while self._idle:
            for connection in self._idle.popitem()[1]:
                connection.close()

    def _take(self, origin: Origin) -> HTTPConnection | None:
        idle = self._idle.get(origin)
        while idle:
            connection = idle.pop()
            if connection.sock is not None and not _ended(connection.sock):
                return connection
            connection.close()
        return None

    def _connect(self, origin: Origin, clock: Clock) -> HTTPConnection:
        host, port = (origin.host, origin.port) if origin.proxy is None else origin.proxy[:2]
        began = time.monotonic()
        connection: HTTPConnection | None = None
        try:
            left = clock.left()
            seconds = _CONNECTING if left is None else min(left, _CONNECTING)
            if origin.scheme == "https":
                connection = HTTPSConnection(host, port, timeout=seconds, context=self._context())
                if origin.proxy is not None:
                    told = origin.proxy.authorization
                    headers = {"Proxy-Authorization": told} if told else {}
                    connection.set_tunnel(origin.host, origin.port or 443, headers)
            else:
                connection = HTTPConnection(host, port, timeout=seconds)
            connection.connect()
        except (OSError, HTTPException, UnicodeError) as error:
            if connection is not None:
                connection.close()
            raise NotAnswered(error, met=False) from error
        clock.waited(time.monotonic() - began)
        return connection

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            import ssl

            self._tls = ssl.create_default_context()
        return self._tls

    def _over(self, connection: HTTPConnection, origin: Origin, request: Request, clock: Clock) -> Reply:
        self.requests += 1
        connection.response_class = lambda sock, **more: HTTPResponse(TimedSocket(sock, clock), **more)  # type: ignore[assignment,arg-type]
        try:
            # Some servers refuse before they have read all, and then close; their answer may be there.
            with suppress(BrokenPipeError, ConnectionResetError):
                self._send(connection, origin, request, clock)
            response = connection.getresponse()
        except (OSError, HTTPException) as error:
            connection.close()
            raise NotAnswered(error, met=True) from error
        except BaseException:
            connection.close()
            raise
        return Reply(response, connection, origin, self)

    def _send(self, connection: HTTPConnection, origin: Origin, request: Request, clock: Clock) -> None:
        parts = urlsplit(request.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = dict(request.headers)
        if origin.proxy is not None and origin.scheme == "http":
            target = request.url
            if origin.proxy.authorization:
                headers["Proxy-Authorization"] = origin.proxy.authorization
        connection.sock.settimeout(clock.left())
        connection.putrequest(request.method, target, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value.encode())
        if request.method not in ("GET", "HEAD"):
            connection.putheader("Content-Length", str(request.length))
        first, rest = _blocks(request.body)
        connection.endheaders(first)
        for block in rest:
            began = time.monotonic()
            connection.sock.settimeout(clock.left())
            connection.send(block)
            clock.waited(time.monotonic() - began, sent=len(block))


def _blocks(body: bytes | BinaryIO) -> tuple[bytes | None, Iterable[bytes]]:
    """What may go out with the head of a request, and what after it."""
    if isinstance(body, bytes):
        if len(body) <= BLOCK:
            return body or None, ()
        body = io.BytesIO(body)
    file = body
    file.seek(0)
    return None, iter(lambda: file.read(BLOCK), b"")


def _ended(sock: Any) -> bool:
    """Whether the server has closed a connection, or said something that nobody asked for."""
    import selectors

    try:
        # Not select itself, which knows no files beyond the first 1,024 of a process.
        with selectors.DefaultSelector() as waiting:
            waiting.register(sock, selectors.EVENT_READ)
            return bool(waiting.select(0))
    except (OSError, ValueError):
        return True
