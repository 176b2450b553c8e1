"""The gate looks at little, and finds what a validation of the whole graph finds: random graphs and changes."""

from __future__ import annotations

import pyoxigraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Quad, Triple

from kg.namespaces import iri
from kg.stores.oxigraph import OxigraphStore
from kg.validation import Finding, check, engine
from kg.validation.lexical import SHAPE as LEXICAL
from tests.validation.worlds import ARTICLE_POOL, POOL, TYPES


def whole(triples: set[Triple], layer: str) -> set[Finding]:
    """What pySHACL finds in the whole graph, without gate or plan."""
    store = pyoxigraph.Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    return set(engine.run_on_all((quad.triple for quad in store), layer=layer))


def compare(before: set[Triple], insert: set[Triple], delete: set[Triple], layer: str) -> None:
    graph = DefaultGraph() if layer == "resolved" else iri("article", "a")
    store = OxigraphStore()
    store.apply(insert=[Quad(t.subject, t.predicate, t.object, graph) for t in before])
    report = check(
        store,
        [Quad(t.subject, t.predicate, t.object, graph) for t in insert],
        [Quad(t.subject, t.predicate, t.object, graph) for t in delete],
    )
    found = {finding for finding in report.findings if finding.shape != LEXICAL}
    new = whole((before - delete) | insert, layer)
    old = whole(before, layer)
    assert found <= new, "the gate finds what is not there"
    assert new - old <= found, "the gate overlooks what the change breaks"


quiet = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
some = st.sets(st.sampled_from(POOL), max_size=90)
few = st.sets(st.sampled_from(POOL), max_size=6)


@quiet
@given(some, few, few, st.booleans())
def test_resolved_view(before: set[Triple], insert: set[Triple], delete: set[Triple], typed: bool) -> None:
    compare(before | set(TYPES) if typed else before, insert, delete, "resolved")


@quiet
@given(
    st.sets(st.sampled_from(ARTICLE_POOL)),
    st.sets(st.sampled_from(ARTICLE_POOL), max_size=4),
    st.sets(st.sampled_from(ARTICLE_POOL), max_size=4),
)
def test_article_graph(before: set[Triple], insert: set[Triple], delete: set[Triple]) -> None:
    compare(before, insert, delete, "article")
