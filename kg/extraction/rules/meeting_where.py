"""Where and when leaders meet: told with the word, by the gathering beside which they do, or right after who they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, conjuncts, governor, prepositions
from kg.extraction.lexicon import ARRIVAL_NOUNS, VISIT_NOUNS
from kg.extraction.places import Placed
from kg.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_BESIDE = frozenset({"sideline", "margin", "fringe"})
_TIME_GAP = re.compile(r"(?:, (?:here|there))?,? (?:on |in |late (?:on )?|early (?:on )?|earlier |later )?")
_GATHERINGS = frozenset(
    {
        "summit",
        "meeting",
        "conference",
        "forum",
        "session",
        "gathering",
        "assembly",
        "funeral",
        "inauguration",
    }
)


def add_place(
    reading: Reading, candidate: Candidate, verb: Token, words: tuple[str, ...] = ("in", "at")
) -> None:
    """Put the place of a verb into a candidate: told with it, or where its clause is."""
    found = [p for t in prepositions(verb, *words) if (p := reading.place_at(t)) is not None]
    if not found and not candidate.values("place") and (where := reading.where(verb)) is not None:
        found.append(where)
    for placed in found:
        candidate.add("place", placed, placed.start, placed.end)


def add_place_of_event(reading: Reading, candidate: Candidate, token: Token) -> None:
    """Put the place of the gathering beside which leaders meet into a candidate, or of the arrival on which they do.

    "met N. on the sidelines of the summit in Oslo", "upon his arrival in Oslo, he met N.".
    """
    if candidate.values("place"):
        return
    for thing in [*prepositions(token, "on", "at", "during", "upon"), *_of_guests(token)]:
        lemma = thing.lemma_.casefold()
        events = [thing]
        if lemma in _BESIDE:
            events = list(prepositions(thing, "of"))
        elif lemma in ARRIVAL_NOUNS | VISIT_NOUNS:
            if any(reading.person_at(w) for w in thing.subtree):
                continue
        elif lemma not in _GATHERINGS:
            continue
        for event in events:
            placed = _where(reading, event)
            if placed is not None:
                candidate.add("place", placed, placed.start, placed.end)
                return


def _of_guests(token: Token) -> list[Token]:
    """What the parser hangs on the guest: "met N. on the sidelines of …"."""
    guests = [c for c in token.children if c.dep_ in {"dobj", "obj"}] + list(
        prepositions(token, "with", "between")
    )
    return [t for g in guests for w in conjuncts(g) for t in prepositions(w, "on", "at", "during")]


def _where(reading: Reading, event: Token) -> Placed | None:
    """The place that the name of a gathering ends in ("the session of the assembly in Oslo", "the Oslo summit")."""
    for word in event.subtree:
        if word.pos_ in VERBAL or abs(word.i - event.i) > 12:
            continue
        inside = word.dep_ == "pobj" and word.head.lower_ in {"in", "at", "to"} and word.i > event.i
        before = word.dep_ in {"compound", "nmod", "poss"} and word.head == event
        if (inside or before) and (placed := reading.place_at(word)) is not None:
            if before and placed.place is None:
                continue
            return placed
    return None


def add_time_of_stay(reading: Reading, candidate: Candidate, verb: Token | None) -> None:
    """The day that the clause above tells, where talks are told by one with "where" or "when".

    "On Monday he will be in Oslo, where he will give a lecture and hold talks with N.": the day of being there. "N. will
    host M. in Oslo tomorrow, when they are to hold talks": that day, and that place.
    """
    while verb is not None and verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ in VERBAL:
        verb = verb.head
    if verb is None or verb.dep_ not in {"relcl", "advcl"}:
        return
    stay = governor(verb)
    when = next((c for c in verb.children if c.lower_ == "when" and c.dep_ == "advmod"), None)
    if stay is not None and when is not None:
        time = next((t for t in reading.times if re.fullmatch(r",? ", reading.text[t.end : when.idx])), None)
        if time is None or (span := time.resolve(candidate.mood.direction)) is None:
            return
        if not candidate.values("start"):
            candidate.add("start", span.start, time.start, time.end, span.note)
        if not candidate.values("place"):
            add_place(reading, candidate, stay)
        return
    if (
        stay is None
        or candidate.values("start")
        or stay.lemma_ != "be"
        or not any(c.lower_ == "where" for c in verb.children)
    ):
        return
    spans = [(t, s) for t in reading.times_of(stay) if (s := t.resolve(candidate.mood.direction)) is not None]
    if len(spans) == 1 and spans[0][1].end is None:
        time, span = spans[0]
        candidate.add("start", span.start, time.start, time.end, span.note)


def add_time_after(reading: Reading, candidate: Candidate) -> None:
    """Put the time into a candidate that stands right after who met and where ("his talks with N. in Oslo on Monday")."""
    if candidate.values("start"):
        return
    ends = [
        v.end
        for slot in ("participant", "place")
        for v in candidate.values(slot)
        if v.start > candidate.start
    ]
    if not ends:
        return
    at = max(ends)
    gap = _TIME_GAP.match(reading.text, at)
    time = next((t for t in reading.times if gap and t.start == gap.end()), None)
    if time is not None and (span := time.resolve(candidate.mood.direction)) is not None:
        candidate.add("start", span.start, time.start, time.end, span.note)
