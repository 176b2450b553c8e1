"""Visits and talks that a text tells without the word visit, and what one of them says about the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extraction.conftest import Facts

Read = Callable[..., Facts]


def test_talks_abroad_are_a_visit_of_each_guest(facts: Read) -> None:
    found = facts(
        "Hungarian Prime Minister Viktor Orban met French President Emmanuel Macron in Vienna on May 6."
    )
    visits = found.about("Visit").values()
    assert {frozenset(v["visitor"]) for v in visits} == {
        frozenset({"person/viktor-orban"}),
        frozenset({"person/emmanuel-macron"}),
    }
    assert all(v["hostState"] == {"state/AT"} and v["startDate"] == {"2024-05-06"} for v in visits)


def test_talks_at_home_are_no_visit_of_the_host(facts: Read) -> None:
    found = facts("French President Emmanuel Macron met Kenyan President William Ruto in Paris on May 6.")
    assert found.one("Visit")["visitor"] == {"person/william-ruto"}


def test_a_phone_call_puts_nobody_anywhere(facts: Read) -> None:
    found = facts(
        "French President Emmanuel Macron spoke by phone with Kenyan President William Ruto on May 6."
    )
    assert not found.about("Visit")


def test_a_departure_ends_the_visit_and_counts_its_days_back(facts: Read) -> None:
    visit = facts("Kenyan President William Ruto left France on May 7 after a two-day state visit.").one(
        "Visit"
    )
    assert visit["endDate"] == {"2024-05-07"}
    assert visit["startDate"] == {"2024-05-06"}
    assert visit["visitKind"] == {"StateVisit"}
    assert visit["modality"] == {"Occurred"}


def test_an_airport_welcome_is_no_meeting(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto was received at the airport in Paris by Foreign Minister Stephane Sejourne."
    )
    assert not found.about("Meeting")


def test_an_accepted_invitation_is_a_planned_visit(facts: Read) -> None:
    found = facts("Kenyan President William Ruto accepted an invitation to pay an official visit to Japan.")
    assert found.one("Visit")["modality"] == {"Planned"}


def test_i_is_the_speaker(facts: Read) -> None:
    found = facts('"I will travel to Tokyo on Sunday," Kenyan President William Ruto told reporters.')
    assert found.one("Visit")["visitor"] == {"person/william-ruto"}


def test_a_speaker_without_known_office_visits_nothing(facts: Read) -> None:
    found = facts(
        'Kenyan President William Ruto was on holiday, Anna Berg said. "I will go to Tokyo in May," she added.'
    )
    assert not found.about("Visit")


def test_both_cancelled_and_postponed_is_postponed(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto has cancelled a trip to Japan. The visit has been postponed until autumn."
    )
    assert found.one("Visit")["modality"] == {"Postponed"}


@pytest.mark.parametrize(
    "text",
    [
        "The plane of French President Emmanuel Macron touched down in Nairobi on May 12.",
        "A plane carrying French President Emmanuel Macron landed in Nairobi on May 12.",
        "French President Emmanuel Macron's plane landed in Nairobi on May 12.",
    ],
)
def test_who_is_aboard_arrives_with_the_plane(facts: Read, text: str) -> None:
    visit = facts(text).one("Visit")
    assert visit["visitor"] == {"person/emmanuel-macron"}
    assert visit["hostState"] == {"state/KE"}
    assert visit["startDate"] == {"2024-05-12"}


@pytest.mark.parametrize(
    "text",
    [
        "The envoy of French President Emmanuel Macron touched down in Nairobi on May 12.",
        "A plane with aid landed in Nairobi on May 12, French President Emmanuel Macron said.",
    ],
)
def test_others_send_and_speak_and_stay_at_home(facts: Read, text: str) -> None:
    assert facts(text).about("Visit") == {}
