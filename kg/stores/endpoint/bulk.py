"""Whole graphs and many quads, to and from a server."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.errors import StoreError
from kg.stores.base import GraphName, Table
from kg.stores.endpoint.layout import DEFAULT
from kg.stores.endpoint.mirror import matching
from kg.stores.endpoint.updates import batches

if TYPE_CHECKING:
    from kg.stores.endpoint.store import EndpointStore
    from kg.stores.endpoint.transport import Transport
    from kg.stores.oxigraph import OxigraphStore

_GRAPHS: Final = 200
"""How many small graphs are read in one request."""
LARGE: Final = 2000
"""A graph of so many triples is moved by itself."""


def copied(store: EndpointStore) -> OxigraphStore:
    """All quads of ours in memory. Raises StoreError where what the server gives is not what it counts."""
    from kg.stores.oxigraph import OxigraphStore

    copy = OxigraphStore()
    sizes = store.graph_sizes()
    small = [graph for graph, size in sizes.items() if size < LARGE]
    copy.inner.bulk_extend(store.quads_of(small))
    for graph in sizes.keys() - set(small):
        data = b"".join(store.graph_bytes(graph))
        copy.inner.bulk_load(data, RdfFormat.N_TRIPLES, to_graph=graph)
    wrong = [graph for graph, size in sizes.items() if _size(copy, graph) != size]
    if wrong:
        raise StoreError(
            f"the server counts {sizes[wrong[0]]:,} triples in {_shown(wrong[0])}, and gives "
            f"{_size(copy, wrong[0]):,}",
            where=store.target,
            hint="somebody changes the graph, or the server cuts long answers short (its limit of rows)",
        )
    return copy


def _size(store: OxigraphStore, graph: GraphName) -> int:
    return sum(1 for _ in store.quads(None, None, None, graph))


def _shown(graph: GraphName) -> str:
    return "the resolved view" if graph == DEFAULT else str(graph)


def graph_bytes(transport: Transport, graph: GraphName, resolved: GraphName) -> Iterator[bytes]:
    """One graph as N-Triples, in any order."""
    if transport.has_graph_store():
        yield from transport.get(_physical(graph, resolved))
        return
    for quad in quads_of(transport, [graph], resolved):
        yield f"{quad.triple} .\n".encode()


def replace_graph(transport: Transport, graph: GraphName, data: Iterable[bytes], resolved: GraphName) -> None:
    """Let a graph hold exactly what is given as N-Triples.

    Whole or not at all where the server takes whole graphs; else in parts, and to do it again makes it whole.
    """
    if transport.has_graph_store():
        transport.put(_physical(graph, resolved), data, replace=True)
        return
    drop_graph(transport, graph, resolved)
    triples = ox.parse(b"".join(data), RdfFormat.N_TRIPLES)
    insert_quads(transport, (Quad(t.subject, t.predicate, t.object, graph) for t in triples), resolved)


def drop_graph(transport: Transport, graph: GraphName, resolved: GraphName) -> None:
    """Drop all of a graph."""
    name = _physical(graph, resolved)
    transport.update("CLEAR SILENT DEFAULT" if name is None else f"DROP SILENT GRAPH {name}")


def insert_quads(transport: Transport, quads: Iterable[Quad], resolved: GraphName) -> None:
    """Insert quads, in as many updates as it takes."""
    for text in batches((), quads, resolved):
        transport.update(text)


def quads_of(transport: Transport, graphs: Collection[GraphName], resolved: GraphName) -> Iterator[Quad]:
    """The quads of some graphs, many graphs in one request."""

    def rows(text: str) -> Table:
        answer = transport.query(text)
        assert isinstance(answer, Table)
        return answer

    waiting = iter(graphs)
    while some := list(islice(waiting, _GRAPHS)):
        yield from matching(rows, [(None, None, None, graph) for graph in some], resolved)


def _physical(graph: GraphName, resolved: GraphName) -> NamedNode | None:
    name = resolved if graph == DEFAULT else graph
    return name if isinstance(name, NamedNode) else None
