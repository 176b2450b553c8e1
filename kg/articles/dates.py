"""Dates as newspapers print them: patterns to look for, and how one is read.

Months are English. A date in figures with slashes or dots is not read (is 05/06 in May or in June?), but
for the order of year, month, day.
"""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
_MONTH += r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_WEEKDAY = r"(?:Mon(?:day)?|Tue(?:s|sday)?|Wed(?:nesday)?|Thu(?:rs|rsday)?|Fri(?:day)?|Sat(?:urday)?"
_WEEKDAY += r"|Sun(?:day)?)\.?,? +"
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_YEAR = r"[12]\d{3}"

DAY_OF_YEAR = (
    rf"(?i:(?:{_WEEKDAY})?"
    rf"(?:{_YEAR}[-/][01]\d[-/][0-3]\d|{_DAY} {_MONTH},? {_YEAR}|{_MONTH} {_DAY},? {_YEAR}))(?!\d)"
)
"""Pattern of a whole date, with its year; a weekday may stand before it."""

DAY = rf"(?:{DAY_OF_YEAR}|(?i:(?:{_WEEKDAY})?(?:{_DAY} {_MONTH}|{_MONTH} {_DAY}))(?!\d))"
"""Pattern of a date with or without its year."""

TIME = (
    r"(?:,? (?:at )?|T)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?i: ?[ap]\.?m\.?)?"
    r"(?: ?(?:Z|[A-Z]{2,5}|[+-]\d{2}:?\d{2}))?"
)
"""Pattern of a time of day after a date."""

_FULL = re.compile(rf"({DAY_OF_YEAR})(?:{TIME})?")
_FIGURES = re.compile(rf"({_YEAR})[-/]([01]\d)[-/]([0-3]\d)")
_MONTH_AT = re.compile(rf"(?<![^\W\d_])(?i:{_MONTH})(?![^\W\d_])")
_YEAR_AT = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_DAY_AT = re.compile(r"(?<!\d)([0-3]?\d)(?:st|nd|rd|th)?(?!\w)", re.IGNORECASE)


def parse_date(value: str) -> date | None:
    """The day that a whole value names, time of day or not; None where it does not name one.

    >>> parse_date("May 16, 2024"), parse_date("2024-05-16T23:30:00Z")
    (datetime.date(2024, 5, 16), datetime.date(2024, 5, 16))
    >>> parse_date("05/06/2024") is None
    True
    """
    value = " ".join(value.split())
    for read in (date.fromisoformat, lambda text: datetime.fromisoformat(text).date()):
        try:
            return read(value)
        except ValueError:
            continue
    found = _FULL.fullmatch(value)
    return in_year(found[1], None) if found else None


def in_year(value: str, published: date | None) -> date | None:
    """The day that matches DAY; one without a year is the day nearest to the day of publication.

    >>> in_year("Dec. 30", date(2024, 1, 2))
    datetime.date(2023, 12, 30)
    >>> in_year("Dec. 30", None) is None
    True
    """
    if figures := _FIGURES.search(value):
        return _day(int(figures[1]), int(figures[2]), int(figures[3]))
    named = _MONTH_AT.search(value)
    if named is None:
        return None
    month = next(n for n, name in enumerate(_MONTH_NAMES, 1) if name[:3] == named[0][:3].lower())
    rest = value[: named.start()] + " " + value[named.end() :]
    year = _YEAR_AT.search(rest)
    if year is not None:
        rest = rest[: year.start()] + rest[year.end() :]
    day = _DAY_AT.search(rest)
    if day is None:
        return None
    if year is not None:
        return _day(int(year[0]), month, int(day[1]))
    if published is None:
        return None
    around = (_day(published.year + step, month, int(day[1])) for step in (-1, 0, 1))
    return min((found for found in around if found), key=lambda found: abs(found - published), default=None)


def has_year(value: str) -> bool:
    """Whether a date says its year.

    >>> has_year("16 May 2024"), has_year("May 16")
    (True, False)
    """
    return _YEAR_AT.search(value) is not None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
