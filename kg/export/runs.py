"""Sorting as many lines as there are in bounded memory: what is too much waits in sorted runs in temporary files."""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import IO, Final

from kg.errors import InputError

MOST: Final = 256_000_000
"""So many bytes of lines are held in memory, a tenth more with what Python needs to hold them."""

_CUT = 1_000_000
_PIECE = 2_000


class Lines:
    """A file to write lines to, that gives them back in the order of their bytes. `without` are ends of lines, with the line
    feed, that are left out. Where there is no room to sort it raises InputError.

    >>> lines = Lines()
    >>> lines.write(b"b\\na\\n"), list(lines.sorted())
    (4, [b'a\\nb\\n'])
    """

    def __init__(self, *, without: Sequence[bytes] = (), most: int | None = None, cut: int = _CUT) -> None:
        self.has_blank = False
        """Known once all is sorted: whether there may be a blank node; a text that looks like one only makes an export slower."""
        self._without = tuple(without)
        self._most = MOST if most is None else most
        self._cut_at = cut
        self._written: list[bytes] = []
        self._waiting = 0
        self._lines: list[bytes] = []
        self._held = 0
        self._runs: list[IO[bytes]] = []

    def write(self, written: bytes) -> int:
        """Take a piece of text, which may end within a line."""
        self._written.append(bytes(written))
        self._waiting += len(written)
        if self._waiting >= self._cut_at:
            self._cut()
        return len(written)

    def flush(self) -> None:
        """Nothing to do: whoever writes may ask for it."""

    def sorted(self) -> Iterator[bytes]:
        """All lines in order, many in each piece; to be asked for once."""
        self._cut()
        if not self._runs:
            self._lines.sort()
            return _joined(self._lines)
        self._put_aside()
        return _merged(self._runs, max(self._cut_at, self._most // (4 * len(self._runs))))

    def _cut(self) -> None:
        text = b"".join(self._written)
        # Only line feeds end lines here: all else that could is escaped in N-Triples and N-Quads.
        lines = text.splitlines(keepends=True)
        self._written = [lines.pop()] if lines and not lines[-1].endswith(b"\n") else []
        self._waiting = 0
        # Sorting these few while they are in the processor's cache makes it quick to sort all.
        lines.sort()
        # A nameless subject sorts behind all that have names; elsewhere a blank stands before it.
        self.has_blank = self.has_blank or b" _:" in text or bool(lines and lines[-1].startswith(b"_:"))
        if any(ending in text for ending in self._without):
            lines = [line for line in lines if not line.endswith(self._without)]
        self._lines += lines
        self._held += len(text)
        if self._held >= self._most:
            self._put_aside()

    def _put_aside(self) -> None:
        self._lines.sort()
        try:
            run = tempfile.TemporaryFile()  # noqa: SIM115  it lives until it is merged
            self._runs.append(run)
            for piece in _joined(self._lines):
                run.write(piece)
            run.seek(0)
        except OSError as error:
            raise InputError(
                f"there is no room to sort the export: {error.strerror or error}",
                where=tempfile.gettempdir(),
                hint="set TMPDIR to a folder with as much room as the export takes",
            ) from error
        self._lines, self._held = [], 0


def _joined(lines: list[bytes]) -> Iterator[bytes]:
    for first in range(0, len(lines), _PIECE):
        yield b"".join(lines[first : first + _PIECE])


def _merged(runs: Sequence[IO[bytes]], block: int) -> Iterator[bytes]:
    """Sorted runs as one: of each a block is read, and what no later block can come before is sorted, which is quick,
    because it is made of a few pieces that are sorted already."""
    heads: dict[IO[bytes], list[bytes]] = {run: [] for run in runs}
    while heads:
        for run in [run for run, lines in heads.items() if not lines]:
            heads[run] = run.readlines(block)
            if not heads[run]:
                del heads[run]
                run.close()
        if heads:
            limit = min(lines[-1] for lines in heads.values())
            ready: list[bytes] = []
            for run, lines in heads.items():
                end = bisect_right(lines, limit)
                ready += lines[:end]
                heads[run] = lines[end:]
            ready.sort()
            yield from _joined(ready)
