"""Full validation of a store against other engines, in one run.

    python benchmarks/validate_all.py [--size 100k] [--runs 1] [--engines FOLDER] [--with pyshacl,turbo,shifty]

`kg validate --all` on a store folder; the engines get the same triples (the resolved view and the article graphs, as one
graph) and all shapes as files. pySHACL is that of this environment; pyshacl-turbo and pyshifty are not needed by
the project: `--engines` is the folder of a virtual environment that has them (pip install pyshacl-turbo pyshifty).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, serialize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from benchmarks.graphs import make_store, size_of
from benchmarks.measuring import Comparison, in_turn, timed
from kg.namespaces import STORE_GRAPH
from kg.stores.oxigraph import OxigraphStore
from kg.validation.gate import ARTICLES
from kg.validation.shapes import shapes_graph

ENGINES = {
    "pyshacl": """
from pyshacl import validate
from rdflib import Graph
assert validate(Graph().parse({data!r}, format="nt"), shacl_graph={shapes!r}, shacl_graph_format="turtle", inplace=True)[0]
""",
    "turbo": """
import pyshacl_turbo
assert pyshacl_turbo.validate({data!r}, shacl_graph={shapes!r})[0]
""",
    "shifty": """
import shifty
assert shifty.validate({data!r}, {shapes!r}, graph_mode="data")[0]
""",
}


def validated(quad: Quad) -> bool:
    """Whether the shapes are held against a quad: it is in the view, or about an article and its claims."""
    name = quad.graph_name
    return name in (DefaultGraph(), STORE_GRAPH) or str(name).startswith(f"<{ARTICLES}")


def command(store: Path) -> list[str]:
    """Our way."""
    return [sys.executable, "-m", "kg", "--store", str(store), "validate", "--all"]


def compare(
    place: Path, names: Iterable[str], *, engines: Path | None = None, runs: int = 1
) -> dict[str, Comparison]:
    """Validate a store by all ways; prints what it measures."""
    with tempfile.TemporaryDirectory() as folder:
        data, shapes = f"{folder}/data.nt", f"{folder}/shapes.ttl"
        with OxigraphStore(place, writable=False) as store:
            serialize((q.triple for q in store.quads() if validated(q)), data, format=RdfFormat.N_TRIPLES)
        shapes_graph().serialize(shapes, format="turtle")
        ours = command(place)
        timed(ours)  # the first run warms the disk up
        found = {}
        for name in names:
            python = (
                sys.executable if engines is None or name == "pyshacl" else str(engines / "bin" / "python")
            )
            theirs = [python, "-c", ENGINES[name].format(data=data, shapes=shapes)]
            found[name] = in_turn(lambda: ours, lambda theirs=theirs: theirs, runs)  # type: ignore[misc]
            print(found[name].told("kg validate --all", name), flush=True)
    return found


def main() -> None:
    """Make a graph, validate it by all ways, and print times, memory and ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--size", type=size_of, default=100_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--engines", type=Path)
    parser.add_argument("--with", dest="names", default="pyshacl")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make_store(Path(folder, "store"), given.size)
        compare(Path(folder, "store"), given.names.split(","), engines=given.engines, runs=given.runs)


if __name__ == "__main__":
    main()
