"""Taking turns at writing, on servers that do not see to it themselves.

A guard in an update is not enough: Oxigraph 0.5 answers the WHERE of an update from how the data was when it began, and
lets two that run at once both write. So whoever is about to write puts a mark of its own into the log of the graph,
and then looks whether there are other marks. Of two who do so at the same time at least one sees the other; the one
whose mark comes first by its letters keeps it and waits, the others take theirs back. The change then asks for the mark
and takes it away: a writer that was taken for lost can write no more.
"""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.namespaces import LOG, LOG_GRAPH
from kg.stores.base import Table
from kg.stores.endpoint.layout import writer_quad

if TYPE_CHECKING:
    from kg.stores.endpoint.transport import Transport

_PAUSE: Final = 0.01  # seconds between two looks, at first
_LONGEST: Final = 0.5
_LOOK: Final = f"SELECT ?p ?o WHERE {{ GRAPH {LOG_GRAPH} {{ {LOG_GRAPH} ?p ?o }} }}"


class Seen(NamedTuple):
    """What the log says: the revisions (one, unless two wrote at once), and the marks of those about to write."""

    revisions: frozenset[str]
    writers: frozenset[str]


class Turns:
    """Turns at writing to the graph on a server. `wait` is how many seconds a small change may take of a turn."""

    def __init__(self, transport: Transport, *, wait: float) -> None:
        self._transport = transport
        self.wait = wait

    def take(self, was: str, *, seconds: float = 0) -> str | None:
        """Wait until nobody else is about to write; answers the mark of the turn, or None where the revision is no
        longer what it `was`. `seconds` is what a change takes above the usual: so long others wait for it.

        Raises StoreError where the server fails; then there is no mark, or others soon take it away.
        """
        mark: str | None = None
        waited: dict[str, float] = {}
        pause = _PAUSE
        try:
            while True:
                if mark is None:
                    mark = f"{uuid.uuid4().hex}+{seconds:.0f}"
                    self._change("INSERT", [mark])
                seen = self.look()
                if seen.revisions != {was}:
                    self._change("DELETE", [mark])
                    return None
                others = seen.writers - {mark}
                if not others:
                    return mark
                waited = {other: waited.get(other, 0.0) for other in others}
                if lost := [other for other in others if waited[other] >= self.wait + _seconds(other)]:
                    self._change("DELETE", lost)
                    continue
                if min(others) < mark:
                    self._change("DELETE", [mark])
                    mark = None
                time.sleep(slept := pause * (0.5 + random.random()))  # noqa: S311 - it only has to be uneven
                # What the server takes to answer does not count: it may stand still, and the other with it.
                waited = {other: seconds + slept for other, seconds in waited.items()}
                pause = min(_LONGEST, 1.5 * pause)
        except BaseException:
            if mark is not None:
                self.give_back(mark)
            raise

    def give_back(self, mark: str) -> bool:
        """Take a mark away: what asks for it writes no more, should it still arrive. False where the server fails."""
        with suppress(StoreError):
            self._change("DELETE", [mark])
            return True
        return False

    def look(self) -> Seen:
        """What the log says now."""
        answer = self._transport.query(_LOOK)
        assert isinstance(answer, Table)
        found: dict[NamedNode, set[str]] = {}
        for predicate, value in answer.rows:
            if isinstance(predicate, NamedNode) and isinstance(value, Literal):
                found.setdefault(predicate, set()).add(value.value)
        return Seen(frozenset(found.get(LOG.revision, ())), frozenset(found.get(LOG.writer, ())))

    def _change(self, verb: str, marks: Iterable[str]) -> None:
        quads: list[Quad] = [writer_quad(mark) for mark in marks]
        triples = " .\n".join(str(quad.triple) for quad in quads)
        self._transport.update(f"{verb} DATA {{ GRAPH {LOG_GRAPH} {{ {triples} }} }}", again=True)


def _seconds(mark: str) -> float:
    """The seconds that a writer asks others to wait for it.

    >>> _seconds("2f+12"), _seconds("?")
    (12.0, 0.0)
    """
    asked = mark.partition("+")[2]
    return min(float(asked), 3600.0) if asked.isascii() and asked.isdigit() else 0.0
