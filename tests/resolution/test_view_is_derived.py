"""The incremental view equals the rebuilt one, whatever was added and taken back, in whatever order."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.claims import Claim, Modality, Passage
from kg.namespaces import ORG, RDF, RDFS, REFERENCE_GRAPH, SCHEMA, SMT, XSD, iri
from kg.resolution import delta, resolve
from kg.resolution.sources import DEFAULT
from kg.stores.oxigraph import OxigraphStore, normalised

VISIT, MEETING = iri("visit", "one"), iri("meeting", "one")
SUMMIT, INVITATION = iri("summit", "one"), iri("invitation", "one")
RELATION, ANNIVERSARY = iri("relation", "cn-ru"), iri("anniversary", "75-cn-ru")
PEOPLE = [iri("person", name) for name in ("xi-jinping", "vladimir-putin")]
STATES = [iri("state", code) for code in ("CN", "RU")]
BRICS, KAZAN = iri("organization", "brics"), iri("place", "kazan-ru")
DATES = [
    Literal("2024", datatype=XSD.gYear),
    Literal("2024-05", datatype=XSD.gYearMonth),
    Literal("2024-05-16", datatype=XSD.date),
    Literal("2024-06-01", datatype=XSD.date),
]
POOL: list[Triple] = [
    *(Triple(thing, RDF.type, kind) for thing, kind in (
        (VISIT, SMT.Visit), (MEETING, SMT.Meeting), (SUMMIT, SMT.Summit), (INVITATION, SMT.Invitation),
        (ANNIVERSARY, SMT.Anniversary), (PEOPLE[0], SMT.Leader),
    )),
    *(Triple(VISIT, SCHEMA.startDate, date) for date in DATES),
    *(Triple(VISIT, SMT.visitor, person) for person in PEOPLE),
    *(Triple(VISIT, SMT.hostState, state) for state in STATES),
    *(Triple(MEETING, SMT.participant, person) for person in PEOPLE),
    Triple(MEETING, SMT.meetingKind, SMT.Talks),
    Triple(SUMMIT, SCHEMA.organizer, BRICS),
    Triple(SUMMIT, SCHEMA.location, KAZAN),
    *(Triple(INVITATION, SMT.invitedTo, event) for event in (SUMMIT, VISIT)),
    Triple(INVITATION, SMT.invitee, PEOPLE[0]),
    Triple(ANNIVERSARY, SMT.anniversaryOf, RELATION),
    Triple(ANNIVERSARY, SMT.ordinal, Literal("075", datatype=XSD.integer)),
    *(Triple(RELATION, SMT.between, state) for state in STATES),
    Triple(PEOPLE[0], RDFS.label, Literal("Xi Jinping", language="en")),
    Triple(PEOPLE[1], RDFS.label, Literal("Vladimir Putin", language="en")),
    Triple(STATES[0], RDFS.label, Literal("China", language="en")),
    Triple(STATES[0], RDFS.label, Literal("China (PRC)", language="en")),
    Triple(BRICS, RDFS.label, Literal("BRICS", language="en")),
    Triple(PEOPLE[0], ORG.holds, iri("office", "president-of-china")),
]  # fmt: skip
REFERENCE = [
    Quad(KAZAN, RDF.type, SMT.Place, REFERENCE_GRAPH),
    Quad(KAZAN, RDFS.label, Literal("Kazan", language="en"), REFERENCE_GRAPH),
    Quad(ANNIVERSARY, RDF.type, SMT.Anniversary, REFERENCE_GRAPH),
]


def article(name: str, published: str) -> list[Quad]:
    node = iri("article", name)
    return [
        Quad(node, RDF.type, SMT.Article, node),
        Quad(node, SCHEMA.datePublished, Literal(published, datatype=XSD.date), node),
    ]


def claim(
    name: str, number: int, triples: list[Triple], modality: Modality, confidence: float = 0.9
) -> list[Quad]:
    about = triples[0].subject
    assert isinstance(about, NamedNode)
    made = Claim(name, number, about, tuple(triples), (Passage(0, 1, "x"),), modality, confidence)
    return list(made.quads(NamedNode(iri("article", name).value + "#extraction")))


def units(draw: st.DataObject) -> list[list[Quad]]:
    """What can be added or taken back as one: a claim with its article, an addition, an article's date."""
    number = draw.draw(st.integers(0, 7), label="unit")
    name = f"a{number % 3}"
    return [[*article(name, f"2024-05-{10 + number % 3}")], claim(
        name, number, draw.draw(st.lists(st.sampled_from(POOL), min_size=1, max_size=4), label="triples"),
        draw.draw(st.sampled_from(list(Modality)), label="modality"),
        draw.draw(st.sampled_from([0.5, 0.9]), label="confidence"),
    )]  # fmt: skip


def view(store: OxigraphStore) -> set[Triple]:
    return {quad.triple for quad in store.quads(graph=DEFAULT)}


def change(store: OxigraphStore, insert: list[Quad], delete: list[Quad]) -> None:
    out, into = delta(store, insert, delete)
    store.apply(delete=[*delete, *out], insert=[*normalised(insert), *into])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(draw=st.data())
def test_incremental_equals_rebuilt(draw: st.DataObject) -> None:
    store = OxigraphStore()
    change(store, REFERENCE, [])
    present: list[list[Quad]] = []
    for _ in range(draw.draw(st.integers(1, 7), label="steps")):
        if present and draw.draw(st.booleans(), label="take back"):
            gone = present.pop(draw.draw(st.integers(0, len(present) - 1), label="which"))
            kept = {quad for unit in present for quad in unit}
            change(store, [], [quad for quad in gone if quad not in kept])
        elif draw.draw(st.integers(0, 3), label="addition or claim") == 0:
            chosen = draw.draw(st.lists(st.sampled_from(POOL), min_size=1, max_size=3), label="added")
            graph = iri("addition", f"{len(present):012x}")
            unit = [Quad(t.subject, t.predicate, t.object, graph) for t in chosen]
            present.append(unit)
            change(store, unit, [])
        else:
            unit = [quad for part in units(draw) for quad in part]
            present.append(unit)
            change(store, unit, [])
        assert view(store) == resolve(store)
    for unit in list(present):
        present.remove(unit)
        kept = {quad for other in present for quad in other}
        change(store, [], [quad for quad in unit if quad not in kept])
    assert view(store) == resolve(REFERENCE)


@settings(max_examples=50, deadline=None)
@given(draw=st.data(), seed=st.integers(0, 1000))
def test_order_of_insertion_does_not_matter(draw: st.DataObject, seed: int) -> None:
    quads = [q for _ in range(draw.draw(st.integers(1, 5))) for unit in units(draw) for q in unit]
    shuffled = list(quads)
    random.Random(seed).shuffle(shuffled)
    assert resolve(quads) == resolve(shuffled)


def statuses(*claims: tuple[str, Modality]) -> set[str]:
    quads: list[Quad] = []
    for number, (published, modality) in enumerate(claims):
        quads += article(published, published)
        quads += claim(published, number, [Triple(VISIT, RDF.type, SMT.Visit)], modality)
    return {t.object.value.rsplit("#")[1] for t in resolve(quads) if t.predicate == SMT.status}


PLANNED, OCCURRED, CANCELLED = Modality.PLANNED, Modality.OCCURRED, Modality.CANCELLED
DENIED, ASSERTED = Modality.DENIED, Modality.ASSERTED


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param([("2024-05-01", PLANNED)], {"Planned"}, id="planned"),
        pytest.param([("2024-05-01", OCCURRED), ("2024-06-01", PLANNED)], {"Occurred"}, id="occurred-stays"),
        pytest.param([("2024-05-01", PLANNED), ("2024-06-01", CANCELLED)], {"Cancelled"}, id="later-cancels"),
        pytest.param(
            [("2024-06-01", PLANNED), ("2024-05-01", CANCELLED)], {"Planned"}, id="later-plans-anew"
        ),
        pytest.param(
            [("2024-05-01", PLANNED), ("2024-05-01", CANCELLED)], {"Cancelled"}, id="strongest-of-one-day"
        ),
        pytest.param(
            [("2024-05-01", PLANNED), ("2024-06-01", DENIED)], {"Planned"}, id="denied-says-nothing"
        ),
        pytest.param([("2024-05-01", ASSERTED)], set(), id="asserted-gives-none"),
        pytest.param([("2024-05-01", DENIED)], set(), id="only-denied"),
    ],
)
def test_status(claims: list[tuple[str, Modality]], expected: set[str]) -> None:
    assert statuses(*claims) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(
            [("2024-05-01", "2024-05", 0.9), ("2024-04-01", "2024-05-16", 0.1)], "2024-05-16", id="precise"
        ),
        pytest.param(
            [("2024-05-01", "2024-06", 0.1), ("2024-04-01", "2024-05-16", 0.9)], "2024-06", id="later"
        ),
        pytest.param(
            [("2024-05-01", "2024-06", 0.1), ("2024-05-01", "2024-05", 0.9)], "2024-05", id="confident"
        ),
        pytest.param(
            [("2024-05-01", "2024-06", 0.9), ("2024-05-01", "2024-05", 0.9)], "2024-05", id="lexical"
        ),
    ],
)
def test_which_date_wins(values: list[tuple[str, str, float]], expected: str) -> None:
    quads: list[Quad] = []
    for number, (published, date, confidence) in enumerate(values):
        kind = XSD.date if date.count("-") == 2 else XSD.gYearMonth
        triple = Triple(VISIT, SCHEMA.startDate, Literal(date, datatype=kind))
        quads += article(f"{published}-{number}", published)
        quads += claim(f"{published}-{number}", number, [triple], Modality.PLANNED, confidence)
    assert {t.object.value for t in resolve(quads) if t.predicate == SCHEMA.startDate} == {expected}


def test_more_articles_outweigh_confidence() -> None:
    quads: list[Quad] = []
    for number, (state, confidence) in enumerate([(STATES[0], 0.5), (STATES[0], 0.5), (STATES[1], 1.0)]):
        quads += article(f"a{number}", "2024-05-01")
        quads += claim(f"a{number}", 1, [Triple(VISIT, SMT.hostState, state)], Modality.PLANNED, confidence)
    assert {t.object for t in resolve(quads)} == {STATES[0]}


def test_curated_facts_go_before_claims() -> None:
    addition = Quad(VISIT, SMT.hostState, STATES[1], iri("addition", "0123456789ab"))
    quads = [addition, *article("a", "2024-05-01")]
    quads += claim("a", 1, [Triple(VISIT, SMT.hostState, STATES[0])], Modality.OCCURRED)
    assert {t.object for t in resolve(quads)} == {STATES[1]}


def test_a_claim_without_its_article_counts_for_nothing() -> None:
    assert resolve([Quad(VISIT, RDF.type, SMT.Visit, iri("claim", "a", 1))]) == set()


def test_labels_of_events() -> None:
    quads = [*REFERENCE, *article("a", "2024-05-16")]
    quads += claim("a", 1, [t for t in POOL if t.object not in (DATES[3], STATES[1], PEOPLE[0])
                            or t.subject in (MEETING, INVITATION, RELATION)], Modality.PLANNED)  # fmt: skip
    events = (VISIT, MEETING, SUMMIT, INVITATION, ANNIVERSARY)
    found = [t for t in resolve(quads) if t.predicate == RDFS.label and t.subject in events]
    labels = {t.subject.value.split("/")[-2]: t.object.value for t in found}
    assert labels == {
        "visit": "Visit of Vladimir Putin to China, May 2024",
        "meeting": "Talks of Vladimir Putin and Xi Jinping",
        "summit": "BRICS summit in Kazan",
        "invitation": "Invitation of Xi Jinping: BRICS summit in Kazan",
        "anniversary": "75th anniversary of relations between China and RU",
    }


def steps(*changes: tuple[list[Quad], list[Quad]]) -> OxigraphStore:
    """A store after some changes (insert, delete), each of them incremental; the view is checked each time."""
    store = OxigraphStore()
    for insert, delete in changes:
        change(store, insert, delete)
        assert view(store) == resolve(store)
    return store


def labels_of(store: OxigraphStore, thing: NamedNode) -> list[str]:
    return [quad.object.value for quad in store.quads(thing, RDFS.label, None, DEFAULT)]


@pytest.mark.parametrize("also", [False, True], ids=["state-only", "state-and-relation"])
def test_an_anniversary_is_renamed_with_the_states_of_its_relation(also: bool) -> None:
    facts = [
        (ANNIVERSARY, RDF.type, SMT.Anniversary), (ANNIVERSARY, SMT.anniversaryOf, RELATION),
        (RELATION, SMT.between, STATES[0]), (RELATION, SMT.between, STATES[1]),
    ]  # fmt: skip
    first = [Quad(*fact, REFERENCE_GRAPH) for fact in facts]
    second = [Quad(STATES[0], RDFS.label, Literal("China", language="en"), REFERENCE_GRAPH)]
    if also:
        second.append(Quad(RELATION, SMT.topic, Literal("x", language="en"), REFERENCE_GRAPH))
    store = steps((first, []), (second, []))
    assert labels_of(store, ANNIVERSARY) == ["Anniversary of relations between China and RU"]


def test_an_invitation_is_renamed_with_the_summit_and_its_place() -> None:
    facts = [
        (INVITATION, RDF.type, SMT.Invitation), (INVITATION, SMT.invitedTo, SUMMIT), (SUMMIT, RDF.type, SMT.Summit),
        (SUMMIT, SCHEMA.location, KAZAN),
    ]  # fmt: skip
    first = [Quad(*fact, iri("addition", "0")) for fact in facts]
    second = [Quad(KAZAN, RDFS.label, Literal("Kasan"), REFERENCE_GRAPH)]
    store = steps((first, []), (second, []))
    assert labels_of(store, INVITATION) == ["Invitation: Summit in Kasan"]


def test_a_new_date_of_an_article_weighs_its_claims_anew() -> None:
    def told(name: str, state: NamedNode) -> list[Quad]:
        return claim(name, 1, [Triple(VISIT, SMT.hostState, state)], Modality.PLANNED)

    def dated(name: str, published: str) -> list[Quad]:
        return article(name, published)[1:]

    store = steps(
        ([*article("a", "2024-05-01"), *told("a", STATES[0])], []),
        ([*article("b", "2024-04-01"), *told("b", STATES[1])], []),
        (dated("b", "2024-06-01"), dated("b", "2024-04-01")),
    )
    assert [quad.object for quad in store.quads(VISIT, None, None, DEFAULT)] == [STATES[1]]


def test_a_claim_about_an_event_that_says_nothing_of_it_gives_its_status_and_takes_it_back() -> None:
    typed = [Quad(VISIT, RDF.type, SMT.Visit, iri("addition", "0"))]
    made = Claim(
        "a", 1, VISIT, (Triple(PEOPLE[0], RDF.type, SMT.Leader),), (Passage(0, 1, "x"),), CANCELLED, 0.9
    )
    told = [*article("a", "2024-05-01"), *made.quads(NamedNode(iri("article", "a").value + "#extraction"))]
    store = steps((typed, []), (told, []))
    assert [quad.object for quad in store.quads(VISIT, SMT.status)] == [SMT.Cancelled]
    store = steps((typed, []), (told, []), ([], told))
    assert not list(store.quads(VISIT, SMT.status))
