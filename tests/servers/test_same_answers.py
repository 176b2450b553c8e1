"""The same stored queries with the same parameters have the same answers in a folder and on each server.

`python tools/compare_stores.py` shows them as a table.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import BlankNode, Literal, Triple

from kg.namespaces import XSD
from kg.stores.base import Store, Table, Term
from kg.stores.oxigraph import OxigraphStore
from tests.servers.asking import CASES, ask, quads_of
from tests.servers.running import Server


@pytest.fixture(scope="module", params=list(CASES))
def graph(request: pytest.FixtureRequest) -> str:
    """Which graph the stores hold."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def embedded(graph: str) -> OxigraphStore:
    """The graph in the embedded store."""
    store = OxigraphStore()
    store.inner.bulk_extend(quads_of(graph))
    return store


@pytest.fixture(scope="module", params=["oxigraph_server", "virtuoso_server"])
def remote(request: pytest.FixtureRequest, graph: str) -> Iterator[Store]:
    """The same graph on a server."""
    server: Server = request.getfixturevalue(request.param)
    with server.fill(quads_of(graph)) as store:
        yield store


def _holds_blank_node(term: Term | None) -> bool:
    if isinstance(term, Triple):
        return any(map(_holds_blank_node, (term.subject, term.object)))
    return isinstance(term, BlankNode)


def test_all_answers_are_the_same(graph: str, embedded: OxigraphStore, remote: Store) -> None:
    """All in one test: parametrized by graph and server, each graph is loaded once into each server."""
    different = {}
    answered = 0
    for name, (query, values) in CASES[graph].items():
        expected, found = ask(embedded, query, values), ask(remote, query, values)
        # The last words of each stored query order its rows wholly, so the order counts.
        if found != expected:
            different[name] = (found, expected)
        if isinstance(found, Table):
            answered += bool(found.rows)
            assert not any(_holds_blank_node(term) for row in found.rows for term in row), name
    assert different == {}
    assert answered > len(CASES[graph]) / 3


def test_small_graph_is_hard() -> None:
    """What is to be compared is there: scripts, languages, precisions of dates, quotes."""
    literals = {quad.object for quad in quads_of("small") if isinstance(quad.object, Literal)}
    assert {"en", "ru", "pl", "zh-hans", "zh-hant"} <= {(term.language or "").lower() for term in literals}
    assert {XSD.date, XSD.gYearMonth, XSD.gYear, XSD.integer, XSD.decimal} <= {
        term.datatype for term in literals
    }
    texts = " ".join(term.value for term in literals)
    assert all(char in texts for char in "習łяé😀…\"'\\")


@pytest.mark.parametrize("query", CASES["small"], ids=str)
def test_small_graph_has_an_answer(query: str) -> None:
    """A case that finds nothing in the small graph either is meant to."""
    store = OxigraphStore()
    store.inner.extend(quads_of("small"))
    found = ask(store, *CASES["small"][query])
    nothing = {
        "anniversaries-none",
        "evidence",
        "shared-organizations-on",
        "shared-organizations-role",
        "visits-none",
    }
    assert isinstance(found, Table), found
    assert bool(found.rows) == (query not in nothing)
