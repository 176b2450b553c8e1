"""Lines are sorted whatever part of them is in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad

from kg.errors import InputError
from kg.export import store_pieces
from kg.export.runs import Lines
from kg.namespaces import SMT, iri
from kg.stores.oxigraph import OxigraphStore

TEXTS = st.lists(st.binary(max_size=6).map(lambda text: text.replace(b"\n", b"") + b"\n"), max_size=40)


@given(TEXTS, st.integers(1, 60), st.integers(1, 9), st.integers(1, 9))
def test_lines_come_out_in_order(lines: list[bytes], most: int, size: int, cut: int) -> None:
    text = b"".join(line.replace(b"\r", b"") for line in lines)
    taken = Lines(most=most, cut=cut)
    for first in range(0, len(text), size):
        taken.write(text[first : first + size])
    assert b"".join(taken.sorted()) == b"".join(sorted(text.splitlines(keepends=True)))


def test_what_is_too_much_for_memory_is_exported_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    store = OxigraphStore()
    for number in range(30_000):
        store.inner.add(Quad(iri("visit", f"{number}"), SMT.topic, Literal(f"{number * 7919 % 30_000}")))
    in_memory = b"".join(store_pieces(store, "nq"))
    assert in_memory.splitlines() == sorted(in_memory.splitlines())
    monkeypatch.setattr("kg.export.runs.MOST", 1_000_000)
    runs = []
    make = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda: runs.append(make()) or runs[-1])
    assert b"".join(store_pieces(store, "nq")) == in_memory
    assert len(runs) > 2
    assert all(run.closed for run in runs)


def test_without_room_to_sort_it_says_where_to_make_some(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    monkeypatch.setattr("kg.export.runs.MOST", 10)
    store = OxigraphStore()
    store.inner.add(Quad(SMT.a, SMT.b, SMT.c))
    with pytest.raises(InputError, match="TMPDIR"):
        list(store_pieces(store, "nq"))
