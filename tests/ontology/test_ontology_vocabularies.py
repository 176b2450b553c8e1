"""Every cited term of another vocabulary exists in that vocabulary, and is declared as what it is there.

The vocabularies are npm packages, read from $SUMMITRY_VOCABULARIES or a folder node_modules; nothing is
fetched. `npm install --prefix tests/ontology --no-package-lock` puts them where this test looks.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

ROOT = Path(__file__).parents[2]
OWN = "https://w3id.org/summitry/"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# Each namespace and its package. schema.org's package still has http IRIs; its terms are the same.
PACKAGES = {
    "https://schema.org/": "schema",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/vocab/vann/": "vann",
    "http://rdfs.org/ns/void#": "void",
    "http://semanticweb.cs.vu.nl/2009/11/sem/": "sem",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://www.w3.org/2001/XMLSchema#": "xsd",
    "http://www.w3.org/2002/07/owl#": "owl",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "wgs",
    "http://www.w3.org/2004/02/skos/core#": "skos",
    "http://www.w3.org/ns/dcat#": "dcat",
    "http://www.w3.org/ns/oa#": "oa",
    "http://www.w3.org/ns/org#": "org",
    "http://www.w3.org/ns/prov#": "prov",
    "http://www.w3.org/ns/shacl#": "sh",
    "http://xmlns.com/foaf/0.1/": "foaf",
}
# Cited, and in no package: pinned here, so that a new one is looked up by whoever adds it.
PINNED = {
    "http://www.w3.org/ns/opengov#post",
    "https://creativecommons.org/licenses/by/4.0/",
    "https://spdx.org/licenses/MIT",
    *(
        f"http://www.wikidata.org/entity/{item}"
        for item in ("Q6256", "Q131569", "Q484652", "Q1072326", "Q2761147")
    ),
    *(
        f"http://www.wikidata.org/prop/direct/{name}"
        for name in ("P530", "P580", "P582", "P710", "P1549", "P1891")
    ),
}
RDF_FORMATS = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG}
PREFIX = re.compile(r"^\s*@?PREFIX\s+([A-Za-z0-9-]+):\s*<([^>]+)>", re.IGNORECASE | re.MULTILINE)

TERMS = [*sorted((ROOT / "ontology").glob("*.ttl")), *sorted((ROOT / "shapes").rglob("*.ttl"))]
FACTS = [*sorted((ROOT / "ontology" / "reference").rglob("*.ttl")), *sorted((ROOT / "graph").rglob("*.trig"))]
QUERIES = sorted((ROOT / "queries").rglob("*.rq"))


def folder() -> Path | None:
    """Where the packages are, if anywhere."""
    named = os.environ.get("SUMMITRY_VOCABULARIES")
    places = [Path(named)] if named else [ROOT / "node_modules", Path(__file__).with_name("node_modules")]
    for place in places:
        for candidate in (place / "@vocabulary", place):
            if (candidate / "skos" / "skos.nq").exists():
                return candidate
    return None


def split(iri: str) -> str | None:
    """The namespace of an IRI, where it is one of PACKAGES."""
    return next((namespace for namespace in PACKAGES if iri.startswith(namespace)), None)


Terms = dict[str, set[str]]


@pytest.fixture(scope="module")
def vocabularies() -> Terms:
    """Each term of each vocabulary, with its types."""
    place = folder()
    if place is None:
        if os.environ.get("SUMMITRY_VOCABULARIES"):
            pytest.fail("$SUMMITRY_VOCABULARIES names no folder with @vocabulary/skos in it")
        pytest.skip("no vocabularies: npm install --prefix tests/ontology --no-package-lock")
    terms: Terms = defaultdict(set)
    for name in PACKAGES.values():
        for quad in parse(path=str(place / name / f"{name}.nq"), format=RdfFormat.N_QUADS):
            if isinstance(quad.subject, NamedNode):
                types = terms[quad.subject.value.replace("http://schema.org/", "https://schema.org/")]
                if quad.predicate.value == TYPE and isinstance(quad.object, NamedNode):
                    types.add(quad.object.value)
    return terms


def cited(file: Path, *, only_words: bool) -> set[str]:
    """The IRIs in a file of triples that are not the project's own.

    With `only_words`, predicates, types and datatypes: in facts the other IRIs are things, not words.
    """
    iris = set()
    for quad in parse(path=str(file), format=RDF_FORMATS[file.suffix]):
        iris.add(quad.predicate.value)
        if getattr(quad.object, "datatype", None) is not None:
            iris.add(quad.object.datatype.value)
        nodes = [quad.object] if quad.predicate.value == TYPE else []
        nodes += [] if only_words else [quad.subject, quad.object]
        iris |= {node.value for node in nodes if isinstance(node, NamedNode)}
    return {iri for iri in iris if not iri.startswith(OWN)}


def missing(iris: set[str], vocabularies: Terms) -> set[str]:
    """Those that are in no vocabulary and not pinned; a namespace itself is no term."""
    return {iri for iri in iris if iri not in vocabularies and iri not in PINNED and iri not in PACKAGES}


@pytest.mark.parametrize("file", TERMS, ids=lambda file: file.stem)
def test_terms_exist(file: Path, vocabularies: Terms) -> None:
    assert missing(cited(file, only_words=False), vocabularies) == set()


def test_words_of_facts_exist(vocabularies: Terms) -> None:
    words = set().union(*(cited(file, only_words=True) for file in FACTS))
    assert missing(words, vocabularies) == set()


def test_words_of_queries_exist(vocabularies: Terms) -> None:
    unknown = {}
    for file in QUERIES:
        text = file.read_text(encoding="utf-8")
        body = re.sub(r"^\s*#.*$|\"[^\"\n]*\"", "", text, flags=re.MULTILINE)
        for prefix, namespace in PREFIX.findall(body):
            if split(namespace) is not None:
                names = re.findall(rf"(?<![\w:]){re.escape(prefix)}:([A-Za-z]\w*)", body)
                for iri in missing({namespace + name for name in names}, vocabularies):
                    unknown[iri] = file.name
    assert unknown == {}


def test_declared_as_what_they_are(vocabularies: Terms) -> None:
    kinds = {OWL + kind for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
    wrong = {}
    for file in sorted((ROOT / "ontology").glob("*.ttl")):
        for quad in parse(path=str(file), format=RdfFormat.TURTLE):
            if quad.predicate.value != TYPE or quad.object.value not in kinds:
                continue
            theirs = vocabularies.get(quad.subject.value, set()) & kinds
            if theirs and quad.object.value not in theirs:
                wrong[quad.subject.value] = (quad.object.value, sorted(theirs))
    assert wrong == {}


def test_an_invented_term_is_found(vocabularies: Terms) -> None:
    invented = {
        "https://schema.org/StateVisit",
        "http://www.w3.org/ns/prov#wasSaidBy",
        "https://example.org/x",
    }
    assert missing(invented, vocabularies) == invented
    assert missing({"https://schema.org/Event", "http://www.w3.org/ns/prov#Entity"}, vocabularies) == set()
