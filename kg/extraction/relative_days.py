"""Times that hang on a time told before: "the same day", "the following year", "two days later", "a week earlier".

They are found after the expressions that stand for themselves, and mean something only where one of those came before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from kg.extraction.dates import MONTH_OF, Direction, Span, TimeExpression, add_days, count
from kg.extraction.lexicon import NUMBER_WORDS

_N = r"(?P<number>\d{1,2}|a|an|" + "|".join(NUMBER_WORDS) + ")"
_WORDS = re.compile(
    rf"\b(?:(?:the|that) (?P<same>same|very same) (?P<unit1>day|month|year|morning|afternoon|evening)"
    rf"|(?:the )(?P<next>next|following) (?P<unit2>day|morning|afternoon|evening|month|year)(?! of)"
    rf"|(?:the )(?P<before>previous|preceding) (?P<unit3>day|evening|month|year)(?! of)"
    rf"|the (?P<day_before>day (?:before|earlier))(?=[,.;])"
    rf"|(?P<that>that) (?P<unit4>day|month|year|evening|afternoon|morning)"
    rf"|{_N} (?P<unit5>days?|weeks?|months?|years?) (?P<way>later|earlier|before|after(?:wards)?)(?=[,.; ](?!(?:the|his|her|a|that)\b)))",
    re.IGNORECASE,
)
_MONTH = (
    r"\b(" + "|".join(m.capitalize() for m in MONTH_OF if (len(m) > 3 and m != "sept") or m == "may") + ")"
)
_ORDINAL = re.compile(
    r"\b(?:on|until|from|till) (the (?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th))(?=[,.;:)]|\s+(?:and|to|he|she|they|the|for|in|at|with|by|as|before|after)\b)"
)
_NARROW = {"day": 10, "month": 7, "year": 4}


def find(text: str, told: list[TimeExpression]) -> list[TimeExpression]:
    """The expressions of a text that hang on one of those told, in order.

    >>> from kg.extraction.dates import find_times
    >>> text = "He came to Oslo on 3 May 2024. Two days later he left, and the following year he died."
    >>> [t.resolve("past").start for t in find(text, find_times(text, None))]
    ['2024-05-05', '2025']
    """
    out: list[TimeExpression] = []
    for match in _WORDS.finditer(text):
        if any(match.start() < t.end and t.start < match.end() for t in told if t.kind != "ago"):
            continue
        before = [t for t in (*told, *out) if t.end <= match.start() and t.kind not in {"end", "unit"}]
        anchor = max(before, key=lambda t: t.start, default=None)
        if anchor is None or text.count("\n\n", anchor.end, match.start()) > 1:
            continue
        month = re.search(_MONTH + r" of $", text[: match.start()])
        if month is not None and re.search(r"year$", match.group(), re.IGNORECASE):
            out.append(_month_of(match, anchor_of(told, out, month.start()), month))
            continue
        out.append(
            TimeExpression(match.start(), match.end(), match.group(), "anchor", _resolver(match, anchor))
        )
    for match in _ORDINAL.finditer(text):
        if any(match.start() < t.end and t.start < match.end() for t in (*told, *out)):
            continue
        anchor = anchor_of(told, out, match.start())
        if anchor is not None and text.count("\n\n", anchor.end, match.start()) <= 1:
            out.append(
                TimeExpression(match.start(1), match.end(), match[1], "anchor", _day_of(match, anchor))
            )
    return sorted(out, key=lambda t: t.start)


def _day_of(match: re.Match[str], anchor: TimeExpression) -> Callable[[Direction | None], Span | None]:
    """ "on the 12th": of the month told last."""

    def resolve(direction: Direction | None) -> Span | None:
        base = anchor.resolve(direction if anchor.kind not in {"weekday", "deictic"} else "past")
        if base is None or len(base.start) < 7:
            return None
        try:
            day = date.fromisoformat(f"{base.start[:7]}-{int(match['day']):02}")
        except ValueError:
            return None
        return Span(day.isoformat(), note=f"{match[1]}, of the month of {anchor.text}")

    return resolve


def _resolver(match: re.Match[str], anchor: TimeExpression) -> Callable[[Direction | None], Span | None]:
    groups = match.groupdict()
    unit = next(g for n in range(1, 6) if (g := groups.get(f"unit{n}") or (groups["day_before"] and "day")))
    unit = unit.casefold().removesuffix("s")
    unit = "day" if unit in {"morning", "afternoon", "evening"} else unit
    number, way = 1, 0
    if groups["next"]:
        way = 1
    elif groups["before"] or groups["day_before"]:
        way = -1
    elif groups["number"]:
        number = count(groups["number"]) or 0
        way = 1 if groups["way"].casefold() in {"later", "after", "afterwards"} else -1

    def resolve(direction: Direction | None) -> Span | None:
        base = anchor.resolve(direction if anchor.kind not in {"weekday", "deictic"} else "past")
        if base is None:
            return None
        note = f"{match.group()}, counted from {anchor.text} ({base.start})"
        return _shift(
            base.end if way > 0 and base.end and unit == "day" else base.start, unit, number * way, note
        )

    return resolve


def anchor_of(told: list[TimeExpression], out: list[TimeExpression], offset: int) -> TimeExpression | None:
    """The time told last before an offset."""
    before = [t for t in (*told, *out) if t.end <= offset and t.kind not in {"end", "unit"}]
    return max(before, key=lambda t: t.start, default=None)


def _month_of(match: re.Match[str], anchor: TimeExpression | None, month: re.Match[str]) -> TimeExpression:
    """ "in June of the same year"."""
    year = _resolver(match, anchor) if anchor is not None else lambda direction: None

    def resolve(direction: Direction | None) -> Span | None:
        span = year(direction)
        return (
            Span(f"{span.start[:4]}-{MONTH_OF[month[1][:3].casefold()]:02}", note=span.note) if span else None
        )

    return TimeExpression(month.start(), match.end(), month.group() + match.group(), "anchor", resolve)


def _shift(start: str, unit: str, number: int, note: str) -> Span | None:
    """A date moved by some days, weeks, months or years, no narrower than it was told."""
    if number == 0:
        return Span(start[: _NARROW[unit]], note=note) if len(start) >= _NARROW[unit] else None
    if unit == "year":
        return Span(str(int(start[:4]) + number), note=note)
    if unit == "month":
        if len(start) < 7:
            return None
        index = int(start[:4]) * 12 + int(start[5:7]) - 1 + number
        return Span(f"{index // 12}-{index % 12 + 1:02}", note=note)
    if len(start) < 10:
        return None
    day = add_days(start, number * (7 if unit == "week" else 1))
    if unit == "week" and abs(number) > 1:  # "three weeks later" is not to the day
        return Span(day[:7], note=note)
    return Span(day, note=note)
