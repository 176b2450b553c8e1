"""Names: which thing is meant, and what is said where none or several are."""

from __future__ import annotations

import pytest

from kg.errors import ParameterError
from kg.queries.lookup import find
from kg.queries.terms import short
from kg.stores.oxigraph import OxigraphStore


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("state", "China", "state:CN"),
        ("state", "CHINA", "state:CN"),
        ("state", "the Russian Federation", "state:RU"),
        ("state", "prc", "state:CN"),
        ("state", "Chinese", "state:CN"),
        ("state", "CHN", "state:CN"),
        ("state", "cn", "state:CN"),
        ("state", "turkiye", "state:TR"),
        ("state", "Turkey", "state:TR"),
        ("person", "Vladimir Putin", "person:vladimir-putin"),
        ("person", "putin", "person:vladimir-putin"),
        ("person", "V.V. Putin", "person:vladimir-putin"),
        ("person", "Lula", "person:lula-da-silva"),
        ("person", "luiz inacio", "person:lula-da-silva"),
        # A first name among those whom the articles name; another of that last name is not.
        ("person", "Xi", "person:xi-jinping"),
        ("person", "vladimir xi", "person:vladimir-xi"),
        # Named by no article, hence found in the second step.
        ("person", "erdogan", "person:recep-tayyip-erdogan"),
        ("person", "Medvedev", "person:dmitry-medvedev"),
        ("organization", "eaeu", "organization:eurasian-economic-union"),
        ("organization", "BRICS", "organization:brics"),
        # The other Kazan is nowhere in the articles.
        ("place", "Kazan", "place:kazan-ru"),
        ("event", "visit of Vladimir Putin to China, May 2024", "visit:vladimir-putin-cn-2024-05-16"),
        ("event", "Kazakhstan", "visit:xi-jinping-kz-2024-07"),
        ("agreement", "commercial deals", "agreement:commercial-deals"),
        ("agent", "Putin", "person:vladimir-putin"),
        ("agent", "Russia", "state:RU"),
        ("agent", "SCO", "organization:shanghai-cooperation-organisation"),
        ("thing", "Harbin", "place:harbin-cn"),
        ("thing", "joint declaration", "agreement:joint-declaration-2024-05-16"),
    ],
)
def test_name_is_found(kind: str, name: str, expected: str, store: OxigraphStore) -> None:
    assert short(find(kind, name, store)) == expected


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        ("state", "Korea", r"2 things: North Korea \(state:KP\); South Korea \(state:KR\)"),
        ("person", "Bush", "George H. W. Bush .*; George W. Bush"),
        ("event", "Putin", "can be [0-9]+ things"),
        ("state", "Chyna", r"did you mean China \(state:CN\)"),
        ("person", "Putyn", r"did you mean Vladimir Putin \(person:vladimir-putin\)"),
        ("organization", "BRIKS", "did you mean BRICS"),
        ("state", "Atlantis", 'no state called "Atlantis"'),
        ("place", "", "is no name"),
        ("person", "...", "is no name"),
    ],
)
def test_none_or_several_are_told(kind: str, name: str, told: str, store: OxigraphStore) -> None:
    with pytest.raises(ParameterError, match=told):
        find(kind, name, store)
