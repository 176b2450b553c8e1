"""Asking the embedded engine: answers as plain data, and a limit of time."""

from __future__ import annotations

import threading

import pyoxigraph as ox

from kg.errors import QueryTimeoutError
from kg.namespaces import PREFIXES
from kg.stores.base import Answer, Table
from kg.stores.sparql_text import syntax_error


def answer(store: ox.Store, text: str, stop: threading.Event | None) -> Answer:
    """Ask the engine; raises QuerySyntaxError. `stop` ends the answer at the next row when it is set."""
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
        return triples
    rows = []
    for solution in found:
        if stop is not None and stop.is_set():
            break
        rows.append(tuple(solution))
    return Table(tuple(variable.value for variable in found.variables), rows)


def answer_within(store: ox.Store, text: str, timeout: float) -> Answer:
    """Answer in a thread of its own: pyoxigraph 0.5 cannot cancel, but it lets go of the interpreter.

    A query that is late is told to stop at its next row; until then its thread goes on, as a daemon.
    """
    stop, done = threading.Event(), threading.Event()
    outcome: list[Answer | BaseException] = []

    def work() -> None:
        try:
            outcome.append(answer(store, text, stop))
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread
            outcome.append(error)
        done.set()

    threading.Thread(target=work, name="kg-query", daemon=True).start()
    if not done.wait(timeout):
        stop.set()
        raise QueryTimeoutError(
            f"the query took longer than {timeout:g} seconds",
            where=" ".join(text.split())[:80],
            hint="raise --timeout, or narrow the query (LIMIT, fewer OPTIONAL or path patterns)",
        )
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]
