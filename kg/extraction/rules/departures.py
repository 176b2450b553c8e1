"""Leaving a state, which ends the visit there: "left France on Tuesday after a two-day visit"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import objects, prepositions
from kg.extraction.lexicon import VISIT_NOUNS
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules import arena
from kg.extraction.rules.destinations import put_length, put_place

if TYPE_CHECKING:
    from spacy.tokens import Token


def departure(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "left France on Tuesday after a two-day visit": the day of it ends the visit there."""
    mood = mood_of_verb(verb)
    candidate = Candidate("visit", "departure-verb", verb.idx, verb.idx + len(verb), mood, over=True)
    for thing in [*objects(verb), *prepositions(verb, "from")]:
        placed = None if _leaves_home(reading, verb, thing) else reading.place_at(thing)
        if placed is not None:
            put_place(candidate, placed)
    arena.put_here(reading, candidate, verb)
    onward = [p.state for t in prepositions(verb, "for", "to") if (p := reading.place_at(t)) is not None]
    if any(v.content in onward for v in candidate.values("to")):
        reading.drop(candidate, "from one town to another of the same state")
        return
    people = referents.agents(verb)
    for referent in people:
        candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    if people and not candidate.values("to") and _for_home(verb):
        candidate.joins = True
    elif not candidate.values("to") or not people or mood not in {Mood.PAST, Mood.PERFECT, Mood.PLANNED}:
        reading.drop(candidate, "no visitor, no place, or not told as done or planned")
        return
    for inner in prepositions(verb, "after", "following"):
        if inner.lemma_ in VISIT_NOUNS:
            put_length(reading, candidate, inner)
    for time in reading.times_of(verb)[:1]:
        span = time.resolve(mood.direction)
        if span is not None and len(span.start) == 10:
            candidate.add("end", span.start, time.start, time.end, span.note)
    if candidate.joins and not candidate.values("end"):
        reading.drop(candidate, "no visitor, no place, or not told as done or planned")
        return
    reading.note(candidate.rule, [verb], "fired")
    yield candidate


def _for_home(verb: Token) -> bool:
    """ "leaves for home on Tuesday": it ends the visit that is told."""
    return any(t.lower_ == "home" for t in prepositions(verb, "for"))


def _leaves_home(reading: Reading, verb: Token, thing: Token) -> bool:
    """ "left the country for X": the country is the traveller's own, not one that was told before."""
    if thing.lemma_.casefold() not in {"country", "nation", "island", "kingdom", "republic"}:
        return False
    gates = prepositions(verb, "through", "from", "via", "aboard")
    ahead = [t for owner in (verb, *gates) for t in prepositions(owner, "for", "to")]
    return any(reading.place_at(t) is not None for t in ahead)
