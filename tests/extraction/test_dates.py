"""Expressions of time, seen from a day and with a direction."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extraction.dates import find_durations, find_times

THURSDAY = date(2024, 5, 16)


@pytest.mark.parametrize(
    ("text", "direction", "start", "end"),
    [
        ("on May 14", "past", "2024-05-14", None),
        ("on 14 May 2019", None, "2019-05-14", None),
        ("on December 30", "past", "2023-12-30", None),
        ("on January 3", "future", "2025-01-03", None),
        ("from June 13 to 15", "future", "2024-06-13", "2024-06-15"),
        ("on 21-22 March 2023", None, "2023-03-21", "2023-03-22"),
        ("from May 30 to June 2", "future", "2024-05-30", "2024-06-02"),
        ("on Thursday", "past", "2024-05-16", None),
        ("on Friday", "past", "2024-05-10", None),
        ("on Friday", "future", "2024-05-17", None),
        ("last Thursday", "past", "2024-05-09", None),
        ("yesterday", None, "2024-05-15", None),
        ("tomorrow evening", None, "2024-05-17", None),
        ("in August 2003", None, "2003-08", None),
        ("in early December", "future", "2024-12", None),
        ("last October", "past", "2023-10", None),
        ("in October", "past", "2023-10", None),
        ("next week", None, "2024-05", None),
        ("by the end of the year", None, "2024", None),
        ("last year", None, "2023", None),
        ("three days ago", None, "2024-05-13", None),
        ("in 2019", None, "2019", None),
        ("2024-05-16", None, "2024-05-16", None),
    ],
)
def test_meaning(text: str, direction: str | None, start: str, end: str | None) -> None:
    (time,) = find_times(text, THURSDAY)
    span = time.resolve(direction)  # type: ignore[arg-type]
    assert span is not None
    assert (span.start, span.end) == (start, end)


@pytest.mark.parametrize(
    "text", ["they may march on", "at 09:20", "F-16s", "Room 2019", "on February 30", "on 2024-13-45"]
)
def test_what_is_no_date(text: str) -> None:
    assert [t.text for t in find_times(text, THURSDAY) if t.resolve("past")] == []


def test_a_weekday_without_a_direction_is_left_open() -> None:
    (time,) = find_times("on Monday", THURSDAY)
    assert time.resolve(None) is None


def test_durations_are_not_distances() -> None:
    assert [d for _, _, d in find_durations("a three-day trip, two days later, a two-week tour")] == [3, 14]
