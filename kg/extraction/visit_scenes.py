"""What a visit gets from elsewhere in its text: the place of "the summit", the day of a heading or of a live blog."""

from __future__ import annotations

from kg.extraction import diary
from kg.extraction.candidates import Candidate, Value
from kg.extraction.modality import Mood
from kg.extraction.places import Placed
from kg.extraction.reading import Reading

_AHEAD = frozenset({Mood.PLANNED, Mood.CANCELLED, Mood.POSTPONED})


def locate(reading: Reading, candidates: list[Candidate]) -> None:
    """Give who attends "the summit" its place: the one that the text tells, or that of the dateline."""
    told = {v.content.place or v.content.label: v for c in candidates if c.kind == "summit"
            for v in c.values("place") if isinstance(v.content, Placed)}  # fmt: skip
    places = list(told.values())
    for candidate in (c for c in candidates if c.rule == "roster" and c.values("attends") and c.values("to")):
        state = candidate.values("to")[0].content
        own = [v for v in places if isinstance(v.content, Placed) and v.content.state == state]
        if own:
            near = min(own, key=lambda v: abs(v.start - candidate.start))
            candidate.add("place", near.content, near.start, near.end, "the summit is there")
    for candidate in (c for c in candidates if c.values("attends") and not c.values("to")):
        value = places[0] if len(places) == 1 else _nearest(reading, candidate, candidates)
        scene = reading.scene_at(candidate.start)
        if value is not None and isinstance(value.content, Placed):
            placed, start, end = value.content, value.start, value.end
        elif not places and scene is not None:
            placed, start, end = scene, candidate.start, candidate.end
        else:
            continue
        if placed.state is not None:
            note = f"the summit is in {placed.label}"
            candidate.add("to", placed.state, start, end, note)
            candidate.add("place", placed, start, end, note)
            days = _days(candidates)
            if (
                len(days) == 1
                and not candidate.values("start")
                and (
                    candidate.rule.endswith("presence")
                    or (candidate.rule == "attendance" and candidate.mood in _AHEAD)
                )
            ):
                day = next(iter(days.values()))
                candidate.add("start", day.content, day.start, day.end, f"the summit begins on {day.content}")


def _days(candidates: list[Candidate]) -> dict[str, Value]:
    """The first days of the summits that a text tells; a month that has one of the days is not another."""
    days = {str(v.content): v for c in candidates if c.kind == "summit" for v in c.values("start")}
    return {d: v for d, v in days.items() if not any(o != d and o.startswith(d) for o in days)}


def _nearest(reading: Reading, candidate: Candidate, candidates: list[Candidate]) -> Value | None:
    """Of several summits the place of the one told last, in the same paragraph."""
    begin = reading.text.rfind("\n\n", 0, candidate.start) + 1
    told = [c for c in candidates if c.kind == "summit" and begin <= c.start <= candidate.end + 80]
    before = [v for c in told for v in c.values("place") if isinstance(v.content, Placed)]
    return before[-1] if before else None


def date_items(reading: Reading, candidates: list[Candidate]) -> None:
    """Give what a diary announces without a day that of the heading above it."""
    for candidate in (c for c in candidates if c.kind in {"visit", "meeting"} and not c.values("start")):
        day = diary.day_above(reading.text, reading.times, candidate.start)
        if day is None or candidate.mood not in {Mood.PLANNED, Mood.PRESENT}:
            continue
        span = day.resolve("future")
        if span is not None:
            candidate.add("start", span.start, day.start, day.end, "the heading above gives the day")


def date_hours(reading: Reading, candidates: list[Candidate]) -> None:
    """Give what a live blog tells without a day, in a paragraph that names no other, the day of the blog."""
    day = reading.setting.day
    for candidate in (c for c in candidates if c.kind in {"visit", "meeting"} and not c.values("start")):
        low = reading.text.rfind("\n\n", 0, candidate.start) + 1
        high = reading.text.find("\n\n", candidate.start)
        other = any(
            low <= t.start < (high if high > 0 else t.start + 1) and t.kind != "deictic"
            for t in reading.times
        )
        arrived = candidate.kind == "meeting" or candidate.begun
        if day is None or other or not arrived or not diary.in_hour(reading.text, candidate.start):
            continue
        if candidate.mood in {Mood.PAST, Mood.PERFECT, Mood.PRESENT, Mood.PROGRESSIVE} and not candidate.over:
            candidate.add("start", day.isoformat(), candidate.start, candidate.end, "told live, of the day")
