"""A copy of a store in a folder of its own, and a store from such a copy.

A copy of the database and no text: it has the log too, takes as long as copying files does, and can be asked like
a store, but not written to. A list of its files with their checksums says on restoring whether all of it is still there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree
from typing import NamedTuple

from kg import __version__
from kg.errors import InputError, StoreError, StoreFormatError
from kg.stores.folder import BACKUPS, DATABASE, MANIFEST, is_old, is_store, next_snapshot, size, snapshots
from kg.stores.oxigraph import FORMAT_VERSION, OxigraphStore


class BackedUp(NamedTuple):
    """A backup that was made or restored: where it is, how many quads it has, its last commit, its bytes."""

    folder: Path
    quads: int
    commit: int
    bytes: int
    verified: bool = True


def backup(store: OxigraphStore, target: Path) -> BackedUp:
    """Copy a store as it is now into a new or empty folder, whole or not at all; nobody has to wait for it.

    Raises InputError where something is there already, StoreError where the copy cannot be made.
    """
    if _is_taken(target):
        raise InputError("there is something already", where=str(target), hint="choose a new folder")
    hint = "choose a folder you may write to, with space for the store"
    with _made_whole(target, "the backup cannot be made", hint) as building:
        copied = next_snapshot(building, store.head)
        copied.parent.mkdir(parents=True)
        store.backup(copied)
        facts = {
            "made": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "software": __version__,
            "format": FORMAT_VERSION,
            "quads": len(store),
            "commit": store.head,
            "files": {path.name: _digest(path) for path in sorted(copied.iterdir())},
        }
        (building / MANIFEST).write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    return BackedUp(target, len(store), store.head, size(target))


def restore(source: Path, target: Path) -> tuple[OxigraphStore, BackedUp]:
    """Make a store at `target` from a backup, whole or not at all, and open it for writing.

    `source` may also be a store folder, or a database that kg keeps in one (backups/, snapshots/); then there are
    no checksums to compare, and the outcome is not `verified`. Raises StoreFormatError where it is no backup or
    damaged, or where there is something at `target` already.
    """
    if not is_store(source):
        raise StoreFormatError("this is no backup", where=str(source), hint="kg backup FOLDER makes one")
    if _is_taken(target):
        raise StoreFormatError(
            "there is a store already, and restoring never replaces one" if is_store(target)
            else "there is something else already",
            where=str(target),
            hint="choose a new folder with --store FOLDER",
        )  # fmt: skip
    facts = _facts(source)
    hint = "choose a folder you may write to, with --store FOLDER"
    with _made_whole(target, "the store cannot be made", hint) as building:
        copied = building if is_old(source) else building / DATABASE
        if facts is None and not is_old(source):
            with OxigraphStore(source, writable=False) as living:
                living.backup(copied)
        else:
            copytree(_database(source), copied, ignore=ignore_patterns("LOG*", "LOCK", "kg.*", BACKUPS))
        if facts is not None:
            _compare(copied, facts["files"], source)
        with OxigraphStore(building) as store:
            number = len(store)
            if facts is not None and (number, store.head) != (facts["quads"], facts["commit"]):
                raise _damaged(source, f"{number:,} quads where there were {facts['quads']:,}")
    made = OxigraphStore(target)
    return made, BackedUp(target, number, made.head, size(target), facts is not None)


def _database(source: Path) -> Path:
    """Where in a backup, or in a store, the database is; it may itself be one."""
    if (source / DATABASE).is_dir():
        return source / DATABASE
    there = snapshots(source)
    return there[-1][2] if there else source


def _is_taken(target: Path) -> bool:
    return target.exists() and (not target.is_dir() or any(target.iterdir()))


@contextmanager
def _made_whole(target: Path, failed: str, hint: str) -> Iterator[Path]:
    """The name of a folder to build in, which becomes `target` when the block has ended well, and else goes away.

    Raises StoreError, which says what `failed`, where the disk does not let it be.
    """
    building = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        building.parent.mkdir(parents=True, exist_ok=True)
        yield building
        _settle(building)
        building.rename(target)
    except OSError as error:
        raise StoreError(f"{failed}: {error.strerror or error}", where=str(target), hint=hint) from error
    finally:
        rmtree(building, ignore_errors=True)


def _facts(source: Path) -> dict[str, object] | None:
    try:
        text = (source / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        facts = json.loads(text)
        if not isinstance(facts["files"], dict) or {"quads", "commit"} - facts.keys():
            raise ValueError
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(source, f"{MANIFEST} cannot be read") from error
    return facts  # type: ignore[no-any-return]


def _compare(folder: Path, files: object, source: Path) -> None:
    assert isinstance(files, dict)
    for name, digest in files.items():
        path = folder / name
        if name in ("LOCK",) or name.startswith("LOG"):
            continue
        if not path.is_file():
            raise _damaged(source, f"the file {name} is missing")
        if _digest(path) != digest:
            raise _damaged(source, f"the file {name} is not as it was")


def _damaged(source: Path, how: str) -> StoreFormatError:
    return StoreFormatError(f"the backup is damaged: {how}", where=str(source), hint="use another backup")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """Have the disk write everything down before the folder gets its name."""
    for path in (*folder.rglob("*"), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError:
            continue  # folders of file systems that cannot
        finally:
            os.close(descriptor)
