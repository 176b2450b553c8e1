"""A small HTTP server on loopback that does to each request what it is told to, well or badly."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

TLS = Path(__file__).parent / "tls"
JSON = "application/sparql-results+json"
NTRIPLES = "application/n-triples"
YES = b'{"head":{},"boolean":true}'


class Asked(NamedTuple):
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Wire:
    """The server's end of a connection."""

    def __init__(self, sock: socket.socket, stop: threading.Event) -> None:
        self._sock = sock
        self._stop = stop

    def send(self, data: bytes) -> None:
        """Send bytes as they are; raises OSError once the client is gone."""
        self._sock.sendall(data)

    def wait(self, seconds: float) -> None:
        """Do nothing for a while, or until the server is stopped."""
        if self._stop.wait(seconds):
            raise ConnectionAbortedError


Deed = Callable[[Asked, Wire], bool | None]
"""What is done to a request; True keeps the connection open."""


def reply(status: int, body: bytes = b"", kind: str = "text/plain", **headers: str) -> Deed:
    """Answer as HTTP says."""
    extra = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())

    def do(asked: Asked, wire: Wire) -> bool:
        head = (
            f"HTTP/1.1 {status} Status\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
        )
        wire.send(head.encode("latin-1") + (b"" if asked.method == "HEAD" else body))
        return True

    return do


def raw(*parts: bytes | float, forever: bool = False) -> Deed:
    """Send bytes, and wait as many seconds as numbers say; then close, or with `forever` send the last part on."""

    def do(_: Asked, wire: Wire) -> None:
        for part in parts:
            if isinstance(part, bytes):
                wire.send(part)
            else:
                wire.wait(part)
        while forever:
            for part in parts[1:]:
                wire.send(part) if isinstance(part, bytes) else wire.wait(part)

    return do


def head(kind: str = JSON, **headers: str) -> bytes:
    """The head of a success whose body ends with the connection, unless a header says otherwise."""
    extra = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{extra}\r\n".encode("latin-1")


class Misbehaving:
    """The server. Each request takes the next of `deeds`, the last one again and again; `asked` has them all."""

    def __init__(self, *deeds: Deed, tls: bool = False) -> None:
        self.deeds = list(deeds)
        self.asked: list[Asked] = []
        self.connections = 0
        self._stop = threading.Event()
        self._tls: ssl.SSLContext | None = None
        if tls:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """End all threads, so that no test leaves one behind."""
        self._stop.set()
        with suppress(OSError):
            # A listener that waits is not woken by closing it.
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive()
        self._listener.close()

    def _accept(self) -> None:
        while not self._stop.is_set():
            sock, _ = self._listener.accept()
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        with suppress(OSError, ssl.SSLError), sock:
            sock.settimeout(5)
            if self._tls is not None:
                sock = self._tls.wrap_socket(sock, server_side=True)
            with sock, sock.makefile("rb") as stream:
                while not self._stop.is_set() and (asked := _read(stream)) is not None:
                    self.asked.append(asked)
                    deed = self.deeds.pop(0) if len(self.deeds) > 1 else self.deeds[0]
                    if not deed(asked, Wire(sock, self._stop)):
                        with suppress(OSError):
                            sock.shutdown(socket.SHUT_WR)
                        return


def _read(stream: object) -> Asked | None:
    line = stream.readline()  # type: ignore[attr-defined]
    words = line.decode("latin-1").split(" ")
    if len(words) != 3 or not words[0].isalpha():
        return None
    method, target, _ = words
    headers = {}
    while (line := stream.readline().decode().strip()) != "":  # type: ignore[attr-defined]
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", 0)))  # type: ignore[attr-defined]
    return Asked(method, target, headers, body)


@contextmanager
def misbehaving(*deeds: Deed, tls: bool = False) -> Iterator[Misbehaving]:
    """The server, while it runs."""
    server = Misbehaving(*deeds, tls=tls)
    try:
        yield server
    finally:
        server.stop()


def closed_port() -> int:
    """A port of loopback where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
