"""The generator of many articles: the same for the same seed, all different, weekdays kept."""

from __future__ import annotations

import re
from datetime import date, timedelta

from benchmarks.generate_articles import generate, moved


def test_the_same_seed_tells_the_same_and_no_two_are_equal() -> None:
    first, again, other = list(generate(40, 1)), list(generate(40, 1)), list(generate(40, 2))
    assert first == again
    assert first != other
    assert len({text.split("---\n", 2)[-1] for _, text in first}) == 40


def test_days_move_by_whole_weeks() -> None:
    text = "published: 2024-02-28\nOn Tuesday, 27 February 2024"
    told = moved(text, timedelta(weeks=57))
    found = re.search(r"Tuesday, (\d+) (\w+) (\d{4})", told)
    assert found is not None
    months = ["January", "February", "March", "April"]
    assert date(int(found[3]), months.index(found[2]) + 1, int(found[1])).strftime("%A") == "Tuesday"
