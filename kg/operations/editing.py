"""Changing what a claim states, with what follows from a change for the rest of the claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.claims import Claim, Modality
from kg.errors import ParameterError
from kg.namespaces import ORG, RDF, RDFS, REFERENCE_GRAPH, SCHEMA, SMT, XSD
from kg.operations.wording import Wording
from kg.queries.lookup import fold
from kg.queries.parameters import term
from kg.queries.stored import Parameter
from kg.resolution.sources import DEFAULT
from kg.stores.base import Store

# What can be given for a property: a key of kg.queries.parameters.TYPES. Others can only be dropped.
KIND_OF_VALUE: Final[dict[NamedNode, str]] = {
    SMT.visitor: "person", SMT.host: "person", SMT.participant: "agent", SMT.inviter: "agent", SMT.invitee: "agent",
    SMT.hostState: "state", SMT.sendingState: "state", SMT.between: "state", SMT.party: "agent",
    SCHEMA.organizer: "organization", SCHEMA.about: "organization", SCHEMA.location: "place",
    SCHEMA.startDate: "date", SCHEMA.endDate: "date", SMT.signedOn: "date",
    SMT.visitKind: "visit-kind", SMT.meetingKind: "meeting-kind", SMT.agreementKind: "agreement-kind",
    SMT.officeKind: "office-kind", SMT.topic: "string", RDFS.label: "string", SMT.ordinal: "integer",
    SCHEMA.superEvent: "event", SMT.occasion: "event", SMT.invitedTo: "event", SMT.concludedAt: "event",
}  # fmt: skip

_DATES: Final = (SCHEMA.startDate, SCHEMA.endDate)
# What can be added to a thing of a class where the claim does not say it.
ADDABLE: Final[dict[NamedNode, tuple[NamedNode, ...]]] = {
    SMT.Visit: (*_DATES, SMT.visitor, SMT.hostState, SMT.sendingState, SMT.host, SCHEMA.location, SMT.visitKind),
    SMT.Meeting: (*_DATES, SMT.participant, SCHEMA.location, SMT.meetingKind, SMT.topic),
    SMT.Summit: (*_DATES, SCHEMA.organizer, SMT.participant, SCHEMA.location, SMT.hostState),
    SMT.Agreement: (SMT.signedOn, SMT.party, SMT.agreementKind, SMT.topic, RDFS.label),
    SMT.Invitation: (SMT.inviter, SMT.invitee),
    SMT.Anniversary: (*_DATES, SMT.ordinal),
}  # fmt: skip
_CLASSES: Final[dict[str, frozenset[NamedNode]]] = {
    "person": frozenset({SMT.Leader, SMT.Official}),
    "agent": frozenset({SMT.Leader, SMT.Official}),
    "place": frozenset({SMT.Place}),
    "event": frozenset({SMT.Visit, SMT.Meeting, SMT.Summit, SMT.Anniversary}),
}


def exchanged(before: Claim, after: Claim) -> list[tuple[Modality | Triple, Modality | Triple]]:
    """The status and the triples that have another in their place after an edit, each with that."""
    found: list[tuple[Modality | Triple, Modality | Triple]] = []
    if before.modality is not after.modality:
        found.append((before.modality, after.modality))
    come = [t for t in after.triples if t not in before.triples]
    for old in (t for t in before.triples if t not in after.triples):
        twin = next((t for t in come if (t.subject, t.predicate) == (old.subject, old.predicate)), None)
        if twin is not None:
            come.remove(twin)
            found.append((old, twin))
    return found


class Editor:
    """Edits the claims of one article; names are looked up in the article first, then in the graph."""

    def __init__(self, store: Store, wording: Wording, day: date | None) -> None:
        self._store, self._wording, self._day = store, wording, day

    def value(self, predicate: NamedNode, text: str) -> NamedNode | Literal:
        """The value that a person typed for a property.

        Raises ParameterError, with the nearest names, where it is none.
        """
        kind = KIND_OF_VALUE[predicate]
        text = text.strip()
        if not text:
            raise ParameterError("nothing is given", hint="type a value")
        if kind in _CLASSES and (node := self._in_article(kind, text)) is not None:
            return node
        try:
            found = term(Parameter("", kind, ""), text, self._store)
        except ParameterError as error:
            raise ParameterError(error.what, hint=error.hint) from None
        if kind == "string":
            return Literal(text, language="en")
        if kind == "integer":
            if not isinstance(found, Literal) or int(found.value) < 1:
                raise ParameterError(f'"{text}" is no number above 0', hint="type a number such as 75")
            return Literal(found.value, datatype=XSD.positiveInteger)
        return found

    def replaced(self, claim: Claim, old: Triple, value: NamedNode | Literal) -> Claim:
        """A claim with another value in one of its triples, and what follows from that."""
        new = Triple(old.subject, old.predicate, value)
        triples = [new if triple == old else triple for triple in claim.triples]
        return self._followed(claim, old, new, triples)

    def dropped(self, claim: Claim, old: Triple) -> Claim:
        """A claim without one of its triples, and without what only described the thing it named."""
        return self._followed(claim, old, None, [triple for triple in claim.triples if triple != old])

    def added(self, claim: Claim, predicate: NamedNode, value: NamedNode | Literal) -> Claim:
        """A claim with one more triple about its subject."""
        new = Triple(claim.about, predicate, value)
        return self._followed(claim, None, new, [*claim.triples, new])

    def carried(self, claim: Claim, old: Modality | Triple, new: Modality | Triple) -> Claim:
        """A claim with the change that another one got: a status or a triple in place of another."""
        if isinstance(new, Modality):
            return replace(claim, modality=new)
        assert isinstance(old, Triple)
        assert isinstance(new.object, NamedNode | Literal)
        return self.replaced(claim, old, new.object)

    def _followed(self, claim: Claim, old: Triple | None, new: Triple | None, triples: list[Triple]) -> Claim:
        if new is not None and isinstance(new.object, NamedNode):
            triples += self._description(new.object)
        if new is not None and new.predicate == SMT.visitor:
            triples = self._sent_by(claim.about, triples, old, new)
        if new is not None and new.predicate == SMT.hostState:
            elsewhere = {t for t in triples if t.predicate == SCHEMA.location and t.subject == claim.about
                         and self._state_of(t.object) not in (None, new.object)}  # fmt: skip
            triples = [t for t in triples if t not in elsewhere]
        named = {t.object for t in triples}
        left = {t.object for t in claim.triples} - named - {claim.about}
        triples = [t for t in triples if t.subject not in left]
        return replace(claim, triples=tuple(dict.fromkeys(triples)))

    def _sent_by(
        self, about: NamedNode, triples: list[Triple], old: Triple | None, new: Triple
    ) -> list[Triple]:
        """Another visitor comes from another state, which the graph may know."""
        if old is None or any(t.predicate == SMT.visitor and t.object != new.object for t in triples):
            return triples
        homes = set(self._homes(new.object)) if isinstance(new.object, NamedNode) else set()
        triples = [t for t in triples if t.predicate != SMT.sendingState]
        return [*triples, Triple(about, SMT.sendingState, homes.pop())] if len(homes) == 1 else triples

    def _homes(self, person: NamedNode) -> Iterator[NamedNode]:
        """The states in which a person holds office, on the day of the article where the graph knows it."""
        offices = self._values(person, ORG.holds)
        day = self._day.isoformat() if self._day else None
        for quad in self._store.quads(None, ORG.member, person, REFERENCE_GRAPH):
            facts = {q.predicate: q.object for q in self._store.quads(quad.subject, graph=REFERENCE_GRAPH)}
            office, since, until = (facts.get(p) for p in (SMT.inOffice, SMT["from"], SMT.until))
            begun = not (day and isinstance(since, Literal)) or since.value <= day[: len(since.value)]
            over = day is not None and isinstance(until, Literal) and until.value < day[: len(until.value)]
            if isinstance(office, NamedNode) and begun and not over:
                offices.add(office)
        for office in offices:
            for state in self._values(office, ORG.postIn):
                if next(iter(self._store.quads(state, RDF.type, SMT.State, DEFAULT)), None) is not None:
                    yield state

    def _state_of(self, place: object) -> NamedNode | None:
        found = self._values(place, SMT.inState) if isinstance(place, NamedNode) else set()
        return found.pop() if len(found) == 1 else None

    def _values(self, node: NamedNode, predicate: NamedNode) -> set[NamedNode]:
        own = self._wording.things().get(node, {}).get(predicate, set())
        known = {quad.object for quad in self._store.quads(node, predicate, None, DEFAULT)}
        return {value for value in own | known if isinstance(value, NamedNode)}

    def _description(self, node: NamedNode) -> list[Triple]:
        """What makes a person or place a thing of the graph, so that the claim can stand by itself."""
        own = self._wording.things().get(node)
        kinds = {SMT.Leader, SMT.Official, SMT.Place}
        if own is not None and own.get(RDF.type, set()) & kinds:
            kept = (RDF.type, RDFS.label, SMT.inState)
            return [Triple(node, p, value) for p in kept for value in sorted(own.get(p, ()), key=str)]
        if next(iter(self._store.quads(node, graph=REFERENCE_GRAPH)), None) is not None:
            leader = Triple(node, RDF.type, SMT.Leader)
            return [leader] if any(self._store.quads(node, RDF.type, SMT.Leader, REFERENCE_GRAPH)) else []
        triples = [quad.triple for p in (RDF.type, RDFS.label, SMT.inState)
                   for quad in self._store.quads(node, p, None, DEFAULT)]  # fmt: skip
        return triples if {t.object for t in triples} & kinds else []

    def _in_article(self, kind: str, text: str) -> NamedNode | None:
        """The one thing of the article that goes by a name, or by its last word."""
        wanted = fold(text)
        exact: list[NamedNode] = []
        last: list[NamedNode] = []
        for node, values in self._wording.things().items():
            if wanted and values.get(RDF.type, set()) & _CLASSES[kind]:
                name = fold(self._wording.name(node))
                exact += [node] if name == wanted else []
                last += [node] if name.endswith(f" {wanted}") else []
        found = exact or last
        return found[0] if len(found) == 1 else None
