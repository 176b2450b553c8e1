"""Making a graph on a server: where its resolved view is to be, and then all of it, graph by graph."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, Quad

from kg.errors import StoreError, StoreFormatError
from kg.namespaces import LOG, LOG_GRAPH, STORE_GRAPH
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
from kg.stores.endpoint.mirror import Pattern
from kg.stores.endpoint.store import EndpointStore
from kg.stores.endpoint.updates import batches, block, taken_over
from kg.stores.formats import version_quad

_PENDING: Final[Pattern] = (LOG_GRAPH, LOG.pending, None, LOG_GRAPH)
_MAKING = "making"
"""What goes by a name that begins so is no change that could be finished, and may be begun anew."""


def make(store: EndpointStore, quads: Iterable[Quad]) -> None:
    """Make a graph that holds some quads on a server that has none of ours. Raises StoreFormatError where one is.

    What somebody else keeps on the server stays as it is. Cut off in the middle, it can be done again.
    """
    mine = begin(store)
    by_graph: dict[GraphName, list[Quad]] = {}
    for quad in quads:
        by_graph.setdefault(quad.graph_name, []).append(quad)
    own = [quad for name in (STORE_GRAPH, LOG_GRAPH) for quad in by_graph.pop(name, [])]
    small = [quad for held in by_graph.values() if len(held) < LARGE for quad in held]
    for graph, held in by_graph.items():
        if len(held) >= LARGE:
            _refuse_another(store, mine)
            store.replace_graph(graph, _lines(held))
    for text in batches((), [*own, *small], store.resolved, pending=mine):
        store.transport.update(text, again=True)
    end(store, mine)


def begin(store: EndpointStore) -> str:
    """Write down that a graph is being made, and where its resolved view is to be; answers the mark of it.

    Who was cut off while making one, and who makes one at this moment, can go on no more. Raises StoreFormatError where
    there is a graph, StoreError where another is the one to make it.
    """
    if not unmade(store.standing):
        raise StoreFormatError(
            "there is a graph already",
            where=store.target,
            hint="kg push brings yours there; kg diff compares",
        )
    mine = f"{_MAKING}-{uuid.uuid4().hex}"
    old = store.standing.pending
    if store.ours and old is not None:
        store.transport.update(taken_over(old, DEFAULT, becomes=mine))
        store.reopen()
    if not store.ours:
        # Always the same revision: whoever was cut off here, or does the same at this moment, leaves no second one.
        mark = [pending_quad(mine), revision_quad(_MAKING)]
        store.transport.update(f"INSERT DATA {{ {block(mark, DEFAULT)} }}")
        # Plain queries that see what was put into named graphs, or what somebody else has in the default graph, tell
        # that the resolved view needs a graph of its own. The number of the format comes with that, not before.
        apart = store.transport.query("ASK { ?s ?p ?o }") is not True
        layout = [version_quad(), *layout_quads(DEFAULT if apart else RESOLVED_GRAPH)]
        store.transport.update(f"INSERT DATA {{ {block(layout, DEFAULT)} }}")
        # Of two at once at least one sees the mark of the other here, and only one of them goes on.
        marks = {quad.object.value for quad in store.quads(*_PENDING) if isinstance(quad.object, Literal)}
        if mine == max(marks, default=""):
            others = " .\n".join(str(pending_quad(other).triple) for other in marks - {mine})
            if others:
                store.transport.update(f"DELETE DATA {{ GRAPH {LOG_GRAPH} {{ {others} }} }}", again=True)
        else:
            store.transport.update(f"DELETE DATA {{ {block([pending_quad(mine)], DEFAULT)} }}", again=True)
        store.reopen()
    _refuse_another(store, mine)
    return mine


def unmade(standing: Standing) -> bool:
    """Whether a server holds no graph of ours, or one whose making was cut off."""
    return not standing.ours or (standing.pending or "").startswith(_MAKING)


def end(store: EndpointStore, mine: str) -> None:
    """Write down that the graph is whole. Raises StoreError where another has begun to make it meanwhile."""
    _refuse_another(store, mine)
    store.transport.update(f"DELETE DATA {{ {block([pending_quad(mine)], DEFAULT)} }}", again=True)
    store.reopen()


def _refuse_another(store: EndpointStore, mine: str) -> None:
    ask = f"ASK {{ GRAPH {LOG_GRAPH} {{ {pending_quad(mine).triple} }} }}"
    if store.transport.query(ask) is not True:
        raise StoreError(
            "somebody else makes a graph there at the same time",
            where=store.target,
            hint="wait until that is done; there is one graph then, and kg push brings yours",
        )


def _lines(quads: Iterable[Quad]) -> Iterable[bytes]:
    for quad in quads:
        yield f"{quad.triple} .\n".encode()
