"""Moving whole graphs out of the embedded store and into it: the part of BulkStore that is not Store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from kg.stores.ahead import written_ahead
from kg.stores.base import GraphName
from kg.stores.problems import unreadable

_BATCH: Final = 50_000
_DEFAULT: Final = DefaultGraph()
# The engine counts without making terms of what it counts.
_SIZES: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


class Bulk:
    """What OxigraphStore has of BulkStore besides Store.

    >>> from kg.namespaces import SMT
    >>> from kg.stores.oxigraph import OxigraphStore
    >>> store = OxigraphStore()
    >>> store.replace_graph(SMT.g, [b'<urn:a> <urn:b> "c" .'])
    >>> store.graph_sizes() == {SMT.g: 1}, b"".join(store.graph_bytes(SMT.g))
    (True, b'<urn:a> <urn:b> "c" .\\n')
    """

    canonical = True
    target: str

    @property
    def inner(self) -> ox.Store:
        """The engine underneath."""
        raise NotImplementedError

    def apply(self, *, delete: Iterable[Quad] = (), insert: Iterable[Quad] = ()) -> None:
        """Delete, then insert, all or nothing."""
        raise NotImplementedError

    def graph_sizes(self) -> dict[GraphName, int]:
        """The number of triples by graph, DefaultGraph() included; graphs without triples are not."""
        try:
            found: Any = self.inner.query(_SIZES)
            sizes: dict[GraphName, int] = {row[0]: int(row[1].value) for row in found}
            sizes[_DEFAULT] = len(self.inner) - sum(sizes.values())
        except (OSError, RuntimeError) as error:
            raise unreadable(error, self.target) from error
        return {name: size for name, size in sizes.items() if size}

    def graph_bytes(self, graph: GraphName) -> Iterator[bytes]:
        """The triples of one graph as N-Triples in pieces, in any order; nothing where there is no such graph."""
        return self._dumped(RdfFormat.N_TRIPLES, graph)

    def dataset_bytes(self) -> Iterator[bytes] | None:
        """All graphs as N-Quads in pieces."""
        return self._dumped(RdfFormat.N_QUADS, None)

    def _dumped(self, format: RdfFormat, graph: GraphName | None) -> Iterator[bytes]:
        # The engine writes and does not stop to be read from; a graph need not fit into memory.
        inner = self.inner
        try:
            yield from written_ahead(lambda file: inner.dump(output=file, format=format, from_graph=graph))
        except (OSError, RuntimeError) as error:
            raise unreadable(error, self.target) from error

    def quads_of(self, graphs: Collection[GraphName]) -> Iterator[Quad]:
        """The quads of some graphs, those of a graph in a row."""
        try:
            for graph in graphs:
                yield from self.inner.quads_for_pattern(None, None, None, graph)
        except (OSError, RuntimeError) as error:
            raise unreadable(error, self.target) from error

    def replace_graph(self, graph: GraphName, data: Iterable[bytes]) -> None:
        """Let a graph hold exactly the triples of some N-Triples (in pieces); one transaction."""
        wanted = ox.Store()
        wanted.bulk_load(b"".join(data), format=RdfFormat.N_TRIPLES, to_graph=graph)
        there = set(self.quads_of([graph]))
        self.apply(
            delete=[quad for quad in there if quad not in wanted],
            insert=[quad for quad in wanted if quad not in there],
        )

    def drop_graph(self, graph: GraphName) -> None:
        """Remove a graph with all its triples; nothing where there is none."""
        self.apply(delete=list(self.quads_of([graph])))

    def insert_quads(self, quads: Iterable[Quad]) -> None:
        """Insert many quads, a transaction for each batch."""
        batch: list[Quad] = []
        for quad in quads:
            batch.append(quad)
            if len(batch) == _BATCH:
                self.apply(insert=batch)
                batch = []
        self.apply(insert=batch)
