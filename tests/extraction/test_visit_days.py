"""Which times beside a visit are its own, when it ends, and which of several legs a day belongs to."""

from __future__ import annotations

from collections.abc import Callable

from tests.extraction.conftest import Facts

Read = Callable[..., Facts]


def days(found: Facts) -> dict[str, tuple[str, str, str]]:
    """For each host state of a visit: its first day, its last day (the narrowest that is told) and its modality."""
    return {
        host: (
            max(sorted(v.get("startDate", {"-"})), key=len),
            max(sorted(v.get("endDate", {"-"})), key=len),
            next(iter(v["modality"])),
        )
        for v in found.about("Visit").values()
        for host in v["hostState"]
    }


# -- what the time beside a visit is the time of --------------------------------------------------------------------


def test_who_returned_on_friday_has_ended_the_visit(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto returned to Nairobi on Friday after a three-day visit to Japan."
    )
    assert days(found) == {"state/JP": ("2024-05-08", "2024-05-10", "Occurred")}


def test_a_meeting_after_a_visit_does_not_end_it(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto met farmers in Eldoret on Friday after a three-day visit to Japan in April."
    )
    assert days(found)["state/JP"][0] != "2024-05-10"
    assert days(found)["state/JP"][1] != "2024-05-10"


def test_the_day_of_a_postponement_is_not_that_of_the_visit(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto on Tuesday postponed a planned trip to Japan later this month."
    )
    assert days(found) == {"state/JP": ("2024-05", "-", "Postponed")}


def test_a_visit_that_was_not_called_off_is_planned(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto has not cancelled his trip to Japan in June, his office said."
    )
    assert days(found)["state/JP"][2] != "Cancelled"


def test_a_trip_planned_to_a_state(facts: Read) -> None:
    found = facts("Kenyan President William Ruto on Tuesday called off a trip planned this month to Japan.")
    assert days(found)["state/JP"][2] == "Cancelled"


def test_a_visit_comes_to_an_end(facts: Read) -> None:
    found = facts(
        "The visit of Kenyan President William Ruto came to an end on Friday. Ruto arrived in Tokyo on May 8."
    )
    assert days(found) == {"state/JP": ("2024-05-08", "2024-05-10", "Occurred")}


def test_an_anniversary_dates_the_visit(facts: Read) -> None:
    found = facts(
        "This year marks the 45th anniversary of Kenyan President Daniel arap Moi's visit to Japan."
    )
    assert days(found) == {"state/JP": ("1979", "-", "Occurred")}


def test_talks_about_a_visit_do_not_date_it(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto will visit Japan in June. He spoke about the trip by phone two weeks ago."
    )
    assert days(found) == {"state/JP": ("2024-06", "-", "Planned")}


def test_a_departure_within_the_state_ends_nothing(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto arrived in Osaka on Wednesday. He will leave Osaka on Friday for Tokyo."
    )
    assert days(found) == {"state/JP": ("2024-05-15", "-", "Underway")}


# -- arrivals whose place is told elsewhere ----------------------------------------------------------------------------


def test_a_bare_arrival_dates_the_visit_told_before(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto has come to Japan for talks on ports. An aide said Ruto arrived on Tuesday."
    )
    assert days(found)["state/JP"][0] == "2024-05-14"


def test_a_bare_arrival_is_not_of_one_of_two_visits(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto will visit Japan and Rwanda. An aide said Ruto arrived on Tuesday."
    )
    assert {start for start, _, _ in days(found).values()} == {"-"}


def test_who_arrives_after_another_visit_has_not_arrived_there(facts: Read) -> None:
    found = facts("Kenyan President William Ruto did arrive on Sunday, as reported, after a visit to Japan.")
    assert days(found).get("state/JP", ("-", "-", "-"))[0] == "-"


def test_the_host_gives_the_days(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto is expected in Japan. "
        "On May 20 and 21, Japanese Prime Minister Fumio Kishida will welcome Ruto on the second visit of the week."
    )
    assert days(found)["state/JP"][:2] == ("2024-05-20", "2024-05-21")


# -- several legs ---------------------------------------------------------------------------------------------------------


def test_a_tour_begins_with_its_first_leg(facts: Read) -> None:
    found = facts("Kenyan President William Ruto began a six-day visit to Japan and South Korea on Tuesday.")
    assert days(found) == {
        "state/JP": ("2024-05-14", "-", "Underway"),
        "state/KR": ("2024-05", "-", "Planned"),
    }


def test_a_leg_with_a_day_of_its_own_keeps_it(facts: Read) -> None:
    found = facts("Kenyan President William Ruto will travel to Japan on Monday and South Korea on Tuesday.")
    assert days(found) == {
        "state/JP": ("2024-05-20", "2024-05-21", "Planned"),
        "state/KR": ("2024-05-21", "-", "Planned"),
    }


def test_a_list_of_states_after_a_general_word(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto will visit several Asian countries, including Japan, South Korea and Vietnam."
    )
    assert set(days(found)) == {"state/JP", "state/KR", "state/VN"}


def test_countries_that_are_only_compared_are_not_visited(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto will visit Japan, which trades with several countries, including Vietnam."
    )
    assert set(days(found)) == {"state/JP"}


def test_a_tour_of_a_continent_is_not_one_of_its_states(facts: Read) -> None:
    found = facts(
        "Japanese Prime Minister Fumio Kishida begins a tour of Latin America on Monday. "
        "Kishida said he was glad to be making his first visit to Africa."
    )
    assert found.about("Visit") == {}


# -- words that are part of others ------------------------------------------------------------------------------------


def test_a_surname_is_no_month(facts: Read) -> None:
    found = facts(
        "British Prime Minister Theresa May visited Tokyo. "
        "The invitation was extended by May while she was visiting Tokyo in January."
    )
    assert days(found)["state/JP"][0] == "2024-01"


def test_the_states_in_the_names_of_seas(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto travelled on Monday to the Gulf of Mexico and South America."
    )
    assert found.about("Visit") == {}


def test_a_headline_in_title_case_names_nobody_else(facts: Read) -> None:
    found = facts(
        "Kenyan Leader William Ruto To Visit Japan\n\nKenyan President William Ruto will visit Japan in June."
    )
    assert {who for v in found.about("Visit").values() for who in v["visitor"]} == {"person/william-ruto"}


def test_hopes_are_no_hops(facts: Read) -> None:
    found = facts("Kenyan President William Ruto hopes to visit Japan in June.")
    assert days(found) == {"state/JP": ("2024-06", "-", "Possible")}


def test_who_is_unable_to_come_does_not_come(facts: Read) -> None:
    found = facts("Kenyan President William Ruto said that he will be unable to visit Japan in June.")
    assert days(found)["state/JP"][2] == "Denied"


# -- leg after leg, and who is on the way ----------------------------------------------------------------------------


def test_the_next_leg_ends_the_one_before(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto is to arrive in Tokyo on Friday. He goes on to Seoul on Sunday for talks."
    )
    assert days(found) == {
        "state/JP": ("2024-05-17", "2024-05-19", "Planned"),
        "state/KR": ("2024-05-19", "-", "Planned"),
    }


def test_another_trip_a_month_later_ends_nothing(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto is to arrive in Tokyo on Friday. He will fly to Seoul on June 19 for talks."
    )
    assert days(found)["state/JP"] == ("2024-05-17", "-", "Planned")


def test_before_heading_on_has_days_of_its_own(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto will stay in Japan from May 20 to 22 before heading off to Vietnam "
        "for a visit between May 23 and 24."
    )
    assert days(found)["state/VN"][:2] == ("2024-05-23", "2024-05-24")


def test_who_leaves_the_country_for_another_has_set_out(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto left the country this morning through Jomo Kenyatta Airport for Lusaka, Zambia."
    )
    assert days(found) == {"state/ZM": ("2024-05-16", "-", "Underway")}


def test_who_leaves_the_country_he_visited(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto arrived in Zambia on Monday for talks. He left the country on Wednesday."
    )
    assert days(found) == {"state/ZM": ("2024-05-13", "2024-05-15", "Occurred")}


def test_guests_who_are_expected_are_still_to_come(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto will attend the COMESA summit in Lusaka tomorrow. "
        "Also expected at the summit are President Paul Kagame of Rwanda and President Lazarus Chakwera of Malawi."
    )
    assert {next(iter(v["modality"])) for v in found.about("Visit").values()} == {"Planned"}


def test_an_ambassador_does_not_visit_where_he_is_posted(facts: Read) -> None:
    found = facts(
        "Kenyan Ambassador to Japan Tabitha Mwangi laid a wreath in Tokyo on Monday and met Prime Minister Fumio Kishida in Tokyo."
    )
    assert found.about("Visit") == {}


def test_a_sentence_goes_on_after_a_short_title(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto, who was accompanied by the Minister of Foreign Affairs, Hon. Tabitha Mwangi, "
        "left Tokyo for Nairobi this morning after a visit to Japan."
    )
    assert {who for v in found.about("Visit").values() for who in v["visitor"]} == {"person/william-ruto"}


def test_ministers_who_land_with_their_president(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto arrived in Tokyo on Monday. "
        "Kenyan Foreign Minister Musalia Mudavadi also arrived in Tokyo on Monday."
    )
    assert {who for v in found.about("Visit").values() for who in v["visitor"]} == {"person/william-ruto"}


def test_a_minister_who_comes_by_himself(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto arrived in Tokyo on Monday. "
        "Kenyan Foreign Minister Musalia Mudavadi arrived in Seoul on Monday."
    )
    assert "person/musalia-mudavadi" in {who for v in found.about("Visit").values() for who in v["visitor"]}


def test_what_is_said_of_a_visit_to_come_does_not_make_it_past(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto will arrive in Japan and Vietnam in June. "
        "An official told reporters that ministers spoke of guests during his visit."
    )
    assert {modality for _, _, modality in days(found).values()} == {"Planned"}
