"""What comes with the package keeps to the shapes; of the reference facts, a part that changes with them."""

from __future__ import annotations

from itertools import islice

import pytest
from pyoxigraph import DefaultGraph

from kg import KnowledgeGraph
from kg.namespaces import RDF, REFERENCE_GRAPH
from kg.validation.full import targets_of, validate_store


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph.open()


def test_events_articles_and_claims_conform(graph: KnowledgeGraph) -> None:
    curated = {quad.subject for quad in graph.store.quads(None, RDF.type, None, REFERENCE_GRAPH)}
    told = [thing for thing in targets_of(graph.store) if thing not in curated]
    assert told
    assert validate_store(graph.store, things=told).to_text() == "Nothing to report."


def test_every_twentieth_reference_fact_conforms(graph: KnowledgeGraph) -> None:
    things = list(islice(targets_of(graph.store), 0, None, 20))
    assert len(things) > 300
    types = {q.object for thing in things for q in graph.store.quads(thing, RDF.type, None, DefaultGraph())}
    assert len(types) > 6
    assert validate_store(graph.store, things=things).to_text() == "Nothing to report."
