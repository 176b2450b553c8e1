"""Where credentials come from, and that they go nowhere else."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.stores.endpoint.address import address_of
from kg.stores.endpoint.credentials import Credentials, credentials_for


def told(found: Credentials) -> tuple[str | None, str | None, str | None]:
    return found.user, found.password(), found.token()


def netrc(path: Path, text: str, mode: int = 0o600) -> None:
    path.write_text(text)
    path.chmod(mode)


def test_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not credentials_for(None, "h")
    monkeypatch.setenv("KG_USER", "ada")
    assert not credentials_for(None, "h")  # KG_USER alone is who commits
    monkeypatch.setenv("KG_PASSWORD", "p")
    assert told(credentials_for(None, "h")) == ("ada", "p", None)
    monkeypatch.setenv("KG_TOKEN", "t")
    assert told(credentials_for(None, "h")) == ("ada", None, "t")


def test_a_store_with_a_name_has_variables_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_USER", "ada")
    monkeypatch.setenv("KG_PASSWORD", "general")
    assert told(credentials_for("our-team", "h")) == ("ada", "general", None)
    assert told(credentials_for("our-team", "h", user="eve")) == ("eve", "general", None)
    monkeypatch.setenv("KG_OUR_TEAM_PASSWORD", "own")
    assert told(credentials_for("our-team", "h")) == ("ada", "own", None)
    assert told(credentials_for("our-team", "h", user="eve")) == ("eve", "own", None)
    monkeypatch.setenv("KG_OUR_TEAM_USER", "bob")
    assert told(credentials_for("our-team", "h", user="eve")) == ("bob", "own", None)
    monkeypatch.setenv("KG_OUR_TEAM_TOKEN", "t")
    assert told(credentials_for("our-team", "h")) == ("bob", None, "t")
    assert told(credentials_for("other", "h")) == ("ada", "general", None)


def test_a_password_without_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_PASSWORD", "hush")
    with pytest.raises(InputError, match="KG_PASSWORD is set, but no user") as raised:
        credentials_for(None, "h")
    assert "hush" not in str(raised.value)


@pytest.mark.parametrize("name", ["KG_PASSWORD", "KG_TOKEN", "KG_USER"])
def test_a_line_end_would_be_a_header_of_its_own(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_USER", "ada")
    monkeypatch.setenv("KG_PASSWORD", "p")
    monkeypatch.setenv(name, "hush\r\nX-Other: 1")
    with pytest.raises(InputError, match=f"{name} has a line end") as raised:
        credentials_for(None, "h")
    assert "hush" not in str(raised.value)


def test_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc(tmp_path / ".netrc", "machine h login ada password p\nmachine other login eve password q\n")
    assert told(credentials_for(None, "h")) == ("ada", "p", None)
    assert told(credentials_for(None, "none")) == (None, None, None)
    assert told(credentials_for("team", "h", user="bob")) == ("bob", None, None)
    assert told(credentials_for("team", "h", user="ada")) == ("ada", "p", None)
    named = tmp_path / "elsewhere"
    netrc(named, "machine h login zoe password z\n")
    monkeypatch.setenv("NETRC", str(named))
    assert told(credentials_for(None, "h")) == ("zoe", "z", None)
    monkeypatch.setenv("KG_USER", "ada")
    monkeypatch.setenv("KG_PASSWORD", "first")
    assert told(credentials_for(None, "h")) == ("ada", "first", None)


def test_an_entry_of_netrc_is_for_its_host_alone(tmp_path: Path) -> None:
    netrc(tmp_path / ".netrc", "machine h login ada password p\nmachine updates login eve password q\n")
    made = address_of("http://h/query", update="http://updates/update")
    assert told(made.credentials.for_host("h")) == ("ada", "p", None)
    assert told(made.credentials.for_host("updates")) == ("eve", "q", None)
    assert told(made.credentials.for_host("third")) == ("ada", None, None)


@pytest.mark.parametrize(
    ("text", "mode", "message"),
    [
        ("machine h login ada password hush extra hush\n", 0o600, "the netrc file is malformed"),
        ("machine h login ada password hush\n", 0o644, "others may read the netrc file"),
    ],
)
def test_a_netrc_that_is_wrong(tmp_path: Path, text: str, mode: int, message: str) -> None:
    netrc(tmp_path / ".netrc", text, mode)
    with pytest.raises(InputError) as raised:
        credentials_for(None, "h")
    assert raised.value.what == message
    assert "hush" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_netrc_that_is_named_and_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRC", "/nowhere/netrc")
    with pytest.raises(InputError, match="NETRC names no file"):
        credentials_for(None, "h")


def test_they_are_not_shown_nor_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_USER", "ada")
    monkeypatch.setenv("KG_PASSWORD", "hush")
    made = address_of("http://h/query")
    for text in (repr(made), str(made), f"{made.credentials}", repr(made.credentials), repr(tuple(made))):
        assert "hush" not in text
        assert "ada" in text
    for keep in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not written down"):
            keep(made.credentials)
