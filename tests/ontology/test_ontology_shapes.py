"""The ontology keeps to its own shapes, and the shapes notice when it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef

SHAPES = Path(__file__).parents[2] / "ontology" / "ontology-shapes.ttl"
BASE = "https://w3id.org/summitry/shapes/ontology#"


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES)


def broken_shapes(data: Graph, shapes: Graph, shape: str) -> set[str]:
    """The local names of the shapes that the data break, of one node shape or the one it belongs to."""
    owner = URIRef(BASE + shape)
    if (owner, RDF.type, SH.NodeShape) not in shapes:
        owner = URIRef(BASE + shape.partition("-")[0])
    assert (owner, RDF.type, SH.NodeShape) in shapes, f"no node shape is or has {shape}"
    # The other node shapes lose their targets: to apply all of them takes two seconds for each copy.
    aimed = Graph()
    for s, p, o in shapes:
        if s == owner or p not in (SH.targetClass, SH.targetNode):
            aimed.add((s, p, o))
    _, report, _ = pyshacl.validate(data, shacl_graph=aimed)
    assert isinstance(report, Graph)
    sources = set(report.objects(None, SH.sourceShape)) | set(report.objects(None, SH.sourceConstraint))
    return {str(each).removeprefix(BASE) for each in sources if str(each).startswith(BASE)}


def test_ontology_conforms(alignments: Graph, shapes: Graph) -> None:
    # meta_shacl: the shapes themselves keep to the SHACL shapes of SHACL, or this raises.
    conforms, _, text = pyshacl.validate(alignments, shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_every_shape_says_what_must_hold(shapes: Graph) -> None:
    constrained = set(shapes.subjects(SH.path, None)) | set(shapes.subjects(SH.select, None))
    helpers = {each for each in shapes.subjects() if str(each).startswith(f"{BASE}has")}
    silent = {
        str(each) for each in constrained - helpers if "MUST" not in str(shapes.value(each, SH.message))
    }
    assert silent == set()


# What is replaced, by what, and the shape that has to notice. The start of each makes it unique.
BREAKS = {
    "no-title": ("  dcterms:title ", "  rdfs:comment ", "Header-title"),
    "no-description": ("  dcterms:description ", "  rdfs:comment ", "Header-description"),
    "no-creator": ("  dcterms:creator ", "  rdfs:comment ", "Header-creator"),
    "no-created": ("  dcterms:created ", "  rdfs:comment ", "Header-created"),
    "created-after-modified": ('created "2026', 'created "2036', "Header-created"),
    "no-modified": ("  dcterms:modified ", "  rdfs:comment ", "Header-modified"),
    "no-licence": ("  dcterms:license ", "  rdfs:seeAlso ", "Header-license"),
    "version-iri-without-version": (
        "summitry/ontology/0.1.0>",
        "summitry/ontology/new>",
        "Header-versionIRI",
    ),
    "version-in-words": ('versionInfo "0.1.0"', 'versionInfo "first"', "Header-versionInfo"),
    "an-import": ("  a owl:Ontology ;", "  a owl:Ontology ; owl:imports prov: ;", "Header-imports"),
    "another-prefix": ('Prefix "smt"', 'Prefix "sum"', "Namespace-prefix"),
    "another-namespace": ('Uri "https', 'Uri "http', "Namespace-uri"),
    "term-without-iri": (
        "geo:lat\n  a owl:DatatypeProperty",
        "[] a owl:Class . geo:lat a owl:DatatypeProperty",
        "Term",
    ),
    "no-label": ('  rdfs:label "visitor"@en ;\n', "", "Term-label"),
    "german-label": ('  rdfs:label "visitor"@en ;', '  rdfs:label "Gast"@de ;', "Term-label"),
    "two-labels": ('  rdfs:label "visitor"@en ;', '  rdfs:label "visitor"@en, "guest"@en ;', "Term-label"),
    "no-definition": (
        '  skos:definition "A principal of a visit',
        '  rdfs:comment "The person who makes',
        "OwnTerm-definition",
    ),
    "no-example": ('  skos:example "Kazan; Camp', '  rdfs:comment "Kazan; Camp', "OwnTerm-example"),
    "not-defined-here": (
        '"Kazan; Camp David."@en ;\n  rdfs:isDefinedBy <https://w3id.org/summitry/ontology>',
        '"Kazan; Camp David."@en',
        "OwnTerm-isDefinedBy",
    ),
    "defined-elsewhere": (
        '"Kazan; Camp David."@en ;\n  rdfs:isDefinedBy <https://w3id.org/summitry/ontology>',
        '"Kazan"@en ; rdfs:isDefinedBy org:',
        "OwnTerm-isDefinedBy",
    ),
    "small-class": ("foaf:Agent\n  a owl:Class", "smt:agent a owl:Class", "Class"),
    "undeclared-superclass": (
        "rdfs:subClassOf schema:Place",
        "rdfs:subClassOf schema:Residence",
        "Class-subClassOf",
    ),
    "disjoint-superclass": (
        "rdfs:subClassOf schema:Place",
        "rdfs:subClassOf schema:Place ; owl:disjointWith schema:Place",
        "Class-disjointWith",
    ),
    "capital-property": (
        "geo:lat\n  a owl:DatatypeProperty",
        "smt:Latitude a owl:DatatypeProperty",
        "Property",
    ),
    "two-domains": (
        "geo:lat\n  a owl:DatatypeProperty",
        "geo:lat a owl:DatatypeProperty ; rdfs:domain smt:Place, smt:State",
        "Property-domain",
    ),
    "says-not-where": ("  schema:domainIncludes prov:Activity ;\n", "", "OwnProperty-saysWhere"),
    "undeclared-range": (
        "geo:lat\n  a owl:DatatypeProperty",
        "sem:hasPlace a owl:ObjectProperty ; rdfs:range sem:Place",
        "ObjectProperty-range",
    ),
    "undeclared-superproperty": (
        "geo:lat\n  a owl:DatatypeProperty",
        "sem:hasPlace a owl:ObjectProperty ; rdfs:subPropertyOf sem:eventProperty",
        "ObjectProperty-subPropertyOf",
    ),
    "date-range": (
        "geo:lat\n  a owl:DatatypeProperty",
        "geo:lat a owl:DatatypeProperty ; rdfs:range xsd:date",
        "DatatypeProperty-range",
    ),
    "text-under-a-link": (
        "geo:lat\n  a owl:DatatypeProperty",
        "geo:lat a owl:DatatypeProperty ; rdfs:subPropertyOf sem:hasActor",
        "DatatypeProperty-subPropertyOf",
    ),
    "no-range": ("  rdfs:range xsd:decimal ;\n", "", "OwnDatatypeProperty-range"),
    "loose-concept": ("  skos:broader smt:Minister ;\n", "", "Concept"),
    "another-preferred-label": (
        '  skos:prefLabel "talks"@en',
        '  skos:prefLabel "talk"@en',
        "Concept-prefLabel",
    ),
    "no-scheme": (
        "  skos:broader smt:Minister ;",
        "  skos:broader smt:Minister ; skos:inScheme smt:Other ;",
        "Concept-inScheme",
    ),
    "cameo-number": ('"“spoke by phone”"@en', '"x"@en ; smt:cameoCode 41', "Concept-cameoCode"),
    "plover-unknown": ('"“spoke by phone”"@en', '"x"@en ; smt:ploverCode "TALK"', "Concept-ploverCode"),
    "same-label-twice": ('skos:altLabel "pact"@en', 'skos:altLabel "contract"@en', "Concept-unambiguous"),
    "one-sided": ("  skos:hasTopConcept smt:Talks ;\n", "", "Scheme-bothWays"),
    "empty-scheme": (
        "geo:lat\n  a owl:DatatypeProperty",
        "smt:Empty a skos:ConceptScheme . geo:lat a owl:DatatypeProperty",
        "Scheme-hasTopConcept",
    ),
}


@pytest.mark.parametrize(("old", "new", "shape"), BREAKS.values(), ids=BREAKS)
def test_a_broken_copy_fails(
    broken: Callable[[str, str], Graph], shapes: Graph, old: str, new: str, shape: str
) -> None:
    data = broken(old, new)
    assert shape in broken_shapes(data, shapes, shape)


def test_every_shape_can_fail(shapes: Graph) -> None:
    rules = {str(each).removeprefix(BASE) for each in shapes.subjects(SH.message, None)}
    # The two below stand inside the `or` of Concept, which "loose-concept" breaks.
    inner = {"Concept-topConceptOf", "Concept-broader"}
    assert rules - inner == {shape for _, _, shape in BREAKS.values()}
