"""A store folder that someone made: links out of it and pipes in it are refused, and what they point to is left alone."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from kg.errors import StoreFormatError
from kg.stores.oxigraph import OxigraphStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    OxigraphStore.create(path).close()
    return path


@pytest.mark.parametrize("writable", [True, False], ids=["writing", "reading"])
@pytest.mark.parametrize("name", ["kg.writer", "LOG", "kg.lock", "999999.sst"])
def test_links_are_not_followed(folder: Path, tmp_path: Path, name: str, writable: bool) -> None:
    precious = tmp_path / "precious"
    precious.write_text("do not touch")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(precious)
    with pytest.raises(StoreFormatError, match="a link") as caught:
        OxigraphStore(folder, writable=writable)
    assert name in (caught.value.where or "")
    assert precious.read_text() == "do not touch"


@pytest.mark.parametrize("kind", ["pipe", "socket", "loop", "dangling", "inner"])
def test_what_waits_or_leads_nowhere_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(folder)  # the path of a socket has to be short
    if kind == "pipe":
        os.mkfifo("000001.sst")
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("999999.log")
    elif kind == "inner":
        Path("inner").mkdir()
        Path("inner/CURRENT").symlink_to("/etc/passwd")
    else:
        Path("LOG.old").symlink_to("LOG.old" if kind == "loop" else "/nonexistent/x")
    with pytest.raises(StoreFormatError):
        OxigraphStore(folder)


def test_the_folder_itself_may_be_linked_to(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(folder)
    OxigraphStore(tmp_path / "linked").close()
