"""Real SPARQL servers on free loopback ports, each with its files in a folder of its own.

    python -m tests.servers.running virtuoso    starts one, prints its addresses, and stops it at Ctrl-C

Oxigraph is asked as it comes: no credentials, the default graph apart from the named ones. Virtuoso takes updates with
digest credentials only, and its default graph is the union of all.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode

from pyoxigraph import Quad

from kg.stores.endpoint.address import address_of
from kg.stores.endpoint.credentials import Credentials
from kg.stores.endpoint.layout import RESOLVED_GRAPH
from kg.stores.endpoint.making import make
from kg.stores.endpoint.store import EndpointStore
from kg.stores.endpoint.transport import Transport

READY: Final = 60.0  # seconds until a server must answer
_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 20000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
"""


class NoServerError(Exception):
    """The server is not installed; says how to get it."""


@dataclass(frozen=True)
class Server:
    """A server that runs: what it is called, where it answers, and as whom to ask it."""

    name: str
    version: str
    query: str
    update: str
    graph_store: str
    user: str = ""
    password: str = ""

    def ask(self, text: str, accept: str = "application/sparql-results+json") -> bytes:
        """The answer to a query, as the server sent it; raises HTTPError."""
        body = urlencode({"query": text}).encode()
        return self._send(self.query, body, "application/x-www-form-urlencoded", accept)

    def change(self, text: str) -> None:
        """Make an update; raises HTTPError."""
        self._send(self.update, text.encode(), "application/sparql-update", "*/*")

    def open(self, *, writable: bool = True) -> EndpointStore:
        """The server as a store."""
        address = address_of(self.query)._replace(
            update=self.update,
            graph_store=self.graph_store,
            credentials=Credentials(self.user, password=self.password) if self.user else Credentials(),
        )
        return EndpointStore(Transport(address), writable=writable)

    def wipe(self) -> None:
        """Drop all graphs of ours, and what is in the default graph of a server that keeps one."""
        with self.open() as store:
            graphs = [*store.graph_names(), RESOLVED_GRAPH]
        for start in range(0, len(graphs), 100):
            self.change(" ;\n".join(f"CLEAR SILENT GRAPH {graph}" for graph in graphs[start : start + 100]))
        if not self.user:
            self.change("CLEAR DEFAULT")

    def fill(self, quads: Iterable[Quad]) -> EndpointStore:
        """Let the server hold a graph of these quads and nothing else of ours; answers it as a store."""
        self.wipe()
        store = self.open()
        make(store, quads)
        return store

    def _send(self, address: str, body: bytes, kind: str, accept: str) -> bytes:
        request = urllib.request.Request(address, data=body, headers={"Content-Type": kind, "Accept": accept})
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        if self.user:
            passwords.add_password(None, address, self.user, self.password)
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPDigestAuthHandler(passwords)
        )
        with opener.open(request, timeout=120) as answer:
            found: bytes = answer.read()
        return found


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Server]:
    """Oxigraph's server with its data in `folder`; raises NoServerError where it is not installed."""
    command = program("oxigraph", "no Oxigraph server: pip install oxigraph")
    version = subprocess.run(
        [command, "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[-1]

    def started(log: Path) -> tuple[list[str], Server]:
        base = f"http://127.0.0.1:{free_port()}"
        arguments = [
            "serve",
            "--location",
            str(folder / "data"),
            "--bind",
            base.removeprefix("http://"),
            *options,
        ]
        server = Server("Oxigraph", version, f"{base}/query", f"{base}/update", f"{base}/store")
        return [command, *arguments], server

    with _running(folder, started) as server:
        yield server


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Virtuoso with its database in `folder`; raises NoServerError where it is not installed."""
    hint = "no Virtuoso: apt-get install --no-install-recommends virtuoso-opensource-7-bin"
    command = program("virtuoso-t", hint)
    told = subprocess.run([command, "-?"], capture_output=True, text=True, check=False)
    found = re.search(r"Version (\d[\d.]*\d)", told.stdout + told.stderr)
    version = found[1] if found else "unknown"

    def started(log: Path) -> tuple[list[str], Server]:
        http = free_port()
        ini = folder / "virtuoso.ini"
        ini.write_text(_INI.format(folder=folder, sql=free_port(), http=http))
        base = f"http://127.0.0.1:{http}"
        server = Server(
            "Virtuoso", version, f"{base}/sparql-auth", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth", "dba", "dba"
        )  # fmt: skip
        return [command, "+configfile", str(ini), "+foreground"], server

    with _running(folder, started) as server:
        yield server


def program(name: str, hint: str) -> str:
    """The path of a program, also where the environment it is in is not active; raises NoServerError."""
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.prefix) / "bin"))
    if found is None:
        raise NoServerError(hint)
    return found


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        number: int = held.getsockname()[1]
    return number


@contextmanager
def _running(folder: Path, started: Callable[[Path], tuple[list[str], Server]]) -> Iterator[Server]:
    """Start a server and wait until it answers; with other ports where somebody took them in the meantime."""
    log = folder / "output.log"
    for attempt in range(3):
        command, server = started(log)
        with log.open("ab") as out:
            guarded = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("guard.py")), *command],
                stdin=subprocess.PIPE, stdout=out, stderr=out,
            )  # fmt: skip
        assert guarded.stdin is not None
        try:
            if _answers(server, guarded):
                yield server
                return
        finally:
            guarded.stdin.close()
            guarded.wait()
        told = log.read_text(errors="replace")[-2000:]
        if attempt == 2:
            raise RuntimeError(f"{command[0]} does not start:\n{told}")


def _answers(server: Server, process: subprocess.Popen[bytes]) -> bool:
    """Whether the server answers; False where its process ended before that."""
    until = time.monotonic() + READY
    while time.monotonic() < until:
        if process.poll() is not None:
            return False
        try:
            server.ask("ASK { }")
        except HTTPError:
            raise
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return True
    return False


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        made = {"oxigraph": oxigraph, "virtuoso": virtuoso}[sys.argv[1]]
        with made(Path(place)) as running:
            print(running, flush=True)
            with suppress(KeyboardInterrupt):
                time.sleep(1e6)
