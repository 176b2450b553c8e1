"""kg log, undo, backup and restore, and what is said of a commit that was interrupted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.stores import folder

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def exports(run: Run, store: Path) -> list[str]:
    # In every format it is compared where the graph is small: tests/commits.
    return [run("--store", store, "export", *how).out for how in (["-F", "nq", "--all-graphs"], ["-F", "nt"])]


def test_add_log_undo_and_undo_again(run: Run, store: Path, good: Path) -> None:
    before = exports(run, store)
    assert run("--store", store, "log").err == "no commits yet\n"
    assert run("--store", store, "add", "--by", "Ann", good).code == 0
    after = exports(run, store)
    done = run("--store", store, "undo")
    assert (done.code, done.out) == (0, "")
    assert "took back commit 1: add good.ttl" in done.err
    assert exports(run, store) == before
    assert run("--store", store, "undo", "--by", "Bob").code == 0
    assert exports(run, store) == after
    lines = run("--store", store, "log").out.splitlines()
    assert re.fullmatch(
        r" +3  20\d\d-\d\d-\d\d \d\d:\d\d:\d\dZ  \+\d+ -0  undo 2 \(undo 1\)  by Bob", lines[0]
    )
    assert re.search(r"\+\d+ -0  add good.ttl  by Ann$", lines[-1])
    told = json.loads(run("--store", store, "log", "-n", "2", "--format", "json").out)
    assert [commit["number"] for commit in told] == [3, 2]
    assert told[1]["deleted"] == told[0]["inserted"] > 5


def test_who_it_was_can_come_from_the_environment(
    run: Run, store: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_USER", "Ann\x1b[31m")
    run("--store", store, "add", good)
    name = json.loads(run("--store", store, "log", "-F", "json").out)[0]["things"][0]
    run("--store", store, "retract", name)
    out = run("--store", store, "log").out
    assert out.count("by Ann[31m") == 2
    assert f"retract {name.partition('/id/')[2]}" in out


def test_nothing_to_undo(run: Run, store: Path) -> None:
    for target in (store, Path("none")):
        done = run("--store", target, "undo")
        assert done.code == 2
        assert "no commit to take back" in done.err
    assert not Path("none").exists()


def test_a_commit_that_was_interrupted_is_told_once(run: Run, store: Path, good: Path) -> None:
    run("--store", store, "add", good)
    for head, told in ((0, "commit 1 was interrupted"), (1, "nothing of it is in the store")):
        for command in (["query", "visits"], ["info"], ["query", "-e", "ASK {}"]):
            folder.begin(store, head)
            done = run("--store", store, *command)
            assert done.code == 0
            assert told in done.err
            assert run("--store", store, *command).err == ""


def test_the_short_way_tells_too(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    folder.begin(store, 0)
    assert "Note: a commit was interrupted" in run("query", "visits").err
    assert run("query", "visits").err == ""


def test_backup_and_restore(run: Run, store: Path, good: Path) -> None:
    run("--store", store, "add", good)
    done = run("--store", store, "backup", "copy")
    assert done.code == 0, done.err
    assert "commit 1" in done.err
    done = run("--store", "new", "restore", "copy")
    assert done.code == 0, done.err
    assert "every file as it was backed up" in done.err
    assert exports(run, Path("new")) == exports(run, store)
    again = run("--store", "new", "restore", "copy")
    assert again.code == 3
    assert "never replaces" in again.err
    assert run("--store", store, "backup", "copy").code == 2
    assert run("--store", "other", "restore", good.parent).code == 3
    assert run("--store", "none", "backup", "bundled").code == 3
    assert sorted(p.name for p in Path.cwd().iterdir()) == ["copy", "new"]
