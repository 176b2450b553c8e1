"""The IRIs of what an article tells: of people and events, and of everything that it mentions."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg import identity
from kg.extraction.event import Event
from kg.extraction.persons import Person
from kg.extraction.reading import Reading
from kg.namespaces import iri


class Nodes:
    """The IRIs of one article; `article` is its id."""

    def __init__(self, reading: Reading, article: str) -> None:
        self.reading = reading
        self.article = article
        self._names: dict[int, NamedNode] = {}

    def person(self, person: Person) -> NamedNode:
        """The IRI of a person: that of the reference, or one from the name."""
        return person.iri or iri("person", identity.slug(person.name))

    def event(self, event: Event) -> NamedNode:
        """The IRI of an event, from what identifies it."""
        key = id(event)
        if key not in self._names:
            self._names[key] = self._mint(event)
        return self._names[key]

    def _mint(self, event: Event) -> NamedNode:
        start = event.date("start")
        if event.kind == "visit":
            return identity.visit(
                map(self.person, event.people("visitor")),
                next(iter(event.nodes("to")), None),
                start,
                self.article,
            )
        if event.kind == "meeting":
            return identity.meeting(map(self.person, event.people("participant")), start, self.article)
        if event.kind == "summit":
            place = next(iter(event.place_labels()), None)
            return identity.summit(event.nodes("organizer")[0], place, start, self.article)
        if event.kind == "agreement":
            return identity.agreement(event.nodes("party"), self._title(event), start, self.article)
        if event.kind == "invitation":
            to = event.invited_to
            target = (
                identity.local(self.event(to))
                if to
                else next((identity.local(n) for n in event.nodes("to")), None)
            )
            return identity.invitation(
                self._actors(event, "inviter"),
                self._actors(event, "invitee"),
                target,
                self.article,
            )
        if event.kind == "relation":
            return identity.relation(event.nodes("between"))
        whose = [*event.nodes("between"), *event.nodes("organization")]
        what = next((str(v.content) for v in event.values("of")), None)
        return identity.anniversary(str(event.values("ordinal")[0].content), whose, what, self.article)

    @staticmethod
    def _title(event: Event) -> str:
        topic = next((str(v.content) for v in event.values("topic")), None)
        return topic or next((str(v.content) for v in event.values("title")), "agreement")

    def _actors(self, event: Event, slot: str) -> list[NamedNode]:
        """The people in a slot, or the states and organizations."""
        return [*map(self.person, event.people(slot)), *event.nodes(slot)]

    def kind(self, node: NamedNode) -> str:
        """What the reference says a thing is: "state", "organization", or nothing."""
        entity = self.reading.names.entities.get(node)
        return entity.kind if entity else ""


def mention_nodes(nodes: Nodes, reading: Reading) -> list[NamedNode]:
    """What the article mentions: people in office, states, places and organizations."""
    found = [nodes.person(p) for p in reading.people if p.public or p.unplaced]
    for match in reading.matches:
        inner = {
            s.entity.iri
            for m in reading.names.find(match.text.rsplit(" ", 1)[0])
            for s in m.senses
            if s.how == "name"
        }
        found += [
            s.entity.iri for s in match.senses
            if s.entity.kind == "organization" and (s.how != "summit" or s.entity.iri in inner)
        ]  # fmt: skip
        state = reading.places.state_at(match.start)
        if state is not None:
            found.append(state)
    found += [p.place for p in reading.places.mentioned() if p.place is not None]
    return sorted(set(found), key=lambda n: n.value)
