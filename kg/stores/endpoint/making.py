"""Making a graph on a server: where its resolved view is to be, and then all of it, graph by graph."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from kg.errors import StoreFormatError
from kg.namespaces import LOG_GRAPH, STORE_GRAPH
from kg.stores.base import GraphName
from kg.stores.endpoint.bulk import LARGE
from kg.stores.endpoint.layout import (
    DEFAULT,
    RESOLVED_GRAPH,
    Standing,
    layout_quads,
    pending_quad,
    revision_quad,
)
from kg.stores.endpoint.store import EndpointStore
from kg.stores.endpoint.updates import block
from kg.stores.formats import version_quad

_MAKING = "making"
"""What goes by a name that begins so is no change that could be finished, and may be begun anew."""


def make(store: EndpointStore, quads: Iterable[Quad]) -> None:
    """Make a graph that holds some quads on a server that has none of ours. Raises StoreFormatError where one is.

    What somebody else keeps on the server stays as it is. Cut off in the middle, it can be done again.
    """
    begin(store)
    by_graph: dict[GraphName, list[Quad]] = {}
    for quad in quads:
        by_graph.setdefault(quad.graph_name, []).append(quad)
    own = [quad for name in (STORE_GRAPH, LOG_GRAPH) for quad in by_graph.pop(name, [])]
    small = [quad for held in by_graph.values() if len(held) < LARGE for quad in held]
    for graph, held in by_graph.items():
        if len(held) >= LARGE:
            store.replace_graph(graph, _lines(held))
    store.insert_quads([*own, *small])
    end(store)


def begin(store: EndpointStore) -> None:
    """Write down that a graph is being made, and where its resolved view is to be."""
    if not unmade(store.standing):
        raise StoreFormatError(
            "there is a graph already",
            where=store.target,
            hint="kg push brings yours there; kg diff compares",
        )
    if not store.ours:
        # Always the same revision: whoever was cut off here, or does the same at this moment, leaves no second one.
        mark = [pending_quad(_MAKING), revision_quad(_MAKING)]
        store.transport.update(f"INSERT DATA {{ {block(mark, DEFAULT)} }}")
        # Plain queries that see what was put into named graphs, or what somebody else has in the default graph, tell
        # that the resolved view needs a graph of its own. The number of the format comes with that, not before.
        apart = store.transport.query("ASK { ?s ?p ?o }") is not True
        layout = [version_quad(), *layout_quads(DEFAULT if apart else RESOLVED_GRAPH)]
        store.transport.update(f"INSERT DATA {{ {block(layout, DEFAULT)} }}")
        store.reopen()


def unmade(standing: Standing) -> bool:
    """Whether a server holds no graph of ours, or one whose making was cut off."""
    return not standing.ours or (standing.pending or "").startswith(_MAKING)


def end(store: EndpointStore) -> None:
    """Write down that the graph is whole."""
    store.transport.update(f"DELETE DATA {{ {block([pending_quad(_MAKING)], DEFAULT)} }}")
    store.reopen()


def _lines(quads: Iterable[Quad]) -> Iterable[bytes]:
    for quad in quads:
        yield f"{quad.triple} .\n".encode()
