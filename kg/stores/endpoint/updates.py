"""SPARQL updates: a change that is made only if nobody changed the graph since it was read, and its parts."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat

from kg.errors import InputError, StoreError
from kg.namespaces import LOG, LOG_GRAPH, XSD
from kg.stores.base import GraphName
from kg.stores.endpoint.layout import DEFAULT, pending_quad, revision_quad, writer_quad

BATCH: Final = 400
"""How many quads go into one update where not all fit; Virtuoso 7 takes about a thousand."""
_LONG: Final = 200_000  # characters of an update that is one of several
_PIECE: Final = 30_000


def guarded(
    delete: Iterable[Quad], insert: Iterable[Quad], resolved: GraphName, *, was: str, becomes: str, turn: str
) -> str:
    """One update that deletes and inserts if the revision still is what it `was` and it still is the writer's `turn`,
    which it ends, and does nothing otherwise.

    >>> print(guarded([], [], DEFAULT, was="a", becomes="b a", turn="x").replace(LOG_GRAPH.value, "log"))
    DELETE { GRAPH <log> { <log> <log#revision> "a" .
    <log> <log#writer> "x" } }
    INSERT { GRAPH <log> { <log> <log#revision> "b a" } }
    WHERE { GRAPH <log> { <log> <log#revision> "a" .
    <log> <log#writer> "x" } }
    """
    old = [revision_quad(was), writer_quad(turn)]
    out = block([*old, *delete], resolved)
    into = block([revision_quad(becomes), *insert], resolved)
    return f"DELETE {{ {out} }}\nINSERT {{ {into} }}\nWHERE {{ {block(old, resolved)} }}"


def batches(
    delete: Iterable[Quad], insert: Iterable[Quad], resolved: GraphName, *, pending: str | None = None
) -> Iterator[str]:
    """Updates that delete and then insert, each small enough for any server; to repeat one does no harm.

    With `pending` each does so only while the change that goes by this name is under way.
    """
    only = "" if pending is None else f" WHERE {{ {block([pending_quad(pending)], resolved)} }}"
    data = "DATA " if pending is None else ""
    for verb, quads in (("DELETE", iter(delete)), ("INSERT", iter(insert))):
        while some := _some(quads):
            yield f"{verb} {data}{{ {block(some, resolved)} }}{only}"


def _some(quads: Iterator[Quad]) -> list[Quad]:
    """The next quads, as many as go into one update."""
    some: list[Quad] = []
    size = 0
    for quad in quads:
        some.append(quad)
        size += len(str(quad))
        if len(some) == BATCH or size >= _LONG:
            break
    return some


def block(quads: Iterable[Quad], resolved: GraphName) -> str:
    """Quads in the form that templates and DATA have. Raises InputError for blank nodes."""
    by_graph: dict[GraphName, list[str]] = {}
    for quad in quads:
        if any(isinstance(term, BlankNode) for term in (quad.subject, quad.object)):
            raise InputError(
                "triples with blank nodes cannot be written to an endpoint", hint="use IRIs for things"
            )
        graph = resolved if quad.graph_name == DEFAULT else quad.graph_name
        by_graph.setdefault(graph, []).append(str(quad.triple))
    parts = [
        " .\n".join(lines) + " ." if graph == DEFAULT else f"GRAPH {graph} {{ " + " .\n".join(lines) + " }"
        for graph, lines in by_graph.items()
    ]
    return "\n".join(parts)


def journal(revision: str, delete: Iterable[Quad], insert: Iterable[Quad]) -> list[Quad]:
    """A change as quads in the log, from which whoever comes next can make it whole where its writer was lost."""
    lines = [f"-{quad} ." for quad in delete] + [f"+{quad} ." for quad in insert]
    text = b64encode(zlib.compress("\n".join(lines).encode(), 6)).decode()
    name = journal_name(revision)
    return [
        Quad(name, LOG.piece, Literal(f"{n}:{text[at : at + _PIECE]}"), LOG_GRAPH)
        for n, at in enumerate(range(0, len(text), _PIECE))
    ] + [Quad(name, LOG.pieces, Literal(str(-(-len(text) // _PIECE)), datatype=XSD.integer), LOG_GRAPH)]


def from_journal(quads: Sequence[Quad], target: str) -> tuple[list[Quad], list[Quad]]:
    """The change (delete, insert) that a journal tells of. Raises StoreError where part of it is missing."""
    pieces, wanted = ([*_texts(quads, predicate)] for predicate in (LOG.piece, LOG.pieces))
    numbered = sorted((int(number), text) for number, _, text in (piece.partition(":") for piece in pieces))
    try:
        if wanted != [str(len(pieces))]:
            raise ValueError(wanted)
        lines = zlib.decompress(b64decode("".join(text for _, text in numbered))).decode().split("\n")
    except (ValueError, zlib.error) as error:
        raise StoreError(
            "a change that was begun there cannot be finished: its journal is damaged",
            where=target,
            hint="push the graph anew with kg push --force, or restore the server's backup",
        ) from error
    return _quads(lines, "-"), _quads(lines, "+")


def journal_name(pending: str) -> NamedNode:
    """The name under which the log has the journal of a change."""
    return LOG[f"journal-{pending.partition('+')[0]}"]


def taken_over(pending: str, resolved: GraphName, *, becomes: str) -> str:
    """The update after which a change that is under way goes by another name, and is nobody else's."""
    old, new = pending_quad(pending), pending_quad(becomes)
    return (
        f"DELETE {{ {block([old], resolved)} }} INSERT {{ {block([new], resolved)} }} "
        f"WHERE {{ {block([old], resolved)} }}"
    )


def finished(pending: str, resolved: GraphName) -> list[str]:
    """The updates that say that a change is whole, and forget its journal."""
    return [
        f"DELETE DATA {{ {block([pending_quad(pending)], resolved)} }}",
        f"DELETE WHERE {{ GRAPH {LOG_GRAPH} {{ {journal_name(pending)} ?p ?o }} }}",
    ]


def _quads(lines: Iterable[str], sign: str) -> list[Quad]:
    text = "\n".join(line[1:] for line in lines if line.startswith(sign))
    return list(ox.parse(text, RdfFormat.N_QUADS))


def _texts(quads: Iterable[Quad], predicate: NamedNode) -> Iterator[str]:
    for quad in quads:
        if quad.predicate == predicate and isinstance(quad.object, Literal):
            yield quad.object.value
