"""What would satisfy a rule: each constraint of our shapes has words, and shapes of others do too."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from rdflib import SH, URIRef

from kg.namespaces import SH as SHACL
from kg.namespaces import iri
from kg.validation.hints import hint
from kg.validation.report import SHAPES, Finding, Severity
from kg.validation.shapes import shapes_graph

PARAMETERS = (
    "class", "datatype", "nodeKind", "minCount", "maxCount", "minInclusive", "maxInclusive", "minLength", "pattern",
    "disjoint", "hasValue", "in", "node", "or",
)  # fmt: skip


def finding(shape: str, component: str, path: str = "smt:visitor") -> Finding:
    return Finding(
        iri("visit", "1"), NamedNode(shape), Severity.VIOLATION, "", path, component=SHACL[component].value
    )


def constraints() -> list[tuple[str, str]]:
    graph = shapes_graph()
    return [
        (str(shape), f"{parameter[0].upper()}{parameter[1:]}ConstraintComponent")
        for parameter in PARAMETERS
        for shape in graph.subjects(SH[parameter])
        if isinstance(shape, URIRef)
    ]


def test_every_constraint_of_our_shapes_has_words() -> None:
    assert len(constraints()) > 100
    for shape, component in constraints():
        words = hint(finding(shape, component))
        assert words, (shape, component)
        assert "another shape" not in words


@pytest.mark.parametrize(
    ("shape", "component", "words"),
    [
        ("Visit-hostState", "MaxCount", "at most one smt:visitor"),
        ("Addition-created", "MinCount", "at least one smt:visitor"),
        ("Addition-created", "Datatype", "a moment, such as 2024-05-16T12:00:00Z (xsd:dateTime)"),
        ("Addition-sha256", "Pattern", "a text that fits the pattern ^[0-9a-f]{64}$"),
        ("Agreement-lacks", "In", "smt:party"),
        ("Anniversary-ordinal", "MinInclusive", "1 or more"),
        ("Anniversary-type", "HasValue", "smt:Anniversary"),
        ("Anniversary-anniversaryOf", "NodeKind", "a thing with an IRI"),
        ("Agreement-parties", "SPARQL", None),
        ("No-such-shape", "MinCount", None),
    ],
)
def test_words(shape: str, component: str, words: str | None) -> None:
    assert hint(finding(SHAPES + shape, f"{component}ConstraintComponent")) == words


def test_shapes_within_shapes_are_described() -> None:
    words = hint(finding(SHAPES + "Agreement-party", "OrConstraintComponent"))
    assert words == (
        "something of the class smt:State (rdf:type smt:State), or "
        "something of the class smt:Organization (rdf:type smt:Organization)"
    )


OTHERS = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:p> sh:path <urn:q> ; sh:maxCount 0 ; sh:languageIn ( "en" "fr" ) ; sh:not [ sh:datatype xsd:date ] ; sh:lessThan <urn:r> ;
  sh:in ( 1 2 3 4 5 6 7 8 9 10 11 12 13 14 ) ; sh:node <urn:loop> ; sh:uniqueLang true ; sh:maxExclusive 5 ;
  sh:and ( [ sh:minLength 2 ] [ sh:maxLength 3 ] ) ; sh:class <urn:A> , <urn:B> .
<urn:loop> sh:node <urn:loop> .
"""


@pytest.mark.parametrize(
    ("component", "words"),
    [
        ("MaxCount", "no <urn:q>"),
        ("LanguageIn", "a text in one of the languages en, fr"),
        ("Not", "not a day, such as 2024-05-16 (xsd:date)"),
        ("LessThan", "something less than the <urn:r>"),
        ("In", "one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 or one of 2 more"),
        ("Node", "as <urn:loop> says"),
        ("UniqueLang", "one text for each language"),
        ("MaxExclusive", "less than 5"),
        ("And", "2 or more characters and 3 characters or fewer"),
        ("Class", "something of the class <urn:A> (rdf:type <urn:A>) and "
                  "something of the class <urn:B> (rdf:type <urn:B>)"),
    ],
)  # fmt: skip
def test_shapes_of_others(component: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "others.ttl").write_text(OTHERS)
    found = finding("urn:p", f"{component}ConstraintComponent", "<urn:q>")
    assert hint(found, folder=tmp_path) == words
