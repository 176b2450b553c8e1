"""Which gatherings are summits, whose, where, when, and whether they are on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.namespaces import RDFS
from tests.extraction.conftest import Facts, assert_summit

Read = Callable[..., Facts]
AFRICAN_UNION = "organization/african-union"


@pytest.mark.parametrize(
    ("text", "organizer", "place", "start", "modality"),
    [
        ("The Arab League's annual summit opened in Manama on Thursday.", "arab-league", "manama-bh", "2024-05-16", "Underway"),
        ("Leaders of the Non-Aligned Movement opened a summit in Kampala on Tuesday.", "non-aligned-movement",
         "kampala-ug", "2024-05-14", "Underway"),
        ("The two-day Mercosur summit in Montevideo ended on Tuesday.", "mercosur", "montevideo-uy", "2024-05-13", "Occurred"),
        ("Kenya will host the 23rd COMESA Summit in Mombasa on October 22-24.", "comesa", "mombasa-ke", "2024-10-22", "Planned"),
        ("President William Ruto will travel to Kampala to attend the COMESA summit on June 3.", "comesa", "kampala-ug",
         "2024-06-03", "Planned"),
        ("President William Ruto will not attend the COMESA summit in Kampala on June 3.", "comesa", "kampala-ug",
         "2024-06-03", "Planned"),
        ("The bloc's annual summit will be held in Kampala in October, COMESA officials said.", "comesa", "kampala-ug",
         "2024-10", "Planned"),
        ("At its summit in Kampala last July, COMESA adopted a plan.", "comesa", "kampala-ug", "2023-07", "Occurred"),
        ("Leaders gathered in Kampala for CHOGM on Monday.", "commonwealth", "kampala-ug", "2024-05-13", "Underway"),
        ("He spoke at the G7 in Kampala.", "g7", "kampala-ug", None, "Occurred"),
        ("The COMESA summit, scheduled for May 24 in Kampala, was called off.", "comesa", "kampala-ug", "2024-05-24",
         "Cancelled"),
        ("The COMESA summit in Kampala has been postponed.", "comesa", "kampala-ug", None, "Postponed"),
        ("The ministers met on the sidelines of the COMESA summit in Kampala on Monday.", "comesa", "kampala-ug", "2024-05",
         "Occurred"),
    ],
    ids=lambda v: v[:45] if isinstance(v, str) else "",
)  # fmt: skip
def test_summits(
    facts: Read, text: str, organizer: str, place: str, start: str | None, modality: str
) -> None:
    assert_summit(facts(text), organizer, place, start, modality)


@pytest.mark.parametrize(
    "text",
    [
        "French President Emmanuel Macron held a summit with Kenyan President William Ruto in Nairobi.",
        "The US-China summit in Lima ended on Monday.",
        "The African Union said that climbers reached the summit in Nepal on Monday.",
        "The G20 business summit opened in Nairobi on Monday.",
        "African Union ministers went to a summit of trade ministers in Nairobi on Monday.",
        "The African Union prepares for its annual summit.",
        "William Ruto and Yoweri Museveni signed it at their summit in Kampala, COMESA officials said.",
        "The United Nations praised a peace summit in Nairobi on Monday.",
    ],
)
def test_what_is_no_summit_of_an_organization(facts: Read, text: str) -> None:
    assert facts(text).about("Summit") == {}


def test_several_summits_in_one_phrase(facts: Read) -> None:
    text = (
        "Kampala braces for two summits\n\nThe city awaits back-to-back summits, of the African Union (AU) on Thursday and "
        "of COMESA on Friday."
    )
    found = facts(text, "2024-05-14").about("Summit").values()
    assert {(*s["organizer"], *s["startDate"]) for s in found} == {
        (AFRICAN_UNION, "2024-05-16"),
        ("organization/comesa", "2024-05-17"),
    }
    assert all(s["location"] == {"place/kampala-ug"} for s in found)


def test_the_summit_is_that_of_the_headline(facts: Read) -> None:
    text = (
        "COMESA in Kampala: as it happened\n\nKenyan President William Ruto is here for the summit. The United Nations sent "
        "greetings.\n\nOn Thursday leaders join the second day of the summit."
    )
    summit = facts(text, "2024-05-15", "Kampala").one("Summit")
    assert summit["organizer"] == {"organization/comesa"}
    assert summit["location"] == {"place/kampala-ug"}
    assert "2024-05-15" in summit["startDate"]


def test_summits_of_two_years_stay_apart(facts: Read) -> None:
    found = facts(
        "The G7 met. Leaders promised it at last year's summit in Hiroshima. The G7 summit in Fasano opens on June 13."
    )
    assert {(*s["location"], *s["startDate"]) for s in found.about("Summit").values()} == {
        ("place/hiroshima-jp", "2023"),
        ("place/fasano-it", "2024-06-13"),
    }


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "An African Union-European Union summit will be held in Brussels in 2025.",
            "African Union-European Union",
        ),
        ("The EU-Japan summit opened in Tokyo on Tuesday.", "European Union-Japan"),
        ("On Thursday she will be in Oslo, where the premier hosts a US-Nordic summit.", "US-Nordic summit"),
    ],
)
def test_joint_formats_have_a_name(facts: Read, text: str, label: str) -> None:
    read = facts(text)
    (organizer,) = read.one("Summit")["organizer"]
    labels = {
        t.object.value
        for c in read.claims
        for t in c.triples
        if t.predicate == RDFS.label and t.subject.value.endswith(organizer)
    }
    assert labels == {label}


def test_a_council_of_heads_of_government_meets(facts: Callable[..., Facts]) -> None:
    text = "The Council of Heads of Government of the Commonwealth of Independent States met in Astana on May 10."
    summit = facts(text).one("Summit")
    assert summit["location"] == {"place/astana-kz"}
    assert summit["startDate"] == {"2024-05-10"}
    text = "The Council of Ministers of the Commonwealth of Independent States met in Astana on May 10."
    assert not facts(text).about("Summit")
