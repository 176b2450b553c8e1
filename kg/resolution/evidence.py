"""What a claim weighs, and which of several values is supported best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from pyoxigraph import Literal, NamedNode

from kg.namespaces import RDF, SCHEMA, SMT
from kg.resolution.sources import DEFAULT, Source, is_claim
from kg.stores.base import Term


@dataclass(frozen=True, slots=True)
class Evidence:
    """What counts about one claim when values are weighed."""

    article: str
    published: str
    confidence: float
    modality: NamedNode | None


class Scales:
    """Weighs the claims of a source; remembers what it worked out."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._evidence: dict[NamedNode, Evidence | None] = {}
        self._published: dict[Term, str] = {}

    def weigh(self, claim: NamedNode) -> Evidence | None:
        """The weight of a claim; None where it is not live (no article speaks for it)."""
        if claim not in self._evidence:
            self._evidence[claim] = self._weigh(claim)
        return self._evidence[claim]

    def _weigh(self, claim: NamedNode) -> Evidence | None:
        facts: dict[NamedNode, Term] = {}
        live = False
        for quad in self._source.quads(claim):
            if quad.graph_name == DEFAULT or is_claim(quad.graph_name):
                continue
            live = live or (quad.predicate == RDF.type and quad.object == SMT.Claim)
            # Two values only occur in broken data; taking the least keeps the outcome independent of order.
            before = facts.get(quad.predicate)
            facts[quad.predicate] = quad.object if before is None else min(before, quad.object, key=str)
        article = facts.get(SCHEMA.isPartOf)
        if not live or not isinstance(article, NamedNode):
            return None
        modality, confidence = facts.get(SMT.modality), facts.get(SMT.confidence)
        return Evidence(
            article=article.value,
            published=self._date(article),
            confidence=_number(confidence),
            modality=modality if isinstance(modality, NamedNode) else None,
        )

    def _date(self, article: NamedNode) -> str:
        if article not in self._published:
            dates = (q.object for q in self._source.quads(article, SCHEMA.datePublished))
            self._published[article] = max((d.value for d in dates if isinstance(d, Literal)), default="")
        return self._published[article]


def best(support: dict[Term, list[Evidence]], *, refine: bool = False) -> Term:
    """The best supported of several values: from a later article, then from more articles, then with more
    confidence, then the first in lexical order. `refine`: of dates that agree the more precise one.

    >>> day, month = Literal("2024-05-16"), Literal("2024-05")
    >>> old, new = (Evidence(a, d, 0.9, None) for a, d in (("a", "2024-05-01"), ("b", "2024-06-01")))
    >>> best({day: [old], month: [new]}).value, best({day: [old], month: [new]}, refine=True).value
    ('2024-05', '2024-05-16')
    """

    def weight(value: Term) -> tuple[str, int, float]:
        evidence = support[value]
        return (
            max(e.published for e in evidence),
            len({e.article for e in evidence}),
            max(e.confidence for e in evidence),
        )

    def better(one: Term, other: Term) -> Term:
        first, second = weight(one), weight(other)
        if first == second:
            return min(one, other, key=str)
        return one if first > second else other

    winner = reduce(better, support)
    while refine and isinstance(winner, Literal):
        stem = winner.value + "-"
        finer: list[Term] = [v for v in support if isinstance(v, Literal) and v.value.startswith(stem)]
        if not finer:
            break
        winner = reduce(better, finer)
    return winner


def _number(term: Term | None) -> float:
    try:
        return float(term.value) if isinstance(term, Literal) else 0.0
    except ValueError:
        return 0.0
