"""The ontology is in OWL 2 DL.

Two checks. The first, in Python, is strict where most tools are lenient: every datatype must be in the
datatype map of OWL 2 (which lacks xsd:date), every term declared, and only constructs are let through for
which the rules below are enough: without transitivity, chains, number restrictions and blank nodes, the
global restrictions on property hierarchies and anonymous individuals hold by themselves. The second asks the
OWL API, where Java and the Debian package libowlapi-java are installed.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

ROOT = Path(__file__).parents[2]
OWLAPI = Path("/usr/share/java/owlapi-distribution.jar")

PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
KINDS = (OWL.Class, *PROPERTIES)
RESERVED = tuple(str(namespace) for namespace in (OWL, RDF, RDFS, XSD))
BUILT_IN_ANNOTATIONS = {
    RDFS.label,
    RDFS.comment,
    RDFS.seeAlso,
    RDFS.isDefinedBy,
    OWL.versionInfo,
    OWL.deprecated,
}
AXIOMS = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith}
# https://www.w3.org/TR/owl2-syntax/#Datatype_Maps
DATATYPE_MAP = {
    *(OWL.real, OWL.rational, RDFS.Literal, RDF.PlainLiteral, RDF.XMLLiteral, RDF.langString),
    *(XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.nonPositiveInteger, XSD.positiveInteger),
    *(XSD.negativeInteger, XSD.long, XSD.int, XSD.short, XSD.byte, XSD.unsignedLong, XSD.unsignedInt),
    *(XSD.unsignedShort, XSD.unsignedByte, XSD.double, XSD.float, XSD.string, XSD.normalizedString),
    *(XSD.token, XSD.language, XSD.Name, XSD.NCName, XSD.NMTOKEN, XSD.boolean, XSD.hexBinary),
    *(XSD.base64Binary, XSD.anyURI, XSD.dateTime, XSD.dateTimeStamp),
}


def kind(graph: Graph, term: Node) -> set[Node]:
    """As what a property is declared."""
    return {each for each in PROPERTIES if (term, RDF.type, each) in graph}


def violations(graph: Graph) -> Iterator[str]:
    """Each breach of OWL 2 DL, named so that a test can tell one from another."""
    for term in set(graph.subjects(RDF.type, None)):
        kinds = kind(graph, term)
        if len(kinds) > 1:
            yield f"punned property: {term}"
        if (term, RDF.type, OWL.Class) in graph and (term, RDF.type, RDFS.Datatype) in graph:
            yield f"punned class: {term}"
        if OWL.FunctionalProperty in graph[term : RDF.type] and not kinds & set(PROPERTIES[:2]):
            yield f"functional, but no object or datatype property: {term}"
    for s, p, o in graph:
        if isinstance(s, BNode) or isinstance(o, BNode):
            yield f"blank node: {s} {p} {o}"
        if str(s).startswith(RESERVED):
            yield f"reserved: {s} is described"
        if isinstance(o, Literal):
            datatype = o.datatype or (RDF.langString if o.language else XSD.string)
            if datatype not in DATATYPE_MAP:
                yield f"datatype outside the map: {datatype} of {s} {p}"
            elif o.ill_typed:
                yield f"ill-typed literal: {o} of {s} {p}"
        if p == RDF.type:
            known = {*KINDS, OWL.Ontology, OWL.NamedIndividual, OWL.FunctionalProperty}
            if o not in known and (o, RDF.type, OWL.Class) not in graph:
                yield f"undeclared class: {o} of {s}"
        elif p in AXIOMS:
            yield from axiom(graph, s, p, o)
        elif p in (OWL.versionIRI,):
            if (s, RDF.type, OWL.Ontology) not in graph or not isinstance(o, URIRef):
                yield f"version IRI: {s} {o}"
        elif p not in BUILT_IN_ANNOTATIONS:
            kinds = kind(graph, p)
            if not kinds:
                yield f"undeclared property: {p} of {s}"
            elif kinds == {OWL.ObjectProperty} and isinstance(o, Literal):
                yield f"object property with a literal: {p} of {s}"
            elif kinds == {OWL.DatatypeProperty} and not isinstance(o, Literal):
                yield f"datatype property with a thing: {p} of {s}"


def axiom(graph: Graph, s: Node, p: Node, o: Node) -> Iterator[str]:
    """Breaches of one axiom about a class or a property."""
    if p in (RDFS.subClassOf, OWL.disjointWith):
        for term in (s, o):
            if (term, RDF.type, OWL.Class) not in graph:
                yield f"undeclared class: {term} in {p}"
        return
    kinds = kind(graph, s)
    if OWL.AnnotationProperty in kinds or not kinds:
        yield f"axiom about what is no object or datatype property: {s} {p}"
    elif p == RDFS.subPropertyOf:
        if kinds != kind(graph, o):
            yield f"superproperty of another kind: {s} {o}"
    elif p == RDFS.range and kinds == {OWL.DatatypeProperty}:
        if o not in DATATYPE_MAP:
            yield f"datatype outside the map: {o} as range of {s}"
    elif (o, RDF.type, OWL.Class) not in graph:
        yield f"undeclared class: {o} in {p}"


def test_ontology_is_in_owl_2_dl(ontology: Graph) -> None:
    assert sorted(set(violations(ontology))) == []


def test_ontology_with_alignments_is_in_owl_2_dl(alignments: Graph) -> None:
    assert sorted(set(violations(alignments))) == []


def test_an_ontology_has_one_header(ontology: Graph) -> None:
    assert list(ontology.subjects(RDF.type, OWL.Ontology)) == [URIRef("https://w3id.org/summitry/ontology")]


BREACHES = {
    "punned-property": (
        "schema:location\n  a owl:ObjectProperty",
        "a owl:ObjectProperty, owl:DatatypeProperty",
        "punned property",
    ),
    "punned-class": ("oa:SpecificResource\n  a owl:Class", "a owl:Class, rdfs:Datatype", "punned class"),
    "undeclared-class": (
        "schema:Place\n  a owl:Class",
        "a owl:NamedIndividual",
        "undeclared class: https://schema.org/Place",
    ),
    "undeclared-property": (
        "skos:prefLabel\n  a owl:AnnotationProperty",
        "a owl:NamedIndividual",
        "undeclared property: http://www.w3.org/2004/02/skos/core#prefLabel",
    ),
    "functional-annotation": (
        "smt:lacks\n  a owl:AnnotationProperty",
        "a owl:AnnotationProperty, owl:FunctionalProperty",
        "functional, but",
    ),
    "annotation-with-domain": (
        "smt:lacks\n  a owl:AnnotationProperty",
        "a owl:AnnotationProperty ; rdfs:domain smt:Visit",
        "axiom about what is no",
    ),
    "thing-where-a-literal-belongs": (
        "skos:notation\n  a owl:DatatypeProperty",
        "a owl:DatatypeProperty . smt:Talks smt:cameoCode smt:Loan . skos:notation a owl:DatatypeProperty",
        "datatype property with a thing",
    ),
    "literal-where-a-thing-belongs": (
        "skos:notation\n  a owl:DatatypeProperty",
        'a owl:DatatypeProperty . smt:Talks skos:broader "x" . skos:notation a owl:DatatypeProperty',
        "object property with a literal",
    ),
    "blank-node": (
        "oa:SpecificResource\n  a owl:Class",
        "a owl:Class ; rdfs:subClassOf [ a owl:Class ]",
        "blank node",
    ),
    "reserved": (
        "oa:SpecificResource\n  a owl:Class",
        "a owl:Class . xsd:date a rdfs:Datatype . oa:SpecificResource a owl:Class",
        "reserved",
    ),
    "date-as-range": (
        "oa:end\n  a owl:DatatypeProperty",
        "a owl:DatatypeProperty ; rdfs:range xsd:date",
        "datatype outside the map",
    ),
    "date-as-value": (
        "oa:end\n  a owl:DatatypeProperty",
        'a owl:DatatypeProperty ; dcterms:modified "2026-11-23"^^xsd:date',
        "datatype outside the map",
    ),
    "ill-typed": (
        "oa:end\n  a owl:DatatypeProperty",
        'a owl:DatatypeProperty ; dcterms:modified "today"^^xsd:dateTime',
        "ill-typed literal",
    ),
    "superproperty-of-another-kind": (
        "oa:end\n  a owl:DatatypeProperty",
        "a owl:DatatypeProperty ; rdfs:subPropertyOf sem:hasActor",
        "superproperty of another kind",
    ),
    "unknown-construct": (
        "smt:between\n  a owl:ObjectProperty",
        "a owl:ObjectProperty, owl:TransitiveProperty",
        "undeclared class: http://www.w3.org/2002/07/owl#Transitive",
    ),
}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(("old", "new", "message"), BREACHES.values(), ids=BREACHES)
def test_a_breach_of_owl_2_dl_is_found(
    broken: Callable[[str, str], Graph], old: str, new: str, message: str
) -> None:
    subject = old.split("\n", maxsplit=1)[0]
    found = list(violations(broken(old, f"{subject} {new}")))
    assert any(each.startswith(message) for each in found), found


def owlapi(*files: Path) -> list[str]:
    """What the OWL API prints of the files, line by line."""
    java = shutil.which("java")
    if java is None or not OWLAPI.exists():
        pytest.skip("no Java, or no OWL API: apt-get install libowlapi-java default-jre-headless")
    program = Path(__file__).with_name("CheckProfile.java")
    command = [java, "-cp", f"{OWLAPI.parent}/*", str(program), *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_owl_api_agrees() -> None:
    lines = owlapi(ROOT / "ontology" / "summitry.ttl", ROOT / "ontology" / "alignments.ttl")
    assert [line for line in lines if line.startswith("violation")] == []
    axioms = [int(line.split("\t")[1]) for line in lines if line.startswith("axioms")]
    assert len(axioms) == 2
    assert axioms[0] > 1000, "the ontology was read only in part"


def test_owl_api_would_object(tmp_path: Path, broken: Callable[[str, str], Graph]) -> None:
    file = tmp_path / "broken.ttl"
    graph = broken("schema:Place\n  a owl:Class", "schema:Place a owl:NamedIndividual")
    graph.serialize(file, format="turtle")
    assert any("undeclared class" in line for line in owlapi(file))
