"""Making a change on a server: in one update, or in several that are made whole should the writer be lost.

SPARQL has no transaction over several requests. A change that the server takes in one update is made whole or not at
all, by the server. One that is too large for that is first written down in the log of the graph, whole and
without effect; then one update takes the revision and says that the change is under way; then it is carried out.
Whoever writes next, and finds a change that was cut off, carries it out again from the journal.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad

from kg.errors import EndpointError, StoreError
from kg.namespaces import LOG, LOG_GRAPH
from kg.stores.base import GraphName, Table
from kg.stores.endpoint.layout import DEFAULT, following, pending_quad, revision_quad
from kg.stores.endpoint.mirror import matching
from kg.stores.endpoint.turns import Turns
from kg.stores.endpoint.updates import (
    batches,
    finished,
    from_journal,
    guarded,
    journal,
    journal_name,
    taken_over,
)

if TYPE_CHECKING:
    from kg.stores.endpoint.transport import Transport

_ALWAYS: Final = 300
"""So many quads every server takes in one update."""
_MOST: Final = 50_000
_WAIT: Final = 5.0  # seconds that a change of somebody else may still take
_PACE: Final = 5000  # quads a second that a server makes at least of one update
_NEVER_BEGUN: Final = frozenset({401, 403, 404, 405, 429})


class Changes:
    """Changes of the graph on a server, whose resolved view is in the graph `resolved`."""

    def __init__(self, transport: Transport, resolved: GraphName) -> None:
        self._transport = transport
        self._resolved = resolved
        self._most = _MOST
        self._turns = Turns(transport, wait=_WAIT)

    @property
    def wait(self) -> float:
        """The seconds that a change of somebody else may still take."""
        return self._turns.wait

    @wait.setter
    def wait(self, seconds: float) -> None:
        self._turns.wait = seconds

    def make(self, delete: list[Quad], insert: list[Quad], *, was: str, becomes: str) -> str | None:
        """Make a change that goes by the name `becomes`, if the revision still is what it `was`; answers the new
        revision, or None if it is another, and nothing was changed.

        Raises StoreError where the server fails; it says what is known of the change.
        """
        if len(delete) + len(insert) <= self._most:
            try:
                return self._sent(delete, insert, was, becomes)
            except EndpointError as error:
                answered = error.status is not None and error.status not in _NEVER_BEGUN
                if not answered or len(delete) + len(insert) <= _ALWAYS:
                    raise
                # Some servers cannot take so much at once.
                self._most = _ALWAYS
        for text in batches([], journal(becomes, delete, insert), self._resolved):
            self._transport.update(text, again=True)
        revision = self._sent([], [pending_quad(becomes)], was, becomes)
        if revision is None:
            self._transport.update(finished(becomes, self._resolved)[1], again=True)
            return None
        self._carry_out(delete, insert, becomes)
        return revision

    def mend(self, revisions: Sequence[str]) -> None:
        """Leave the last of several revisions; there is more than one only where something else wrote there."""
        gone = [revision_quad(revision) for revision in revisions[:-1]]
        for text in batches(gone, [], self._resolved):
            self._transport.update(text, again=True)

    def finish(self, pending: str) -> str | None:
        """Make whole the change that somebody began, if it is not made by then; answers what to tell the user.

        Raises StoreError where what is under way is no change that could be finished.
        """
        name = journal_name(pending)
        quads = self._read(name)
        if not any(quad.predicate == LOG.pieces for quad in quads):
            if not self._is_pending(pending):
                return None
            raise StoreError(
                "a graph is being brought there, or that was cut off",
                where=self._transport.address.name,
                hint="wait until it is done, or repeat the kg push or kg init that was cut off",
            )
        began = time.monotonic()
        while time.monotonic() - began < self.wait:
            if not self._is_pending(pending):
                return None
            time.sleep(min(0.5, self.wait))
        mine = f"{pending.partition('+')[0]}+{uuid.uuid4().hex}"
        self._transport.update(taken_over(pending, self._resolved, becomes=mine), again=True)
        if not self._is_pending(mine):
            return None
        delete, insert = from_journal(quads, self._transport.address.name)
        self._carry_out(delete, insert, mine)
        return "a change that another process had begun there, and not finished, was made whole"

    def _carry_out(self, delete: list[Quad], insert: list[Quad], pending: str) -> None:
        try:
            for text in batches(delete, insert, self._resolved, pending=pending):
                self._transport.update(text, again=True)
            for text in finished(pending, self._resolved):
                self._transport.update(text, again=True)
        except StoreError as error:
            raise StoreError(
                f"the change is begun, and not whole yet: {error.what}",
                where=error.where,
                hint="the next command that writes there makes it whole, from its journal in the graph",
            ) from error

    def _sent(self, delete: list[Quad], insert: list[Quad], was: str, becomes: str) -> str | None:
        """The revision after a guarded update, None where it was not made. The server is asked: a reply that was lost
        says nothing about it, nor does a reply that came."""
        revision = following(was, becomes)
        turn = self._turns.take(was, seconds=(len(delete) + len(insert)) / _PACE)
        if turn is None:
            return None
        failure: EndpointError | None = None
        text = guarded(delete, insert, self._resolved, was=was, becomes=revision, turn=turn)
        try:
            self._transport.update(text)
        except EndpointError as error:
            failure = error
        if failure is not None and not self._turns.give_back(turn):
            raise failure if self._surely_not(failure) else self._unknown(failure)
        try:
            told = [names.split() for names in self._turns.look().revisions]
        except StoreError as error:
            raise self._unknown(failure or error) from error
        if any(becomes in names for names in told):
            return revision
        if failure is None:
            if all(was.split()[0] not in names for names in told):
                raise self._unknown(None)
            self._turns.give_back(turn)
            return None
        # An answer that is only late may be of an update that still runs.
        if failure.sent and failure.again is None and failure.status is None:
            raise self._unknown(failure)
        raise failure

    @staticmethod
    def _surely_not(failure: EndpointError) -> bool:
        return not failure.sent and failure.status in _NEVER_BEGUN | {None}

    def _unknown(self, failure: StoreError | None) -> StoreError:
        why = failure.what if failure is not None else "many others have changed the graph since"
        return StoreError(
            f"it is not known whether the change was made: {why}",
            where=self._transport.address.name,
            hint="kg log tells, when the server answers again",
        )

    def _is_pending(self, pending: str) -> bool:
        return self._transport.query(_ask(pending_quad(pending))) is True

    def _read(self, name: NamedNode) -> list[Quad]:
        def ask(text: str) -> Table:
            answer = self._transport.query(text)
            assert isinstance(answer, Table)
            return answer

        return list(matching(ask, [(name, None, None, LOG_GRAPH)], DEFAULT))


def _ask(quad: Quad) -> str:
    return f"ASK {{ GRAPH {quad.graph_name} {{ {quad.triple} }} }}"
