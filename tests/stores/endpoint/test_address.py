"""Addresses: what is derived from a URL, what kg.toml says, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.stores.endpoint.address import address_of, endpoint_of, guesses

TEAM = '[stores.team]\nquery = "https://kg.example.org/sparql"\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder two levels under the home folder, where the test runs."""
    folder = tmp_path / "work" / "deep"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    ("query", "update", "graphs"),
    [
        ("http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        ("http://h:8890/sparql", "http://h:8890/sparql", "http://h:8890/sparql-graph-crud"),
        (
            "http://h/virtuoso/sparql-auth",
            "http://h/virtuoso/sparql-auth",
            "http://h/virtuoso/sparql-graph-crud-auth",
        ),
        ("http://h:3030/ds/sparql", "http://h:3030/ds/update", "http://h:3030/ds/data"),
        ("http://h:3030/ds/query", "http://h:3030/ds/update", "http://h:3030/ds/data"),
        (
            "https://h/repositories/visits",
            "https://h/repositories/visits/statements",
            "https://h/repositories/visits/rdf-graphs/service",
        ),
        ("https://h/anything?key=1", "https://h/anything?key=1", None),
    ],
)
def test_guesses(query: str, update: str, graphs: str | None) -> None:
    assert guesses(query) == (update, graphs)
    made = address_of(query)
    assert (made.update, made.graph_store) == (update, graphs)
    assert made.guessed == ({"update", "graph-store"} if graphs else {"update"})


def test_an_update_address_that_is_given_is_no_guess() -> None:
    made = address_of("http://h/query", update="http://other/updates")
    assert (made.update, made.guessed) == ("http://other/updates", {"graph-store"})


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://ada:secret@example.org/sparql", "the address holds a user or password"),
        ("http://secret@example.org/sparql", "the address holds a user or password"),
        ("http:///sparql", "the address has no host"),
        ("http://example.org:secret/sparql", "the address cannot be read"),
        ("http://[secret/", "the address cannot be read"),
        ("http://example.org:0/", "the address has no host"),
        ("http://exa mple.org/", "the address has no host"),
        ("http://" + "ä" * 70 + ".org/", "the host of the address cannot be read"),
    ],
)
def test_refused(url: str, message: str) -> None:
    for refused in (lambda: address_of(url), lambda: address_of("http://h/query", update=url)):
        with pytest.raises(InputError) as raised:
            refused()
        assert raised.value.what == message
        if "@" in url:
            assert "secret" not in str(raised.value)


@pytest.mark.parametrize("target", ["localhost:7878", "localhost:7878/query", "kg.example.org:80/a/sparql"])
def test_a_forgotten_http_makes_no_folder(target: str, here: Path) -> None:
    with pytest.raises(InputError, match="an address begins with http"):
        endpoint_of(target)
    assert endpoint_of(f"./{target}") is None
    (here / target).mkdir(parents=True)
    assert endpoint_of(target) is None


def test_no_address_at_all() -> None:
    with pytest.raises(InputError, match="not http or https"):
        address_of("http://h/query", update="ftp://h/update")


def test_letters_of_any_language() -> None:
    made = address_of("https://bücher.example/straße?graph=ü")
    assert made.query == "https://xn--bcher-kva.example/stra%C3%9Fe?graph=%C3%BC"


def test_a_key_in_the_address_is_not_shown() -> None:
    assert address_of("https://h/sparql?api_key=secret").name == "https://h/sparql"


def test_a_name_in_the_folder_above(here: Path) -> None:
    (here.parent / "kg.toml").write_text(
        TEAM
        + 'update = "https://kg.example.org/up"\ngraph-store = "https://kg.example.org/data"\ntimeout = 7\nuser = "ada"\n'
    )
    made = address_of("team")
    assert endpoint_of("team") is not None
    assert made.name == "team"
    assert made.query == "https://kg.example.org/sparql"
    assert made.update == "https://kg.example.org/up"
    assert made.graph_store == "https://kg.example.org/data"
    assert (made.timeout, made.user, made.guessed) == (7, "ada", frozenset())


def test_the_nearest_file_counts_and_none_above_home(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kg.toml").write_text(TEAM)
    assert endpoint_of("team") is not None
    (here / "kg.toml").write_text("")
    assert endpoint_of("team") is None
    (here / "kg.toml").unlink()
    monkeypatch.setenv("HOME", str(here))
    assert endpoint_of("team") is None


def test_a_folder_of_that_name_wins(here: Path) -> None:
    (here / "kg.toml").write_text(TEAM)
    assert endpoint_of("team") is not None
    assert endpoint_of("./team") is None
    (here / "team").mkdir()
    assert endpoint_of("team") is None


def test_the_file_that_the_environment_names(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.toml"
    other.write_text(TEAM)
    monkeypatch.setenv("KG_CONFIG", str(other))
    assert address_of("team").query == "https://kg.example.org/sparql"
    monkeypatch.setenv("KG_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(InputError, match="KG_CONFIG names no file"):
        address_of("team")


@pytest.mark.parametrize(
    ("text", "message", "where"),
    [
        (TEAM + 'updates = "x"', 'unknown key "updates"', "[stores.team]"),
        (
            TEAM + 'password = "hush"',
            '"password" does not belong into kg.toml, which others may read',
            "[stores.team]",
        ),
        (
            TEAM + 'api-token = "hush"',
            '"api-token" does not belong into kg.toml, which others may read',
            "[stores.team]",
        ),
        (TEAM + "timeout = true", '"timeout" must be a number of seconds', "[stores.team]"),
        (TEAM + "timeout = -1", '"timeout" must be a number of seconds above 0', "[stores.team]"),
        (TEAM + "timeout = nan", '"timeout" must be a number of seconds above 0', "[stores.team]"),
        (TEAM + "user = 7", '"user" must be a text', "[stores.team]"),
        ("[stores.team]\nuser = 'ada'", 'the key "query" is missing', "[stores.team]"),
        ("[stores]\nteam = 'x'", "stores.team is no table", "kg.toml"),
        ("stores = 7", "stores is no table", "kg.toml"),
        ('[stores.team]\npassword = "hush\n', "kg.toml is no TOML: line 2, column 17", "kg.toml"),
        (
            '[stores.team]\nquery = "https://ada:hush@h/"',
            "the address holds a user or password",
            "[stores.team]",
        ),
    ],
)
def test_what_is_wrong_in_the_file(here: Path, text: str, message: str, where: str) -> None:
    (here / "kg.toml").write_text(text)
    with pytest.raises(InputError) as raised:
        address_of("team")
    assert raised.value.what == message
    assert where in (raised.value.where or "")
    assert "kg.toml" in (raised.value.where or "")
    assert "hush" not in str(raised.value)


def test_an_unknown_name(here: Path) -> None:
    with pytest.raises(InputError, match="no address, and there is no"):
        address_of("team")
    (here / "kg.toml").write_text(TEAM)
    with pytest.raises(InputError, match='there is no store named "other"'):
        address_of("other")
    assert endpoint_of("other") is None


def test_a_file_of_another_user_is_not_trusted(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = here / "kg.toml"
    file.write_text(TEAM)
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
    if file.stat().st_uid == 0:  # what belongs to root is trusted
        os.chown(file, 12345, -1)
    with pytest.raises(InputError, match="belongs to another user"):
        address_of("team")
    monkeypatch.setenv("KG_CONFIG", str(file))
    assert address_of("team").name == "team"
