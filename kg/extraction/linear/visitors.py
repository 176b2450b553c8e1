"""Putting on a visit that is read from left to right who goes and where, and handing it on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.linear import subjects
from kg.extraction.linear.verbs import VerbGroup
from kg.extraction.modality import Mood
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.rules import legs

if TYPE_CHECKING:
    from spacy.tokens import Token

# What stands between a verb and a time that follows at once.
AT_ONCE = re.compile(r"(?: again)?(?:,? (?:on|in|at))? (?:the )?")


def agrees(group: VerbGroup, subject: subjects.Subject) -> bool:
    """Whether a present tense without an s has several for its subject, or who speaks."""
    bare = group.form == "base" and group.mood is Mood.PRESENT
    return not bare or len(subject.people) > 1 or any(r.resolved for r in subject.people)


def put(candidate: Candidate, placed: Placed) -> None:
    """Give a visit its place, and the state that it lies in."""
    candidate.add("to", placed.state, placed.start, placed.end)
    if placed.label and not (placed.place is None and placed.known_state):
        candidate.add("place", placed, placed.start, placed.end)


def visitors(candidate: Candidate, subject: subjects.Subject) -> None:
    """Give a visit those of its subject who hold a public office."""
    for r in subject.people:
        if r.person.public:
            candidate.add("visitor", r.person, r.start, r.end, r.resolved)


def done(reading: Reading, candidate: Candidate, token: Token) -> Iterator[Candidate]:
    """Hand a visit on that has a visitor: one candidate for each leg."""
    if not candidate.values("visitor"):
        return
    reading.note(candidate.rule, [token], "fired")
    yield from legs.split(reading, candidate)
