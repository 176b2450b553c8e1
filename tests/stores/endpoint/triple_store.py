"""A triple store on a loopback port, which can be told to be like this or that server, or to fail at a moment.

It answers with the same engine as the embedded store, so what is tested is what is sent and what is made of the
answers; tests/servers asks real servers.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pyoxigraph as ox

from kg.stores.endpoint.address import address_of
from kg.stores.endpoint.store import EndpointStore
from kg.stores.endpoint.transport import Transport


class TripleStore(ThreadingHTTPServer):
    """`union`: plain queries see all graphs. `most`: so many triples an update may have. `whole_graphs`: whether it has
    the Graph Store protocol. `before` is called with the text of each update before it is made; what it raises ends
    the connection, and an update that ends with `lose` is made, but its reply is lost."""

    daemon_threads = True

    def __init__(self, *, union: bool = False, most: int = 10**9, whole_graphs: bool = True) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.data = ox.Store()
        self.union, self.most, self.whole_graphs = union, most, whole_graphs
        self.lock = threading.Lock()
        self.seen: list[str] = []
        self.clients: list[Transport] = []
        self.lose = False
        self.fail_after: int | None = None
        """After so many updates none is answered any more."""
        self.meanwhile: list[object] = []
        """What is done, once, before the next writer takes its turn."""
        self.before_guarded: list[object] = []
        """What is done, once, before the next update that has a guard."""
        self.stale = 0.0
        """So many seconds after it began an update that has a guard writes what it found then, as with snapshots."""
        self.afterwards: list[object] = []
        """What is done, once, after the next update that has a guard, before it is answered."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/query"

    def store(self, *, writable: bool = True) -> EndpointStore:
        """A client of it, which is closed when the server ends."""
        transport = Transport(address_of(self.address))
        self.clients.append(transport)
        return EndpointStore(transport, writable=writable)

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that was ended on purpose is nothing to print."""


class _Handler(BaseHTTPRequestHandler):
    server: TripleStore
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        text = body.decode()
        if "form-urlencoded" in (self.headers.get("Content-Type") or ""):
            fields = parse_qs(text, keep_blank_values=True)
            text = (fields.get("query") or fields.get("update") or [""])[0]
        path = urlsplit(self.path).path
        if path == "/store":
            self._graph(body, replace=False)
        elif path == "/update":
            self._update(text)
        else:
            self._query(text)

    def do_PUT(self) -> None:
        self._graph(self.rfile.read(int(self.headers.get("Content-Length") or 0)), replace=True)

    def do_HEAD(self) -> None:
        self._answer(200 if self.server.whole_graphs else 404, b"", "application/n-triples")

    def do_GET(self) -> None:
        name = self._name()
        with self.server.lock:
            data = ox.serialize(
                (quad.triple for quad in self.server.data.quads_for_pattern(None, None, None, name)),
                format=ox.RdfFormat.N_TRIPLES,
            )
        assert data is not None
        self._answer(200 if data else 404, data, "application/n-triples")

    def _query(self, text: str) -> None:
        self.server.seen.append(text)
        with self.server.lock:
            try:
                found = self.server.data.query(text, use_default_graph_as_union=self.server.union)
            except SyntaxError as error:
                self._answer(400, str(error).encode(), "text/plain")
                return
            if isinstance(found, ox.QueryTriples):
                data = found.serialize(format=ox.RdfFormat.N_TRIPLES)
                kind = "application/n-triples"
            else:
                data = found.serialize(format=ox.QueryResultsFormat.JSON)
                kind = "application/sparql-results+json"
        assert data is not None
        self._answer(200, data, kind)

    def _update(self, text: str) -> None:
        server = self.server
        server.seen.append(text)
        if server.fail_after is not None:
            if server.fail_after == 0:
                raise ConnectionResetError
            server.fail_after -= 1
        if text.count(" .\n") > server.most:
            self._answer(500, b"the generated text has more than 10000 lines", "text/plain")
            return
        if text.startswith("INSERT DATA") and "log#writer" in text:
            self._done(server.meanwhile)
        if "log#revision" in text:
            self._done(server.before_guarded)
        if "log#revision" in text and server.stale:
            self._late(text)
        else:
            with server.lock:
                server.data.update(text)
        if "log#revision" in text:
            self._done(server.afterwards)
        if server.lose and "log#revision" in text:
            server.lose = False
            raise ConnectionResetError
        self._answer(204, b"", "text/plain")

    def _late(self, text: str) -> None:
        server = self.server
        with server.lock:
            before = set(server.data)
            after = ox.Store()
            after.extend(before)
            after.update(text)
        time.sleep(server.stale)
        with server.lock:
            for quad in before - set(after):
                server.data.remove(quad)
            server.data.extend(set(after) - before)

    @staticmethod
    def _done(works: list[object]) -> None:
        if works:
            work = works.pop()
            assert callable(work)
            work()

    def _graph(self, body: bytes, *, replace: bool) -> None:
        with self.server.lock:
            if replace:
                self.server.data.clear_graph(self._name())
            self.server.data.bulk_load(body, ox.RdfFormat.N_TRIPLES, to_graph=self._name())
        self._answer(204, b"", "text/plain")

    def _name(self) -> ox.NamedNode | ox.DefaultGraph:
        _, _, name = urlsplit(self.path).query.partition("graph=")
        return ox.NamedNode(unquote(name)) if name else ox.DefaultGraph()

    def _answer(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing to standard error."""


@contextmanager
def running(server: TripleStore) -> Iterator[TripleStore]:
    """The server answers meanwhile."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        for client in server.clients:
            client.close()
        server.shutdown()
        server.server_close()
        thread.join()
