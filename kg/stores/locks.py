"""Advisory locks on files, and a note that says who is writing to a store.

Where the platform has no `flock` (Windows) every lock is granted: there RocksDB keeps a second writer out, and
files that are open cannot be removed.
"""

from __future__ import annotations

import os
import sys
import time
import weakref
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kg.errors import StoreLockedError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LOCK_FILE: Final = "kg.lock"
WRITER_FILE: Final = "kg.writer"
_PAUSE: Final = 0.01
_open: weakref.WeakSet[Lock] = weakref.WeakSet()


class Lock:
    """A lock on a file, for as long as it is open; gone with the process, however that ends.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile() as file, Lock(Path(file.name)) as lock:
    ...     lock.take(exclusive=True)
    True
    """

    def __init__(self, path: Path, *, make: bool = False) -> None:
        self._path = path
        self._descriptor: int | None = None
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT if make else os.O_RDONLY, 0o644)
        except OSError:
            # Not there, or not ours to open: whether that matters, `take` and `in_place` tell.
            return
        _open.add(self)

    @property
    def opened(self) -> bool:
        """Whether the file could be opened."""
        return self._descriptor is not None

    def take(self, *, exclusive: bool, wait: float = 0.0) -> bool:
        """Whether the lock could be had within `wait` seconds; True where there are no locks."""
        if fcntl is None:
            return True
        if self._descriptor is None:
            return False
        deadline = time.monotonic() + wait
        mode = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
        while True:
            try:
                fcntl.flock(self._descriptor, mode | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(_PAUSE)
            except OSError:
                return True  # a file system without locks; RocksDB's own has to do
            else:
                return True

    def take_from_engine(self) -> bool:
        """Whether a shared lock of the kind that RocksDB uses could be had: then no process writes."""
        if fcntl is None or self._descriptor is None:
            return True
        try:
            fcntl.lockf(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            return True
        return True

    def in_place(self) -> bool:
        """Whether the file that is locked is still what goes by its name."""
        if self._descriptor is None:
            return self._path.exists()
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._path.stat())
        except OSError:
            return False

    def close(self) -> None:
        """Let go."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()


def _let_go() -> None:
    """A forked process must not keep the locks of its parent alive when that dies."""
    for lock in list(_open):
        lock.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


def sign(folder: Path) -> None:
    """Leave a note that this process is writing."""
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]).strip() or "python"
    note = f"{os.getpid()}\n{time.strftime('%Y-%m-%d %H:%M:%S')}\n{command}\n"
    try:
        (folder / WRITER_FILE).write_text(note, encoding="utf-8")
    except OSError:
        return  # the note is a courtesy; the lock is what counts


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
