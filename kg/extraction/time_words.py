"""What words of time mean, seen from a day and in the direction of a tense: the weekday, the month, "two weeks ago".

`dates.py` finds the words; the makers here give for each a function from a direction to a span.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kg.extraction.lexicon import NUMBER_WORDS

Direction = Literal["past", "future"]

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH_OF = (
    {m: i for i, m in enumerate(_MONTHS, 1)} | {m[:3]: i for i, m in enumerate(_MONTHS, 1)} | {"sept": 9}
)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass(frozen=True, slots=True)
class Span:
    """What an expression means: first day (or month, year), last day where it names one, and how."""

    start: str
    end: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A piece of text that tells a time, to be resolved with the direction of its clause."""

    start: int
    end: int
    text: str
    kind: str
    resolve: Callable[[Direction | None], Span | None]


_SHIFT = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1}
# The month with which a season ends, seen from the north.
_SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": None}


Maker = Callable[[re.Match[str], "date | None"], Callable[[Direction | None], Span | None]]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return MONTH_OF[
        name.casefold().rstrip(".")[:4] if name.casefold().startswith("sept") else name.casefold()[:3]
    ]


def _nearest_year(month: int, day: int, today: date, direction: Direction | None) -> int:
    """The year that puts a day nearest to today, in the direction of the tense where it has one."""
    candidates = [d for y in (-1, 0, 1) if (d := _day(today.year + y, month, day)) is not None]
    if direction == "past":
        candidates = [d for d in candidates if d <= today] or candidates
    elif direction == "future":
        candidates = [d for d in candidates if d >= today] or candidates
    return min(candidates, key=lambda d: abs(d - today)).year if candidates else today.year


def calendar_of(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    groups = match.groupdict()
    month = _month(groups["month"])
    first = int(groups["day"])
    last = int(groups["last"]) if groups.get("last") else None
    last_month = _month(groups["month2"]) if groups.get("month2") else month

    def resolve(direction: Direction | None) -> Span | None:
        if groups.get("year"):
            year = int(groups["year"])
        elif today is None:
            return None
        elif groups.get("relative"):
            year = today.year + _SHIFT[groups["relative"].casefold()]
        else:
            year = _nearest_year(month, first, today, direction)
        start = _day(year, month, first)
        if start is None:
            return None
        end = _day(year + (last_month < month), last_month, last) if last else None
        if end is not None and end < start:
            end = None
        return Span(start.isoformat(), end.isoformat() if end else None)

    return resolve


def month_only_of(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    month = _month(match["month"])

    def resolve(direction: Direction | None) -> Span | None:
        word = (match.groupdict().get("which") or "").casefold().strip()
        if match["year"]:
            return Span(f"{match['year']}-{month:02}")
        if today is None:
            return None
        year = today.year
        if match["relative"]:
            return Span(f"{year + _SHIFT[match['relative'].casefold()]}-{month:02}")
        if word in {"last", "past"} or (direction == "past" and word not in {"next", "this"}):
            year -= month > today.month or (word == "last" and month == today.month)
        elif word == "next" or direction == "future":
            year += month < today.month or (word == "next" and month == today.month)
        return Span(f"{year}-{month:02}")

    return resolve


def weekday_of(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    wanted = WEEKDAYS.index(match["weekday"].casefold())

    def resolve(direction: Direction | None) -> Span | None:
        if today is None:
            return None
        word = (match["which"] or "").casefold().strip()
        back = (today.weekday() - wanted) % 7
        ahead = (wanted - today.weekday()) % 7
        if word in {"last", "past", "previous"}:
            day = today - timedelta(days=back or 7)
        elif word in {"next", "coming"}:
            day = today + timedelta(days=ahead or 7)
        elif direction == "past":
            day = today - timedelta(days=back)
        elif direction == "future":
            day = today + timedelta(days=ahead)
        else:
            return None
        way = "on or before" if day <= today else "after"
        return Span(
            day.isoformat(), note=f"{match.group()}: the {match['weekday']} {way} {today.isoformat()}"
        )

    return resolve


def weekdays_of(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    """ "from Monday to Wednesday", "on Monday and Tuesday": days of one week, both before today or both after."""
    first, last = (WEEKDAYS.index(match[name].casefold()) for name in ("weekday", "last"))
    length = (last - first) % 7

    def resolve(direction: Direction | None) -> Span | None:
        if today is None or direction is None or not length:
            return None
        if direction == "past":
            end = today - timedelta(days=(today.weekday() - last) % 7)
            start = end - timedelta(days=length)
        else:
            start = today + timedelta(days=(first - today.weekday()) % 7)
            end = start + timedelta(days=length)
        return Span(start.isoformat(), end.isoformat(), f"{match.group()}, seen from {today.isoformat()}")

    return resolve


def deictic_of(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    text = match.group().casefold()

    def resolve(direction: Direction | None) -> Span | None:
        if today is None:
            return None
        shift = (
            -1
            if "yesterday" in text or text in {"last night", "overnight"}
            else 1
            if "tomorrow" in text
            else 0
        )
        day = today + timedelta(days=shift)
        return Span(day.isoformat(), note=f"{match.group()}, seen from {today.isoformat()}")

    return resolve


def unit_of(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    which, unit = match["which"].casefold(), match["unit"].casefold()
    shift = _SHIFT[which]

    def resolve(direction: Direction | None) -> Span | None:
        if today is None:
            return None
        note = f"{match.group()}, seen from {today.isoformat()}"
        if unit == "year":
            return Span(str(today.year + shift), note=note)
        if unit == "month":
            index = today.year * 12 + today.month - 1 + shift
            return Span(f"{index // 12}-{index % 12 + 1:02}", note=note)
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=shift)
        sunday = monday + timedelta(days=6)
        same = monday.month == sunday.month
        return Span(monday.isoformat()[:7] if same else str(monday.year), note=note)

    return resolve


def season_of(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    """The year of "next spring", where the season of this year leaves no choice."""
    which, last_month = match["which"].casefold(), _SEASONS[match["season"].casefold()]

    def resolve(direction: Direction | None) -> Span | None:
        if today is None or last_month is None:
            return None  # a winter lies in two years
        gone, begun = today.month > last_month, today.month > last_month - 3
        year = today.year
        if which in {"next", "coming"}:
            year += begun
        elif which in {"last", "past"}:
            year -= not gone
        return Span(str(year), note=f"{match.group()}, seen from {today.isoformat()}")

    return resolve


def ago_of(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    number = count(match["number"]) or 0
    unit = match["unit"].casefold()

    def resolve(direction: Direction | None) -> Span | None:
        if today is None or not number:
            return None
        note = f"{match.group()}, seen from {today.isoformat()}"
        if unit.startswith("year"):
            return Span(str(today.year - number), note=note)
        if unit.startswith("month"):
            index = today.year * 12 + today.month - 1 - number
            return Span(f"{index // 12}-{index % 12 + 1:02}", note=note)
        day = today - timedelta(days=number * (7 if unit.startswith("week") else 1))
        return Span(day.isoformat() if unit.startswith("day") else day.isoformat()[:7], note=note)

    return resolve


def iso_of(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    year, month, day = map(int, match.group().split("-"))
    return lambda direction: Span(match.group()) if _day(year, month, day) else None


def end_of(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    def resolve(direction: Direction | None) -> Span | None:
        if today is None:
            return None
        note = f"{match.group()}, seen from {today.isoformat()}"
        return Span(str(today.year) if match["unit"] != "month" else today.isoformat()[:7], note=note)

    return resolve


def count(text: str) -> int | None:
    """A small number in digits or words.

    >>> count("two"), count("12"), count("a"), count("several")
    (2, 12, 1, None)
    """
    text = text.casefold()
    if text.isdigit():
        return int(text)
    return 1 if text in {"a", "an"} else NUMBER_WORDS.get(text)
