"""The fast way of an export gives the bytes of the slow one, for whatever a graph holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.export import contents, pieces, store_pieces
from kg.export.lines import sorted_lines, turtle_of
from kg.namespaces import REFERENCE_GRAPH, SMT, STORE_GRAPH, XSD, iri
from kg.stores.oxigraph import OxigraphStore

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n\r\t\x1c\u2028^@<>_: .\U0001f600'),
    max_size=12,
)
IRIS = st.sampled_from(
    [iri("visit", "9"), iri("visit", "10"), iri("claim", "a/1"), SMT.Visit, NamedNode("urn:é")]
)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="en")),
    st.builds(Literal, TEXTS, datatype=st.sampled_from([XSD.date, XSD.integer, NamedNode("urn:type")])),
    st.integers().map(lambda number: Literal(str(number), datatype=XSD.integer)),
    st.sampled_from(["1.5", "1", "true"]).flatmap(
        lambda text: st.sampled_from([XSD.decimal, XSD.boolean, XSD.double]).map(
            lambda t: Literal(text, datatype=t)
        )
    ),
)
GRAPHS = st.sampled_from([DefaultGraph(), DefaultGraph(), iri("claim", "a/1"), REFERENCE_GRAPH, STORE_GRAPH])
QUADS = st.lists(st.builds(Quad, IRIS, IRIS, IRIS | LITERALS, GRAPHS), max_size=25)


@settings(max_examples=300, deadline=None)
@given(QUADS, st.booleans())
def test_both_ways_write_the_same(quads: list[Quad], all_graphs: bool) -> None:
    store = OxigraphStore()
    store.inner.extend(quads)
    assert sorted_lines(store.inner, named=True, hidden=()) is not None or any("_:" in str(q) for q in quads)
    for format in ("nt", "nq", "turtle"):
        slow = "".join(pieces(contents(store, format, all_graphs=all_graphs), format))
        assert b"".join(store_pieces(store, format, all_graphs=all_graphs)).decode() == slow


@pytest.mark.parametrize("format", ["nt", "nq", "turtle"])
def test_blank_nodes_are_named_before_they_are_sorted(format: str) -> None:
    store = OxigraphStore()
    store.inner.extend(
        [Quad(BlankNode("z"), SMT.a, BlankNode("y")), Quad(BlankNode("y"), SMT.a, Literal("1"))]
    )
    assert sorted_lines(store.inner, named=True, hidden=()) is None
    assert turtle_of(store.inner) is None
    assert b"".join(store_pieces(store, format)).decode() == "".join(pieces(contents(store, format), format))
