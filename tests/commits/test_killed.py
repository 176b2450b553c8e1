"""A process that commits is killed at random moments: what is left is the graph before or after a commit, whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.operations.log import log
from kg.resolution import resolve
from kg.resolution.sources import DEFAULT
from kg.stores import folder
from kg.stores.oxigraph import OxigraphStore
from tests.commits.story import LENGTH, begun, chapter, digest

ROOT = Path(__file__).parents[2]
NIGHTLY = os.environ.get("SUMMITRY_NIGHTLY") == "1"
KILLS = 1000 if NIGHTLY else 200


@pytest.fixture
def nursery() -> Iterator[subprocess.Popen[str]]:
    """Where processes come from that tell the story in a store."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.commits.story"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def child_of(nursery: subprocess.Popen[str], store: Path, told: Path) -> int:
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(f"{store}\t{told}\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


def end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    while True:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.001)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_killed_at_random_moments(nursery: subprocess.Popen[str], tmp_path: Path) -> None:
    memory = begun(None)
    expected = [digest(memory)]
    while memory.head < LENGTH - 1:
        expected.extend(digest(memory) for _ in chapter(memory, memory.head))
    path = tmp_path / "store"
    begun(path).close()
    chance = random.Random(20)
    outcomes: Counter[str] = Counter()
    head = 0
    for number in range(KILLS):
        told = tmp_path / f"{number}.told"
        pid = child_of(nursery, path, told)
        if number % 3:
            time.sleep(chance.random() * 0.35)
        else:
            # The moment of the change itself is short: so wait for a commit to begin.
            deadline = time.monotonic() + 1
            while folder.under_way(path) is None and time.monotonic() < deadline:
                time.sleep(0.0002)
            time.sleep(chance.random() * 0.002)
        end(pid)
        written = told.read_text().split() if told.exists() else []
        acknowledged = int(written[-1]) if written else head
        marked = folder.under_way(path) is not None
        # A reader or a writer may be the first to come after a death.
        with OxigraphStore(path, writable=number % 2 == 0) as store:
            head = store.head
            # What was told to be done is there; what was not told may be, if it is there as a whole.
            assert acknowledged <= head <= acknowledged + 1
            assert digest(store) == expected[head % LENGTH], f"kill {number}: commit {head} is not whole"
            assert {q.triple for q in store.quads(graph=DEFAULT)} == resolve(store)
            numbers = [commit.number for commit in log(store, 20)]
            assert numbers == list(range(head, max(0, head - 20), -1))
            assert all(commit.command and commit.when for commit in log(store, 20))
            assert len(store.notes) == (1 if marked else 0)
            if marked:
                there = "already in the store" in store.notes[0]
                assert f"commit {head}" in store.notes[0]
                assert there or head == acknowledged
                outcomes["in the store" if there else "not in the store"] += 1
            else:
                outcomes["between commits"] += 1
        with OxigraphStore(path, writable=False) as store:
            assert (store.head, store.notes) == (head, []), "said once, and readers see it"
    print(f"\n{KILLS} kills, {head} commits: {dict(outcomes)}")
    assert head > KILLS / 10, "too few commits: the kills show nothing"
    assert outcomes["in the store"] + outcomes["not in the store"] > KILLS / 20
