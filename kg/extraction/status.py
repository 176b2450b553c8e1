"""What the status of an event is, from the moods of its mentions and from its dates."""

from __future__ import annotations

from datetime import date

from kg.claims import Modality
from kg.extraction.candidates import Candidate
from kg.extraction.dates import add_days
from kg.extraction.event import Event
from kg.extraction.lexicon import ARRIVALS
from kg.extraction.modality import Mood

# Whoever is told to have arrived stays this many days at most, where the text gives no end; talks or a trip told
# otherwise are over the day after.
_ARRIVED = 5
_TOLD = 0
# Rules whose words only say that somebody was there; after an arrival they do not say that he has left.
_WAS_THERE = ("-presence", "-there")
_BEEN = frozenset({Mood.PAST, Mood.PERFECT, Mood.PRESENT})
# A summit whose opening is told, and no end.
_SUMMIT_LASTS = 3


def _takes_up(mention: Candidate) -> bool:
    telling = (
        mention.values("to") or mention.values("start") or mention.values("end") or mention.values("attends")
    )
    return mention.rule == "visit-noun" and not (telling or mention.begun or mention.over)


def _leaving(mention: Candidate) -> bool:
    return mention.over and mention.mood is Mood.PLANNED


def _lasts(event: Event) -> int:
    arrived = any(
        m.rule in ARRIVALS or not m.people("visitor") or (m.rule == "visit-noun" and m.begun)
        for m in event.mentions
    )
    return _ARRIVED if arrived else _TOLD


def status(event: Event, day: date | None) -> Modality:
    """The modality of the claims about a visit, meeting or summit, seen from a day."""
    today = day.isoformat() if day else None
    start, end = event.date("start"), event.date("end")
    moods = {
        m.mood for m in event.mentions if m.people("visitor") or m.people("participant") or m.kind == "summit"
    }
    if event.kind == "visit":  # what only takes the visit up ("during her visit") says nothing of when it is
        moods = {m.mood for m in event.mentions if m.people("visitor") and not _takes_up(m)} or moods
        # Who "leaves on Friday" may be there already.
        staying = {
            m.mood for m in event.mentions if m.people("visitor") and not _takes_up(m) and not _leaving(m)
        }
        moods = staying or moods
    moods = moods or {m.mood for m in event.mentions}
    every = {m.mood for m in event.mentions}
    if any(m.begun and m.rule in ARRIVALS and m.mood in {Mood.PAST, Mood.PERFECT} for m in event.mentions):
        every -= {Mood.POSTPONED, Mood.CANCELLED}  # it was put off, and has begun after all
    if Mood.POSTPONED in every:  # also where the text calls it both: the later day is the stronger word
        return Modality.POSTPONED
    if Mood.CANCELLED in every:
        return Modality.CANCELLED
    told = moods - {Mood.DENIED, Mood.POSSIBLE}
    if not told:
        return Modality.DENIED if Mood.DENIED in moods else Modality.POSSIBLE
    ahead = today is not None and start is not None and start > today[: len(start)]
    past = moods & {Mood.PAST, Mood.PERFECT}
    if event.kind == "summit" and today is not None:
        return _summit_status(event, today, start, end)
    if ahead and not past:
        return Modality.PLANNED
    if Mood.PLANNED in moods and not past:
        return Modality.PLANNED
    if event.kind == "visit":
        return _visit_status(event, today, start, end, bool(past))
    if past or (today is not None and start is not None and start < today[: len(start)]):
        return Modality.OCCURRED
    return Modality.PLANNED if start is None or ahead else Modality.UNDERWAY


def _visit_status(
    event: Event, today: str | None, start: str | None, end: str | None, past: bool
) -> Modality:
    gone = [m for m in event.mentions if m.over and m.mood in {Mood.PAST, Mood.PERFECT}]
    arrived = any(m.rule in ARRIVALS and m.mood in _BEEN and m.values("start") for m in event.mentions)
    if gone and not (arrived and all(m.rule.endswith(_WAS_THERE) for m in gone)):
        return Modality.OCCURRED
    begun = any(
        m.begun and m.mood in {Mood.PAST, Mood.PERFECT, Mood.PRESENT, Mood.PROGRESSIVE}
        for m in event.mentions
    )
    if today is None:
        return Modality.OCCURRED if past else Modality.UNDERWAY
    if end is not None and len(end) == 10 and end < today:
        return Modality.OCCURRED
    if (
        start is not None
        and (len(start) < 10 or add_days(start, _lasts(event)) < today)
        and not (end and end >= today)
    ):
        return Modality.OCCURRED
    if begun or (end is not None and end >= today):
        return Modality.UNDERWAY
    return Modality.OCCURRED if past else Modality.UNDERWAY


def _summit_status(event: Event, today: str, start: str | None, end: str | None) -> Modality:
    """A summit is on from its first day until it is over: told so, its last day gone, or a few days later."""
    moods = {m.mood for m in event.mentions}
    past = moods & {Mood.PAST, Mood.PERFECT}
    if start is not None and start > today[: len(start)]:
        return Modality.PLANNED
    lasts = end is not None and len(end) == 10 and end > today
    if lasts and (start is None or len(start) < 10):  # "the summit, which closes on Sunday"
        begun = any(m.begun and m.mood not in {Mood.PLANNED, Mood.POSSIBLE} for m in event.mentions)
        return Modality.UNDERWAY if begun else Modality.PLANNED
    if not lasts and any(
        m.over and m.mood in {Mood.PAST, Mood.PERFECT, Mood.PRESENT} for m in event.mentions
    ):
        return Modality.OCCURRED
    begun = any(m.begun and m.mood not in {Mood.PLANNED, Mood.POSSIBLE} for m in event.mentions)
    if start is None or len(start) < 10:
        if past and not begun:
            return Modality.OCCURRED
        current = start is None or start == today[: len(start)]
        if begun and current:
            return Modality.UNDERWAY
        return Modality.PLANNED if current else Modality.OCCURRED
    if start == today and moods <= {Mood.PLANNED, Mood.POSSIBLE}:
        return Modality.PLANNED
    if end is not None and len(end) == 10:
        return Modality.UNDERWAY if end >= today else Modality.OCCURRED
    on = start == today or begun or moods & {Mood.PRESENT, Mood.PROGRESSIVE}
    return Modality.UNDERWAY if on and add_days(start, _SUMMIT_LASTS) >= today else Modality.OCCURRED
