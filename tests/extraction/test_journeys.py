"""Journeys of several stops, going where the story is, coming from and going home, and the talks on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extraction.conftest import Facts

Read = Callable[..., Facts]


def visits(found: Facts) -> set[tuple[str, str, str]]:
    """Who went where and when, one row for each visit that is claimed."""
    return {
        (who, host, next(iter(v.get("startDate", {"-"}))))
        for v in found.about("Visit").values()
        for who in v["visitor"]
        for host in v["hostState"]
        if not v["modality"] & {"Denied", "Possible"}
    }


def talks(found: Facts) -> set[frozenset[str]]:
    return {frozenset(m["participant"]) for m in found.about("Meeting").values()}


# -- series of stops ---------------------------------------------------------------------------------------------


def test_stops_with_times_of_their_own(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto has made the journey three times: to Paris in 2022, to Berlin a year later "
        "and, most recently, to Rome in March 2024."
    )
    assert visits(found) == {
        ("person/william-ruto", "state/FR", "2022"),
        ("person/william-ruto", "state/DE", "2023"),
        ("person/william-ruto", "state/IT", "2024-03"),
    }


def test_a_second_stop_with_a_preposition(facts: Read) -> None:
    found = facts("Kenyan President William Ruto was in Paris on Monday and in Berlin on Tuesday.")
    assert visits(found) == {
        ("person/william-ruto", "state/FR", "2024-05-13"),
        ("person/william-ruto", "state/DE", "2024-05-14"),
    }


def test_a_series_ends_at_home_and_at_a_subject(facts: Read) -> None:
    found = facts("Kenyan President William Ruto flew to Paris on Monday and back to Nairobi on Tuesday.")
    assert {v[1] for v in visits(found)} == {"state/FR"}
    found = facts("Kenyan President William Ruto flew to Paris on Monday, and Germany said nothing.")
    assert {v[1] for v in visits(found)} == {"state/FR"}


def test_later_stops_of_a_tour_that_is_on_are_still_to_come(facts: Read) -> None:
    found = facts("Kenyan President William Ruto is on a tour of France, Germany and Italy.")
    moods = {next(iter(v["hostState"])): v["modality"] for v in found.about("Visit").values()}
    assert moods["state/IT"] == {"Planned"}


# -- where the story is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenyan President William Ruto has touched down at the airport.",
        "Kenyan President William Ruto spent a weekend at the lake in March.",
        "Kenyan President William Ruto's last trip was in October 2019.",
        "The convoy of Kenyan President William Ruto arrived at the old hotel.",
    ],
)
def test_a_venue_or_nothing_is_in_the_town_of_the_dateline(facts: Read, sentence: str) -> None:
    found = facts(f"A day by the water\n\nGENEVA. {sentence}", dateline="GENEVA")
    assert {(v[0], v[1]) for v in visits(found)} == {("person/william-ruto", "state/CH")}


def test_a_venue_of_another_town_is_not(facts: Read) -> None:
    found = facts(
        "A day by the water\n\nGENEVA. In Rome nothing was decided. Kenyan President William Ruto was at the hotel.",
        dateline="GENEVA",
    )
    assert not visits(found)


def test_what_is_done_here(facts: Read) -> None:
    found = facts(
        "By the lake\n\nGENEVA. Kenyan President William Ruto fished here in 2019.", dateline="GENEVA"
    )
    assert visits(found) == {("person/william-ruto", "state/CH", "2019")}


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenyan President William Ruto believed in Geneva on Monday.",
        "Kenyan President William Ruto invested in Geneva in March.",
    ],
)
def test_what_can_be_done_from_afar_puts_nobody_there(facts: Read, sentence: str) -> None:
    assert not visits(facts(sentence))


def test_a_dateline_with_a_weekday_gives_place_and_day(facts: Read) -> None:
    found = facts(
        "News of the lake\n\nGENEVA, Tuesday. Kenyan President William Ruto arrived here yesterday."
    )
    assert visits(found) == {("person/william-ruto", "state/CH", "2024-05-13")}


def test_stories_of_a_bulletin_have_their_own_ministers(facts: Read) -> None:
    found = facts(
        "Two stories\n\nGENEVA, Tuesday. Rain fell on the lake.\n\n"
        "OTTAWA, Wednesday. Foreign Minister Ada Brook met Kenyan President William Ruto in Ottawa today."
    )
    assert visits(found) == {("person/william-ruto", "state/CA", "2024-05-15")}


# -- coming and going ---------------------------------------------------------------------------------------------


def test_who_flies_in_from_a_town_has_been_there(facts: Read) -> None:
    found = facts("Kenyan President William Ruto flew from Rome to Paris on Tuesday.")
    ends = {next(iter(v["hostState"])): v.get("endDate") for v in found.about("Visit").values()}
    assert ends == {"state/IT": {"2024-05-14"}, "state/FR": None}


def test_who_comes_from_home_or_from_somewhere_by_birth_has_not(facts: Read) -> None:
    found = facts("Kenyan President William Ruto flew from Nairobi to Paris on Tuesday.")
    assert {v[1] for v in visits(found)} == {"state/FR"}
    assert not visits(facts("Kenyan President William Ruto came from Rome."))


def test_coming_home_ends_the_visit(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto arrived in Paris on Monday. He returned to Nairobi on Wednesday."
    )
    assert found.one("Visit")["endDate"] == {"2024-05-15"}


def test_an_old_visit_is_not_ended_by_coming_home(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto arrived in Paris on March 4. He returned to Nairobi on Wednesday."
    )
    assert "endDate" not in found.one("Visit")


def test_back_from_a_visit(facts: Read) -> None:
    found = facts("Kenyan President William Ruto returned on Tuesday from a working visit to Paris.")
    visit = found.one("Visit")
    assert visit["hostState"] == {"state/FR"}
    assert visit["visitKind"] == {"WorkingVisit"}
    assert visit["endDate"] == {"2024-05-14"}


def test_whom_somebody_visited(facts: Read) -> None:
    found = facts(
        "French President Emmanuel Macron, whom Kenyan President William Ruto visited in Paris on May 6, is silent."
    )
    assert visits(found) == {("person/william-ruto", "state/FR", "2024-05-06")}


def test_the_time_before_when(facts: Read) -> None:
    found = facts("That was in January 2022, when Kenyan President William Ruto spent two nights in Paris.")
    assert visits(found) == {("person/william-ruto", "state/FR", "2022-01")}


def test_a_question_tells_nothing(facts: Read) -> None:
    assert not visits(facts("Is Kenyan President William Ruto coming to Paris on Monday?"))


# -- talks --------------------------------------------------------------------------------------------------------

_RUTO, _MACRON, _SANDU = "person/william-ruto", "person/emmanuel-macron", "person/maia-sandu"


def test_a_list_of_those_met(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto was in Geneva on Monday.\n\nOn Monday President Ruto had meetings with:\n\n"
        "French President Emmanuel Macron, on trade;\n\nthe President of Moldova, Maia Sandu.\n\nThe weather was fine."
    )
    assert talks(found) == {frozenset({_RUTO, _MACRON}), frozenset({_RUTO, _SANDU})}


def test_a_list_of_topics_is_none_of_people(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto held talks on:\n\ntrade with France;\n\nthe letter of President Emmanuel Macron."
    )
    assert not talks(found)


def test_one_after_the_other_is_not_together(facts: Read) -> None:
    text = "In Geneva on Monday Kenyan President William Ruto received {}."
    both = "the President of France, Emmanuel Macron, and the President of Moldova, Maia Sandu"
    assert talks(facts(text.format(both + ", one after the other"))) == {
        frozenset({_RUTO, _MACRON}),
        frozenset({_RUTO, _SANDU}),
    }
    assert talks(facts(text.format(both))) == {frozenset({_RUTO, _MACRON, _SANDU})}


def test_breakfast_with_somebody_is_a_meeting(facts: Read) -> None:
    found = facts("Kenyan President William Ruto had breakfast with French President Emmanuel Macron.")
    assert talks(found) == {frozenset({_RUTO, _MACRON})}
    assert not talks(
        facts("Kenyan President William Ruto had breakfast and read of President Emmanuel Macron.")
    )


def test_who_signs_together_meets(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto signed a treaty with French President Emmanuel Macron in Paris on May 6."
    )
    meeting = found.one("Meeting")
    assert meeting["participant"] == {_RUTO, _MACRON}
    assert meeting["meetingKind"] == {"SigningCeremony"}
    assert not talks(facts("Kenyan President William Ruto signed a treaty that Emmanuel Macron had praised."))


def test_talks_on_a_day_of_a_visit_are_where_the_visit_is(facts: Read) -> None:
    found = facts(
        "NAIROBI. Kenyan President William Ruto arrived in Geneva on Monday. "
        "On Tuesday he met French President Emmanuel Macron.",
        dateline="NAIROBI",
    )
    assert ("person/emmanuel-macron", "state/CH", "2024-05-14") in visits(found)
    assert not {v for v in visits(found) if v[1] == "state/KE"}


def test_a_live_blog_is_of_its_day(facts: Read) -> None:
    hours = [
        "10.00 Kenyan President William Ruto has arrived in Paris, and the band has begun to play for him.",
        "11.30 The doors are still shut and nobody outside knows what is being discussed behind them.",
        "12.15 President Ruto and French President Emmanuel Macron met for an hour, says a spokesman of the palace.",
        "13.00 A reader asks for the menu of the lunch, which the palace has so far refused to give us.",
    ]
    blog = facts("Live\n\n" + "\n\n".join(hours))
    assert visits(blog) == {("person/william-ruto", "state/FR", "2024-05-16")}
    assert blog.one("Meeting")["startDate"] == {"2024-05-16"}
    assert "startDate" not in facts("Live\n\n" + hours[2].removeprefix("12.15 ")).one("Meeting")
