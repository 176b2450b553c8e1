"""Days of one trip: who arrives on Tuesday and tours a farm on Wednesday, both in one state, is on one visit."""

from __future__ import annotations

from datetime import date

from kg.extraction.candidates import Candidate
from kg.extraction.event import Event
from kg.extraction.lexicon import ARRIVALS, CALL_VERBS
from kg.extraction.modality import Mood

# So many days apart two days in one state are of one trip, where the text tells no end of it.
_APART = 4
_TOLD = frozenset({Mood.PAST, Mood.PERFECT, Mood.PRESENT, Mood.PROGRESSIVE, Mood.PLANNED})
_STOPS = frozenset(f"{verb}-verb" for verb in CALL_VERBS) | {"visit-verb", "tour-verb", "meeting-elsewhere"}


def of_one_trip(event: Event, candidate: Candidate) -> bool:
    """Whether a mention with another day than the event's may be of the same trip."""
    mine, theirs, end = candidate.first("start"), event.date("start"), event.date("end")
    if mine is None or theirs is None or len(str(mine.content)) < 10 or len(theirs) < 10:
        return False
    if candidate.mood not in _TOLD or any(m.mood not in _TOLD for m in event.mentions):
        return False
    arrivals = [m for m in event.mentions if m.rule in ARRIVALS and m.values("start")]
    if candidate.rule in ARRIVALS and arrivals:
        return False
    day = str(mine.content)
    apart = (date.fromisoformat(day) - date.fromisoformat(theirs)).days
    days = [int(str(v.content)) for m in (*event.mentions, candidate) for v in m.values("days")]
    limit = days[0] - 1 if days else _APART
    if end is not None and len(end) == 10 and day > end:
        return False
    if apart < 0 and event.mentions[0].values("end"):
        return False
    return abs(apart) <= limit


def join(event: Event, candidate: Candidate) -> None:
    """Add a mention of a trip on another day: the first of the days is that of the arrival."""
    mine, theirs = candidate.first("start"), event.date("start")
    if mine is not None and theirs is not None and str(mine.content) < theirs:
        for mention in event.mentions:
            mention.slots.pop("start", None)
    else:
        candidate.slots.pop("start", None)
    event.mentions.append(candidate)


def begins(event: Event) -> bool:
    """Whether the start of a visit is told of its beginning, not of a stop on the way."""
    starts = [m for m in event.mentions if m.values("start")]
    return not starts or any(
        (m.rule not in _STOPS and not m.rule.endswith("presence")) or m.values("days") for m in starts
    )
