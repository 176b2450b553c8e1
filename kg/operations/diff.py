"""How two graphs differ: by claims, articles, additions and reference facts, and by what their views hold.

Graphs are compared by fingerprint first; only those that differ are read. What an article graph says of a claim
belongs to the claim, and what the store's own graph says of an addition to the addition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from kg.namespaces import REFERENCE_GRAPH, SCHEMA, STORE_GRAPH
from kg.operations.differences import Difference, differences, differing
from kg.operations.fingerprints import Fingerprints, fingerprints
from kg.operations.labels import labels_of
from kg.resolution.sources import is_article, is_claim, is_curated
from kg.stores.base import BulkStore, GraphName, Subject, Term
from kg.stores.oxigraph import OxigraphStore

_DEFAULT: Final = DefaultGraph()


class FileContents(OxigraphStore):
    """What a file holds; `named` says whether files of its kind can hold named graphs."""

    named: bool = True


class Unit(NamedTuple):
    """A claim, an article, an addition or another graph that differs: where it is, and which quads differ.

    `place` is "first" or "second" where only that one has it, else "both". `about` is what a claim is about, and
    `label` what that is called, or the headline of an article.
    """

    name: NamedNode
    place: str
    first: tuple[Quad, ...]
    second: tuple[Quad, ...]
    about: NamedNode | None = None
    label: str | None = None


class Fact(NamedTuple):
    """A property of a thing, with the values that only the first or only the second graph has."""

    thing: Subject
    property: NamedNode
    first: tuple[Term, ...]
    second: tuple[Term, ...]
    label: str | None = None


class Diff(NamedTuple):
    """How the graphs of two targets differ; `left_out` says what could not be compared."""

    first: str
    second: str
    claims: tuple[Unit, ...] = ()
    articles: tuple[Unit, ...] = ()
    additions: tuple[Unit, ...] = ()
    others: tuple[Unit, ...] = ()
    reference: tuple[Fact, ...] = ()
    view: tuple[Fact, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether nothing differs of what could be compared."""
        return not any((self.claims, self.articles, self.additions, self.others, self.reference, self.view))


def diff(first: BulkStore, second: BulkStore) -> Diff:
    """Compare two stores, each of which may be what a file holds.

    >>> from kg.namespaces import SMT
    >>> one, two = OxigraphStore(), OxigraphStore()
    >>> one.apply(insert=[Quad(SMT.a, SMT.b, SMT.c)])
    >>> [(fact.first, fact.second) for fact in diff(one, two).view] == [((SMT.c,), ())]
    True
    """
    here = fingerprints(first)
    there = fingerprints(second, expected=here)
    skipped, left_out = _skipped([(first, here), (second, there)])
    graphs = [name for name in differing(here, there) if not skipped(name)]
    whole = _Sorted(here, there)
    for difference in differences(first, second, graphs):
        whole.take(difference)
    things = whole.things()
    labels = labels_of(second, things) | labels_of(first, things)
    return Diff(
        first.target,
        second.target,
        tuple(whole.units("claim", labels)),
        tuple(whole.units("article", labels)),
        tuple(whole.units("addition", labels)),
        tuple(whole.units("other", labels)),
        tuple(_facts(whole.reference, labels)),
        tuple(_facts(whole.view, labels)),
        left_out,
    )


def store_of_file(path: Path) -> FileContents:
    """What a file of triples holds. Raises RdfSyntaxError where it cannot be read."""
    from kg.rdf_files import format_of, read_rdf
    from kg.rdf_limits import at_most

    store = FileContents()
    with at_most(0):  # it is compared, not checked: memory for its quads is all it takes
        store.inner.bulk_extend(read_rdf(path))
    format = format_of(path)
    # kg export writes the view alone as JSON-LD, unless it is asked for all graphs.
    store.named = format.supports_datasets and (format != RdfFormat.JSON_LD or any(store.graph_names()))
    store.target, store.writable = str(path), False
    return store


class _Sorted:
    """Differences by what they are about."""

    def __init__(self, first: Fingerprints, second: Fingerprints) -> None:
        self._names = first.keys(), second.keys()
        self._units: dict[str, dict[NamedNode, tuple[list[Quad], list[Quad]]]] = {}
        self.reference: tuple[list[Quad], list[Quad]] = ([], [])
        self.view: tuple[list[Quad], list[Quad]] = ([], [])

    def take(self, difference: Difference) -> None:
        """Sort the quads of a graph."""
        for side, quads in enumerate((difference.first, difference.second)):
            if difference.graph == _DEFAULT:
                self.view[side].extend(quads)
            elif difference.graph == REFERENCE_GRAPH:
                self.reference[side].extend(quads)
            else:
                for quad in quads:
                    kind, name = _unit_of(quad)
                    self._units.setdefault(kind, {}).setdefault(name, ([], []))[side].append(quad)

    def things(self) -> set[NamedNode]:
        """What needs a name for people."""
        facts = {quad.subject for part in (self.reference, self.view) for side in part for quad in side}
        found = {thing for thing in facts if isinstance(thing, NamedNode)}
        for kind, units in self._units.items():
            found |= {self._about(kind, name, *sides) or name for name, sides in units.items()}
        return found

    def units(self, kind: str, labels: dict[NamedNode, str]) -> Iterator[Unit]:
        """The units of a kind, by name."""
        for name, (first, second) in sorted(
            self._units.get(kind, {}).items(), key=lambda item: (len(item[0].value), item[0].value)
        ):
            about = self._about(kind, name, first, second)
            yield Unit(
                name,
                self._place(name, first, second),
                tuple(first),
                tuple(second),
                about if kind == "claim" else None,
                labels.get(about or name),
            )

    def _place(self, name: NamedNode, first: list[Quad], second: list[Quad]) -> str:
        here, there = (name in names for names in self._names)
        if here and not there and not second:
            return "first"
        return "second" if there and not here and not first else "both"

    @staticmethod
    def _about(kind: str, name: NamedNode, first: list[Quad], second: list[Quad]) -> NamedNode | None:
        if kind != "claim":
            return None
        quads = [*first, *second]
        told = [q.object for q in quads if q.predicate == SCHEMA.about and q.subject == name]
        things = [*told, *(quad.subject for quad in quads if quad.graph_name == name)]
        return next((thing for thing in things if isinstance(thing, NamedNode)), None)


def _unit_of(quad: Quad) -> tuple[str, NamedNode]:
    """What a quad of a named graph belongs to."""
    graph = quad.graph_name
    assert isinstance(graph, NamedNode)
    subject = (
        NamedNode(quad.subject.value.partition("#")[0]) if isinstance(quad.subject, NamedNode) else graph
    )
    if is_claim(graph):
        return "claim", graph
    if is_article(graph):
        return ("claim", subject) if is_claim(subject) else ("article", graph)
    if is_curated(graph):
        return "addition", graph
    if graph == STORE_GRAPH and is_curated(subject):
        return "addition", subject
    return "other", graph


def _facts(sides: tuple[list[Quad], list[Quad]], labels: dict[NamedNode, str]) -> Iterator[Fact]:
    found: dict[tuple[Subject, NamedNode], tuple[list[Term], list[Term]]] = {}
    for side, quads in enumerate(sides):
        for quad in quads:
            values = found.setdefault((quad.subject, quad.predicate), ([], []))
            values[side].append(quad.object)
    for (thing, predicate), (first, second) in sorted(
        found.items(), key=lambda item: tuple(map(str, item[0]))
    ):
        label = labels.get(thing) if isinstance(thing, NamedNode) else None
        yield Fact(thing, predicate, tuple(sorted(first, key=str)), tuple(sorted(second, key=str)), label)


class _Skipped:
    """Graphs that cannot be compared because a file does not have them."""

    def __init__(self, named: bool, graphs: Iterable[GraphName]) -> None:
        self._named, self._graphs = named, frozenset(graphs)

    def __call__(self, graph: GraphName) -> bool:
        return graph in self._graphs or (not self._named and graph != _DEFAULT)


def _skipped(sides: list[tuple[BulkStore, Fingerprints]]) -> tuple[_Skipped, tuple[str, ...]]:
    named, graphs, said = True, set(), []
    for store, prints in sides:
        if not isinstance(store, FileContents):
            continue
        if not store.named:
            named = False
            said.append(f"{store.target} holds the resolved view alone: nothing else was compared")
            continue
        missing = [name for name in (REFERENCE_GRAPH, STORE_GRAPH) if name not in prints]
        graphs |= set(missing)
        if REFERENCE_GRAPH in missing:
            said.append(
                f"{store.target} holds no reference graph (kg export --all-graphs does): it was not compared"
            )
    return _Skipped(named, graphs), tuple(said)
