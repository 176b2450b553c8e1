"""Where somebody comes from: "flew in from Lusaka", "from Tunis he went on to Algiers", "on his way home from Lima".

Who travels on from a foreign town has been there, and the day of the journey ends that visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, governor, prepositions
from kg.extraction.lexicon import ARRIVE_VERBS, TRAVEL_VERBS
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = (ARRIVE_VERBS | TRAVEL_VERBS | {"get"}) - {
    "return",
    "leave",
    "depart",
    "set",
    "head",
    "step",
    "stop",
    "move",
}
# "came from", "hails from": with these only where the way is told too.
_BARE = frozenset({"come", "get", "go", "descend"})
_ALONG = frozenset(
    {"in", "over", "on", "straight", "directly", "to", "into", "up", "down", "home", "back", "here"}
)


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for visits that a journey ends, in order of place."""
    for token in reading.words:
        lemma = token.lemma_.casefold()
        if token.pos_ in VERBAL and lemma in _VERBS:
            if lemma in _BARE and not any(c.lower_ in _ALONG for c in token.children):
                continue
            yield from _origin(reading, referents, token, token)
        elif lemma == "way" and token.head.lower_ == "on" and (verb := governor(token)) is not None:
            for owner in (token, *(c for c in token.children if c.lower_ in {"home", "back"})):
                yield from _origin(reading, referents, owner, verb)


def _origin(reading: Reading, referents: Referents, owner: Token, verb: Token) -> Iterator[Candidate]:
    mood = mood_of_verb(verb)
    if mood not in {Mood.PAST, Mood.PERFECT}:
        return
    candidate = Candidate("visit", "origin", verb.idx, verb.idx + len(verb), mood, over=True, confidence=0.75)
    for thing in prepositions(owner, "from"):
        placed = reading.place_at(thing)
        if placed is None or placed.state is None or candidate.values("to"):
            continue
        candidate.add("to", placed.state, placed.start, placed.end)
        if not (placed.place is None and placed.known_state):
            candidate.add("place", placed, placed.start, placed.end)
    if not candidate.values("to"):
        return
    for r in referents.agents(verb):
        home = r.person.home
        if home is not None and "/state/" in home.value:  # an organization is at home in a town of its own
            candidate.add("visitor", r.person, r.start, r.end, r.resolved)
    if not candidate.values("visitor"):
        return
    for time in reading.times_of(verb)[:1]:
        span = time.resolve(mood.direction)
        if span is not None and len(span.start) == 10:
            candidate.add(
                "end", span.start, time.start, time.end, f"the journey from there was on {span.start}"
            )
    reading.note(candidate.rule, [verb], "fired")
    yield candidate
