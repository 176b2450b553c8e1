"""One HTTP request and its answer, with a limit of time that nothing stretches.

The standard library's timeout starts anew with every byte that arrives; here each read gets only what is left.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import Any, BinaryIO, Final, NamedTuple
from urllib.parse import urlsplit

BLOCK: Final = 1 << 18


class Request(NamedTuple):
    """What is sent. The body is bytes, or a file that can be read again; its length is always told.

    Virtuoso 7 answers "created" to a body in chunks, and stores nothing.
    """

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | BinaryIO = b""
    length: int = 0


class Clock:
    """The time that a request may take: `limit` seconds, and with a `pace` more for each so many bytes.

    With a pace only waiting counts, and not what the caller does with what has come so far.
    """

    def __init__(self, limit: float, pace: int | None = None) -> None:
        self.limit = limit
        self._pace = pace
        self._start = time.monotonic()
        self._waited = 0.0
        self._moved = 0

    def left(self) -> float | None:
        """Seconds that are left, None for no limit; raises TimeoutError when there are none."""
        if self._pace is None:
            left = self.limit - (time.monotonic() - self._start)
        else:
            left = self.limit + self._moved / self._pace - self._waited
        if left <= 0:
            raise TimeoutError
        return left if left < 1e9 else None

    def waited(self, seconds: float, moved: int) -> None:
        """Count a wait for the server, and the bytes that came or went."""
        self._waited += seconds
        self._moved += moved


class NotAnswered(Exception):  # noqa: N818 - an outcome, that becomes an error of ours above
    """No answer came. `met` tells whether there was a connection, `sent` whether anything went over it."""

    def __init__(self, cause: BaseException, *, met: bool, sent: bool) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.met = met
        self.sent = sent


class Reply:
    """The answer to a request: a status, headers, and a body that is read as a stream."""

    def __init__(self, response: HTTPResponse, connection: HTTPConnection, connections: Connections) -> None:
        self.status = response.status
        self.headers = response.headers
        self.received = 0
        self._response = response
        self._connection: HTTPConnection | None = connection
        self._connections = connections

    @property
    def content_type(self) -> str:
        """The media type, in lower case and without parameters."""
        return (self.headers.get("Content-Type") or "").partition(";")[0].strip().lower()

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the body, empty at its end.

        Raises TimeoutError when time is over, HTTPException or OSError where the body is cut off.
        """
        if self._connection is None:
            return b""
        data = self._response.read1(size if size > 0 else BLOCK)
        if data:
            self.received += len(data)
            return data
        if self._response.length:  # announced, and not come
            raise IncompleteRead(b"", self._response.length)
        self._finish()
        return b""

    def close(self) -> None:
        """Give the connection up, unless all was read."""
        if self._connection is not None:
            self._response.close()
            self._connection.close()
            self._connection = None

    def _finish(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        keep = not self._response.will_close
        self._response.close()
        if keep:
            self._connections.keep(connection)
        else:
            connection.close()


class Connections:
    """Connections to servers, kept open from one request to the next."""

    def __init__(self) -> None:
        self.requests = 0
        self._idle: dict[tuple[str, str, int | None], list[HTTPConnection]] = {}
        self._origins: dict[int, tuple[str, str, int | None]] = {}

    def exchange(self, request: Request, clock: Clock, *, fresh: bool = False) -> Reply:
        """Send a request and read the head of its answer; raises NotAnswered where none comes.

        With `fresh` a connection of its own is made: on one that was idle nobody can tell whether the server
        had closed it before the request or because of it.
        """
        parts = urlsplit(request.url)
        origin = (parts.scheme, parts.hostname or "", parts.port)
        connection = None if fresh else self._take(origin)
        if connection is not None:
            try:
                return self._over(connection, request, clock)
            except NotAnswered as error:
                if isinstance(error.cause, TimeoutError):
                    raise
        connection = self._connect(origin, clock)
        return self._over(connection, request, clock)

    def keep(self, connection: HTTPConnection) -> None:
        """Take back a connection whose answer was read to its end."""
        origin = self._origins.get(id(connection))
        if origin is not None:
            self._idle.setdefault(origin, []).append(connection)

    def close(self) -> None:
        """Close all connections that are idle."""
        while self._idle:
            for connection in self._idle.popitem()[1]:
                connection.close()
        self._origins.clear()

    def _take(self, origin: tuple[str, str, int | None]) -> HTTPConnection | None:
        idle = self._idle.get(origin)
        while idle:
            connection = idle.pop()
            if connection.sock is not None and not _ended(connection.sock):
                return connection
            self._origins.pop(id(connection), None)
            connection.close()
        return None

    def _connect(self, origin: tuple[str, str, int | None], clock: Clock) -> HTTPConnection:
        scheme, host, port = origin
        began = time.monotonic()
        connection: HTTPConnection | None = None
        try:
            if scheme == "https":
                import ssl

                connection = HTTPSConnection(
                    host, port, timeout=clock.left(), context=ssl.create_default_context()
                )
            else:
                connection = HTTPConnection(host, port, timeout=clock.left())
            connection.connect()
        except (OSError, HTTPException, UnicodeError) as error:
            if connection is not None:
                connection.close()
            raise NotAnswered(error, met=False, sent=False) from error
        clock.waited(time.monotonic() - began, 0)
        self._origins[id(connection)] = origin
        return connection

    def _over(self, connection: HTTPConnection, request: Request, clock: Clock) -> Reply:
        self.requests += 1
        connection.response_class = lambda sock, **more: HTTPResponse(_Timed(sock, clock), **more)  # type: ignore[assignment,arg-type]
        try:
            try:
                self._send(connection, request, clock)
            except (BrokenPipeError, ConnectionResetError):
                # Some servers refuse before they have read all, and then close; their answer may be there.
                response = connection.getresponse()
            else:
                response = connection.getresponse()
        except (OSError, HTTPException) as error:
            connection.close()
            self._origins.pop(id(connection), None)
            raise NotAnswered(error, met=True, sent=True) from error
        return Reply(response, connection, self)

    def _send(self, connection: HTTPConnection, request: Request, clock: Clock) -> None:
        parts = urlsplit(request.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.sock.settimeout(clock.left())
        connection.putrequest(request.method, target)
        for name, value in request.headers.items():
            connection.putheader(name, value)
        if request.method not in ("GET", "HEAD"):
            connection.putheader("Content-Length", str(request.length))
        first, rest = _blocks(request.body)
        connection.endheaders(first)
        for block in rest:
            began = time.monotonic()
            connection.sock.settimeout(clock.left())
            connection.send(block)
            clock.waited(time.monotonic() - began, len(block))


def _blocks(body: bytes | BinaryIO) -> tuple[bytes | None, Iterable[bytes]]:
    if isinstance(body, bytes):
        return (body or None, ()) if len(body) <= BLOCK else (None, _blocks(io.BytesIO(body))[1])
    body.seek(0)
    return None, iter(lambda: body.read(BLOCK), b"")


def _ended(sock: Any) -> bool:
    """Whether the server has closed a connection, or said something that nobody asked for."""
    import select

    try:
        return bool(select.select([sock], [], [], 0)[0])
    except (OSError, ValueError):
        return True


class _Timed:
    """A socket whose reads get the time that is left."""

    def __init__(self, sock: Any, clock: Clock) -> None:
        self._sock = sock
        self._clock = clock

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReads(self._sock, self._clock), BLOCK)


class _TimedReads(io.RawIOBase):
    def __init__(self, sock: Any, clock: Clock) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._clock = clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._clock.left())
        began = time.monotonic()
        count: int = self._raw.readinto(buffer)
        self._clock.waited(time.monotonic() - began, count)
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()
