"""Every bad input: what is wrong, where, what to try; the right exit code; nothing changed, no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from pyoxigraph import Literal, Quad

from kg.namespaces import SCHEMA, STORE_GRAPH, XSD
from kg.stores.oxigraph import OxigraphStore

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome, Run

REMOTE = '{"@context": "https://example.org/context.jsonld", "@id": "urn:a", "name": "x"}'
FILES: dict[str, bytes] = {
    "empty.ttl": b"",
    "blank.txt": b" \n\n",
    "latin.ttl": "<urn:a> <urn:b> 'caf\xe9' .".encode("latin-1"),
    "binary.ttl": b"\x00\x01\x02\xff\xfe",
    "broken.ttl": b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b .\n",
    "remote.jsonld": REMOTE.encode(),
    "broken.jsonld": b'{"@id": ',
    "notes.docx": b"x",
    "binary.txt": b"\x00\x01\x02\xff\xfe\x00",
    "query.rq": "SELECT * { ?s ?p 'caf\xe9' }".encode("latin-1"),
}


@pytest.fixture(autouse=True)
def _files() -> None:
    for name, data in FILES.items():
        Path(name).write_bytes(data)
    Path("folder").mkdir()


def complaint(done: Outcome, code: int, *parts: str) -> None:
    assert done.code == code, done
    assert done.err.startswith("Error: "), done.err
    assert "Traceback" not in done.err
    for part in parts:
        assert part in done.err, done.err


@pytest.mark.parametrize("verb", ["add", "validate"])
@pytest.mark.parametrize(
    ("file", "parts"),
    [
        ("missing.ttl", ["missing.ttl", "no such file"]),
        ("empty.ttl", ["empty.ttl", "empty"]),
        ("folder", ["folder"]),
        ("binary.ttl", ["binary.ttl", "not text"]),
        ("latin.ttl", ["latin.ttl", "UTF-8"]),
        ("broken.ttl", ["broken.ttl", "line 2", "column"]),
        ("remote.jsonld", ["remote.jsonld", "fetched"]),
        ("broken.jsonld", ["broken.jsonld", "line 1"]),
        ("notes.docx", ["notes.docx", ".ttl"]),
    ],
)
def test_files_of_triples(run: Run, verb: str, file: str, parts: list[str]) -> None:
    complaint(run(verb, file), 2, *parts)
    assert not Path(".kg").exists()


@pytest.mark.parametrize(
    ("file", "parts"),
    [
        ("missing.txt", ["missing.txt", "no such file"]),
        ("blank.txt", ["blank.txt", "empty"]),
        ("folder", ["folder", "no articles"]),
        ("binary.txt", ["binary.txt"]),
    ],
)
def test_articles(run: Run, file: str, parts: list[str]) -> None:
    complaint(run("ingest", file), 2, *parts)
    assert not Path(".kg").exists()


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        pytest.param(["vists"], ['"vists"', "visits"], id="unknown-name"),
        pytest.param(["../../etc/passwd"], ["no stored query"], id="path-as-name"),
        pytest.param(["visits", "too=China"], ['"too"', "to"], id="unknown-parameter"),
        pytest.param(["visits", "China"], ['"China"', "to=China"], id="not-a-parameter"),
        pytest.param(["visits", "to=China", "to=India"], ["twice"], id="parameter-twice"),
        pytest.param(["evidence"], ["thing"], id="missing-parameter"),
        pytest.param(["visits", "since=yesterday"], ["since", "date"], id="ill-typed-date"),
        pytest.param(["visits", "to=Chna"], ['"Chna"', "China"], id="unknown-state"),
        pytest.param(["-e", "SELECT * {\n?s foo ?o }"], ["line 2", "column 1"], id="syntax"),
        pytest.param(["-e", "SELECT * { ?s nope:x ?o }"], ['"nope:"'], id="prefix"),
        pytest.param(["-e", "INSERT DATA { <urn:a> <urn:b> 1 }"], ["update", "kg add"], id="update"),
        pytest.param(["-e", "DROP ALL"], ["update"], id="drop"),
        pytest.param(
            ["-e", "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }"], ["SERVICE"], id="service"
        ),
        pytest.param(["-e", ""], ["empty"], id="empty"),
        pytest.param(["-f", "missing.rq"], ["missing.rq"], id="missing-file"),
        pytest.param(["-f", "folder"], ["folder"], id="folder"),
        pytest.param(["-f", "query.rq"], ["query.rq", "UTF-8"], id="encoding"),
        pytest.param(["-e", "ASK {}", "visits"], ["NAME"], id="two-queries"),
        pytest.param(["--format", "xlsx", "visits"], ["xlsx", "csv"], id="format"),
        pytest.param(["--format", "turtle", "visits"], ["turtle", "csv"], id="format-of-triples"),
        pytest.param(["--timeout", "soon", "visits"], ["soon"], id="timeout"),
        pytest.param(["--frmat", "csv", "visits"], ["--format"], id="mistyped-option"),
    ],
)
def test_queries(run: Run, arguments: list[str], parts: list[str]) -> None:
    complaint(run("query", *arguments), 2, *parts)


HOSTILE = [
    '" } ; DROP ALL #', "'; DELETE WHERE { ?s ?p ?o } #", "x\\u0022 } UNION { ?s ?p ?o", "}}", "\\", "?x", "<urn:x>",
    "\n SERVICE <http://localhost:1/> {}", "☃\x00".replace("\x00", ""), "a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("parameter", ["to", "place", "since", "status"])
def test_hostile_parameters_are_values_and_nothing_else(run: Run, parameter: str, value: str) -> None:
    done = run("query", "-F", "csv", "visits", f"{parameter}={value}")
    if done.code == 0:  # an IRI is an IRI, whatever it names
        assert (value, len(done.out.splitlines())) == ("<urn:x>", 1)
    else:
        complaint(done, 2)


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_find_nothing(run: Run, value: str) -> None:
    done = run("query", "-F", "csv", "agreements", f"topic={value}")
    assert done.code == 0, done.err
    assert len(done.out.splitlines()) == 1


def test_a_query_out_of_time(run: Run) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z FILTER(?x > ?z) }"
    complaint(run("query", "--timeout", "0.1", "-e", slow), 3, "0.1 seconds", "--timeout")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["qery", "visits"], ["qery", "query"]),
        (["frobnicate"], ["frobnicate", "ingest"]),
        (["--stor", "x", "info"], ["--store"]),
        (["why"], ["THING"]),
        (["why", "Chinna"], ["Chinna", "China"]),
        (["why", "state:CN", "capitol"], ["capitol", "smt:capital"]),
        (["retract", "nothing"], ["nothing"]),
        (["retract", "state:CN"], ["state:CN"]),
        (["export", "--format", "xlsx"], ["xlsx", "turtle"]),
        (["export", "-o", "missing/out.ttl"], ["missing/out.ttl"]),
        (["export", "-o", "folder"], ["folder"]),
        (["ingest"], ["FILE"]),
        (["queries", "vists"], ["visits"]),
    ],
    ids=lambda value: "-".join(value[:2]) if isinstance(value, list) else None,
)
def test_other_verbs(run: Run, arguments: list[str], parts: list[str]) -> None:
    complaint(run(*arguments), 2, *parts)


VERBS_ON_STORES = [
    ["query", "visits"], ["info"], ["export"], ["why", "state:CN"], ["validate", "good.ttl"], ["add", "good.ttl"],
    ["retract", "x"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", VERBS_ON_STORES, ids=lambda a: a[0])
@pytest.mark.parametrize("kind", ["file", "folder", "newer"])
def test_what_is_no_store(run: Run, good: Path, arguments: list[str], kind: str) -> None:
    Path("good.ttl").write_bytes(good.read_bytes())
    target = Path("target")
    if kind == "file":
        target.write_text("hello")
    elif kind == "folder":
        target.mkdir()
        (target / "letter.txt").write_text("hello")
    else:
        OxigraphStore.create(target).close()
        inner = pyoxigraph.Store(str(target / "db"))
        inner.add(Quad(STORE_GRAPH, SCHEMA.schemaVersion, Literal("99", datatype=XSD.integer), STORE_GRAPH))
        inner.flush()
        del inner
        shutil.rmtree(target / "snapshots")  # whoever opens it next makes a new one
    complaint(run("--store", target, *arguments), 3, "where: target", "try: ")
    if kind == "folder":
        assert [path.name for path in target.iterdir()] == ["letter.txt"]


def test_a_store_that_is_being_written(run: Run, store: Path, good: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from kg.stores.oxigraph import OxigraphStore\n"
            "store = OxigraphStore(Path(sys.argv[1])); print('ready', flush=True); sys.stdin.read()",
            str(store),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        complaint(run("--store", store, "add", good), 3, f"process {holder.pid}", str(store), "try: wait")
        assert run("--store", store, "query", "visits").code == 0
    finally:
        holder.kill()
        holder.communicate()


def test_bugs_of_ours_are_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("oh")

    monkeypatch.setattr("kg.knowledge_graph.KnowledgeGraph.info", broken)
    complaint(run("info"), 3, "RuntimeError: oh", "KG_DEBUG=1")
    monkeypatch.setenv("KG_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run("info")


def kg(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kg.cli.main", *arguments],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **env},
        capture_output=True,
        check=False,
    )


def test_the_real_process_has_the_exit_code_and_clean_streams() -> None:
    done = kg("query", "vists")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr
    debug = kg("query", "vists", KG_DEBUG="1")
    assert b"Traceback" in debug.stderr


def test_output_is_utf8_wherever_it_goes() -> None:
    done = kg("query", "-e", "SELECT ('Côte d’Ivoire' AS ?name) {}", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert "Côte d’Ivoire" in done.stdout.decode("utf-8")


def test_a_reader_that_has_enough_is_no_error() -> None:
    script = f"{sys.executable} -m kg.cli.main export --format nt | head -1"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(["sh", "-c", script], env=env, capture_output=True, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == b""


@pytest.mark.parametrize("stream", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_streams_that_the_caller_closed_are_nowhere(stream: str) -> None:
    script = f"{sys.executable} -m kg.cli.main queries {stream}"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(["sh", "-c", script], env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_standard_input_that_is_closed_holds_no_article() -> None:
    script = f"{sys.executable} -m kg.cli.main ingest - <&-"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(["sh", "-c", script], env=env, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: the article is empty")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_does_not_fit() -> None:
    script = f"{sys.executable} -m kg.cli.main queries > /dev/full"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(["sh", "-c", script], env=env, capture_output=True, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith(b"Error: what was to be written does not fit: No space left")
    assert b"Exception ignored" not in done.stderr


def test_names_of_files_and_keys_do_not_steer_the_terminal(run: Run) -> None:
    Path("na\x1b[31mme.txt").write_bytes(b"")
    Path("a.jsonl").write_bytes(b'{"\\u001b[2Jkey\\u202e": 1}\n')
    done = run("ingest", "na\x1b[31mme.txt", "a.jsonl")
    assert done.code == 2
    assert "na[31mme.txt" in done.err
    assert not {"\x1b", "\u202e"} & set(done.err)


def test_findings_and_reasons_do_not_steer_the_terminal(run: Run, store: Path) -> None:
    Path("a.ttl").write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .\n"
        '<https://w3id.org/summitry/id/place/x-ch> a <https://w3id.org/summitry/ontology#Place> ; rdfs:label "X\\u001b[2Jtown"@en .',
        encoding="utf-8",
    )
    done = run("--store", store, "add", "a.ttl")
    assert "\x1b" not in done.err + run("--store", store, "why", "place:x-ch").out


def test_no_colours_without_a_terminal() -> None:
    assert b"\x1b[" not in kg("query", "vists").stderr
