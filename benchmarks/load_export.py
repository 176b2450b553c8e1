"""Loading and exporting against the bare engine, in one run.

    python benchmarks/load_export.py [--size 1M] [--runs 3]

Loading: what `kg init` and `kg restore` do to make a store of N-Quads (`OxigraphStore.create`, beside its place, with an
optimisation, then renamed) against `Store.bulk_load` of the same file. Export: `kg export --format nq --all-graphs` against
`Store.dump` of all graphs, and `kg export --format turtle` against a dump of the default graph with prefixes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from benchmarks.graphs import make_nquads, size_of
from benchmarks.measuring import in_turn, told

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


def main() -> None:
    """Print times, memory and ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--size", type=size_of, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data, ours, bare, out = (f"{folder}/{name}" for name in ("data.nq", "ours", "bare", "out"))
        make_nquads(Path(data), given.size)

        def load(text: str, store: str) -> list[str]:
            shutil.rmtree(store, ignore_errors=True)
            return [sys.executable, "-c", text.format(store=store, data=data)]

        mine, other, ratio = in_turn(lambda: load(_LOAD, ours), lambda: load(_BARE_LOAD, bare), given.runs)
        print(
            told("kg: a store of N-Quads", mine), told("bulk_load", other), f"{ratio:9.2f}    ratio", sep="\n"
        )
        for format, dump in _DUMPS.items():
            export = [
                sys.executable,
                "-m",
                "kg",
                "--store",
                ours,
                "export",
                "--format",
                format,
                "-o",
                f"{out}.kg",
            ]
            export += ["--all-graphs"] if format == "nq" else []
            text = (_BARE_DUMP + dump).format(store=bare, out=f"{out}.raw")
            mine, other, ratio = in_turn(
                lambda export=export: export,  # type: ignore[misc]
                lambda text=text: [sys.executable, "-c", text],  # type: ignore[misc]
                given.runs,
            )
            print(
                told(f"kg export --format {format}", mine),
                told("dump", other),
                f"{ratio:9.2f}    ratio",
                sep="\n",
                flush=True,
            )


if __name__ == "__main__":
    main()
