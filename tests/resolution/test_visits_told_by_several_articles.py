"""Which visits of several articles are one, and which are not."""

from __future__ import annotations

from itertools import permutations

import pytest
from pyoxigraph import Literal, Quad, Triple

from kg.namespaces import RDF, SCHEMA, SMT, iri
from kg.resolution import resolve
from tests.resolution.newsroom import (
    ADA,
    BEA,
    CANCELLED,
    CHINA,
    CYD,
    DENIED,
    OCCURRED,
    PLANNED,
    POSTPONED,
    UNDERWAY,
    article,
    change,
    events,
    held,
    store_of,
    visit,
    visit_triples,
)

DAY, JUNE = "ada-example-fr-2026-05-16", "ada-example-fr-2026-06-01"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(
            [("p", "2026-04-12", None, PLANNED), ("a", "2026-05-16", "2026-05-16", UNDERWAY), ("f", "2026-05-19", "2026-05", OCCURRED)],
            {DAY: "2026-05-16 Occurred"}, id="preview-arrival-follow-up",
        ),
        pytest.param(
            [("p", "2026-04-12", "2026-05", PLANNED), ("a", "2026-05-16", "2026-05-16", UNDERWAY)],
            {DAY: "2026-05-16 Underway"}, id="month-becomes-day",
        ),
        pytest.param(
            [("p", "2026-01-12", "2026", PLANNED), ("a", "2026-05-16", "2026-05-16", OCCURRED)],
            {DAY: "2026-05-16 Occurred"}, id="year-becomes-day",
        ),
        pytest.param(
            [("a", "2026-05-16", "2026-05-16", UNDERWAY), ("f", "2026-05-25", None, OCCURRED)],
            {DAY: "2026-05-16 Occurred"}, id="undated-follow-up",
        ),
        pytest.param(
            [("a", "2026-05-31", "2026-05-31", UNDERWAY), ("b", "2026-06-03", "2026-06-01", OCCURRED)],
            {"ada-example-fr-2026-05-31": "2026-06-01 Occurred"}, id="over-the-edge-of-a-month",
        ),
        pytest.param(
            [("a", "2026-05-16", "2026-05-16", UNDERWAY), ("b", "2026-05-18", "2026-05-17", OCCURRED)],
            {DAY: "2026-05-17 Occurred"}, id="days-that-disagree",
        ),
        pytest.param(
            [("p", "2026-04-01", "2026-05-10", PLANNED), ("a", "2026-05-16", "2026-05-16", OCCURRED)],
            {"ada-example-fr-2026-05-10": "2026-05-16 Occurred"}, id="some-days-later-than-planned",
        ),
        pytest.param(
            [("a", "2026-03-03", "2026-03-02", OCCURRED), ("b", "2026-05-16", "2026-05-16", OCCURRED)],
            {"ada-example-fr-2026-03-02": "2026-03-02 Occurred", DAY: "2026-05-16 Occurred"}, id="different-months",
        ),
        pytest.param(
            [("a", "2026-05-03", "2026-05-02", OCCURRED), ("b", "2026-05-20", "2026-05-20", OCCURRED)],
            {"ada-example-fr-2026-05-02": "2026-05-02 Occurred", "ada-example-fr-2026-05-20": "2026-05-20 Occurred"},
            id="two-in-a-month",
        ),
        pytest.param(
            [("p", "2026-02-01", None, PLANNED), ("a", "2026-03-02", "2026-03-02", OCCURRED), ("b", "2026-05-16", "2026-05-16", OCCURRED)],
            {"ada-example-fr-2026-03-02": "2026-03-02 Occurred", DAY: "2026-05-16 Occurred", "ada-example-fr-p": "- Planned"},
            id="undated-fits-two",
        ),
        pytest.param(
            [("p", "2026-04-01", None, PLANNED), ("a", "2026-03-02", "2026-03-02", OCCURRED), ("b", "2026-05-16", "2026-05-16", OCCURRED)],
            {"ada-example-fr-2026-03-02": "2026-03-02 Occurred", DAY: "2026-05-16 Occurred"},
            id="undated-fits-one-by-its-publication",
        ),
        pytest.param(
            [("p", "2025-01-01", None, PLANNED), ("a", "2026-05-16", "2026-05-16", OCCURRED)],
            {"ada-example-fr-p": "- Planned", DAY: "2026-05-16 Occurred"}, id="announced-long-before",
        ),
        pytest.param(
            [("p", "2026-06-20", None, PLANNED), ("a", "2026-05-16", "2026-05-16", OCCURRED)],
            {"ada-example-fr-p": "- Planned", DAY: "2026-05-16 Occurred"}, id="announced-afterwards",
        ),
        pytest.param(
            [("p", None, None, PLANNED), ("a", "2026-05-16", "2026-05-16", OCCURRED)],
            {"ada-example-fr-p": "- Planned", DAY: "2026-05-16 Occurred"}, id="published-nobody-knows-when",
        ),
        pytest.param(
            [("p", "2026-04-01", None, PLANNED), ("q", "2026-04-20", None, PLANNED)],
            {"ada-example-fr-p": "- Planned"}, id="two-previews",
        ),
        pytest.param(
            [("p", "2026-04-01", None, OCCURRED), ("q", "2026-04-20", None, PLANNED)],
            {"ada-example-fr-p": "- Occurred", "ada-example-fr-q": "- Planned"}, id="planned-after-it-occurred",
        ),
        pytest.param(
            [("p", "2026-04-01", "2026-05-16", PLANNED), ("q", "2026-05-10", None, POSTPONED)],
            {DAY: "2026-05-16 Postponed"}, id="postponed-undated",
        ),
        pytest.param(
            [("p", "2026-04-01", "2026-05-16", PLANNED), ("q", "2026-05-10", None, POSTPONED), ("r", "2026-05-20", "2026-06-01", PLANNED)],
            {DAY: "2026-05-16 Postponed", JUNE: "2026-06-01 Planned"}, id="planned-anew-in-another-month",
        ),
        pytest.param(
            [("p", "2026-04-01", "2026-05-16", PLANNED), ("q", "2026-05-10", "2026-05-16", POSTPONED), ("r", "2026-05-12", "2026-05-28", PLANNED)],
            {DAY: "2026-05-16 Postponed", "ada-example-fr-2026-05-28": "2026-05-28 Planned"},
            id="planned-anew-in-the-same-month",
        ),
        pytest.param(
            [("p", "2026-04-01", "2026-05-16", PLANNED), ("q", "2026-05-16", "2026-05-16", OCCURRED), ("r", "2026-05-20", "2026-05", PLANNED)],
            {DAY: "2026-05-16 Occurred", "ada-example-fr-2026-05": "2026-05 Planned"},
            id="another-later-that-month",
        ),
    ],
)  # fmt: skip
def test_one_visit_or_two(told: list[tuple[str, str, str | None, object]], expected: dict[str, str]) -> None:
    articles = [visit(name, published, start, modality) for name, published, start, modality in told]
    views = set()
    for order in permutations(articles):
        views.add(frozenset(held(store_of(*order))))
    assert len(views) == 1
    found = events(views.pop())
    assert {
        name: f"{min(values.get('startDate', '-'))} {min(values['status'])}" for name, values in found.items()
    } == expected


def test_the_name_not_chosen_leads_to_the_other() -> None:
    view = resolve(
        [*visit("p", "2026-04-12", None, PLANNED), *visit("a", "2026-05-16", "2026-05-16", OCCURRED)]
    )
    assert Triple(iri("visit", "ada-example-fr-p"), SMT.joinedInto, iri("visit", DAY)) in view


def test_a_party_is_one_visit_with_all_who_came() -> None:
    store = store_of(
        visit("a", "2026-05-17", "2026-05-16", OCCURRED, who=(ADA, BEA)),
        visit("b", "2026-05-18", "2026-05-16", OCCURRED, who=(BEA, CYD)),
        visit("c", "2026-04-18", "2026-05", PLANNED, who=(CYD,)),
    )
    found = events(held(store))
    assert [values["visitor"] for values in found.values()] == [{"ada-example", "bea-sample", "cyd-specimen"}]


def test_a_month_told_of_a_party_that_split_up_belongs_to_neither() -> None:
    view = resolve([
        *visit("a", "2026-05-03", "2026-05-02", OCCURRED, who=(ADA,)),
        *visit("b", "2026-05-21", "2026-05-20", OCCURRED, who=(BEA,)),
        *visit("c", "2026-04-18", "2026-05", PLANNED, who=(ADA, BEA)),
    ])  # fmt: skip
    assert len(events(view)) == 3


def test_other_hosts_and_other_visitors_are_other_visits() -> None:
    view = resolve([
        *visit("a", "2026-05-17", "2026-05-16", OCCURRED),
        *visit("b", "2026-04-18", None, PLANNED, to=CHINA),
        *visit("c", "2026-04-18", None, PLANNED, who=(BEA,)),
    ])  # fmt: skip
    assert len(events(view)) == 3


def test_what_one_article_tells_apart_stays_apart() -> None:
    both = article(
        "a",
        "2026-05-17",
        (OCCURRED, visit_triples("a", "2026-05-16")),
        (PLANNED, visit_triples("a", None)),
    )
    assert len(events(resolve(both))) == 2


def test_a_denial_joins_what_it_denies_and_leaves_it_as_it_is() -> None:
    announced = visit("p", "2026-04-12", "2026-05-16", PLANNED)
    denied = visit("d", "2026-04-20", None, DENIED)
    view = resolve([*announced, *denied])
    assert events(view) == events(resolve(announced))
    assert Triple(iri("visit", "ada-example-fr-d"), SMT.joinedInto, iri("visit", DAY)) in view


def test_a_cancelled_visit_that_did_take_place_occurred() -> None:
    store = store_of(
        visit("p", "2026-04-12", "2026-05-16", PLANNED),
        visit("c", "2026-05-01", None, CANCELLED),
        visit("a", "2026-05-17", "2026-05-16", OCCURRED),
    )
    assert {name: values["status"] for name, values in events(held(store)).items()} == {DAY: {"Occurred"}}


def test_retracting_an_article_parts_what_it_joined() -> None:
    first = visit("p", "2026-02-01", None, PLANNED)
    march = visit("a", "2026-03-02", "2026-03-02", OCCURRED)
    may = visit("b", "2026-05-16", "2026-05-16", OCCURRED)
    store = store_of(first, may)
    before = held(store)
    change(store, march)
    assert len(events(held(store))) == 3
    change(store, [], march)
    assert held(store) == before == resolve(store)
    change(store, [], may)
    assert list(events(held(store))) == ["ada-example-fr-p"]


def test_what_refers_to_a_joined_visit_refers_to_it_by_the_name_of_the_view() -> None:
    preview = visit("p", "2026-04-12", None, PLANNED)
    talks = iri("meeting", "one")
    told = [
        Triple(talks, RDF.type, SMT.Meeting),
        Triple(talks, SCHEMA.superEvent, iri("visit", "ada-example-fr-p")),
    ]
    store = store_of(preview, article("m", "2026-04-12", (PLANNED, told)))
    assert events(held(store))["one"]["superEvent"] == {"ada-example-fr-p"}
    change(store, visit("a", "2026-05-16", "2026-05-16", OCCURRED))
    assert held(store) == resolve(store)
    assert events(held(store))["one"]["superEvent"] == {DAY}


def test_what_lacked_in_one_article_is_there_once_another_tells_it() -> None:
    node = iri("visit", DAY)
    lacking = [Triple(node, RDF.type, SMT.Visit), Triple(node, SMT.lacks, SMT.hostState)]
    first = article("a", "2026-05-16", (OCCURRED, lacking))
    assert events(resolve(first))[DAY]["lacks"] == {"hostState"}
    assert "lacks" not in events(resolve([*first, *visit("b", "2026-05-17", "2026-05-16", OCCURRED)]))[DAY]


def test_an_end_before_the_start_is_left_out() -> None:
    store = store_of(
        visit("a", "2026-05-16", "2026-05-15", UNDERWAY, end="2026-05-15"),
        visit("b", "2026-05-18", "2026-05-17", OCCURRED),
    )
    (found,) = events(held(store)).values()
    assert found["startDate"] == {"2026-05-17"}
    assert "endDate" not in found


def test_what_people_wrote_down_names_the_visit_and_is_never_joined_with_its_like() -> None:
    def written(name: str, start: str) -> list[Quad]:
        node, graph = iri("visit", name), iri("addition", f"{name}")
        triples = [*visit_triples("x", start)[1:], Triple(node, RDF.type, SMT.Visit)]
        return [Quad(node, t.predicate, t.object, graph) for t in triples]

    preview = visit("p", "2026-04-12", None, PLANNED)
    store = store_of(preview, written("mine", "2026-05-16"))
    assert list(events(held(store))) == ["mine"]
    change(store, written("mine-too", "2026-05-16"))
    assert held(store) == resolve(store)
    assert sorted(events(held(store))) == ["ada-example-fr-p", "mine", "mine-too"]
    label = Quad(iri("visit", "mine"), SMT.topic, Literal("x"), iri("addition", "1"))
    change(store, [label])
    assert held(store) == resolve(store)
