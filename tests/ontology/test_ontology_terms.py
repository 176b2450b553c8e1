"""No word is used that the ontology does not declare, and none is declared that nothing uses."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from rdflib import RDF, RDFS, SKOS, Graph

ROOT = Path(__file__).parents[2]
SMT = "https://w3id.org/summitry/ontology#"
ONTOLOGY = ROOT / "ontology" / "summitry.ttl"
RDF_FORMATS = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG}

# In SPARQL, and in texts that hold SPARQL: smt:visitor or the whole IRI. A prefix alone (smt:) is no term.
IN_TEXT = re.compile(rf"(?:\bsmt:|{re.escape(SMT)})([A-Za-z][A-Za-z0-9_-]*)")
# In Python: SMT.visitor and SMT["from"], and what a text holds.
IN_PYTHON = re.compile(r'\bSMT\.([A-Za-z][A-Za-z0-9]*)|\bSMT\["([A-Za-z][A-Za-z0-9]*)"\]')
CONCEPT = re.compile(r"""["']([A-Z][A-Za-z]+)["']""")
# Attributes of the Python object SMT that are no terms.
NO_TERMS = {"base"}


def files(*patterns: str) -> list[Path]:
    """The files of the project that match, without the ontology itself."""
    return sorted(file for pattern in patterns for file in ROOT.glob(pattern) if file != ONTOLOGY)


DATA = files("ontology/**/*.ttl", "shapes/**/*.ttl", "graph/**/*.trig", "graph/**/*.ttl")
QUERIES = files("queries/**/*.rq")
PYTHON = files("kg/**/*.py", "tools/*.py")


def in_data(file: Path) -> set[str]:
    """The own words in a file of triples, in any position and in texts (a shape can hold SPARQL)."""
    words = set()
    for quad in parse(path=str(file), format=RDF_FORMATS[file.suffix]):
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, NamedNode) and term.value.startswith(SMT):
                words.add(term.value.removeprefix(SMT))
            elif isinstance(term, Literal) and term.language is None:
                words.update(IN_TEXT.findall(term.value))
    return words - {""}


def in_query(file: Path) -> set[str]:
    """The own words in a query, without its comments (an IRI may hold a #)."""
    text = re.sub(r"^\s*#.*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return set(IN_TEXT.findall(text))


def in_python(file: Path) -> set[str]:
    """The own words that a module names as terms."""
    text = file.read_text(encoding="utf-8")
    words = {first or second for first, second in IN_PYTHON.findall(text)}
    # One letter stands for any term, in the examples of docstrings.
    return {word for word in words | set(IN_TEXT.findall(text)) if len(word) > 1} - NO_TERMS


READERS = [
    *((file, in_data) for file in DATA),
    *((file, in_query) for file in QUERIES),
    *((file, in_python) for file in PYTHON),
]


@pytest.fixture(scope="module")
def declared(ontology: Graph) -> set[str]:
    """The local names of the ontology's own terms."""
    return {str(s).removeprefix(SMT) for s in ontology.subjects(RDF.type, None) if str(s).startswith(SMT)}


@pytest.fixture(scope="module")
def used() -> dict[str, set[str]]:
    """Each own word that is used, with the files that use it."""
    words: dict[str, set[str]] = defaultdict(set)
    for file, read in READERS:
        for word in read(file):
            words[word].add(file.relative_to(ROOT).as_posix())
    return words


def test_there_is_something_to_read() -> None:
    assert any("alignments" in file.name for file in DATA)
    assert PYTHON


def test_no_word_is_undeclared(declared: set[str], used: dict[str, set[str]]) -> None:
    assert {word: sorted(where) for word, where in used.items() if word not in declared} == {}


def test_no_word_of_the_ontology_is_undeclared(declared: set[str]) -> None:
    assert in_data(ONTOLOGY) - declared == set()


def test_no_word_is_unused(ontology: Graph, declared: set[str], used: dict[str, set[str]]) -> None:
    alive = {word for word, where in used.items() if where != {"ontology/alignments.ttl"}}
    # A lexicon may name a concept by its local name, in quotes.
    for file in PYTHON:
        alive |= declared & set(CONCEPT.findall(file.read_text(encoding="utf-8")))

    # What is used vouches for what it stands under, upwards until nothing is added.
    upwards = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.inScheme, SKOS.broader)
    over = {
        (str(s).removeprefix(SMT), str(o).removeprefix(SMT))
        for s, p, o in ontology
        if p in upwards and str(o).startswith(SMT)
    }
    while more := {upper for lower, upper in over if lower in alive} - alive:
        alive |= more
    # The codes stand on the concepts for those who map to event data.
    codes = {"cameoCode", "ploverCode"}
    assert sorted(declared - alive - codes) == []


def test_readers_find_words(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f'<x:s> <{SMT}p> "?v smt:q ?w" ; <x:p> <{SMT}O> .')
    (tmp_path / "b.rq").write_text(f"# smt:not\nPREFIX smt: <{SMT}> SELECT * {{ ?s smt:p|<{SMT}q> ?o }}")
    (tmp_path / "c.py").write_text('SMT.visitor, SMT["from"], SMT.base, "smt:host smt:a"')
    assert in_data(tmp_path / "a.ttl") == {"p", "q", "O"}
    assert in_query(tmp_path / "b.rq") == {"p", "q"}
    assert in_python(tmp_path / "c.py") == {"visitor", "from", "host"}
