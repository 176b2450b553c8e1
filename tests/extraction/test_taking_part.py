"""Taking part, first trips and legs, stops to refuel; when a visit ends in words of another sentence."""

from __future__ import annotations

from collections.abc import Callable

from tests.extraction.conftest import Facts
from tests.extraction.test_visit_days import days

Read = Callable[..., Facts]


def test_participation_that_is_confirmed(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto has confirmed his participation in the summit in Tokyo on May 24."
    )
    assert days(found) == {"state/JP": ("2024-05-24", "-", "Planned")}


def test_participation_that_is_not_ones_own(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto has confirmed the participation of his army in the exercise in Tokyo on May 24."
    )
    assert days(found) == {}


def test_a_ceremony_attended_by_guests(facts: Read) -> None:
    found = facts(
        "The bridge was opened on Tuesday at a ceremony in Tokyo attended by Kenyan President William Ruto "
        "and Finnish Prime Minister Petteri Orpo."
    )
    visits = found.about("Visit")
    assert {next(iter(v["startDate"])) for v in visits.values()} == {"2024-05-14"}
    assert len(visits) == 2


def test_a_ceremony_at_home_makes_no_visit(facts: Read) -> None:
    found = facts(
        "The bridge was opened on Tuesday at a ceremony in Nairobi attended by Kenyan President William Ruto."
    )
    assert days(found) == {}


def test_chosen_for_a_first_trip(facts: Read) -> None:
    found = facts("Kenyan President William Ruto chose Japan for his first trip abroad in 2022.")
    assert days(found) == {"state/JP": ("2022", "-", "Occurred")}


def test_chosen_for_a_loan(facts: Read) -> None:
    found = facts("Kenyan President William Ruto chose Japan for his first loan in 2022.")
    assert days(found) == {}


def test_the_first_leg_of_a_tour(facts: Read) -> None:
    found = facts(
        "Japan is the first leg of a tour that will also take Kenyan President William Ruto to Cuba."
    )
    assert {host: v[2] for host, v in days(found).items()} == {"state/JP": "Planned", "state/CU": "Planned"}


def test_the_first_leg_of_a_race(facts: Read) -> None:
    found = facts("Japan is the first leg of the rally, Kenyan President William Ruto said.")
    assert days(found) == {}


def test_a_stop_to_refuel_is_no_visit(facts: Read) -> None:
    found = facts("Kenyan President William Ruto stopped in Cuba to refuel on Monday.")
    assert days(found) == {}


def test_a_stop_to_see_somebody_is_a_visit(facts: Read) -> None:
    found = facts("Kenyan President William Ruto stopped in Cuba to see farmers on Monday.")
    assert list(days(found)) == ["state/CU"]


def test_invited_guests_of_a_ceremony(facts: Read) -> None:
    found = facts(
        "Foreign guests at the inauguration in Tokyo will include Kenyan President William Ruto "
        "and Finnish Prime Minister Petteri Orpo."
    )
    assert {next(iter(v["modality"])) for v in found.about("Visit").values()} == {"Planned"}
    assert len(found.about("Visit")) == 2


def test_left_a_few_hours_later(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto flew into Havana on Tuesday morning and left a few hours later."
    )
    assert days(found) == {"state/CU": ("2024-05-14", "2024-05-14", "Occurred")}


def test_leaves_for_home_on_a_day_told_later(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto arrived in Havana on Wednesday. "
        "He will tour a port on Friday and leave for home on Saturday."
    )
    assert days(found)["state/CU"][:2] == ("2024-05-15", "2024-05-18")


def test_they_leave_each_from_a_visit_of_his_own(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto and Finnish Prime Minister Petteri Orpo arrived in Havana on Wednesday. "
        "They leave on Friday."
    )
    visits = found.about("Visit").values()
    assert {(len(v["visitor"]), next(iter(v["endDate"]))) for v in visits} == {(1, "2024-05-17")}


def test_wound_up_on_a_day(facts: Read) -> None:
    found = facts("Kenyan President William Ruto wound up a two-day visit to Cuba on Wednesday.")
    assert days(found) == {"state/CU": ("2024-05-14", "2024-05-15", "Occurred")}


def test_the_visit_ends_elsewhere(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto begins a visit to Japan on Monday. The visit ends in Osaka on Wednesday."
    )
    assert days(found)["state/JP"][:2] == ("2024-05-20", "2024-05-22")


def test_a_postponed_visit_keeps_the_day_it_was_set_for(facts: Read) -> None:
    found = facts(
        "The visit of Kenyan President William Ruto to Japan, which was scheduled for May 20, has been postponed to June 3."
    )
    told = {(next(iter(v["startDate"])), next(iter(v["modality"]))) for v in found.about("Visit").values()}
    assert told == {("2024-05-20", "Postponed"), ("2024-06-03", "Planned")}


def test_what_a_visit_was_planned_for_is_not_its_new_day(facts: Read) -> None:
    found = facts("Kenyan President William Ruto has put off a trip to Japan planned for June 3.")
    assert days(found) == {"state/JP": ("2024-06-03", "-", "Postponed")}


def test_who_also_confirmed_is_at_the_ceremony_told_before(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto will attend the ceremony in Tokyo on Friday. "
        "Finnish Prime Minister Petteri Orpo has also confirmed his attendance."
    )
    assert {next(iter(v["startDate"])) for v in found.about("Visit").values()} == {"2024-05-17"}
    assert len(found.about("Visit")) == 2


def test_attendance_without_an_event_is_nowhere(facts: Read) -> None:
    found = facts(
        "Rain is expected in Tokyo on Friday. Finnish Prime Minister Petteri Orpo has confirmed his attendance."
    )
    assert days(found) == {}


def test_among_the_mourners(facts: Read) -> None:
    found = facts("Kenyan President William Ruto was among the mourners at the state funeral in Tokyo.")
    assert list(days(found)) == ["state/JP"]


def test_among_the_leaders_of_a_poll(facts: Read) -> None:
    found = facts("Kenyan President William Ruto was among the leaders most liked in Japan.")
    assert days(found) == {}


def test_left_here_for_the_next_state(facts: Read) -> None:
    found = facts(
        "HAVANA - Kenyan President William Ruto left here on Tuesday for Tokyo. "
        "During his three-day stay in Cuba he met farmers.",
        dateline="Havana",
    )
    assert days(found)["state/CU"] == ("2024-05-12", "2024-05-14", "Occurred")
    assert days(found)["state/JP"][0] == "2024-05-14"


def test_where_she_was_to_attend(facts: Read) -> None:
    found = facts(
        "Finnish Prime Minister Petteri Orpo cancelled a trip to Japan, where he was to attend a summit on May 20."
    )
    assert {v[2] for v in days(found).values()} == {"Cancelled"}
    assert len(found.about("Visit")) == 1


def test_who_leaves_on_a_day_to_come_is_there(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto is in Havana this week. "
        "He arrived on Tuesday for a four-day visit and leaves on Friday."
    )
    assert days(found)["state/CU"] == ("2024-05-14", "2024-05-17", "Underway")


def test_the_postponement_of_a_visit(facts: Read) -> None:
    found = facts(
        "Officials regretted the postponement of a visit by Kenyan President William Ruto to Japan."
    )
    assert {v[2] for v in days(found).values()} == {"Postponed"}


def test_the_postponement_of_something_else(facts: Read) -> None:
    found = facts(
        "The postponement of a match during the visit of Kenyan President William Ruto to Japan in March was noted."
    )
    assert {v[2] for v in days(found).values()} == {"Occurred"}


def test_a_president_of_a_state_is_none_in_particular(facts: Read) -> None:
    found = facts(
        "The last visit to Oslo by a Kenyan president was in 1987. President William Ruto plans to visit Japan in June."
    )
    assert "state/NO" not in days(found)


def test_the_last_president_to_come_is_another(facts: Read) -> None:
    found = facts(
        "HAVANA - Kenyan President William Ruto will arrive on Friday. The last president to come here was a Finn.",
        dateline="Havana",
    )
    assert days(found)["state/CU"] == ("2024-05-17", "-", "Planned")


def test_a_visitors_book_is_no_document(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto and Finnish Prime Minister Petteri Orpo signed the visitors' book."
    )
    assert found.about("Meeting") == {}


def test_a_treaty_is_a_document(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto and Finnish Prime Minister Petteri Orpo signed a treaty in Nairobi."
    )
    assert len(found.about("Meeting")) == 1
