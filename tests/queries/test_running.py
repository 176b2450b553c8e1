"""Running: what is refused before a store sees it, and how little is loaded on the way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import QuerySyntaxError, QueryTimeoutError
from kg.queries import check, form, names, run, run_text
from kg.stores.base import Table
from kg.stores.oxigraph import OxigraphStore
from tests.queries.build_fixture import PATH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", "select"),
        ("# ASK\nselect * where { }", "select"),
        ("PREFIX ask: <http://example.org/ask#> ASK { ?select ask:describe 'CONSTRUCT' }", "ask"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "graph"),
        ("BASE <http://example.org/SELECT> DESCRIBE <x>", "graph"),
        ("SELECT ?service { ?service a <http://example.org/SERVICE> } # SERVICE <x> {}", "select"),
    ],
)
def test_form_is_told(text: str, expected: str) -> None:
    assert form(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:c> <a:d> }",
        "# SELECT\nPREFIX a: <a:> DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "LOAD <http://127.0.0.1:9/>",
        "CLEAR ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused_with_what_to_use_instead(text: str, store: OxigraphStore) -> None:
    before = len(store)
    with pytest.raises(QuerySyntaxError, match=r"this is an update.*kg add"):
        run_text(store, text)
    assert len(store) == before


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { SERVICE ?x { ?s ?p ?o } } } }",
    ],
)
def test_service_is_refused(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"SERVICE.*--allow-service"):
        check(text)


@pytest.mark.parametrize(
    ("text", "line", "pointed"),
    [
        ("SELECT * {\n  ?s a smt:Visit .\n  ?s smt:status ?x FILTR(1) }", 3, "FILTR"),
        ("SELEC * { ?s ?p ?o }", 1, "SELEC"),
        ("SELECT * { ?s ex:p ?o }", 1, None),
    ],
)
def test_mistakes_are_shown_with_a_caret(text: str, line: int, pointed: str | None) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check(text)
    where = (caught.value.where or "").splitlines()
    assert where[0].startswith(f"line {line}, column ")
    column = where[2].index("^")
    assert where[1].strip() == text.splitlines()[line - 1].strip()
    if pointed:
        assert where[1][column:].startswith(pointed)


def test_long_lines_are_cut_around_the_place() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check("SELECT * { " + "?s ?p ?o . " * 100 + " FILTER }")
    _, shown, pointer = (caught.value.where or "").splitlines()
    assert len(shown) <= 104
    assert pointer.index("^") < len(shown) + 1


@pytest.mark.parametrize("name", names())
def test_stored_queries_pass_the_check(name: str) -> None:
    from kg.queries import load

    assert form(load(name).text, {"query.wikidata.org"}) == "select"


def test_timeout_is_passed_on(store: OxigraphStore) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?i) }"
    with pytest.raises(QueryTimeoutError, match=r"0\.05 seconds"):
        run_text(store, text, timeout=0.05)


def test_stored_query_runs_by_name(store: OxigraphStore) -> None:
    found = run(store, "visits", {"to": "China"})
    assert isinstance(found, Table)
    assert len(found.rows) == 1


def test_little_is_imported_to_answer_a_query(root: Path) -> None:
    """Each of these costs more than the query itself."""
    code = f"""
import sys
from pyoxigraph import RdfFormat
from kg.queries.running import run
from kg.queries.results import format_answer
from kg.stores.oxigraph import OxigraphStore
store = OxigraphStore()
store.inner.load(path={str(PATH)!r}, format=RdfFormat.TRIG)
assert "China" in format_answer(run(store, "visits", {{"to": "China", "visitor": "Putin", "since": "2024"}}))
heavy = ("yaml", "rdflib", "click", "json", "csv", "difflib", "importlib.resources", "kg.export", "kg.claims")
print(*[name for name in heavy if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == ""
