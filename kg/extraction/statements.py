"""What the slots of events, and people, say as triples."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg import identity
from kg.claims import Modality
from kg.extraction.candidates import Value
from kg.extraction.event import Event
from kg.extraction.nodes import Nodes
from kg.extraction.persons import Person
from kg.extraction.places import Placed
from kg.namespaces import RDF, RDFS, SCHEMA, SKOS, SMT, XSD, iri

_LEADERS = frozenset({"HeadOfState", "HeadOfGovernment"})
_LEADING_TITLES = frozenset({"leader", "Supreme Leader"})
# Of these agreements the day of the signing is written: when it was, or when it is to be.
_DATED = frozenset({Modality.OCCURRED, Modality.PLANNED})


class Statements:
    """Writes triples about the people and events of one article."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.reading = nodes.reading

    def describe(self, person: Person) -> list[Triple]:
        """What makes a person of the text a thing of the graph, where the reference does not know them."""
        node = self.nodes.person(person)
        if person.iri is not None:
            known = SMT.Official if node in self.reading.names.officials else SMT.Leader
            return [Triple(node, RDF.type, known), *self._spelling(person)]
        kind = SMT.Leader if self._is_leader(person) else SMT.Official
        return [Triple(node, RDF.type, kind), Triple(node, RDFS.label, Literal(person.name, language="en"))]

    def _is_leader(self, person: Person) -> bool:
        return person.iri is not None or any(
            o.kind in _LEADERS or o.title in _LEADING_TITLES for o in person.offices
        )

    def _spelling(self, person: Person) -> Iterator[Triple]:
        """The name of a person of the reference as this text spells it, where the reference has it otherwise."""
        if (
            len(person.words) > 1
            and frozenset(person.words) not in self.reading.names.forms[self.nodes.person(person)]
        ):
            yield Triple(self.nodes.person(person), SKOS.altLabel, Literal(person.name, language="en"))

    def of_value(self, event: Event, node: NamedNode, slot: str, value: Value) -> Iterator[Triple]:
        """What a value in a slot of an event says about it."""
        content = value.content
        people = {
            "visitor": SMT.visitor,
            "participant": SMT.participant,
            "inviter": SMT.inviter,
            "invitee": SMT.invitee,
            "host": SMT.host,
        }
        nodes = {
            "organizer": SCHEMA.organizer,
            "party": SMT.party,
            "inviter": SMT.inviter,
            "invitee": SMT.invitee,
        }
        if isinstance(content, Person) and slot in people:
            yield Triple(node, people[slot], self.nodes.person(content))
            yield from self.describe(content)
            home = content.home
            if slot == "visitor" and home is not None and self.nodes.kind(home) == "state":
                yield Triple(node, SMT.sendingState, home)
        elif isinstance(content, NamedNode):
            if slot == "to" and event.kind == "visit":
                yield Triple(node, SMT.hostState, content)
            elif slot in {"between", "organization"} and event.kind == "anniversary":
                yield from self._anniversary(event, node, content)
            elif slot == "between":
                yield Triple(node, SMT.between, content)
                yield self._relation_label(event, node)
            elif slot == "framework":
                yield Triple(node, SCHEMA.about, content)
            elif slot in nodes:
                yield Triple(node, nodes[slot], content)
                yield from self._format(content)
        elif isinstance(content, Placed) and slot == "place":
            yield from self.place(node, content)
            if event.kind == "summit" and content.state is not None:
                yield Triple(node, SMT.hostState, content.state)
        elif isinstance(content, str):
            yield from self._literal(event, node, slot, content)

    def _anniversary(self, event: Event, node: NamedNode, state: NamedNode) -> Iterator[Triple]:
        if event.nodes("organization"):
            yield Triple(node, SMT.anniversaryOf, state)
            return
        relation = identity.relation(event.nodes("between"))
        yield Triple(node, SMT.anniversaryOf, relation)
        yield Triple(relation, RDF.type, SMT.DiplomaticRelation)
        yield self._relation_label(event, relation)
        yield Triple(relation, SMT.between, state)

    def _relation_label(self, event: Event, relation: NamedNode) -> Triple:
        entities = self.reading.names.entities
        names = sorted(entities[n].label for n in event.nodes("between") if n in entities)
        return Triple(
            relation, RDFS.label, Literal(f"relations between {' and '.join(names)}", language="en")
        )

    def _literal(self, event: Event, node: NamedNode, slot: str, content: str) -> Iterator[Triple]:
        if slot == "start" and event.kind == "agreement":
            if event.modality in _DATED:  # the day of a signing put off holds no longer
                yield Triple(node, SMT.signedOn, date_literal(content))
        elif slot in {"start", "end"}:
            yield Triple(node, SCHEMA.startDate if slot == "start" else SCHEMA.endDate, date_literal(content))
        elif slot == "kind" and event.kind in {"visit", "meeting", "agreement"}:
            yield Triple(node, SMT[f"{event.kind}Kind"], SMT[content])
        elif slot == "ordinal":
            yield Triple(node, SMT.ordinal, Literal(content, datatype=XSD.positiveInteger))
        elif slot == "topic":
            yield Triple(node, SMT.topic, Literal(content, language="en"))
        elif slot == "title" and content == max((str(v.content) for v in event.values("title")), key=len):
            yield Triple(node, RDFS.label, Literal(content, language="en"))

    def place(self, node: NamedNode, placed: Placed) -> Iterator[Triple]:
        """That an event is at a place, and what the place is where the reference does not know it."""
        place = placed.place
        if placed.known_state:
            place = self.reading.names.city_state(placed.state)
            if place is None:
                return
        if place is None:
            if placed.state is None:
                return
            place = iri("place", f"{identity.slug(placed.label)}-{identity.local(placed.state)}")
            yield Triple(place, RDF.type, SMT.Place)
            yield Triple(place, RDFS.label, Literal(placed.label, language="en"))
            yield Triple(place, SMT.inState, placed.state)
        yield Triple(node, SCHEMA.location, place)

    def _format(self, node: NamedNode) -> Iterator[Triple]:
        """What makes a joint format of the text ("African Union-European Union") a thing of the graph."""
        found = self.reading.formats.get(node)
        if found is not None:
            yield Triple(node, RDF.type, SMT.Organization)
            yield Triple(node, RDFS.label, Literal(found.label, language="en"))
            yield from (Triple(node, SKOS.altLabel, Literal(other, language="en")) for other in found.others)
            yield Triple(node, SMT.organizationKind, SMT.InformalForum)


def date_literal(value: str) -> Literal:
    """A date as narrow as it is known: xsd:date, xsd:gYearMonth or xsd:gYear.

    >>> date_literal("2024-05").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    """
    return Literal(value, datatype={4: XSD.gYear, 7: XSD.gYearMonth}.get(len(value), XSD.date))
