"""Exports can be read back, and are byte for byte the same for the same graph."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import InputError
from kg.export import FORMATS, contents, serialize
from kg.namespaces import RDF, REFERENCE_GRAPH, SCHEMA, SMT, STORE_GRAPH, XSD, iri
from kg.stores.oxigraph import OxigraphStore

READERS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
NODES = [
    iri("state", "RU"), iri("claim", "2024-a", 9), iri("claim", "2024-a", 10), iri("place", "a.b"),
    iri("place", ""),
    iri("place", "end."), iri("visit", "ünïcode"), NamedNode("urn:other:thing"), NamedNode("https://schema.org//x"),
    iri("state", "//x"), SMT.Visit, iri("visit", "a%20b"), iri("visit", "it's"),
]  # fmt: skip
LITERALS = [
    Literal("plain"), Literal('q"\'\\ \n\r\t'), Literal("en", language="en"), Literal("x", language="en-gb"),
    Literal("75", datatype=XSD.integer), Literal("+075", datatype=XSD.integer),
    Literal("0.5", datatype=XSD.decimal),
    Literal("5.", datatype=XSD.decimal), Literal("true", datatype=XSD.boolean),
    Literal("1", datatype=XSD.boolean),
    Literal("2024-05", datatype=XSD.gYearMonth), Literal("x", datatype=NamedNode("urn:type")), Literal(""),
    Literal("not a number", datatype=XSD.integer), Literal("]]> & <b> {}"),
]  # fmt: skip
PREDICATES = [RDF.type, SMT.status, SCHEMA.startDate, NamedNode("urn:p:x")]
quads = st.builds(
    Quad,
    st.sampled_from(NODES),
    st.sampled_from(PREDICATES),
    st.sampled_from(NODES + LITERALS),
    st.sampled_from([DefaultGraph(), *NODES[:3]]),
)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=60, deadline=None)
@given(some=st.sets(quads, max_size=12), seed=st.integers(0, 99))
def test_what_is_written_is_read_back(format: str, some: set[Quad], seed: int) -> None:
    expected = some
    if not FORMATS[format][0]:
        expected = {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in some}
        some = expected
    text = serialize(some, format)
    assert set(parse(text, READERS[format])) == expected
    shuffled = sorted(some, key=str)
    random.Random(seed).shuffle(shuffled)
    assert serialize(shuffled, format) == text


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_survives_turtle_and_jsonld(text: str) -> None:
    quad = Quad(SMT.a, SMT.b, Literal(text), DefaultGraph())
    for format in ("turtle", "trig", "nt", "jsonld"):
        assert list(parse(serialize([quad], format), READERS[format])) == [quad]


def test_named_graphs_in_jsonld() -> None:
    some = {Quad(SMT.a, SMT.b, SMT.c), Quad(SMT.a, SMT.b, SMT.d, iri("claim", "a", 1))}
    assert set(parse(serialize(some, "jsonld"), RdfFormat.JSON_LD)) == some
    assert set(json.loads(serialize(some, "jsonld"))["@context"]) == {"smt", "claim"}


def test_one_value_a_line_and_only_used_prefixes() -> None:
    text = serialize(
        [
            Triple(iri("visit", "a"), SMT.topic, Literal("y", language="en")),
            Triple(iri("visit", "a"), SMT.topic, Literal("x", language="en")),
            Triple(iri("visit", "a"), RDF.type, SMT.Visit),
        ]
    )
    assert text == (
        "@prefix smt: <https://w3id.org/summitry/ontology#> .\n"
        "@prefix visit: <https://w3id.org/summitry/id/visit/> .\n"
        "\n"
        "visit:a\n"
        "    a smt:Visit ;\n"
        '    smt:topic "x"@en ;\n'
        '    smt:topic "y"@en .\n'
    )


def test_blank_nodes_are_named_by_what_they_are() -> None:
    def graph(one: str, two: str) -> list[Quad]:
        return [
            Quad(BlankNode(one), SMT.a, BlankNode(two), DefaultGraph()),
            Quad(BlankNode(two), SMT.b, Literal("x"), DefaultGraph()),
        ]

    assert serialize(graph("x", "y")) == serialize(graph("b", "a"))


def test_what_an_export_holds() -> None:
    store = OxigraphStore()
    graphs = [DefaultGraph(), REFERENCE_GRAPH, STORE_GRAPH, iri("claim", "a", 1)]
    store.apply(insert=[Quad(SMT.a, SMT.b, SMT.c, graph) for graph in graphs])
    assert [q.graph_name for q in contents(store, "turtle")] == [DefaultGraph()]
    assert {q.graph_name for q in contents(store, "trig")} == {DefaultGraph(), iri("claim", "a", 1)}
    assert {q.graph_name for q in contents(store, "nq", all_graphs=True)} == set(graphs)


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="turtle, trig"):
        serialize([], "xlsx")


def test_the_hash_seed_does_not_show() -> None:
    program = (
        "from pyoxigraph import Quad\nfrom kg.export import serialize\nfrom kg.namespaces import SMT\n"
        "qs={Quad(SMT[a],SMT[b],SMT[c],SMT[g]) for a in 'xyz' for b in 'pq' for c in 'abcd' for g in 'gh'}\n"
        "print('\\0'.join(serialize(qs,f) for f in ('turtle','trig','nt','nq','jsonld','rdfxml')))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(outputs) == 1
