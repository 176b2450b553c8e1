"""What it costs to find out where triples stand, against reading them: ratios of one run.

    python benchmarks/positions.py [--things 20000]

Places are read only when something is found; this says how long whoever has a bad file waits for them.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from kg.namespaces import PREFIXES, RDF, RDFS, SCHEMA, SMT, XSD, iri
from kg.rdf_files import FORMATS, read_rdf
from kg.rdf_positions import placed

EXTENSIONS = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".jsonld")


def triples(things: int) -> Iterator[Quad]:
    """Visits with the properties that visits have."""
    for number in range(things):
        visit = iri("visit", f"n{number}")
        yield Quad(visit, RDF.type, SMT.Visit)
        yield Quad(visit, RDFS.label, Literal(f"Visit number {number} to Köln", language="en"))
        yield Quad(visit, SMT.hostState, iri("state", "DE"))
        yield Quad(visit, SMT.sendingState, iri("state", "FR"))
        yield Quad(visit, SMT.visitor, NamedNode(f"{iri('person', 'x').value}{number % 100}"))
        yield Quad(visit, SMT.status, SMT.Planned)
        yield Quad(visit, SCHEMA.startDate, Literal(f"20{number % 90 + 10}-01-02", datatype=XSD.date))


def main() -> None:
    """Measure each format."""
    parser = argparse.ArgumentParser(description="Reading places against reading triples.")
    parser.add_argument("--things", type=int, default=20_000)
    things = parser.parse_args().things
    print(
        f"{'format':8} {'triples':>9} {'pyoxigraph':>11} {'read_rdf':>9} {'places':>8} {'/ pyoxigraph':>13} {'/ read_rdf':>11}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for extension in EXTENSIONS:
            path = Path(folder, f"data{extension}")
            format = FORMATS[extension]
            rows: Iterator[object] = iter(triples(things))
            if format in (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML):
                rows = (quad.triple for quad in triples(things))
            serialize(rows, str(path), format, prefixes=PREFIXES)  # type: ignore[arg-type]
            start = time.perf_counter()
            count = sum(1 for _ in parse(path=str(path), format=format))
            raw = time.perf_counter() - start
            start = time.perf_counter()
            quads = list(read_rdf(path))
            read = time.perf_counter() - start
            start = time.perf_counter()
            found = sum(place.at is not None for _, place in placed(path, format, quads))
            took = time.perf_counter() - start
            assert found == count == 7 * things, (extension, found, count)
            print(
                f"{extension:8} {count:9,} {raw:10.2f}s {read:8.2f}s {took:7.2f}s {took / raw:13.1f} {took / read:11.1f}"
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory, all formats one after the other, triples and all: {peak:,.0f} MB")


if __name__ == "__main__":
    main()
