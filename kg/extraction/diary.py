"""Diaries and agendas: lines that open with an hour or a bullet, below headings of days, of whoever the headline names."""

from __future__ import annotations

import re

from kg.extraction.dates import TimeExpression

_ITEM = re.compile(r"^(?:[-–•*]|\d{1,2}[.:]\d\d\b)", re.MULTILINE)
_HOUR = re.compile(r"(?:\W{0,4})\d{1,2}[.:h]\d\d\b")
# A line of its own with nothing but a day: "Tuesday, 16 August".
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY_LINE = re.compile(
    rf"^\W*(?:{_DAY}(?:,? (?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}))?|\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?\W*$",
    re.MULTILINE,
)
_FEW = 3
_SHORT = 60


def is_diary(text: str) -> bool:
    """Whether a text is a list of items.

    >>> is_diary("9.00 Talks with N.\\n\\n- departs\\n\\n- returns"), is_diary("He met N. at 9.00.")
    (True, False)
    """
    return len(_ITEM.findall(text)) >= _FEW or len(_DAY_LINE.findall(text)) > 1


def is_blog(text: str) -> bool:
    """Whether a text is a live blog: paragraphs that open with an hour and go on in whole sentences.

    >>> is_blog("\\n\\n".join(f"1{n}.30 N. has arrived at the palace, where M. greeted him on the steps." for n in range(4)))
    True
    """
    parts = [p for p in text.split("\n\n") if _HOUR.match(p)]
    told = [p for p in parts if len(p) > _SHORT and p.rstrip(" *_").endswith((".", "!", "?", "”", '"'))]
    return len(told) > _FEW and 2 * len(told) > len(parts)


def in_hour(text: str, offset: int) -> bool:
    """Whether an offset lies in a paragraph that opens with an hour."""
    return _HOUR.match(text, text.rfind("\n\n", 0, offset) + 2) is not None


def in_item(text: str, offset: int) -> bool:
    """Whether an offset lies in an item of a list."""
    start = text.rfind("\n", 0, offset) + 1
    heading = _DAY_LINE.search(text)
    below = heading is not None and heading.end() < start and len(_DAY_LINE.findall(text)) > 1
    return below or _ITEM.match(text, start) is not None


def day_above(text: str, times: list[TimeExpression], offset: int) -> TimeExpression | None:
    """The day that heads the items: a line of its own before an offset."""
    for time in reversed([t for t in times if t.end <= offset and t.kind in {"day", "weekday"}]):
        start = text.rfind("\n", 0, time.start) + 1
        end = text.find("\n", time.end)
        line = text[start : end if end >= 0 else len(text)]
        if len(line) <= len(time.text) + 14 and not _ITEM.match(line):
            return time
    return None
