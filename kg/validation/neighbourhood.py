"""The triples around a change, as they are before it and after it.

The graph is never copied. It is read where the plan of the shapes leads, each place once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import islice
from typing import Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from kg.namespaces import RDF, RDFS
from kg.stores.base import GraphName, Store, Term
from kg.validation.plan import ANY

_MANY = 10_000
_REMEMBERED = 100_000
_DEFAULT = DefaultGraph()


class When(Enum):
    """Which triples are meant: those before a change, those after it, or all of either."""

    BEFORE = "before"
    AFTER = "after"
    EITHER = "either"


class Source(Protocol):
    """Triples that can be looked up by either end."""

    def match(self, nodes: set[Term], predicate: str, *, inverse: bool) -> Iterator[Triple]:
        """Triples with this predicate (or ANY) whose subject (object if `inverse`) is one of the nodes."""
        ...

    def scan(self, predicate: str) -> Iterator[Triple]:
        """All triples with this predicate, or all there are."""
        ...

    def contains(self, triple: Triple) -> bool:
        """Whether the triple is there."""
        ...


class Triples:
    """Triples in memory.

    >>> from kg.namespaces import SMT
    >>> len(list(Triples([Triple(SMT.a, SMT.b, SMT.c)]).match({SMT.c}, SMT.b.value, inverse=True)))
    1
    """

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self.all: set[Triple] = set(triples)
        self._out: dict[tuple[Term, str], list[Triple]] = defaultdict(list)
        self._in: dict[tuple[Term, str], list[Triple]] = defaultdict(list)
        # The engine makes new objects of the same term each time; one of each takes a fraction of the memory.
        terms: dict[Term, Term] = {}
        names: dict[str, str] = {}
        for triple in self.all:
            predicate = triple.predicate.value
            predicate = names.setdefault(predicate, predicate)
            start, end = triple.subject, triple.object
            self._out[terms.setdefault(start, start), predicate].append(triple)
            self._in[terms.setdefault(end, end), predicate].append(triple)
        self._predicates: set[str] | None = None

    def match(self, nodes: set[Term], predicate: str, *, inverse: bool) -> Iterator[Triple]:
        index = self._in if inverse else self._out
        if predicate == ANY:
            if self._predicates is None:
                self._predicates = {key[1] for key in self._out}
            for name in self._predicates:
                for node in nodes:
                    yield from index.get((node, name), ())
            return
        for node in nodes:
            yield from index.get((node, predicate), ())

    def scan(self, predicate: str) -> Iterator[Triple]:
        return (triple for triple in self.all if predicate in (ANY, triple.predicate.value))

    def contains(self, triple: Triple) -> bool:
        return triple in self.all


class DefaultGraphOf:
    """The resolved view of a store, or another graph of it that is large."""

    def __init__(self, store: Store, graph: GraphName = _DEFAULT) -> None:
        self._store = store
        self._graph = graph
        self._names: dict[str, NamedNode] = {}

    def match(self, nodes: set[Term], predicate: str, *, inverse: bool) -> Iterator[Triple]:
        name = self._name(predicate)
        for node in nodes:
            if inverse:
                quads = self._store.quads(None, name, node, self._graph)
            elif isinstance(node, Literal | Triple):
                continue
            else:
                quads = self._store.quads(node, name, None, self._graph)
            for quad in quads:
                yield quad.triple

    def scan(self, predicate: str) -> Iterator[Triple]:
        for quad in self._store.quads(None, self._name(predicate), None, self._graph):
            yield quad.triple

    def contains(self, triple: Triple) -> bool:
        found = self._store.quads(triple.subject, triple.predicate, triple.object, self._graph)
        return next(iter(found), None) is not None

    def _name(self, predicate: str) -> NamedNode | None:
        if predicate == ANY:
            return None
        name = self._names.get(predicate)
        if name is None:
            name = self._names[predicate] = NamedNode(predicate)
        return name


class Both:
    """Two sources as one."""

    def __init__(self, one: Source, other: Source) -> None:
        self._both = (one, other)

    def match(self, nodes: set[Term], predicate: str, *, inverse: bool) -> Iterator[Triple]:
        for source in self._both:
            yield from source.match(nodes, predicate, inverse=inverse)

    def scan(self, predicate: str) -> Iterator[Triple]:
        for source in self._both:
            yield from source.scan(predicate)

    def contains(self, triple: Triple) -> bool:
        return any(source.contains(triple) for source in self._both)


class Changed:
    """A source before and after a change: every place is read from the source once, as long as that is little."""

    def __init__(self, source: Source, insert: Iterable[Triple], delete: Iterable[Triple]) -> None:
        self._source = source
        insert, delete = set(insert), set(delete)
        self.insert = Triples(triple for triple in insert if not source.contains(triple))
        self.delete = {triple for triple in delete - insert if source.contains(triple)}
        self._read: dict[tuple[Term, str, bool], list[Triple]] = {}
        self._above: dict[tuple[Term, When], frozenset[str]] = {}

    @property
    def triples(self) -> set[Triple]:
        """What really changes: what is new and what goes."""
        return self.insert.all | self.delete

    def match(
        self, nodes: set[Term], predicate: str, *, inverse: bool, when: When = When.AFTER
    ) -> Iterator[Triple]:
        """Triples with this predicate (or ANY) whose subject (object if `inverse`) is one of the nodes."""
        if len(nodes) > _MANY:
            left = iter(nodes)
            while some := set(islice(left, _MANY)):
                yield from self.match(some, predicate, inverse=inverse, when=when)
            return
        if len(self._read) > _REMEMBERED:
            self._read = {}  # whoever is still reading keeps the old one
        read = self._read
        unread = {node for node in nodes if (node, predicate, inverse) not in read}
        if unread:
            for node in unread:
                read[node, predicate, inverse] = []
            for triple in self._source.match(unread, predicate, inverse=inverse):
                read[triple.object if inverse else triple.subject, predicate, inverse].append(triple)
        for node in nodes:
            for triple in read[node, predicate, inverse]:
                if when is not When.AFTER or triple not in self.delete:
                    yield triple
        if when is not When.BEFORE and self.insert.all:
            yield from self.insert.match(nodes, predicate, inverse=inverse)

    def scan(self, predicate: str, *, when: When = When.AFTER) -> Iterator[Triple]:
        """All triples with this predicate, or all there are."""
        for triple in self._source.scan(predicate):
            if when is not When.AFTER or triple not in self.delete:
                yield triple
        if when is not When.BEFORE:
            yield from self.insert.scan(predicate)

    def above(self, name: Term, when: When) -> frozenset[str]:
        """A class and the classes above it."""
        key = (name, when)
        if key not in self._above:
            found: set[Term] = {name}
            fresh = {name}
            while fresh:
                up = {t.object for t in self.match(fresh, RDFS.subClassOf.value, inverse=False, when=when)}
                fresh = up - found
                found |= fresh
            self._above[key] = frozenset(each.value for each in found if isinstance(each, NamedNode))
        return self._above[key]

    def below(self, names: Iterable[Term], when: When) -> set[Term]:
        """Some classes and the classes below them."""
        found = set(names)
        fresh = set(found)
        while fresh:
            down: set[Term] = {
                t.subject for t in self.match(fresh, RDFS.subClassOf.value, inverse=True, when=when)
            }
            fresh = down - found
            found |= fresh
        return found

    def instances(self, names: Iterable[Term], when: When) -> set[Term]:
        """What is of some classes, or of classes below them."""
        classes = self.below(names, when)
        return {triple.subject for triple in self.match(classes, RDF.type.value, inverse=True, when=when)}
