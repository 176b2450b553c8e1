"""Ctrl-C, as a terminal sends it to a command and its processes: a short message, and nothing is left behind."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.knowledge_graph import KnowledgeGraph
from kg.resolution import resolve
from kg.resolution.sources import DEFAULT
from kg.stores.interrupts import Held
from kg.stores.oxigraph import OxigraphStore
from tests.cli.conftest import GOOD

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
ROOT = Path(__file__).parents[2]


def started(store: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "--store", store, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def in_session(number: int) -> list[int]:
    """The processes of a session that are not only waiting to be buried."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, NotADirectoryError):
            continue
        if int(fields[3]) == number and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def interrupted(process: subprocess.Popen[str], after: float) -> tuple[int, str]:
    """Exit code and standard error of a command that all of a terminal's processes were told to end."""
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    deadline = time.monotonic() + 5
    while in_session(process.pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert in_session(process.pid) == []
    return process.returncode, said


def state(store: Path) -> tuple[int, int, int]:
    with OxigraphStore(store, writable=False) as opened:
        assert opened.notes == []
        return len(opened), opened.head, hash(frozenset(opened.quads()))


def visits(path: Path, number: int) -> Path:
    head, _, body = GOOD.partition("visit:mine")
    path.write_text(head + "".join(f"visit:v{n}{body}" for n in range(number)))
    return path


def stories(path: Path, number: int) -> Path:
    lines = (
        {
            "text": f"Emmanuel Macron will visit China on January {n % 27 + 1}, 2031. It is trip {n}.",
            "publisher": "A",
        }
        for n in range(number)
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


COMMANDS = {
    "add": ["add", "large.ttl"],
    "validate": ["validate", "large.ttl"],
    "validate all": ["validate", "--all", "--jobs", "1"],
    "validate all by two": ["validate", "--all", "--jobs", "2"],
    "export": ["export", "--format", "trig", "-o", "out.trig"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_left(name: str, store: Path) -> None:
    visits(Path("large.ttl"), 3000)
    there = set(Path().iterdir())
    beside = set(store.parent.iterdir())
    before = state(store)
    chance = random.Random(name)
    for _ in range(2):
        code, said = interrupted(started(store, *COMMANDS[name]), 0.25 + chance.random() * 0.5)
        assert code == 130, said
        assert said.strip() == "Error: interrupted"
        assert set(Path().iterdir()) == there
        assert set(store.parent.iterdir()) == beside
        assert not list(store.glob("*.tmp"))
        assert state(store) == before


@pytest.mark.parametrize("verb", ["backup", "restore"])
def test_copies_are_whole_or_not_there(verb: str, store: Path) -> None:
    """Interrupted as soon as the copy has begun."""
    ballast = next((store / "snapshots").iterdir()) / "ballast"
    with ballast.open("wb") as file:
        file.truncate(200_000_000)
    if verb == "restore":
        with KnowledgeGraph.open(store) as graph:
            graph.backup("from")
    there = set(Path().iterdir())
    for _ in range(3):
        target = Path("new") if verb == "restore" else store
        process = started(target, verb, "from" if verb == "restore" else "new")
        deadline = time.monotonic() + 30
        while not list(Path().glob("new.*.tmp")) and time.monotonic() < deadline:
            time.sleep(0.001)
        code, said = interrupted(process, 0)
        assert code == 130, said
        assert said.strip() == "Error: interrupted"
        assert set(Path().iterdir()) == there


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ingest_keeps_whole_articles(jobs: str, store: Path) -> None:
    pytest.importorskip("spacy", reason="needs the extra nlp")
    stories(Path("many.jsonl"), 5000)
    for after in (0.3, 1.5, 6.0):
        code, said = interrupted(started(store, "ingest", "--jobs", jobs, "many.jsonl"), after)
        assert code == 130, said
        assert "Traceback" not in said
        with OxigraphStore(store, writable=False) as opened:
            assert opened.notes == []
            assert {quad.triple for quad in opened.quads(graph=DEFAULT)} == resolve(opened)


def test_an_interrupt_waits_for_a_change_that_is_made() -> None:
    """It is heard between two things, or when all is done; and says which."""

    def interrupt(at: int, *, late: bool) -> list[int]:
        done = []
        with Held() as interrupts:
            for number in interrupts.heard(range(3)):
                done.append(number)
                if number == at:
                    signal.raise_signal(signal.SIGINT)
            interrupts.late = late
            signal.raise_signal(signal.SIGINT)
        return done

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt) as stop:
        interrupt(1, late=False)
    assert stop.value.args == ()
    with pytest.raises(KeyboardInterrupt) as stop:
        interrupt(9, late=True)
    assert "already in the store" in str(stop.value)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_change_is_in_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store whose writer is interrupted while quads go in is as it was, and goes on."""
    from kg.namespaces import SMT
    from kg.stores import oxigraph
    from kg.stores.formats import version_quad

    quads = [oxigraph.Quad(SMT[f"a{n}"], SMT.b, SMT.c) for n in range(100)]
    with OxigraphStore.create(tmp_path / "new", [version_quad()]) as made:
        monkeypatch.setattr(
            Held, "heard", lambda self, things: (signal.raise_signal(signal.SIGINT) or q for q in things)
        )
        with pytest.raises(KeyboardInterrupt) as stop:
            made.apply(insert=quads)
        assert "already in the store" in str(stop.value)
        assert len(made) == 101
        monkeypatch.undo()
        heard = Held.heard

        def early(self: Held, things: list[oxigraph.Quad]) -> object:
            signal.raise_signal(signal.SIGINT)
            return heard(self, things)

        monkeypatch.setattr(Held, "heard", early)
        with pytest.raises(KeyboardInterrupt) as stop:
            made.apply(insert=[oxigraph.Quad(SMT.a, SMT.b, SMT.d)])
        assert stop.value.args == ()
        monkeypatch.undo()
        assert len(made) == 101
        made.apply(insert=[oxigraph.Quad(SMT.a, SMT.b, SMT.e)])
        assert len(made) == 102
    assert len(OxigraphStore(tmp_path / "new", writable=False)) == 102
