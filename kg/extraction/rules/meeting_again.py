"""Talks told of before, of which a later sentence says when and where: "The meeting took place in X on Monday"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import prepositions
from kg.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

RULE = "talks-again"
_HAPPEN = frozenset(
    {"take", "hold", "occur", "happen", "schedule", "begin", "start", "set", "conclude", "last"}
)


def of(reading: Reading, candidate: Candidate, noun: Token, verb: Token | None) -> Candidate | None:
    """A candidate that adds to the meeting told last, or None where the words tell neither day nor place of it."""
    definite = any(
        c.lower_ in {"the", "this", "their", "both"} and c.dep_ in {"det", "poss"} for c in noun.children
    )
    if not definite or any(c.dep_ in {"amod", "nummod"} and c.lower_ in _OTHER for c in noun.children):
        return None
    if any(True for _ in prepositions(noun, "of", "with", "between", "among")):
        return None
    told = noun.dep_ in {"nsubj", "nsubjpass"} and noun.head == verb and noun.head.lemma_ in _HAPPEN
    clause = any(c.dep_ in {"relcl", "acl"} and c.lemma_ in _HAPPEN for c in noun.children)
    if not told and not clause:
        return None
    for child in noun.children:  # "the meeting, which took place in X on Monday"
        if child.dep_ in {"relcl", "acl"} and child.lemma_ in _HAPPEN:
            _read(reading, candidate, child)
    if verb is not None and told:
        _read(reading, candidate, verb)
    if not candidate.values("start") and not candidate.values("place"):
        return None
    candidate.rule = RULE
    candidate.slots.pop("topic", None)
    candidate.confidence = 0.8
    reading.note(RULE, [noun], "fired")
    return candidate


_OTHER = frozenset(
    {
        "next",
        "first",
        "last",
        "previous",
        "earlier",
        "other",
        "second",
        "third",
        "latest",
        "ministerial",
        "annual",
    }
)


def _read(reading: Reading, candidate: Candidate, verb: Token) -> None:
    owners = [verb, *(c for c in verb.children if c.lower_ == "place")]
    for thing in (t for owner in owners for t in prepositions(owner, "in", "at")):
        placed = reading.place_at(thing)
        if placed is not None and not candidate.values("place"):
            candidate.add("place", placed, placed.start, placed.end)
    for time in (t for owner in owners for t in reading.times_of(owner)):
        span = time.resolve(candidate.mood.direction)
        if span is not None and not candidate.values("start"):
            candidate.add("start", span.start, time.start, time.end, span.note)
