"""Folders of stores that lack files, or have them in pieces: told at once, with what to do, and never half read."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreFormatError
from kg.knowledge_graph import KnowledgeGraph
from kg.stores.oxigraph import OxigraphStore


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "store"
    KnowledgeGraph.init(path, empty=True).close()
    return path


# What is removed; and whether a writer, too, finds nothing to work with.
LOST = {
    "the mark of the snapshot": (["snapshots/*/CURRENT"], False),
    "the list of the snapshot": (["snapshots/*/MANIFEST*"], False),
    "the tables of the snapshot": (["snapshots/*/*.sst"], False),
    "both marks": (["snapshots/*/CURRENT", "db/CURRENT"], True),
    "both lists": (["snapshots/*/MANIFEST*", "db/MANIFEST*"], True),
    "all tables": (["snapshots/*/*.sst", "db/*.sst"], True),
    "everything": (["snapshots/*/*", "db/*"], True),
}


@pytest.mark.parametrize("what", LOST)
def test_what_is_lost_is_told_soon(what: str, made: Path, tmp_path: Path) -> None:
    path = shutil.copytree(made, tmp_path / "store")
    patterns, all_of_it = LOST[what]
    removed = [file.unlink() for pattern in patterns for file in path.glob(pattern)]
    assert removed
    # In a process of its own: it was an endless loop.
    done = subprocess.run(
        [sys.executable, "-m", "kg", "--store", path, "query", "visits"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done
    assert done.stderr.startswith("Error: ")
    assert "  try: " in done.stderr
    assert "Traceback" not in done.stderr
    if all_of_it:
        with pytest.raises(StoreFormatError):
            OxigraphStore(path)


def test_tables_in_pieces_are_told(made: Path, tmp_path: Path) -> None:
    path = shutil.copytree(made, tmp_path / "store")
    for file in [*path.glob("db/*.sst"), *path.glob("snapshots/*/*.sst")]:
        file.write_bytes(file.read_bytes()[:100])
    for writable in (False, True):
        with pytest.raises(StoreFormatError, match=r"damaged|no store"):
            OxigraphStore(path, writable=writable)
