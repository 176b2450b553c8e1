"""Stores of format 1 are read as they are, and brought to today's by the first who writes, after a backup."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import StoreFormatError, StoreLockedError
from kg.namespaces import SCHEMA
from kg.operations.undo import undo
from kg.stores import formats
from kg.stores.oxigraph import OxigraphStore
from tests.commits.story import begun, chapter, digest


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """As version 0.1 made it: the folder is the database."""
    path = tmp_path / "old"
    database = pyoxigraph.Store(str(path))
    database.extend(q for q in begun(None).quads() if q != formats.version_quad())
    database.extend([formats.version_quad(1)])
    database.flush()
    del database
    (path / "kg.lock").touch()
    return path


def triples(store: OxigraphStore) -> set[pyoxigraph.Quad]:
    """All but the number of the format."""
    return {quad for quad in store.quads() if quad.predicate != SCHEMA.schemaVersion}


def everything(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}


def test_reading_leaves_it_as_it_is(old: Path) -> None:
    before = everything(old)
    with OxigraphStore(old, writable=False) as store:
        assert triples(store) == triples(begun(None))
        assert store.notes == []
    assert everything(old) == before


def test_the_first_who_writes_migrates_it_after_a_backup(old: Path) -> None:
    with OxigraphStore(old, writable=False) as store:
        quads = set(store.quads())
    with OxigraphStore(old) as store:
        (note,) = store.notes
        next(chapter(store, 0))
        undo(store)
        assert digest(store) == digest(begun(None))
    assert sorted(p.name for p in old.iterdir()) == ["backups", "db", "kg.lock", "snapshots"]
    (backup,) = (old / "backups").iterdir()
    assert str(backup) in note
    assert set(pyoxigraph.Store.read_only(str(backup))) == quads
    with OxigraphStore(old) as store:
        assert (store.notes, store.head) == ([], 2)


@pytest.mark.parametrize("moment", ["shutil.rmtree", "pathlib.Path.rename", "kg.stores.formats.clear_old"])
def test_a_migration_that_was_interrupted_goes_on(
    old: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(moment, die)
        with pytest.raises(Killed):
            OxigraphStore(old)
    with OxigraphStore(old, writable=False) as store:
        assert triples(store) == triples(begun(None))
    with OxigraphStore(old) as store:
        assert digest(store) == digest(begun(None))
    assert sorted(p.name for p in old.iterdir()) == ["backups", "db", "kg.lock", "snapshots"]
    assert len(list((old / "backups").iterdir())) == 1


def test_an_older_version_that_writes_keeps_others_out(old: Path) -> None:
    script = "import pyoxigraph, sys; s = pyoxigraph.Store(sys.argv[1]); print('ready', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(old)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        for writable in (True, False):
            with pytest.raises(StoreLockedError):
                OxigraphStore(old, writable=writable)
        process.kill()
    OxigraphStore(old).close()


@pytest.mark.parametrize("writable", [True, False])
def test_an_old_folder_of_a_newer_format_is_refused(old: Path, writable: bool) -> None:
    database = pyoxigraph.Store(str(old))
    database.extend([formats.version_quad(formats.FORMAT_VERSION + 1)])
    database.flush()
    del database
    with pytest.raises(StoreFormatError, match="this kg reads up to") as caught:
        OxigraphStore(old, writable=writable)
    assert "upgrade" in (caught.value.hint or "")
    assert not (old / "db").exists()


def test_the_first_to_come_makes_a_snapshot_where_there_is_none(tmp_path: Path) -> None:
    from shutil import rmtree

    begun(tmp_path / "store").close()
    rmtree(tmp_path / "store" / "snapshots")
    with OxigraphStore(tmp_path / "store", writable=False) as store:
        assert digest(store) == digest(begun(None))
