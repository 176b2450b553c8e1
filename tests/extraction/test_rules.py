"""What the rules read out of plain sentences about any state, and what they must not be fooled by."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extraction.conftest import Facts

Read = Callable[..., Facts]


@pytest.mark.parametrize(
    ("text", "visitor", "host", "modality"),
    [
        ("Kenyan President William Ruto will visit Japan next week.", "william-ruto", "JP", "Planned"),
        ("Kenyan President William Ruto visited Japan on May 7.", "william-ruto", "JP", "Occurred"),
        ("Kenyan President William Ruto is to pay a state visit to India.", "william-ruto", "IN", "Planned"),
        ("Kenya's William Ruto arrived in Tokyo on Thursday.", "william-ruto", "JP", "Underway"),
        (
            "The arrival of French President Emmanuel Macron in Berlin was late.",
            "emmanuel-macron",
            "DE",
            "Underway",
        ),
        (
            "Kenyan President William Ruto has cancelled his visit to Japan.",
            "william-ruto",
            "JP",
            "Cancelled",
        ),
        (
            "Chilean Foreign Minister Alberto van Klaveren will travel to Ottawa.",
            "alberto-van-klaveren",
            "CA",
            "Planned",
        ),
    ],
)
def test_visits(facts: Read, text: str, visitor: str, host: str, modality: str) -> None:
    visit = facts(text).one("Visit")
    assert visit["visitor"] == {f"person/{visitor}"}
    assert visit["hostState"] == {f"state/{host}"}
    assert visit["modality"] == {modality}


@pytest.mark.parametrize(
    "text",
    [
        "French President Emmanuel Macron travelled to Marseille on Tuesday.",
        "A group of tourists will visit Japan next week.",
        "The European Union imposed sanctions on generals in Myanmar on Monday.",
        "Voters in Chile went to the polls on Sunday.",
        "Japan and Kenya trade in tea and cars.",
        "The singer Adele arrived in Berlin on Thursday.",
    ],
)
def test_no_event(facts: Read, text: str) -> None:
    found = facts(text)
    assert found.about("Visit") == {}
    assert found.about("Meeting") == {}
    assert found.about("Summit") == {}


@pytest.mark.parametrize(
    "text",
    [
        "French President Emmanuel Macron ruled out a visit to Japan.",
        "French President Emmanuel Macron did not visit Japan.",
        "French President Emmanuel Macron may visit Japan.",
        "French President Emmanuel Macron would love to visit Japan.",
    ],
)
def test_what_is_denied_or_merely_possible_stays_so(facts: Read, text: str) -> None:
    for visit in facts(text).about("Visit").values():
        assert visit["modality"] <= {"Denied", "Possible"}


def test_the_direction_of_an_invitation_flips_with_accepting(facts: Read) -> None:
    text = "Kenyan President William Ruto accepted an invitation from French President Emmanuel Macron."
    invitation = facts(text).one("Invitation")
    assert (invitation["inviter"], invitation["invitee"]) == (
        {"person/emmanuel-macron"},
        {"person/william-ruto"},
    )


def test_a_meeting_needs_leaders_of_two_states(facts: Read) -> None:
    assert (
        facts("President Emmanuel Macron met Prime Minister Gabriel Attal in Paris.").about("Meeting") == {}
    )
    met = facts(
        "French President Emmanuel Macron met Kenyan President William Ruto in Paris on Tuesday."
    ).one("Meeting")
    assert met["participant"] == {"person/emmanuel-macron", "person/william-ruto"}
    assert met["startDate"] == {"2024-05-14"}
    assert met["location"] == {"place/paris-fr"}


def test_a_signed_treaty(facts: Read) -> None:
    signed = facts("France and Kenya signed a treaty on extradition on May 2.").one("Agreement")
    assert signed["party"] == {"state/FR", "state/KE"}
    assert signed["signedOn"] == {"2024-05-02"}
    assert signed["agreementKind"] == {"Treaty"}
    assert signed["modality"] == {"Occurred"}


def test_established_ties_are_no_anniversary(facts: Read) -> None:
    assert facts("France and Kenya established ties 60 years ago.").about("Anniversary") == {}


def test_the_same_city_name_twice(facts: Read) -> None:
    found = facts("The BRICS summit will be held in Kazan in October.").one("Summit")
    assert found["location"] == {"place/kazan-ru"}
    assert found["startDate"] == {"2024-10"}
