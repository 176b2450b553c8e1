"""Store folders with files damaged, exchanged or gone: an answer, or an error that says so; in a process of its own."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.knowledge_graph import KnowledgeGraph
from tests.fuzz.conftest import PROFILE

CHANGES = ["delete", "cut", "flip", "zero", "garbage", "folder", "link", "pipe"]
NUMBER = PROFILE.max_examples // 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("folders") / "store"
    KnowledgeGraph.init(path, empty=True).close()
    return path


def damage(path: Path, change: str, rng: random.Random) -> None:
    data = bytearray(path.read_bytes())
    path.unlink()
    if change == "cut":
        path.write_bytes(data[: rng.randint(0, len(data))])
    elif change == "flip":
        for _ in range(20 if data else 0):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
    elif change == "zero":
        path.write_bytes(bytes(len(data)))
    elif change == "garbage":
        path.write_bytes(rng.randbytes(200))
    elif change == "folder":
        path.mkdir()
    elif change == "link":
        path.symlink_to("/etc/passwd")
    elif change == "pipe":
        os.mkfifo(path)


@pytest.mark.parametrize("seed", range(NUMBER))
def test_damaged_folders(made: Path, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    store = shutil.copytree(made, tmp_path / "store")
    files = [path for path in sorted(store.rglob("*")) if path.is_file()]
    done = [(path, rng.choice(CHANGES)) for path in rng.sample(files, 2)]
    for path, change in done:
        damage(path, change, rng)
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    for verb in (["query", "--timeout", "5", "visits"], ["add", str(tmp_path / "a.ttl")]):
        found = subprocess.run(
            [sys.executable, "-m", "kg", "--store", str(store), *verb],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60,
            check=False,
        )
        assert found.returncode in (0, 3), (done, verb, found.stderr)
        assert "Traceback" not in found.stderr, done
        assert "should not" not in found.stderr, (done, found.stderr)
        if found.returncode:
            assert found.stderr.startswith("Error: "), (done, found.stderr)
