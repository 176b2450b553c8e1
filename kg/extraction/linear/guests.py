"""Guests told without a place: "B and C follow tomorrow", "he will be our visitor on the 25th"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.linear import subjects
from kg.extraction.linear.verbs import VerbGroup
from kg.extraction.linear.visitors import AT_ONCE, agrees, done, put, visitors
from kg.extraction.modality import Mood
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents

if TYPE_CHECKING:
    from spacy.tokens import Token

GUEST = re.compile(r" (?:our|my) (?:\w+ )?(?:guest|visitor)s?\b")
_ARRIVED = re.compile(r"\b(?:arriv\w+|land(?:ed|s)|flew in|flies in|c[ao]mes?|due|expected|drove)\b")


def following(reading: Reading, referents: Referents, token: Token, group: VerbGroup) -> Iterator[Candidate]:
    """ "A landed on Monday; B and C follow tomorrow": to where the story is."""
    end = token.idx + len(token)
    time = next(
        (t for t in reading.times if AT_ONCE.fullmatch(reading.text[end : t.start]) and t.start - end < 12),
        None,
    )
    scene = reading.scene_at(token.idx)
    first = token.sent.start
    low = reading.doc[first - 1].sent.start_char if first else 0
    arrived = _ARRIVED.search(reading.text, low, token.idx)
    subject = subjects.before(reading, referents, group.first)
    if time is None or scene is None or scene.state is None or arrived is None:
        return
    if subject is None or not agrees(group, subject):
        return
    mood = Mood.PLANNED if group.mood in {Mood.PRESENT, Mood.PROGRESSIVE, Mood.PLANNED} else group.mood
    span = time.resolve(mood.direction)
    candidate = Candidate("visit", "linear-follow", token.idx, end, mood, begun=True, confidence=0.75)
    put(candidate, Placed(token.idx, end, scene.label, scene.place, scene.state, scene.known_state))
    visitors(candidate, subject)
    if span is not None:
        candidate.add("start", span.start, time.start, time.end, span.note)
    yield from done(reading, candidate, token)


def our_guest(
    reading: Reading, referents: Referents, token: Token, group: VerbGroup, end: int
) -> Iterator[Candidate]:
    """ "He will be our visitor on the 25th": of the state of who speaks, with a day."""
    speaker = referents.pronouns.turns.heading_speaker(token.idx)
    state = speaker.home if speaker is not None else None
    time = next(
        (t for t in reading.times if AT_ONCE.fullmatch(reading.text[end : t.start]) and t.start - end < 12),
        None,
    )
    subject = subjects.before(reading, referents, group.first)
    if state is None or "/state/" not in state.value or time is None or subject is None:
        return
    span = time.resolve(group.mood.direction)
    candidate = Candidate("visit", "linear-guest", token.idx, end, group.mood, confidence=0.75)
    candidate.add("to", state, token.idx, end, "a guest of who speaks")
    visitors(candidate, subject)
    if span is not None:
        candidate.add("start", span.start, time.start, time.end, span.note)
    yield from done(reading, candidate, token)
