"""Changes of many graphs: what is deleted is gone whole, and so are the names of graphs that hold nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import SMT, STORE_GRAPH, XSD
from kg.stores import folder, oxigraph, update_text
from kg.stores.oxigraph import OxigraphStore, normalised

GRAPHS = [NamedNode(f"urn:g{number}") for number in range(3 * update_text._FEW)]
QUADS = [Quad(SMT.a, SMT.b, Literal(f"{n}"), graph) for graph in GRAPHS for n in range(2)]


@pytest.mark.parametrize("number", [update_text._FEW, len(GRAPHS)])
def test_graphs_that_become_empty_are_gone(number: int, tmp_path: Path) -> None:
    with OxigraphStore.create(tmp_path / "s", QUADS) as store:
        gone = [quad for quad in QUADS if quad.graph_name in GRAPHS[:number]]
        rest = gone.pop()  # of one graph something stays
        store.apply(delete=gone)
        assert set(store.graph_names()) == {STORE_GRAPH, rest.graph_name, *GRAPHS[number:]}
        assert list(store.quads(graph=rest.graph_name)) == [rest]
    with OxigraphStore(tmp_path / "s", writable=False) as store:
        assert set(store.graph_names()) == {STORE_GRAPH, rest.graph_name, *GRAPHS[number:]}


def test_names_that_a_dead_process_left_go_when_the_next_opens_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s"
    store = OxigraphStore.create(path, QUADS)
    with monkeypatch.context() as patch:
        patch.setattr(oxigraph, "drop_empty", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):  # as if it were killed after the transaction
            store.apply(delete=QUADS)
    assert len(set(store.graph_names())) > len(GRAPHS)
    assert folder.under_way(path) is not None
    store._release()
    with OxigraphStore(path, writable=False) as store:
        assert set(store.graph_names()) == {STORE_GRAPH}
        assert len(store) == 1


def test_what_is_normal_stays_and_the_rest_becomes_so() -> None:
    quads = [
        Quad(SMT.a, SMT.b, value)
        for value in (
            SMT.c, SMT.c, Literal("x"), Literal("x", language="EN"), Literal("007", datatype=XSD.integer),
            Literal("7", datatype=XSD.integer), Literal("0.90", datatype=XSD.decimal), Literal("a", datatype=XSD.string),
        )
    ]  # fmt: skip
    store = OxigraphStore()
    store.apply(insert=quads)
    found = normalised(quads)
    assert len(found) == len(set(found))
    assert set(found) == set(store.quads())
