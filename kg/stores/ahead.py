"""What another thread writes, as it comes: the engine goes on while what it wrote is worked on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import IO, Final, cast

_PIECE: Final = 1 << 20
_WAITING: Final = 8
"""So many pieces may wait for their reader, who is the faster one if the memory is to last."""
_TICK: Final = 0.2


class _GivenUpError(Exception):
    """Nobody reads any more."""


def written_ahead(write: Callable[[IO[bytes]], object]) -> Iterator[bytes]:
    """What `write` writes into the file that it is given, in pieces of a megabyte; raises what it raises.

    It runs in a thread, a few pieces ahead of the reader, and is stopped where the reader stops.

    >>> b"".join(written_ahead(lambda file: file.write(b"abc")))
    b'abc'
    """
    pieces: Queue[bytes | BaseException | None] = Queue(_WAITING)
    over = Event()

    def put(piece: bytes | BaseException | None) -> None:
        while not over.is_set():
            try:
                return pieces.put(piece, timeout=_TICK)
            except Full:
                continue
        raise _GivenUpError

    def run() -> None:
        try:
            file = _Pieces(put)
            write(cast("IO[bytes]", file))
            file.end()
            put(None)
        except _GivenUpError:
            pass
        except BaseException as error:  # noqa: BLE001 - it is raised where the reader is
            if not over.is_set():
                put(error)

    thread = Thread(target=run, name="kg-dump", daemon=True)
    thread.start()
    try:
        while (piece := pieces.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        over.set()
        thread.join()


class _Pieces:
    """A file to write to, which passes on what is a piece."""

    def __init__(self, put: Callable[[bytes], None]) -> None:
        self._put = put
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._parts.append(bytes(data))
        self._size += len(data)
        if self._size >= _PIECE:
            self.end()
        return len(data)

    def flush(self) -> None:
        """A piece is passed on when it is one."""

    def end(self) -> None:
        """Pass on what is there."""
        if self._parts:
            self._put(b"".join(self._parts))
            self._parts, self._size = [], 0
