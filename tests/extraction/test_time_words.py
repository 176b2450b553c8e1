"""Times whose year, week or day hangs on other words: "in May last year", "next week … on Friday", "the next day"."""

from __future__ import annotations

from collections.abc import Callable

from tests.extraction.conftest import Facts
from tests.extraction.test_visit_days import days

Read = Callable[..., Facts]


def test_a_month_of_last_year(facts: Read) -> None:
    found = facts("Kenyan President William Ruto recalled his visit to Japan in March last year.")
    assert days(found)["state/JP"][0] == "2023-03"


def test_a_day_of_this_year(facts: Read) -> None:
    found = facts("Kenyan President William Ruto visited Japan on 3 February of this year.")
    assert days(found)["state/JP"][0] == "2024-02-03"


def test_a_month_alone_is_not_of_last_year(facts: Read) -> None:
    found = facts("Kenyan President William Ruto visited Japan in March. Last year he went to Cuba.")
    assert days(found)["state/JP"][0] == "2024-03"


def test_next_week_is_the_frame_of_later_weekdays(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto travels abroad next week. He will visit Japan on Friday."
    )  # the 16th of May 2024 is a Thursday
    assert days(found)["state/JP"][0] == "2024-05-24"


def test_a_friday_told_before_next_week_is_of_this_one(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto will visit Japan on Friday. Next week the budget is due in parliament."
    )
    assert days(found)["state/JP"][0] == "2024-05-17"


def test_next_week_is_no_frame_for_what_was_said(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto expects rain next week. He flew to Japan on Monday, his office said."
    )
    assert days(found)["state/JP"][0] == "2024-05-13"


def test_the_day_after_one_to_come(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto will visit Japan on Friday. The following day he will travel to Cuba."
    )
    assert days(found)["state/CU"][0] == "2024-05-18"


def test_the_day_after_one_that_is_gone(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto visited Japan on Monday. The following day he travelled to Cuba."
    )
    assert days(found)["state/CU"][0] == "2024-05-14"


def test_a_day_earlier_than_planned_is_not_counted_from_today(facts: Read) -> None:
    found = facts("Kenyan President William Ruto paid a visit to Japan a day earlier than planned.")
    assert days(found)["state/JP"][0] == "-"


def test_next_spring(facts: Read) -> None:
    found = facts("Kenyan President William Ruto plans to visit Japan next spring.")
    assert days(found)["state/JP"][0] == "2025"


def test_a_winter_lies_in_two_years(facts: Read) -> None:
    found = facts("Kenyan President William Ruto plans to visit Japan next winter.")
    assert days(found)["state/JP"][0] == "-"


def test_days_of_one_week(facts: Read) -> None:
    found = facts("Kenyan President William Ruto will visit Japan from Monday to Wednesday.")
    assert days(found)["state/JP"][:2] == ("2024-05-20", "2024-05-22")


def test_a_day_of_talks_and_one_of_departure_are_no_span(facts: Read) -> None:
    found = facts("Kenyan President William Ruto will travel to Japan on Monday and to Cuba on Wednesday.")
    assert days(found)["state/JP"][0] == "2024-05-20"
    assert days(found)["state/JP"][1] in {"-", "2024-05-22"}  # goes on to the next state that day
