"""Queries that would never end do end: by the limit, by Ctrl-C, and the process with them."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.stores import answers

if TYPE_CHECKING:
    from tests.cli.conftest import Run

SLOW = {
    "product": "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z FILTER(?x > ?z) }",
    "rows": "SELECT * { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }",
    "order": "SELECT * { ?a ?p ?x . ?b ?q ?y } ORDER BY ?x",
    "plan": "ASK { " + "?a ?b ?c . " * 800 + "}",
    "triples": "CONSTRUCT { ?a ?q ?z } { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }",
}
# A process that is stopped is gone in a moment; this is for machines that do much else.
SOON = 10.0


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "query", *arguments],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("kind", SLOW)
def test_the_process_ends_at_the_limit(kind: str) -> None:
    process = started("--timeout", "0.5", "-e", SLOW[kind])
    out, err = process.communicate(timeout=SOON)
    assert (process.returncode, out) == (3, "")
    assert "0.5 seconds" in err
    assert SLOW[kind][:40] in err


@pytest.mark.parametrize("kind", SLOW)
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["int", "term"]
)
def test_the_process_ends_when_asked_to(kind: str, number: signal.Signals, code: int) -> None:
    process = started("--timeout", "0", "-e", SLOW[kind])
    time.sleep(1.0)
    assert process.poll() is None
    process.send_signal(number)
    out, err = process.communicate(timeout=SOON)
    assert (process.returncode, out) == (code, "")
    assert "Traceback" not in err


def test_a_stored_query_is_called_by_its_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    # However fast the machine is, this one is late.
    at_once = answers.answer
    monkeypatch.setattr(answers, "answer", lambda *given: (time.sleep(1), at_once(*given))[1])
    monkeypatch.setattr("kg.cli.answer.TIMEOUT", 0.05)
    done = run("query", "visits", "to=China")
    assert done.code == 3
    assert "where: kg query visits to=China" in done.err


def test_the_limit_is_a_minute_if_nothing_is_said(run: Run) -> None:
    assert "60" in run("query", "--help").out
    assert run("query", "--timeout", "0", "-e", "ASK {}").code == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ASK { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }", "100 brackets"),
        ("ASK " + "{" * 100_000 + "}" * 100_000, "100 brackets"),
        ("ASK { " + "FILTER EXISTS {" * 2000 + "}" * 2001, "100 brackets"),
        ("ASK { FILTER(" + "!" * 100_000 + "true) }", "1,000 operators"),
        ("ASK { FILTER(" + "1 + " * 20_000 + "1) }", "1,000 operators"),
        ("ASK { " + "{} UNION " * 20_000 + "{} }", "1,000 operators"),
        ("ASK { " + "MINUS { ?a ?b ?c } " * 20_000 + "}", "1,000 operators"),
        ("ASK { ?a ?b '" + "x" * 1_000_000 + "' }", "1,000,000 characters"),
    ],
    ids=range(8),
)
def test_texts_that_broke_the_engine_are_refused(text: str, says: str) -> None:
    """In a process of their own, which the engine used to end with a signal."""
    Path("a.rq").write_text(text)
    process = started("-f", "a.rq")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert says in err


def test_long_lists_and_long_words_are_no_nesting(run: Run) -> None:
    values = " ".join(f"(<urn:a/b/c#{i}> '((((!!!!{{')" for i in range(3000))
    done = run("query", "-F", "csv", "-e", f"SELECT (COUNT(*) AS ?n) {{ VALUES (?a ?b) {{ {values} }} }}")
    assert (done.code, done.out.split()) == (0, ["n", "3000"])


def test_an_answer_beyond_memory_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.stores.answers.MAX_VALUES", 30)
    assert run("query", "-e", "SELECT * { ?s ?p ?o } LIMIT 10").code == 0
    assert run("query", "-e", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 10").code == 0
    for query in ("SELECT * { ?s ?p ?o } LIMIT 11", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 11"):
        done = run("query", "-e", query)
        assert done.code == 3
        assert "more than 30 values" in done.err


STEERS = "SELECT ('a\\u001b[2J\\u202eb\\rc\\u009bd' AS ?x) {}"


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "xml", "markdown"])
def test_a_terminal_is_not_steered(format: str) -> None:
    main, other = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "kg", "query", "-F", format, "-e", STEERS]
    subprocess.run(command, env=env, stdout=other, stderr=subprocess.DEVNULL, check=True)
    os.close(other)
    shown = os.read(main, 65_536).decode()
    os.close(main)
    assert "x" in shown
    assert not {"\x1b", "\u202e", "\x9b"} & set(shown)
    assert "\rc" not in shown


def test_other_programs_get_every_character(run: Run) -> None:
    assert "a\x1b[2J\u202eb" in run("query", "-F", "csv", "-e", STEERS).out
