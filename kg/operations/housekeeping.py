"""What a store notes about itself and other stores, in its own graph: it stays with the store and is never moved.

The format; that somebody is moving a graph into it right now (`Mark`); and for each store that it was filled from
or that was filled from it what it held then (`Meeting`), so that neither loses what came in since.

    <…/graph/store>              schema:schemaVersion 2
    <…/graph/store#moving>       log:command, log:peer, log:when, log:by, log:commit
    <…/graph/store#met-PEER>     log:digest, log:quads, log:when, log:by
"""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.namespaces import LOG, LOG_GRAPH, STORE_GRAPH, XSD
from kg.stores.base import Store, Term

_MOVING: Final = NamedNode(STORE_GRAPH.value + "#moving")
_MET: Final = STORE_GRAPH.value + "#met-"


class Mark(NamedTuple):
    """That a push or pull into a store is under way: by which store, since when, by whom, under which commit."""

    command: str
    peer: str
    when: str
    commit: int
    by: str | None = None


class Meeting(NamedTuple):
    """What a store held when a graph was last moved between it and another one (`peer`)."""

    peer: str
    digest: str
    quads: int
    when: str
    by: str | None = None


def is_housekeeping(quad: Quad) -> bool:
    """Whether a quad is the log's, or what a store notes about itself.

    >>> is_housekeeping(Quad(STORE_GRAPH, LOG.head, LOG.head, STORE_GRAPH))
    True
    """
    if quad.graph_name == LOG_GRAPH:
        return True
    if quad.graph_name != STORE_GRAPH:
        return False
    about = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
    return about == STORE_GRAPH.value or about.startswith(STORE_GRAPH.value + "#")


def peer_of(store: Store) -> str:
    """What a store is known by to others: a digest of where it is, which tells nobody where that is."""
    path = getattr(store, "path", None)
    if isinstance(path, Path):
        # What is bundled lies in a cache, wherever that is, and is known by its name.
        own = store.target == str(path)
        place = f"{platform.node()}:{path.resolve() if own else store.target}"
    elif store.target.startswith(("http://", "https://")):
        place = store.target.rstrip("/")
    else:
        place = f"{platform.node()}:{os.getpid()}:{id(store)}"
    return sha256(place.encode()).hexdigest()[:16]


def now() -> str:
    """The moment, as notes and log have it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def mark_of(store: Store) -> Mark | None:
    """That something is moving into a store, if it is; what a process that was killed left is that too."""
    facts = _facts(store, _MOVING)
    if not facts:
        return None
    return Mark(
        facts.get(LOG.command, "push"),
        facts.get(LOG.peer, ""),
        facts.get(LOG.when, ""),
        int(facts.get(LOG.commit, "0")),
        facts.get(LOG.by),
    )


def mark_quads(mark: Mark) -> list[Quad]:
    """The quads of a mark."""
    return _quads(_MOVING, {
        LOG.command: mark.command, LOG.peer: mark.peer, LOG.when: mark.when,
        LOG.commit: mark.commit, LOG.by: mark.by,
    })  # fmt: skip


def meetings(store: Store) -> list[Meeting]:
    """What a store notes of others."""
    met = {
        quad.subject
        for quad in store.quads(None, LOG.digest, None, STORE_GRAPH)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(_MET)
    }
    found = []
    for node in met:
        facts = _facts(store, node)
        peer = node.value.removeprefix(_MET)
        quads = int(facts.get(LOG.quads, "0"))
        found.append(Meeting(peer, facts[LOG.digest], quads, facts.get(LOG.when, ""), facts.get(LOG.by)))
    return sorted(found, key=lambda meeting: meeting.when)


def meeting_quads(meeting: Meeting) -> list[Quad]:
    """The quads of a meeting."""
    return _quads(NamedNode(_MET + meeting.peer), {
        LOG.digest: meeting.digest, LOG.quads: meeting.quads, LOG.when: meeting.when, LOG.by: meeting.by,
    })  # fmt: skip


def notes_of(store: Store, peer: str | None = None) -> list[Quad]:
    """The quads of the meeting with a peer that are there, or without one those of the mark."""
    return list(store.quads(NamedNode(_MET + peer) if peer else _MOVING, None, None, STORE_GRAPH))


def under_way(store: Store, mark: Mark) -> StoreError:
    """The error for a store with a mark."""
    who = f" by {mark.by}" if mark.by else ""
    return StoreError(
        f"a kg {mark.command} into it is under way{who}, since {mark.when}, or was broken off",
        where=store.target,
        hint=f"wait for it; if it was broken off, the same kg {mark.command} again goes on where it stopped "
        "(from another store with --force)",
    )


def _facts(store: Store, node: NamedNode) -> dict[NamedNode, str]:
    return {quad.predicate: _text(quad.object) for quad in store.quads(node, None, None, STORE_GRAPH)}


def _quads(node: NamedNode, facts: dict[NamedNode, str | int | None]) -> list[Quad]:
    return [
        Quad(
            node,
            predicate,
            Literal(str(value), datatype=XSD.integer) if isinstance(value, int) else Literal(value),
            STORE_GRAPH,
        )
        for predicate, value in facts.items()
        if value is not None
    ]


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else str(term)
