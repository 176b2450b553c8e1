"""What a target is: a folder, an address, or a name of kg.toml."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg import KnowledgeGraph, knowledge_graph
from kg.cli.main import main
from kg.errors import InputError, StoreError
from kg.stores.endpoint.address import Address


class Opened(Exception):  # noqa: N818 - instead of a store
    """An endpoint was to be opened."""

    def __init__(self, address: Address, writable: bool) -> None:
        super().__init__(address.name)
        self.address = address
        self.writable = writable


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a kg.toml that names "team"; endpoints are not opened but raised."""
    monkeypatch.chdir(tmp_path)
    for name in ("KG_STORE", "KG_CONFIG", "KG_TOKEN", "KG_PASSWORD", "KG_USER"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "kg.toml").write_text('[stores.team]\nquery = "http://kg.example.org/visits/sparql"\n')

    def endpoint(address: Address, *, writable: bool) -> None:
        raise Opened(address, writable)

    monkeypatch.setattr(knowledge_graph, "_endpoint", endpoint)
    return tmp_path


@pytest.mark.parametrize(
    "target", ["team", "http://kg.example.org/visits/sparql", "HTTP://kg.example.org/visits/sparql"]
)
@pytest.mark.parametrize("writable", [False, True])
@pytest.mark.usefixtures("here")
def test_an_endpoint(target: str, writable: bool) -> None:
    with pytest.raises(Opened) as raised:
        KnowledgeGraph.open(target, writable=writable)
    assert raised.value.writable is writable
    assert raised.value.address.query.lower() == "http://kg.example.org/visits/sparql"
    assert raised.value.address.update.lower() == "http://kg.example.org/visits/update"
    assert (raised.value.address.name == "team") is (target == "team")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("make", [KnowledgeGraph.open, KnowledgeGraph.init])
def test_another_address_for_updates(make: Callable[..., object]) -> None:
    with pytest.raises(Opened) as raised:
        make("team", update_endpoint="http://other.example.org/up")
    assert raised.value.address.update == "http://other.example.org/up"


@pytest.mark.usefixtures("here")
def test_the_environment_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", "team")
    with pytest.raises(Opened, match="team"):
        KnowledgeGraph.open()


def test_a_folder_of_that_name_wins(here: Path) -> None:
    with KnowledgeGraph.init(here / "team", empty=True):
        pass
    with KnowledgeGraph.open("team") as graph:
        assert graph.store.target == "team"


def test_folders_are_as_before(here: Path) -> None:
    for target in (None, ".kg", "other", here / "team2", "sub/team"):
        with KnowledgeGraph.open(target) as graph:
            assert not graph.store.writable
    with pytest.raises(InputError, match="the store is a folder"):
        KnowledgeGraph.open("other", update_endpoint="http://h/update")
    assert sorted(path.name for path in here.iterdir()) == ["kg.toml"]


def test_a_backup_is_not_restored_into_an_endpoint(here: Path) -> None:
    with pytest.raises(StoreError, match="into a folder, and not into a SPARQL endpoint"):
        KnowledgeGraph.restore(here / "backup", "team")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--store", "http://ada:hush@h/query", "info"], 2, "the address holds a user or password"),
        (["--update-endpoint", "http://h/update", "info"], 2, "the store is a folder"),
        (["--store", "team", "--update-endpoint", "nowhere", "undo"], 2, "the address is not http or https"),
        (["--store", "team", "--update-endpoint", "nowhere", "init"], 2, "the address is not http or https"),
        (
            ["--store", "team", "--update-endpoint", "nowhere", "retract", "x"],
            2,
            "the address is not http or https",
        ),
        (
            ["--store", "team", "--update-endpoint", "nowhere", "query", "visits"],
            2,
            "the address is not http or https",
        ),
    ],
)
@pytest.mark.usefixtures("here")
def test_on_the_command_line(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert said in err
    assert "hush" not in err
    assert "Traceback" not in err
    assert out == ""


@pytest.mark.usefixtures("here")
def test_help_says_what_a_target_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "its http(s) address, or its name in kg.toml (where no folder is called so)" in text
    assert "--update-endpoint URL" in text
