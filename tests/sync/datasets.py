"""Random graphs of the kinds that stores have, small enough to be many."""

from __future__ import annotations

from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.namespaces import DCTERMS, RDF, REFERENCE_GRAPH, SMT, STORE_GRAPH, XSD, iri
from kg.stores.oxigraph import OxigraphStore

GRAPHS = (
    DefaultGraph(),
    REFERENCE_GRAPH,
    *(iri("claim", "a", number) for number in range(1, 8)),
    iri("article", "a"),
    iri("article", "b"),
    iri("addition", "c"),
    NamedNode("https://example.org/another"),
)
THINGS = [iri("visit", name) for name in "abcde"]
VALUES = [
    *THINGS,
    *(Literal(text) for text in ("", "Élysée", 'a "quoted" _:b line\nand another', "\U0001f600 \\")),
    Literal("Kasan", language="de"),
    Literal("Kazan", language="en-GB"),
    *(Literal(text, datatype=XSD.integer) for text in ("7", "-3", "12")),
    Literal("true", datatype=XSD.boolean),
    Literal("0.5", datatype=XSD.decimal),
    *(Literal(text, datatype=XSD.date) for text in ("2024-05-16", "2024-05-17")),
    Literal("2024-05", datatype=XSD.gYearMonth),
]
quads = st.builds(
    Quad, st.sampled_from(THINGS), st.sampled_from([SMT.visitor, SMT.topic, RDF.type]), st.sampled_from(VALUES),
    st.sampled_from(GRAPHS),
)  # fmt: skip
notes = st.builds(
    lambda name, text: Quad(iri("addition", name), DCTERMS.source, Literal(text), STORE_GRAPH),
    st.sampled_from(["c", "d"]),
    st.sampled_from(["one.ttl", "two.ttl"]),
)
datasets = st.lists(st.one_of(quads, quads, quads, notes), max_size=60)


def memory(some: list[Quad]) -> OxigraphStore:
    """A store in memory that holds some quads."""
    store = OxigraphStore()
    store.apply(insert=some)
    return store
