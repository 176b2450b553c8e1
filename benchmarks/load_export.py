"""Loading and exporting against the bare engine, in one run.

    python benchmarks/load_export.py [--size 1M] [--runs 3]

Loading: how Summitry makes a store of N-Quads (`OxigraphStore.create`, as `kg init` does: beside its place, with an
optimisation and a first snapshot, then renamed), and `kg restore` of a backup of that store, which copies files and compares
checksums, both against `Store.bulk_load` of the same file. Export: `kg export --format nq --all-graphs` against `Store.dump` of
all graphs of the same database, and `kg export --format turtle` against a dump of its default graph with prefixes. Each is one process with one
thread at work, so the ratio that counts is that of CPU time, its start included.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from benchmarks.graphs import make_nquads, size_of
from benchmarks.measuring import Measured, in_turn, table, timed
from kg.stores.oxigraph import OxigraphStore

Command = Callable[[], list[str]]

_LOAD = """
from pathlib import Path
from pyoxigraph import RdfFormat, parse
from kg.stores.oxigraph import OxigraphStore
OxigraphStore.create(Path({store!r}), parse(path={data!r}, format=RdfFormat.N_QUADS)).close()
"""
_BARE_LOAD = """
from pyoxigraph import RdfFormat, Store
store = Store({store!r})
store.bulk_load(path={data!r}, format=RdfFormat.N_QUADS)
store.flush()
"""
_BARE_DUMP = """
from pyoxigraph import DefaultGraph, RdfFormat, Store
from kg.namespaces import PREFIXES
store = Store.read_only({store!r})
"""
_DUMPS = {
    "nq": "store.dump({out!r}, format=RdfFormat.N_QUADS)",
    "turtle": "store.dump({out!r}, format=RdfFormat.TURTLE, from_graph=DefaultGraph(), prefixes=PREFIXES)",
}


def measure(data: Path, scratch: Path, runs: int) -> list[Measured]:
    """Load a file of N-Quads and export it both ways; prints what it measures."""
    ours, bare, backup, out = (f"{scratch}/{name}" for name in ("ours", "bare", "backup", "out"))
    kg = [sys.executable, "-m", "kg", "--store"]
    rows = []

    def fresh(store: str, command: list[str]) -> list[str]:
        shutil.rmtree(store, ignore_errors=True)
        return command

    def compare(what: str, target: float, mine: Command, other: Command, name: str) -> None:
        found = in_turn(mine, other, runs)
        print(found.told(what, name), flush=True)
        rows.append(Measured(what, found.cpu, target, note=f"of CPU time; {found.wall:.2f} on the clock"))

    def bare_load() -> list[str]:
        return fresh(bare, [sys.executable, "-c", _BARE_LOAD.format(store=bare, data=str(data))])

    load = [sys.executable, "-c", _LOAD.format(store=ours, data=str(data))]
    compare("a store of N-Quads, to bulk_load", 1.3, lambda: fresh(ours, load), bare_load, "bulk_load")
    timed([*kg, ours, "backup", backup])
    again = f"{scratch}/again"
    restore = [*kg, again, "restore", backup]
    compare("kg restore, to bulk_load", 1.3, lambda: fresh(again, restore), bare_load, "bulk_load")
    with OxigraphStore(Path(ours), writable=False) as store:
        database = str(
            store.snapshot
        )  # what kg export reads; a database that is only loaded takes longer to dump
    for format, dump, target in (("nq", _DUMPS["nq"], 1.2), ("turtle", _DUMPS["turtle"], 3.0)):
        export = [*kg, ours, "export", "--format", format, "-o", f"{out}.kg"]
        export += ["--all-graphs"] if format == "nq" else []
        raw = [sys.executable, "-c", (_BARE_DUMP + dump).format(store=database, out=f"{out}.raw")]
        what = f"kg export --format {format}, to dump"
        compare(what, target, lambda export=export: export, lambda raw=raw: raw, "dump")  # type: ignore[misc]
    return rows


def main() -> None:
    """Print times, memory and ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--size", type=size_of, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data.nq")
        make_nquads(data, given.size)
        print(table(measure(data, Path(folder), given.runs)))


if __name__ == "__main__":
    main()
