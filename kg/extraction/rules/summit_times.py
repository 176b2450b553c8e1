"""When a summit is: its first day, the month where only a day about it is told, and the day of its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.dates import Direction, TimeExpression, add_days
from kg.extraction.grammar import VERBAL, governor
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.rules.summit_moods import BEGIN, END, TAKE_PART, opening
from kg.extraction.rules.summit_places import where_or_as

if TYPE_CHECKING:
    from spacy.tokens import Token


_BESIDE = frozenset({"sideline", "sidelines", "margin", "margins", "eve", "fringe", "fringes", "wings"})
_ORDINALS = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3}
_CLOCK = re.compile(r"\b(?:\d{1,2}(?::\d\d)? ?[ap]\.?m\b|o['’]clock|at noon|in the morning|now)\b")


def add_times_between(reading: Reading, candidate: Candidate, start: int, end: int) -> None:
    """The time told right after an organizer in a list: "of A on Thursday and of B on Friday"."""
    for time in reading.times:
        if start <= time.start < end and re.fullmatch(
            r"(?: \([\w-]+\))?(?: in \w+)?,? (?:on |in )?", reading.text[start : time.start]
        ):
            _start(reading, candidate, time)
            return


def add_times(reading: Reading, candidate: Candidate, noun: Token, holding: list[Token]) -> None:
    """Put the first day of a summit into its candidate, or the month where only a day about it is told."""
    beside = any(a.lower_ in _BESIDE for a in noun.ancestors if a.sent == noun.sent and abs(a.i - noun.i) < 5)
    day = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if day is not None and day.lemma_ == "day":
        _from_a_day(reading, candidate, noun, day)
        return
    if any(v.lemma_ in END for v in holding):
        _from_the_end(reading, candidate, noun, holding)
        return
    for owner in (*holding, noun):
        # "after A, in May 2022, this year's started on October 21": the narrower one
        for time in sorted(reading.times_of(owner), key=lambda t: t.kind in {"month", "year", "unit"}):
            if candidate.values("start"):
                return
            if _since(reading, time):
                continue
            by_verb = _by_verb(noun) or _by_verb(opening(noun))
            exact = owner in holding or (not beside and (_own(reading, noun, time) or by_verb))
            _start(reading, candidate, time, exact)
    verb = governor(noun)
    for owner in [verb.head] if verb is not None and where_or_as(verb) else []:
        for time in reading.times_of(owner):
            if not candidate.values("start"):
                _start(reading, candidate, time)
    today = reading.setting.day
    if today is not None and not candidate.values("start") and holding and holding[0].lemma_ in BEGIN:
        told = _CLOCK.search(noun.sent.text)
        if told and candidate.mood in {Mood.PRESENT, Mood.PROGRESSIVE}:
            note = f"“{told.group()}” without a day, seen from {today.isoformat()}"
            candidate.add("start", today.isoformat(), noun.idx, noun.idx + len(noun), note)


def _since(reading: Reading, time: TimeExpression) -> bool:
    """ "the first since May 2022", "the first since Kampala in 2007": when another one was."""
    return (
        re.search(r"\bsince\b[^,.;:\n]{0,40}$", reading.text[max(0, time.start - 50) : time.start])
        is not None
    )


def _own(reading: Reading, noun: Token, time: TimeExpression) -> bool:
    """Whether a time stands with the noun: "the July summit", "the summit in X on Tuesday"."""
    end = noun.idx + len(noun)
    if end <= time.start:
        gap = reading.text[end : time.start]
        return (
            re.fullmatch(
                r"(?: of (?:the )?[A-Z][\w’' -]+?)?(?: in [A-Z][\w’' -]+?)?,? \(?(?:on |from |of |in |for )?(?:the )?(?:early |mid-?|late )?",
                gap,
            )
            is not None
        )
    span = reading.doc.char_span(time.start, time.end, alignment_mode="expand")
    return span is not None and noun in span.root.ancestors and all(
        a.pos_ not in VERBAL for a in span.root.ancestors if a.i < noun.i and noun in a.ancestors
    )  # fmt: skip


def _by_verb(noun: Token) -> bool:
    """Whether the day of the verb is a day of the summit: of attending it, not of travelling or of talks there."""
    verb = governor(noun)
    if verb is None:
        return False
    lemma = verb.lemma_.casefold()
    for_it = (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "for"
        and lemma in {"meet", "gather", "convene", "assemble"}
    )
    return lemma in TAKE_PART or for_it


def _start(reading: Reading, candidate: Candidate, time: TimeExpression, exact: bool = True) -> None:
    """Take a time for the first day; what is not exactly of the summit tells the month only."""
    span = time.resolve(candidate.mood.direction or "future")
    if span is None:
        return
    start = span.start if exact else span.start[:7]
    note = span.note if exact else f"{time.text}: a day about the summit, so in {start}"
    candidate.add("start", start, time.start, time.end, note)
    if span.end and exact:
        candidate.add("end", span.end, time.start, time.end, span.note)
    follows = re.match(r",? (?:in|at) (?=[A-Z])", reading.text[time.end :])
    placed = reading.places.at(time.end + follows.end()) if follows and exact else None
    if placed is not None and placed.place and not candidate.values("place"):
        candidate.add("place", placed, placed.start, placed.end)


def _from_a_day(reading: Reading, candidate: Candidate, noun: Token, day: Token) -> None:
    """ "the second day of the summit on Wednesday": it began the day before."""
    ordinal = next((_ORDINALS[c.lower_] for c in day.children if c.lower_ in _ORDINALS), None)
    for time in reading.times_of(day):
        span = time.resolve(_direction(day))
        if span is not None and len(span.start) == 10:
            start = span.start[:7] if ordinal is None else add_days(span.start, -ordinal)
            candidate.add("start", start, time.start, time.end, f"{time.text} is a later day of the summit")
            return


def _direction(token: Token) -> Direction | None:
    verb = governor(token)
    return mood_of_verb(verb).direction if verb is not None else None


def _from_the_end(reading: Reading, candidate: Candidate, noun: Token, holding: list[Token]) -> None:
    """ "the two-day summit ended on Friday": the last day, and the first where it lasts N days."""
    duration = reading.duration_of(noun)
    for verb in holding:
        for time in reading.times_of(verb):
            span = time.resolve(candidate.mood.direction)
            if span is None:
                continue
            if len(span.start) == 10:
                candidate.add("end", span.start, time.start, time.end, span.note)
            if duration is not None and len(span.start) == 10:
                start = add_days(span.start, 1 - duration[2])
                candidate.add(
                    "start", start, time.start, time.end, f"{duration[2]} days, the last is {span.start}"
                )
            else:
                candidate.add("start", span.start[:7], time.start, time.end, "the end is told, so the month")
            return
