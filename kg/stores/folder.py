"""How a store folder is laid out, and how readers and the writer share it.

    kg.lock      held exclusively by the one writer for as long as it is open
    kg.writer    who that is, for messages
    kg.commit    there while a commit is under way; holds the number of the commit before it
    db/          the live database; only the writer ever opens it
    snapshots/   00000012-7/: a copy of the database, made of hard links, that nobody writes to; the highest
                 number is what readers read. The second number is that of the last commit in it
    backups/     the database as it was before a change of format

A backup has one snapshot, kg.backup.json with the checksums of its files, and no live database: nobody writes to it.
A snapshot is there whole or not at all: the engine builds it beside its place and renames it. Readers hold a
shared lock on the file CURRENT in it, so the writer knows which of the older ones nobody reads.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreFormatError
from kg.stores.locks import Lock

DATABASE: Final = "db"
SNAPSHOTS: Final = "snapshots"
BACKUPS: Final = "backups"
UNDER_WAY: Final = "kg.commit"
MANIFEST: Final = "kg.backup.json"
_TRIES: Final = 5
_PAUSE: Final = 0.02  # seconds


def rmtree(path: Path, *, ignore_errors: bool) -> None:
    """As shutil has it, which takes longer to import than a folder to open: so not on the way of kg query."""
    from shutil import rmtree

    rmtree(path, ignore_errors=ignore_errors)


_SNAPSHOT = re.compile(r"(\d{8,})-(\d+)")


def is_store(path: Path) -> bool:
    """Whether a folder holds a store, of whatever format."""
    return (path / DATABASE / "CURRENT").is_file() or is_old(path) or bool(snapshots(path))


def is_old(path: Path) -> bool:
    """Whether a folder is a database itself, as in format 1."""
    return (path / "CURRENT").is_file() and not (path / DATABASE / "CURRENT").is_file()


def check_folder(path: Path) -> None:
    """Raise StoreFormatError where `path` is not the folder of a store; nothing is made or changed."""
    if is_store(path):
        return
    if not path.exists():
        what, hint = "there is no store here", "make one with kg init"
    elif not path.is_dir():
        what, hint = "this is a file, and a store is a folder", "choose a folder with --store FOLDER"
    else:
        what, hint = "this folder is not a store", "choose another with --store FOLDER; kg init makes one"
    raise StoreFormatError(what, where=str(path), hint=hint)


def snapshots(path: Path) -> list[tuple[int, int, Path]]:
    """The snapshots of a store, oldest first: number, last commit, folder."""
    base = path / SNAPSHOTS
    try:
        names = os.listdir(base)  # noqa: PTH208 - on the way of kg query
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = ((match, base / name) for name in names if (match := _SNAPSHOT.fullmatch(name)))
    return sorted((int(match[1]), int(match[2]), folder) for match, folder in found)


def publish(store: ox.Store, path: Path, head: int) -> None:
    """Let readers see what the database holds now. Hard links; copies where the file system has none.

    Raises OSError; then there is no new snapshot.
    """
    place = next_snapshot(path, head)
    place.parent.mkdir(exist_ok=True)
    store.backup(str(place))


def next_snapshot(path: Path, head: int) -> Path:
    """Where a new snapshot goes that has `head` for its last commit."""
    there = snapshots(path)
    return path / SNAPSHOTS / f"{there[-1][0] + 1 if there else 1:08d}-{head}"


def sweep(path: Path) -> None:
    """Remove the snapshots that are not the newest and that nobody reads, and what a dead writer left behind."""
    base = path / SNAPSHOTS
    for *_, folder in snapshots(path)[:-1]:
        with Lock(folder / "CURRENT") as lock:
            if not lock.take(exclusive=True):
                continue
            gone = base / f"gone-{folder.name}"
            try:
                # Renamed first: whoever waits for the lock sees that this is no longer the place.
                folder.rename(gone)
            except OSError:
                continue  # a reader has files of it open, where open files cannot be moved (Windows)
            rmtree(gone, ignore_errors=True)
    for name in os.listdir(base):  # noqa: PTH208
        if not _SNAPSHOT.fullmatch(name):
            rmtree(base / name, ignore_errors=True)
    # The engine begins a diary of its own each time, and keeps a thousand.
    for diary in (path / DATABASE).glob("LOG.old.*"):
        diary.unlink(missing_ok=True)


def hold(path: Path) -> tuple[Path, Lock] | None:
    """The newest snapshot and a shared lock on it; None where there is none. Raises RuntimeError where it is damaged."""
    before, tries = None, 0
    while there := snapshots(path):
        folder = there[-1][2]
        if folder == before:
            # What was taken away is soon no longer in the list; what stays in it without its file is damaged.
            if tries == _TRIES:
                raise RuntimeError(f"{folder.relative_to(path)} has no file CURRENT")
            time.sleep(_PAUSE)
            tries += 1
        else:
            before, tries = folder, 0
        lock = Lock(folder / "CURRENT")
        if not lock.opened and lock.in_place():
            return folder, lock  # not ours to open: the engine will say so
        # Between the look and the lock it may have been taken away: then there is a newer one.
        if lock.take(exclusive=False, wait=1.0) and lock.in_place():
            return folder, lock
        lock.close()
    return None


def make_again(path: Path) -> None:
    """Make the live database from the newest snapshot; what there was goes to the backups. Raises OSError."""
    database = path / DATABASE
    building = path / f"{DATABASE}.tmp"
    rmtree(building, ignore_errors=True)
    ox.Store.read_only(str(snapshots(path)[-1][2])).backup(str(building))
    if database.exists():
        (path / BACKUPS).mkdir(exist_ok=True)
        database.rename(path / BACKUPS / f"lost-{time.strftime('%Y%m%dT%H%M%S')}")
    building.rename(database)


def begin(path: Path, head: int) -> None:
    """Note that a commit after commit `head` is under way. Raises OSError."""
    # No sync: it is for a process that dies. After a power failure the database itself tells what it holds.
    (path / UNDER_WAY).write_text(f"{head}\n", encoding="ascii")


def done(path: Path) -> None:
    """Take the note away."""
    (path / UNDER_WAY).unlink(missing_ok=True)


def under_way(path: Path) -> int | None:
    """The number of the commit before the one that was under way; -1 where that was not yet written down."""
    try:
        return int((path / UNDER_WAY).read_text(encoding="ascii") or -1)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return -1


def size(path: Path) -> int:
    """Bytes on disk; what has several names (the live database and snapshots share files) counts once."""
    files = {(s.st_dev, s.st_ino): s.st_size for f in path.rglob("*") if f.is_file() and (s := f.stat())}
    return sum(files.values())
