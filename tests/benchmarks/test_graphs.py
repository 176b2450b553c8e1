"""The generator of graphs: a view that its named graphs resolve to, shapes that hold, faults that are found."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph

from benchmarks.graphs import graph, size_of
from benchmarks.stories import FAULTS
from kg.resolution import resolve
from kg.stores.oxigraph import OxigraphStore
from kg.validation.full import validate_store


def store_of(size: int, **options: float) -> OxigraphStore:
    store = OxigraphStore()
    store.inner.extend(graph(size, **options))  # type: ignore[arg-type]
    return store


@pytest.fixture(scope="module")
def sound() -> OxigraphStore:
    return store_of(14_000)


def test_the_view_is_what_the_named_graphs_resolve_to_and_the_size_is_kept(sound: OxigraphStore) -> None:
    default = DefaultGraph()
    named = [quad for quad in sound.quads() if quad.graph_name != default]
    assert resolve(named) == {quad.triple for quad in sound.quads(graph=default)}
    assert 14_000 <= len(sound) < 15_000
    assert sound.query("ASK { ?visit smt:joinedInto ?other }")


def test_every_shape_holds(sound: OxigraphStore) -> None:
    assert validate_store(sound).findings == ()


def test_the_same_seed_gives_the_same_graph(sound: OxigraphStore) -> None:
    again = store_of(14_000)
    assert set(again.quads()) == set(sound.quads())
    assert set(store_of(14_000, seed=2).quads()) != set(sound.quads())


def test_faults_are_found() -> None:
    found = {
        finding.shape.value.split("#")[1] for finding in validate_store(store_of(24_000, faults=1)).findings
    }
    assert found >= {
        "Visit-hostNotSender", "Visit-visitor", "Visit-locationInHost", "Visit-visitKind",
        "Agreement-label", "Claim-modalityKnown", "Claim-confidence", "Claim-words", "Article-sha256",
    }  # fmt: skip
    assert len(FAULTS) == 9


def test_sizes_are_read() -> None:
    assert [size_of(text) for text in ("10k", "1M", "2500")] == [10_000, 1_000_000, 2_500]
