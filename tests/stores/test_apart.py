"""A process of its own answers the same, and is gone when it is late."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, Quad

from kg.errors import InputError, QuerySyntaxError, QueryTimeoutError
from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import SMT
from kg.stores.apart import answer_apart
from kg.stores.oxigraph import OxigraphStore

QUADS = [
    Quad(SMT.a, SMT.b, Literal("x", language="en")),
    Quad(SMT.a, SMT.c, Literal(7)),
    Quad(BlankNode("x"), SMT.d, SMT.e),
    *(Quad(SMT[f"n{i}"], SMT.p, Literal(str(i))) for i in range(500)),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("apart") / "store"
    OxigraphStore.create(path, QUADS).close()
    return path


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o OPTIONAL { ?o smt:none ?x } } ORDER BY ?p ?o",
        "ASK { smt:a smt:b ?x }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s smt:b|smt:c ?o ; ?p ?o } ORDER BY ?p",
    ],
)
def test_it_answers_the_same(folder: Path, text: str) -> None:
    with OxigraphStore(folder, writable=False) as store:
        assert answer_apart(folder, text, 30) == store.query(text)


def test_it_is_killed_when_it_is_late(folder: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z . ?d ?t ?u FILTER(?x > ?z) }"
    before = set(threading.enumerate())  # other tests leave theirs
    began = time.monotonic()
    with pytest.raises(QueryTimeoutError, match="1 second"):
        answer_apart(folder, slow, 1)
    assert time.monotonic() - began < 20
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT", "too early"),
        ("SELECT * { SERVICE <urn:x> {} }", "SERVICE"),
        ("ASK " + "{" * 9000, "brackets"),
    ],
    ids=["syntax", "service", "nested"],
)
def test_errors_are_the_same(folder: Path, text: str, says: str) -> None:
    with pytest.raises(QuerySyntaxError, match=says):
        answer_apart(folder, text, 30)


def test_memory_is_not_shared() -> None:
    with pytest.raises(InputError, match="in memory"):
        answer_apart(OxigraphStore().path, "ASK {}", 1)


def test_a_graph_asks_apart_and_says_the_same(folder: Path) -> None:
    with KnowledgeGraph.open(folder) as graph:
        for query, text in (("visits", False), ("SELECT * { ?s ?p ?o } ORDER BY ?p ?o LIMIT 9", True)):
            assert graph.query(query, text=text, apart=True) == graph.query(query, text=text)
        for wrong in ("SELECT *\n{ ?s a smt:Visit FILTR(1) }", "ASK { SERVICE <urn:x> {} }"):
            said = []
            for apart in (False, True):
                with pytest.raises(QuerySyntaxError) as caught:
                    graph.query(wrong, text=True, apart=apart)
                said.append(str(caught.value))
            assert said[0] == said[1]
        with pytest.raises(QueryTimeoutError):
            graph.query("visits", timeout=0.001, apart=True)


def test_the_bundled_graph_is_asked_apart_too() -> None:
    with KnowledgeGraph.open() as graph:
        assert graph.query("ASK { smt:Visit a owl:Class }", text=True, apart=True) is True
