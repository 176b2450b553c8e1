"""From a change to what it touches: the focus nodes, and the triples that decide about them.

The graph is never copied. It is read where the plan of the shapes leads, as it will be after the change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from kg.namespaces import RDF
from kg.stores.base import Store, Table, Term
from kg.validation.plan import ShapePlan

_BATCH = 200


class Source(Protocol):
    """Triples that can be looked up by predicate and either end."""

    def match(self, nodes: set[Term], predicate: NamedNode, *, inverse: bool) -> Iterator[Triple]:
        """Triples with this predicate whose subject (object if `inverse`) is one of the nodes."""
        ...

    def contains(self, triple: Triple) -> bool:
        """Whether the triple is there."""
        ...


class Triples:
    """Triples in memory.

    >>> from kg.namespaces import SMT
    >>> len(list(Triples([Triple(SMT.a, SMT.b, SMT.c)]).match({SMT.c}, SMT.b, inverse=True)))
    1
    """

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self.all: set[Triple] = set(triples)
        self._out: dict[tuple[Term, NamedNode], list[Triple]] = defaultdict(list)
        self._in: dict[tuple[Term, NamedNode], list[Triple]] = defaultdict(list)
        for triple in self.all:
            self._out[triple.subject, triple.predicate].append(triple)
            self._in[triple.object, triple.predicate].append(triple)

    def match(self, nodes: set[Term], predicate: NamedNode, *, inverse: bool) -> Iterator[Triple]:
        index = self._in if inverse else self._out
        for node in nodes:
            yield from index.get((node, predicate), ())

    def contains(self, triple: Triple) -> bool:
        return triple in self.all


class DefaultGraphOf:
    """The resolved view of a store; a remote store is asked for many nodes in one query."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._remote = getattr(store, "target", "").startswith(("http://", "https://"))

    def match(self, nodes: set[Term], predicate: NamedNode, *, inverse: bool) -> Iterator[Triple]:
        if self._remote:
            yield from self._ask(nodes, predicate, inverse=inverse)
            return
        for node in nodes:
            if inverse:
                quads = self._store.quads(None, predicate, node, DefaultGraph())
            elif isinstance(node, Literal):
                continue
            else:
                quads = self._store.quads(node, predicate, None, DefaultGraph())
            for quad in quads:
                yield quad.triple

    def contains(self, triple: Triple) -> bool:
        found = self._store.quads(triple.subject, triple.predicate, triple.object, DefaultGraph())
        return next(iter(found), None) is not None

    def _ask(self, nodes: set[Term], predicate: NamedNode, *, inverse: bool) -> Iterator[Triple]:
        known = "?o" if inverse else "?s"
        usable = (n for n in nodes if isinstance(n, NamedNode) or (inverse and isinstance(n, Literal)))
        while batch := [str(node) for node in islice(usable, _BATCH)]:
            # Terms are written by pyoxigraph in N-Triples form, which SPARQL reads as terms and nothing else.
            pattern = f"VALUES {known} {{ {' '.join(batch)} }} ?s {predicate} ?o"
            answer = self._store.query(f"SELECT ?s ?o WHERE {{ {pattern} }}")
            assert isinstance(answer, Table)
            for subject, obj in answer.rows:
                if isinstance(subject, NamedNode | BlankNode) and obj is not None:
                    yield Triple(subject, predicate, obj)


class Changed:
    """A source as it will be after a change, or before and after in one."""

    def __init__(self, source: Source, insert: Iterable[Triple], delete: Iterable[Triple]) -> None:
        self._source = source
        insert, delete = set(insert), set(delete)
        self.insert = Triples(triple for triple in insert if not source.contains(triple))
        self.delete = {triple for triple in delete - insert if source.contains(triple)}
        self._read: dict[tuple[Term, NamedNode, bool], list[Triple]] = {}

    @property
    def triples(self) -> set[Triple]:
        """What really changes: what is new and what goes."""
        return self.insert.all | self.delete

    def match(
        self, nodes: set[Term], predicate: NamedNode, *, inverse: bool, past: bool = False
    ) -> Iterator[Triple]:
        """Triples after the change; with `past` also those that it takes away."""
        unread = {node for node in nodes if (node, predicate, inverse) not in self._read}
        if unread:
            for node in unread:
                self._read[node, predicate, inverse] = []
            for triple in self._source.match(unread, predicate, inverse=inverse):
                self._read[triple.object if inverse else triple.subject, predicate, inverse].append(triple)
        for node in nodes:
            for triple in self._read[node, predicate, inverse]:
                if past or triple not in self.delete:
                    yield triple
        yield from self.insert.match(nodes, predicate, inverse=inverse)


def touched(shapes: Iterable[ShapePlan], graph: Changed) -> set[NamedNode]:
    """The nodes about which one of the shapes may find something else than before the change."""
    found: set[Term] = {triple.subject for triple in graph.triples}
    by_predicate: dict[str, list[Triple]] = defaultdict(list)
    for triple in graph.triples:
        by_predicate[triple.predicate.value].append(triple)
    for shape in shapes:
        for step in shape.steps:
            starts = {
                triple.object if step.inverse else triple.subject
                for triple in by_predicate.get(step.predicate, ())
                if isinstance(step.end, int)
                or (triple.subject if step.inverse else triple.object) == NamedNode(step.end)
            }
            variable = step.start
            while starts and variable != 0:
                back = shape.first[variable]
                triples = graph.match(starts, NamedNode(back.predicate), inverse=not back.inverse, past=True)
                starts = {triple.object if back.inverse else triple.subject for triple in triples}
                variable = back.start
            found |= starts
    return {node for node in found if isinstance(node, NamedNode)}


def targets(shape: ShapePlan, graph: Changed, nodes: set[NamedNode]) -> set[Term]:
    """Those of the nodes that a shape is aimed at."""
    classes = {NamedNode(name) for name in shape.classes}
    aimed: set[Term] = set()
    everything: set[Term] = set(nodes)
    for triple in graph.match(everything, RDF.type, inverse=False):
        if triple.object in classes:
            aimed.add(triple.subject)
    for predicate in shape.subjects_of:
        for triple in graph.match(everything, NamedNode(predicate), inverse=False):
            aimed.add(triple.subject)
    return aimed


def surroundings(
    shapes: Iterable[ShapePlan], graph: Changed, nodes: set[NamedNode]
) -> tuple[dict[str, set[NamedNode]], set[Triple]]:
    """The nodes that each shape is aimed at, of these, and all triples that the shapes look at from there."""
    focus: dict[str, set[NamedNode]] = {}
    kept: set[Triple] = set()
    for shape in shapes:
        aimed = targets(shape, graph, nodes)
        if not aimed:
            continue
        focus[shape.iri] = {node for node in aimed if isinstance(node, NamedNode)}
        reached: dict[int, set[Term]] = defaultdict(set)
        reached[0] = aimed
        for step in shape.steps:
            for triple in graph.match(reached[step.start], NamedNode(step.predicate), inverse=step.inverse):
                kept.add(triple)
                if isinstance(step.end, int):
                    reached[step.end].add(triple.subject if step.inverse else triple.object)
    return focus, kept
