"""What the travels of one person say about each other: who is back home on Friday has ended the visit of that week."""

from __future__ import annotations

from datetime import date

from kg.extraction.candidates import Candidate
from kg.extraction.event import Derived, Event
from kg.extraction.modality import Mood
from kg.extraction.persons import Person

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
