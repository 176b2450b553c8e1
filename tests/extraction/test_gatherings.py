"""Summits as the news puts them: long names with initials, sessions of heads of state, leaders who gather."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extraction.conftest import Facts, assert_summit

Read = Callable[..., Facts]


@pytest.mark.parametrize(
    ("text", "organizer", "place", "start", "modality"),
    [
        ("The Economic Community of West African States (ECOWAS) summit began in Lome on Tuesday.",
         "economic-community-of-west-african-states", "lome-tg", "2024-05-14", "Underway"),
        ("The 12th regular session of the Assembly of Heads of State and Government of the African Union was held in Kigali "
         "on May 6-7.", "african-union", "kigali-rw", "2024-05-06", "Occurred"),
        ("The 40th Regular Meeting of the Conference of Heads of Government of the Caribbean Community (CARICOM) opened in "
         "Castries on Monday.", "caribbean-community", "castries-lc", "2024-05-13", "Underway"),
        ("An extraordinary summit of the Authority of Heads of State and Government of ECOWAS will be held in Lome on May 30.",
         "economic-community-of-west-african-states", "lome-tg", "2024-05-30", "Planned"),
        ("Leaders of ASEAN met in Hanoi on Tuesday to discuss trade.", "asean", "hanoi-vn", "2024-05-14", "Underway"),
        ("EU leaders will convene in Sofia on May 23.", "european-union", "sofia-bg", "2024-05-23", "Planned"),
        ("Leaders from the African Union kicked off an annual summit in Kigali on Tuesday with many challenges ahead.",
         "african-union", "kigali-rw", "2024-05-14", "Underway"),
        ("COMESA officials spoke during the COMESA summit in Kampala set for May 22 and 23.", "comesa", "kampala-ug",
         "2024-05-22", "Planned"),
        ("President William Ruto is participating in the COMESA summit in Kampala.", "comesa", "kampala-ug", None, "Underway"),
        ("The COMESA summit is currently underway in the city of Kampala.", "comesa", "kampala-ug", None, "Underway"),
        ("William Ruto flew to Kampala on Wednesday to attend the COMESA summit.", "comesa", "kampala-ug", None,
         "Planned"),
        ("The COMESA summit in Kampala, which closes next Sunday, is a test.", "comesa", "kampala-ug", None, "Planned"),
    ],
    ids=lambda v: v[:45] if isinstance(v, str) else "",
)  # fmt: skip
def test_gatherings(
    facts: Read, text: str, organizer: str, place: str, start: str | None, modality: str
) -> None:
    assert_summit(facts(text), organizer, place, start, modality)


@pytest.mark.parametrize(
    "text",
    [
        "Three EU leaders met in Sofia on Tuesday.",
        "EU leaders met Chinese President Xi Jinping in Sofia on Tuesday.",
        "EU leaders met with union bosses in Sofia on Tuesday.",
        "EU business leaders gathered in Sofia on Tuesday.",
        "A meeting of foreign ministers of the African Union was held in Kigali on Monday.",
        "The party leaders met in Sofia on Tuesday, and the African Union took note.",
    ],
)
def test_what_is_no_gathering_of_an_organization(facts: Read, text: str) -> None:
    assert facts(text).about("Summit") == {}


def test_a_state_and_a_town_in_it_are_one_summit(facts: Read) -> None:
    text = "Uganda to host COMESA summit\n\nUganda's capital Kampala will host the 30th COMESA summit on May 30-31."
    summit = facts(text).one("Summit")
    assert summit["location"] == {"place/kampala-ug"}


def test_the_day_first_set_and_the_one_before_are_not_its_day(facts: Read) -> None:
    text = "The COMESA summit in Kampala was originally scheduled to take place in June 2022. The COMESA summit opens in Kampala on Friday."
    assert facts(text).one("Summit")["startDate"] == {"2024-05-17"}
    text = "After Lusaka, in June 2022, this year's COMESA summit started in Kampala on May 13."
    assert facts(text).one("Summit")["startDate"] == {"2024-05-13"}
    text = "It is the first COMESA summit in Kampala since Lusaka in 2021."
    assert "startDate" not in facts(text).one("Summit")


def test_the_opening_is_the_first_day(facts: Read) -> None:
    text = "Heads of state gathered in Kampala on Tuesday for the official opening of the COMESA summit."
    assert facts(text).one("Summit")["startDate"] == {"2024-05-14"}


def test_what_is_underway_is_on(facts: Read) -> None:
    text = "William Ruto is at the opening ceremony of the Commonwealth Heads of Government Meeting underway in Kampala, Uganda."
    summit = facts(text).one("Summit")
    assert summit["modality"] == {"Underway"}
    assert summit["location"] == {"place/kampala-ug"}
