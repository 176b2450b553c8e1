"""What all live claims about a thing add up to.

Curated triples (reference facts, additions) always stand. Claims that are not denied or merely possible add
their values; of a functional property only the best supported one, and only where nothing curated is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import RDF, RDFS, SCHEMA, SMT
from kg.resolution.labels import chosen, derived_label, readable
from kg.resolution.rules import DATES, FUNCTIONAL, LABELLED, LEFT_OUT, STATUS_ORDER, WITH_STATUS
from kg.resolution.sources import DEFAULT, Source, is_claim, is_curated
from kg.stores.base import GraphName, Subject, Term


@dataclass(frozen=True, slots=True)
class Evidence:
    """What counts about one claim when values are weighed."""

    article: str
    published: str
    confidence: float
    modality: NamedNode | None


class View:
    """The resolved view of a source, one thing at a time; remembers what it worked out."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._evidence: dict[NamedNode, Evidence | None] = {}
        self._published: dict[Term, str] = {}
        self._values: dict[Term, dict[NamedNode, set[Term]]] = {}

    def triples(self, subject: Subject) -> set[Triple]:
        """Everything that the view says of a thing, its derived label included."""
        values = self.values(subject)
        found = {Triple(subject, predicate, obj) for predicate, objs in values.items() for obj in objs}
        if RDFS.label not in values and values.get(RDF.type, set()) & LABELLED:
            label = derived_label(values, self.name, self.values)
            if label is not None:
                found.add(Triple(subject, RDFS.label, label))
        return found

    def values(self, subject: Term) -> dict[NamedNode, set[Term]]:
        """What the view says of a thing, by property, without its derived label."""
        known = self._values.get(subject)
        if known is None:
            known = self._values[subject] = self._resolve(subject)
        return known

    def name(self, thing: Term) -> str:
        """The label that others use for a thing; a derived one for events (but not for those that are named
        after others, so that names never go in circles)."""
        values = self.values(thing)
        kinds = values.get(RDF.type, set())
        label = chosen(values.get(RDFS.label, ()))
        if label is None and kinds & LABELLED and not kinds & {SMT.Invitation, SMT.Anniversary}:
            derived = derived_label(values, self.name, self.values)
            label = derived.value if derived is not None else None
        return label or readable(thing)

    def evidence(self, claim: NamedNode) -> Evidence | None:
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

    def _resolve(self, subject: Term) -> dict[NamedNode, set[Term]]:
        if isinstance(subject, Literal):
            return {}
        curated: dict[NamedNode, set[Term]] = {}
        claimed: dict[NamedNode, dict[Term, list[Evidence]]] = {}
        for quad in self._source.quads(subject):
            graph: GraphName = quad.graph_name
            if is_curated(graph):
                curated.setdefault(quad.predicate, set()).add(quad.object)
            elif isinstance(graph, NamedNode) and is_claim(graph):
                evidence = self.evidence(graph)
                if evidence is not None and evidence.modality not in LEFT_OUT:
                    claimed.setdefault(quad.predicate, {}).setdefault(quad.object, []).append(evidence)
        values = curated
        for predicate, support in claimed.items():
            if predicate in FUNCTIONAL:
                if predicate not in values:
                    values[predicate] = {best(support, refine=predicate in DATES)}
            else:
                values.setdefault(predicate, set()).update(support)
        if values.get(RDF.type, set()) & WITH_STATUS and (status := self._status(subject)):
            values.setdefault(SMT.status, {status})
            if SMT.status in claimed:
                # What the claims say by their modality goes before what they spell out.
                curated_status = {
                    q.object for q in self._source.quads(subject, SMT.status) if is_curated(q.graph_name)
                }
                values[SMT.status] = curated_status or {status}
        return values

    def _status(self, subject: Subject) -> NamedNode | None:
        modalities: dict[str, set[NamedNode]] = {}
        for quad in self._source.quads(None, SCHEMA.about, subject):
            if quad.graph_name == DEFAULT or not isinstance(quad.subject, NamedNode):
                continue
            evidence = self.evidence(quad.subject)
            if evidence is None or evidence.modality not in STATUS_ORDER:
                continue
            if evidence.modality == STATUS_ORDER[0]:
                return STATUS_ORDER[0]
            modalities.setdefault(evidence.published, set()).add(evidence.modality)
        found = modalities[max(modalities)] if modalities else set()
        return next((modality for modality in STATUS_ORDER if modality in found), None)


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
