"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError


def write_whole(path: Path, pieces: Iterable[str] | Iterable[bytes]) -> None:
    """Write text, as UTF-8, beside `path` and put it in its place when it is complete.

    Raises InputError where it cannot be written; what was there before stays as it was.
    """
    if path.exists() and not path.is_file():
        # A device or a pipe (/dev/stdout): there is no place beside it, and nothing to lose.
        try:
            with path.open("wb") as stream:
                stream.writelines(_encoded(pieces))
        except OSError as error:
            raise _unwritable(path, error) from error
        return
    building = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with building.open("wb") as stream:
            stream.writelines(_encoded(pieces))
        building.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        building.unlink(missing_ok=True)


def _encoded(pieces: Iterable[str] | Iterable[bytes]) -> Iterator[bytes]:
    return (piece.encode() if isinstance(piece, str) else piece for piece in pieces)


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"the file cannot be written: {error.strerror or error}",
        where=str(path),
        hint="choose another file with -o FILE",
    )
