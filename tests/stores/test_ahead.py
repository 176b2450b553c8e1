"""What a thread writes ahead of its reader: all of it, its errors, and an end where nobody reads on."""

from __future__ import annotations

import threading
from typing import IO

import pytest

from kg.stores.ahead import written_ahead


def test_all_of_it_comes_in_pieces() -> None:
    def write(file: IO[bytes]) -> None:
        for number in range(30_000):
            file.write(b"%09d\n" % number * 10)

    pieces = list(written_ahead(write))
    assert b"".join(pieces) == b"".join(b"%09d\n" % number * 10 for number in range(30_000))
    assert all(piece for piece in pieces)
    assert len(pieces) == 3


def test_its_error_is_the_reader_s() -> None:
    def write(file: IO[bytes]) -> None:
        file.write(bytes(3 << 20))
        raise OSError(28, "No space left on device")

    found = written_ahead(write)
    assert next(found)
    with pytest.raises(OSError, match="No space"):
        list(found)


def test_it_ends_where_the_reader_does() -> None:
    ended = threading.Event()

    def write(file: IO[bytes]) -> None:
        try:
            while True:
                file.write(bytes(1 << 20))
        finally:
            ended.set()

    before = threading.active_count()
    found = written_ahead(write)
    assert next(found)
    found.close()  # type: ignore[attr-defined]
    assert ended.is_set()
    assert threading.active_count() == before
