"""The rows that a store with one article holds, in the shape of the gold files.

Only what follows from the resolved view counts. Every value remembers the triples that state it, so that claims
can be judged by the values they gave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from benchmarks.extraction.matching import Normaliser, Row, Value
from kg.export import contents
from kg.namespaces import ORG, RDF, RDFS, SCHEMA, SKOS, SMT
from kg.resolution.sources import DEFAULT
from kg.stores.base import Store

STATUS = {
    "Planned": "planned",
    "Underway": "occurring",
    "Occurred": "occurred",
    "Postponed": "postponed",
    "Cancelled": "cancelled",
    "Signed": "signed",
}
_CLASSES = {
    "visits": SMT.Visit,
    "meetings": SMT.Meeting,
    "summits": SMT.Summit,
    "invitations": SMT.Invitation,
    "agreements": SMT.Agreement,
}
# Slots that name other things, slots with a literal: by kind, the property that fills each.
_THINGS = {
    "visits": {
        "visitors": SMT.visitor,
        "from": SMT.sendingState,
        "to": SMT.hostState,
        "places": SCHEMA.location,
    },
    "meetings": {"participants": SMT.participant, "place": SCHEMA.location},
    "summits": {"organization": SCHEMA.organizer, "place": SCHEMA.location},
    "invitations": {"by": SMT.inviter, "to": SMT.invitee},
    "agreements": {"parties": SMT.party},
}
_LITERALS = {
    "visits": {"start": SCHEMA.startDate, "end": SCHEMA.endDate},
    "meetings": {"date": SCHEMA.startDate},
    "summits": {"date": SCHEMA.startDate},
    "agreements": {"date": SMT.signedOn},
}
_WITH_STATUS = frozenset({"visits", "meetings", "summits", "agreements"})
_NAMING = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)


class Found:
    """What a store holds about one article."""

    def __init__(self, store: Store, normalise: Normaliser) -> None:
        self._normalise = normalise
        self._resolved: dict[Any, dict[NamedNode, list[Any]]] = {}
        self._of_class: dict[Any, list[Any]] = {}
        self._names: dict[Any, list[str]] = {}
        self._mentioned = set()
        for quad in contents(store, "trig"):
            if quad.predicate in _NAMING and isinstance(quad.object, Literal):
                self._names.setdefault(quad.subject, []).append(quad.object.value)
            elif quad.predicate == SCHEMA.mentions:
                self._mentioned.add(quad.object)
            if quad.graph_name == DEFAULT:
                self._resolved.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
                if quad.predicate == RDF.type:
                    self._of_class.setdefault(quad.object, []).append(quad.subject)

    def rows(self) -> dict[str, list[Row]]:
        """All rows, by kind."""
        rows = {kind: [self._event(kind, node) for node in self._of(cls)] for kind, cls in _CLASSES.items()}
        people = [p for cls in (SMT.Leader, SMT.Official) for p in self._of(cls) if p in self._mentioned]
        rows["leaders"] = [self._leader(person) for person in people]
        rows["anniversaries"] = [self._anniversary(node) for node in self._of(SMT.Anniversary)]
        rows["organizations"] = [
            Row([self._value("name", self._called(node))], node)
            for node in self._of(SMT.Organization)
            if node in self._mentioned
        ]
        return rows

    def _leader(self, person: NamedNode) -> Row:
        types = [Triple(person, RDF.type, cls) for cls in self._values(person, RDF.type)]
        row = Row([self._value("name", self._called(person), types)], person)
        offices = self._values(person, ORG.holds)
        held = [Triple(person, ORG.holds, office) for office in offices]
        titles = [re.split(r" of | for |,", name)[0] for office in offices for name in self._called(office)]
        where = [n for o in offices for within in self._values(o, ORG.postIn) for n in self._called(within)]
        # Several offices of one person make one value: a gold file names only one of them.
        row.values += [self._value("office", titles, held)] if titles else []
        row.values += [self._value("of", where, held)] if where else []
        return row

    def _event(self, kind: str, node: NamedNode) -> Row:
        row = Row(about=node)
        for slot, prop in _THINGS[kind].items():
            row.values += [
                self._value(slot, self._called(o), [Triple(node, prop, o)]) for o in self._values(node, prop)
            ]
        if kind == "agreements":
            labels = [Triple(node, p, o) for p in _NAMING for o in self._values(node, p)]
            row.values.append(self._value("topic", self._called(node), labels))
        for slot, prop in _LITERALS.get(kind, {}).items():
            row.values += [
                self._value(slot, [o.value], [Triple(node, prop, o)]) for o in self._values(node, prop)[:1]
            ]
        if kind in _WITH_STATUS:
            row.values += self._status(kind, node)
        if kind == "visits":
            for concept in self._values(node, SMT.visitKind)[:1]:
                name = _local(concept).removesuffix("Visit").lower()
                if name != "unspecified":
                    row.values.append(self._value("kind", [name], [Triple(node, SMT.visitKind, concept)]))
        return row

    def _status(self, kind: str, node: NamedNode) -> list[Value]:
        for concept in self._values(node, SMT.status)[:1]:
            word = STATUS.get(_local(concept))
            if word == "occurred" and kind == "agreements":
                word = "signed"
            if word is not None:
                return [self._value("status", [word], [Triple(node, SMT.status, concept)])]
        return []

    def _anniversary(self, node: NamedNode) -> Row:
        row = Row(about=node)
        for o in self._values(node, SMT.ordinal)[:1]:
            row.values.append(self._value("years", [o.value], [Triple(node, SMT.ordinal, o)]))
        for relation in self._values(node, SMT.anniversaryOf):
            # One name each, as in the gold files: whatever a state is called, one of its names must be there.
            for state in self._values(relation, SMT.between):
                stated = [Triple(relation, SMT.between, state)]
                row.values.append(self._value("between", self._called(state), stated))
        return row

    def _value(self, slot: str, names: Iterable[str], triples: Iterable[Triple] = ()) -> Value:
        return Value(slot, tuple(self._normalise(name) for name in names), tuple(triples))

    def _called(self, node: Any) -> list[str]:
        return self._names.get(node) or [str(node.value).rsplit("/", 1)[-1]]

    def _values(self, node: Any, prop: NamedNode) -> list[Any]:
        return sorted(set(self._resolved.get(node, {}).get(prop, ())), key=lambda o: str(o.value))

    def _of(self, cls: NamedNode) -> list[Any]:
        return sorted(set(self._of_class.get(cls, ())), key=lambda s: str(s.value))


def _local(node: Any) -> str:
    return re.split(r"[#/]", str(node.value))[-1]
