"""Push and pull: one store comes to hold what another one holds, and nothing is lost that only it has.

A store may be overwritten where it is empty, or holds what the other one once held: each keeps notes of the
moments at which they were equal (kg.operations.housekeeping). Else it takes `force`.
"""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO, NamedTuple, cast

from pyoxigraph import DefaultGraph

from kg.errors import DivergedError, InputError
from kg.namespaces import STORE_GRAPH
from kg.operations.differences import Difference, differences, differing
from kg.operations.fingerprints import content_sizes, digest_of, fingerprints
from kg.operations.housekeeping import mark_of, meetings, peer_of, under_way
from kg.operations.log import Act
from kg.operations.moving import State, Step, at_once, bit_by_bit, moment, refuse_unfinished
from kg.operations.sending import plan, takes_all
from kg.stores.base import BulkStore, GraphName, RemoteStore
from kg.stores.oxigraph import OxigraphStore

__all__ = ["Step", "Transferred", "refuse_blank_nodes", "transfer"]


class Transferred(NamedTuple):
    """What a push or a pull did.

    `quads` and `graphs` count what the target holds now, `sent` and `deleted` the quads of this run, `new`, `changed`
    and `gone` its graphs. `differences` are what the target, read back, holds other than the source.
    """

    source: str
    target: str
    quads: int
    graphs: int
    new: int = 0
    changed: int = 0
    gone: int = 0
    sent: int = 0
    deleted: int = 0
    digest: str = ""
    resumed: bool = False
    differences: tuple[Difference, ...] = ()


def transfer(
    source: BulkStore,
    target: BulkStore,
    act: Act,
    *,
    force: bool = False,
    step: Step | None = None,
) -> Transferred:
    """Let `target` hold what `source` holds, verified by reading it back.

    An embedded store takes it as one commit; a server in many requests, under a mark that keeps others from
    writing: killed in between, the same again goes on. Raises DivergedError where the target holds what the source
    never did, unless `force` is given; StoreError where another transfer is under way, or the source changes meanwhile.
    """
    with TemporaryFile() as file:
        return _transferred(source, target, act, force, step or _nobody, file)


def _transferred(
    source: BulkStore, target: BulkStore, act: Act, force: bool, tell: Step, file: IO[bytes]
) -> Transferred:
    state = _look(source, target, force, tell, file)
    mark, todo = state.mark, state.todo
    resumed = mark is not None and mark.peer == peer_of(source)
    if not force and not resumed:
        _refuse_loss(source, target, state)
    if isinstance(target, OxigraphStore):
        sent = at_once(source, target, state, act)
    else:
        sent = bit_by_bit(source, cast(RemoteStore, target), state, act, tell)
    after, digest = sent.after, digest_of(sent.after)
    wrong = differing(state.source, after)
    return Transferred(
        source.target,
        target.target,
        sum(found.triples for found in after.values()),
        len(after),
        len(todo.new),
        len(todo.changed),
        len(todo.gone),
        sent.inserted,
        sent.deleted,
        digest,
        resumed,
        tuple(differences(source, target, wrong)) if wrong else (),
    )


def refuse_blank_nodes(blank: set[GraphName], store: BulkStore) -> None:
    """Raise InputError where graphs have blank nodes: no store would have them under the same names."""
    if blank:
        raise InputError(
            f"the graph {min(map(str, blank))} has blank nodes, which could not be told apart elsewhere",
            where=store.target,
            hint="give every thing an IRI",
        )


def _look(source: BulkStore, target: BulkStore, force: bool, tell: Step, file: IO[bytes]) -> State:
    """Read both; raises where one of them is being written to by a transfer of somebody else.

    What is read for a server that holds nothing is kept in the file, to be sent from there.
    """
    moving = mark_of(source)
    if moving is not None and not force:
        raise under_way(source, moving)
    mark = mark_of(target)
    if mark is not None and mark.peer != peer_of(source) and not force:
        raise under_way(target, mark)
    if not force:
        refuse_unfinished(source)
    moments = moment(source), moment(target)
    blank: set[GraphName] = set()
    # What a server without a graph of ours holds is not ours to look at; it stays.
    ours = getattr(target, "ours", True)
    sizes = content_sizes(target) if ours else {}
    bare = not sizes.keys() - {STORE_GRAPH}
    keep = file if bare and takes_all(source, target) else None
    here = fingerprints(source, step=_as("reading", tell), blank=blank, keep=keep)
    refuse_blank_nodes(blank, source)
    there = fingerprints(target, sizes=sizes, expected=here, step=_as("comparing", tell))
    return State(here, there, plan(here, there), mark, moments, file if keep and file.tell() else None)


def _refuse_loss(source: BulkStore, target: BulkStore, state: State) -> None:
    if state.todo.empty or not state.target:
        return
    known = {meeting.digest for meeting in meetings(source)}
    mine = peer_of(source)
    others = meetings(target)
    known |= {meeting.digest for meeting in others if meeting.peer == mine}
    if digest_of(state.target) in known:
        return
    last = next((meeting for meeting in others if meeting.digest == digest_of(state.target)), None)
    who = ""
    if last is not None:
        who = f"; it was last filled {f'by {last.by} ' if last.by else ''}from another store, {last.when}"
    todo = state.todo
    named = len(todo.changed) - (DefaultGraph() in todo.changed)
    raise DivergedError(
        f"it holds what {source.target} never did: {len(todo.gone):,} graphs would be dropped and "
        f"{named:,} overwritten{who}; nothing was written",
        where=target.target,
        hint="kg diff shows in what they differ; get what is there with kg pull first, or overwrite it with --force",
    )


def _as(what: str, tell: Step) -> Callable[[int, int], None]:
    return lambda done, total: tell(what, done, total)


def _nobody(what: str, done: int, total: int) -> None:
    """For those who do not want to know."""
