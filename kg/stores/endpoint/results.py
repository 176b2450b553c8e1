"""Answers of a server as terms: results of SELECT and ASK, triples of CONSTRUCT and DESCRIBE.

pyoxigraph reads them from the stream. It takes Virtuoso's "typed-literal"; the rest of what servers do
differently is put right here: ASK as a table or as 1 and 0, and blank nodes named nodeID://b1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from http.client import HTTPMessage
from io import BytesIO
from typing import Final, Protocol

import pyoxigraph as ox
from pyoxigraph import Literal, QueryResultsFormat, RdfFormat, Triple

from kg.stores.base import Answer, Table, Term
from kg.stores.endpoint import faults

RESULTS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
"""What is asked for with SELECT and ASK."""
GRAPH: Final = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
"""What is asked for with CONSTRUCT and DESCRIBE, and of a graph store."""

_LIMIT: Final = re.compile(r"\bLIMIT\s+(\d+)", re.IGNORECASE)
_RESULTS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
_GRAPH: Final = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
# Quotation marks in JSON strings and angle brackets in XML text are escaped: these can be nothing else.
_NODE_IDS: Final = (
    (b'"type": "bnode", "value": "nodeID://', b'"type": "bnode", "value": "'),
    (b"<bnode>nodeID://", b"<bnode>"),
)
_TRUE: Final = ("true", "1")
_FALSE: Final = ("false", "0")


class Stream(Protocol):
    """Something that bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at least one unless it is the end."""
        ...


def reads_results(content_type: str, headers: HTTPMessage) -> bool:
    """Whether an answer is a table that can be read."""
    return content_type in _RESULTS and _plain(headers)


def reads_graph(content_type: str, headers: HTTPMessage) -> bool:
    """Whether an answer is a graph that can be read."""
    return content_type in _GRAPH and _plain(headers)


def table(
    stream: Stream, content_type: str, *, ask: bool, most: int, too_many: Callable[[], Exception]
) -> Answer:
    """The answer to SELECT or ASK. Raises SyntaxError where it cannot be read, `too_many` for more values than `most`."""
    found = ox.parse_query_results(_NodeIds(stream), _RESULTS[content_type])  # type: ignore[arg-type]
    try:
        if isinstance(found, ox.QueryBoolean):
            if not ask:
                raise SyntaxError("yes or no, where a table was asked for")
            return bool(found)
        columns = tuple(variable.value for variable in found.variables)
        rows: list[tuple[Term | None, ...]] = []
        limit = most // max(1, len(columns))
        for solution in found:
            rows.append(tuple(solution))
            if len(rows) > limit:
                raise too_many()
    finally:
        # An error keeps this frame, and what another thread then clears away must not be the engine's.
        del found
    return _truth(rows) if ask else Table(columns, rows)


def triples(
    stream: Stream, content_type: str, *, base: str, most: int, too_many: Callable[[], Exception]
) -> list[Triple]:
    """The answer to CONSTRUCT or DESCRIBE, or a graph. Raises as `table`."""
    found = []
    for quad in ox.parse(stream, format=_GRAPH[content_type], base_iri=base):  # type: ignore[arg-type]
        found.append(quad.triple)
        if 3 * len(found) > most:
            raise too_many()
    return found


def lines(stream: Stream, content_type: str, *, base: str, block: int = 10_000) -> Iterator[bytes]:
    """A graph as blocks of N-Triples, whatever it comes as."""
    if _GRAPH[content_type] == RdfFormat.N_TRIPLES:
        while data := stream.read(1 << 18):
            yield data
        return
    batch = []
    for quad in ox.parse(stream, format=_GRAPH[content_type], base_iri=base):  # type: ignore[arg-type]
        batch.append(quad.triple)
        if len(batch) >= block:
            yield _written(batch)
            batch.clear()
    if batch:
        yield _written(batch)


def _written(batch: list[Triple]) -> bytes:
    return ox.serialize(batch, format=RdfFormat.N_TRIPLES) or b""


def _plain(headers: HTTPMessage) -> bool:
    """Whether a body is not compressed; nobody asked for that."""
    return (headers.get("Content-Encoding") or "identity").strip().lower() == "identity"


def _truth(rows: list[tuple[Term | None, ...]]) -> bool:
    """Yes or no from the table that Virtuoso makes of it."""
    value = rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else None
    text = value.value.lower() if isinstance(value, Literal) else None
    if not rows or text in _FALSE:
        return False
    if text in _TRUE:
        return True
    raise SyntaxError("a table, where yes or no was asked for")


class _NodeIds:
    """A stream in which blank nodes have names that are allowed."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._rest = b""
        self._ready = BytesIO()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; empty at the end."""
        while not (data := self._ready.read(size)):
            block = self._stream.read(1 << 16)
            text = self._rest + block
            if not text:
                return b""
            for old, new in _NODE_IDS:
                text = text.replace(old, new)
            # What may be the beginning of such a name waits for the rest of it.
            waits = max(_begun(text, old) for old, _ in _NODE_IDS) if block else 0
            self._ready, self._rest = BytesIO(text[: len(text) - waits]), text[len(text) - waits :]
        return data


def _begun(text: bytes, name: bytes) -> int:
    """How many bytes at the end of a text are the beginning of a name.

    >>> _begun(b"abc", b"cde"), _begun(b"abc", b"abcd"), _begun(b"abc", b"x")
    (1, 3, 0)
    """
    return next((n for n in range(min(len(name) - 1, len(text)), 0, -1) if text.endswith(name[:n])), 0)


def refuse_shortened(answer: Answer, text: str, most: str | None, where: str) -> None:
    """Raise EndpointError for an answer that Virtuoso cut at its limit of rows, which it only tells in a header.

    >>> refuse_shortened(Table(("s",), [(None,)]), "SELECT ?s { ?s ?p ?o }", "1", "https://example.org/sparql")
    Traceback (most recent call last):
    ...
    kg.errors.EndpointError: the server ends answers after row 1, and this one has as many; https://example.org/sparql; \
ask for less (LIMIT), or raise ResultSetMaxRows in its virtuoso.ini
    """
    if most is None or not most.isdecimal() or isinstance(answer, bool):
        return
    rows = len(answer.rows) if isinstance(answer, Table) else len(answer)
    limits = _LIMIT.findall(text)
    if rows >= int(most) and not (limits and int(limits[-1]) <= int(most)):
        raise faults.shortened(where, int(most))
