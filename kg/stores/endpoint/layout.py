"""Where the resolved view is on a server, and what a server says of the graph that it holds.

Servers see the default graph differently. Some keep it apart from the named graphs; there the resolved view is the
default graph, as in a folder. Others answer plain queries from all graphs together, or have triples of somebody
else in the default graph; there the view is a named graph, RESOLVED_GRAPH, and queries are rewritten
(kg.stores.endpoint.rewriting). Which of the two is found out by asking, once, when the graph is made, and written
down in the graph of the store itself.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import StoreError, StoreFormatError
from kg.namespaces import ID, LOG, LOG_GRAPH, SCHEMA, STORE_GRAPH
from kg.stores.base import GraphName, Table
from kg.stores.formats import FORMAT_VERSION

RESOLVED_GRAPH: Final = NamedNode(ID + "graph/resolved")
DEFAULT: Final = DefaultGraph()
_REMEMBERED: Final = 16

STANDING: Final = f"""SELECT ?k ?p ?o WHERE {{
  {{ GRAPH {STORE_GRAPH} {{ {STORE_GRAPH} ?p ?o }} BIND("store" AS ?k) }}
  UNION {{ GRAPH {LOG_GRAPH} {{ {LOG_GRAPH} ?p ?o }} BIND("log" AS ?k) }}
  UNION {{ {STORE_GRAPH} {SCHEMA.schemaVersion} ?o BIND({SCHEMA.schemaVersion} AS ?p) BIND("plain" AS ?k) }}
}}"""
"""The one query with which a server is asked for all of this."""


class Standing(NamedTuple):
    """What a server holds: the graph of the resolved view, the revision, and whether something is under way.

    `resolved` is None where the server holds no graph of ours: then it is asked as it is. `revision` changes with every
    change; `pending` names one that was begun and is not yet whole; `head` is the number of the last commit. There are
    several `revisions` only where something else than this package wrote there.
    """

    resolved: GraphName | None
    revision: str | None = None
    pending: str | None = None
    head: int = 0
    revisions: tuple[str, ...] = ()

    @property
    def ours(self) -> bool:
        """Whether there is a graph of this package."""
        return self.resolved is not None


def standing(answer: object, target: str) -> Standing:
    """What the answer to STANDING says.

    Raises StoreFormatError for a graph of a newer version, StoreError where the server no longer treats its
    default graph as it did when the graph was made.
    """
    assert isinstance(answer, Table)
    told: dict[tuple[str, str], str] = {}
    revisions: set[str] = set()
    for kind, predicate, obj in answer.rows:
        if isinstance(kind, Literal) and isinstance(predicate, NamedNode) and obj is not None:
            told[kind.value, predicate.value] = obj.value if isinstance(obj, Literal | NamedNode) else ""
            if predicate == LOG.revision:
                revisions.add(told[kind.value, predicate.value])
    version = told.get(("store", SCHEMA.schemaVersion.value))
    if version is None:
        return Standing(None)
    if int(version) > FORMAT_VERSION:
        raise StoreFormatError(
            f"the graph there has format {version}, and this kg reads up to {FORMAT_VERSION}",
            where=target,
            hint="upgrade with pip install --upgrade summitry",
        )
    named = told.get(("store", LOG.resolvedGraph.value))
    plain = ("plain", SCHEMA.schemaVersion.value) in told
    if named is None and plain:
        raise StoreError(
            "plain queries see all named graphs there now, and did not when the graph was made",
            where=target,
            hint="start the server without a union default graph, or make the graph anew with kg push",
        )
    return Standing(
        DEFAULT if named is None else NamedNode(named),
        max(revisions, default=None),
        told.get(("log", LOG.pending.value)),
        int(told.get(("log", LOG.head.value), 0)),
        tuple(sorted(revisions)),
    )


def layout_quads(resolved: GraphName) -> list[Quad]:
    """What a store on a server says of where its resolved view is; nothing for the default graph."""
    if resolved == DEFAULT:
        return []
    assert isinstance(resolved, NamedNode)
    return [Quad(STORE_GRAPH, LOG.resolvedGraph, resolved, STORE_GRAPH)]


def revision_quad(revision: str) -> Quad:
    """The triple that every change of a store on a server replaces."""
    return Quad(LOG_GRAPH, LOG.revision, Literal(revision), LOG_GRAPH)


def pending_quad(revision: str) -> Quad:
    """The triple that is there while a change of several requests is under way."""
    return Quad(LOG_GRAPH, LOG.pending, Literal(revision), LOG_GRAPH)


def writer_quad(mark: str) -> Quad:
    """The triple that is there while somebody is about to write (kg.stores.endpoint.turns)."""
    return Quad(LOG_GRAPH, LOG.writer, Literal(mark), LOG_GRAPH)


def following(revision: str, becomes: str) -> str:
    """The revision after a change that goes by the name `becomes`: it names those before it too, so that who made one
    of them can still see that it was made when others have come after.

    >>> following("b a", "c")
    'c b a'
    """
    return " ".join([becomes, *revision.split()][:_REMEMBERED])
