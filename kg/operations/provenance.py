"""What a reviewer decided about a claim, as the graph keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.namespaces import RDF, SCHEMA, SMT
from kg.stores.base import Store


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """The decision (accepted, edited or rejected), who made it and when; for edits what was changed.

    `extracted` is what the extractor had written, as N-Triples; None where it was accepted as it was.

    >>> ReviewRecord("edited", "alice", "2026-11-23T10:00:00Z", ("starts: was 2024, now 2023",)).in_words()
    ['edited by alice on 2026-11-23: starts: was 2024, now 2023']
    """

    decision: str
    by: str | None = None
    on: str | None = None
    corrections: tuple[str, ...] = ()
    extracted: str | None = None

    def in_words(self) -> list[str]:
        """The record as lines for people."""
        head = (
            self.decision + (f" by {self.by}" if self.by else "") + (f" on {self.on[:10]}" if self.on else "")
        )
        return [f"{head}: {change}" for change in self.corrections] or [head]


def review_of(store: Store, node: NamedNode) -> ReviewRecord | None:
    """The review of a claim, or of the record of a rejected one; None where nobody looked at it.

    >>> from kg.namespaces import iri
    >>> from kg.stores.oxigraph import OxigraphStore
    >>> review_of(OxigraphStore(), iri("claim", "a", 1)) is None
    True
    """

    def texts(predicate: NamedNode) -> list[str]:
        found = {quad.object for quad in store.quads(node, predicate)}
        return sorted(term.value for term in found if isinstance(term, Literal))

    decision = texts(SMT.reviewDecision)
    if not decision:
        return None
    by, on, extracted = texts(SMT.reviewedBy), texts(SMT.reviewedOn), texts(SMT.asExtracted)
    return ReviewRecord(
        decision[0],
        ", ".join(by) or None,
        on[0] if on else None,
        tuple(texts(SMT.correction)),
        extracted[0] if extracted else None,
    )


def rejected_about(store: Store, node: NamedNode) -> Iterator[NamedNode]:
    """The records of rejected claims that were about a thing."""
    for quad in store.quads(None, SCHEMA.about, node):
        record = quad.subject
        if isinstance(record, NamedNode) and any(store.quads(record, RDF.type, SMT.RejectedClaim)):
            yield record
