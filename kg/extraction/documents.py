"""Agreements as one article has them: which mentions tell one document, whose it is, and what has become of it.

Parties that the words around a document do not name follow from what the text tells next to it: a meeting, the
people in the sentence, a visit. Where that leaves a choice, the agreement is kept without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.claims import Modality
from kg.extraction import signing_days
from kg.extraction.candidates import Candidate, Value
from kg.extraction.event import Event, compatible
from kg.extraction.modality import Mood
from kg.extraction.persons import Person
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents, StateReferent

_DONE = frozenset({Mood.PAST, Mood.PERFECT})
_WORD = re.compile(r"[a-zà-ž]{4,}")
_GENERIC = frozenset(
    ["agreement", "accord", "pact", "deal", "treaty", "memorandum", "memoranda", "understanding", "document", "contract", "declaration", "joint", "bilateral", "statement", "protocol", "arrangement", "between", "with", "communique", "communiqué"]
)  # fmt: skip
_NEAR, _AHEAD = 5, 2  # how many sentences back and ahead a pair of states may be told


def place(events: list[Event], candidate: Candidate) -> None:
    """Put an agreement with the event that tells the same document, or make an event of it."""
    for event in events:
        if event.kind == "agreement" and _same(event, candidate):
            event.mentions.append(candidate)
            return
    events.append(Event("agreement", [candidate]))


def _same(event: Event, candidate: Candidate) -> bool:
    if event.mentions[-1].within is not None and event.mentions[-1].within is candidate.within:
        return _text(event.mentions[0]) == _text(candidate)
    mine, theirs = _words(candidate), {w for m in event.mentions for w in _words(m)}
    if bool(candidate.values("number")) != bool(event.values("number")):
        return False
    start = candidate.first("start")
    if not compatible(event.date("start"), str(start.content) if start else None):
        return False
    parties, known = {v.content for v in candidate.values("party")}, set(event.nodes("party"))
    if parties and known and not (parties <= known or known <= parties):
        return False
    if not mine and not theirs:
        return _text(event.mentions[0]) == _text(candidate) and not candidate.values("number")
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _text(candidate: Candidate) -> str:
    title = candidate.first("title")
    return str(title.content).casefold() if title else ""


def _words(candidate: Candidate) -> set[str]:
    return {_stem(w) for w in _WORD.findall(_text(candidate)) if _stem(w) not in _GENERIC}


def _stem(word: str) -> str:
    return word.removesuffix("s")


def settle(reading: Reading, event: Event, events: list[Event]) -> str | None:
    """Give an agreement its parties, its day and its status; the reason, where it is left out."""
    first = event.mentions[0]
    if event.values("number") and signing_days.has_members(event, events):
        return "its members are named"
    if event.values("number") and _only_headed(reading, event, events):
        return "the headline of what the text tells below"
    mood = _mood(reading, event)
    if mood is None:
        return "not told whether it was signed"
    parties, source = _parties(reading, event, events)
    if source is not None:
        for party in parties:
            first.add("party", party.iri, party.start, party.end, source)
    if not event.nodes("party") and not _diplomatic(events):
        return "no parties are told, and nothing makes it a matter of states"
    event.modality = mood
    if mood is Modality.PLANNED:
        if _overtaken(event, events, Modality.CANCELLED):
            return "of a visit that was called off"
    elif mood in {Modality.DENIED, Modality.POSSIBLE, Modality.CANCELLED, Modality.POSTPONED}:
        if mood is Modality.POSTPONED and _overtaken(event, events, Modality.POSTPONED):
            event.modality = Modality.PLANNED
            return None
        return "denied, called off or left open"
    if mood is Modality.OCCURRED and event.date("start") is None:
        signing_days.find(reading, event, events)
    if mood is Modality.PLANNED and event.date("start") is None:
        signing_days.find_planned(reading, event, events)
    _one_kind(event)
    return None


def _only_headed(reading: Reading, event: Event, events: list[Event]) -> bool:
    """Whether several documents are told in the headline only, and the text below has its own words for them."""
    if not all(signing_days.headline(reading, m.start) for m in event.mentions):
        return False
    parties = set(event.nodes("party"))
    return any(
        other is not event
        and other.kind == "agreement"
        and not (parties and other.nodes("party") and not parties & set(other.nodes("party")))
        for other in events
    )


# -- status ----------------------------------------------------------------------------------------------------


def _mood(reading: Reading, event: Event) -> Modality | None:
    moods = [_as_told(reading, m) for m in event.mentions]
    for mood in (Mood.PAST, Mood.DENIED, Mood.CANCELLED, Mood.PLANNED, Mood.POSTPONED, Mood.POSSIBLE):
        if mood in moods:
            return {
                Mood.PAST: Modality.OCCURRED, Mood.PLANNED: Modality.PLANNED, Mood.DENIED: Modality.DENIED,
                Mood.CANCELLED: Modality.CANCELLED, Mood.POSTPONED: Modality.POSTPONED,
            }.get(mood, Modality.POSSIBLE)  # fmt: skip
    return None


def _as_told(reading: Reading, mention: Candidate) -> Mood | None:
    """The present is the past in a headline, and otherwise what the day that goes with it makes of it."""
    mood = mention.mood
    if mood in _DONE:
        return Mood.PAST
    if mood not in {Mood.PRESENT, Mood.PROGRESSIVE}:
        return mood
    if signing_days.headline(reading, mention.start) and mood is Mood.PRESENT:
        return Mood.PAST
    start, day = mention.first("start"), reading.setting.day
    if start is None or day is None:
        return Mood.PLANNED if mood is Mood.PROGRESSIVE else None
    told = str(start.content)
    return Mood.PLANNED if told > day.isoformat()[: len(told)] else Mood.PAST


def _overtaken(event: Event, events: list[Event], fate: Modality) -> bool:
    """Whether all that the text tells between the parties at the time was called off, or put off."""
    parties = set(event.nodes("party"))
    fates = []
    for other in events:
        if other.kind == "visit":
            states = {p.home for p in other.people("visitor")} | set(other.nodes("to"))
            if len(parties) < 2 or parties <= states:
                fates.append(other.modality)
    return fate in fates and all(f in {fate, Modality.OCCURRED} for f in fates)


def _diplomatic(events: list[Event]) -> bool:
    return any(e.kind in {"visit", "meeting", "summit"} for e in events) or any(
        len(e.nodes("party")) > 1 for e in events if e.kind == "agreement"
    )


# -- parties ---------------------------------------------------------------------------------------------------


def _parties(reading: Reading, event: Event, events: list[Event]) -> tuple[list[StateReferent], str | None]:
    """The parties that the text around a document tells, and how they follow; nothing where they are named."""
    told = event.nodes("party")
    first = event.mentions[0]
    if event.values("club"):
        club = _club(reading, first, events)
        if club is not None:
            return [club], "the leaders of an organization adopt it as the organization"
    if event.values("outsider") or len(told) > 1 or _organization(reading, told):
        return [], None
    if _of_many(event):
        return [], None
    pair = nearest_pair(reading, event, events)
    if pair and (not told or told[0] in {p.iri for p in pair}):
        return pair, "the parties are the two states that the text tells of beside it"
    return [], None


_MANY = re.compile(
    r"\b(?:continental|global|multilateral|plurilateral|trans-?pacific|transatlantic|intra-\w+)\b",
    re.IGNORECASE,
)


def _of_many(event: Event) -> bool:
    """Whether a document is by its name one of many states ("the Continental Free Trade Agreement")."""
    return any(_MANY.search(str(v.content)) for v in event.values("title"))


def _organization(reading: Reading, nodes: list[NamedNode]) -> bool:
    found = [reading.names.entities.get(n) for n in nodes]
    return any(e is not None and e.kind == "organization" for e in found)


def _club(reading: Reading, mention: Candidate, events: list[Event]) -> StateReferent | None:
    summits = [
        (m, e) for e in events if e.kind == "summit" for m in e.mentions if e.nodes("organizer")
    ]  # fmt: skip
    before = [(m, e) for m, e in summits if m.start < mention.start] or summits
    if not before:
        return None
    near, summit = before[-1]
    return StateReferent(summit.nodes("organizer")[0], near.start, near.end)


def nearest_pair(reading: Reading, event: Event, events: list[Event]) -> list[StateReferent]:
    """The nearest two states that the text puts together, the sentence of the document first."""
    first = event.mentions[0]
    sentences = list(reading.doc.sents)
    at = next((i for i, s in enumerate(sentences) if s.start_char <= first.start < s.end_char), 0)
    for sentence in [*reversed(sentences[max(0, at - _NEAR) : at + 1]), *sentences[at + 1 : at + 1 + _AHEAD]]:
        low, high = sentence.start_char, sentence.end_char
        for found in _pairs_within(reading, event, events, low, high):
            states = {f.iri for f in found}
            if len(states) == 2:
                return found
            if len(states) > 2:
                return []
    pairs = {frozenset(f.iri for f in found): found for found in _trips(events)}
    return next(iter(pairs.values())) if len(pairs) == 1 else []


def _pairs_within(
    reading: Reading, event: Event, events: list[Event], low: int, high: int
) -> Iterator[list[StateReferent]]:
    """What a sentence tells of states together: meetings, people, documents, visits, and names."""
    referents = Referents(reading)
    for other in events:
        if other.kind == "meeting":
            for mention in other.mentions:
                if low <= mention.start < high:
                    yield _homes(reading, other.values("participant"))
    people: list[StateReferent] = []
    for person, start, end in _present(reading, referents, low, high):
        home = person.home
        known = home is not None and person.public and not _is_organization(reading, home)
        if home is not None and known and all(home != p.iri for p in people):
            people.append(StateReferent(home, start, end))
    yield people
    for other in events:
        if other.kind != "agreement" or other is event or len(other.nodes("party")) < 2:
            continue
        if any(low <= m.start < high for m in other.mentions):
            yield [
                    StateReferent(v.content, v.start, v.end) for v in other.values("party")
                    if isinstance(v.content, NamedNode)
                ]  # fmt: skip
    yield from _trips(events, low, high)
    for pair in referents.state_pairs():
        if low <= pair[0].start < high:
            yield list(pair)


def _present(
    reading: Reading, referents: Referents, low: int, high: int
) -> Iterator[tuple[Person, int, int]]:
    """The people of a sentence, by name or pronoun, without those that it leaves out ("and not with N.")."""
    for person in reading.people:
        for mention in person.mentions:
            if low <= mention.start < high:
                before = reading.text[max(low, mention.title_start - 60) : mention.title_start]
                if not re.search(r"\b(?:not|without|rather than|instead of)\b[^,;]*$", before):
                    yield person, mention.start, mention.end
    span = reading.doc.char_span(low, high, alignment_mode="contract")
    for token in span or ():
        if token.lower_ in {"he", "she", "his", "her"} and token.dep_ in {"nsubj", "nsubjpass", "poss"}:
            for referent in referents.people(token, lists=False):
                yield referent.person, token.idx, token.idx + len(token)


def _is_organization(reading: Reading, node: NamedNode) -> bool:
    entity = reading.names.entities.get(node)
    return entity is not None and entity.kind == "organization"


def _homes(reading: Reading, values: list[Value]) -> list[StateReferent]:
    out: list[StateReferent] = []
    for value in values:
        home = getattr(value.content, "home", None)
        if home is not None and all(home != o.iri for o in out) and not _is_organization(reading, home):
            out.append(StateReferent(home, value.start, value.end))
    return out


def _trips(events: list[Event], low: int = 0, high: int | None = None) -> Iterator[list[StateReferent]]:
    for visit in (e for e in events if e.kind == "visit"):
        if high is not None and not any(low <= m.start < high for m in visit.mentions):
            continue
        guest = next((v for v in visit.values("visitor") if getattr(v.content, "home", None)), None)
        host = next((v for v in visit.values("to") if isinstance(v.content, NamedNode)), None)
        home = getattr(guest.content, "home", None) if guest is not None else None
        if guest is not None and host is not None and home is not None and home != host.content:
            assert isinstance(host.content, NamedNode)
            yield [
                StateReferent(home, guest.start, guest.end),
                StateReferent(host.content, host.start, host.end),
            ]


def _one_kind(event: Event) -> None:
    """An agreement is of one kind: the narrowest told."""
    kinds = list(event.values("kind"))
    best = next((v for v in kinds if v.content not in {"GeneralAgreement", "OtherDocument"}), kinds[0])
    for mention in event.mentions:
        mention.slots["kind"] = [v for v in mention.values("kind") if v.content == best.content]


def link(events: list[Event]) -> None:
    """Say at which visit a document is to be signed: the only one told whose two states are its parties."""
    for event in (e for e in events if e.kind == "agreement" and e.at is None):
        parties = set(event.nodes("party"))
        visits = [
            v
            for v in events
            if v.kind == "visit"
            and v.modality in {Modality.PLANNED, Modality.UNDERWAY}
            and parties
            and {p.home for p in v.people("visitor")} | set(v.nodes("to")) == parties
        ]
        if len(visits) == 1 and event.modality is Modality.PLANNED:
            event.at = visits[0]
