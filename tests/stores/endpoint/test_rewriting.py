"""Queries over a view that is a named graph mean what they mean where it is the default graph."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.bundled import open_bundled
from kg.namespaces import PREFIXES
from kg.queries.stored import catalog
from kg.stores.endpoint.layout import RESOLVED_GRAPH
from kg.stores.endpoint.rewriting import over_named_view, with_prefixes, without_describe

QUERIES = [
    "ASK {}",
    "ASK { ?s a smt:Visit }",
    "ask{?s a smt:Visit}",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) { GRAPH $g { ?s ?p ?o } OPTIONAL { GRAPH ?other { ?o ?q ?r } } }",
    "SELECT ?g { GRAPH ?g {} }",
    "SELECT ?g\u0301 { GRAPH ?g\u0301 {} }",
    "SELECT ?g\u203fh { GRAPH ?g\u203fh { ?s a smt:Visit } }",
    "SELECT (COUNT(*) AS ?n) { ?s smt:hostState/rdfs:label \"China\"@en }",
    "SELECT ?s { ?s a ?t } VALUES (?t) { (smt:Visit) (smt:Summit) }",
    "SELECT ?s { ?s a ?t } VALUES ?t { smt:Visit }",
    "SELECT ?s ?t { VALUES ?t { smt:Visit UNDEF } ?s a ?t } ORDER BY ?s ?t LIMIT 20",
    "SELECT ?s ?g { ?s a smt:Visit OPTIONAL { GRAPH ?g { ?s ?p ?o } } }",
    "SELECT * { { SELECT ?s { ?s a smt:Visit } } ?s ?p ?o }",
    "SELECT ?s WHERE { SELECT DISTINCT ?s { ?s a smt:Meeting } }",
    "SELECT * { ?s a smt:Visit FILTER EXISTS { GRAPH ?g { ?s ?p ?o } } }",
    "SELECT * { ?s a smt:Visit MINUS { GRAPH ?g { ?s ?p ?o FILTER(?g = ?g) } } }",
    "SELECT ?t (COUNT(*) AS ?n) { ?s a ?t } GROUP BY ?t HAVING(EXISTS { ?x a smt:Visit }) ORDER BY ?t",
    "SELECT ?s { ?s a smt:Visit } ORDER BY (EXISTS { ?s smt:visitor ?v })",
    "CONSTRUCT WHERE { ?s a smt:Visit }",
    "CONSTRUCT WHERE { ?s a smt:Visit ; smt:hostState ?h } LIMIT 1",
    "CONSTRUCT { ?s a smt:Other } WHERE { ?s a smt:Visit }",
    "construct { ?s a smt:Other } { ?s a smt:Visit }",
    "DESCRIBE state:RU",
    "DESCRIBE state:RU <https://w3id.org/summitry/id/state/CN>",
    "DESCRIBE ?v WHERE { ?v a smt:Visit }",
    "DESCRIBE ?v state:CN { ?v a smt:Visit } ORDER BY ?v LIMIT 1",
    "DESCRIBE * { ?v a smt:Visit ; smt:visitor ?w }",
    "# { GRAPH ?x { \nSELECT ?s { ?s rdfs:comment \"} FROM { GRAPH ?g {\" } # }",
    "SELECT ?s { ?s a smt:Visit FILTER(STR(?s) < \"z\" && 1<2) }",
    "BASE <https://w3id.org/summitry/> SELECT ?s { ?s a <ontology#Visit> }",
]  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> ox.Store:
    return open_bundled().inner


@pytest.fixture(scope="module")
def named(whole: ox.Store) -> ox.Store:
    """The same with the view in a named graph, beside triples of somebody else."""
    store = ox.Store()
    store.bulk_extend(
        Quad(*quad.triple, RESOLVED_GRAPH if quad.graph_name == DefaultGraph() else quad.graph_name)
        for quad in whole
    )
    visit = NamedNode("https://w3id.org/summitry/ontology#Visit")
    for graph in (DefaultGraph(), NamedNode("urn:their")):
        store.add(Quad(NamedNode("urn:x"), NamedNode(PREFIXES["rdf"] + "type"), visit, graph))
        store.add(Quad(visit, NamedNode(PREFIXES["rdfs"] + "label"), Literal("theirs"), graph))
    return store


def answer(store: ox.Store, text: str, *, union: bool = False) -> object:
    found = store.query(text, prefixes=PREFIXES, use_default_graph_as_union=union)
    return bool(found) if isinstance(found, ox.QueryBoolean) else Counter(map(str, found))


@pytest.mark.parametrize(
    "text", [*QUERIES, *(query.text for query in catalog() if not any(p.required for p in query.parameters))]
)
def test_the_answer_is_the_same(whole: ox.Store, named: ox.Store, text: str) -> None:
    expected = answer(whole, text)
    sent = over_named_view(without_describe(with_prefixes(text)), RESOLVED_GRAPH)
    assert answer(named, sent) == expected
    assert answer(named, sent, union=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <urn:their> { ?s ?p ?o }",
        "SELECT * FROM NAMED <urn:their> WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DESCRIBE <urn:x> FROM <urn:their>",
    ],
)
def test_a_query_that_names_its_dataset_gets_it(text: str) -> None:
    assert over_named_view(without_describe(text), RESOLVED_GRAPH) == text


def test_prefixes_are_declared_once() -> None:
    text = "PREFIX smt: <urn:mine#> SELECT * { ?s a smt:Visit ; schema:name 'smt:x state:y' }"
    assert with_prefixes(text) == f"PREFIX schema: <{PREFIXES['schema']}>\n{text}"
