"""Asking the endpoints that a query names in SERVICE: their answers take the place of the clauses.

SPARQL says of SERVICE that its pattern is answered elsewhere, by itself, and what comes back is joined. So a clause means
the same as the rows it gives, in VALUES; and the query that is left needs no other endpoint, in whatever store.
docs/decisions/0013-federation.md says why neither engine nor server is left to do this.
"""

from __future__ import annotations

from collections.abc import Collection
from math import isinf
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import EndpointError, QueryTimeoutError, StoreError
from kg.stores.answers import timed_out
from kg.stores.base import Table, Term
from kg.stores.endpoint.address import Address, shown
from kg.stores.endpoint.credentials import Credentials
from kg.stores.endpoint.rewriting import with_prefixes
from kg.stores.endpoint.transport import Transport
from kg.stores.federation import Clause, clauses, refuse_service
from kg.stores.sparql_text import MAX_LENGTH, TOKEN

_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_LONGEST: Final = 86_400.0


def with_answers(text: str, allowed: Collection[str], *, timeout: float | None = None) -> str:
    """A query with what the endpoints of its SERVICE clauses answer in place of the clauses.

    Only hosts that are allowed are asked (kg.stores.federation.host), without credentials, and no redirect leads to
    another. Raises QuerySyntaxError for other hosts, before any is asked; EndpointError and QueryTimeoutError, but for
    SERVICE SILENT; StoreError for more rows than can be joined.
    """
    refuse_service(text, allowed)
    found = clauses(text)
    prologue = _prologue(text)
    began = monotonic()
    known: dict[tuple[str, str], Table | None] = {}
    pieces: list[str] = []
    at = 0
    for clause in found:
        query = with_prefixes(f"{prologue}SELECT * WHERE {{{clause.pattern}}}")
        left = None if timeout is None else timeout - (monotonic() - began)
        if left is not None and left <= 0:
            raise timed_out(text, timeout or 0)
        if (clause.address, query) not in known:
            known[clause.address, query] = _asked(clause, query, left)
        pieces += [text[at : clause.start], _block(known[clause.address, query], clause)]
        at = clause.end
    return "".join([*pieces, text[at:]])


def _asked(clause: Clause, query: str, timeout: float | None) -> Table | None:
    """What an endpoint answers; None where it fails and that is to be passed over in silence."""
    address = Address(shown(clause.address), clause.address, clause.address, None, Credentials())
    if timeout is not None and isinf(timeout):
        timeout = _LONGEST
    transport = Transport(address)
    try:
        answer = transport.query(query, timeout=timeout)
    except (EndpointError, QueryTimeoutError):
        if clause.silent:
            return None
        raise
    finally:
        transport.close()
    assert isinstance(answer, Table)
    return answer


def _block(answer: Table | None, clause: Clause) -> str:
    if answer is None:
        return "{ }"
    columns = " ".join(f"?{name}" for name in answer.columns)
    lines, length = [f"{{ VALUES ({columns}) {{"], 0
    for row in answer.rows:
        lines.append(f"({' '.join(_written(term, clause) for term in row)})")
        length += len(lines[-1])
        if length > MAX_LENGTH:
            raise StoreError(
                f"the service answers with more than can be joined ({len(answer.rows):,} rows)",
                where=shown(clause.address),
                hint="say more in the pattern of SERVICE, so that it answers with less",
            )
    return "\n".join([*lines, "} }"])


def _written(term: Term | None, clause: Clause) -> str:
    if term is None:
        return "UNDEF"
    if isinstance(term, BlankNode):
        # Of a node of theirs no more can be said than that it is one; it must not be taken for one of ours.
        parts = urlsplit(clause.address)
        term = NamedNode(f"{parts.scheme}://{parts.netloc}/.well-known/genid/{term.value}")
    if isinstance(term, NamedNode | Literal):
        from kg.queries.terms import serialised

        return serialised(term)
    raise StoreError(
        "the service answers with triples as values, which cannot be joined",
        where=shown(clause.address),
        hint="ask for subject, predicate and object instead",
    )


def _prologue(text: str) -> str:
    """What stands before SELECT, ASK and so on: declarations of prefixes."""
    for token in TOKEN.finditer(text):
        if token["name"] and token["name"].upper() in _FORMS:
            return text[: token.start()]
    return ""
