"""Opening a store folder: alone to write, with others to read; and finishing what a process that died left undone."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import StoreError, StoreFormatError
from kg.stores import folder, locks
from kg.stores.entries import refuse_strange_entries
from kg.stores.formats import check_version, clear_old, head_of, migrate
from kg.stores.problems import refused
from kg.stores.update_text import drop_empty


class Opened(NamedTuple):
    """A database, the lock that goes with it, what a user should know, and which snapshot it is, if it is one."""

    store: ox.Store
    lock: locks.Lock
    notes: list[str]
    snapshot: Path | None = None


def to_write(path: Path, wait: float) -> Opened:
    """Open the live database; raises StoreLockedError where another process has it for longer than `wait` seconds.

    Raises StoreFormatError where there is none or of a newer version, StoreError where the disk fails.
    """
    folder.check_folder(path)
    refuse_strange_entries(path)
    if (path / folder.MANIFEST).is_file():
        raise StoreError(
            "this is a backup, which stays as it is",
            where=str(path),
            hint=f"make a store of it: kg --store NEW restore {path}",
        )
    lock = locks.Lock(path / locks.LOCK_FILE, make=True)
    try:
        if lock.opened and not lock.take(exclusive=True, wait=wait):
            raise locks.locked(path)
        store, notes = _live(path)
    except (OSError, RuntimeError) as error:
        lock.close()
        raise refused(error, path, writable=True) from error
    except BaseException:
        lock.close()
        raise
    return Opened(store, lock, notes)


def to_read(path: Path) -> Opened:
    """Open the newest snapshot, or a database of format 1; raises as `to_write` does."""
    folder.check_folder(path)
    refuse_strange_entries(path)
    notes: list[str] = []
    if not folder.is_old(path) and (folder.under_way(path) is not None or not folder.snapshots(path)):
        notes = _finished(path)
    try:
        held = _held(path)
    except (OSError, RuntimeError) as error:
        raise refused(error, path, writable=False) from error
    if held is None:
        raise refused(OSError("no snapshot of the database can be made"), path, writable=False)
    place, lock = held
    try:
        store = ox.Store.read_only(str(place))
        check_version(store, str(path))
    except (OSError, RuntimeError) as error:
        lock.close()
        raise refused(error, path, writable=False) from error
    except BaseException:
        lock.close()
        raise
    return Opened(store, lock, notes, place if place != path else None)


def _held(path: Path) -> tuple[Path, locks.Lock] | None:
    if not folder.is_old(path):
        return folder.hold(path)
    # What the engine says of reading beside a writer holds for versions that write to a database in this place.
    lock = locks.Lock(path / "LOCK")
    if not lock.take_from_engine():
        lock.close()
        raise locks.locked(path)
    return path, lock


def _live(path: Path) -> tuple[ox.Store, list[str]]:
    notes = [migrate(path)] if folder.is_old(path) else []
    if not (path / folder.DATABASE / "CURRENT").is_file():
        folder.make_again(path)
    store = ox.Store(str(path / folder.DATABASE))
    check_version(store, str(path))
    locks.sign(path)
    clear_old(path)
    there = folder.snapshots(path)
    head = head_of(store)
    if there and there[-1][1] > head:
        notes.append(
            f"the database had lost what came after commit {head}; it was made again as it was after commit "
            f"{there[-1][1]}, from what readers read"
        )
        del store
        folder.make_again(path)
        store = ox.Store(str(path / folder.DATABASE))
        head = head_of(store)
    before = folder.under_way(path)
    if before is not None:
        drop_empty(store)  # after a large deletion the names of graphs are the last to go
    if before is not None or not there or there[-1][1] != head:
        folder.publish(store, path, head)
        folder.done(path)
    folder.sweep(path)
    if before is not None:
        notes.append(_outcome(before, head))
    return store, notes


def _finished(path: Path) -> list[str]:
    """Do what a writer that died left undone, if it is dead and this process may; what a user should know of it."""
    try:
        opened = to_write(path, 0.0)
    except StoreFormatError:
        raise
    except StoreError:
        return []  # somebody is writing, or the folder is for reading only: there is the last snapshot
    notes, lock = opened.notes, opened.lock
    del opened  # the database is closed before the lock goes
    locks.unsign(path)
    lock.close()
    return notes


def _outcome(before: int, head: int) -> str:
    """What became of a commit whose process ended while it was under way."""
    if before < 0 or head == before:
        return (
            f"a commit was interrupted: nothing of it is in the store, which is as it was after commit {head}"
        )
    return f"commit {head} was interrupted when it was already in the store: it is there, whole"
