"""Names of the reference facts, found in texts."""

from __future__ import annotations

import pytest

from kg.extraction import Names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenyan President", ["state/KE"]),
        ("the Sino-Russian partnership", ["state/CN", "state/RU"]),
        ("an EU-Japan summit", ["organization/european-union", "state/JP"]),
        ("U.S. officials told us", ["state/US"]),
        ("in Côte d'Ivoire and in Cote d'Ivoire", ["state/CI", "state/CI"]),
        ("RUSSIA and CHINA", ["state/RU", "state/CN"]),
        ("who told the WHO", ["organization/world-health-organization"]),
        ("the Eurasian Economic Union", ["organization/eurasian-economic-union"]),
        ("polish the turkey", []),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_finds_names(names: Names, text: str, expected: list[str]) -> None:
    found = [m.senses[0].entity.iri.value.split("/id/")[1] for m in names.find(text)]
    assert found == expected


def test_one_name_may_mean_two_states(names: Names) -> None:
    (match,) = names.find("Congolese troops")
    assert {s.entity.label for s in match.senses} == {
        "Republic of the Congo",
        "Democratic Republic of the Congo",
    }


def test_capitals_lie_in_their_states(names: Names) -> None:
    for place, state in names.capital_of.items():
        assert names.state_of_place[place] == state
