"""What the travels of one person say about each other: who is back home on Friday has ended the visit of that week."""

from __future__ import annotations

from datetime import date

from kg.extraction.candidates import Candidate
from kg.extraction.event import Derived, Event
from kg.extraction.lexicon import ARRIVALS
from kg.extraction.modality import Mood
from kg.extraction.persons import Person
from kg.extraction.reading import Reading

# So many days before the return a visit may have begun.
_LONGEST = 12
_TOLD = frozenset({Mood.PAST, Mood.PERFECT, Mood.PLANNED, Mood.PRESENT, Mood.PROGRESSIVE})


def is_homecoming(candidate: Candidate) -> bool:
    """Whether a mention of a journey to the traveller's own state tells the day of coming home."""
    day = candidate.first("start")
    going = candidate.rule.endswith("-verb") and not candidate.rule.startswith(("visit", "tour", "come"))
    return (going or candidate.rule == "awaited") and day is not None and len(str(day.content)) == 10 and (
        candidate.mood in _TOLD
    )  # fmt: skip


def end_at_home(events: list[Event], homecomings: list[Candidate]) -> None:
    """Give the last visit before each homecoming its end, where the text tells none."""
    for home in homecomings:
        day = home.values("start")[0]
        for person in home.people("visitor"):
            visit = _last(events, person, str(day.content))
            if visit is None or visit.date("end") is not None:
                continue
            visit.derived.append(Derived(
                "end", str(day.content), ((home.start, home.end), (day.start, day.end)),
                f"{person.name} was back home on {day.content}",
            ))  # fmt: skip


def end_with_the_next(reading: Reading, events: list[Event]) -> None:
    """Leg after leg: who goes on to Rome on Friday has ended the visit to France that day.

    Only of legs told within a paragraph or two of each other, with no day at home in between.
    """
    legs = [e for e in events if e.kind == "visit" and len(e.date("start") or "") == 10
            and all(m.mood in _TOLD for m in e.mentions)]  # fmt: skip
    for event in legs:
        onward = next((m for m in event.mentions if m.rule in _MOVES and m.values("start")), None)
        if onward is None:
            continue
        day = event.date("start") or ""
        before = [e for e in legs if e is not event and _one_road(e, event, day)]
        if not before:
            continue
        last = max(before, key=lambda e: e.date("start") or "")
        near = abs(last.mentions[-1].start - onward.start) < _PARAGRAPHS or "\n\n" not in reading.text[
            min(last.mentions[0].start, onward.start) : max(last.mentions[0].start, onward.start)]  # fmt: skip
        if near and last.date("end") is None:
            value = onward.values("start")[0]
            who = event.people("visitor")[0].name
            last.derived.append(Derived(
                "end", day, ((onward.start, onward.end), (value.start, value.end)), f"{who} goes on to the next state on {day}",
            ))  # fmt: skip


# Verbs of going from one stop to the next.
_MOVES = frozenset(
    f"{verb}-verb"
    for verb in ("go", "fly", "travel", "head", "proceed", "continue", "move", "depart", "leave")
)
_PARAGRAPHS = 600
_NEAR = 4


def _one_road(event: Event, later: Event, day: str) -> bool:
    """Whether a visit is the stop before another: the same travellers, some days before, to another state."""
    start = event.date("start") or day
    moved = any(m.rule in _MOVES or m.rule in ARRIVALS for m in event.mentions)
    same = [id(p) for p in event.people("visitor")] == [id(p) for p in later.people("visitor")]
    apart = (date.fromisoformat(day) - date.fromisoformat(start)).days
    return moved and same and 0 < apart <= _NEAR and not set(event.nodes("to")) & set(later.nodes("to"))


def _last(events: list[Event], person: Person, day: str) -> Event | None:
    """The visit of somebody that began last before a day, if not long before it."""
    found: list[tuple[str, Event]] = []
    for event in events:
        start = event.date("start")
        if event.kind != "visit" or person not in event.people("visitor") or start is None or len(start) < 10:
            continue
        if all(m.mood in _TOLD for m in event.mentions) and start <= day:
            found.append((start, event))
    if not found:
        return None
    start, event = max(found, key=lambda pair: pair[0])
    near = (date.fromisoformat(day) - date.fromisoformat(start)).days <= _LONGEST
    return event if near and sum(s == start for s, _ in found) == 1 else None
