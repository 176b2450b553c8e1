"""Meetings: "talks with", "met", "received", "held a meeting", "spoke by phone"; at least two leaders of different states."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL
from kg.extraction.lexicon import MEETING_NOUNS, MEETING_VERBS
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules import meeting_nouns, meeting_verbs, tables


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for meetings, in order of place."""
    for token in reading.words:
        lemma = token.lemma_.casefold()
        if token.pos_ == "NOUN" and (
            lemma in MEETING_NOUNS
            or (lemma == "summit" and meeting_nouns.of_two(token))
            or tables.is_meal(reading, token)
        ):
            yield from meeting_nouns.read(reading, referents, token)
        elif token.pos_ in VERBAL and lemma in MEETING_VERBS | meeting_verbs.SPEAK | tables.VERBS:
            yield from meeting_verbs.read(reading, referents, token)
