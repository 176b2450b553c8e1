"""Putting times on candidates: which expression of time belongs to an event, and what it means for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.dates import Direction, TimeExpression
from kg.extraction.grammar import SUBJECTS, VERBAL, governor
from kg.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_NARROW = {
    "day": 0,
    "weekday": 0,
    "deictic": 0,
    "anchor": 1,
    "ago": 1,
    "month": 2,
    "unit": 3,
    "year": 4,
    "end": 5,
}

_FROM_ON = frozenset({"starting", "beginning", "commencing"})


def add_times(reading: Reading, candidate: Candidate, token: Token, direction: Direction | None) -> None:
    """Give a candidate its start (and end, where one is told) from the expressions that the parse puts with it."""
    times = sorted(_times(reading, token) or _fronted(reading, token), key=lambda t: _NARROW[t.kind])
    for time in times:
        if _since(reading, time):
            continue
        if _ends(reading, time):
            span = time.resolve(direction)
            if span is not None and len(span.start) == 10:
                candidate.add("end", span.start, time.start, time.end, span.note)
            continue
        if candidate.values("start"):
            continue
        span = time.resolve(direction)
        if span is None:
            continue
        candidate.add("start", span.start, time.start, time.end, span.note)
        if span.end:
            candidate.add("end", span.end, time.start, time.end, span.note)


def _times(reading: Reading, token: Token) -> list[TimeExpression]:
    """The times of a word; of "the day in 1983 when N. came" that of the day, of a second verb that before the first."""
    times = reading.times_of(token)
    if token.dep_ == "pcomp" and token.head.lower_ == "before":  # "stays until Monday before going on"
        low = token.head.idx
        return [t for t in times if t.start > low]
    if token.dep_ == "advcl" and token.i > token.head.i:
        mark = next((c for c in token.children if c.lower_ in {"before", "after"} and c.i < token.i), None)
        if mark is not None:  # "stopped on Monday before arriving on Tuesday"
            times = [t for t in times if t.start > mark.idx]
    verb = token if token.pos_ in VERBAL else governor(token)
    if not times and verb is not None:  # "Starting on May 5, he will …"
        times = [t for c in verb.children if c.lower_ in _FROM_ON for t in reading.times_of(c)]
    if times or token.head.i == token.i:
        return times
    if (
        token.dep_ == "relcl"
        and reading.times_at(token.head)
        and not any(c.tag_ in {"WDT", "WP"} or c.lower_ in {"when", "that"} for c in token.children)
    ):  # "The following day he travelled": the parser takes the day for the head of it all
        return [t for t in reading.times if token.head.left_edge.idx <= t.start <= token.head.idx]
    if token.dep_ == "relcl" and any(c.lower_ == "when" for c in token.children):
        head = token.head
        low, high = head.left_edge.idx, token.left_edge.idx
        return [t for t in reading.times if low <= t.start < high]
    if token.dep_ == "advcl" and any(c.lower_ == "when" for c in token.children) and token.head.i < token.i:
        # "that was in May 2022, when N. came"
        low, high = token.head.idx, token.left_edge.idx
        return [t for t in reading.times if low <= t.start < high]
    if (
        token.dep_ == "conj"
        and token.head.pos_ in VERBAL
        and not any(c.dep_ in SUBJECTS for c in token.children)
    ):
        return [t for t in reading.times_of(token.head) if t.end <= token.head.idx]
    return []


def _fronted(reading: Reading, token: Token) -> list[TimeExpression]:
    """ "On Monday the two signed …": the time that the sentence opens with, for what its main clause tells."""
    sentence = token.sent
    verb = token
    while verb.head.i != verb.i and verb.dep_ in {
        "dobj",
        "obj",
        "pobj",
        "prep",
        "conj",
        "xcomp",
        "nsubj",
        "nsubjpass",
        "compound",
    }:
        if verb.dep_ == "conj" and verb.pos_ in VERBAL and any(c.dep_ in SUBJECTS for c in verb.children):
            return []
        verb = verb.head
    if verb.head.i != verb.i or verb.pos_ not in VERBAL:
        return []
    for time in reading.times:
        if sentence.start_char <= time.start < sentence.end_char:
            opens = _OPENS.fullmatch(reading.text[sentence.start_char : time.start])
            return [time] if opens and time.end <= token.idx else []
    return []


_OPENS = re.compile(
    r"\W*(?:(?:and|but|only|then|early|late|later|back)\b ?)*(?:on|in|early on|late on|at)? ?(?:early |late |the )?",
    re.IGNORECASE,
)


def _since(reading: Reading, time: TimeExpression) -> bool:
    """ "since September", "since taking office in 2018": no day of what has happened since."""
    before = reading.text[max(0, time.start - 50) : time.start]
    return re.search(r"\bsince (?:\w+ing\b[^,.;:\n]{0,40} )?$", before, re.IGNORECASE) is not None


def _ends(reading: Reading, time: TimeExpression) -> bool:
    """Whether the words before an expression make it an end ("until October 4")."""
    before = reading.text[max(0, time.start - 8) : time.start].casefold()
    return before.endswith(("until ", "till ", "through ", "up to "))
