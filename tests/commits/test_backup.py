"""A backup is the store, log and all; restoring compares, and replaces nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError, StoreError, StoreFormatError
from kg.knowledge_graph import KnowledgeGraph
from kg.operations.backup import backup, restore
from kg.operations.log import log
from kg.operations.undo import undo
from kg.stores.folder import MANIFEST
from kg.stores.oxigraph import OxigraphStore
from tests.commits.story import begun, chapter, digest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with two commits."""
    with begun(tmp_path / "store") as store:
        next(chapter(store, 0))
        next(chapter(store, 1))
    return tmp_path / "store"


@pytest.mark.parametrize("writable", [True, False], ids=["writing", "reading"])
def test_what_is_restored_is_what_was_backed_up(path: Path, tmp_path: Path, writable: bool) -> None:
    with OxigraphStore(path, writable=writable) as store:
        made = backup(store, tmp_path / "copy")
        assert (made.quads, made.commit) == (len(store), 2)
        quads, commits = set(store.quads()), log(store)
    with OxigraphStore(path) as store:
        undo(store)  # what happens to the store later is nothing to the backup
    found, made = restore(tmp_path / "copy", tmp_path / "new")
    with found as store:
        assert made.verified
        assert (set(store.quads()), log(store)) == (quads, commits)
        undo(store)
        assert log(store)[0].undoes == 2


def test_a_backup_beside_a_writer(path: Path, tmp_path: Path) -> None:
    with OxigraphStore(path) as writer, OxigraphStore(path, writable=False) as reader:
        next(chapter(writer, 2))
        assert backup(reader, tmp_path / "copy").commit == 2
    with OxigraphStore(tmp_path / "copy", writable=False) as store:
        assert store.head == 2, "a backup can be asked"


def test_a_backup_that_was_asked_is_as_it_was_and_nobody_writes_to_it(path: Path, tmp_path: Path) -> None:
    def files() -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in (tmp_path / "copy").rglob("*") if p.is_file()}

    with OxigraphStore(path, writable=False) as store:
        backup(store, tmp_path / "copy")
        was, digests = files(), digest(store)
    with KnowledgeGraph.open(tmp_path / "copy") as graph:
        assert graph.query("ASK { ?s a smt:Visit }", text=True)
        assert graph.validate() is not None
    with pytest.raises(StoreError, match="stays as it is") as refused:
        OxigraphStore(tmp_path / "copy")
    assert "restore" in str(refused.value)
    assert files() == was
    found, made = restore(tmp_path / "copy", tmp_path / "new")
    with found as store:
        assert (digest(store), made.verified) == (digests, True)


def test_an_embedded_backup_of_a_format_can_be_restored(path: Path, tmp_path: Path) -> None:
    snapshot = next((path / "snapshots").iterdir())
    found, made = restore(snapshot, tmp_path / "new")
    with found as store, OxigraphStore(path, writable=False) as before:
        assert digest(store) == digest(before)
        assert not made.verified


def test_a_store_is_as_good_as_a_backup(path: Path, tmp_path: Path) -> None:
    found, made = restore(path, tmp_path / "new")
    with found as store:
        assert (store.head, made.verified) == (2, False)


def damage_file(folder: Path) -> None:
    file = max(folder.rglob("*.sst"), key=lambda p: p.stat().st_size)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def lose_file(folder: Path) -> None:
    next(folder.rglob("*.sst")).unlink()


def damage_list(folder: Path) -> None:
    (folder / MANIFEST).write_text("{")


def change_count(folder: Path) -> None:
    text = (folder / MANIFEST).read_text()
    (folder / MANIFEST).write_text(text.replace('"commit": 2', '"commit": 3'))


@pytest.mark.parametrize("damage", [damage_file, lose_file, damage_list, change_count])
def test_what_is_damaged_is_not_restored(path: Path, tmp_path: Path, damage: object) -> None:
    with OxigraphStore(path, writable=False) as store:
        backup(store, tmp_path / "copy")
    damage(tmp_path / "copy")  # type: ignore[operator]
    with pytest.raises(StoreFormatError, match="damaged"):
        restore(tmp_path / "copy", tmp_path / "new")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy", "store"]


def test_nothing_is_replaced(path: Path, tmp_path: Path) -> None:
    with OxigraphStore(path, writable=False) as store:
        backup(store, tmp_path / "copy")
        with pytest.raises(InputError, match="something already"):
            backup(store, tmp_path / "copy")
    with pytest.raises(StoreFormatError, match="never replaces"):
        restore(tmp_path / "copy", path)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("hello")
    with pytest.raises(StoreFormatError, match="something else"):
        restore(tmp_path / "copy", tmp_path / "letters")
    with pytest.raises(StoreFormatError, match="no backup"):
        restore(tmp_path / "letters", tmp_path / "new")
    with pytest.raises(StoreError, match="no store to back up"):
        backup(begun(None), tmp_path / "memory")
    with (
        pytest.raises(StoreError, match="no store to back up"),
        KnowledgeGraph.open(tmp_path / "none") as graph,
    ):
        graph.backup(tmp_path / "bundled")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy", "letters", "store"]
