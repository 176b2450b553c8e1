"""Who may touch a store folder, and when: advisory locks, and a note that says who is writing.

RocksDB allows one writing process (its own LOCK file sees to that). A reader may open beside a writer, but
not in the middle of a commit: so a writer holds `kg.lock` exclusively while it commits, and a reader holds
it shared while it opens its snapshot. Neither lasts longer than that.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.errors import StoreLockedError

LOCK_FILE: Final = "kg.lock"
WRITER_FILE: Final = "kg.writer"
_PAUSE: Final = 0.01


@contextmanager
def held(folder: Path, *, exclusive: bool, wait: float = 10.0) -> Iterator[None]:
    """Hold the lock of a store folder; raises StoreLockedError after `wait` seconds.

    Where the folder cannot be written and has no lock file nobody can be writing, so nothing is locked;
    the same where the platform has no `flock`.
    """
    try:
        import fcntl
    except ImportError:  # Windows: RocksDB's own lock already keeps a reader out while a writer is in
        yield
        return
    try:
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        try:
            descriptor = os.open(folder / LOCK_FILE, os.O_RDONLY)
        except OSError:
            yield
            return
    try:
        deadline = time.monotonic() + wait
        mode = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
        while True:
            try:
                fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise locked(folder) from None
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)  # which also lets go of the lock


def sign(folder: Path) -> None:
    """Leave a note that this process is writing."""
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]).strip() or "python"
    note = f"{os.getpid()}\n{time.strftime('%Y-%m-%d %H:%M:%S')}\n{command}\n"
    try:
        (folder / WRITER_FILE).write_text(note, encoding="utf-8")
    except OSError:
        return  # the note is a courtesy; RocksDB's lock is what counts


def unsign(folder: Path) -> None:
    """Take the note away."""
    (folder / WRITER_FILE).unlink(missing_ok=True)


def locked(folder: Path) -> StoreLockedError:
    """The error for a store that another process is writing to, with who it is if that is known."""
    who = "another process"
    try:
        pid, since, command = (folder / WRITER_FILE).read_text(encoding="utf-8").splitlines()[:3]
        who = f"process {int(pid)} ({command}, since {since})"
    except (OSError, ValueError):
        pass
    return StoreLockedError(
        f"{who} is writing to the store",
        where=str(folder),
        hint="wait until it is done, or use another store with --store FOLDER",
    )
