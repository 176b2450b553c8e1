"""What may lie in the folder of a store: files and folders, nothing that leads elsewhere or waits.

A folder may come from anyone. The engine and our own notes are written through a symbolic link, whatever it points
to, and opening a pipe waits for ever, in native code that nothing interrupts.
"""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import StoreFormatError

_LEVELS = 3


def refuse_strange_entries(path: Path) -> None:
    """Raise StoreFormatError where a link, pipe, socket or device lies in a store; the folder itself may be linked to.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     refuse_strange_entries(Path(folder))
    """
    _look(os.fspath(path), _LEVELS)


def _look(folder: str, levels: int) -> None:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return  # who opens the store says what is wrong with it
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if levels > 1:
                _look(entry.path, levels - 1)
        elif not entry.is_file(follow_symlinks=False):
            what = "a link to another place" if entry.is_symlink() else "no file but a pipe, socket or device"
            raise StoreFormatError(
                f"in the store lies {what}, which kg does not make and will not follow",
                where=entry.path,
                hint="put the file itself in its place, or restore the store from a backup",
            )
