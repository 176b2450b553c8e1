"""The wheel carries what the package reads: it is installed into an empty environment and used away from here."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


def test_it_holds_every_bundled_file(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern in (
        ("ontology", "**/*.ttl"),
        ("shapes", "*.ttl"),
        ("queries", "*.rq"),
        ("graph", "*.trig"),
        ("articles", "*.md"),
    ):
        files = [p.relative_to(ROOT).as_posix() for p in (ROOT / folder).glob(pattern)]
        assert files
        assert {f"kg/data/{name}" for name in files} <= held
    assert "kg/py.typed" in held


@pytest.mark.wheel
def test_it_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KG_", "VIRTUAL_ENV"))},
        "SUMMITRY_CACHE": str(tmp_path / "cache"),
    }

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            [str(c) for c in command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(scripts / "pip", "install", "--quiet", wheel)
    assert "Vladimir Putin" in run(scripts / "kg", "query", "visits")
    assert "smt:Visit" in run(scripts / "kg", "export")
    where = run(scripts / "python", "-c", "import kg; print(kg.__file__)")
    assert Path(where.strip()).is_relative_to(tmp_path)
    (tmp_path / "empty.ttl").write_text(
        "<https://w3id.org/summitry/id/visit/x> a <https://w3id.org/summitry/ontology#Visit> .",
        encoding="utf-8",
    )
    done = subprocess.run(
        [str(scripts / "kg"), "validate", "empty.ttl"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "must have a visitor" in done.stdout) == (1, True), done.stdout + done.stderr
