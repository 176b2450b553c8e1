"""The benchmarks measure what they say, in graphs that are too small to tell anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from benchmarks import gate, load_export, validate_all
from benchmarks.graphs import make_nquads
from benchmarks.measuring import Comparison, Measured, Run, in_turn, table, timed
from kg.stores.oxigraph import OxigraphStore


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("speed") / "data.nq"
    make_nquads(file, 1000)
    return file


@pytest.fixture(scope="module")
def store(data: Path) -> Path:
    place = data.with_name("store")
    OxigraphStore.create(place, parse(path=str(data), format=RdfFormat.N_QUADS)).close()
    return place


def test_the_gate_and_what_hangs_on_a_hub(store: Path) -> None:
    before = {path: path.read_bytes() for path in store.rglob("*.sst")}
    found = gate.measure(store, 3, 7)
    assert all(change.spent > 0 for change in found.values())
    # Every visit to a state that is none any more is wrong.
    assert found["untype a state"].findings > 7
    assert {path: path.read_bytes() for path in store.rglob("*.sst")} == before


def test_adding_from_the_shell(store: Path) -> None:
    cold = gate.cold(store, 1)
    assert cold.wall > 0
    with OxigraphStore(store, writable=False) as unchanged:
        assert unchanged.head == 0


def test_loading_and_export_come_to_the_same(data: Path, tmp_path: Path) -> None:
    rows = load_export.measure(data, tmp_path, 1)
    assert [row.target for row in rows] == [1.3, 1.3, 1.2, 3]
    assert all(row.value for row in rows)
    raw, ours = (sorted(Path(tmp_path, f"out.{name}").read_bytes().splitlines()) for name in ("raw", "kg"))
    assert ours
    assert len(raw) > 10


def test_full_validation_and_its_memory(store: Path) -> None:
    run = timed(validate_all.command(store))
    assert run.megabytes > 20
    assert run.seconds > 0


def test_what_fails_is_no_measurement() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        in_turn(lambda: [sys.executable, "-c", ""], lambda: [sys.executable, "-c", "1 / 0"], 1)


def test_ratios_are_of_the_pairs_and_misses_are_told() -> None:
    ours = [Run(2, 1, 10), Run(8, 3, 12), Run(3, 1, 9)]
    theirs = [Run(1, 1, 10), Run(2, 1, 10), Run(3, 1, 10)]
    found = Comparison(ours, theirs)
    assert (found.wall, found.cpu) == (2, 1)
    rows = [Measured("a", 2, 1.5), Measured("b", 9, 8, more=True), Measured("c", None, 1)]
    assert [line.split()[-1] for line in table(rows).splitlines()] == ["MISSED", "met", "measured"]
