"""The shapes as texts: words that exist, one message each, one file and one node shape per class."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef

from kg.resources import folder
from kg.validation.shapes import shape_files, shapes_graph

SMT = Namespace("https://w3id.org/summitry/ontology#")
SHAPES = "https://w3id.org/summitry/shapes#"
CLASS_FILES = [path for path in shape_files() if path.stem != "common"]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(folder("ontology") / "summitry.ttl")


@pytest.mark.parametrize("path", CLASS_FILES, ids=lambda path: path.stem)
def test_file_has_one_node_shape_named_like_it(path: Path) -> None:
    graph = Graph().parse(path)
    shapes = list(graph.subjects(RDF.type, SH.NodeShape))
    name = "".join(part.capitalize() for part in path.stem.split("-"))
    assert [str(shape) for shape in shapes] == [SHAPES + name]
    for shape in graph.subjects(RDF.type, SH.PropertyShape):
        assert str(shape).startswith(f"{SHAPES}{name}-")
        assert (shapes[0], SH.property, shape) in graph


def test_property_shapes_have_one_message_and_a_severity() -> None:
    graph = shapes_graph()
    for shape in graph.subjects(RDF.type, SH.PropertyShape):
        messages = list(graph.objects(shape, SH.message))
        assert len(messages) == 1, shape
        assert len(list(graph.objects(shape, SH.severity))) == 1, shape
        # A violation must not be, a warning should not be.
        word = "must" if (shape, SH.severity, SH.Violation) in graph else "should"
        assert re.search(rf"\b{word}\b", messages[0]), shape
        assert messages[0].endswith("."), shape
        assert set(re.findall(r"\{[^}]*\}", messages[0])) <= {"{$this}", "{$value}"}, shape


def test_sparql_constraints_select_only_this() -> None:
    # A text among the answers would go through a regular expression of pySHACL, which some texts break.
    for query in shapes_graph().objects(None, SH.select):
        assert query.strip().startswith("SELECT $this\nWHERE") or re.match(r"\s*SELECT \$this\s+WHERE", query)


def test_shapes_are_shapes() -> None:
    import pyshacl

    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes_graph(), meta_shacl=True)
    assert conforms, text


def test_words_are_in_the_ontology(ontology: Graph) -> None:
    declared = set(ontology.subjects(RDF.type))
    used = {
        node
        for triple in shapes_graph()
        for node in triple
        if isinstance(node, URIRef) and node.startswith(str(SMT))
    }
    for query in shapes_graph().objects(None, SH.select):
        used |= {SMT[name] for name in re.findall(r"\bsmt:(\w+)", query)}
    assert used <= declared


def test_lists_of_kinds_are_those_of_the_ontology(ontology: Graph) -> None:
    graph = shapes_graph()
    checked = 0
    for shape in graph.subjects(SH["in"]):
        listed = set(graph.items(graph.value(shape, SH["in"])))
        schemes = {scheme for concept in listed for scheme in ontology.objects(concept, SKOS.inScheme)}
        if not schemes:
            assert (shape, SH.path, SMT.lacks) in graph
            continue
        expected = {frozenset(ontology.subjects(SKOS.inScheme, scheme)) for scheme in schemes}
        assert listed in expected, shape
        checked += 1
    assert checked >= 10


def test_functional_properties_have_one_value_at_most(ontology: Graph) -> None:
    graph = shapes_graph()
    single = {graph.value(shape, SH.path) for shape in graph.subjects(SH.maxCount)}
    functional = {
        name for name in ontology.subjects(RDF.type, OWL.FunctionalProperty) if str(name).startswith(str(SMT))
    }
    missing = {str(name).removeprefix(str(SMT)) for name in functional - single}
    assert missing <= {"softwareVersion"}


def test_classes_of_the_ontology_have_a_shape(ontology: Graph) -> None:
    targets = set(shapes_graph().objects(None, SH.targetClass))
    classes = {name for name in ontology.subjects(RDF.type, OWL.Class) if str(name).startswith(str(SMT))}
    assert classes <= targets
    assert all(ontology.value(name, RDFS.label) for name in classes)
