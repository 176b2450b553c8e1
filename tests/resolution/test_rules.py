"""What resolution takes for granted is what ontology and shapes say."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.namespaces import RDF, RDFS, SCHEMA, SH, SMT
from kg.resolution.rules import DATES, EVENTS, FUNCTIONAL, STATUS_ORDER, WITH_STATUS
from kg.resources import files, folder

SHAPES = [
    quad.triple for path in files("shapes", ".ttl") for quad in parse(path=str(path), format=RdfFormat.TURTLE)
]
ONTOLOGY = [q.triple for q in parse(path=str(folder("ontology") / "summitry.ttl"), format=RdfFormat.TURTLE)]
RESOLVED = {*WITH_STATUS, SMT.DiplomaticRelation}


def values(subject: object, predicate: NamedNode) -> list[object]:
    return [t.object for t in SHAPES if t.subject == subject and t.predicate == predicate]


def single_valued() -> set[object]:
    """Paths with sh:maxCount 1 in the shapes of things that claims are about; labels have rules of their own."""
    shapes = [t.subject for t in SHAPES if t.predicate == SH.targetClass and t.object in RESOLVED]
    found: set[object] = set()
    for shape in shapes:
        for prop in values(shape, SH.property):
            if any(isinstance(n, Literal) and n.value == "1" for n in values(prop, SH.maxCount)):
                found.update(values(prop, SH.path))
    return {path for path in found if isinstance(path, NamedNode)} - {RDFS.label, SCHEMA.url}


def test_functional_properties_are_those_that_shapes_allow_once() -> None:
    assert single_valued() == FUNCTIONAL


def test_dates_are_functional() -> None:
    assert DATES < FUNCTIONAL


def test_events_are_the_subclasses_of_diplomatic_event() -> None:
    below = {
        t.subject for t in ONTOLOGY if t.predicate == RDFS.subClassOf and t.object == SMT.DiplomaticEvent
    }
    assert {SMT.DiplomaticEvent, *below} == EVENTS


@pytest.mark.parametrize("term", STATUS_ORDER, ids=lambda term: term.value.rpartition("#")[2])
def test_statuses_are_concepts_of_the_ontology(term: NamedNode) -> None:
    assert any(t.subject == term and t.predicate == RDF.type for t in ONTOLOGY)
