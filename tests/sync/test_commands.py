"""kg push, kg pull and kg diff, as a shell sees them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad

from kg.bundled import bundled_quads
from kg.cli.main import main
from kg.namespaces import REFERENCE_GRAPH, iri
from kg.resolution import resolve
from kg.stores.oxigraph import OxigraphStore

ADDITION = '<https://w3id.org/summitry/id/state/CN> <http://www.w3.org/2000/01/rdf-schema#label> "%s"@zz .'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the bundled articles, and of the reference facts those about a few things."""
    folder = tmp_path_factory.mktemp("made")
    named = [quad for quad in bundled_quads() if quad.graph_name != DefaultGraph()]
    articles = [quad for quad in named if quad.graph_name != REFERENCE_GRAPH]
    spoken_of = {term for quad in articles for term in (quad.subject, quad.object)} | {iri("state", "CN")}
    kept = articles + [
        quad for quad in named if quad.graph_name == REFERENCE_GRAPH and quad.subject in spoken_of
    ]
    view = [Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in resolve(kept)]
    OxigraphStore.create(folder / "store", [*kept, *view]).close()
    OxigraphStore.create(folder / "few", view[:3]).close()
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KG_STORE", "KG_USER", "KG_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made / "store", "mine")
    shutil.copytree(made / "few", "few")
    Path("more.ttl").write_text(ADDITION % "Zhongguo")
    Path("other.ttl").write_text(ADDITION % "Cathay")
    return Path("mine")


def test_there_and_back(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", "mine", "push", "theirs", "--by", "Ann"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "new graphs" in told.err
    assert "checked graph by graph" in told.err
    assert main(["diff", "mine", "theirs"]) == 0
    assert capsys.readouterr() == ("", "they are equal\n")
    assert main(["--store", "mine", "push", "theirs"]) == 0
    assert "nothing to do" in capsys.readouterr().err

    assert main(["--store", "theirs", "add", "more.ttl"]) == 0
    assert main(["--store", "mine", "push", "theirs"]) == 1
    told = capsys.readouterr()
    assert "it holds what mine never did: 2 graphs would be dropped and 0 overwritten" in told.err
    assert "kg pull first, or overwrite it with --force" in told.err
    assert main(["--store", "mine", "pull", "theirs"]) == 0
    assert "2 new, 1 changed graphs" in capsys.readouterr().err
    assert main(["diff", "mine", "theirs"]) == 0
    assert main(["--store", "mine", "log"]) == 0
    assert capsys.readouterr().out.endswith("pull\n")
    assert main(["--store", "mine", "undo"]) == 0
    assert main(["--store", "mine", "push", "theirs", "--force"]) == 0
    assert "1 changed, 2 dropped graphs" in capsys.readouterr().err
    assert main(["diff", "mine", "theirs"]) == 0


def test_a_folder_that_is_not_there_is_filled(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", "new", "pull", "mine"]) == 0
    assert main(["diff", "new", "mine"]) == 0
    assert main(["--store", "mine", "add", "more.ttl"]) == 0
    assert main(["--store", "new", "add", "other.ttl"]) == 0
    capsys.readouterr()
    assert main(["--store", "new", "pull", "mine"]) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert main(["--store", "new", "pull", "mine", "--force"]) == 0
    assert main(["diff", "new", "mine"]) == 0


@pytest.mark.parametrize(
    "arguments", [["push", "file.txt"], ["--store", "none", "pull", "nowhere"], ["diff", "mine", "nowhere"]]
)
def test_what_is_no_store(store: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("file.txt").write_text("no store")
    assert main(["--store", "mine", *arguments] if arguments[0] != "--store" else arguments) == 3
    assert "Traceback" not in capsys.readouterr().err
    assert not Path("none").exists()
    assert not Path("nowhere").exists()


def test_diff_in_words_and_as_json(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", "mine", "export", "-F", "trig", "-o", "before.trig"]) == 0
    assert main(["--store", "mine", "add", "more.ttl"]) == 0
    capsys.readouterr()
    assert main(["diff", "before.trig", "mine"]) == 1
    out, err = capsys.readouterr()
    assert "Note: before.trig holds no reference graph" in err
    assert out.splitlines()[:2] == ["A: before.trig", "B: mine"]
    assert "additions: 1 only in B" in out
    assert 'China  state:CN\n      rdfs:label  A: -  B: "Zhongguo"@zz' in out
    assert main(["diff", "before.trig", "mine", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["equal"], found["additions"][0]["place"], len(found["view"])) == (False, "second", 1)


def test_much_is_summarised(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "mine", "few"]) == 1
    short = capsys.readouterr().out
    assert "claims: 19 only in A" in short
    assert "more (--all shows them)" in short
    assert "only in A  claim:2024-05-16-menafn-7686305acb2c/1  " in short
    assert main(["diff", "mine", "few", "--all"]) == 1
    full = capsys.readouterr().out
    assert "more (--all" not in full
    assert len(full.splitlines()) > len(short.splitlines())


def test_a_note_in_a_store_cannot_steer_the_terminal(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("evil.ttl").write_text(ADDITION % r"a\u001b[2Jb")
    assert main(["--store", "mine", "push", "theirs"]) == 0
    assert main(["--store", "theirs", "add", "evil.ttl"]) == 0
    capsys.readouterr()
    assert main(["diff", "mine", "theirs"]) == 1
    assert "\x1b" not in capsys.readouterr().out
