"""Meetings told by a noun: "talks with", "a meeting between", "paid a courtesy call on", "in a phone call with"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import (
    VERBAL,
    conjuncts,
    governor,
    objects,
    prepositions,
    subjects,
    subjects_of_noun,
)
from kg.extraction.lexicon import ARRIVE_VERBS, MEETING_NOUNS, TRAVEL_VERBS
from kg.extraction.modality import Mood, mood_of_noun
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules import meeting_again, meeting_asides
from kg.extraction.rules.meeting_slots import PHONE, add_partner, add_people, finish, hangs_on, met_unnamed
from kg.extraction.rules.meeting_topics import add_topics
from kg.extraction.rules.meeting_where import add_place, add_place_of_event, add_time_after, add_time_of_stay
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_HOLDERS = frozenset(
    {
        "hold",
        "have",
        "engage",
        "conduct",
        "begin",
        "start",
        "open",
        "enter",
        "sit",
        "conclude",
        "finish",
        "join",
        "enjoy",
        "pay",
        "make",
        "place",
        "give",
        "grant",
        "receive",
        "continue",
        "resume",
        "wrap",
    }
)
_SET = frozenset({"set", "schedule", "slate", "plan", "fix", "pencil"})
_HOSTS = frozenset({"host", "receive", "welcome", "greet", "join"})
# What talks are counted or measured in: "a session of talks", "two hours of talks".
_MEASURES = frozenset(
    {
        "session",
        "round",
        "series",
        "hour",
        "format",
        "set",
        "day",
        "minute",
        "couple",
        "lot",
        "number",
        "bout",
    }
)
# Verbs of having a call from or with somebody.
_CALLING = frozenset(
    {"receive", "get", "take", "have", "hold", "place", "make", "field", "return", "conduct"}
)
# Verbs of being one of those who meet somebody, where the noun tells whom.
_JOINERS = frozenset({"take", "participate", "attend", "schedule", "co-chair"})
_HAPPEN = frozenset({"take", "hold", "occur", "happen", "follow", "be", "arrange", "organise", "organize"})


def of_two(noun: Token) -> bool:
    """Whether a summit is one of two leaders: "with N.", "between N. and M."."""
    return any(True for _ in prepositions(noun, "with", "between"))


def read(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    """The meetings that a noun tells: none, one, or one with each of those met."""
    lemma = noun.lemma_.casefold()
    courtesy = any(c.lower_ in {"courtesy", "farewell"} or c.lower_ == "on" for c in noun.children)
    if lemma == "call" and not _is_meeting(noun):
        reading.note("talks-noun", [noun], "dropped", "a call, but not by phone")
        return
    if lemma == "bilateral" and noun.dep_ in {"amod", "compound"}:
        return
    mood = mood_of_noun(noun)
    verb = governor(noun)
    if mood is Mood.PRESENT and noun.dep_ == "nsubjpass" and noun.head.lemma_ in _SET:
        mood = Mood.PLANNED  # "is set for Friday"
    candidate = Candidate("meeting", "talks-noun", noun.idx, noun.idx + len(noun), mood)
    holders = subjects_of_noun(noun)
    measured = noun
    noun = _measure(noun)
    holders = holders or subjects_of_noun(noun)
    if not holders and verb is not None and hangs_on(noun, verb):
        joined = any(True for _ in prepositions(noun, "with")) and verb.lemma_ in _JOINERS
        if joined or verb.lemma_ in _HOLDERS | {"be"} or (lemma == "call" and verb.lemma_ in _CALLING):
            holders = subjects(verb)
    if not holders and (aside := meeting_asides.holders(referents, noun)):
        holders = aside
        if mood in {Mood.DENIED, Mood.POSSIBLE}:  # what was not said at them was not, but they were held
            candidate.mood = mood = Mood.PAST if verb is not None and verb.tag_ != "VB" else mood
    trip = None if holders else _trip(noun)
    if trip is not None:  # "flies to Paris for talks with N."
        holders = subjects(trip)
        add_place(reading, candidate, trip, ("to", "in", "at"))
    elif measured != noun:
        add_people(candidate, referents, list(prepositions(measured, "with", "between")))
    add_people(candidate, referents, holders)
    if trip is not None and trip.lemma_.casefold() in _HOSTS:  # "hosted N. for talks"
        add_people(candidate, referents, objects(trip))
        add_people(candidate, referents, list(prepositions(trip, "by")))
    words = ("with", "between", "of", "among") + (
        ("on", "from", "to") if lemma in {"call", "audience"} else ()
    )
    add_people(candidate, referents, list(prepositions(noun, *words)))
    for thing in prepositions(
        noun, "between"
    ):  # "between President A and Premier B": the parser hangs A on B
        if len(candidate.people("participant")) == 1:
            add_people(
                candidate, referents, [c for c in thing.children if c.dep_ == "nmod" and c.pos_ == "PROPN"]
            )
    held = verb if verb is not None and _happens(noun, verb) else noun
    for shared in (
        *prepositions(noun, "with"),
        *prepositions(held, "with"),
    ):  # "with the participation of A and B"
        if shared.lemma_ in {"participation", "presence", "attendance"}:
            add_people(candidate, referents, list(prepositions(shared, "of")))
    if met_unnamed(referents, [t for w in prepositions(noun, "with") for t in conjuncts(w)]):
        reading.drop(candidate, "those met are not named")
        return
    if verb is not None and _happens(noun, verb):
        for owner in (verb, *(c for c in verb.children if c.lower_ == "place")):
            add_people(candidate, referents, list(prepositions(owner, "with", "between", "by", "among")))
            add_place(reading, candidate, owner)
    if verb is not None and lemma in {"audience", "call"} and verb.lemma_ in {"give", "grant", "pay", "make"}:
        add_people(candidate, referents, list(prepositions(verb, "to", "by", "on")))
        add_people(candidate, referents, [c for c in verb.children if c.dep_ == "dative"])
    add_partner(candidate, referents, holders)
    for clause in (c for c in noun.children if c.dep_ == "relcl"):  # "…, in which N. took part"
        if clause.lemma_ in {"take", "participate", "join", "attend"} and subjects(clause)[:1] != [noun]:
            add_people(candidate, referents, subjects(clause))
    if verb is not None and hangs_on(noun, verb) and verb.lemma_ in _HOLDERS:
        add_people(candidate, referents, list(prepositions(verb, "with")))
    by_phone = lemma == "call" and not courtesy
    if (
        by_phone
        or any(c.lower_ in PHONE for c in noun.children)
        or any(True for _ in prepositions(noun, "by"))
    ):
        candidate.add("kind", "PhoneCall", noun.idx, noun.idx + len(noun))
    for thing in prepositions(noun, "in", "at"):
        placed = reading.place_at(thing)
        if placed is not None:
            candidate.add("place", placed, placed.start, placed.end)
    if verb is not None and hangs_on(noun, verb):
        add_place(reading, candidate, verb)
        if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and not candidate.values("place"):
            add_place(reading, candidate, verb.head)
    add_topics(reading, candidate, noun, verb)
    for owner in (noun, verb) if verb is not None and hangs_on(noun, verb) else (noun,):
        add_place_of_event(reading, candidate, owner)
    if lemma == "conversation" and not candidate.values("kind") and not candidate.values("place"):
        candidate.add("kind", "UnspecifiedMeeting", noun.idx, noun.idx + len(noun))
    add_times(reading, candidate, noun, mood.direction)
    add_time_after(reading, candidate)
    add_time_of_stay(reading, candidate, verb)
    if not candidate.people("participant") and (again := meeting_again.of(reading, candidate, noun, verb)):
        yield again
        return
    yield from finish(reading, candidate, noun, referents)


def _measure(noun: Token) -> Token:
    """ "two hours of talks": what the talks are counted in, on which the clause hangs."""
    over = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return over if over.lemma_.casefold() in _MEASURES | MEETING_NOUNS else noun


def _happens(noun: Token, verb: Token) -> bool:
    """ "a meeting took place between", "talks were held with"."""
    return noun.dep_ in {"nsubj", "nsubjpass"} and noun.head == verb and verb.lemma_ in _HAPPEN


def _is_meeting(noun: Token) -> bool:
    """Whether a call is one by phone or a courtesy call, not an appeal."""
    words = {c.lower_ for c in noun.children}
    if words & (PHONE - {"call"}) or words & {"courtesy", "farewell"}:
        return True
    if any(_is_named(t) for t in prepositions(noun, "on")):
        return True
    if "for" in words or any(c.dep_ in {"acl", "relcl"} and c.tag_ == "VB" for c in noun.children):
        return False  # "a call from N. for a ceasefire"
    verb = noun.head if noun.dep_ == "dobj" else governor(noun)
    if verb is None:
        return False
    held = noun.dep_ == "dobj" and verb.lemma_ in _CALLING
    within = noun.dep_ == "pobj" and noun.head.lower_ in {"in", "during", "after", "following", "over"}
    return (held or within) and any(_is_named(t) for t in prepositions(noun, "from", "with", "between"))


def _is_named(token: Token) -> bool:
    return token.ent_type_ == "PERSON" or token.pos_ == "PROPN"


def _trip(noun: Token) -> Token | None:
    """The verb of going or being somewhere that a noun hangs on by "for" ("is in Oslo for three days of talks")."""
    top = noun
    for _ in range(6):
        if top.dep_ not in {"pobj", "prep"} or top.head.i == top.i:
            return None
        top = top.head
        if top.pos_ in VERBAL:
            if top.lemma_ == "set" and not any(c.lower_ in {"off", "out"} for c in top.children):
                return None  # "setting the stage for talks"
            return top if top.lemma_.casefold() in ARRIVE_VERBS | TRAVEL_VERBS | _HOSTS | {"be"} else None
        if top.dep_ == "prep" and top.lower_ not in {"for", "of", "at", "in", "to"}:
            return None
    return None
