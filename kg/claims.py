"""Claims: what one passage of one article asserts, and how that is written as RDF.

A claim is a named graph (its IRI is the graph's IRI). The claim's metadata (words, offsets, modality,
confidence, speaker, extractor) stand in the graph of its article. No blank nodes are used, so that a
claim can be compared, exported and retracted triple by triple.

    graph <…/id/claim/A/3>   { the triples that the passage asserts }
    graph <…/id/article/A>   { <…/id/claim/A/3> a smt:Claim ; schema:about E ; smt:modality … ;
                               prov:wasQuotedFrom <…/id/claim/A/3#passage-1> … }
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.namespaces import OA, PROV, RDF, SCHEMA, SMT, XSD, iri


class Modality(StrEnum):
    """How an article puts a claim; the values are the local names of the SKOS concepts."""

    PLANNED = "Planned"
    UNDERWAY = "Underway"
    OCCURRED = "Occurred"
    POSTPONED = "Postponed"
    CANCELLED = "Cancelled"
    DENIED = "Denied"
    POSSIBLE = "Possible"
    ASSERTED = "Asserted"

    @property
    def term(self) -> NamedNode:
        """The SKOS concept.

        >>> Modality.PLANNED.term.value
        'https://w3id.org/summitry/ontology#Planned'
        """
        return SMT[self.value]


@dataclass(frozen=True, slots=True)
class Passage:
    """Exact words of an article: `text[start:end] == exact` (0-based code points, end exclusive)."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int, context: int = 32) -> Passage:
        """The passage of `text` between two offsets, with some context on either side.

        >>> Passage.of("Xi arrived in Kazan.", 3, 10).exact
        'arrived'
        """
        return cls(
            start,
            end,
            text[start:end],
            prefix=text[max(0, start - context) : start],
            suffix=text[end : end + context],
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of one article.

    `about` is the thing the claim is about; the status of an event comes from the modality of the claims
    that are about it. `derivation` says in words how a value was worked out that the passage does not
    state literally. `rule` names the pattern that found it.
    """

    article: str
    number: int
    about: NamedNode
    triples: tuple[Triple, ...]
    passages: tuple[Passage, ...]
    modality: Modality
    confidence: float
    speaker: NamedNode | None = None
    derivation: str | None = None
    rule: str | None = None

    @property
    def iri(self) -> NamedNode:
        """The name of the claim and of its graph."""
        return iri("claim", self.article, self.number)

    def quads(self, generated_by: NamedNode) -> Iterator[Quad]:
        """The claim as quads: its own graph, and its metadata in the graph of the article.

        `generated_by` is the extraction activity (a prov:Activity of the article graph).
        """
        article, own = iri("article", self.article), self.iri
        for triple in self.triples:
            yield Quad(triple.subject, triple.predicate, triple.object, own)
        meta: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
            (own, RDF.type, SMT.Claim),
            (own, SCHEMA.about, self.about),
            (own, SMT.modality, self.modality.term),
            (own, SMT.confidence, Literal(f"{self.confidence:.2f}", datatype=XSD.decimal)),
            (own, PROV.wasGeneratedBy, generated_by),
            (own, SCHEMA.isPartOf, article),
        ]
        if self.speaker is not None:
            meta.append((own, PROV.wasAttributedTo, self.speaker))
        if self.derivation:
            meta.append((own, SMT.derivation, Literal(self.derivation, language="en")))
        if self.rule:
            meta.append((own, SMT.rule, Literal(self.rule)))
        for index, passage in enumerate(self.passages, 1):
            where = NamedNode(f"{own.value}#passage-{index}")
            position = NamedNode(f"{where.value}-position")
            quote = NamedNode(f"{where.value}-quote")
            meta += [
                (own, PROV.wasQuotedFrom, where),
                (where, RDF.type, OA.SpecificResource),
                (where, OA.hasSource, article),
                (where, OA.hasSelector, position),
                (where, OA.hasSelector, quote),
                (position, RDF.type, OA.TextPositionSelector),
                (position, OA.start, Literal(str(passage.start), datatype=XSD.integer)),
                (position, OA.end, Literal(str(passage.end), datatype=XSD.integer)),
                (quote, RDF.type, OA.TextQuoteSelector),
                (quote, OA.exact, Literal(passage.exact)),
            ]
            if passage.prefix:
                meta.append((quote, OA.prefix, Literal(passage.prefix)))
            if passage.suffix:
                meta.append((quote, OA.suffix, Literal(passage.suffix)))
        for subject, predicate, obj in meta:
            yield Quad(subject, predicate, obj, article)
