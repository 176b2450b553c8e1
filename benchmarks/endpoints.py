"""How `kg` compares with plain HTTP on a server of this machine: queries, moving whole graphs, the gate.

    python -m benchmarks.endpoints [queries] [moving] [gate] [--sizes 10k,100k,1M] [--runs 5] [--server oxigraph|virtuoso]

Each way is run in turn with what it is compared with: a stored query through `kg` with the same request sent by curl, push with
curl sending the same quads to an empty server of the same kind, pull with curl fetching them; the gate with itself at other sizes.
The largest size is that of moving, 100k (or the largest, if that is less) that of queries.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Quad, RdfFormat

from benchmarks.gate import Hubs, visit
from benchmarks.graphs import make_store, size_of
from benchmarks.measuring import timed, told
from kg import KnowledgeGraph
from kg.queries import bind, load
from kg.queries.results import format_rows
from kg.stores.base import Table
from kg.stores.endpoint.making import begin, end, make
from kg.stores.oxigraph import OxigraphStore
from kg.validation import check
from tests.queries.cases import LOCAL
from tests.servers.running import Server, oxigraph, virtuoso

_SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}
_KG = [sys.executable, "-m", "kg"]
_LOAD = """
import sys, pyoxigraph as ox
store = ox.Store(sys.argv[1])
store.bulk_load(path=sys.argv[2], format=ox.RdfFormat.N_QUADS)
store.flush()
"""


@contextmanager
def running(kind: str) -> Iterator[Server]:
    """An empty server."""
    with tempfile.TemporaryDirectory() as folder, _SERVERS[kind](Path(folder)) as server:
        if server.user:
            os.environ["KG_USER"], os.environ["KG_PASSWORD"] = server.user, server.password
        yield server


def curl(server: Server, *arguments: str) -> list[str]:
    """curl, with credentials where they are asked for; fails where the server does."""
    digest = ["--digest", "--user", f"{server.user}:{server.password}"] if server.user else []
    return ["curl", "--silent", "--show-error", "--fail", *digest, *arguments]


def fill(server: Server, store: Path) -> None:
    """Let a server hold a graph; Oxigraph's takes it as one file."""
    with OxigraphStore(store, writable=False) as held, server.open() as remote:
        if server.user:
            make(remote, held.quads())
            return
        begin(remote)
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / "all.nq"
            held.inner.dump(str(file), format=RdfFormat.N_QUADS)
            send = ["-H", "Content-Type: application/n-quads", "--data-binary", f"@{file}"]
            subprocess.run(curl(server, *send, server.graph_store), check=True)
        end(remote)


def queries(store: Path, kind: str, runs: int) -> None:
    """Stored queries by `kg`, and by curl with the request that `kg` sends: as processes, and without their start."""
    print(
        f"\nstored queries, {store.name}: milliseconds with and (without) the start of the process; medians of ratios"
    )
    with running(kind) as server, tempfile.TemporaryDirectory() as scratch:
        fill(server, store)
        whole, inner = [], []
        for name in LOCAL:
            query = load(name)
            if any(parameter.required for parameter in query.parameters):
                continue
            with server.open() as remote:
                text = remote.as_sent(bind(query, {}, remote))
            request = Path(scratch) / "query.rq"
            request.write_text(text, encoding="utf-8")
            ours = [*_KG, "--store", server.query, "query", name, "--format", "csv"]
            theirs = curl(
                server, "-H", "Accept: application/sparql-results+json", "-o", os.devnull, "-w", "%{time_total}",
                "--data-urlencode", f"query@{request}", server.query,
            )  # fmt: skip
            rounds = [(*_by_kg(server, name, ours), *_by_curl(theirs)) for _ in range(runs)]
            kg, kg_inner, plain, plain_inner = (
                1000 * statistics.median(side) for side in zip(*rounds, strict=True)
            )
            whole.append(statistics.median(r[0] / r[2] for r in rounds))
            inner.append(statistics.median(r[1] / r[3] for r in rounds))
            print(
                f"{name:16} kg {kg:6.0f} ({kg_inner:5.0f})  curl {plain:6.0f} ({plain_inner:5.0f})"
                f"  {whole[-1]:5.2f} ({inner[-1]:.2f})",
                flush=True,
            )
        for what, ratios in (("with the start", whole), ("without", inner)):
            print(
                f"{what}: median {statistics.median(ratios):.2f}, from {min(ratios):.2f} to {max(ratios):.2f}"
            )


def _by_kg(server: Server, name: str, command: list[str]) -> tuple[float, float]:
    """Seconds of the command, and of the same within this process: a store newly opened, the answer as CSV."""
    seconds = _seconds(command)
    begun = time.perf_counter()
    with KnowledgeGraph(server.open(writable=False)) as graph:
        answer = graph.query(name)
        assert isinstance(answer, Table)
        format_rows(answer, "csv")
    return seconds, time.perf_counter() - begun


def _by_curl(command: list[str]) -> tuple[float, float]:
    """Seconds of the command, and what it says that the request took."""
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, float(done.stdout)


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def moving(store: Path, kind: str, runs: int) -> None:
    """Push and pull by `kg`, and the same quads sent and fetched by curl; what is fetched is loaded too, as a pull does."""
    print(f"\nmoving {store.name}")
    pushes, posts, pulls, gets, loads = [], [], [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "all.nq"
        with OxigraphStore(store, writable=False) as held:
            held.inner.dump(str(file), format=RdfFormat.N_QUADS)
            quads = len(held)
        for number in range(runs):
            copy = Path(scratch) / "copy"
            shutil.copytree(store, copy)
            with running(kind) as server:
                pushes.append(timed([*_KG, "--store", str(copy), "push", server.query]))
                pulled = Path(scratch) / f"pulled{number}"
                pulls.append(timed([*_KG, "--store", str(pulled), "pull", server.query]))
                gets.append(timed(curl(
                    server, "-H", "Accept: application/n-quads", "-o", str(Path(scratch) / "got.nq"), server.graph_store
                )))  # fmt: skip
            loaded = Path(scratch) / "loaded"
            loads.append(timed([sys.executable, "-c", _LOAD, str(loaded), str(Path(scratch) / "got.nq")]))
            shutil.rmtree(loaded)
            shutil.rmtree(pulled)
            shutil.rmtree(copy)
            with running(kind) as server:
                posts.append(timed(curl(
                    server, "-H", "Content-Type: application/n-quads", "--data-binary", f"@{file}", server.graph_store
                )))  # fmt: skip
    for name, ours, theirs in (("push", pushes, posts), ("pull", pulls, gets)):
        print(told(f"kg {name} of {quads:,} quads", ours))
        print(told(f"curl, the same ({'POST' if name == 'push' else 'GET'} of N-Quads)", theirs))
        ratio = statistics.median(a.seconds / b.seconds for a, b in zip(ours, theirs, strict=True))
        print(f"{name}: {ratio:.2f} times\n", flush=True)
    print(told("bulk_load of what was fetched", loads))
    ratio = statistics.median(
        a.seconds / (b.seconds + c.seconds) for a, b, c in zip(pulls, gets, loads, strict=True)
    )
    print(f"pull: {ratio:.2f} times fetching and loading\n", flush=True)


def gate(stores: list[Path], kind: str, runs: int) -> None:
    """The gate for ten new triples, with the store just opened, as a command has it; then the whole of `kg add` but its start."""
    print("\nthe gate for ten triples: milliseconds (median), requests")
    for store in stores:
        with running(kind) as server:
            with OxigraphStore(store, writable=False) as held:
                hubs = Hubs(held)
            fill(server, store)
            numbers = iter(range(1_000_000))

            def one(numbers: Iterator[int] = numbers, hubs: Hubs = hubs) -> list[Quad]:
                return visit(next(numbers), hubs.visitor, hubs.state, hubs.other)

            def checked(
                server: Server = server, one: Callable[[], list[Quad]] = one
            ) -> tuple[float, float, int]:
                new = one()
                with server.open() as remote:
                    before = remote.transport.requests
                    begun, busy = time.perf_counter(), time.process_time()
                    report = remote.settled(lambda: check(remote, new))
                    spent = time.perf_counter() - begun, time.process_time() - busy
                    assert report.conforms, report
                    return *spent, remote.transport.requests - before

            def added(
                server: Server = server, one: Callable[[], list[Quad]] = one
            ) -> tuple[float, float, int]:
                with tempfile.TemporaryDirectory() as scratch:
                    file = Path(scratch) / "new.nt"
                    file.write_text("".join(f"{quad.triple} .\n" for quad in one()), encoding="utf-8")
                    with KnowledgeGraph(server.open()) as graph:
                        before = graph.store.transport.requests  # type: ignore[attr-defined]
                        begun, busy = time.perf_counter(), time.process_time()
                        graph.add([file])
                        spent = time.perf_counter() - begun, time.process_time() - busy
                        return *spent, graph.store.transport.requests - before  # type: ignore[attr-defined]

            for name, action in (("gate", checked), ("gate and commit (add)", added)):
                action()
                rounds = [action() for _ in range(3 * runs)]
                wall, busy = (1000 * statistics.median(r[at] for r in rounds) for at in (0, 1))
                most = max(r[2] for r in rounds)
                print(
                    f"{store.name:10} {name:24} {wall:7.0f} ms, {busy:.0f} of them our own; {most} requests",
                    flush=True,
                )


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("what", nargs="*", metavar="queries|moving|gate")
    parser.add_argument("--sizes", default="10k,100k,1M")
    parser.add_argument("--stores", type=Path, help="where stores of these sizes are, or are to be kept")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--server", choices=_SERVERS, default="oxigraph")
    given = parser.parse_args()
    what = given.what or ["queries", "moving", "gate"]
    with tempfile.TemporaryDirectory() as scratch:
        place = given.stores or Path(scratch)
        stores = []
        for size in sorted(given.sizes.split(","), key=size_of):
            stores.append(place / size)
            if not (place / size).exists():
                make_store(place / size, size_of(size))
        if "queries" in what:
            fitting = [s for s in stores if size_of(s.name) <= 100_000]
            queries(fitting[-1] if fitting else stores[0], given.server, given.runs)
        if "moving" in what:
            moving(stores[-1], given.server, given.runs)
        if "gate" in what:
            gate(stores, given.server, given.runs)


if __name__ == "__main__":
    main()
