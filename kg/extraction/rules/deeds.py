"""Whatever a leader is told to have done in a foreign town on a day: who "fell ill in Lima on Monday" was there.

The widest of the rules for visits, and the least certain: only of the past, with a day or month or "here", and not with
verbs that reach to places from afar.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import SUBJECTS, VERBAL, prepositions
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules import arena
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

# What can be done in a place without being there, and what lasts for years.
_FROM_AFAR = frozenset(
    ["be", "have", "do", "order", "send", "support", "back", "fund", "finance", "invest", "intervene", "condemn", "welcome",
     "appoint", "own", "buy", "sell", "live", "study", "grow", "bear", "die", "believe", "lead", "rule", "serve", "work",
     "play", "run", "win", "lose", "vote", "elect", "start", "begin", "end", "expect", "plan", "want", "hope", "propose",
     "announce", "see", "know", "hear", "read", "learn", "call", "phone", "telephone", "write", "cancel", "postpone",
     "invite", "miss", "skip", "hold", "mean", "make", "take", "become", "remain", "seek", "build", "keep", "put", "set",
     "deploy", "kill", "bomb", "attack", "invade", "fight", "mediate", "back", "oust", "succeed", "follow", "say", "tell",
     "host", "receive", "meet", "give", "get", "lack", "accuse", "name", "agree", "promise", "urge", "pay", "return",
     "leave", "depart", "arrive", "land", "fly", "go", "come", "travel", "stay", "spend", "visit", "sign", "attend"]
)  # fmt: skip
_DATED = frozenset({"day", "weekday", "deictic", "month", "anchor"})


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for visits in a reading, in order of place."""
    for token in reading.words:
        if token.pos_ != "VERB" or token.lemma_.casefold() in _FROM_AFAR:
            continue
        if not any(c.dep_ in SUBJECTS or c.dep_ == "nsubj" for c in token.children):
            continue
        if mood_of_verb(token) in {Mood.PAST, Mood.PERFECT}:
            yield from _deed(reading, referents, token)


def _deed(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    if any(c.dep_ in {"auxpass", "ccomp"} for c in verb.children) or verb.head.pos_ not in VERBAL | {
        "NOUN",
        "PROPN",
    }:
        return
    candidate = Candidate(
        "visit", "act-there", verb.idx, verb.idx + len(verb), mood_of_verb(verb), over=True, confidence=0.65
    )
    arena.put_here(reading, candidate, verb)
    dated = any(t.kind in _DATED for t in reading.times_of(verb))
    if not candidate.values("to") and dated:
        for thing in prepositions(verb, "in", "at"):
            placed = reading.place_at(thing)
            if (
                placed is not None
                and placed.place is not None
                and placed.state is not None
                and not candidate.slots
            ):
                candidate.add("to", placed.state, placed.start, placed.end)
                candidate.add("place", placed, placed.start, placed.end)
    if not candidate.values("to"):
        return
    for r in referents.agents(verb):
        if r.person.public and r.person.home is not None and "/state/" in r.person.home.value:
            candidate.add("visitor", r.person, r.start, r.end, r.resolved)
    if len(candidate.people("visitor")) != 1:
        return
    add_times(reading, candidate, verb, "past")
    reading.note(candidate.rule, [verb], "fired")
    yield candidate
