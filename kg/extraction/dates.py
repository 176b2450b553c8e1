"""Expressions of time, and the days, months or years they mean seen from the day of the article.

A date is kept as narrow as the text says and no narrower: "2024-05-16", "2024-05" or "2024". Which way "on Monday"
or "May 16" points is decided by the tense of the clause, so an expression is found first and resolved later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from kg.extraction.lexicon import NUMBER_WORDS
from kg.extraction.time_words import MONTH_OF as MONTH_OF
from kg.extraction.time_words import Direction as Direction
from kg.extraction.time_words import (
    Maker,
    ago_of,
    calendar_of,
    deictic_of,
    end_of,
    iso_of,
    month_only_of,
    season_of,
    unit_of,
    weekday_of,
    weekdays_of,
)
from kg.extraction.time_words import Span as Span
from kg.extraction.time_words import TimeExpression as TimeExpression
from kg.extraction.time_words import count as count

_M = r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_D = r"(?P<{0}>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_LAST_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d)|,?(?: of)? (?P<relative>last|this|next) year)"
_Y = rf"{_LAST_YEAR}?"
_W = r"(?P<{0}>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_TO = r" ?(?:-|–|—|to|and|until|through) ?"


_N = r"(?P<number>\d{1,2}|a|an|" + "|".join(NUMBER_WORDS) + ")"
# Longest and most specific first: an expression hides those that overlap it.
_RULES: tuple[tuple[str, re.Pattern[str], Maker], ...] = (
    ("day", re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b"), iso_of),
    ("day", re.compile(rf"\b{_M.format('month')} {_D.format('day')}{_TO}{_M.format('month2')} {_D.format('last')}{_Y}\b"), calendar_of),
    ("day", re.compile(rf"\b{_D.format('day')} {_M.format('month')}{_TO}{_D.format('last')} {_M.format('month2')}{_Y}\b"), calendar_of),
    ("day", re.compile(rf"\b{_M.format('month')} {_D.format('day')}(?:{_TO}{_D.format('last')})?{_Y}\b(?!:)"), calendar_of),
    ("day", re.compile(rf"\b(?:{_D.format('day')}{_TO})(?:the )?{_D.format('last')}(?: of)? {_M.format('month')}{_Y}\b"), calendar_of),
    ("day", re.compile(rf"\b{_D.format('day')}(?: of)? {_M.format('month')}{_Y}\b"), calendar_of),
    ("month", re.compile(rf"\b(?:(?:early|mid|late)[- ])?(?P<which>(?:last|next|this|past) )?{_M.format('month')}(?:(?: of)?{_LAST_YEAR}|(?: of)?,?)(?![\w-])"), month_only_of),
    ("end", re.compile(r"\b(?:end|close|beginning|start) of (?:the|this) (?P<unit>year|month)\b"), end_of),
    ("end", re.compile(r"\bbefore (?:the )?(?P<unit>summer|winter|autumn|spring|year's end|year-end)\b"), end_of),
    ("weekday", re.compile(rf"\b{_W.format('weekday')}(?:,? (?:to|until|till|through|and) | ?[-–—] ?){_W.format('last')}\b"), weekdays_of),
    ("weekday", re.compile(r"\b(?P<which>(?:last|next|this|past|coming|previous) )?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b", re.IGNORECASE), weekday_of),
    ("deictic", re.compile(r"\b(?:today|tonight|yesterday|tomorrow|overnight|last night|this (?:morning|afternoon|evening)|later in the day|earlier in the day)\b", re.IGNORECASE), deictic_of),
    ("unit", re.compile(r"\b(?P<which>last|next|this|previous|coming|past) (?P<unit>week|month|year)\b", re.IGNORECASE), unit_of),
    ("unit", re.compile(r"\b(?P<which>last|next|this|coming|past) (?P<season>spring|summer|autumn|fall|winter)\b(?!['’])", re.IGNORECASE), season_of),
    ("ago", re.compile(rf"\b{_N} (?P<unit>days?|weeks?|months?|years?) (?:ago|earlier(?! than\b))\b", re.IGNORECASE), ago_of),
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
    if (
        match["month"] not in {"May", "March", "Mar", "Dec", "Jan", "Sep"}
        or match["year"]
        or match["relative"]
        or match["which"]
    ):
        return match["month"].rstrip(".") not in {"Mar", "Dec", "Jan"}
    before = text[max(0, match.start() - 12) : match.start()].casefold()
    return bool(re.search(r"\b(?:in|of|by|since|until|from|for|early|late|mid|between|and|to)[ -]$", before))


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
