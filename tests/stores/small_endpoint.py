"""A SPARQL endpoint of our own on loopback, for SERVICE: it answers from a graph, and counts who asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox


class Endpoint:
    """What the endpoint holds, where it is, and the queries it was sent.

    /sparql answers, /redirect sends to `elsewhere`, /slow waits, /html answers with a page, /cut with half of what it
    says, /500 with that status.
    """

    def __init__(self, store: ox.Store, port: int) -> None:
        self.store = store
        self.host = f"127.0.0.1:{port}"
        self.address = f"http://{self.host}/sparql"
        self.elsewhere = ""
        self.asked: list[str] = []


@contextmanager
def endpoint(*quads: ox.Quad) -> Iterator[Endpoint]:
    """An endpoint that answers until the end of the block."""
    store = ox.Store()
    store.extend(quads)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            if "form" in (self.headers.get("Content-Type") or ""):
                body = parse_qs(body).get("query", [""])[0]
            self._answer(body)

        def do_GET(self) -> None:
            self._answer(parse_qs(urlsplit(self.path).query).get("query", [""])[0])

        def log_message(self, format: str, *args: object) -> None:
            pass

        def _answer(self, query: str) -> None:
            here.asked.append(query)
            path = urlsplit(self.path).path
            if path == "/redirect":
                self.send_response(302 if self.command == "POST" else 307)
                self.send_header("Location", here.elsewhere)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if path == "/slow":
                sleep(3)
            found = store.query(query)
            assert isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
            json = "json" in (self.headers.get("Accept") or "")
            format = ox.QueryResultsFormat.JSON if json else ox.QueryResultsFormat.XML
            data, kind = found.serialize(format=format), format.media_type
            if path == "/html":
                data, kind = b"<html><body>Please log in</body></html>", "text/html"
            self.send_response(500 if path == "/500" else 200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2] if path == "/cut" else data)
            self.close_connection = True

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        here = Endpoint(store, server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield here
        finally:
            server.shutdown()
            thread.join()
