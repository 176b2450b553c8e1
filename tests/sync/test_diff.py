"""kg diff: what it tells apart, and what it leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import DCTERMS, RDFS, REFERENCE_GRAPH, SCHEMA, SMT, STORE_GRAPH, iri
from kg.operations.diff import diff, store_of_file
from tests.sync.datasets import datasets, memory

CLAIM, ARTICLE, ADDITION = iri("claim", "a", 1), iri("article", "a"), iri("addition", "c")
VISIT, CHINA = iri("visit", "v"), iri("state", "CN")
BASE = [
    Quad(VISIT, SMT.hostState, CHINA, CLAIM),
    Quad(CLAIM, SCHEMA.about, VISIT, ARTICLE),
    Quad(ARTICLE, SCHEMA.headline, Literal("A visit"), ARTICLE),
    Quad(CHINA, RDFS.label, Literal("China", language="en"), REFERENCE_GRAPH),
    Quad(CHINA, SMT.demonym, Literal("Chinese"), ADDITION),
    Quad(ADDITION, DCTERMS.source, Literal("one.ttl"), STORE_GRAPH),
    Quad(VISIT, SMT.hostState, CHINA, DefaultGraph()),
    Quad(VISIT, RDFS.label, Literal("Visit to China", language="en"), DefaultGraph()),
    Quad(CHINA, RDFS.label, Literal("China", language="en"), DefaultGraph()),
]


def test_equal() -> None:
    found = diff(memory(BASE), memory(BASE))
    assert found.equal
    assert found.left_out == ()


def test_a_claim_only_one_has() -> None:
    other = [quad for quad in BASE if CLAIM not in (quad.graph_name, quad.subject)]
    found = diff(memory(BASE), memory(other))
    assert [(u.name, u.place, u.about, u.label) for u in found.claims] == [
        (CLAIM, "first", VISIT, "Visit to China")
    ]
    assert not any([found.articles, found.additions, found.reference, found.view, found.others])
    assert diff(memory(other), memory(BASE)).claims[0].place == "second"


def test_a_claim_with_other_triples_or_other_words() -> None:
    told = Quad(CLAIM, SMT.modality, SMT.Planned, ARTICLE)
    more = Quad(VISIT, SMT.topic, Literal("trade"), CLAIM)
    for quad in (told, more):
        found = diff(memory(BASE), memory([*BASE, quad]))
        assert [(u.name, u.place, u.first, u.second) for u in found.claims] == [(CLAIM, "both", (), (quad,))]
        assert not found.articles


def test_articles_additions_and_other_graphs() -> None:
    other = NamedNode("https://example.org/g")
    extra = [
        Quad(ARTICLE, SCHEMA.publisher, Literal("Example"), ARTICLE),
        Quad(ADDITION, DCTERMS.created, Literal("today"), STORE_GRAPH),
        Quad(SMT.a, SMT.b, SMT.c, other),
    ]
    found = diff(memory(BASE), memory([*BASE, *extra]))
    units = [*found.articles, *found.additions, *found.others]
    assert [(u.name, u.place, list(u.second)) for u in units] == [
        (ARTICLE, "both", extra[:1]), (ADDITION, "both", extra[1:2]), (other, "second", extra[2:])
    ]  # fmt: skip
    assert found.articles[0].label == "A visit"


def test_facts_of_the_view_and_of_reference() -> None:
    france = iri("state", "FR")
    other = [quad for quad in BASE if quad.predicate != SMT.hostState or quad.graph_name != DefaultGraph()]
    other.append(Quad(VISIT, SMT.hostState, france, DefaultGraph()))
    other.append(Quad(CHINA, SMT.isoAlpha2, Literal("CN"), REFERENCE_GRAPH))
    found = diff(memory(BASE), memory(other))
    assert [(f.thing, f.property, f.first, f.second, f.label) for f in found.view] == [
        (VISIT, SMT.hostState, (CHINA,), (france,), "Visit to China")
    ]
    assert [(f.thing, f.first, f.second, f.label) for f in found.reference] == [
        (CHINA, (), (Literal("CN"),), "China")
    ]


@settings(max_examples=20)
@given(datasets, datasets)
def test_every_difference_is_in_it_once(first: list[Quad], second: list[Quad]) -> None:
    one, two = set(memory(first).quads()), set(memory(second).quads())
    found = diff(memory(first), memory(second))
    units = [*found.claims, *found.articles, *found.additions, *found.others]
    here = [quad for unit in units for quad in unit.first]
    there = [quad for unit in units for quad in unit.second]
    facts = {"first": 0, "second": 0}
    for fact in (*found.view, *found.reference):
        facts["first"] += len(fact.first)
        facts["second"] += len(fact.second)
    derived = (DefaultGraph(), REFERENCE_GRAPH)
    assert sorted(map(str, here)) == sorted(str(q) for q in one - two if q.graph_name not in derived)
    assert sorted(map(str, there)) == sorted(str(q) for q in two - one if q.graph_name not in derived)
    assert facts["first"] == sum(quad.graph_name in derived for quad in one - two)
    assert facts["second"] == sum(quad.graph_name in derived for quad in two - one)
    assert found.equal == (one == two)


@pytest.mark.parametrize(
    ("format", "everything", "left_out"),
    [
        ("turtle", False, "resolved view alone"),
        ("nt", False, "resolved view alone"),
        ("jsonld", False, "resolved view alone"),
        ("trig", False, "no reference graph"),
        ("nq", False, "no reference graph"),
        ("trig", True, None),
        ("nq", True, None),
        ("jsonld", True, None),
    ],
)
def test_an_export_is_equal_to_its_store(
    tmp_path: Path, format: str, everything: bool, left_out: str | None
) -> None:
    from kg.export import FORMATS

    path = tmp_path / f"export.{FORMATS[format][1]}"
    store = memory(BASE)
    KnowledgeGraph(store).export(format, path, all_graphs=everything)
    found = diff(store, store_of_file(path))
    assert found.equal
    assert [left_out in note for note in found.left_out if left_out] == [True] * bool(left_out)
    store.apply(delete=[BASE[6]])
    assert [fact.property for fact in diff(store, store_of_file(path)).view] == [SMT.hostState]
