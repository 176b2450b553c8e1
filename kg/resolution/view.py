"""What all live claims about a thing add up to.

Curated triples (reference facts, additions) always stand. Claims that are not denied or merely possible add
their values; of a functional property only the best supported one, and only where nothing curated is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import ID, RDF, RDFS, SCHEMA, SKOS, SMT
from kg.resolution.evidence import Evidence, Scales, best
from kg.resolution.joining import Joins
from kg.resolution.labels import chosen, derived_label, readable
from kg.resolution.rules import DATES, FUNCTIONAL, LABELLED, LEFT_OUT, STATUS_ORDER, WITH_STATUS
from kg.resolution.sources import DEFAULT, Source, is_claim, is_curated
from kg.stores.base import GraphName, Subject, Term

Support: TypeAlias = dict[NamedNode, dict[Term, list[Evidence]]]
"""The claims for each value of each property."""
_REMEMBERED: Final = 10_000


class View:
    """The resolved view of a source, one thing at a time; remembers what it worked out, as long as that is little."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._forget()

    def _forget(self) -> None:
        self._scales = Scales(self._source)
        self.joins = Joins(self._source, self._scales)
        self._values: dict[Term, dict[NamedNode, set[Term]]] = {}

    def rest(self) -> None:
        """Between two things: forget what has become too much to remember. It would be worked out the same again."""
        if len(self._values) + len(self.joins) > _REMEMBERED:
            self._forget()

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

    def _resolve(self, subject: Term) -> dict[NamedNode, set[Term]]:
        if isinstance(subject, Literal):
            return {}
        names = self.joins.names(subject) if isinstance(subject, NamedNode) else ()
        if names and names[0] != subject:
            return {SMT.joinedInto: {names[0]}}
        values: dict[NamedNode, set[Term]] = {}
        claimed: Support = {}
        for name in names or (subject,):
            self._gather(name, names, values, claimed)
        lacks = set(values.get(SMT.lacks, ()))
        told = {p: support for p, support in claimed.items() if p not in FUNCTIONAL or p not in values}
        if len(names) > 1:
            _settle_labels(told, values)
        for predicate, support in told.items():
            if predicate in FUNCTIONAL:
                values[predicate] = {best(support, refine=predicate in DATES)}
            else:
                values.setdefault(predicate, set()).update(support)
        _settle_end(told, values)
        _settle_lacks(told.get(SMT.lacks, {}).keys() - lacks, values)
        if values.get(RDF.type, set()) & WITH_STATUS and (status := self._status(names or (subject,))):
            values.setdefault(SMT.status, {status})
            if SMT.status in told:
                # What the claims say by their modality goes before what they spell out.
                values[SMT.status] = {status}
        return values

    def _gather(
        self,
        name: Subject,
        names: tuple[NamedNode, ...],
        curated: dict[NamedNode, set[Term]],
        claimed: Support,
    ) -> None:
        """Add what is said of one name of a thing; what else is told under several names goes by that of the view."""
        for quad in self._source.quads(name):
            graph: GraphName = quad.graph_name
            value = self.joins.canonical(quad.object)
            if value != quad.object and value in names:
                continue  # two names of this thing cannot be related
            if is_curated(graph):
                curated.setdefault(quad.predicate, set()).add(value)
            elif isinstance(graph, NamedNode) and is_claim(graph):
                evidence = self._scales.weigh(graph)
                if evidence is not None and evidence.modality not in LEFT_OUT:
                    claimed.setdefault(quad.predicate, {}).setdefault(value, []).append(evidence)

    def _status(self, names: Iterable[Subject]) -> NamedNode | None:
        modalities: dict[str, set[NamedNode]] = {}
        for quad in (q for name in names for q in self._source.quads(None, SCHEMA.about, name)):
            if quad.graph_name == DEFAULT or not isinstance(quad.subject, NamedNode):
                continue
            evidence = self._scales.weigh(quad.subject)
            if evidence is None or evidence.modality not in STATUS_ORDER:
                continue
            if evidence.modality == STATUS_ORDER[0]:
                return STATUS_ORDER[0]
            modalities.setdefault(evidence.published, set()).add(evidence.modality)
        found = modalities[max(modalities)] if modalities else set()
        return next((modality for modality in STATUS_ORDER if modality in found), None)


def _settle_labels(told: Support, values: dict[NamedNode, set[Term]]) -> None:
    """Of titles that articles give one joined thing the best supported is its label, the rest are other names."""
    labels = told.get(RDFS.label)
    if labels is None or len(labels) < 2:
        return
    first = values.get(RDFS.label) or {best(labels)}
    values.setdefault(SKOS.altLabel, set()).update(label for label in labels if label not in first)
    told[RDFS.label] = {label: labels[label] for label in labels if label in first}


def _settle_end(told: Support, values: dict[NamedNode, set[Term]]) -> None:
    """An end from one article must not lie before the start from another: then the next best end, or none."""
    starts, ends = values.get(SCHEMA.startDate, set()), told.get(SCHEMA.endDate)
    if ends is None or not all(isinstance(start, Literal) for start in starts):
        return

    def possible(end: Term) -> bool:
        length = len(end.value) if isinstance(end, Literal) else 0
        return isinstance(end, Literal) and all(
            end.value[: len(start.value)] >= start.value[:length]
            for start in starts
            if isinstance(start, Literal)
        )

    left = {end: support for end, support in ends.items() if possible(end)}
    if len(left) < len(ends):
        if left:
            values[SCHEMA.endDate] = {best(left, refine=True)}
        else:
            del values[SCHEMA.endDate]


def _settle_lacks(told: Iterable[Term], values: dict[NamedNode, set[Term]]) -> None:
    """What one article does not tell is not lacking once another tells it."""
    for lacking in told:
        known = values.get(lacking, set()) if isinstance(lacking, NamedNode) else set()
        # One state is no agreement: its parties are told where there are two, or an organization.
        if len(known) > 1 or (known and (lacking != SMT.party or any(_is_organization(k) for k in known))):
            values[SMT.lacks].discard(lacking)
    if not values.get(SMT.lacks, True):
        del values[SMT.lacks]


def _is_organization(thing: Term) -> bool:
    return isinstance(thing, NamedNode) and thing.value.startswith(f"{ID}organization/")
