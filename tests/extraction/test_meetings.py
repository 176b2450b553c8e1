"""Who meets whom, where and when: talks told in passing, calls, what is said of a meeting later, and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extraction.conftest import Facts

Read = Callable[..., Facts]
RUTO, SCHOLZ, FIALA = "person/william-ruto", "person/olaf-scholz", "person/petr-fiala"


def people(facts: Facts) -> set[frozenset[str]]:
    """Who takes part in each of the meetings of a text that are not denied."""
    return {
        frozenset(m["participant"]) for m in facts.about("Meeting").values() if m["modality"] != {"Denied"}
    }


@pytest.mark.parametrize(
    "text",
    [
        "In talks with German Chancellor Olaf Scholz, Kenyan President William Ruto asked for investment.",
        "Kenyan President William Ruto told German Chancellor Olaf Scholz in a phone call that trade would grow.",
        "Kenyan President William Ruto has received a call from German Chancellor Olaf Scholz.",
        "Kenyan President William Ruto also got a congratulatory call from German Chancellor Olaf Scholz on Monday.",
        "Kenyan President William Ruto and German Chancellor Olaf Scholz discussed energy in a phone call on Monday.",
        "Kenyan President William Ruto discussed energy with German Chancellor Olaf Scholz.",
        "Kenyan President William Ruto is scheduled to take part in a meeting with German Chancellor Olaf Scholz on Friday.",
        "A meeting was held on Monday with the participation of Kenyan President William Ruto and German Chancellor Olaf Scholz.",
        "Kenyan President William Ruto said nothing new after talks with German Chancellor Olaf Scholz.",
    ],
)
def test_talks_told_in_passing(facts: Read, text: str) -> None:
    assert people(facts(text)) == {frozenset({RUTO, SCHOLZ})}


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan President William Ruto and German Chancellor Olaf Scholz met with party leaders in Nairobi.",
        "Kenyan President William Ruto, German Chancellor Olaf Scholz and the leaders of other members met on Monday.",
        "Kenyan President William Ruto and German Chancellor Olaf Scholz were in Rome, setting the stage for discussions.",
        "Kenyan President William Ruto and German Chancellor Olaf Scholz have been in talks several times.",
        "Kenyan President William Ruto backed a call from German Chancellor Olaf Scholz for a ceasefire.",
        "Kenyan President William Ruto and German Chancellor Olaf Scholz signed up at a meeting of climate ministers in Rome.",
        "A spokesman, Karl Braun, spoke after talks with German Chancellor Olaf Scholz.",
        "Kenyan President William Ruto and German Chancellor Olaf Scholz will go to Rome for meetings with business leaders.",
    ],
)
def test_what_is_no_meeting_of_those_named(facts: Read, text: str) -> None:
    assert people(facts(text)) == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("William Ruto discussed energy with Olaf Scholz by phone.", {"PhoneCall"}),
        ("William Ruto discussed energy with Olaf Scholz.", {"UnspecifiedMeeting"}),
        ("William Ruto received a call from Olaf Scholz.", {"PhoneCall"}),
        (
            "William Ruto spoke with Olaf Scholz. In a phone call with Olaf Scholz, William Ruto asked for help.",
            {"PhoneCall"},
        ),
    ],
)
def test_by_what_means(facts: Read, text: str, kind: set[str]) -> None:
    assert facts(text).one("Meeting")["meetingKind"] == kind


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("William Ruto met Olaf Scholz on the sidelines of a climate conference in Oslo.", "oslo-no"),
        ("Upon his arrival in Oslo on Monday, William Ruto met Olaf Scholz.", "oslo-no"),
        ("William Ruto held talks with Olaf Scholz at a security summit in Oslo.", "oslo-no"),
    ],
)
def test_beside_a_gathering(facts: Read, text: str, place: str) -> None:
    assert facts(text).one("Meeting")["location"] == {f"place/{place}"}


def test_the_day_stands_after_who_met_and_where(facts: Read) -> None:
    text = "William Ruto will speak at a news conference following his meeting with Olaf Scholz in Oslo on Saturday."
    assert facts(text).one("Meeting")["startDate"] == {"2024-05-18"}


def test_what_is_said_of_the_meeting_later(facts: Read) -> None:
    text = "William Ruto held talks with Olaf Scholz. The talks took place in Oslo on Tuesday."
    meeting = facts(text).one("Meeting")
    assert meeting["location"] == {"place/oslo-no"}
    assert meeting["startDate"] == {"2024-05-14"}


def test_the_meeting_is_not_the_next_one_nor_one_of_several(facts: Read) -> None:
    text = "William Ruto held talks with Olaf Scholz. The next talks will take place in Oslo on Tuesday."
    assert "location" not in facts(text).one("Meeting")
    text = "William Ruto held talks with Olaf Scholz and met Petr Fiala. The talks took place in Oslo on Tuesday."
    assert all("location" not in m for m in facts(text).about("Meeting").values())


def test_meetings_in_two_places_are_two(facts: Read) -> None:
    text = "William Ruto met Olaf Scholz in Oslo. William Ruto had met Olaf Scholz in Rome on May 6."
    assert len(facts(text).about("Meeting")) == 2


def test_a_foreign_minister_of_no_told_state_meets_another(facts: Read) -> None:
    text = "Foreign Minister Rabi Sen held a meeting with his Norwegian counterpart Espen Barth Eide."
    assert len(people(facts(text))) == 1
    text = "Foreign Minister Rabi Sen met Norwegian Prime Minister Jonas Gahr Store."
    assert people(facts(text)) == set()  # perhaps his own


def test_several_call_on_one(facts: Read) -> None:
    text = "Kenyan President William Ruto and Kenyan Deputy President Rigathi Gachagua will call on Olaf Scholz separately."
    assert {len(m) for m in people(facts(text))} == {2}
    assert all(SCHOLZ in m for m in people(facts(text)))


def test_a_past_day_is_over_whatever_the_tense(facts: Read) -> None:
    text = "The meeting between William Ruto and Olaf Scholz in Oslo in July 2023 is on everyone's mind."
    assert facts(text).one("Meeting")["modality"] == {"Occurred"}


def test_two_kings_are_no_couple(facts: Read) -> None:
    text = "AMMAN - King Abdullah and Bahraini King Hamad bin Isa Al Khalifa held talks on Monday."
    found = facts(text, dateline="Amman")
    assert len(people(found)) == 1


def test_a_conversation_is_by_phone_only_where_it_is_told(facts: Read) -> None:
    text = "William Ruto had a telephone conversation with Olaf Scholz."
    assert facts(text).one("Meeting")["meetingKind"] == {"PhoneCall"}
    text = "William Ruto had a conversation with Olaf Scholz."
    assert facts(text).one("Meeting")["meetingKind"] == {"UnspecifiedMeeting"}


def test_words_of_address_are_nobody(facts: Read) -> None:
    text = "Kenyan President William Ruto met Qatar's Emir Sheikh Tamim bin Hamad Al Thani in Doha."
    assert {len(m) for m in people(facts(text))} == {2}


def test_welcomes_are_no_meetings(facts: Read) -> None:
    text = "On his arrival in Berlin, Kenyan President William Ruto was received by German Chancellor Olaf Scholz."
    assert people(facts(text)) == set()
    text = "At the airport, Kenyan President William Ruto was met by German Chancellor Olaf Scholz."
    assert people(facts(text)) == set()


def test_told_by_phone(facts: Read) -> None:
    text = "Kenyan President William Ruto told German Chancellor Olaf Scholz about it by phone on Tuesday."
    assert facts(text).one("Meeting")["meetingKind"] == {"PhoneCall"}
    text = "Kenyan President William Ruto told German Chancellor Olaf Scholz about it."
    assert people(facts(text)) == set()


@pytest.mark.parametrize(
    ("text", "day", "place"),
    [
        ("On Friday William Ruto will be in Oslo, where he will give a lecture and hold talks with Olaf Scholz.", "17", "oslo-no"),
        ("William Ruto will host Olaf Scholz in Mombasa tomorrow, when the two are to hold talks.", "17", "mombasa-ke"),
    ],
)  # fmt: skip
def test_the_day_of_the_clause_above(facts: Read, text: str, day: str, place: str) -> None:
    meeting = facts(text).one("Meeting")
    assert meeting["startDate"] == {f"2024-05-{day}"}
    assert meeting["location"] == {f"place/{place}"}


def test_a_day_of_travel_is_not_that_of_the_talks(facts: Read) -> None:
    text = "William Ruto left Nairobi on Friday for Oslo, where he will hold talks with Olaf Scholz."
    assert "2024-05-17" not in facts(text).one("Meeting").get("startDate", set())


def test_by_telephone_with(facts: Read) -> None:
    found = facts("The Kenyan President, William Ruto, spoke on Monday by telephone with Olaf Scholz.")
    assert found.one("Meeting")["meetingKind"] == {"PhoneCall"}


def test_the_visiting_dignitary_calls_on_the_host(facts: Read) -> None:
    text = "William Ruto arrived in Berlin on Monday. The visiting dignitary will call on Chancellor Olaf Scholz."
    assert people(facts(text)) == {frozenset({"person/william-ruto", SCHOLZ})}
    text = "William Ruto arrived in Berlin on Monday. A visiting president called on Chancellor Olaf Scholz."
    assert people(facts(text)) == set()


def test_who_witness_a_signing_together_meet(facts: Read) -> None:
    text = "William Ruto and Olaf Scholz witnessed the signing of a treaty on rail in Nairobi on Monday."
    assert facts(text).one("Meeting")["meetingKind"] == {"SigningCeremony"}
    text = "William Ruto and Olaf Scholz witnessed the exchange of players between the clubs on Monday."
    assert people(facts(text)) == set()


def test_the_dead_do_not_meet(facts: Read) -> None:
    text = "William Ruto laid a wreath at the grave of the late German Chancellor, Helmut Kohl. The German Chancellor met him in Bonn."
    assert all("person/helmut-kohl" not in m for m in people(facts(text)))


def test_houses_are_no_towns(facts: Read) -> None:
    text = "Olaf Scholz met William Ruto at Nairobi House on Monday."
    assert "place/nairobi-ke" not in facts(text).one("Meeting").get("location", set())
    text = "Olaf Scholz met William Ruto in Nairobi, on Monday."
    assert facts(text).one("Meeting")["location"] == {"place/nairobi-ke"}


def test_news_of_a_dispatch_is_of_its_day(facts: Read) -> None:
    text = "Ruto receives guest\n\nNAIROBI - President William Ruto received German Chancellor Olaf Scholz at State House."
    assert facts(text, dateline="NAIROBI").one("Meeting")["startDate"] == {"2024-05-16"}
    text = "Ruto on tour\n\nNAIROBI - President William Ruto, who had earlier received German Chancellor Olaf Scholz, left."
    assert "startDate" not in facts(text, dateline="NAIROBI").one("Meeting")


def test_a_summit_of_two_is_set_for_a_day(facts: Read) -> None:
    text = "A summit between President William Ruto and German Chancellor Olaf Scholz is set for May 31."
    meeting = facts(text).one("Meeting")
    assert meeting["startDate"] == {"2024-05-31"}
    assert meeting["modality"] == {"Planned"}
    assert not facts("A summit between Kenya's Ruto and the companies is set for May 31.").about("Meeting")


def test_both_dignitaries(facts: Read) -> None:
    text = "William Ruto came to see Olaf Scholz. Both dignitaries held talks on Monday."
    assert people(facts(text)) == {frozenset({"person/william-ruto", SCHOLZ})}
