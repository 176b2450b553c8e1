"""How long the gate takes at every size: warm on disk, for hubs, and cold from the shell.

    python -m benchmarks.gate FOLDER... [--rounds 30] [--hub 490] [--cold]

Each FOLDER is a store made by benchmarks/graphs.py, the smallest first. Ratios are of one run; nothing is written to the
stores but by `--cold`, which adds to a copy of each.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from benchmarks.measuring import Comparison, in_turn
from kg.namespaces import ORG, PREFIXES, RDF, RDFS, SCHEMA, SMT, XSD, iri
from kg.stores.oxigraph import OxigraphStore
from kg.validation import Report, check

_DAY = date(2031, 5, 16)


def visit(number: int, guest: NamedNode, sender: NamedNode, host: NamedNode) -> list[Quad]:
    """A new visit in ten triples."""
    name = iri("visit", f"benchmark-{number}")
    first = _DAY + timedelta(number % 1000)
    told: list[tuple[NamedNode, NamedNode | Literal]] = [
        (RDF.type, SMT.Visit),
        (RDFS.label, Literal(f"visit {number}", language="en")),
        (SMT.visitor, guest),
        (SMT.sendingState, sender),
        (SMT.hostState, host),
        (SMT.visitKind, SMT.StateVisit),
        (SMT.status, SMT.Planned),
        (SCHEMA.startDate, Literal(str(first), datatype=XSD.date)),
        (SCHEMA.endDate, Literal(str(first + timedelta(2)), datatype=XSD.date)),
        (SMT.topic, Literal("trade", language="en")),
    ]
    return [Quad(name, predicate, obj) for predicate, obj in told]


def with_hub(folder: Path, scratch: Path, visits: int) -> Path:
    """A copy of a store in which the leader with most visits has made many more, to the state with most visits."""
    copy = scratch / folder.name
    shutil.copytree(folder, copy)
    with OxigraphStore(copy) as store:
        hubs = Hubs(store)
        numbers = range(10_000_000, 10_000_000 + visits)
        store.apply(insert=[quad for n in numbers for quad in visit(n, hubs.visitor, hubs.state, hubs.host)])
    return copy


class Hubs:
    """The visitor and the host state that most visits have, and what they hang on."""

    def __init__(self, store: OxigraphStore) -> None:
        def most(predicate: NamedNode) -> NamedNode:
            found = Counter(q.object for q in store.quads(None, predicate, None, DefaultGraph()))
            (thing, self.count), *_ = found.most_common(1)
            assert isinstance(thing, NamedNode)
            return thing

        self.visitor = most(SMT.visitor)
        self.visits = self.count
        self.host = most(SMT.hostState)
        offices = [q.object for q in store.quads(self.visitor, ORG.holds, None, DefaultGraph())]
        self.office = next(office for office in offices if isinstance(office, NamedNode))
        self.state = next(
            q.object
            for q in store.quads(self.office, ORG.postIn, None, DefaultGraph())
            if isinstance(q.object, NamedNode)
        )
        states = [q.subject for q in store.quads(None, RDF.type, SMT.State, DefaultGraph())]
        self.other = next(s for s in states if isinstance(s, NamedNode) and s not in (self.host, self.state))


class Change(NamedTuple):
    """How long the gate takes for a change, in milliseconds of the processor, and how much it finds."""

    spent: float
    findings: int


def timed(action: Callable[[], Report], rounds: int) -> Change:
    """The median of some rounds, after one that is not counted; of CPU time, as others use the machine too."""
    spent = []
    report = action()
    for _ in range(rounds):
        start = time.process_time()
        report = action()
        spent.append((time.process_time() - start) * 1000)
    return Change(statistics.median(spent), len(report))


def measure(folder: Path, rounds: int, hub: int) -> dict[str, Change]:
    """What each kind of change takes."""
    if hub:
        with tempfile.TemporaryDirectory() as scratch:
            return measure(with_hub(folder, Path(scratch), hub), rounds, 0)
    few = max(3, rounds // 10)
    with OxigraphStore(folder, writable=False) as store:
        hubs = Hubs(store)
        numbers = iter(range(1_000_000))

        def add(host: NamedNode) -> Change:
            return timed(lambda: check(store, visit(next(numbers), hubs.visitor, hubs.state, host)), rounds)

        moved = [Quad(hubs.office, ORG.postIn, hubs.host)], [Quad(hubs.office, ORG.postIn, hubs.state)]
        untyped: tuple[list[Quad], list[Quad]] = ([], [Quad(hubs.host, RDF.type, SMT.State)])
        found = {
            "add 10": add(hubs.other),
            "add 10, wrong": add(hubs.visitor),
            "leader's state": timed(lambda: check(store, *moved), few),
            "untype a state": timed(lambda: check(store, *untyped), few),
        }
    assert found["add 10"].findings == 0 < found["add 10, wrong"].findings
    print(f"{folder.name}: {hubs.visits} visits of the leader", end="; ")
    print(
        *(f"{kind}: {each.spent:.2f} ms, {each.findings} findings" for kind, each in found.items()), sep="; "
    )
    return found


def cold(folder: Path, rounds: int) -> Comparison:
    """`kg add` of ten triples to a copy of a store, in turn with a Python that imports pySHACL."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "store"
        shutil.copytree(folder, copy)
        with OxigraphStore(folder, writable=False) as store:
            hubs = Hubs(store)
        head = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())
        numbers = iter(range(1_000_000))

        def add() -> list[str]:
            number = next(numbers)
            file = Path(scratch) / f"new{number}.ttl"
            lines = [f"{q.triple} ." for q in visit(number, hubs.visitor, hubs.state, hubs.other)]
            file.write_text(head + "\n".join(lines), encoding="utf-8")
            return [sys.executable, "-m", "kg", "--store", str(copy), "add", str(file)]

        imported = [sys.executable, "-c", "import pyshacl"]
        in_turn(add, lambda: imported, 1)  # what is read from the disk for the first time
        return in_turn(add, lambda: imported, rounds)


def main() -> None:
    """Measure each store, and print times and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stores", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument(
        "--hub", type=int, default=0, help="so many more visits of one leader to one state, in a copy"
    )
    parser.add_argument("--cold", action="store_true", help="kg add from the shell too")
    options = parser.parse_args()
    found = {folder.name: measure(folder, options.rounds, options.hub) for folder in options.stores}
    kinds = next(iter(found.values()))
    print("change".ljust(20), *(name.rjust(12) for name in found), "last : first".rjust(14))
    for kind in kinds:
        times = [each[kind].spent for each in found.values()]
        row = [f"{spent:.2f} ms".rjust(12) for spent in times]
        print(kind.ljust(20), *row, f"{times[-1] / times[0]:.2f}".rjust(14))
    if options.cold:
        for folder in options.stores:
            print(cold(folder, 5).told(f"{folder.name}: kg add", "import pyshacl"))


if __name__ == "__main__":
    main()
