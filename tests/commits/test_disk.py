"""A disk that is full, or that lost what was written last: the graph is that from before or after, and it is said which."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.operations.log import log
from kg.stores import folder
from kg.stores.oxigraph import OxigraphStore
from tests.commits.story import begun, chapter, digest

ROOT = Path(__file__).parents[2]


def states() -> tuple[str, str]:
    """The graph before the first commit, and after it."""
    store = begun(None)
    before = digest(store)
    next(chapter(store, 0))
    return before, digest(store)


def check(path: Path, said: str) -> str:
    """What is left in a folder is whole, and what was said of it is true. Answers which it is."""
    before, after = states()
    with OxigraphStore(path) as store:
        found = digest(store)
        assert found in (before, after)
        assert [commit.number for commit in log(store)] == ([1] if found == after else [])
        notes = store.notes
    if "is as it was" in said:
        assert found == before
    if "the change is in the store" in said or not said:
        assert found == after
    for note in notes:
        assert ("nothing of it" in note) == (found == before), note
    with OxigraphStore(path, writable=False) as store:
        assert digest(store) == found
    return "after" if found == after else "before"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if not done or done.returncode:
        pytest.skip("a disk of one's own can only be made by root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    template = small_disk.parent / "template"
    begun(template).close()
    outcomes = set()
    for left in [0, 1, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128, 256, 1024]:
        path = small_disk / "store"
        shutil.copytree(template, path)
        store = OxigraphStore(path)
        ballast = small_disk / "ballast"
        free = shutil.disk_usage(small_disk).free - left * 1024
        ballast.write_bytes(b"x" * free)
        said = ""
        try:
            next(chapter(store, 0))
        except StoreError as error:
            said = error.what
            with pytest.raises(StoreError, match="closed"):
                next(chapter(store, 1))
        store.close()
        # Whoever only reads can, even now.
        with OxigraphStore(path, writable=False) as reader:
            assert digest(reader) in states()
        ballast.unlink()
        outcomes.add((check(path, said), bool(said)))
        shutil.rmtree(path)
    assert outcomes >= {("before", True), ("after", False)}, outcomes


LIMITED = """
import resource, sys
from pathlib import Path
from kg.errors import StoreError
from kg.stores.oxigraph import OxigraphStore
from tests.commits.story import chapter
store = OxigraphStore(Path(sys.argv[1]))
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    next(chapter(store, 0))
except StoreError as error:
    print(error.what)
"""


def test_files_that_may_not_grow(tmp_path: Path) -> None:
    outcomes = set()
    for limit in (0, 10, 1000, 2000, 10_000, 1_000_000):
        path = tmp_path / str(limit)
        begun(path).close()
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, str(path), str(limit)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.stderr == "", done.stderr
        outcomes.add((check(path, done.stdout.strip()), bool(done.stdout)))
    assert outcomes >= {("before", True), ("after", False)}, outcomes
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


class PowerFailure(BaseException):
    """Ends a commit before it is on the disk."""


@pytest.mark.parametrize("marked", [True, False], ids=["note kept", "note lost"])
def test_a_lost_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marked: bool) -> None:
    """The disk may have any beginning of the engine's own log, and the note of the commit or not."""
    path, frozen = tmp_path / "store", tmp_path / "frozen"
    store = begun(path)

    def fail(self: OxigraphStore) -> None:
        shutil.copytree(path, frozen)
        raise PowerFailure

    monkeypatch.setattr(OxigraphStore, "_secure", fail)
    with pytest.raises(PowerFailure):
        next(chapter(store, 0))
    monkeypatch.undo()
    wal = max((frozen / "db").glob("*.log"), key=lambda file: file.stat().st_size)
    size = wal.stat().st_size
    assert size > 1000
    chance = random.Random(3)
    outcomes = []
    for kept in [0, 1, 7, *(chance.randrange(size) for _ in range(20)), size - 1, size]:
        copy = tmp_path / "copy"
        shutil.copytree(frozen, copy)
        os.truncate(copy / "db" / wal.name, kept)
        if not marked:
            folder.done(copy)
        outcomes.append(check(copy, "unknown"))
        shutil.rmtree(copy)
    assert outcomes[-1] == "after"
    assert set(outcomes[:-1]) == {"before"}


def test_a_database_that_lost_commits_is_made_again_from_what_readers_read(tmp_path: Path) -> None:
    path = tmp_path / "store"
    begun(path).close()
    shutil.copytree(path / "db", tmp_path / "earlier")
    with OxigraphStore(path) as store:
        next(chapter(store, 0))
        expected = digest(store)
    shutil.rmtree(path / "db")
    (tmp_path / "earlier").rename(path / "db")
    with OxigraphStore(path, writable=False) as store:
        assert digest(store) == expected
    with OxigraphStore(path) as store:
        (note,) = store.notes
        assert "lost what came after commit 0" in note
        assert (digest(store), store.head) == (expected, 1)
        next(chapter(store, 1))
    shutil.rmtree(path / "db")
    with OxigraphStore(path) as store:
        assert (store.notes, store.head) == ([], 2)
