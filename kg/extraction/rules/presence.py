"""Visits told without a verb of going: "is due in Oslo", "on his way to Hanoi", "was represented by N.", "we had N. here".

Who does something in a town abroad is there; such readings are less certain than a visit that is called one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, conjuncts, governor, objects, prepositions, subjects
from kg.extraction.lexicon import (
    ARRIVE_VERBS,
    MEETING_VERBS,
    STAY_VERBS,
    TRAVEL_VERBS,
    VISIT_NOUNS,
    VISIT_VERBS,
    WELCOME_VERBS,
)
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules.taking_part import put_event_before
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_AWAITED = frozenset({"due", "expected", "awaited", "scheduled", "back"})
# What leaders do with their own hands, where they are.
_DOINGS = frozenset(
    {"inspect", "tour", "lay", "inaugurate", "unveil", "sign", "witness", "open", "address", "deliver", "speak", "preside",
     "chair", "co-chair", "hold", "attend", "dine", "lunch", "watch", "celebrate", "kneel", "pray", "mark",
     "conclude", "finish", "begin", "start", "wrap", "end", "launch", "plant", "receive", "brief", "lecture", "walk",
     "sit", "appear", "gather", "convene", "hand", "present", "overnight", "rest", "meet", "confer", "negotiate", "talk"}
)  # fmt: skip
_WAY = frozenset({"way", "route"})
_TOLD_ELSEWHERE = VISIT_VERBS | ARRIVE_VERBS | TRAVEL_VERBS | WELCOME_VERBS | STAY_VERBS


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for visits in a reading, in order of place."""
    for token in reading.words:
        lemma = token.lemma_.casefold()
        if token.lower_ in _AWAITED:
            yield from _awaited(reading, referents, token)
        if (lemma in _WAY and token.pos_ == "NOUN") or token.lower_ == "bound":
            yield from _on_the_way(reading, referents, token)
        if token.pos_ not in VERBAL:
            continue
        if lemma == "represent":
            yield from _represented(reading, referents, token)
        elif lemma == "accompany":
            yield from _accompanied(reading, referents, token)
        elif lemma == "have":
            yield from _had(reading, referents, token)
        elif lemma in {"return", "repay", "reciprocate"}:
            yield from _returned(reading, referents, token)
        elif lemma == "set" and any(t.lemma_ == "foot" for t in objects(token)):
            yield from _there(reading, referents, token, ("in", "on"))
        elif lemma in _DOINGS and lemma not in _TOLD_ELSEWHERE:
            yield from _there(reading, referents, token, ("in", "at"))


def _start(rule: str, word: Token, mood: Mood, confidence: float = 0.8) -> Candidate:
    return Candidate("visit", rule, word.idx, word.idx + len(word), mood, confidence=confidence)


def _put(candidate: Candidate, placed: Placed | None) -> None:
    known = candidate.first("to")
    if placed is None or placed.state is None or (known is not None and known.content != placed.state):
        return
    candidate.add("to", placed.state, placed.start, placed.end)
    if placed.label and not (placed.place is None and placed.known_state):
        candidate.add("place", placed, placed.start, placed.end)


def _visitors(candidate: Candidate, referents: Referents, tokens: list[Token]) -> None:
    for token in tokens:
        for r in referents.people(token):
            candidate.add("visitor", r.person, r.start, r.end, r.resolved)


def _done(reading: Reading, candidate: Candidate, word: Token) -> Iterator[Candidate]:
    if candidate.values("visitor") and (candidate.values("to") or candidate.values("attends")):
        add_times(reading, candidate, word, candidate.mood.direction)
        reading.note(candidate.rule, [word], "fired")
        yield candidate


def _summit_below(candidate: Candidate, word: Token) -> None:
    for thing in prepositions(word, "at", "for", "to"):
        if thing.lemma_.casefold() == "summit":
            candidate.add("attends", "summit", thing.idx, thing.idx + len(thing))


def _awaited(reading: Reading, referents: Referents, word: Token) -> Iterator[Candidate]:
    """ "N. is due in Oslo on Friday", "is expected here next month", "is expected at the summit"."""
    if any(c.dep_ in {"xcomp", "ccomp"} for c in word.children):
        return  # "is expected to …": the verb tells it
    verb = word if word.pos_ in VERBAL else governor(word)
    if verb is None or (word not in verb.children and word != verb):
        return
    mood = mood_of_verb(verb)
    if mood in {Mood.DENIED, Mood.POSSIBLE} or (verb.lemma_ != "be" and verb.tag_ != "VBN"):
        return
    candidate = _start("awaited", word, mood if word.lower_ == "back" else Mood.PLANNED, 0.85)
    for owner in {word, verb}:
        for thing in prepositions(owner, "in", "at"):
            _put(candidate, reading.place_at(thing))
        for child in owner.children:
            if child.lower_ == "here":
                _put(candidate, reading.place_at(child))
        if not candidate.values("to"):
            _summit_below(candidate, owner)
    _visitors(candidate, referents, subjects(verb))
    back = word.lower_ == "back" or any(c.lower_ == "back" for owner in (word, verb) for c in owner.children)
    if back and any(
        p.home is None or "/organization/" in p.home.value or "Pope" in p.titles
        for p in candidate.people("visitor")
    ):
        return  # back at the seat, or in the city around it
    yield from _done(reading, candidate, word)


def _on_the_way(reading: Reading, referents: Referents, word: Token) -> Iterator[Candidate]:
    """ "stopped in Hanoi on his way to Hangzhou", "en route to the summit in Kazan"."""
    verb = governor(word)
    if verb is None:
        return
    candidate = _start("on-the-way", word, mood_of_verb(verb))
    for thing in prepositions(word, "to", "for"):
        for owner in [thing, *prepositions(thing, "in", "at")]:
            _put(candidate, reading.place_at(owner))
    _visitors(candidate, referents, subjects(verb))
    if candidate.values("visitor") and candidate.values("to"):
        for time in reading.times_of(verb)[:1]:  # the journey is of those days, the arrival not
            span = time.resolve(candidate.mood.direction)
            if span is not None:
                candidate.add("start", span.start[:7], time.start, time.end, "about that day")
        reading.note(candidate.rule, [word], "fired")
        yield candidate


def _represented(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "Latvia will be represented there by N.", "N. represented Latvia at the funeral in Rome"."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    candidate = _start("represent-verb", verb, mood_of_verb(verb))
    _put(candidate, reading.where(verb))
    for thing in prepositions(verb, "in", "at"):
        _put(candidate, reading.place_at(thing))
        for inner in prepositions(thing, "in"):
            _put(candidate, reading.place_at(inner))
    if not candidate.values("to"):
        _summit_below(candidate, verb)
    if not candidate.values("to") and passive:
        put_event_before(reading, candidate, verb)
    if not candidate.values("to") and passive:
        candidate.add("attends", "summit", verb.idx, verb.idx + len(verb))
    _visitors(candidate, referents, list(prepositions(verb, "by")) if passive else subjects(verb))
    yield from _done(reading, candidate, verb)


def _accompanied(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "N., accompanied by Prime Minister M.": heads and royals who travel along are visitors too."""
    candidate = _start("accompanied", verb, Mood.PAST if verb.tag_ == "VBN" else mood_of_verb(verb))
    _visitors(candidate, referents, subjects(verb))
    first = candidate.people("visitor")
    if len(first) != 1:
        return
    for companion in prepositions(verb, "by"):
        for r in referents.people(companion):
            kinds = {o.kind for o in r.person.offices}
            royal = {
                "Queen",
                "King",
                "Crown Prince",
                "Crown Princess",
                "Prince",
                "Princess",
            } & r.person.titles
            if r.person.home == first[0].home and (kinds & {"HeadOfState", "HeadOfGovernment"} or royal):
                candidate.add("visitor", r.person, r.start, r.end, r.resolved)
    if len(candidate.people("visitor")) > 1:
        reading.note(candidate.rule, [verb], "fired")
        yield candidate


def _had(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "It is a pleasure to have N. with us in Riga", "had N. and M. to Prague"."""
    candidate = _start("had-guest", verb, mood_of_verb(verb))
    guests = [t for t in objects(verb) if reading.person_at(t) is not None]
    if not guests:
        return
    candidate.begun = verb.tag_ == "VB"
    if (
        candidate.mood is Mood.PLANNED
        and candidate.begun
        and not any(c.lower_ == "will" for c in verb.children)
    ):
        candidate.mood = Mood.PRESENT
    words = [w for g in guests for w in conjuncts(g)]
    for owner in (verb, *words):
        for thing in prepositions(owner, "to", "in", "at"):
            _put(candidate, reading.place_at(thing))
        for thing in prepositions(owner, "with"):
            for inner in prepositions(thing, "in", "at"):
                _put(candidate, reading.place_at(inner))
        for child in owner.children:
            if child.lower_ == "here":
                _put(candidate, reading.place_at(child))
    _visitors(candidate, referents, guests)
    yield from _done(reading, candidate, verb)


def _returned(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "promised to return his visit in November", "repaid the visit": to the state of whoever came first."""
    noun = next((t for t in objects(verb) if t.lemma_ in VISIT_NOUNS | {"call"}), None)
    if noun is None:
        return
    mood = (
        Mood.PLANNED
        if verb.dep_ == "xcomp" and verb.head.lemma_ in {"promise", "agree"}
        else mood_of_verb(verb)
    )
    candidate = _start("return-visit", verb, mood)
    _visitors(candidate, referents, subjects(verb))
    for owner in (c for c in noun.children if c.dep_ == "poss"):
        for r in referents.people(owner, lists=False):
            if r.person.home is not None and r.person not in candidate.people("visitor"):
                candidate.add(
                    "to", r.person.home, r.start, r.end, f"the visit returned is that of {r.person.name}"
                )
    yield from _done(reading, candidate, verb)


def _there(
    reading: Reading, referents: Referents, verb: Token, words: tuple[str, ...]
) -> Iterator[Candidate]:
    """ "unveiled a monument in Astana": who does so abroad is there."""
    mood = mood_of_verb(verb)
    if mood not in {Mood.PAST, Mood.PERFECT, Mood.PLANNED} or verb.lemma_ in MEETING_VERBS - {"receive"}:
        return
    if any(c.dep_ == "auxpass" for c in verb.children):
        return
    candidate = _start("deed-there", verb, mood, 0.75)
    things = list(prepositions(verb, *words))
    if verb.lemma_ in {
        "begin",
        "start",
        "conclude",
        "end",
        "finish",
        "wrap",
    }:  # a visit, in "where he began a visit"
        if not any(t.lemma_ in VISIT_NOUNS for t in objects(verb)):
            return
        things = []
    for thing in things:
        for inner in (thing, *prepositions(thing, *words)):  # "at the airport in X"
            placed = reading.place_at(inner)
            if placed is not None and placed.place is not None:
                _put(candidate, placed)
    if not candidate.values("to"):
        _put(candidate, reading.where(verb))
    _visitors(candidate, referents, subjects(verb))
    if any(reading.organization_at(s) or s.lemma_ in VISIT_NOUNS for s in subjects(verb)):
        return
    yield from _done(reading, candidate, verb)
