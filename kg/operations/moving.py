"""Writing what a push or pull has to write: as one commit, or under a mark in many requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, NamedTuple, TypeAlias, cast

from pyoxigraph import Literal, Quad

from kg.errors import StoreError
from kg.namespaces import LOG, LOG_GRAPH, STORE_GRAPH, XSD
from kg.operations.change import write
from kg.operations.fingerprints import Fingerprints, content_sizes, digest_of, fingerprints
from kg.operations.housekeeping import (
    Mark,
    Meeting,
    mark_quads,
    meeting_quads,
    meetings,
    notes_of,
    now,
    peer_of,
)
from kg.operations.log import Act, commit_iri, head, record
from kg.operations.sending import Plan, send, whole
from kg.stores.base import BulkStore, GraphName, RemoteStore
from kg.stores.oxigraph import OxigraphStore

Step: TypeAlias = Callable[[str, int, int], None]
"""Is told what is being done, how many triples are done, and of how many."""


class State(NamedTuple):
    """Two stores as they are, what has to be done, the mark of a transfer that was broken off, and their moments.

    `file`: all that a store has to get which holds nothing, as N-Quads, if it was kept when it was read.
    """

    source: Fingerprints
    target: Fingerprints
    todo: Plan
    mark: Mark | None
    moments: tuple[object, object]
    file: IO[bytes] | None = None


class Written(NamedTuple):
    """How many quads were inserted and deleted, and what the target holds after it."""

    after: Fingerprints
    inserted: int = 0
    deleted: int = 0


def meeting_of(source: BulkStore, prints: Fingerprints, act: Act) -> Meeting:
    """What the target of a transfer notes at its end."""
    quads = sum(found.triples for found in prints.values())
    return Meeting(peer_of(source), digest_of(prints), quads, now(), act.by)


def at_once(source: BulkStore, target: OxigraphStore, state: State, act: Act) -> Written:
    """As one commit, which kg undo takes back like any other."""
    if _settled(source, target, state):
        return Written(state.target)
    insert, delete = whole(source, target, state.todo)
    refuse_written_meanwhile(source, state.moments[0], act)
    meeting = meeting_of(source, state.source, act)
    forgotten = [*notes_of(target), *notes_of(target, meeting.peer)]
    if insert or delete:
        write(target, [*insert, *meeting_quads(meeting)], [*delete, *forgotten], act)
    else:
        target.apply(delete=forgotten, insert=meeting_quads(meeting))
    return Written(_read_back(target, state), len(insert), len(delete))


def bit_by_bit(source: BulkStore, target: RemoteStore, state: State, act: Act, tell: Step) -> Written:
    """In many requests, between a first one that sets a mark and a last one that takes it away."""
    if _settled(source, target, state):
        return Written(state.target)
    todo = state.todo
    refuse_written_meanwhile(target, state.moments[1], act)
    mark = _begin(source, target, state.mark, act)
    total = sum(sum(part.values()) for part in (todo.new, todo.changed, todo.gone))
    done = 0

    def more(number: int) -> None:
        nonlocal done
        done += number
        tell("sending", done, total)

    try:
        sent = send(source, target, todo, more, state.file)
        after = _read_back(target, state, lambda done, total: tell("checking", done, total))
        refuse_written_meanwhile(source, state.moments[0], act)
        written = Written(after, sent.inserted, sent.deleted)
        _end(source, target, mark, written, act)
    except StoreError as error:
        raise StoreError(
            f"the {act.command} is not whole yet: {error.what}",
            where=error.where,
            hint=f"the same kg {act.command} again goes on where it stopped; until then nobody can write there",
        ) from error
    return written


def moment(store: BulkStore) -> object:
    """What a store says of its last change: equal if there was none since."""
    remote = _remote(store)
    return remote.moment() if remote is not None else head(store)


def refuse_unfinished(store: BulkStore) -> None:
    """Raise StoreError where a change of a store is under way, so that reading it could give half of it."""
    remote = _remote(store)
    if remote is not None and remote.unfinished():
        raise StoreError(
            "a change of it is under way, or was cut off",
            where=store.target,
            hint="wait for it; if it was cut off, the next command that writes there makes it whole",
        )


def refuse_written_meanwhile(store: BulkStore, before: object, act: Act) -> None:
    """Raise StoreError where a store was changed since its moment was `before`."""
    if moment(store) != before:
        raise StoreError(
            "the store was written to while it was read",
            where=store.target,
            hint=f"kg {act.command} again takes what came in",
        )


def _remote(store: BulkStore) -> RemoteStore | None:
    return cast(RemoteStore, store) if hasattr(store, "moment") else None


def _settled(source: BulkStore, target: BulkStore, state: State) -> bool:
    """Whether nothing has to be done, and nothing noted."""
    peer, digest = peer_of(source), digest_of(state.target)
    noted = any(meeting.peer == peer and meeting.digest == digest for meeting in meetings(target))
    return state.todo.empty and state.mark is None and noted


def _begin(source: BulkStore, target: RemoteStore, mark: Mark | None, act: Act) -> Mark:
    """Note that it begins, and as which commit; whoever had read before then can no longer write."""
    insert: list[Quad] = []
    delete = notes_of(target)
    number = mark.commit if mark else head(target) + 1
    if mark is None:
        told, forgotten = record(target, [], [], act)
        # It cannot be undone: that would take all that was there before.
        insert += [quad for quad in told if quad.predicate != LOG.delta]
        delete += forgotten
    mine = Mark(act.command, peer_of(source), now(), number, act.by)
    target.begin_moving(delete=delete, insert=[*insert, *mark_quads(mine)])
    return mine


def _end(source: BulkStore, target: RemoteStore, mark: Mark, written: Written, act: Act) -> None:
    """Take the mark away, and note what the target holds and how much was written."""
    meeting = meeting_of(source, written.after, act)
    commit = commit_iri(mark.commit)
    counts = {LOG.inserted: written.inserted, LOG.deleted: written.deleted}
    delete = [*notes_of(target), *notes_of(target, meeting.peer)]
    insert = meeting_quads(meeting)
    for predicate, number in counts.items():
        delete += target.quads(commit, predicate, None, LOG_GRAPH)
        insert.append(Quad(commit, predicate, Literal(str(number), datatype=XSD.integer), LOG_GRAPH))
    target.end_moving(delete=[quad for quad in delete if quad not in insert], insert=insert)


def _read_back(
    target: BulkStore, state: State, step: Callable[[int, int], None] | None = None
) -> Fingerprints:
    """What the target holds now: what was written is read, and of the rest what has not the size it had."""
    sizes = content_sizes(target)
    before = state.target
    reading: set[GraphName] = {*state.todo.new, *state.todo.changed, *state.todo.gone, STORE_GRAPH}
    reading |= {name for name, size in sizes.items() if name not in before or before[name].triples != size}
    kept = {name: found for name, found in before.items() if name in sizes and name not in reading}
    return kept | fingerprints(target, reading, sizes=sizes, expected=state.source, step=step)
