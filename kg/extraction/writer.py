"""From people and events to claims: one claim for each passage, with the exact words it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg import identity
from kg.claims import Claim, Modality, Passage
from kg.extraction.candidates import Candidate, Value
from kg.extraction.event import Derived, Event
from kg.extraction.names import normal_title
from kg.extraction.persons import Office, Person
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.speech import speaker_of
from kg.namespaces import ORG, RDF, RDFS, SCHEMA, SKOS, SMT, XSD, iri

_CLASSES = {
    "visit": SMT.Visit, "meeting": SMT.Meeting, "summit": SMT.Summit, "invitation": SMT.Invitation,
    "agreement": SMT.Agreement, "anniversary": SMT.Anniversary, "relation": SMT.DiplomaticRelation,
}  # fmt: skip
# Slots whose words belong to the passage although they make no triple of their own.
_WORDS_OF = frozenset({"of", "days"})
_LEADERS = frozenset({"HeadOfState", "HeadOfGovernment"})
_LEADING_TITLES = frozenset({"leader", "Supreme Leader"})


class Writer:
    """Writes the claims of one article; `article` is its id."""

    def __init__(self, reading: Reading, referents: Referents, article: str) -> None:
        self.reading = reading
        self.referents = referents
        self.article = article
        self._names: dict[int, NamedNode] = {}
        self._claims: list[Claim] = []
        self.made: dict[int, int] = {}  # the claim of a mention, by its id

    def write(self, people: Iterable[Person], events: list[Event]) -> list[Claim]:
        """The claims: offices of people first, then events in order, each mention by itself."""
        for person in people:
            for office in person.offices:
                self._office(person, office)
        order = {
            "relation": 0,
            "anniversary": 1,
            "summit": 2,
            "visit": 3,
            "meeting": 4,
            "agreement": 5,
            "invitation": 6,
        }
        for event in sorted(events, key=lambda e: order[e.kind]):
            for mention in event.mentions:
                self._mention(event, mention)
            for derived in event.derived:
                self._derived(event, derived)
        return self._claims

    # -- people --------------------------------------------------------------------------------

    def person(self, person: Person) -> NamedNode:
        """The IRI of a person: that of the reference, or one from the name."""
        return person.iri or iri("person", identity.slug(person.name))

    def _is_leader(self, person: Person) -> bool:
        return person.iri is not None or any(
            o.kind in _LEADERS or o.title in _LEADING_TITLES for o in person.offices
        )

    def describe(self, person: Person) -> list[Triple]:
        """What makes a person of the text a thing of the graph, where the reference does not know them."""
        node = self.person(person)
        if person.iri is not None:
            known = SMT.Official if node in self.reading.names.officials else SMT.Leader
            return [Triple(node, RDF.type, known), *self._spelling(person)]
        kind = SMT.Leader if self._is_leader(person) else SMT.Official
        return [Triple(node, RDF.type, kind), Triple(node, RDFS.label, Literal(person.name, language="en"))]

    def _spelling(self, person: Person) -> Iterator[Triple]:
        """The name of a person of the reference as this text spells it, where the reference has it otherwise."""
        if (
            len(person.words) > 1
            and frozenset(person.words) not in self.reading.names.forms[self.person(person)]
        ):
            yield Triple(self.person(person), SKOS.altLabel, Literal(person.name, language="en"))

    def _office(self, person: Person, office: Office) -> None:
        if office.within is None:
            first = person.mentions[0]
            span = self.reading.doc.char_span(
                first.title_start, max(first.end, first.title_end), alignment_mode="expand"
            )
            why = f"not told whose {office.title} {person.name} is"
            self.reading.note("office-title", span or self.reading.doc[:1], "dropped", why)
            return
        names = self.reading.names
        entity = names.entities.get(office.within)
        label = f"{office.title} of {entity.label if entity else identity.local(office.within)}"
        known = names.offices.get((normal_title(office.title), office.within))
        node = known or iri("office", identity.slug(label))
        triples = [*self.describe(person), Triple(self.person(person), ORG.holds, node)]
        if known is None:
            triples += [
                Triple(node, RDF.type, SMT.Office),
                Triple(node, RDFS.label, Literal(label, language="en")),
                Triple(node, ORG.postIn, office.within),
                Triple(node, SMT.officeKind, SMT[office.kind]),
            ]
        mention = next(
            (m for m in person.mentions if m.title_end > m.end or m.title_start < m.start), person.mentions[0]
        )
        spans = [(min(mention.title_start, mention.start), max(mention.title_end, mention.end))]
        self._claim(self.person(person), triples, spans, Modality.ASSERTED, 0.95, "office-title")

    # -- events --------------------------------------------------------------------------------

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

    def _mention(self, event: Event, mention: Candidate) -> None:
        node = self.event(event)
        triples = [Triple(node, RDF.type, _CLASSES[event.kind])]
        spans = [(mention.start, mention.end)]
        notes = []
        for slot, value in ((s, v) for s, values in mention.slots.items() for v in values):
            own = list(self._triples(event, node, slot, value))
            if own or slot in _WORDS_OF:
                triples += own
                spans.append((value.start, value.end))
                if value.note:
                    notes.append(value.note)
        triples += self._links(event, node, mention)
        if event.kind == "agreement":
            if not mention.values("party"):
                triples += [t for v in event.values("party") for t in self._triples(event, node, "party", v)]
            if not self._has_parties(event):
                triples.append(Triple(node, SMT.lacks, SMT.party))
        if len(triples) == 1 and len(event.mentions) > 1:
            self.reading.drop(mention, "says nothing that the other mentions do not", "joined")
            return
        span = self.reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        speaker = speaker_of(self.referents, span.root) if span is not None else None
        if speaker is not None:
            triples += [t for t in self.describe(speaker) if t not in triples]
        confidence = (
            mention.confidence
            - 0.05 * sum(1 for n in notes if n.startswith("“"))
            - (0.1 if mention is not event.mentions[0] and not mention.people("visitor") else 0)
        )
        self._claim(
            node, triples, spans, event.modality, max(confidence, 0.5), mention.rule,
            speaker=self.person(speaker) if speaker is not None else None, derivation="; ".join(dict.fromkeys(notes)) or None,
        )  # fmt: skip
        self.made[id(mention)] = len(self._claims)

    def _derived(self, event: Event, derived: Derived) -> None:
        node = self.event(event)
        predicate = {"start": SCHEMA.startDate, "end": SCHEMA.endDate}[derived.slot]
        if event.kind == "agreement":
            predicate = SMT.signedOn
        triples = [
            Triple(node, RDF.type, _CLASSES[event.kind]),
            Triple(node, predicate, date_literal(derived.value)),
        ]
        self._claim(
            node,
            triples,
            derived.passages,
            event.modality,
            0.85,
            f"derived-{derived.slot}",
            derivation=derived.note,
        )

    def _links(self, event: Event, node: NamedNode, mention: Candidate) -> Iterator[Triple]:
        if event.occasion is not None and mention is event.mentions[0] and _in_view(event.occasion):
            yield Triple(node, SMT.occasion, self.event(event.occasion))
        if event.invited_to is not None and _in_view(event.invited_to):
            yield Triple(node, SMT.invitedTo, self.event(event.invited_to))
        if event.at is None or not _in_view(event.at):
            return
        if event.kind == "meeting":
            yield Triple(node, SCHEMA.superEvent, self.event(event.at))
            if not event.values("place") and len(event.at.place_labels()) >= 1:
                first = next(v for v in event.at.values("place") if isinstance(v.content, Placed))
                if isinstance(first.content, Placed) and (
                    len(event.at.place_labels()) == 1 or self.reading.capital(first.content)
                ):
                    yield from self._place(node, first.content)
        if event.kind == "agreement":
            yield Triple(node, SMT.concludedAt, self.event(event.at))

    def _triples(self, event: Event, node: NamedNode, slot: str, value: Value) -> Iterator[Triple]:
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
            yield Triple(node, people[slot], self.person(content))
            yield from self.describe(content)
            home = content.home
            if slot == "visitor" and home is not None and self._kind(home) == "state":
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
            yield from self._place(node, content)
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
            if event.modality is Modality.OCCURRED:
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

    def _place(self, node: NamedNode, placed: Placed) -> Iterator[Triple]:
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

    def _actors(self, event: Event, slot: str) -> list[NamedNode]:
        """The people in a slot, or the states and organizations."""
        return [*map(self.person, event.people(slot)), *event.nodes(slot)]

    def _has_parties(self, event: Event) -> bool:
        """Whether an agreement has two parties, or an organization, which stands for its members."""
        parties = event.nodes("party")
        return len(parties) > 1 or any(self._kind(n) == "organization" for n in parties)

    def _format(self, node: NamedNode) -> Iterator[Triple]:
        """What makes a joint format of the text ("African Union-European Union") a thing of the graph."""
        found = self.reading.formats.get(node)
        if found is not None:
            yield Triple(node, RDF.type, SMT.Organization)
            yield Triple(node, RDFS.label, Literal(found.label, language="en"))
            yield from (Triple(node, SKOS.altLabel, Literal(other, language="en")) for other in found.others)
            yield Triple(node, SMT.organizationKind, SMT.InformalForum)

    def _kind(self, node: NamedNode) -> str:
        entity = self.reading.names.entities.get(node)
        return entity.kind if entity else ""

    # -- claims --------------------------------------------------------------------------------

    def _claim(
        self, about: NamedNode, triples: list[Triple], spans: Iterable[tuple[int, int]], modality: Modality,
        confidence: float, rule: str, speaker: NamedNode | None = None, derivation: str | None = None,
    ) -> None:  # fmt: skip
        passages = tuple(Passage.of(self.reading.text, start, end) for start, end in self._passages(spans))
        self._claims.append(Claim(
            self.article, len(self._claims) + 1, about, tuple(dict.fromkeys(triples)), passages, modality,
            round(confidence, 2), speaker, derivation, rule,
        ))  # fmt: skip

    def _passages(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """One passage for each sentence: from the first to the last word that the claim was read from."""
        by_sentence: dict[int, tuple[int, int]] = {}
        for start, end in spans:
            found = self.reading.doc.char_span(start, end, alignment_mode="expand")
            if found is None:
                continue
            key = found[0].sent.start
            low, high = by_sentence.get(key, (start, end))
            by_sentence[key] = (min(low, start), max(high, end))
        return list(by_sentence.values())


def date_literal(value: str) -> Literal:
    """A date as narrow as it is known: xsd:date, xsd:gYearMonth or xsd:gYear.

    >>> date_literal("2024-05").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    """
    return Literal(value, datatype={4: XSD.gYear, 7: XSD.gYearMonth}.get(len(value), XSD.date))


def mention_nodes(writer: Writer, reading: Reading) -> list[NamedNode]:
    """What the article mentions: people in office, states, places and organizations."""
    nodes = [writer.person(p) for p in reading.people if p.public]
    for match in reading.matches:
        inner = {
            s.entity.iri
            for m in reading.names.find(match.text.rsplit(" ", 1)[0])
            for s in m.senses
            if s.how == "name"
        }
        nodes += [
            s.entity.iri for s in match.senses
            if s.entity.kind == "organization" and (s.how != "summit" or s.entity.iri in inner)
        ]  # fmt: skip
        state = reading.places.state_at(match.start)
        if state is not None:
            nodes.append(state)
    nodes += [p.place for p in reading.places.mentioned() if p.place is not None]
    return sorted(set(nodes), key=lambda n: n.value)


def _in_view(event: Event) -> bool:
    """Whether the resolved view will hold an event: nothing in it may point to one that is only possible or denied."""
    return event.modality not in {Modality.DENIED, Modality.POSSIBLE}
