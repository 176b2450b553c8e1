"""A small graph, and a story of fourteen commits that ends where it began, so that it can be told for ever.

Each chapter depends only on how many commits there are, so a process that is killed can be followed by one that
goes on. Run as a program it is a nursery: for each line of standard input it forks a process that tells the
story in a store until it is killed, so that the test does not wait for imports.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, Quad, Triple

from kg.articles import Article
from kg.claims import Claim, Modality, Passage
from kg.extraction import Extraction
from kg.namespaces import DCTERMS, FOAF, LOG_GRAPH, RDF, RDFS, REFERENCE_GRAPH, SCHEMA, SMT, XSD, iri
from kg.operations.add import add
from kg.operations.change import whole_change
from kg.operations.ingest import ingest
from kg.operations.retract import retract
from kg.operations.undo import undo
from kg.stores.base import Store
from kg.stores.formats import version_quad
from kg.stores.oxigraph import OxigraphStore

FR, CN, PERSON = iri("state", "FR"), iri("state", "CN"), iri("person", "anna-example")
VISIT = iri("visit", "anna-example-cn-2031-01")


def reference() -> list[Quad]:
    """Two states and an official."""
    facts = [
        (FR, RDF.type, SMT.State), (FR, RDFS.label, Literal("France", language="en")), (FR, SMT.isoAlpha2, Literal("FR")),
        (CN, RDF.type, SMT.State), (CN, RDFS.label, Literal("China", language="en")), (CN, SMT.isoAlpha2, Literal("CN")),
        (PERSON, RDF.type, SMT.Official), (PERSON, RDF.type, FOAF.Person),
        (PERSON, RDFS.label, Literal("Anna Example", language="en")),
    ]  # fmt: skip
    return [Quad(*fact, REFERENCE_GRAPH) for fact in facts]


def begun(path: Path | None) -> OxigraphStore:
    """A store with the reference facts, in a folder or in memory."""
    insert, _ = whole_change(OxigraphStore(), reference())
    if path is not None:
        return OxigraphStore.create(path, insert)
    store = OxigraphStore()
    store.apply(insert=[*insert, version_quad()])
    return store


def article(number: int) -> Article:
    """Each tells of the same visit, in other words, on another day."""
    text = f"Anna Example will visit China on January {number + 1}. {'It rained. ' * number}She arrived in China."
    return Article(text, publisher="Lake Courier", published=date(2031, 1, number))


class Reader:
    """Reads what it is told to, in place of an extractor: the tests of commits need no parser."""

    def read(self, of: Article) -> Extraction:
        """Two claims."""
        assert of.published is not None
        day = Literal(f"2031-01-{of.published.day + 1:02}", datatype=XSD.date)
        triples = [
            Triple(VISIT, RDF.type, SMT.Visit), Triple(VISIT, SMT.visitor, PERSON),
            Triple(VISIT, SMT.hostState, CN), Triple(VISIT, SMT.sendingState, FR),
        ]  # fmt: skip
        dated = (*triples, Triple(VISIT, SCHEMA.startDate, day))
        whole = Passage.of(of.text, 0, len(of.text))
        claims = [
            Claim(of.id, 1, VISIT, dated, (whole,), Modality.PLANNED, 0.9, derivation="by hand"),
            Claim(of.id, 2, VISIT, tuple(triples), (whole,), Modality.OCCURRED, 0.8, derivation="by hand"),
        ]
        return Extraction(claims, [PERSON, CN], [])


def take_in(store: Store, *numbers: int) -> Iterator[None]:
    """Ingest some articles; after each commit there is one step."""
    for one in ingest(store, map(article, numbers), extractor=Reader):  # type: ignore[arg-type]
        if one.outcome == "added":
            yield


FACTS = [Quad(VISIT, SMT.topic, Literal(word, language="en"), DefaultGraph()) for word in ("rivers", "roads")]


LENGTH = 14


def chapter(store: Store, made: int) -> Iterator[None]:
    """What comes after `made` commits; a step for each."""

    def addition() -> str:
        return next(n.value for n in store.graph_names() if "/addition/" in n.value)

    acts: dict[int, Callable[[], object]] = {
        3: lambda: undo(store),  # of what was ingested last
        4: lambda: undo(store),
        5: lambda: add(store, [("topics.ttl", FACTS)], by="Ann"),
        6: lambda: undo(store),
        7: lambda: undo(store),
        8: lambda: retract(store, addition()),
        9: lambda: retract(store, article(2).id),
        10: lambda: undo(store),
        11: lambda: undo(store),
        12: lambda: retract(store, article(1).id),
        13: lambda: retract(store, article(3).id),
    }
    at = made % LENGTH
    if at < 3:
        yield from take_in(store, *((1,), (2, 3), (2, 3))[at])
    else:
        store.settled(acts[at])
        yield


def digest(store: Store) -> str:
    """Of all that a store holds, but for times and the log."""
    told = (q for q in store.quads() if q.graph_name != LOG_GRAPH)
    lines = sorted(str(q) for q in told if q.predicate not in (SMT.ingestedOn, DCTERMS.created))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def live(path: Path, told: Path) -> None:
    """Tell the story for ever; after each commit its number is a line of the file `told`."""
    out = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with OxigraphStore(path) as store:
        while True:
            for _ in chapter(store, store.head):
                os.write(out, b"%d\n" % store.head)


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with begun(None) as memory:  # whatever is imported late is imported now
        for made in range(LENGTH):
            for _ in chapter(memory, made):
                pass
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            live(*map(Path, line.rstrip("\n").split("\t")))
        print(child, flush=True)
