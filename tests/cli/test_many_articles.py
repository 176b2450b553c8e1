"""Many articles: read by several processes, each once, whole or not at all, and gone on with after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.cli.progress import Progress, line
from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import LOG_GRAPH, SMT

pytest.importorskip("spacy", reason="needs the extra nlp")

if TYPE_CHECKING:
    from tests.cli.conftest import Run

PLACES = (("Kenya", "Kenyan", "William Ruto"), ("Zambia", "Zambian", "Hakainde Hichilema"))


def write(folder: Path, number: int) -> Path:
    """A folder of articles that all differ, each with two visits."""
    folder.mkdir()
    for at in range(number):
        _, adjective, name = PLACES[at % 2]
        text = (
            f"---\npublisher: Lake Courier\ndate: 2024-05-{at + 1:02}\n---\n\n"
            f"{adjective} President {name} will visit Japan on June {at + 1}. "
            f"He arrived in Paris, France on May {at + 1}.\n"
        )
        (folder / f"{at:02}.md").write_text(text)
    return folder


def facts(store: Path) -> set[str]:
    """What a store holds but for when it came in, and in which commits."""
    with KnowledgeGraph.open(store) as graph:
        quads = [q for q in graph.store.quads() if q.graph_name != LOG_GRAPH]
        return {str(q) for q in quads if q.predicate != SMT.ingestedOn}


def test_two_processes_write_what_one_writes(run: Run) -> None:
    folder = write(Path("news"), 5)
    for jobs in ("1", "2"):
        outcome = run("--store", f"store{jobs}", "ingest", "--jobs", jobs, folder)
        assert outcome.code == 0
        assert "5 added" in outcome.err
    assert facts(Path("store1")) == facts(Path("store2"))


def test_articles_come_in_in_their_order(run: Run) -> None:
    outcome = run("ingest", "-j", "2", write(Path("news"), 4))
    days = [text.split()[1][:10] for text in outcome.err.splitlines() if text.startswith("added")]
    assert days == ["2024-05-01", "2024-05-02", "2024-05-03", "2024-05-04"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_text_that_comes_twice_is_read_once(run: Run, jobs: str) -> None:
    folder = write(Path("news"), 3)
    (folder / "zz.md").write_bytes((folder / "00.md").read_bytes())
    assert "3 added, 1 known" in run("ingest", "--jobs", jobs, folder).err
    assert "4 known" in run("ingest", "--jobs", jobs, folder).err


def test_a_known_text_is_told_by_the_name_that_the_graph_has_for_it(run: Run) -> None:
    Path("a.md").write_bytes(b"---\npublisher: Lake Courier\ndate: 2031-03-11\n---\nTwo presidents met.\n")
    Path("b.md").write_bytes(b"---\npublisher: Hill Post\ndate: 2031-03-12\n---\nTwo presidents met.\n")
    assert "added     2031-03-11-lake-courier-" in run("ingest", "a.md").err
    told = run("ingest", "b.md").err
    assert told.startswith("known     2031-03-11-lake-courier-")
    assert "here as 2031-03-12-hill-post-" in told


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_cannot_be_read_is_listed_at_the_end(run: Run, jobs: str) -> None:
    folder = write(Path("news"), 2)
    (folder / "01a.md").write_bytes(b"")
    outcome = run("ingest", "--jobs", jobs, folder, "missing.txt")
    assert outcome.code == 1
    end = outcome.err.splitlines()[-3:]
    assert end[0] == "2 added, 2 not read"
    assert "01a.md" in end[1]
    assert end[2] == "  missing.txt: no such file"


def test_where_nothing_can_be_read_no_store_is_made(run: Run) -> None:
    assert run("ingest", "-j", "2", "missing.txt", "other.txt").code == 2
    assert not Path(".kg").exists()


def test_a_refused_article_does_not_take_its_batch_along(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.operations import ingest

    true_commit = ingest.commit

    def commit(store: object, insert: list[object], *rest: object, **options: object) -> object:
        if any("2024-05-04" in str(quad) and "#sha256" in str(quad) for quad in insert):
            from kg.errors import ValidationError
            from kg.validation.report import Report

            raise ValidationError("refused", report=Report.of([]))
        return true_commit(store, insert, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(ingest, "commit", commit)
    outcome = run("ingest", write(Path("news"), 6))
    assert outcome.code == 1
    assert "5 added, 1 rejected" in outcome.err
    assert "03.md: breaks the rules" in outcome.err.splitlines()[-1]


def test_a_run_that_was_killed_goes_on_where_it_stopped(run: Run) -> None:
    folder = write(Path("news"), 24)
    command = [sys.executable, "-m", "kg", "--store", "killed", "ingest", "--jobs", "2", str(folder)]
    root = Path(__file__).parents[2]
    running = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert running.stderr is not None
    for text in running.stderr:
        if text.startswith(b"added"):
            break
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    outcome = run("--store", "killed", "ingest", "--jobs", "2", folder)
    assert outcome.code == 0
    assert "known" in outcome.err
    run("--store", "whole", "ingest", folder)
    assert facts(Path("killed")) == facts(Path("whole"))


def test_a_run_that_is_asked_to_end_says_what_came_in(run: Run) -> None:
    folder = write(Path("news"), 24)
    command = [sys.executable, "-m", "kg", "--store", "ended", "ingest", "--jobs", "2", str(folder)]
    root = Path(__file__).parents[2]
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, start_new_session=True, env={**os.environ, "PYTHONPATH": str(root)}
    )
    assert running.stderr is not None
    assert any(text.startswith(b"added") for text in running.stderr), "nothing came in"
    running.terminate()
    _, told = running.communicate(timeout=60)
    assert running.returncode == 143
    assert b"Error: terminated" in told
    assert b"the same command goes on from there" in told
    assert b"leaked" not in told
    assert run("--store", "ended", "ingest", folder).code == 0


def test_workers_do_not_outlive_a_killed_parent() -> None:
    folder = write(Path("news"), 24)
    command = [sys.executable, "-m", "kg", "ingest", "--jobs", "2", str(folder)]
    root = Path(__file__).parents[2]
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, start_new_session=True, env={**os.environ, "PYTHONPATH": str(root)}
    )
    assert running.stderr is not None
    assert any(text.startswith(b"added") for text in running.stderr), "nothing came in"
    running.kill()
    # Standard error is inherited: it ends when the last worker has.
    for _ in range(600):
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            break
        running.poll()
        time.sleep(0.1)
    else:
        pytest.fail("a worker is still there a minute after its parent")
    running.communicate()


@pytest.mark.parametrize(
    ("done", "total", "seconds", "expected"),
    [
        (1, 2, 60.0, "[############............] 1/2  1/min  60 s left"),
        (200, 200, 10.0, "[########################] 200/200  20.0/s"),
        (10, 10_000, 10.0, "[........................] 10/10,000  1.0/s  2 h 46 min left"),
        (0, None, 0.0, "0"),
    ],
)
def test_the_line_of_progress(done: int, total: int | None, seconds: float, expected: str) -> None:
    assert line(done, total, seconds) == expected


def test_progress_shows_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for terminal in (False, True):
        monkeypatch.setattr("sys.stderr.isatty", lambda terminal=terminal: terminal)
        with Progress(lambda: 3) as progress:
            progress.step()
            with progress.hidden():
                pass
        assert ("1/3" in capsys.readouterr().err) is terminal
