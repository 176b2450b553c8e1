"""Times that hang on a time told before: "the same day", "the following year", "two days later", "a week earlier".

They are found after the expressions that stand for themselves, and mean something only where one of those came before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from kg.extraction.dates import add_days
from kg.extraction.lexicon import NUMBER_WORDS
from kg.extraction.time_words import MONTH_OF, Direction, Span, TimeExpression, count

_N = r"(?P<number>\d{1,2}|a|an|" + "|".join(NUMBER_WORDS) + ")"
_WORDS = re.compile(
    rf"\b(?:(?:the|that) (?P<same>same|very same) (?P<unit1>day|month|year|morning|afternoon|evening)"
    rf"|(?:the )(?P<next>next|following) (?P<unit2>day|morning|afternoon|evening|month|year)(?! of)"
    rf"|(?:the )(?P<before>previous|preceding) (?P<unit3>day|evening|month|year)(?! of)"
    rf"|the (?P<day_before>day (?:before|earlier))(?=[,.;])"
    rf"|(?P<that>that) (?P<unit4>day|month|year|evening|afternoon|morning)"
    rf"|{_N} (?P<unit5>days?|weeks?|months?|years?) (?P<way>later|earlier|before|after(?:wards)?)(?=[,.; ](?!(?:the|his|her|a|that|than)\b)))",
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
            TimeExpression(
                match.start(),
                match.end(),
                match.group(),
                "anchor",
                _resolver(match, anchor, _told_ahead(text, anchor)),
            )
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


def _resolver(
    match: re.Match[str], anchor: TimeExpression, ahead: bool = False
) -> Callable[[Direction | None], Span | None]:
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
        base = _base(anchor, direction, ahead)
        if base is None:
            return None
        note = f"{match.group()}, counted from {anchor.text} ({base.start})"
        return _shift(
            base.end if way > 0 and base.end and unit == "day" else base.start, unit, number * way, note
        )

    return resolve


def _base(anchor: TimeExpression, direction: Direction | None, ahead: bool) -> Span | None:
    """What the time told before means: a weekday lies behind, unless its own sentence tells what is to come."""
    if anchor.kind not in {"weekday", "deictic"}:
        return anchor.resolve(direction)
    return anchor.resolve("future" if ahead and direction == "future" else "past")


_AHEAD = re.compile(
    r"\b(?:will|is to|are to|due|expected|scheduled|set to|plans?|arrives?|begins?|starts?|leaves?|travels?|flies|fly|visits|heads?|opens?)\b"
)


def _told_ahead(text: str, anchor: TimeExpression) -> bool:
    """Whether the sentence of a time tells what is to come."""
    begin = max(text.rfind(stop, 0, anchor.start) for stop in (". ", "\n", "! ", "? "))
    end = min(
        (at for at in (text.find(". ", anchor.end), text.find("\n", anchor.end)) if at >= 0),
        default=len(text),
    )
    return _AHEAD.search(text, max(begin, 0), end) is not None


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


_FRAME = re.compile(r"\b(?:next|the coming) week\b(?!['’-])", re.IGNORECASE)
# So far a "next week" reaches, in characters; a paragraph further it is forgotten.
_REACH = 350


def framed(text: str, times: list[TimeExpression], today: date | None) -> list[TimeExpression]:
    """The times of a text, with each weekday that is told of "next week", after it or beside it, put into that week.

    >>> from kg.extraction.dates import find_times
    >>> day, text = date(2024, 5, 15), "He travels to Oslo next week. He arrives on Friday."
    >>> [t.resolve("future").start for t in framed(text, find_times(text, day), day)]
    ['2024-05', '2024-05-24']
    """
    if today is None or _FRAME.search(text) is None:
        return times
    monday = add_days(today.isoformat(), 7 - today.weekday())
    frames = [m.start() for m in _FRAME.finditer(text)]
    return [
        _in_week(t, monday) if t.kind == "weekday" and _in_frame(text, frames, times, t) else t for t in times
    ]


def _in_frame(text: str, frames: list[int], times: list[TimeExpression], time: TimeExpression) -> bool:
    if re.match(
        r"(?:last|next|this|past|coming|previous) ", time.text, re.IGNORECASE
    ):  # "next Friday", "last Friday": told by themselves
        return False
    frame = next((f for f in reversed(frames) if 0 < time.start - f < _REACH), None)
    beside = re.match(r",? (?:of |in )?(?:next|the coming) week\b", text[time.end :], re.IGNORECASE)
    if beside is not None:
        return True
    if frame is None or "\n\n" in text[frame : time.start]:
        return False
    # Another day in between, which is not one of that week, closes the frame.
    return all(t.kind in {"weekday", "unit", "anchor", "ago"} for t in times if frame <= t.start < time.start)


def _in_week(time: TimeExpression, monday: str) -> TimeExpression:
    def resolve(direction: Direction | None) -> Span | None:
        span = time.resolve(direction)
        if span is None or direction == "past":
            return span
        offset = date.fromisoformat(span.start).weekday()
        start = add_days(monday, offset)
        length = (date.fromisoformat(span.end) - date.fromisoformat(span.start)).days if span.end else 0
        end = add_days(start, length) if span.end else None
        return Span(start, end, f"{time.text} of next week, the week of {monday}")

    return TimeExpression(time.start, time.end, time.text, time.kind, resolve)
