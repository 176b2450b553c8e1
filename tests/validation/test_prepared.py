"""What is remembered of SPARQL constraints changes no answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyshacl.errors import ValidationFailure
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from kg.validation.prepared import DataGraph, looked_over_once

NODES = [URIRef(f"urn:n{number}") for number in range(4)]
NAMES = [URIRef(f"urn:p{number}") for number in range(3)]
TRIPLES = st.lists(
    st.tuples(
        st.sampled_from(NODES), st.sampled_from(NAMES), st.sampled_from([*NODES, Literal("1"), Literal("2")])
    ),
    max_size=14,
)
P, Q, R = (f"<{name}>" for name in NAMES)
QUERIES = [
    # what no node matters to, what one reaches, and what is about the node itself
    f"SELECT $this WHERE {{ FILTER EXISTS {{ ?a {P} ?b . ?b {Q} ?c }} }}",
    f"SELECT $this ?a WHERE {{ $this {P} ?a FILTER NOT EXISTS {{ ?a {Q} ?b }} }}",
    f"SELECT $this WHERE {{ FILTER NOT EXISTS {{ $this {P} ?a }} }}",
    # a variable that is bound outside, in a filter within and in an EXISTS within that
    f"SELECT $this ?a WHERE {{ $this {P} ?a FILTER EXISTS {{ ?c {Q} ?b FILTER (?b != ?a) }} }}",
    f"SELECT $this ?a WHERE {{ $this {P} ?a FILTER EXISTS {{ ?b {Q} ?a FILTER NOT EXISTS {{ ?b {R} $this }} }} }}",
    f"SELECT $this ?a WHERE {{ $this {P} ?a OPTIONAL {{ ?a {Q} ?d }} FILTER EXISTS {{ ?c {R} ?d }} }}",
    f"SELECT $this ?v WHERE {{ $this {P} ?a BIND (EXISTS {{ ?a {Q} [] }} AS ?v) }}",
    f"SELECT $this ?a WHERE {{ $this {P} ?a FILTER (EXISTS {{ ?a {Q}/{R} ?x }} || NOT EXISTS {{ [] {R} ?a }}) }}",
    f"SELECT $this ?a WHERE {{ $this {P} ?a FILTER EXISTS {{ SELECT ?a WHERE {{ ?a {Q} ?b }} }} }}",
    f"SELECT $this ?a WHERE {{ {{ $this {P} ?a }} UNION {{ ?a {P} $this }} FILTER EXISTS {{ VALUES ?b {{ 1 2 }} ?a {Q} ?c }} }}",
    f"SELECT $this ?a WHERE {{ $this {P} ?a OPTIONAL {{ ?a {Q} ?b FILTER EXISTS {{ ?b {R} $this }} }} FILTER BOUND(?b) }}",
]
PLAIN = {query: prepareQuery(query) for query in QUERIES}


@given(TRIPLES, st.sampled_from(QUERIES), st.permutations(NODES))
def test_the_answers_are_those_of_rdflib(
    triples: list[tuple[URIRef, URIRef, URIRef]], query: str, nodes: list[URIRef]
) -> None:
    plain, data = Graph(), DataGraph()
    for triple in triples:
        plain.add(triple)
        data.add(triple)
    for node in [*nodes, nodes[0]]:
        wanted = sorted(map(str, plain.query(query, initBindings={"this": node})))
        assert sorted(map(str, data.query(query, initBindings={"this": node}))) == wanted


def test_what_is_the_same_for_all_nodes_is_asked_once() -> None:
    data = DataGraph()
    data.add((NODES[0], NAMES[0], NODES[1]))
    for node in NODES:
        assert len(data.query(QUERIES[1], initBindings={"this": node})) == (node == NODES[0])
        query = f"SELECT $this WHERE {{ FILTER EXISTS {{ ?a {P} ?b }} }}"
        assert len(data.query(query, initBindings={"this": node})) == 1
    assert len(data.remembered or ()) == 2


def test_what_chance_has_a_part_in_is_never_remembered() -> None:
    data = DataGraph()
    data.add((NODES[0], NAMES[0], NODES[1]))
    query = f"SELECT $this WHERE {{ FILTER EXISTS {{ ?a {P} ?b FILTER (RAND() < 0.5) }} }}"
    found = {len(data.query(query, initBindings={"this": NODES[0]})) for _ in range(100)}
    assert found == {0, 1}
    assert data.remembered == {}


def test_what_shacl_does_not_allow_is_refused_every_time() -> None:
    original = SPARQLQueryHelper.check_invalid_sparql
    with looked_over_once():
        helper = SPARQLQueryHelper(None, None, "")
        assert helper.check_invalid_sparql("SELECT $this WHERE { $this a ?kind }")
        for _ in range(2):
            with pytest.raises(ValidationFailure, match="MINUS"):
                helper.check_invalid_sparql("SELECT $this WHERE { $this a ?b MINUS { ?b a ?c } }")
        # The same text with another variable bound is another question.
        nested = "SELECT $this WHERE { { SELECT $this WHERE { $this a ?b } } }"
        assert helper.check_invalid_sparql(nested)
        with pytest.raises(ValidationFailure, match="nested"):
            helper.check_invalid_sparql(nested, valuenode=NODES[0])
    assert SPARQLQueryHelper.check_invalid_sparql is original
