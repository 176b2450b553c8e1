"""Talks at table ("breakfast with N.", "dined with N."), and talks with several people one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import prepositions
from kg.extraction.persons import Person
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


def different(people: list[Person]) -> bool:
    """Whether people act for two states at least.

    Two foreign ministers do, though the state of one is not told, and so do a foreign minister and an organization's official.
    """
    homes = {p.home for p in people if p.home is not None}
    untold = [p for p in people if p.home is None]
    if len(homes) > 1 or len(untold) != 1 or not untold[0].diplomat:
        return len(homes) > 1
    told = [p for p in people if p.home is not None]
    return any(p.diplomat or (p.home is not None and "/organization/" in p.home.value) for p in told)


def apart(reading: Reading, candidate: Candidate, token: Token) -> Iterator[Candidate]:
    """A meeting of several, or one with each of them where the sentence says that they were seen one by one."""
    people = candidate.values("participant")
    sentence = token.sent
    if len(people) < 3 or not _ONE_BY_ONE.search(reading.text[sentence.start_char : sentence.end_char]):
        yield candidate
        return
    homes = [v.content.home for v in people if isinstance(v.content, Person)]
    # "A, B and C called on N. separately": N. saw each of them, who are of one state.
    hub = (
        people[-1]
        if homes[-1] not in homes[:-1] and len({h for h in homes[:-1] if h is not None}) == 1
        else people[0]
    )
    for other in (v for v in people if v is not hub):
        pair = [p for p in (hub.content, other.content) if isinstance(p, Person)]
        if not different(pair):
            continue
        slots = {k: list(v) for k, v in candidate.slots.items()} | {"participant": [hub, other]}
        yield Candidate(candidate.kind, candidate.rule, other.start, other.end, candidate.mood, slots,
                        candidate.begun, candidate.over, min(candidate.confidence, 0.8))  # fmt: skip
