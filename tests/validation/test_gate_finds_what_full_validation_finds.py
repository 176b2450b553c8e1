"""The gate looks at little, and finds what a validation of the whole graph finds: random graphs and changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from unittest.mock import patch

import pyoxigraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Quad, Triple

from kg.namespaces import iri
from kg.stores.oxigraph import OxigraphStore
from kg.validation import Finding, check, engine, gate, neighbourhood
from kg.validation import compare as comparing
from kg.validation.compare import key
from kg.validation.lexical import SHAPE as LEXICAL
from kg.validation.report import STATES
from tests.validation.worlds import ARTICLE_POOL, POOL, TYPES


def whole(triples: set[Triple], layer: str) -> set[Finding]:
    """What pySHACL finds in the whole graph, without gate or plan."""
    store = pyoxigraph.Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    return set(engine.run_on_all((quad.triple for quad in store), layer=layer))


@contextmanager
def in_small_shares() -> Iterator[None]:
    """Shares of one thing, two nodes at a time, and a memory that holds next to nothing."""
    with (
        patch.object(gate, "_THINGS", 1),
        patch.multiple(comparing, _PIECE=2, _TOGETHER=2),
        patch.multiple(neighbourhood, _MANY=1, _REMEMBERED=3),
    ):
        yield


def compare(before: set[Triple], insert: set[Triple], delete: set[Triple], layer: str) -> None:
    graph = DefaultGraph() if layer == "resolved" else iri("article", "a")
    store = OxigraphStore()
    store.apply(insert=[Quad(t.subject, t.predicate, t.object, graph) for t in before])
    change = [[Quad(t.subject, t.predicate, t.object, graph) for t in some] for some in (insert, delete)]
    new, old = whole((before - delete) | insert, layer), whole(before, layer)
    # Half of the changes are followed one thing at a time, as large ones are a thousand at a time.
    small = len(before) % 2 == 1
    for resolved in (False, True):
        told: dict[str, set[tuple[object, ...]]] = {state: set() for state in STATES}
        with in_small_shares() if small else nullcontext():
            findings = check(store, *change, resolved=resolved).findings
        for finding in findings:
            if finding.shape != LEXICAL:
                told[finding.state].add(key(finding))
                assert finding.state == "resolved" or replace(finding, state="new") in new
        assert told["new"] == set(map(key, new)) - set(map(key, old))
        assert told["already there"] <= set(map(key, old))
        if resolved:
            assert told["resolved"] == set(map(key, old)) - set(map(key, new))


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
