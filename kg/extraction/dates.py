"""Expressions of time, and the days, months or years they mean seen from the day of the article.

A date is kept as narrow as the text says and no narrower: "2024-05-16", "2024-05" or "2024". Which way "on Monday"
or "May 16" points is decided by the tense of the clause, so an expression is found first and resolved later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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

_M = r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_D = r"(?P<{0}>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_Y = r"(?:,? (?P<year>(?:19|20)\d\d))?"
_TO = r" ?(?:-|–|—|to|and|until|through) ?"


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


def _calendar(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
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


def _month_only(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    month = _month(match["month"])

    def resolve(direction: Direction | None) -> Span | None:
        word = (match.groupdict().get("which") or "").casefold().strip()
        if match["year"]:
            return Span(f"{match['year']}-{month:02}")
        if today is None:
            return None
        year = today.year
        if word in {"last", "past"} or (direction == "past" and word not in {"next", "this"}):
            year -= month > today.month or (word == "last" and month == today.month)
        elif word == "next" or direction == "future":
            year += month < today.month or (word == "next" and month == today.month)
        return Span(f"{year}-{month:02}")

    return resolve


def _weekday(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
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


def _deictic(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
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


def _unit(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    which, unit = match["which"].casefold(), match["unit"].casefold()
    shift = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1}[which]

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


def _ago(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
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


def _iso(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    return lambda direction: Span(match.group())


def _year(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    return lambda direction: Span(match["year"])


def _end_of(match: re.Match[str], today: date | None) -> Callable[[Direction | None], Span | None]:
    def resolve(direction: Direction | None) -> Span | None:
        if today is None:
            return None
        note = f"{match.group()}, seen from {today.isoformat()}"
        return Span(str(today.year) if match["unit"] != "month" else today.isoformat()[:7], note=note)

    return resolve


_N = r"(?P<number>\d{1,2}|a|an|" + "|".join(NUMBER_WORDS) + ")"
# Longest and most specific first: an expression hides those that overlap it.
_RULES: tuple[tuple[str, re.Pattern[str], Maker], ...] = (
    ("day", re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b"), _iso),
    ("day", re.compile(rf"\b{_M.format('month')} {_D.format('day')}{_TO}{_M.format('month2')} {_D.format('last')}{_Y}\b"), _calendar),
    ("day", re.compile(rf"\b{_D.format('day')} {_M.format('month')}{_TO}{_D.format('last')} {_M.format('month2')}{_Y}\b"), _calendar),
    ("day", re.compile(rf"\b{_M.format('month')} {_D.format('day')}(?:{_TO}{_D.format('last')})?{_Y}\b(?!:)"), _calendar),
    ("day", re.compile(rf"\b(?:{_D.format('day')}{_TO})(?:the )?{_D.format('last')}(?: of)? {_M.format('month')}{_Y}\b"), _calendar),
    ("day", re.compile(rf"\b{_D.format('day')}(?: of)? {_M.format('month')}{_Y}\b"), _calendar),
    ("month", re.compile(rf"\b(?:(?:early|mid|late)[- ])?(?P<which>(?:last|next|this|past) )?{_M.format('month')}(?: of)?,?(?: (?P<year>(?:19|20)\d\d))?(?![\w-])"), _month_only),
    ("end", re.compile(r"\b(?:end|close|beginning|start) of (?:the|this) (?P<unit>year|month)\b"), _end_of),
    ("end", re.compile(r"\bbefore (?:the )?(?P<unit>summer|winter|autumn|spring|year's end|year-end)\b"), _end_of),
    ("weekday", re.compile(r"\b(?P<which>(?:last|next|this|past|coming|previous) )?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b", re.IGNORECASE), _weekday),
    ("deictic", re.compile(r"\b(?:today|tonight|yesterday|tomorrow|overnight|last night|this (?:morning|afternoon|evening)|later in the day|earlier in the day)\b", re.IGNORECASE), _deictic),
    ("unit", re.compile(r"\b(?P<which>last|next|this|previous|coming|past) (?P<unit>week|month|year)\b", re.IGNORECASE), _unit),
    ("ago", re.compile(rf"\b{_N} (?P<unit>days?|weeks?|months?|years?) (?:ago|earlier)\b", re.IGNORECASE), _ago),
    ("year", re.compile(r"(?<=\b[Ii]n )(?P<year>(?:19|20)\d\d)\b|\b(?P<year2>(?:19|20)\d\d)(?=\.\s)"), lambda m, t: lambda d: Span(m["year"] or m["year2"])),
)  # fmt: skip


_YEAR_HEADING = re.compile(r"^((?:19|20)\d\d)(?:[.:]? ?(?=\n)|(?:[.:]| [-–—]) (?=\S))", re.MULTILINE)


def find_times(
    text: str, today: date | None, parts: Sequence[tuple[int, date | None]] = ()
) -> list[TimeExpression]:
    """The expressions of time in a text, in order; `today` is the day they are seen from, other days for its parts.

    >>> day = date(2024, 5, 16)
    >>> for t in find_times("He left on Monday after the talks of May 12 and 13, and returns in June.", day):
    ...     print(t.text, t.kind, t.resolve("past"))
    Monday weekday Span(start='2024-05-13', end=None, note='Monday: the Monday on or before 2024-05-16')
    May 12 and 13 day Span(start='2024-05-12', end='2024-05-13', note=None)
    June month Span(start='2023-06', end=None, note=None)
    """
    taken: list[tuple[int, int]] = []
    out = []
    years = [(m.start(), m.end(), date(int(m[1]), 12, 31)) for m in _YEAR_HEADING.finditer(text)]

    def seen_from(offset: int) -> date | None:
        """Under a heading such as "2007." a date without a year is one of that year, to the end of the paragraph."""
        heading = next((day for start, end, day in reversed(years) if start <= offset
                        and (text[end : end + 1] == "\n" or "\n\n" not in text[start:offset])), None)  # fmt: skip
        now = next((day for start, day in reversed(parts) if start <= offset), today)
        return heading if heading and now and heading < now else now

    for kind, pattern, make in _RULES:
        for match in pattern.finditer(text):
            if kind == "month" and not _is_month(match, text):
                continue
            if any(match.start() < e and s < match.end() for s, e in taken):
                continue
            taken.append(match.span())
            out.append(
                TimeExpression(
                    match.start(), match.end(), match.group(), kind, make(match, seen_from(match.start()))
                )
            )
    return sorted(out, key=lambda t: t.start)


def _is_month(match: re.Match[str], text: str) -> bool:
    """'May' and 'March' are also words; a bare one counts only after a preposition or with a year."""
    if match["month"] not in {"May", "March", "Mar", "Dec", "Jan", "Sep"} or match["year"] or match["which"]:
        return match["month"].rstrip(".") not in {"Mar", "Dec", "Jan"}
    before = text[max(0, match.start() - 12) : match.start()].casefold()
    return bool(re.search(r"\b(?:in|of|by|since|until|from|for|early|late|mid|between|and|to)[ -]$", before))


def count(text: str) -> int | None:
    """A small number in digits or words.

    >>> count("two"), count("12"), count("a"), count("several")
    (2, 12, 1, None)
    """
    text = text.casefold()
    if text.isdigit():
        return int(text)
    return 1 if text in {"a", "an"} else NUMBER_WORDS.get(text)


_DURATION = re.compile(rf"\b{_N}[- ](?P<unit>days?|weeks?)\b", re.IGNORECASE)


def find_durations(text: str) -> list[tuple[int, int, int]]:
    """Durations in days: (start, end, days).

    >>> find_durations("a two-day visit, then three days of talks")
    [(2, 9, 2), (22, 32, 3)]
    """
    out = []
    for match in _DURATION.finditer(text):
        number = count(match["number"])
        follows = text[match.end() : match.end() + 8].casefold()
        if number and not re.match(r" (?:ago|later|earl|before|after)", follows):
            out.append((match.start(), match.end(), number * (7 if match["unit"].startswith("week") else 1)))
    return out


def add_days(day: str, days: int) -> str:
    """The date some days later.

    >>> add_days("2024-05-16", 1)
    '2024-05-17'
    """
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
