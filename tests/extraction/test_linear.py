"""What is read from left to right: mis-tagged verbs, lists of guests, talks in programmes, press conferences, villages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extraction.conftest import Facts

Read = Callable[..., Facts]


def visits(found: Facts) -> set[tuple[str, str, str]]:
    """Who went where and when, one row for each visit that is claimed."""
    return {
        (who.removeprefix("person/"), host.removeprefix("state/"), next(iter(v.get("startDate", {"-"}))))
        for v in found.about("Visit").values()
        for who in v["visitor"]
        for host in v["hostState"]
        if not v["modality"] & {"Denied", "Possible"}
    }


def states_of(found: Facts) -> set[str]:
    return {m for v in found.about("Visit").values() for m in v["modality"]}


# -- rosters -----------------------------------------------------------------------------------------------------


def test_a_list_of_guests_after_a_colon(facts: Read) -> None:
    found = facts(
        "Latvian President Edgars Rinkevics is host to three colleagues: Alexander Stubb of Finland, "
        "Gitanas Nauseda of Lithuania and Andrzej Duda of Poland.",
        dateline="Riga",
    )
    assert {(who, to) for who, to, _ in visits(found)} == {
        ("alexander-stubb", "LV"),
        ("gitanas-nauseda", "LV"),
        ("andrzej-duda", "LV"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Attending the summit in Nairobi are Presidents Yoweri Museveni of Uganda and Paul Kagame of Rwanda.",
        "Heads of state taking part in the summit in Nairobi: President of Uganda Yoweri Museveni, President of Rwanda Paul Kagame.",
    ],
)
def test_those_who_attend(facts: Read, text: str) -> None:
    assert {(w, to) for w, to, _ in visits(facts(text))} == {("yoweri-museveni", "KE"), ("paul-kagame", "KE")}


def test_a_list_of_those_who_stay_away_is_no_roster(facts: Read) -> None:
    found = facts(
        "Neither Hungarian Prime Minister Viktor Orban nor his Slovak colleague, Robert Fico, is coming.",
        dateline="Riga",
    )
    assert not visits(found)


# -- going -------------------------------------------------------------------------------------------------------


def test_a_list_between_dashes_lands(facts: Read) -> None:
    found = facts(
        "The prime ministers of Denmark and Sweden - Mette Frederiksen and Ulf Kristersson - landed on Monday.",
        dateline="Riga",
    )
    assert visits(found) == {
        ("mette-frederiksen", "LV", "2024-05-13"),
        ("ulf-kristersson", "LV", "2024-05-13"),
    }


def test_a_departure_without_a_place_ends_the_visit(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto flies in on Sunday night and leaves on Tuesday.", dateline="Riga"
    )
    visit = found.one("Visit")
    assert (visit["startDate"], visit["endDate"]) == ({"2024-05-19"}, {"2024-05-21"})


def test_the_destination_of_another_is_not_ones_own(facts: Read) -> None:
    found = facts(
        "Prime Minister Donald Tusk flew to Lisbon on Sunday and Foreign Minister Radoslaw Sikorski to Madrid."
    )
    assert ("donald-tusk", "ES") not in {(w, to) for w, to, _ in visits(found)}


def test_flying_back_is_no_visit(facts: Read) -> None:
    found = facts("Kenyan President William Ruto flies back to Paris with regret.")
    assert not found.about("Visit")


def test_who_travels_along_without_an_office_does_not_hide_the_visit(facts: Read) -> None:
    found = facts("Kenyan President William Ruto and Rachel Ruto flew to Lisbon on Monday.")
    assert visits(found) == {("william-ruto", "PT", "2024-05-13")}


def test_a_visit_that_began_here(facts: Read) -> None:
    found = facts("Kenyan President William Ruto ended a three-day state visit today.", dateline="Riga")
    visit = found.one("Visit")
    assert visit["hostState"] == {"state/LV"}
    assert (visit["startDate"], visit["endDate"]) == ({"2024-05-14"}, {"2024-05-16"})


def test_shown_round(facts: Read) -> None:
    found = facts("Kenyan President William Ruto was shown round the port on Monday.", dateline="Riga")
    assert visits(found) == {("william-ruto", "LV", "2024-05-13")}
    found = facts("Kenyan President William Ruto was shown the report on Monday.", dateline="Riga")
    assert not visits(found)


# -- put off, called off -----------------------------------------------------------------------------------------


def test_a_new_date_makes_a_second_visit(facts: Read) -> None:
    found = facts(
        "The visit of Kenyan President William Ruto to Lisbon, due in June, has been postponed to September 10."
    )
    assert states_of(found) == {"Postponed", "Planned"}
    planned = [v for v in found.about("Visit").values() if v["modality"] == {"Planned"}]
    assert [v["startDate"] for v in planned] == [{"2024-09-10"}]


def test_put_off_without_a_new_date(facts: Read) -> None:
    found = facts("The visit of Kenyan President William Ruto to Lisbon has been postponed.")
    assert states_of(found) == {"Postponed"}


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan President William Ruto has called off a journey to Lisbon.",
        "The trip of Kenyan President William Ruto to Lisbon is off.",
        "Kenyan President William Ruto was to have come to Lisbon in June.",
    ],
)
def test_called_off(facts: Read, text: str) -> None:
    assert states_of(facts(text)) == {"Cancelled"}


# -- talks -------------------------------------------------------------------------------------------------------


def test_side_by_side_before_the_press_is_no_meeting(facts: Read) -> None:
    found = facts(
        "President William Ruto of Kenya and Chancellor Olaf Scholz of Germany met the press on Monday."
    )
    assert not found.about("Meeting")


def test_received_at_the_airport_is_no_meeting(facts: Read) -> None:
    found = facts(
        "At the airport in Nairobi, Chancellor Olaf Scholz was met by Kenyan President William Ruto.",
    )
    assert not found.about("Meeting")


@pytest.mark.parametrize(
    "text",
    [
        "Polish President Andrzej Duda and his Latvian host, Edgars Rinkevics, talked for an hour on Monday.",
        "Polish President Andrzej Duda went straight into talks with Latvian President Edgars Rinkevics on Monday.",
        "Polish President Andrzej Duda sat for two hours with Latvian President Edgars Rinkevics on Monday.",
    ],
)
def test_talks_without_a_verb_of_holding(facts: Read, text: str) -> None:
    meeting = facts(text).one("Meeting")
    assert meeting["participant"] == {"person/andrzej-duda", "person/edgars-rinkevics"}
    assert meeting["startDate"] == {"2024-05-13"}


def test_no_talks(facts: Read) -> None:
    text = "Polish President Andrzej Duda left without talks with Latvian President Edgars Rinkevics."
    assert not facts(text).about("Meeting")


def test_talks_in_a_programme_of_days(facts: Read) -> None:
    found = facts(
        "Visit of President William Ruto to Lisbon\n\nMonday, 20 May\n\nTalks with the President of Portugal, "
        "Marcelo Rebelo de Sousa.\n\nTuesday, 21 May\n\nDeparture for home."
    )
    meeting = found.one("Meeting")
    assert meeting["startDate"] == {"2024-05-20"}
    assert meeting["participant"] == {"person/william-ruto", "person/marcelo-rebelo-de-sousa"}


TRANSCRIPT = (
    "PRESIDENT EDGARS RINKEVICS: Good afternoon. My guest, President William Ruto, needs no introduction. "
    "We have talked for two hours.\n\n"
    "PRESIDENT WILLIAM RUTO: Thank you for receiving me. You and I last met in Dubai in December."
)


def test_a_joint_press_conference(facts: Read) -> None:
    found = facts(TRANSCRIPT, dateline="Riga")
    assert ("william-ruto", "LV", "2024-05-16") in visits(found)
    assert {("william-ruto", "AE", "2023-12"), ("edgars-rinkevics", "AE", "2023-12")} <= visits(found)
    days = {next(iter(m["startDate"])) for m in found.about("Meeting").values()}
    assert days == {"2024-05-16", "2023-12"}


def test_an_interview_is_no_press_conference(facts: Read) -> None:
    found = facts(
        "QUESTION: Mr President, what did you tell Chancellor Olaf Scholz?\n\n"
        "PRESIDENT WILLIAM RUTO: That we have enough maize.\n\nQUESTION: And now?",
        dateline="Riga",
    )
    assert not found.about("Visit")


# -- invitations -------------------------------------------------------------------------------------------------


def test_asked_to_come(facts: Read) -> None:
    found = facts(
        "Latvian President Edgars Rinkevics has asked Kenyan President William Ruto to Riga in September, "
        "and the guest said yes on the spot."
    )
    invitation = found.one("Invitation")
    assert invitation["inviter"] == {"person/edgars-rinkevics"}
    assert invitation["invitee"] == {"person/william-ruto"}
    assert visits(found) == {("william-ruto", "LV", "2024-09")}


def test_asked_to_do_something_is_no_invitation(facts: Read) -> None:
    found = facts("Latvian President Edgars Rinkevics has asked Kenyan President William Ruto to help.")
    assert not found.about("Invitation")


# -- villages and couples ----------------------------------------------------------------------------------------

VILLAGE = (
    "Ballyfoyle still talks of its guest\n\nNobody in the village of Ballyfoyle will forget Tuesday, when Chilean President "
    "Gabriel Boric came here with the Taoiseach, Simon Harris. In Ballyfoyle Mr Boric planted a tree. Mr Boric had spent "
    "the morning in Dublin with President Michael D. Higgins."
)


def test_a_village_that_no_reference_knows(facts: Read) -> None:
    places = {p for v in facts(VILLAGE).about("Visit").values() for p in v.get("location", ())}
    assert "place/ballyfoyle-ie" in places


def test_no_village_without_a_state(facts: Read) -> None:
    found = facts("Ballyfoyle votes\n\nNobody here in Ballyfoyle will forget the count.")
    assert not found.about("Visit")


def test_a_couple_with_one_surname(facts: Read) -> None:
    found = facts("Emmanuel and Brigitte Macron flew to Lisbon on Monday.")
    assert visits(found) == {("emmanuel-macron", "PT", "2024-05-13")}


# -- guests, and other summits -----------------------------------------------------------------------------------


def test_those_who_follow(facts: Read) -> None:
    found = facts(
        "Estonian Prime Minister Kaja Kallas arrived on Monday. Lithuania's Ingrida Simonyte and Finland's Petteri Orpo "
        "follow tomorrow.",
        dateline="Riga",
    )
    assert {("ingrida-simonyte", "LV", "2024-05-17"), ("petteri-orpo", "LV", "2024-05-17")} <= visits(found)
    found = facts(
        "Lithuania's Ingrida Simonyte and Finland's Petteri Orpo follow tomorrow's debate.", dateline="Riga"
    )
    assert not visits(found)


def test_a_guest_of_who_speaks(facts: Read) -> None:
    found = facts(
        "PRIME MINISTER EVIKA SILINA: President William Ruto sends his regards. He will be our visitor on the 25th.\n\n"
        "QUESTION: Will he?\n\nPRIME MINISTER EVIKA SILINA: On May 20 I shall know more.",
        dateline="Riga",
    )
    assert all(to == "LV" for _, to, _ in visits(found))
    found = facts("Kenyan President William Ruto will be our visitor.", dateline="Riga")
    assert not visits(found)


def test_the_last_time_and_the_next(facts: Read) -> None:
    found = facts(
        "A meeting of the leaders of the Caribbean Community opens in Georgetown on Monday. The last time they met was in "
        "Kingston in July, and the next one is far off."
    )
    assert {next(iter(s["location"])) for s in found.about("Summit").values()} == {
        "place/georgetown-gy",
        "place/kingston-jm",
    }


def test_the_last_time_of_nobody(facts: Read) -> None:
    assert not facts("The last time they met was in Kingston in July.").about("Summit")


def test_the_day_of_what_came_before_is_its_own(facts: Read) -> None:
    found = facts(
        "Kenyan President William Ruto met Chancellor Olaf Scholz in Berlin on Monday, a week after receiving "
        "Polish President Andrzej Duda in Nairobi."
    )
    assert {(w, d) for w, to, d in visits(found) if to == "KE"} == {("andrzej-duda", "-")}


def test_the_host_among_the_guests_hides_nobody(facts: Read) -> None:
    text = "Attending the summit in Berlin are Presidents Emmanuel Macron of France and William Ruto of Kenya, and Olaf Scholz of Germany."
    assert {w for w, _, _ in visits(facts(text))} == {"emmanuel-macron", "william-ruto"}
    assert not visits(facts("Chancellor Olaf Scholz was in Berlin on Monday."))
