"""Visits told by a noun: "his state visit to X", "made the journey twice", "their arrival in Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, governor, prepositions, subjects, subjects_of_noun
from kg.extraction.lexicon import (
    ARRIVE_VERBS,
    CANCEL_VERBS,
    ORDINAL_WORDS,
    PAY_VERBS,
    POSTPONE_VERBS,
    TRAVEL_VERBS,
    VISIT_KINDS,
)
from kg.extraction.modality import Mood, mood_of_noun
from kg.extraction.reading import Reading
from kg.extraction.referents import Referent, Referents
from kg.extraction.rules import arena, ends, series
from kg.extraction.rules.destinations import put_place, put_places, refuels
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

PROGRAMME = frozenset({"itinerary", "programme", "program", "agenda", "schedule", "plan"})


# What the one who travels does with a visit.
_DOES = frozenset({"plan", "schedule", "announce", "end", "begin", "start", "conclude", "finish", "wrap", "interrupt", "extend",
                   "combine", "complete", "continue", "shorten", "curtail"})  # fmt: skip


def _phrasal(verb: Token) -> bool:
    """ "called off", "put off", "cut short" a visit."""
    words = {
        "call": {"off"},
        "put": {"off", "back"},
        "cut": {"short"},
        "break": {"off"},
        "round": {"off"},
        "wind": {"up"},
        "wound": {"up"},
    }
    return any(c.lower_ in words.get(verb.lemma_, ()) for c in verb.children)


def _told_by_verb(noun: Token) -> bool:
    """ "arrived for a two-day visit": the verb tells it, with what the noun adds."""
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in {"for", "on"}
        and noun.head.head.pos_ in VERBAL
        and noun.head.head.lemma_.casefold() in ARRIVE_VERBS | TRAVEL_VERBS
    )


def noun_visit(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    """The visit that a noun tells, if whose or where it was is told."""
    if _told_by_verb(noun):
        reading.note("visit-noun", [noun], "joined", "the verb before it tells the visit")
        return
    mood = mood_of_noun(noun)
    candidate = Candidate("visit", "visit-noun", noun.idx, noun.idx + len(noun), mood)
    if refuels(noun):
        reading.drop(candidate, "a stop to refuel")
        return
    for kind in (
        c for c in noun.children if c.lower_ in VISIT_KINDS and c.dep_ in {"amod", "compound", "nmod"}
    ):
        candidate.add("kind", VISIT_KINDS[kind.lower_], kind.idx, noun.idx + len(noun))
    put_places(reading, candidate, noun, ("to", "in", "of"))
    for clause in (
        c for c in noun.children if c.dep_ == "acl" and c.lower_ in {"planned", "scheduled", "set"}
    ):
        if not candidate.values("to"):  # "a trip planned this month to X"
            put_places(reading, candidate, clause, ("to",))
    for child in noun.children:  # "his Beijing trip"
        if child.dep_ in {"compound", "nmod"} and (placed := reading.place_at(child)):
            put_place(candidate, placed)
    paid = noun.dep_ == "dobj" and noun.head.lemma_ in PAY_VERBS
    if not candidate.values("to") and paid and not _series(reading, noun):
        put_places(
            reading, candidate, noun.head, ("to",)
        )  # "paid a visit to X", where "to" goes with the verb
    above = governor(noun)
    if not candidate.values("to") and above is not None and (where := reading.where(above)) is not None:
        put_place(candidate, where)
    if not any(
        c.lower_ in ORDINAL_WORDS for c in noun.children
    ):  # "his third visit this year": not of this one
        ends.put_times(reading, candidate, noun)
        mood = candidate.mood
    visitors = _visitors_of_noun(reading, referents, noun)
    for referent in visitors:
        candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    if visitors and not candidate.values("to") and mood in {Mood.PAST, Mood.PERFECT, Mood.PLANNED}:
        _listed_or_here(reading, candidate, noun)
    candidate.begun = candidate.begun or _underway_noun(noun)
    if not candidate.values("to") and (_elsewhere(reading, noun) or noun.tag_ in {"NNS", "NNPS"}):
        reading.drop(candidate, "a whole tour, or several visits, and no state told")
        return
    duration = reading.duration_of(noun)
    if duration is not None:
        candidate.add("days", str(duration[2]), duration[0], max(duration[1], noun.idx + len(noun)))
    definite = any(c.lower_ in {"the", "this", "that", "his", "her", "their"} for c in noun.children)
    programme = noun.dep_ in {"dobj", "obj", "attr"} and any(
        s.lemma_ in PROGRAMME for s in subjects(noun.head)
    )
    focus = bool(candidate.values("to")) and mood in {Mood.PLANNED, Mood.CANCELLED, Mood.POSTPONED}
    if not visitors and not (
        definite or programme or (focus and not any(True for _ in prepositions(noun, "by")))
    ):
        if not candidate.slots:
            reading.note("visit-noun", [noun], "dropped", "no visitor")
        reading.drop(candidate, "no visitor")
        return
    if (
        not visitors
        and not candidate.values("to")
        and not any(candidate.values(slot) for slot in ("days", "start", "end", "kind"))
        and mood not in {Mood.CANCELLED, Mood.POSTPONED}
    ):
        reading.note("visit-noun", [noun], "dropped", "neither visitor nor place, kind or time")
        return
    reading.note("visit-noun", [noun], "fired")
    yield candidate


def _elsewhere(reading: Reading, noun: Token) -> bool:
    """ "his first visit to Africa": a part of the world, in which no one state is meant."""
    return any(
        (t.pos_ == "PROPN" and reading.person_at(t) is None and reading.organization_at(t) is None)
        or (t.tag_ == "NNS" and t.lemma_ in {"country", "nation", "state", "capital"})
        for t in prepositions(noun, "to", "of", "in")
    )


def _listed_or_here(reading: Reading, candidate: Candidate, noun: Token) -> None:
    """ "made the journey twice: to A in 2022, to B …"; "his last visit was in 1985", to where the story is."""
    found = _series(reading, noun)
    if found:
        placed, time = found[0].placed, found[0].time
        put_place(candidate, placed)
        span = time.resolve(candidate.mood.direction) if time is not None else None
        if time is not None and span is not None:
            candidate.slots.pop("start", None)
            candidate.slots.pop("end", None)
            candidate.add("start", span.start, time.start, time.end, span.note)
        return
    dated = noun.dep_ == "nsubj" and noun.head.lemma_ in {"be", "come", "date"}
    if dated and candidate.values("start") and not arena.elsewhere(reading, noun):
        arena.put_scene(reading, candidate, noun)
        candidate.over = candidate.mood is Mood.PAST
        candidate.confidence = 0.75


def _series(reading: Reading, noun: Token) -> list[series.Stop]:
    return series.stops(reading, noun.idx + len(noun), noun.sent.end_char, first=True)


def _visitors_of_noun(reading: Reading, referents: Referents, noun: Token) -> list[Referent]:
    for holder in [*subjects_of_noun(noun), *prepositions(noun, "of")]:
        found = referents.people(holder)
        if found:
            return found
    for clause in (c for c in noun.children if c.dep_ == "relcl"):
        if clause.lemma_ in PAY_VERBS | _DOES | {"be", "due", "expect", "schedule"} | TRAVEL_VERBS:
            inner = next(
                (c for c in clause.children if c.dep_ in {"xcomp", "acomp"} and c.pos_ in VERBAL), clause
            )
            own = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ != "WDT"]
            found = [r for s in own for r in referents.people(s)]
            if found and (inner.lemma_ in PAY_VERBS | _DOES | TRAVEL_VERBS):
                return found  # "the visit that N. was due to begin"
    top = noun
    while (
        top.dep_ in {"pobj", "prep", "conj", "compound"}
        and top.head.pos_ not in VERBAL
        and top.head.i != top.i
    ):
        if top.dep_ == "pobj" and top.head.lower_ in {"ahead", "before", "of", "despite"}:
            return []
        top = top.head
    verb = governor(noun)
    if verb is None:
        return []
    if (
        noun.dep_ in {"dobj", "obj"}
        and noun.head == verb
        and (
            verb.lemma_ in PAY_VERBS | CANCEL_VERBS | POSTPONE_VERBS | _DOES | {"call", "put"}
            or _phrasal(verb)
        )
    ):
        return referents.agents(verb)
    if noun.dep_ == "pobj" and noun.head.lower_ in {"for", "on"} and noun.head.head == verb and (
        verb.lemma_ in ARRIVE_VERBS | TRAVEL_VERBS | {"be", "embark", "set", "land"}
    ):  # fmt: skip
        return referents.agents(verb)
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ in {"after", "during", "following"}
        and noun.head.head == verb
        and any(reading.place_at(t) for t in prepositions(noun, "to", "in"))
    ):
        # "N. arrived after a visit to X": whoever does the one did the other, where it says which visit
        return referents.agents(verb)
    return []


def _underway_noun(noun: Token) -> bool:
    """ "is on a visit to": the visitor is there."""
    begun = noun.dep_ in {"dobj", "obj"} and noun.head.lemma_ in {"begin", "start", "commence"}
    return begun or (noun.dep_ == "pobj" and noun.head.lower_ == "on" and noun.head.head.lemma_ == "be")


def arrival(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    """The visit that "their arrival in X" tells."""
    candidate = Candidate(
        "visit", "arrival-noun", noun.idx, noun.idx + len(noun), mood_of_noun(noun), begun=True
    )
    holders = subjects_of_noun(noun) or list(prepositions(noun, "of"))
    for holder in holders:
        for referent in referents.people(holder):
            candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    put_places(reading, candidate, noun, ("in", "at", "to"))
    add_times(reading, candidate, noun, candidate.mood.direction)
    if candidate.values("visitor") and candidate.values("to"):
        if candidate.mood in {Mood.PRESENT, Mood.PROGRESSIVE}:
            candidate.mood = Mood.PAST  # "N.'s arrival marks …": the arrival is a fact
        reading.note("arrival-noun", [noun], "fired")
        yield candidate
    else:
        reading.drop(candidate, "no visitor or no place")
