"""Where evidence is read from: a store, some quads, or a store as a change would leave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from pyoxigraph import DefaultGraph, NamedNode, Quad
from pyoxigraph import Store as Memory

from kg.namespaces import ID, REFERENCE_GRAPH
from kg.stores.base import GraphName, Subject, Term

DEFAULT = DefaultGraph()
_CLAIM, _ARTICLE, _ADDITION = f"{ID}claim/", f"{ID}article/", f"{ID}addition/"


class Source(Protocol):
    """Anything that answers which quads match a pattern."""

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Quads that match; None matches anything, in any graph."""
        ...


class Quads:
    """Some quads as a source, with literals as a store would keep them."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._memory = Memory()
        self._memory.extend(quads)

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Quads that match; None matches anything, in any graph."""
        return self._memory.quads_for_pattern(subject, predicate, object, graph)

    def __contains__(self, quad: Quad) -> bool:
        return quad in self._memory

    def __iter__(self) -> Iterator[Quad]:
        return iter(self._memory)


class Changed:
    """A source as it would be after a change."""

    def __init__(self, source: Source, insert: Quads, delete: Quads) -> None:
        self._source, self._insert, self._delete = source, insert, delete

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Quads that match; None matches anything, in any graph."""
        come = list(self._insert.quads(subject, predicate, object, graph))
        # Mostly a change has nothing to do with what is asked for: then nothing needs to be looked up in it.
        hidden = {*come, *self._delete.quads(subject, predicate, object, graph)}
        stored = self._source.quads(subject, predicate, object, graph)
        yield from (quad for quad in stored if quad not in hidden) if hidden else stored
        yield from come


def is_claim(graph: GraphName) -> bool:
    """Whether a graph is that of a claim."""
    return isinstance(graph, NamedNode) and graph.value.startswith(_CLAIM)


def is_article(graph: GraphName) -> bool:
    """Whether a graph is that of an article: metadata, no evidence."""
    return isinstance(graph, NamedNode) and graph.value.startswith(_ARTICLE)


def is_curated(graph: GraphName) -> bool:
    """Whether the triples of a graph stand as they are: reference facts and additions.

    >>> is_curated(REFERENCE_GRAPH), is_curated(DEFAULT)
    (True, False)
    """
    return graph == REFERENCE_GRAPH or (isinstance(graph, NamedNode) and graph.value.startswith(_ADDITION))
