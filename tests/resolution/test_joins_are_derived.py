"""Joined events: the incremental view equals the rebuilt one after every step, in whatever order articles come and go."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from kg import identity
from kg.namespaces import RDF, SCHEMA, SMT, iri
from kg.resolution import resolve
from kg.stores.oxigraph import OxigraphStore
from tests.resolution.newsroom import (
    ADA,
    BEA,
    CANCELLED,
    CHINA,
    DENIED,
    FRANCE,
    OCCURRED,
    PLANNED,
    POSTPONED,
    UNDERWAY,
    agreement,
    article,
    change,
    held,
    invitation,
    meeting,
    summit,
    visit,
    visit_triples,
)

DAYS = ["2026-04-28", "2026-05-01", "2026-05-02", "2026-05-16", "2026-05-17", "2026-06-01", "2026-09-01"]
STARTS = st.sampled_from([None, "2026", "2026-05", "2026-06", *DAYS])
PUBLISHED = st.sampled_from([None, "2026-04-01", *DAYS])
MODALITIES = st.sampled_from([PLANNED, PLANNED, UNDERWAY, OCCURRED, OCCURRED, POSTPONED, CANCELLED, DENIED])
PARTIES = st.sampled_from([(ADA,), (BEA,), (ADA, BEA)])


@st.composite
def articles(draw: st.DrawFn, name: str) -> list[Quad]:
    """An article about one thing of some kind, or a note that somebody wrote about one."""
    published, start, modality = draw(PUBLISHED), draw(STARTS), draw(MODALITIES)
    kind = draw(
        st.sampled_from(
            ["visit", "visit", "visit", "two", "meeting", "summit", "agreement", "invitation", "note"]
        )
    )
    if kind == "visit":
        return visit(name, published, start, modality, who=draw(PARTIES))
    if kind == "two":
        other = visit_triples(name, draw(STARTS))
        return article(name, published, (modality, visit_triples(name, start)), (draw(MODALITIES), other))
    if kind == "meeting":
        at = identity.visit([ADA], FRANCE, draw(STARTS), draw(st.sampled_from(["a0", "a1"])))
        return meeting(name, published, start, modality, (SCHEMA.superEvent, at))
    if kind == "summit":
        place = draw(st.sampled_from(["Paris", "Lyon", None]))
        return summit(name, published, start, modality, place=place if start or place else "Paris")
    if kind == "agreement":
        return agreement(name, published, start, modality, draw(st.sampled_from(["gas", "gas supplies"])))
    target = identity.visit([ADA], FRANCE, start, draw(st.sampled_from(["a0", "a1", "a2"])))
    if kind == "invitation":
        return invitation(name, published, draw(st.sampled_from([None, target])))
    facts: list[tuple[NamedNode, NamedNode]] = [
        (RDF.type, SMT.Visit),
        (SMT.hostState, FRANCE),
        (SMT.visitor, ADA),
    ]
    return [Quad(target, *fact, iri("addition", name)) for fact in draw(st.sampled_from([facts, facts[:1]]))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(draw=st.data())
def test_incremental_equals_rebuilt(draw: st.DataObject) -> None:
    store = OxigraphStore()
    present: dict[str, list[Quad]] = {}
    for step in range(draw.draw(st.integers(2, 9), label="steps")):
        name = f"a{draw.draw(st.integers(0, 6), label=f'article of step {step}')}"
        if name in present:
            change(store, [], present.pop(name))
        else:
            present[name] = draw.draw(articles(name), label=name)
            change(store, present[name])
        assert held(store) == resolve(store)
    left = [quad for quads in present.values() for quad in quads]
    fresh = OxigraphStore()
    for name in draw.draw(st.permutations(sorted(present)), label="another order"):
        change(fresh, present[name])
    assert held(fresh) == held(store) == resolve(left)


@settings(max_examples=100, deadline=None)
@given(draw=st.data())
def test_every_name_leads_to_one_that_the_view_keeps(draw: st.DataObject) -> None:
    quads = [q for number in range(draw.draw(st.integers(1, 7))) for q in draw.draw(articles(f"a{number}"))]
    view = resolve(quads)
    away = {triple.subject: triple.object for triple in view if triple.predicate == SMT.joinedInto}
    assert not set(away) & set(away.values())
    for triple in view:
        assert triple.subject not in away or triple.predicate == SMT.joinedInto
        assert triple.object not in away


def test_visits_of_different_months_are_never_joined_by_what_is_vague() -> None:
    """However many previews there are, and whatever they tell."""
    firm = [
        *visit("a", "2026-03-02", "2026-03-02", OCCURRED),
        *visit("b", "2026-05-16", "2026-05-16", OCCURRED),
    ]
    vague = [
        quad
        for number, (published, start) in enumerate(
            (published, start)
            for published in ("2026-01-01", "2026-02-01", "2026-04-01")
            for start in (None, "2026", "2026-03", "2026-05")
        )
        for quad in visit(f"p{number}", published, start, PLANNED)
    ]
    starts = [
        t
        for t in resolve([*firm, *vague])
        if t.predicate == SCHEMA.startDate and t.object.value.count("-") == 2
    ]
    assert len({t.subject for t in starts}) == 2


def test_a_visit_elsewhere_is_left_alone() -> None:
    store = OxigraphStore()
    change(store, visit("a", "2026-05-16", "2026-05-16", OCCURRED))
    before = held(store)
    change(store, visit("b", "2026-05-16", "2026-05-16", OCCURRED, to=CHINA))
    assert before < held(store)
