"""Formats: what the W3C documents say, checked against the engine's own writer and reader."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import InputError
from kg.namespaces import SMT, XSD
from kg.queries.results import FORMATS, format_answer, format_rows
from kg.queries.tables import display_width, format_table
from kg.stores.base import Table

# The engine turns these into the same terms; blank nodes are compared without their labels below.
TEXT = """SELECT ?a ?b WHERE { VALUES (?a ?b) {
  (<http://example.org/x> "plain") ("with \\"quotes\\", comma" "line\\nend\\r\\ttab \\\\ back") (UNDEF "été"@fr)
  (1 1.5) (true "2024-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>) ("<&>" UNDEF) (UNDEF UNDEF) ("" "习近平")
} }"""
MEDIA = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}


def asked() -> ox.QuerySolutions:
    found = ox.Store().query(TEXT)
    assert isinstance(found, ox.QuerySolutions)
    return found


@pytest.fixture
def table() -> Table:
    solutions = asked()
    return Table(tuple(v.value for v in solutions.variables), [tuple(solution) for solution in solutions])


def test_csv_is_byte_for_byte_that_of_the_engine(table: Table) -> None:
    expected = asked().serialize(format=ox.QueryResultsFormat.CSV)
    assert expected is not None
    assert format_rows(table, "csv") == expected.decode()


def test_csv_is_read_by_others(table: Table) -> None:
    text = format_rows(table, "csv")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["a", "b"]
    assert rows[2] == ['with "quotes", comma', "line\nend\r\ttab \\ back"]
    assert text.count("\r\n") == len(table.rows) + 1


@pytest.mark.parametrize("format", ["json", "xml", "tsv"])
def test_rows_are_read_back_by_the_engine(format: str, table: Table) -> None:
    found = ox.parse_query_results(format_rows(table, format), format=MEDIA[format])
    assert isinstance(found, ox.QuerySolutions)
    assert [v.value for v in found.variables] == list(table.columns)
    assert [tuple(row) for row in found] == table.rows


def test_json_is_what_the_engine_writes(table: Table) -> None:
    expected = asked().serialize(format=ox.QueryResultsFormat.JSON)
    assert expected is not None
    assert json.loads(format_rows(table, "json")) == json.loads(expected)


def test_blank_nodes_and_triple_terms_have_their_forms() -> None:
    node = BlankNode("b1")
    table = Table(("t",), [(node,), (Triple(node, SMT.p, Literal("x")),)])
    first, second = json.loads(format_rows(table, "json"))["results"]["bindings"]
    assert first["t"] == {"type": "bnode", "value": "b1"}
    assert second["t"]["value"]["object"] == {"type": "literal", "value": "x"}
    assert "<bnode>b1</bnode>" in format_rows(table, "xml")
    assert format_rows(Table(("t",), [(node,)]), "csv") == "t\r\n_:b1\r\n"


def test_xml_survives_what_xml_cannot_hold() -> None:
    text = format_rows(Table(("t",), [(Literal("a\x00\x1b[31m\uffffb\r"),)]), "xml")
    ElementTree.fromstring(text)
    assert "a\ufffd\ufffd[31m\ufffdb" in text


@pytest.mark.parametrize("format", FORMATS)
def test_empty_answers_and_no_columns_are_written(format: str) -> None:
    assert format_rows(Table(("a",), []), format).endswith("\n")
    assert format_rows(Table((), [()]), format).endswith("\n")


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("table", "true\n"), ("markdown", "true\n"), ("csv", "true\r\n"), ("tsv", "true\n"),
        ("json", '{"head":{},"boolean":true}\n'),
    ],
)  # fmt: skip
def test_yes_is_written(format: str, expected: str) -> None:
    assert format_answer(True, format) == expected


@pytest.mark.parametrize("answer", [True, False])
@pytest.mark.parametrize("format", ["json", "xml"])
def test_yes_and_no_are_read_back(format: str, answer: bool) -> None:
    found = ox.parse_query_results(format_answer(answer, format), format=MEDIA[format])
    assert isinstance(found, ox.QueryBoolean)
    assert bool(found) is answer


def test_triples_are_written_as_rdf() -> None:
    triples = [Triple(SMT.a, SMT.b, SMT.c)]
    assert "smt:a" in format_answer(triples)
    assert format_answer(triples, "nt").startswith("<https://")


@pytest.mark.parametrize(
    ("answer", "format", "told"),
    [
        ([Triple(SMT.a, SMT.b, SMT.c)], "csv", "triples cannot be written"),
        (Table(("a",), []), "turtle", "rows cannot be written"),
        (True, "turtle", "rows cannot be written"),
    ],
)
def test_formats_that_do_not_fit_are_refused(
    answer: Table | bool | list[Triple], format: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        format_answer(answer, format)


def test_table_is_aligned_by_what_is_seen() -> None:
    table = Table(("name", "n"), [(Literal("习近平"), Literal(1)), (Literal("José"), Literal(12))])
    lines = format_table(table).splitlines()
    assert lines == ["name     n", "------  --", "习近平   1", "José    12"]
    assert len({display_width(line) for line in lines}) == 1


def test_table_shows_prefixed_names_and_bare_literals() -> None:
    table = Table(
        ("a", "b"),
        [(SMT.Visit, Literal("2024", datatype=XSD.gYear)), (NamedNode("http://example.org/"), None)],
    )
    assert format_table(table).splitlines()[2:] == ["smt:Visit            2024", "http://example.org/"]


def test_articles_cannot_steer_the_terminal() -> None:
    text = format_table(Table(("words",), [(Literal("a\x1b[2Jb\nc\u202ed\x9b"),)]))
    assert text.splitlines()[2] == "a\ufffd[2Jb c\ufffdd\ufffd"


@pytest.mark.parametrize("width", [24, 40, 60, 80])
def test_table_fits_into_the_terminal(width: int) -> None:
    words = "He will go on to Harbin, in the north-east of the country, on the second day of the visit."
    table = Table(
        ("n", "words", "more"), [(Literal(1), Literal(words), Literal(words)), (None, None, Literal("x"))]
    )
    lines = format_table(table, width=width).splitlines()
    assert max(map(display_width, lines)) <= width
    again = " ".join(word for line in lines[2:] for word in line[3 : 3 + (width - 5) // 2].split())
    assert words.split()[0] in again
    assert "".join("".join(lines[2:]).split()).count("H") == 4


def test_table_without_width_is_never_wrapped() -> None:
    long = "x" * 500
    assert format_table(Table(("a",), [(Literal(long),)])).splitlines()[2] == long


def test_markdown_escapes_what_markdown_reads() -> None:
    text = format_rows(Table(("a",), [(Literal("a|b\n*c* <d> [e](f) _g_ \\"),)]), "markdown")
    assert text.splitlines()[2] == "| a\\|b \\*c\\* \\<d\\> \\[e\\](f) \\_g\\_ \\\\ |"
