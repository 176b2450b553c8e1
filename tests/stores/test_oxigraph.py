"""The embedded store: atomic, one writer, snapshots for readers, and errors that say what to do."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.errors import (
    InputError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreError,
    StoreFormatError,
    StoreLockedError,
)
from kg.namespaces import SCHEMA, SMT, STORE_GRAPH, XSD, iri
from kg.stores import locks
from kg.stores.base import Store, Table
from kg.stores.oxigraph import FORMAT_VERSION, OxigraphStore
from kg.stores.rdflib_view import rdflib_view

FACT = Quad(SMT.a, SMT.b, SMT.c)
CLAIMED = Quad(SMT.a, SMT.b, SMT.d, iri("claim", "a", 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    OxigraphStore.create(path, [FACT, CLAIMED]).close()
    return path


def contents(path: Path) -> dict[str, int]:
    return {p.name: p.stat().st_size for p in path.iterdir()} if path.is_dir() else {}


def test_it_is_a_store() -> None:
    store: Store = OxigraphStore()
    assert (store.target, store.writable, len(store)) == ("memory", True, 0)


def test_what_is_written_is_there_next_time(folder: Path) -> None:
    with OxigraphStore(folder) as store:
        store.apply(insert=[Quad(SMT.x, SMT.y, Literal("1"))], delete=[FACT])
    with OxigraphStore(folder, writable=False) as store:
        assert set(store.quads(graph=DefaultGraph())) == {Quad(SMT.x, SMT.y, Literal("1"))}
        assert CLAIMED in list(store.quads(None, SMT.b))
        assert set(store.graph_names()) == {STORE_GRAPH, iri("claim", "a", 1)}


def test_a_graph_that_becomes_empty_is_gone() -> None:
    store = OxigraphStore()
    other = Quad(SMT.a, SMT.b, Literal("0.90", datatype=XSD.decimal), iri("claim", "a", 1))
    store.apply(insert=[CLAIMED, other])
    store.apply(delete=[CLAIMED])
    assert list(store.graph_names()) == [iri("claim", "a", 1)]
    store.apply(delete=[other])
    assert list(store.graph_names()) == []


def test_delete_comes_before_insert() -> None:
    store = OxigraphStore()
    store.apply(insert=[FACT])
    store.apply(delete=[FACT], insert=[FACT])
    assert list(store.quads()) == [FACT]


@pytest.mark.parametrize(
    "term",
    [
        pytest.param(Literal("quote \" ' \\ \n\r\t \x07 } . INSERT"), id="text"),
        pytest.param(Literal("x", language="en-gb"), id="language"),
        pytest.param(NamedNode("https://example.org/a%20b?c=d#e"), id="iri"),
        pytest.param(Literal("2024-05", datatype=XSD.gYearMonth), id="month"),
    ],
)
def test_any_term_can_be_inserted_and_deleted_in_one_change(term: Literal | NamedNode) -> None:
    store = OxigraphStore()
    store.apply(insert=[FACT])
    store.apply(delete=[FACT], insert=[Quad(SMT.a, SMT.b, term)])
    assert [quad.object for quad in store.quads()] == [term]
    store.apply(delete=[Quad(SMT.a, SMT.b, term)])
    assert len(store) == 0


def test_blank_nodes_cannot_be_deleted() -> None:
    with pytest.raises(InputError, match="blank nodes"):
        OxigraphStore().apply(delete=[Quad(BlankNode("x"), SMT.b, SMT.c)])


WRITER = """
import sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from kg.stores.oxigraph import OxigraphStore
store = OxigraphStore(Path(sys.argv[1]))
p = NamedNode("urn:generation")
generation = max([int(q.object.value) for q in store.quads(None, p)] or [0])
quads = lambda n: [Quad(NamedNode(f"urn:{i}"), p, Literal(str(n))) for i in range(300)]
print("ready", flush=True)
while True:
    store.apply(delete=quads(generation), insert=quads(generation + 1))
    generation += 1
"""


def writer(path: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def test_a_writer_killed_in_the_middle_leaves_a_whole_state(folder: Path) -> None:
    seen = set()
    for attempt in range(6):
        process = writer(folder)
        time.sleep(0.05 + random.Random(attempt).random() / 10)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with OxigraphStore(folder) as store:  # the lock of the dead does not hold
            values = [quad.object.value for quad in store.quads(None, NamedNode("urn:generation"))]
        assert len(values) in (0, 300)
        assert len(set(values)) <= 1
        seen |= set(values)
    assert len(seen) > 1, "nothing was ever written: the test shows nothing"


def test_a_second_writer_is_told_who_is_writing(folder: Path) -> None:
    process = writer(folder)
    try:
        with pytest.raises(StoreLockedError) as caught:
            OxigraphStore(folder)
    finally:
        process.kill()
        process.communicate()
    assert f"process {process.pid}" in caught.value.what
    assert caught.value.where == str(folder)
    assert "--store" in (caught.value.hint or "")


def test_a_closed_store_says_so(folder: Path) -> None:
    store = OxigraphStore(folder)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query("ASK {}")
    assert not (folder / locks.WRITER_FILE).exists()


def test_a_reader_cannot_write(folder: Path) -> None:
    with OxigraphStore(folder, writable=False) as store, pytest.raises(StoreError, match="reading only"):
        store.apply(insert=[FACT])


@pytest.mark.parametrize("writable", [True, False], ids=["writing", "reading"])
@pytest.mark.parametrize("kind", ["nothing", "file", "folder", "foreign", "newer", "damaged"])
def test_what_is_no_store_is_refused_and_left_alone(tmp_path: Path, kind: str, writable: bool) -> None:
    path = tmp_path / "target"
    if kind == "file":
        path.write_text("hello")
    elif kind == "folder":
        path.mkdir()
        (path / "letter.txt").write_text("hello")
    elif kind == "foreign":
        pyoxigraph.Store(str(path)).flush()
    elif kind == "newer":
        OxigraphStore.create(path).close()
        inner = pyoxigraph.Store(str(path / "db"))
        number = Literal(str(FORMAT_VERSION + 1), datatype=XSD.integer)
        inner.add(Quad(STORE_GRAPH, SCHEMA.schemaVersion, number, STORE_GRAPH))
        inner.flush()
        del inner
        shutil.rmtree(path / "snapshots")  # whoever opens it next makes a new one
    elif kind == "damaged":
        OxigraphStore.create(path).close()
        for current in path.rglob("CURRENT"):
            current.write_text("MANIFEST-999999\n")
    before = sorted(contents(path)) if kind in ("folder", "file") else []
    with pytest.raises(StoreFormatError) as caught:
        OxigraphStore(path, writable=writable)
    assert caught.value.where == str(path)
    assert caught.value.hint
    if kind == "nothing":
        assert not path.exists()
    if kind == "folder":
        assert sorted(contents(path)) == before
    if kind == "newer":
        assert "upgrade" in caught.value.hint


def test_create_does_not_touch_what_is_there(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreFormatError, match="a store already"):
        OxigraphStore.create(folder)
    (tmp_path / "file").write_text("hello")
    with pytest.raises(StoreFormatError, match="something else"):
        OxigraphStore.create(tmp_path / "file")
    (tmp_path / "empty").mkdir()
    OxigraphStore.create(tmp_path / "empty").close()


def test_create_cleans_up_after_a_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("hello")
    with pytest.raises(StoreError, match="cannot be made"):
        OxigraphStore.create(tmp_path / "file" / "store")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        pytest.param("SELECT ?x WHERE {\n ?x foo ?y }", "?x foo", "line 2, column 2", id="triple"),
        pytest.param("SELECT * {", "ends too early", "line 1, column 11", id="end"),
        pytest.param("SELEC ?x {}", "SELEC", "line 1, column 1", id="keyword"),
        pytest.param("SELECT * {\n?a b:c ?d }", 'prefix "b:"', "line 2", id="prefix"),
        pytest.param("", "empty", None, id="empty"),
        pytest.param("INSERT DATA { smt:a smt:b smt:c }", "update", None, id="insert"),
        pytest.param("PREFIX a: <urn:a> CLEAR ALL", "update", None, id="clear"),
        pytest.param(
            "SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }", "SERVICE", None, id="service"
        ),
        pytest.param("SELECT * { service silent ?x { ?s ?p ?o } }", "SERVICE", None, id="service-silent"),
        pytest.param(
            "SELECT * { ?s smt:a\\#b ?o SERVICE smt:x {} }", "SERVICE", None, id="service-escaped-hash"
        ),
        pytest.param(
            "SELECT * { ?s ?p '''''x''' SERVICE smt:x {} }", "SERVICE", None, id="service-after-quotes"
        ),
        pytest.param(
            "SELECT * { FILTER(1<2)SERVICE<http://localhost:9/>{} }", "SERVICE", None, id="service-tight"
        ),
        pytest.param("SELECT * { \\u0053ERVICE smt:x {} }", "SERVICE", None, id="service-code-point"),
    ],
)
def test_bad_queries_are_located(text: str, what: str, where: str | None) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        OxigraphStore().query(text)
    assert what in caught.value.what
    assert (caught.value.where or "").startswith(where or "")
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service smt:service 'SERVICE <x>' } # SERVICE <x> {}",
        'SELECT * { ?s <http://service/SERVICE> """a "SERVICE" b""" ; smt:b "SERVICE"@service }',
        "PREFIX service: <urn:x> SELECT * { ?s service:service service: }",
    ],
    ids=["names", "strings", "prefix"],
)
def test_the_word_service_may_be_used(text: str) -> None:
    assert isinstance(OxigraphStore().query(text), Table)


def test_answers_by_form() -> None:
    store = OxigraphStore()
    store.apply(insert=[FACT])
    assert store.query("ASK { smt:a smt:b smt:c }") is True
    assert store.query("SELECT ?o ?n { smt:a smt:b ?o }") == Table(("o", "n"), [(SMT.c, None)])
    assert store.query("CONSTRUCT WHERE { ?s ?p ?o }") == [FACT.triple]
    assert store.query("DESCRIBE smt:a") == [FACT.triple]


def test_named_graphs_need_graph() -> None:
    store = OxigraphStore()
    store.apply(insert=[CLAIMED])
    assert store.query("ASK { ?s ?p ?o }") is False
    assert store.query("ASK { GRAPH ?g { ?s ?p ?o } }") is True


def test_a_slow_query_is_given_up() -> None:
    store = OxigraphStore()
    store.apply(insert=[Quad(NamedNode(f"urn:{i}"), SMT.b, Literal(str(i))) for i in range(400)])
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z FILTER(?x > ?z) }"
    begun = time.monotonic()
    with pytest.raises(QueryTimeoutError, match="longer than") as caught:
        store.query(slow, timeout=0.1)
    assert time.monotonic() - begun < 2
    assert "COUNT" in (caught.value.where or "")
    assert store.query("ASK { ?s ?p ?o }", timeout=10) is True


def test_errors_in_time_are_those_without_a_timeout() -> None:
    with pytest.raises(QuerySyntaxError):
        OxigraphStore().query("SELECT", timeout=5)


def test_rdflib_sees_the_store_without_a_copy() -> None:
    store = OxigraphStore()
    store.apply(insert=[FACT, CLAIMED])
    view = rdflib_view(store)
    assert [str(o) for o in view.default_graph.objects()] == [SMT.c.value]
    store.apply(insert=[Quad(SMT.a, SMT.b, SMT.e)])
    assert len(view.default_graph) == 2


def test_files_cut_short_are_damage_for_readers_and_writers(tmp_path: Path) -> None:
    path = tmp_path / "store"
    OxigraphStore.create(path, [FACT]).close()
    for file in path.rglob("*.sst"):
        file.write_bytes(b"x")
    for writable in (True, False):
        with pytest.raises(StoreFormatError) as caught:
            OxigraphStore(path, writable=writable)
        assert "backup" in (caught.value.hint or "")


def test_a_full_disk_is_not_called_damage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: str) -> None:
        raise OSError("IO error: No space left on device: While appending to file: MANIFEST-000040")

    monkeypatch.setattr("kg.stores.oxigraph.ox.Store", full)
    with pytest.raises(StoreError, match="No space left") as caught:
        OxigraphStore(folder)
    assert "make room" in (caught.value.hint or "")


def test_why_a_store_cannot_be_made_is_said_once(tmp_path: Path) -> None:
    from shutil import Error

    def full(to: Path) -> bool:
        raise Error([(f"{n}.sst", str(to), "[Errno 28] No space left on device") for n in range(9)])

    with pytest.raises(StoreError) as caught:
        OxigraphStore.create(tmp_path / "store", template=full)
    assert caught.value.what == "the store cannot be made: [Errno 28] No space left on device"
