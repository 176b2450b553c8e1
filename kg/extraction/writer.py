"""From people and events to claims: one claim for each passage, with the exact words it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg import identity
from kg.claims import Claim, Modality, Passage
from kg.extraction.candidates import Candidate
from kg.extraction.event import Derived, Event
from kg.extraction.names import normal_title
from kg.extraction.nodes import Nodes
from kg.extraction.persons import Office, Person
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.speech import speaker_of
from kg.extraction.statements import Statements, date_literal
from kg.namespaces import ORG, RDF, RDFS, SCHEMA, SMT, iri

_CLASSES = {
    "visit": SMT.Visit, "meeting": SMT.Meeting, "summit": SMT.Summit, "invitation": SMT.Invitation,
    "agreement": SMT.Agreement, "anniversary": SMT.Anniversary, "relation": SMT.DiplomaticRelation,
}  # fmt: skip
# Slots whose words belong to the passage although they make no triple of their own.
_WORDS_OF = frozenset({"of", "days"})


class Writer:
    """Writes the claims of one article; `article` is its id."""

    def __init__(self, reading: Reading, referents: Referents, article: str) -> None:
        self.reading = reading
        self.referents = referents
        self.article = article
        self.nodes = Nodes(reading, article)
        self.statements = Statements(self.nodes)
        self._claims: list[Claim] = []
        self.made: dict[int, int] = {}  # the claim of a mention, by its id

    def write(self, people: Iterable[Person], events: list[Event]) -> list[Claim]:
        """The claims: offices of people first, then events in order, each mention by itself."""
        for person in people:
            for office in person.offices:
                self._office(person, office)
            if person.unplaced is not None and not person.public:
                self._unplaced(person, person.unplaced)
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

    def _unplaced(self, person: Person, office: Office) -> None:
        """Somebody in an office of a state that the text does not tell: an official, and no more."""
        mention = person.mentions[0]
        span = (min(mention.title_start, mention.start), max(mention.title_end, mention.end))
        why = f"not told whose {office.title} {person.name} is"
        self._claim(
            self.nodes.person(person), self.statements.describe(person), [span], Modality.ASSERTED, 0.9, "office-title", derivation=why
        )  # fmt: skip

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
        kind = office.kind
        if office.former:  # an office that somebody else holds now
            label, known, kind = f"former {label}", None, "OtherOffice"
        node = known or iri("office", identity.slug(label))
        triples = [*self.statements.describe(person), Triple(self.nodes.person(person), ORG.holds, node)]
        if known is None:
            triples += [
                Triple(node, RDF.type, SMT.Office),
                Triple(node, RDFS.label, Literal(label, language="en")),
                Triple(node, ORG.postIn, office.within),
                Triple(node, SMT.officeKind, SMT[kind]),
            ]
        mention = next(
            (m for m in person.mentions if m.title_end > m.end or m.title_start < m.start), person.mentions[0]
        )
        spans = [(min(mention.title_start, mention.start), max(mention.title_end, mention.end))]
        self._claim(self.nodes.person(person), triples, spans, Modality.ASSERTED, 0.95, "office-title")

    def _mention(self, event: Event, mention: Candidate) -> None:
        node = self.nodes.event(event)
        triples = [Triple(node, RDF.type, _CLASSES[event.kind])]
        spans = [(mention.start, mention.end)]
        notes = []
        for slot, value in ((s, v) for s, values in mention.slots.items() for v in values):
            own = list(self.statements.of_value(event, node, slot, value))
            if own or slot in _WORDS_OF:
                triples += own
                spans.append((value.start, value.end))
                if value.note:
                    notes.append(value.note)
        triples += self._links(event, node, mention)
        if event.kind == "agreement":
            if not mention.values("party"):
                triples += [
                    t
                    for v in event.values("party")
                    for t in self.statements.of_value(event, node, "party", v)
                ]
            if not self._has_parties(event):
                triples.append(Triple(node, SMT.lacks, SMT.party))
        if len(triples) == 1 and len(event.mentions) > 1:
            self.reading.drop(mention, "says nothing that the other mentions do not", "joined")
            return
        span = self.reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        speaker = speaker_of(self.referents, span.root) if span is not None else None
        if speaker is not None:
            triples += [t for t in self.statements.describe(speaker) if t not in triples]
        confidence = (
            mention.confidence
            - 0.05 * sum(1 for n in notes if n.startswith("“"))
            - (0.1 if mention is not event.mentions[0] and not mention.people("visitor") else 0)
        )
        self._claim(
            node, triples, spans, event.modality, max(confidence, 0.5), mention.rule,
            speaker=self.nodes.person(speaker) if speaker is not None else None, derivation="; ".join(dict.fromkeys(notes)) or None,
        )  # fmt: skip
        self.made[id(mention)] = len(self._claims)

    def _derived(self, event: Event, derived: Derived) -> None:
        node = self.nodes.event(event)
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
            yield Triple(node, SMT.occasion, self.nodes.event(event.occasion))
        if event.invited_to is not None and _in_view(event.invited_to):
            yield Triple(node, SMT.invitedTo, self.nodes.event(event.invited_to))
        if event.at is None or not _in_view(event.at):
            return
        if event.kind == "meeting":
            yield Triple(node, SCHEMA.superEvent, self.nodes.event(event.at))
            if not event.values("place") and len(event.at.place_labels()) >= 1:
                first = next(v for v in event.at.values("place") if isinstance(v.content, Placed))
                if isinstance(first.content, Placed) and (
                    len(event.at.place_labels()) == 1 or self.reading.capital(first.content)
                ):
                    yield from self.statements.place(node, first.content)
        if event.kind == "agreement":
            yield Triple(node, SMT.concludedAt, self.nodes.event(event.at))

    def _has_parties(self, event: Event) -> bool:
        """Whether an agreement has two parties, or an organization, which stands for its members."""
        parties = event.nodes("party")
        return len(parties) > 1 or any(self.nodes.kind(n) == "organization" for n in parties)

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


def _in_view(event: Event) -> bool:
    """Whether the resolved view will hold an event: nothing in it may point to one that is only possible or denied."""
    return event.modality not in {Modality.DENIED, Modality.POSSIBLE}
