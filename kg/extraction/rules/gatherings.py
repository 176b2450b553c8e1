"""Summits told without the word: "leaders of A met in X on Monday", "A's leaders gather in X"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, objects, prepositions, subjects
from kg.extraction.modality import mood_of_verb
from kg.extraction.organizers import Organizers
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules.summit_places import add_places
from kg.extraction.rules.summit_times import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_GATHER = frozenset({"meet", "gather", "convene", "assemble"})
_LEADERS = frozenset({"leader", "head", "president"})
# Of some of the leaders, or of leaders of something else in it, it is no summit of the organization.
_SOME = frozenset({"some", "several", "few", "certain", "other", "many", "former", "party", "opposition", "business", "military",
                   "church", "religious", "youth", "parliamentary", "faction", "group", "union", "rebel", "tribal"})  # fmt: skip


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for the summits that verbs of gathering tell, in order of place."""
    organizers = Organizers(reading)
    for verb in reading.words:
        if verb.pos_ not in VERBAL or verb.lemma_.casefold() not in _GATHER:
            continue
        leaders = next((s for s in subjects(verb) if s.lemma_.casefold() in _LEADERS), None)
        if leaders is None or not _all_of(leaders) or any(True for _ in prepositions(verb, "with")):
            continue
        if any(reading.times_at(o) is False for o in objects(verb)):
            continue  # whom they meet
        whose = organizers.of_leaders(leaders)
        if whose is None:
            continue
        candidate = Candidate(
            "summit", "leaders-gather", verb.idx, verb.idx + len(verb), mood_of_verb(verb), confidence=0.8
        )
        candidate.add("organizer", whose.iri, whose.start, whose.end, whose.note)
        candidate.begun = True
        add_places(reading, candidate, leaders, [verb])
        add_times(reading, candidate, leaders, [verb])
        if not candidate.values("place"):
            reading.drop(candidate, "leaders gather, and no place is told")
            continue
        reading.note(candidate.rule, [verb], "fired")
        yield candidate


def _all_of(leaders: Token) -> bool:
    """Whether they are the leaders of an organization, not some of them."""
    if leaders.tag_ not in {"NNS", "NNPS"}:
        return False
    return not any(c.dep_ == "nummod" or c.lemma_.casefold() in _SOME for c in leaders.children)
