"""Running `kg` in this process, with what a shell would see; and a store to write to."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.cli.main import main
from kg.knowledge_graph import KnowledgeGraph


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMITRY_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to stand in, without settings of whoever runs the tests."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for name in ("KG_STORE", "KG_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call `kg` with arguments and standard input."""

    def call(*arguments: str | Path, stdin: str | bytes = b"") -> Outcome:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return call


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that no test may change."""
    path = tmp_path_factory.mktemp("made") / "store"
    KnowledgeGraph.init(path).close()
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """A store of one's own."""
    return shutil.copytree(made, tmp_path / "store")


GOOD = """\
@prefix smt: <https://w3id.org/summitry/ontology#> .
@prefix visit: <https://w3id.org/summitry/id/visit/> .
@prefix state: <https://w3id.org/summitry/id/state/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

visit:mine a smt:Visit ;
    smt:hostState state:CN ;
    smt:sendingState state:FR ;
    smt:lacks smt:visitor ;
    smt:status smt:Planned ;
    schema:startDate "2031-01-02"^^xsd:date .
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A file of triples that may join."""
    path = tmp_path / "good.ttl"
    path.write_text(GOOD)
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A file of triples that break the shapes: a visit to two states."""
    path = tmp_path / "bad.ttl"
    path.write_text(GOOD.replace("state:CN ;", "state:CN, state:FR ;"))
    return path
