"""SERVICE means the same whatever server holds the graph: it is not the server that resolves it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, Quad

from kg import KnowledgeGraph
from kg.errors import QuerySyntaxError
from kg.namespaces import REFERENCE_GRAPH, SMT
from kg.stores.base import Table
from kg.stores.endpoint.store import EndpointStore
from tests.servers.running import Server
from tests.stores.small_endpoint import Endpoint, endpoint


@pytest.fixture
def other() -> Iterator[Endpoint]:
    """An endpoint that knows more."""
    with endpoint(Quad(SMT.c, SMT.d, Literal("Łódź")), Quad(SMT.c, SMT.d, Literal("graph"), SMT.g)) as found:
        yield found


@pytest.fixture(params=["oxigraph_server", "virtuoso_server"])
def remote(request: pytest.FixtureRequest) -> Iterator[EndpointStore]:
    """A server with one triple, in the resolved view too."""
    server: Server = request.getfixturevalue(request.param)
    here = Quad(SMT.a, SMT.b, SMT.c)
    with server.fill([here, Quad(*here.triple, REFERENCE_GRAPH)]) as store:
        yield store


def text(other: Endpoint, pattern: str) -> str:
    return f"SELECT ?x WHERE {{ smt:a smt:b ?o SERVICE <{other.address}> {{ {pattern} }} }}"


@pytest.mark.parametrize("allowed", [[], ["127.0.0.1"]])
def test_nothing_is_sent_that_asks_a_host_which_is_not_allowed(
    remote: EndpointStore, other: Endpoint, allowed: list[str]
) -> None:
    before = remote.transport.requests
    with pytest.raises(QuerySyntaxError, match=f"--allow-service {other.host}"):
        KnowledgeGraph(remote).query(text(other, "?o smt:d ?x"), text=True, allow_service=allowed)
    assert (remote.transport.requests, other.asked) == (before, [])


@pytest.mark.parametrize(
    ("pattern", "value"),
    [(f"?o <{SMT.d.value}> ?x", "Łódź"), (f"GRAPH ?g {{ ?o <{SMT.d.value}> ?x }}", "graph")],
    ids=["default", "named"],
)
def test_rows_of_an_allowed_host_are_joined(
    remote: EndpointStore, other: Endpoint, pattern: str, value: str
) -> None:
    """What is asked there is not rewritten for the graphs that are here, and tells nothing of them."""
    found = KnowledgeGraph(remote).query(text(other, pattern), text=True, allow_service=[other.host])
    assert found == Table(("x",), [(Literal(value),)])
    (asked,) = other.asked
    assert "smt:a" not in asked
    assert SMT.c.value not in asked
