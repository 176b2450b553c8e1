"""Taking part, told without a verb of going: "confirmed her participation in the summit in X", "a ceremony in X attended by N."

Also the firsts of a journey: "chose X for his first trip", "X is the first leg of a tour that will take N. to Y".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, governor, objects, prepositions, subjects
from kg.extraction.lexicon import VISIT_NOUNS
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules.destinations import put_place, put_summit
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_PART = frozenset({"participation", "attendance", "presence"})
_CONFIRMING = frozenset({"confirm", "announce"})
_EVENTS = frozenset(
    ["summit", "conference", "ceremony", "forum", "inauguration", "funeral", "opening", "celebration", "meeting", "session",
     "gathering", "assembly", "congress", "anniversary", "parade", "swearing", "burial", "wedding", "coronation"]
)  # fmt: skip
_COMPANY = frozenset({"guest", "mourner", "participant", "attendee", "dignitary", "leader", "speaker"})
_CHOOSING = frozenset({"choose", "pick", "select"})
_LEGS = frozenset({"leg", "stop"})
_TRAVEL = frozenset({"trip", "visit", "journey", "tour", "destination"})


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for visits in a reading, in order of place."""
    for token in reading.words:
        lemma = token.lemma_.casefold()
        if lemma in _PART and token.pos_ == "NOUN":
            yield from _confirmed(reading, referents, token)
        elif lemma in _COMPANY and token.dep_ == "pobj":
            yield from _among(reading, referents, token)
        elif token.lower_ == "attended" and token.tag_ == "VBN" and token.dep_ == "acl":
            yield from _attended(reading, referents, token)
        elif lemma in _CHOOSING and token.pos_ in VERBAL:
            yield from _chosen(reading, referents, token)
        elif lemma in _LEGS and token.pos_ == "NOUN":
            yield from _first_leg(reading, referents, token)


def _confirmed(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    """ "N. has confirmed his participation in the summit in X"."""
    verb = noun.head
    own = any(c.dep_ == "poss" and c.lower_ in {"his", "her", "their"} for c in noun.children)
    bare = not any(c.dep_ in {"poss", "det"} for c in noun.children)
    if noun.dep_ not in {"dobj", "obj"} or verb.lemma_ not in _CONFIRMING or not (own or bare):
        return
    mood = mood_of_verb(verb)
    if mood not in {Mood.PAST, Mood.PERFECT, Mood.PRESENT}:
        return
    candidate = Candidate(
        "visit", "taking-part", noun.idx, noun.idx + len(noun), Mood.PLANNED, confidence=0.8
    )
    things = list(prepositions(noun, "in", "at"))
    _put(reading, candidate, things)
    if not candidate.values("to"):
        put_summit(reading, candidate, things)
    if not things:
        put_event_before(reading, candidate, noun)
    for referent in referents.agents(verb):
        candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    for owner in (noun, *things, verb):
        times = [t for t in reading.times_of(owner) if t.start > noun.idx]
        span = times[0].resolve("future") if times else None
        if span is not None and not candidate.values("start"):
            candidate.add("start", span.start, times[0].start, times[0].end, span.note)
            if span.end:
                candidate.add("end", span.end, times[0].start, times[0].end, span.note)
    yield from _done(reading, candidate, noun)


def _attended(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "was opened on Sunday at a ceremony in X attended by N. and M."."""
    event = verb.head
    above = governor(event)
    if event.lemma_.casefold() not in _EVENTS or above is None:
        return
    mood = mood_of_verb(above)
    if mood not in {Mood.PAST, Mood.PERFECT, Mood.PLANNED}:
        return
    candidate = Candidate("visit", "taking-part", verb.idx, verb.idx + len(verb), mood, confidence=0.8)
    _put(reading, candidate, [event])
    if not candidate.values("to"):
        put_summit(reading, candidate, [event])
    for thing in prepositions(verb, "by"):
        for r in referents.people(thing):
            if candidate.values("attends") or all(r.person.home != v.content for v in candidate.values("to")):
                candidate.add("visitor", r.person, r.start, r.end, r.resolved)
    add_times(reading, candidate, above, mood.direction)
    candidate.over = mood is not Mood.PLANNED
    yield from _done(reading, candidate, verb)


def _among(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    """ "N. and M. were among the guests at the ceremony in X"."""
    verb = noun.head.head
    if noun.head.lower_ not in {"among", "amongst"} or verb.lemma_ != "be":
        return
    mood = mood_of_verb(verb)
    if mood not in {Mood.PAST, Mood.PERFECT, Mood.PLANNED, Mood.PRESENT}:
        return
    candidate = Candidate("visit", "taking-part", noun.idx, noun.idx + len(noun), mood, confidence=0.8)
    _put(reading, candidate, [t for t in prepositions(noun, "at", "of") if t.lemma_.casefold() in _EVENTS])
    for subject in subjects(verb):
        for r in referents.people(subject):
            candidate.add("visitor", r.person, r.start, r.end, r.resolved)
    add_times(reading, candidate, verb, mood.direction)
    yield from _done(reading, candidate, noun)


def put_event_before(reading: Reading, candidate: Candidate, word: Token) -> None:
    """Give who "has also confirmed his attendance" the place and day of the ceremony of the sentence before."""
    if not word.sent.start:
        return
    before = reading.doc[word.sent.start - 1].sent
    events = [t for t in before if t.lemma_.casefold() in _EVENTS]
    times = [t for t in reading.times if before.start_char <= t.start < before.end_char]
    if "\n\n" in before.text or len({t.lemma_ for t in events}) != 1:
        return
    _put(reading, candidate, events)
    span = times[0].resolve(candidate.mood.direction) if len(times) == 1 else None
    if candidate.values("to") and span is not None:
        candidate.add("start", span.start, times[0].start, times[0].end, span.note)


def _chosen(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "chose X for his first trip abroad in 1997"."""
    mood = mood_of_verb(verb)
    trips = [t for t in prepositions(verb, "for", "as") if t.lemma_ in _TRAVEL]
    trips += [t for thing in objects(verb) for t in prepositions(thing, "for", "as") if t.lemma_ in _TRAVEL]
    if not trips or mood not in {Mood.PAST, Mood.PERFECT}:
        return
    candidate = Candidate("visit", "chosen", verb.idx, verb.idx + len(verb), mood, confidence=0.75)
    for thing in objects(verb):
        placed = reading.place_at(thing)
        if placed is not None:
            put_place(candidate, placed)
    for referent in referents.agents(verb):
        candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    for owner in (*trips, verb):
        if not candidate.values("start"):
            add_times(reading, candidate, owner, "past")
    if candidate.values("start"):  # without a day the trip may still lie ahead
        yield from _done(reading, candidate, verb)


def _first_leg(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    """ "X is the first stop of a tour that will also take N. to Y"."""
    verb = noun.head
    tours = [t for t in prepositions(noun, "of", "on", "in") if t.lemma_ in VISIT_NOUNS]
    if noun.dep_ != "attr" or verb.lemma_ != "be" or not tours:
        return
    mood = mood_of_verb(verb)
    if mood not in {Mood.PLANNED, Mood.PRESENT, Mood.PAST}:
        return
    candidate = Candidate("visit", "first-leg", noun.idx, noun.idx + len(noun), mood, confidence=0.8)
    for thing in subjects(verb):
        placed = reading.place_at(thing)
        if placed is not None:
            put_place(candidate, placed)
    for tour in tours:
        if any(c.dep_ == "relcl" and mood_of_verb(c) is Mood.PLANNED for c in tour.children):
            candidate.mood = Mood.PLANNED  # the tour lies ahead, and so does its first leg
        owners = [c for c in tour.children if c.dep_ == "poss"]
        owners += [
            t
            for c in tour.children
            if c.dep_ == "relcl" and c.lemma_ in {"take", "bring", "lead"}
            for t in objects(c)
        ]
        owners += list(prepositions(tour, "by", "of"))
        for owner in owners:
            for r in referents.people(owner):
                candidate.add("visitor", r.person, r.start, r.end, r.resolved)
    yield from _done(reading, candidate, noun)


def _put(reading: Reading, candidate: Candidate, things: list[Token]) -> None:
    """The place of what is taken part in: "the summit in X", "the summit of leaders in X", "the X summit"."""
    for thing in things:
        low, high = thing.left_edge.idx, thing.right_edge.idx + len(thing.right_edge)
        for child in thing.children:
            if child.dep_ in {"compound", "nmod"} and (placed := reading.place_at(child)) is not None:
                put_place(candidate, placed)
        for placed in reading.places.mentioned():
            told = re.search(r"\b(?:in|at) (?:the )?$", reading.text[max(0, placed.start - 8) : placed.start])
            if not candidate.values("to") and told and low <= placed.start < high:
                put_place(candidate, placed)


def _done(reading: Reading, candidate: Candidate, word: Token) -> Iterator[Candidate]:
    if candidate.values("visitor") and (candidate.values("to") or candidate.values("attends")):
        reading.note(candidate.rule, [word], "fired")
        yield candidate
    else:
        reading.drop(candidate, "nobody is told to be there, or no place or summit")
