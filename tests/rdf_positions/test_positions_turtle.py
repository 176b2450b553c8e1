"""The reader of Turtle, TriG, N-Triples and N-Quads yields what pyoxigraph does, and knows where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, RdfFormat, parse

from kg.namespaces import RDF
from kg.rdf_files import format_of, read_rdf
from kg.rdf_positions import placed
from kg.rdf_positions.place import Placed
from kg.rdf_positions.tokens import UnreadableError
from kg.rdf_positions.turtle import read_lines, read_turtle
from tests.rdf_positions.documents import HEAD, Document, lines, trig, turtle

Reader = Callable[[bytes], Iterator[Placed]]


def numbered(rows: Iterable[tuple[object, ...]]) -> list[tuple[str, ...]]:
    """Rows of terms, with blank nodes by the order in which they come up."""
    names: dict[str, str] = {}

    def name(term: object) -> str:
        return names.setdefault(term.value, f"b{len(names)}") if isinstance(term, BlankNode) else str(term)

    return [tuple(name(term) for term in row) for row in rows]


def compare(document: Document, format: RdfFormat, read: Reader) -> None:
    data = document.text.encode()
    wanted = [(q.subject, q.predicate, q.object, q.graph_name) for q in parse(data, format)]
    found = list(read(data))
    assert numbered((f.subject, f.predicate, f.object, f.graph) for f in found) == numbered(wanted)
    # A list of no items is the object rdf:nil at its bracket; rdf:rest is written down by nobody.
    places = sorted(tuple(each.at) for each in found if each.predicate != RDF.rest and each.at)
    assert places == sorted(document.places)


@settings(max_examples=200)
@given(turtle())
def test_turtle(document: Document) -> None:
    compare(document, RdfFormat.TURTLE, read_turtle)


@settings(max_examples=200)
@given(trig())
def test_trig(document: Document) -> None:
    compare(document, RdfFormat.TRIG, read_turtle)


@given(lines(graphs=False))
def test_n_triples(document: Document) -> None:
    compare(document, RdfFormat.N_TRIPLES, read_lines)


@given(lines(graphs=True))
def test_n_quads(document: Document) -> None:
    compare(document, RdfFormat.N_QUADS, read_lines)


def test_subject_predicate_and_object_each_have_their_place() -> None:
    text = HEAD + "ex:é\n  ex:p 1 ;\n  a ex:C , [ ex:q 'x' ] ."
    places = {str(f.object): (f.subject_at, f.predicate_at, f.at) for f in read_turtle(text.encode())}
    assert places["<https://example.org/C>"] == ((5, 1), (7, 3), (7, 5))
    assert places['"x"'] == ((7, 12), (7, 14), (7, 19))


def test_deep_nesting_takes_no_recursion() -> None:
    depth = 100_000
    text = f"<urn:a> <urn:p> {'[ <urn:p> ' * depth}1{' ]' * depth} ."
    found = list(read_turtle(text.encode()))
    assert len(found) == depth + 1
    assert found[0].at == (1, 17 + 10 * depth)


@pytest.mark.parametrize(
    "text",
    [
        "<urn:a> <urn:b> << <urn:a> <urn:b> 1 >> .",
        "<urn:a> <urn:b> ex:c .",
        "<urn:a> <urn:b> <c> .",
        "<urn:a> <urn:b> \\ .",
        "<urn:a> <urn:b> <urn:c> <urn:d> .",
    ],
)
def test_what_it_cannot_follow_it_says(text: str) -> None:
    with pytest.raises(UnreadableError):
        list(read_turtle(text.encode()))


@given(st.binary(max_size=80))
def test_whatever_the_bytes_are_it_ends(data: bytes) -> None:
    try:
        found = list(read_turtle(data))
    except (UnreadableError, ValueError, SyntaxError):
        return
    assert all(each.at is not None for each in found)


def test_version_and_tags_that_look_like_directives() -> None:
    text = 'VERSION "1.2"\n@version "1.2" .\n<urn:a> <urn:b> "x"@base , "y"@en--rtl .'
    data = text.encode()
    wanted = [(q.subject, q.predicate, q.object) for q in parse(data, RdfFormat.TURTLE)]
    found = list(read_turtle(data))
    assert [(f.subject, f.predicate, f.object) for f in found] == wanted
    assert [f.at for f in found] == [(3, 17), (3, 28)]


ROOT = Path(__file__).parents[2]
OURS = [*ROOT.glob("ontology/**/*.ttl"), *ROOT.glob("shapes/**/*.ttl"), *ROOT.glob("graph/**/*.trig")]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_every_triple_of_our_own_files_has_its_place(path: Path) -> None:
    quads = list(read_rdf(path))
    lines = path.read_text(encoding="utf-8").split("\n")
    found = list(placed(path, format_of(path), quads))
    assert [quad for quad, _ in found] == quads
    for quad, place in found:
        # What has a name of its own stands there by the end of it; other terms begin with a mark of their kind.
        assert place.at is not None
        at = lines[place.at.line - 1][place.at.column - 1 :]
        if isinstance(quad.object, Literal):
            assert at[0] in "\"'0123456789+-.tf"
        elif quad.predicate != RDF.rest:
            assert at[0] in "<[(" or at.split()[0].rstrip(".,;)]").partition(":")[2] in quad.object.value
