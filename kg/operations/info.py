"""What a store holds, in numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg import __version__
from kg.namespaces import LOG_GRAPH, RDF, SMT, STORE_GRAPH
from kg.resolution.rules import WITH_STATUS
from kg.resolution.sources import DEFAULT, is_article, is_claim
from kg.stores.folder import size

if TYPE_CHECKING:
    from kg.stores.base import Store

_PEOPLE = (SMT.Leader, SMT.Official)
_THINGS = (SMT.State, SMT.Organization, SMT.Place, SMT.Office)


def info(store: Store) -> dict[str, Any]:
    """Counts of articles, claims, events by kind and status, and things; versions; size on disk in bytes."""
    graphs = list(store.graph_names())
    events: dict[str, dict[str, int]] = {}
    for kind in sorted(WITH_STATUS, key=lambda k: k.value):
        members = {quad.subject for quad in store.quads(None, RDF.type, kind, DEFAULT)}
        if not members:
            continue
        status: Counter[str] = Counter()
        for member in members:
            found = [q.object for q in store.quads(member, SMT.status, None, DEFAULT)]
            status[_local(found[0]) if found else "unknown"] += 1
        events[_local(kind)] = dict(sorted(status.items()))
    things = {_local(kind): _count(store, kind) for kind in _THINGS}
    things["Person"] = len(
        {q.subject for kind in _PEOPLE for q in store.quads(None, RDF.type, kind, DEFAULT)}
    )
    versions = {_local(q.predicate): q.object.value for q in store.quads(STORE_GRAPH, graph=STORE_GRAPH)
                if not isinstance(q.object, NamedNode) and hasattr(q.object, "value")}  # fmt: skip
    return {
        "target": store.target,
        "software": __version__,
        "format": versions.get("schemaVersion"),
        "madeBy": versions.get("softwareVersion"),
        "articles": sum(map(is_article, graphs)),
        "claims": sum(map(is_claim, graphs)),
        "additions": _count(store, SMT.Addition, STORE_GRAPH),
        "quads": len(store) - sum(1 for _ in store.quads(graph=LOG_GRAPH)),
        "events": events,
        "things": things,
        "bytes": _size(store),
    }


def _count(store: Store, kind: NamedNode, graph: NamedNode | None = None) -> int:
    return sum(1 for _ in store.quads(None, RDF.type, kind, graph or DEFAULT))


def _size(store: Store) -> int | None:
    path = getattr(store, "path", None)
    return size(path) if path else None


def _local(term: object) -> str:
    value = getattr(term, "value", str(term))
    return str(value).replace("#", "/").rpartition("/")[2]
