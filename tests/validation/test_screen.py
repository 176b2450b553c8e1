"""The screen is sure of nothing that pySHACL finds fault with, and sure of nearly all that is good."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.bundled import open_bundled
from kg.namespaces import RDF, SMT, XSD
from kg.resolution.sources import is_article
from kg.stores.base import Store
from kg.validation import check, engine
from kg.validation.compile_plan import compile_plan
from kg.validation.neighbourhood import Changed, DefaultGraphOf, Triples
from kg.validation.plan import Plan, load_plan
from kg.validation.reach import surroundings
from kg.validation.screen import unsure
from tests.validation.worlds import ARTICLE_POOL, POOL, TYPES

ODD: list[NamedNode | Literal] = [
    Literal(""),
    Literal(" "),
    Literal("x", language="en"),
    Literal("-1", datatype=XSD.integer),
    Literal("7", datatype=XSD.nonNegativeInteger),
    Literal("2.5", datatype=XSD.decimal),
    Literal("0.5", datatype=XSD.double),
    Literal("2024", datatype=XSD.gYear),
    Literal("2024-05-16Z", datatype=XSD.date),
    Literal("12024-05-16", datatype=XSD.date),
    Literal("-0044-03-15", datatype=XSD.date),
    Literal("2024-05-16T24:00:00Z", datatype=XSD.dateTime),
    Literal("a b", datatype=XSD.anyURI),
    SMT.Planned,
    SMT.Visit,
    RDF.type,
]

quiet = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def doubted(triples: set[Triple], layer: str, plan: Plan | None = None) -> set[NamedNode]:
    """The nodes of a small graph about which the screen is not sure."""
    shapes = (plan or load_plan()).of_layer(layer)
    nodes = {triple.subject for triple in triples if isinstance(triple.subject, NamedNode)}
    focus, around = surroundings(shapes, Changed(Triples(triples), (), ()), nodes)
    return {node for left in unsure(shapes, around, focus).values() for node in left}


def sound(triples: set[Triple], layer: str) -> None:
    store = pyoxigraph.Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    triples = {quad.triple for quad in store}
    wrong = {finding.focus for finding in engine.run_on_all(triples, layer=layer)}
    assert wrong <= doubted(triples, layer)


@quiet
@given(st.sets(st.sampled_from(POOL), max_size=90), st.booleans())
def test_no_fault_of_a_world_is_overlooked(world: set[Triple], typed: bool) -> None:
    sound(world | set(TYPES) if typed else world, "resolved")


@quiet
@given(st.sets(st.sampled_from(ARTICLE_POOL)))
def test_no_fault_of_an_article_is_overlooked(world: set[Triple]) -> None:
    sound(world, "article")


@pytest.fixture(scope="module")
def bundled() -> Store:
    return open_bundled()


def _article(store: Store) -> list[Triple]:
    """All triples of the graph of the first article, sorted."""
    name = min((name for name in store.graph_names() if is_article(name)), key=str)
    return sorted((quad.triple for quad in store.quads(None, None, None, name)), key=str)


def _told(store: Store) -> list[Triple]:
    """What the resolved view says of the visits, and what decides about them, sorted."""
    shapes = load_plan().of_layer("resolved")
    visits = {q.subject for q in store.quads(None, RDF.type, SMT.Visit) if isinstance(q.subject, NamedNode)}
    graph = Changed(DefaultGraphOf(store), (), ())
    return sorted(surroundings(shapes, graph, visits)[1], key=str)


def _spoilt(triples: list[Triple], data: st.DataObject) -> set[Triple]:
    """Good triples, of which some are lost, some have another object, and some have one more."""
    some = st.lists(st.integers(0, len(triples) - 1), max_size=6, unique=True)
    lost, changed, doubled = data.draw(some), data.draw(some), data.draw(some)
    left = {triple for at, triple in enumerate(triples) if at not in {*lost, *changed}}
    objects = [triple.object for triple in triples]
    for at in (*changed, *doubled):
        other = data.draw(st.sampled_from(ODD) | st.sampled_from(objects))
        left.add(Triple(triples[at].subject, triples[at].predicate, other))
    return left


@quiet
@given(st.data())
def test_no_fault_of_a_spoilt_article_is_overlooked(bundled: Store, data: st.DataObject) -> None:
    sound(_spoilt(_article(bundled), data), "article")


@quiet
@given(st.data())
def test_no_fault_of_spoilt_visits_is_overlooked(bundled: Store, data: st.DataObject) -> None:
    sound(_spoilt(_told(bundled), data), "resolved")


def test_all_that_is_bundled_of_articles_is_certain(bundled: Store) -> None:
    assert doubted(set(_article(bundled)), "article") == set()
    # Of the things around a visit only a part is known here.
    assert not [node for node in doubted(set(_told(bundled)), "resolved") if "/visit/" in node.value]


def test_what_breaks_nothing_is_never_given_to_the_shapes(bundled: Store) -> None:
    def run(*_: object) -> list[object]:
        raise AssertionError("pySHACL was asked")

    name = min((name for name in bundled.graph_names() if is_article(name)), key=str)
    article = list(bundled.quads(None, None, None, name))
    gone = [quad for quad in article if quad.predicate == SMT.derivation]
    assert check(bundled, [], gone, run=run).conforms  # type: ignore[arg-type]


HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
ex:Thing a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:Thing-p .
"""
A, P, Q = (NamedNode(f"https://example.org/{name}") for name in "apq")
THING = Triple(A, RDF.type, NamedNode("https://example.org/Thing"))


@pytest.mark.parametrize(
    "body",
    [
        "sh:path ex:p ; sh:minExclusive 3",
        "sh:path ex:p ; sh:maxLength 3",
        "sh:path ex:p ; sh:not [ sh:class ex:C ]",
        "sh:path ex:p ; sh:uniqueLang true",
        "sh:path ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ]",
        "sh:path ex:p ; sh:nodeKind sh:Literal",
        "sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]",
        'sh:path ex:p ; sh:pattern "^A" ; sh:flags "i"',
        "sh:path ex:p ; sh:sparql [ sh:select \"SELECT $this WHERE { $this ex:p ?x FILTER (LANG(?x) = '') }\" ]",
        "sh:path ex:p ; sh:or ( [ sh:path ex:q ; sh:minCount 1 ] )",
        "sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1",
        "sh:path [ sh:zeroOrMorePath ex:p ] ; sh:minCount 1",
        "sh:path ex:p ; sh:node ex:Thing",
    ],
)
def test_what_the_screen_does_not_know_it_leaves_to_the_shapes(tmp_path: Path, body: str) -> None:
    (tmp_path / "thing.ttl").write_text(f"{HEAD} ex:Thing-p {body} .", encoding="utf-8")
    triples = {THING, Triple(A, P, Q)}
    assert doubted(triples, "resolved", compile_plan(tmp_path)) == {A}
