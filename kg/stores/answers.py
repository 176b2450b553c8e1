"""Asking the embedded engine: answers as plain data, and a limit of time.

The engine cannot cancel what it has begun, but it lets go of the interpreter meanwhile. So a query that may be
given up runs in a thread of its own, which ends at its next row; `kg` ends its process, and with it the thread.
Who asks many strange queries in a process that lives on uses kg.stores.apart, which has another process to end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

import pyoxigraph as ox

from kg.errors import QueryTimeoutError, StoreError
from kg.namespaces import PREFIXES
from kg.stores.base import Answer, Table
from kg.stores.sparql_text import syntax_error

MAX_VALUES: Final = 10_000_000
"""How many values an answer may have: rows times columns. They are all held in memory."""
THREAD: Final = "kg-query"
_STACK: Final = 64 * 1024 * 1024  # parsing and planning recurse; only what is used is taken
_T = TypeVar("_T")


def answer(store: ox.Store, text: str, stop: threading.Event | None) -> Answer:
    """Ask the engine; raises QuerySyntaxError, and StoreError for an answer beyond MAX_VALUES. `stop` ends the answer at the next row when it is set."""
    try:
        found = store.query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        raise syntax_error(text, str(error)) from None
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        triples = []
        for triple in found:
            if stop is not None and stop.is_set():
                break
            triples.append(triple)
            if 3 * len(triples) > MAX_VALUES:
                raise _too_many(text)
        return triples
    rows = []
    columns = tuple(variable.value for variable in found.variables)
    most = MAX_VALUES // max(1, len(columns))
    for solution in found:
        if stop is not None and stop.is_set():
            break
        rows.append(tuple(solution))
        if len(rows) > most:
            raise _too_many(text)
    return Table(columns, rows)


def answer_within(store: ox.Store, text: str, timeout: float) -> Answer:
    """The answer, if it is there within so many seconds; raises QueryTimeoutError otherwise."""
    return within(lambda stop: answer(store, text, stop), timeout, query=text)


def within(work: Callable[[threading.Event], _T], timeout: float, *, query: str) -> _T:
    """What `work` answers within so many seconds (infinity: whenever it does), run in a thread of its own.

    The thread that waits can be interrupted. Whoever stops waiting tells `work` to stop by the event that it is
    given; until it looks, its thread goes on, as a daemon. Raises QueryTimeoutError, which names the `query`.

    >>> within(lambda stop: 1 + 1, 10, query="ASK {}")
    2
    """
    stop, done = threading.Event(), threading.Event()
    outcome: list[_T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work(stop))
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread
            _let_go(error)
            failure.append(error)
        done.set()

    try:
        before = threading.stack_size(_STACK)
    except (ValueError, RuntimeError):  # a platform that does not let us choose
        before = None
    try:
        threading.Thread(target=run, name=THREAD, daemon=True).start()
    finally:
        if before is not None:
            threading.stack_size(before)
    try:
        # A lock waits no longer than threading.TIMEOUT_MAX, some centuries.
        if not done.wait(None if timeout >= threading.TIMEOUT_MAX else timeout):
            raise timed_out(query, timeout)
    finally:
        stop.set()
    if failure:
        raise failure[0]
    return outcome[0]


def _let_go(error: BaseException) -> None:
    """Clear what the frames of an error hold: an answer of the engine may only be dropped by the thread it is from."""
    trace = error.__traceback__
    while trace is not None:
        with suppress(RuntimeError):  # the frame that runs now
            trace.tb_frame.clear()
        trace = trace.tb_next


def unfinished() -> bool:
    """Whether a query that nobody waits for goes on in this process."""
    return any(thread.name == THREAD for thread in threading.enumerate())


def _too_many(text: str) -> StoreError:
    return StoreError(
        f"the answer has more than {MAX_VALUES:,} values",
        where=" ".join(text.split())[:80],
        hint="ask for less (LIMIT, or join the patterns by a variable); kg export writes whole graphs",
    )


def timed_out(query: str, timeout: float) -> QueryTimeoutError:
    """The error for a query, given by its name or text, that took too long.

    >>> timed_out("visits", 2).what
    'the query took longer than 2 seconds'
    """
    return QueryTimeoutError(
        f"the query took longer than {timeout:g} second{'' if timeout == 1 else 's'}",
        where=" ".join(query.split())[:80],
        hint="raise --timeout (0 is no limit), or narrow the query (LIMIT, fewer OPTIONAL or path patterns)",
    )
