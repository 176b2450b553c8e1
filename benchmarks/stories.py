"""Stories for benchmark graphs: a state visit, told by one to three articles, as Summitry itself would write it down.

A story is one visit with its talks, agreements, invitation and sometimes a summit on its fringe. Its articles have real text:
each claim quotes words that stand where it says. The news in them are nonsense.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import identity
from kg.articles import Article, article_quads, extraction_of
from kg.claims import Claim, Modality, Passage
from kg.namespaces import ORG, RDF, RDFS, SCHEMA, SMT, XSD, iri

_TOPICS = (
    *(
        "trade in grain",
        "rail links",
        "nuclear energy",
        "visa rules",
        "fisheries",
        "student exchange",
        "air services",
    ),
    *("customs", "water management", "cultural heritage", "digital payments", "defence industry", "tourism"),
)
_KINDS = (SMT.StateVisit, SMT.OfficialVisit, SMT.WorkingVisit)
_FIRST = ("Ana", "Bilal", "Chidi", "Dana", "Emre", "Farah", "Goran", "Hana", "Ivo", "Jae", "Kofi", "Lena")
_LAST = (
    "Abara",
    "Brandt",
    "Costa",
    "Demir",
    "Eriksen",
    "Fonseca",
    "Gruber",
    "Haddad",
    "Ito",
    "Jansen",
    "Kovac",
)
_PAPERS = ("Lake Courier", "Harbour Times", "Morning Wire", "Northern Post", "Capital Gazette")


@dataclass(frozen=True)
class Side:
    """A state in a story: what it is called, its capital, and a leader in office."""

    state: NamedNode
    name: str
    capital: NamedNode
    capital_name: str
    leader: NamedNode
    leader_name: str
    office: NamedNode
    office_name: str


@dataclass
class _Draft:
    """An article that is being written, with the claims that its sentences make."""

    story: Story
    modality: Modality
    published: date
    text: str = ""
    told: list[tuple[NamedNode, list[Triple], list[tuple[int, int]], str, Modality, float, str | None]] = (
        field(default_factory=list)
    )

    def say(self, sentence: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += sentence
        end = len(self.text)
        self.text += " "
        return start, end

    def claim(
        self, about: NamedNode, triples: list[Triple], span: tuple[int, int], rule: str,
        modality: Modality | None = None, confidence: float = 0.9, derivation: str | None = None,
    ) -> None:  # fmt: skip
        self.told.append((about, triples, [span], rule, modality or self.modality, confidence, derivation))


@dataclass
class Story:
    """One visit of one leader to another state; `faults` of its claims are made to break a shape."""

    number: int
    guest: Side
    host: Side
    first: date
    random: random.Random
    fault: str | None = None

    def quads(self) -> list[Quad]:
        """The article graphs and the claim graphs of the story."""
        pace = self.random.random()
        whole = [
            (Modality.PLANNED, -self.random.randint(3, 20)),
            (Modality.UNDERWAY, 0),
            (Modality.OCCURRED, self.random.randint(2, 4)),
        ]
        told = whole[2:] if pace < 0.4 else whole[::2] if pace < 0.8 else whole
        quads: list[Quad] = []
        for modality, days in told:
            last = days == told[-1][1]
            quads += self._article(modality, self.first + timedelta(days), self.fault if last else None)
        return quads

    def _article(self, modality: Modality, published: date, fault: str | None) -> list[Quad]:
        guest, host = self.guest, self.host
        draft = _Draft(self, modality, published)
        headline = f"{guest.leader_name} {_VERB[modality]} {host.capital_name}"
        _write(self, draft, fault)
        article = Article(
            draft.text.strip(), headline=headline, publisher=self.random.choice(_PAPERS), published=published,
            identifier=f"{self.number}-{modality.value.lower()}", url=f"https://news.example/{self.number}/{modality.value.lower()}",
        )  # fmt: skip
        name = article.id
        claims = [
            Claim(
                name, number, about, tuple(_of_article(triples, name)),
                tuple(Passage.of(article.text, *span) for span in spans), how, sure, None, derivation, rule,
            )
            for number, (about, triples, spans, rule, how, sure, derivation) in enumerate(draft.told, 1)
        ]  # fmt: skip
        claims = [replace(claim, about=_named(claim.about, name)) for claim in claims]
        mentions = [guest.leader, host.leader, guest.state, host.state, host.capital]
        moment = datetime.combine(published, time(18, self.number % 60), tzinfo=UTC)
        own = article_quads(article, mentions, software_version="0.1.0", ingested_on=moment)
        activity = extraction_of(article)
        quads = [*own, *(quad for claim in claims for quad in claim.quads(activity))]
        return list(_broken(quads, fault, claims[0].iri))


_VERB = {
    Modality.PLANNED: "to visit",
    Modality.UNDERWAY: "arrives in",
    Modality.OCCURRED: "ends visit to",
}
FAULTS = (
    *("host is sender", "visitor is a state", "place elsewhere", "no such kind", "empty title"),
    *("no modality", "confidence", "no words", "hash"),
)
"""What can be wrong with a story: five faults of the resolved view, four of the graph of an article."""

_HERE = "of-this-article"


def _write(story: Story, draft: _Draft, fault: str | None) -> None:
    guest, host, first = story.guest, story.host, story.first
    modality, dice = draft.modality, random.Random(story.number)
    days, topics = dice.randint(1, 3), dice.sample(_TOPICS, 3)
    last = first + timedelta(days)
    # A preview may tell no day: the resolved view finds out that it means the visit of the later articles.
    vague = modality is Modality.PLANNED and dice.random() < 0.3
    visit = identity.visit([guest.leader], host.state, None if vague else first.isoformat(), _HERE)
    tense = {Modality.PLANNED: "will travel", Modality.UNDERWAY: "has come", Modality.OCCURRED: "travelled"}[
        modality
    ]
    day = "soon" if vague else f"on {first.day} {first:%B} {first.year}"

    span = draft.say(f"{guest.office_name} {guest.leader_name}")
    draft.claim(guest.leader, _person(guest), span, "office-title", Modality.ASSERTED, 0.95)
    sender = host.state if fault == "host is sender" else guest.state
    visitor = guest.state if fault == "visitor is a state" else guest.leader
    kind = SMT.Talks if fault == "no such kind" else dice.choice(_KINDS)
    place = guest.capital if fault == "place elsewhere" else host.capital
    span = draft.say(f"{tense} to {host.capital_name} for a visit of {days + 1} days, which begins {day}.")
    draft.claim(
        visit,
        [
            Triple(visit, RDF.type, SMT.Visit), Triple(visit, SMT.visitor, visitor),
            Triple(visit, SMT.sendingState, sender), Triple(visit, SMT.hostState, host.state),
            Triple(visit, SCHEMA.location, place), Triple(visit, SMT.visitKind, kind),
            *([] if vague else [Triple(visit, SCHEMA.startDate, _day(first))]), *_person(guest)[:1],
        ],
        (0, span[1]), "travel-verb",
    )  # fmt: skip
    if not vague:
        draft.claim(
            visit, [Triple(visit, RDF.type, SMT.Visit), Triple(visit, SCHEMA.endDate, _day(last))], span, "derived-end",
            confidence=0.85, derivation=f"{days + 1} days, the first of which is {first}, so the last is {last}",
        )  # fmt: skip

    meeting = identity.meeting([guest.leader, host.leader], first.isoformat(), "")
    span = draft.say(
        f"There are talks with {host.office_name} {host.leader_name} about {topics[0]} and {topics[1]}."
    )
    draft.claim(host.leader, _person(host), span, "office-title", Modality.ASSERTED, 0.95)
    draft.claim(
        meeting,
        [
            Triple(meeting, RDF.type, SMT.Meeting), Triple(meeting, SMT.meetingKind, SMT.Talks),
            *(Triple(meeting, SMT.participant, who) for who in (guest.leader, host.leader)),
            *(Triple(meeting, SMT.topic, Literal(topic, language="en")) for topic in topics[:2]),
            Triple(meeting, SCHEMA.superEvent, visit), Triple(meeting, SCHEMA.location, host.capital),
            Triple(meeting, SCHEMA.startDate, _day(first)),
        ],
        span, "talks-noun", confidence=0.85,
    )  # fmt: skip

    for topic in topics[: dice.randint(1, 3)]:
        title = f"agreement on {topic}"
        agreement = identity.agreement([guest.state, host.state], title, first.isoformat(), "")
        span = draft.say(f"{guest.name} and {host.name} {_SIGN[modality]} an {title}.")
        triples = [
            Triple(agreement, RDF.type, SMT.Agreement), Triple(agreement, SMT.agreementKind, SMT.GeneralAgreement),
            Triple(agreement, RDFS.label, Literal(" " if fault == "empty title" else title, language="en")),
            *(Triple(agreement, SMT.party, state) for state in (guest.state, host.state)),
            Triple(agreement, SMT.topic, Literal(topic, language="en")), Triple(agreement, SMT.concludedAt, visit),
        ]  # fmt: skip
        if modality is Modality.OCCURRED:
            triples.append(Triple(agreement, SMT.signedOn, _day(last)))
        draft.claim(agreement, triples, span, "signing-verb")

    relation = identity.relation([guest.state, host.state])
    span = draft.say(f"The relations between {guest.name} and {host.name} go back a long way.")
    label = " and ".join(sorted((guest.name, host.name)))
    draft.claim(
        relation,
        [
            Triple(relation, RDF.type, SMT.DiplomaticRelation),
            Triple(relation, RDFS.label, Literal(f"relations between {label}", language="en")),
            *(Triple(relation, SMT.between, state) for state in (guest.state, host.state)),
        ],
        span, "relation-noun", Modality.ASSERTED, 0.8,
    )  # fmt: skip

    who = f"{dice.choice(_FIRST)} {dice.choice(_LAST)}-{story.number}"
    aide, office = (
        iri("person", identity.slug(who)),
        iri("office", f"press-secretary-of-{identity.slug(guest.name)}"),
    )
    span = draft.say(f"So said {who}, press secretary of {guest.name}.")
    draft.claim(
        aide,
        [
            Triple(aide, RDF.type, SMT.Official), Triple(aide, RDFS.label, Literal(who, language="en")),
            Triple(aide, ORG.holds, office), Triple(office, RDF.type, SMT.Office),
            Triple(office, RDFS.label, Literal(f"press secretary of {guest.name}", language="en")),
            Triple(office, ORG.postIn, guest.state), Triple(office, SMT.officeKind, SMT.Aide),
        ],
        span, "office-title", Modality.ASSERTED, 0.95,
    )  # fmt: skip
    if dice.random() < 0.4 and modality is Modality.OCCURRED:
        invitation = identity.invitation([guest.leader], [host.leader], f"{guest.name} {first}", "")
        span = draft.say(f"{guest.leader_name} invited {host.leader_name} to {guest.capital_name}.")
        draft.claim(
            invitation,
            [
                Triple(invitation, RDF.type, SMT.Invitation),
                Triple(invitation, SMT.inviter, guest.leader), Triple(invitation, SMT.invitee, host.leader),
            ],
            span, "invite-verb",
        )  # fmt: skip


_SIGN = {Modality.PLANNED: "are to sign", Modality.UNDERWAY: "are about to sign", Modality.OCCURRED: "signed"}


def _person(side: Side) -> list[Triple]:
    return [Triple(side.leader, RDF.type, SMT.Leader), Triple(side.leader, ORG.holds, side.office)]


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)


def _named(node: NamedNode, article: str) -> NamedNode:
    value: str = node.value
    return NamedNode(value.replace(_HERE, article)) if _HERE in value else node


def _of_article(triples: list[Triple], article: str) -> Iterator[Triple]:
    for triple in triples:
        subject, obj = triple.subject, triple.object
        if isinstance(subject, NamedNode):
            subject = _named(subject, article)
        if isinstance(obj, NamedNode):
            obj = _named(obj, article)
        yield Triple(subject, triple.predicate, obj)


def _broken(quads: list[Quad], fault: str | None, claim: NamedNode) -> Iterator[Quad]:
    """The quads with a fault in what is said of an article or a claim."""
    for quad in quads:
        subject, predicate = str(quad.subject)[1:-1], quad.predicate
        value: NamedNode | Literal | None = None
        if fault == "no modality" and quad.subject == claim and predicate == SMT.modality:
            continue
        if fault == "no words" and subject.startswith(f"{claim.value}#") and subject.endswith("quote"):
            continue
        if fault == "confidence" and quad.subject == claim and predicate == SMT.confidence:
            value = Literal("1.5", datatype=XSD.decimal)
        elif fault == "hash" and predicate == SMT.sha256 and isinstance(quad.object, Literal):
            value = Literal(quad.object.value.upper())
        yield quad if value is None else Quad(quad.subject, predicate, value, quad.graph_name)
