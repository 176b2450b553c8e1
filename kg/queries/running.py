"""Running queries: a stored one by its name, or any SPARQL text, after the engine's own parser has read it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from time import monotonic
from typing import Literal

import pyoxigraph as ox

from kg.errors import InputError, QuerySyntaxError, QueryTimeoutError
from kg.namespaces import PREFIXES
from kg.queries.parameters import Value, bind
from kg.queries.stored import load
from kg.stores.answers import timed_out, within
from kg.stores.base import Answer, Store
from kg.stores.federation import refuse_service, uses_service, without_service
from kg.stores.sparql_text import refuse_too_nested, syntax_error

_PLACE = re.compile(r"line (\d+), column (\d+)")


def run(
    store: Store,
    name: str,
    values: Mapping[str, Value] | None = None,
    *,
    timeout: float | None = None,
    allow_service: Collection[str] = (),
    apart: bool = False,
) -> Answer:
    """The answer of a stored query; one with SERVICE asks only the hosts `allow_service`; `apart` as for `run_text`.

    Raises QueryNotFoundError, ParameterError, and QueryTimeoutError after `timeout` seconds. Given one, also infinity,
    waiting for the answer can be interrupted.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> run(OxigraphStore(), "meetings", {"since": "2024"}).columns[:2]
    ('meeting', 'participants')
    """
    text = bind(load(name), values or {}, store)
    try:
        if apart:
            return _apart(store, text, timeout, allow_service)
        return _ask(store, text, timeout, allow_service)
    except QueryTimeoutError as error:
        given = "".join(f" {key}={value}" for key, value in (values or {}).items())
        raise QueryTimeoutError(error.what, where=f"kg query {name}{given}", hint=error.hint) from None


def run_text(
    store: Store,
    text: str,
    *,
    timeout: float | None = None,
    allow_service: Collection[str] = (),
    apart: bool = False,
) -> Answer:
    """The answer of a SPARQL query; the prefixes of kg.namespaces need no declaration in an embedded store.

    With `apart` a store in a folder is asked by a process of its own, which ends with the time (kg.stores.apart).
    Raises QuerySyntaxError for what is not well-formed, for updates and for SERVICE to other hosts than `allow_service`,
    before the store or endpoint sees it; QueryTimeoutError.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> run_text(OxigraphStore(), "ASK { ?s a smt:Visit }")
    False
    """
    if apart:
        try:
            return _apart(store, text, timeout, allow_service)
        except QuerySyntaxError as error:
            raise _shown(error, text) from None
    if timeout is None:
        check(text, allow_service)
        return _ask(store, text, None, allow_service)
    # Planning alone can take for ever, also on an empty store.
    began = monotonic()
    within(lambda _: check(text, allow_service), timeout, query=text)
    try:
        return _ask(store, text, max(0.0, timeout - (monotonic() - began)), allow_service)
    except QueryTimeoutError:
        raise timed_out(text, timeout) from None


def _ask(store: Store, text: str, timeout: float | None, allow_service: Collection[str]) -> Answer:
    if not allow_service or not uses_service(text):
        return store.query(text, timeout=timeout)
    from kg.stores.endpoint.services import with_answers

    began = monotonic()
    text = with_answers(text, allow_service, timeout=timeout)
    return store.query(text, timeout=None if timeout is None else max(0.0, timeout - (monotonic() - began)))


def _apart(store: Store, text: str, timeout: float | None, allow_service: Collection[str]) -> Answer:
    from kg.stores.apart import answer_apart
    from kg.stores.oxigraph import OxigraphStore

    if not isinstance(store, OxigraphStore):
        # What answers for an endpoint is another process already.
        check(text, allow_service)
        return _ask(store, text, timeout, allow_service)
    if allow_service:
        raise InputError(
            "other services are not asked from a process apart", hint="give apart or allow_service, not both"
        )
    return answer_apart(store.path, text, timeout)


def check(text: str, allow_service: Collection[str] = ()) -> None:
    """Raise QuerySyntaxError where a text is not a query that may be run; the error shows the place.

    >>> check("SELECT ?s WHERE {\\n  ?s a smt:Visit FILTR(1) }")
    Traceback (most recent call last):
    ...
    kg.errors.QuerySyntaxError: the query is not well-formed near "FILTR(1) }"; line 2, column 18
          ?s a smt:Visit FILTR(1) }
                         ^; check it against https://www.w3.org/TR/sparql11-query/
    """
    form(text, allow_service)


def form(text: str, allow_service: Collection[str] = ()) -> Literal["select", "ask", "graph"]:
    """What a query answers with: rows, yes or no, or triples (CONSTRUCT and DESCRIBE).

    Raises QuerySyntaxError like `check`.

    >>> form("# SELECT\\nDESCRIBE state:CN")
    'graph'
    """
    refuse_service(text, allow_service)
    refuse_too_nested(text)
    try:
        # An empty store answers at once: what is wanted is the parser. Services would be asked even so.
        harmless = without_service(text) if uses_service(text) else text
        found = ox.Store().query(harmless, prefixes=PREFIXES)
    except SyntaxError as error:
        raise _shown(syntax_error(text, str(error)), text) from None
    if isinstance(found, ox.QueryBoolean):
        return "ask"
    return "graph" if isinstance(found, ox.QueryTriples) else "select"


def _shown(error: QuerySyntaxError, text: str) -> QuerySyntaxError:
    """The same error with the line it is about, and a caret under the place."""
    place = _PLACE.fullmatch(error.where or "")
    lines = text.splitlines()
    if place is None or int(place[1]) > len(lines):
        return error
    line, column = lines[int(place[1]) - 1], int(place[2])
    # A long line is cut around the place; tabs become blanks so that the caret stands right.
    start = max(0, column - 60)
    cut = line[start : start + 100].expandtabs(1)
    pointer = " " * (column - 1 - start) + "^"
    return QuerySyntaxError(error.what, where=f"{error.where}\n    {cut}\n    {pointer}", hint=error.hint)
