"""Travellers who are not the subject of the verb: who is taken somewhere, who is aboard, "the first to come was N."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import objects, prepositions, subjects, subjects_of_noun
from kg.extraction.lexicon import VEHICLE_NOUNS, VISIT_NOUNS
from kg.extraction.modality import mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referent, Referents
from kg.extraction.rules.destinations import put_places
from kg.extraction.rules.visit_nouns import PROGRAMME
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token


def taken(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "The tour will take N. to …": the traveller is the object."""
    if not any(s.lemma_ in PROGRAMME | VISIT_NOUNS for s in subjects(verb)):
        return
    candidate = Candidate("visit", "taken-verb", verb.idx, verb.idx + len(verb), mood_of_verb(verb))
    for thing in objects(verb):
        for referent in referents.people(thing):
            candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    put_places(reading, candidate, verb, ("to",))
    if candidate.values("to") and candidate.values("visitor"):
        add_times(reading, candidate, verb, candidate.mood.direction)
        reading.note("taken-verb", [verb], "fired")
        yield candidate
    else:
        reading.drop(candidate, "no traveller or no place")


def who_was(referents: Referents, verb: Token) -> list[Referent]:
    """ "the last president to come here was N.": who it was."""
    head = verb.head
    if verb.dep_ not in {"acl", "relcl"} or head.dep_ != "nsubj" or head.head.lemma_ != "be":
        return []
    return [r for c in head.head.children if c.dep_ == "attr" for r in referents.people(c)]


def aboard(referents: Referents, vehicles: list[Token]) -> list[Referent]:
    """ "a plane carrying N. landed in X", "the plane of N.": who is aboard arrives with it."""
    holders: list[Token] = []
    for vehicle in (v for v in vehicles if v.lemma_.casefold() in VEHICLE_NOUNS):
        carried = [t for c in vehicle.children if c.lemma_ == "carry" and c.dep_ == "acl" for t in objects(c)]
        holders += carried or [*subjects_of_noun(vehicle), *prepositions(vehicle, "of", "with")]
    return [referent for holder in holders for referent in referents.people(holder)]
