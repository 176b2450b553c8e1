"""What goes wrong with a folder, as errors that say what to do."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError, StoreError, StoreFormatError
from kg.stores import locks


def closed(target: str) -> StoreError:
    """For a store that was closed, or whose disk failed."""
    return StoreError("the store is closed", where=target, hint="open it again")


def refused(error: Exception, path: Path, writable: bool) -> KgError:
    """For a folder that cannot be opened."""
    text = str(error)
    if "Permission denied" in text or "Read-only" in text:
        return StoreError(
            f"the store may not be {'written' if writable else 'read'}",
            where=str(path),
            hint="change the permissions of the folder, or choose another with --store FOLDER",
        )
    if "LOCK" in text:
        return locks.locked(path)
    if _full(error):
        return StoreError(
            f"the store cannot be opened for writing: {reason(error)}",
            where=str(path),
            hint="make room on the disk; the store is as it was",
        )
    what = "the folder holds no store that can be opened"
    if isinstance(error, RuntimeError):
        what = "the store is damaged"
    return StoreFormatError(
        f"{what}: {reason(error)}",
        where=str(path),
        hint="restore it from a backup with kg restore, or choose another folder with --store FOLDER",
    )


def disk_failed(error: Exception, target: str, *, made: bool) -> StoreError:
    """For a change during which the disk failed."""
    what = (
        f"the change is in the store, but readers cannot see it yet: {reason(error)}"
        if made
        else f"the store could not be changed, and is as it was: {reason(error)}"
    )
    return StoreError(
        what, where=target, hint="check free space and permissions of the folder; kg backup keeps a copy"
    )


def unreadable(error: Exception, target: str) -> StoreError:
    """For a store that fails while it is read."""
    return StoreError(
        f"the store could not be read: {reason(error)}",
        where=target,
        hint="if it stays so, restore it from a backup with kg restore",
    )


def reason(error: Exception) -> str:
    """The engine's message in a sentence of ours."""
    if error.args and isinstance(error.args[0], list) and error.args[0]:
        # An error of shutil has a row for each file that could not be copied; the first says why.
        return str(error.args[0][0][-1])
    text = getattr(error, "strerror", None) or str(error)
    return str(text).removeprefix("IO error: ").strip().rstrip(".")


def _full(error: Exception) -> bool:
    return any(text in str(error) for text in ("No space left", "File too large", "Disk quota"))
