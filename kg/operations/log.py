"""The log of commits: what was done when, by whom, and how to take the last of it back.

A commit is a few quads in a graph of its own (LOG_GRAPH), written in the transaction of the change that it tells
of, so that there is never one without the other. The newest also has what undoing it takes (kg.operations.delta).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import LOG, LOG_GRAPH, XSD
from kg.operations.delta import packed
from kg.stores.base import Store

# Insertions alone are faster than insertions with deletions; above so many the old delta stays for the time being.
_FEW = 2000


class Act(NamedTuple):
    """What a user did: the command, the articles, claims or additions that it was about, and who it was."""

    command: str
    things: tuple[str, ...] = ()
    by: str | None = None
    undoes: int | None = None


class Commit(NamedTuple):
    """A commit as the log has it. `inserted` and `deleted` count triples in all graphs, the resolved view included."""

    number: int
    when: str
    command: str
    inserted: int
    deleted: int
    things: tuple[str, ...] = ()
    by: str | None = None
    undoes: int | None = None


def log(store: Store, limit: int | None = None) -> list[Commit]:
    """The commits of a store, newest first; at most `limit` of them.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> log(OxigraphStore())
    []
    """
    last = head(store)
    first = 1 if limit is None else max(1, last - limit + 1)
    return [_commit(store, number) for number in range(last, first - 1, -1)]


def head(store: Store) -> int:
    """The number of the last commit; 0 where there is none."""
    return max((int(_text(q)) for q in store.quads(LOG_GRAPH, LOG.head, None, LOG_GRAPH)), default=0)


def record(store: Store, insert: list[Quad], delete: list[Quad], act: Act) -> tuple[list[Quad], list[Quad]]:
    """The quads that record a change which is about to be made: to insert with it, and to delete with it."""
    number = head(store) + 1
    name = commit_iri(number)
    about: list[tuple[NamedNode, NamedNode, Literal]] = [
        (LOG_GRAPH, LOG.head, _integer(number)),
        (name, LOG.when, Literal(_now(), datatype=XSD.dateTime)),
        (name, LOG.command, Literal(act.command)),
        (name, LOG.inserted, _integer(len(insert))),
        (name, LOG.deleted, _integer(len(delete))),
        *((name, LOG.thing, Literal(thing)) for thing in act.things),
        *((name, LOG.delta, Literal(piece)) for piece in packed(store, insert, delete)),
    ]
    if act.by:
        about.append((name, LOG.by, Literal(act.by)))
    if act.undoes is not None:
        about.append((name, LOG.undoes, _integer(act.undoes)))
    # Only the last commit can be undone, so what undoing the one before would have taken can go.
    old: list[Quad] = []
    if delete or len(insert) < _FEW:
        old += store.quads(None, LOG.delta, None, LOG_GRAPH)
        old += store.quads(LOG_GRAPH, LOG.head, None, LOG_GRAPH)
    return [Quad(*triple, LOG_GRAPH) for triple in about], old


def commit_iri(number: int) -> NamedNode:
    """The name of a commit in the log."""
    return LOG[str(number)]


def deltas(store: Store, number: int) -> list[str]:
    """The pieces of what it takes to undo a commit."""
    return [_text(quad) for quad in store.quads(commit_iri(number), LOG.delta, None, LOG_GRAPH)]


def _commit(store: Store, number: int) -> Commit:
    found: dict[NamedNode, list[str]] = {}
    for quad in store.quads(commit_iri(number), None, None, LOG_GRAPH):
        found.setdefault(quad.predicate, []).append(_text(quad))

    def one(predicate: NamedNode) -> str | None:
        return next(iter(found.get(predicate, ())), None)

    undoes = one(LOG.undoes)
    return Commit(
        number,
        one(LOG.when) or "",
        one(LOG.command) or "",
        int(one(LOG.inserted) or 0),
        int(one(LOG.deleted) or 0),
        tuple(sorted(found.get(LOG.thing, ()))),
        one(LOG.by),
        int(undoes) if undoes is not None else None,
    )


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, Literal | NamedNode) else str(quad.object)


def names(things: Iterable[object]) -> tuple[str, ...]:
    """IRIs as the log keeps them: as texts, so that nothing that follows references comes upon the log."""
    return tuple(thing.value if isinstance(thing, NamedNode) else str(thing) for thing in things)
