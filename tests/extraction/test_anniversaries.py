"""Which anniversaries a text tells, and whose they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.extraction.conftest import Facts

Read = Callable[..., Facts]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("France and Kenya mark the 60th anniversary of diplomatic relations.", "60"),
        ("France and Kenya celebrate 60 years of diplomatic ties.", "60"),
        ("France and Kenya marked six decades of diplomatic ties.", "60"),
        ("France and Kenya marked half a century of relations.", "50"),
        ("France and Kenya marked the twenty-fifth anniversary of bilateral relations.", "25"),
        ("France and Kenya marked the fiftieth anniversary of their relations.", "50"),
        ("It was the 75th anniversary of the establishment of relations between France and Kenya.", "75"),
        (
            "A gala was held for the 10th-anniversary celebrations of relations between France and Kenya.",
            "10",
        ),
        (
            "It was the 75th Anniversary of the Establishment of Diplomatic Relations between France and the Republic of Kenya.",
            "75",
        ),
        (
            "French leaders wrote to their Kenyan colleagues to mark the 60th anniversary of ties between the two neighbours.",
            "60",
        ),
    ],
)
def test_relations(facts: Read, text: str, years: str) -> None:
    anniversary = facts(text).one("Anniversary")
    assert anniversary["ordinal"] == {years}
    assert anniversary["anniversaryOf"] == {"relation/fr-ke"}


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("NATO marked its 75th anniversary with a dinner.", "organization/nato"),
        ("Kenya celebrated the 60th anniversary of its independence.", "state/KE"),
        ("The leaders marked the 20th anniversary of the founding of NATO.", "organization/nato"),
    ],
)
def test_anniversaries_of_one(facts: Read, text: str, whose: str) -> None:
    assert facts(text).one("Anniversary")["anniversaryOf"] == {whose}


def test_the_two_countries_are_those_told_before(facts: Read) -> None:
    text = (
        "French President Emmanuel Macron met Kenyan President William Ruto in Paris on Tuesday. "
        "Next year the two countries will celebrate 60 years of diplomatic relations."
    )
    assert facts(text).one("Anniversary")["anniversaryOf"] == {"relation/fr-ke"}


@pytest.mark.parametrize(
    "text",
    [
        "France and Kenya established ties 60 years ago.",
        "The king celebrated his 50th birthday.",
        "The couple celebrated their 20th wedding anniversary in Kenya.",
        "Kenyan President William Ruto marked two years in office.",
        "Relations between France and Kenya go back 60 years.",
    ],
)
def test_no_anniversary(facts: Read, text: str) -> None:
    assert facts(text).about("Anniversary") == {}
