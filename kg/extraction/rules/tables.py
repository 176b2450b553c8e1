"""Talks at table ("breakfast with N.", "dined with N."), and talks with several people one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import prepositions
from kg.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBS = frozenset({"dine", "lunch", "breakfast"})
# Meetings only where they are "with" somebody.
_MEALS = frozenset(
    {"breakfast", "lunch", "luncheon", "dinner", "supper", "coffee", "tea", "exchange", "appointment", "chat", "trilateral",
     "session", "one-on-one", "rendezvous", "teleconference", "videoconference", "conference"}
)  # fmt: skip
_ONE_BY_ONE = re.compile(
    r"\b(?:separate(?:ly)?|one after (?:the other|another)|one by one|in turn|in succession|individual(?:ly)?|one-on-one"
    r"|a series of (?:bilateral )?meetings|bilateral meetings|bilaterals|back-to-back)\b",
    re.IGNORECASE,
)


def is_meal(reading: Reading, noun: Token) -> bool:
    """Whether a noun tells a meal or an exchange with somebody in public office, not one that others give."""
    if noun.lemma_.casefold() not in _MEALS:
        return False
    if noun.lemma_.casefold() == "conference" and not any(
        c.lower_ in {"video", "telephone"} for c in noun.children
    ):
        return False
    return any(
        (m := reading.person_at(t)) is not None and m.person.public
        for t in prepositions(noun, "with", "between")
    )


def apart(reading: Reading, candidate: Candidate, token: Token) -> Iterator[Candidate]:
    """A meeting of several, or one with each of them where the sentence says that they were seen one by one."""
    people = candidate.values("participant")
    sentence = token.sent
    if len(people) < 3 or not _ONE_BY_ONE.search(reading.text[sentence.start_char : sentence.end_char]):
        yield candidate
        return
    for other in people[1:]:
        slots = {k: list(v) for k, v in candidate.slots.items()} | {"participant": [people[0], other]}
        yield Candidate(candidate.kind, candidate.rule, other.start, other.end, candidate.mood, slots,
                        candidate.begun, candidate.over, min(candidate.confidence, 0.8))  # fmt: skip
