"""What a reviewer made of the claims of an article, and how that is kept.

Accepted and edited claims carry who decided and when; edited ones also what the extractor had written. Rejected
ones are no claims any more: their article keeps a record of each, which counts as evidence for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from getpass import getuser
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.claims import Claim
from kg.namespaces import PROV, RDF, SCHEMA, SMT, XSD, iri
from kg.operations.renaming import renamed
from kg.operations.wording import Wording, corrections
from kg.queries.terms import short
from kg.resolution.sources import DEFAULT
from kg.stores.base import Store

if TYPE_CHECKING:
    from kg.articles import Article
    from kg.extraction.extractor import Extraction
    from kg.validation.report import Report

Attempt: TypeAlias = "Callable[[Reviewed], Report]"
Review: TypeAlias = "Callable[[Article, Extraction, Attempt], Reviewed]"
"""Asked once for each article; calls the attempt to learn what the shapes would say of its answer."""


class ReviewStopped(Exception):  # noqa: N818
    """The reviewer had enough: the article is not written, and no other is read."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The claims of an article as a reviewer left them.

    `claims` are those to be written, `extracted` for each edited one what the extractor had written,
    `changes` in words what was changed; `rejected` the others, as they were extracted. `by` and `on` say who
    decided, and when.
    """

    claims: tuple[Claim, ...]
    rejected: tuple[Claim, ...]
    extracted: Mapping[int, Claim]
    changes: Mapping[int, tuple[str, ...]]
    by: str
    on: datetime

    def quads(self, generated_by: NamedNode) -> Iterator[Quad]:
        """The record of the review, for the graph of the article; the claims themselves are not part of it."""
        stamp = Literal(self.on.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=XSD.dateTime)
        for claim in (*self.claims, *self.rejected):
            article = iri("article", claim.article)
            node = claim.iri
            decision = "edited" if claim.number in self.extracted else "accepted"
            before = self.extracted.get(claim.number)
            if claim in self.rejected:
                node, decision, before = rejected_node(claim), "rejected", claim
                yield from _rejected(claim, node, generated_by)
            yield Quad(node, SMT.reviewDecision, Literal(decision), article)
            yield Quad(node, SMT.reviewedBy, Literal(self.by), article)
            yield Quad(node, SMT.reviewedOn, stamp, article)
            if before is not None:
                yield Quad(node, SMT.asExtracted, Literal(as_extracted(before)), article)
            if claim not in self.rejected:
                for change in self.changes.get(claim.number, ()):
                    yield Quad(node, SMT.correction, Literal(change, language="en"), article)


def settle(
    store: Store, extracted: Iterable[Claim], decisions: Mapping[int, Claim | None], by: str | None = None
) -> Reviewed:
    """The outcome of a review: for each claim by its number what it shall be, or None where it is rejected.

    Claims without a decision are accepted. What refers to a thing that only rejected claims describe is taken
    out of the others, and events whose identifying facts were changed are renamed. `by` is the reviewer, by
    default the user of this process.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> settle(OxigraphStore(), [], {}, by="alice").claims
    ()
    """
    was = {claim.number: claim for claim in extracted}
    answers = {number: decisions.get(number, claim) for number, claim in was.items()}
    rejected = [was[number] for number, answer in answers.items() if answer is None]
    kept = _without_dangling(store, [claim for claim in answers.values() if claim is not None], rejected)
    wording = Wording(store, [*was.values(), *kept])
    changes = {claim.number: corrections(was[claim.number], claim, wording) for claim in kept}
    names = renamed(list(was.values()), kept, Wording(store, was.values()).name)
    final = []
    for claim in kept:
        number = claim.number
        if answers[number] != was[number]:
            claim = replace(claim, confidence=1.0)
        if claim.about in names:
            changes[number].append(f"name: was {short(claim.about)}, now {short(names[claim.about])}")
        final.append(_under(claim, names))
    edited = {c.number for c in final if c != was[c.number]}
    return Reviewed(
        tuple(final),
        tuple(rejected),
        {number: was[number] for number in edited},
        {number: tuple(changes[number]) for number in edited},
        by or reviewer(),
        datetime.now(UTC),
    )


def reviewer() -> str:
    """Who reviews: the user of this process."""
    try:
        return getuser() or "unknown"
    except (OSError, KeyError, ImportError):  # a container without users
        return "unknown"


def rejected_node(claim: Claim) -> NamedNode:
    """The name of the record of a rejected claim."""
    return NamedNode(f"{iri('article', claim.article).value}#rejected-{claim.number}")


def as_extracted(claim: Claim) -> str:
    """A claim as N-Triples: what it states, and what it is about, its modality, confidence and rule."""
    triples = [*claim.triples, Triple(claim.iri, SCHEMA.about, claim.about),
               Triple(claim.iri, SMT.modality, claim.modality.term),
               Triple(claim.iri, SMT.confidence, Literal(f"{claim.confidence:.2f}", datatype=XSD.decimal))]  # fmt: skip
    if claim.rule:
        triples.append(Triple(claim.iri, SMT.rule, Literal(claim.rule)))
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert text is not None
    return text.decode()


def _rejected(claim: Claim, node: NamedNode, generated_by: NamedNode) -> Iterator[Quad]:
    """The record of a rejected claim: its words and where they stand, under names of its own."""
    article = iri("article", claim.article)
    yield Quad(node, RDF.type, SMT.RejectedClaim, article)
    yield Quad(node, SCHEMA.about, claim.about, article)
    yield Quad(node, SCHEMA.isPartOf, article, article)
    yield Quad(node, PROV.wasGeneratedBy, generated_by, article)
    own = f"{claim.iri.value}#"

    def moved(term: object) -> object:
        if isinstance(term, NamedNode) and term.value.startswith(own):
            return NamedNode(f"{node.value}-{term.value.removeprefix(own)}")
        return term

    for quad in claim.quads(generated_by):
        if quad.graph_name != article:
            continue
        if quad.predicate == PROV.wasQuotedFrom:
            yield Quad(node, quad.predicate, moved(quad.object), article)  # type: ignore[arg-type]
        elif quad.subject != claim.iri:
            yield Quad(moved(quad.subject), quad.predicate, moved(quad.object), article)  # type: ignore[arg-type]


def _without_dangling(store: Store, kept: list[Claim], rejected: list[Claim]) -> list[Claim]:
    """Claims without references to what only rejected claims tell of: it will not be in the graph."""
    staying = {triple.subject for claim in kept for triple in claim.triples}
    lost = {
        node for claim in rejected for t in claim.triples if isinstance(node := t.subject, NamedNode)
        and node not in staying and not any(store.quads(node, None, None, DEFAULT))
    }  # fmt: skip
    if not lost:
        return kept
    return [replace(c, triples=tuple(t for t in c.triples if t.object not in lost)) for c in kept]


def _under(claim: Claim, names: Mapping[NamedNode, NamedNode]) -> Claim:
    """A claim that speaks of renamed things by their new names."""
    if not names:
        return claim

    def new(term: object) -> object:
        return names.get(term, term) if isinstance(term, NamedNode) else term

    triples = tuple(Triple(new(t.subject), t.predicate, new(t.object)) for t in claim.triples)  # type: ignore[arg-type]
    return replace(claim, about=names.get(claim.about, claim.about), triples=triples)
