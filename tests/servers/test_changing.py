"""A change on a server deletes all that it is to delete, in one update and in several."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import REFERENCE_GRAPH, SMT, XSD
from kg.stores.base import Table
from kg.stores.endpoint.changing import Changes
from tests.servers.running import Server

LITERALS = [
    Literal(text, **kind)
    for text in ("plain", "Łódź", "“He” is Gitanas Nausėda; seen from 2023-07-11", "é", "😀 習近平")
    for kind in ({}, {"language": "en"}, {"datatype": NamedNode("https://example.org/type")})
] + [
    Literal(text, datatype=datatype)
    for datatype, text in {
        XSD.integer: "7",
        XSD.decimal: "0.85",
        XSD.double: "2.5E0",
        XSD.boolean: "true",
        XSD.date: "2024-05-16",
        XSD.dateTime: "2024-05-17T10:00:00Z",
        XSD.gYear: "2024",
        XSD.gYearMonth: "2024-05",
        XSD.anyURI: "https://example.org/a",
    }.items()
]


@pytest.mark.parametrize("name", ["oxigraph_server", "virtuoso_server"])
@pytest.mark.parametrize("most", [50_000, 1], ids=["one update", "several"])
def test_literals_of_several_graphs_are_deleted(name: str, most: int, request: pytest.FixtureRequest) -> None:
    """Virtuoso keeps some of them, and says nothing, where one operation deletes from several graphs."""
    server: Server = request.getfixturevalue(name)
    quads = [
        Quad(SMT.a, SMT.b, term, graph) for term in LITERALS for graph in (SMT.g, SMT.h, REFERENCE_GRAPH)
    ]
    with server.fill(quads) as store:
        left = f"SELECT ?g ?o WHERE {{ GRAPH ?g {{ {SMT.a} {SMT.b} ?o }} }}"
        asked = store.transport.query(left)
        assert isinstance(asked, Table)
        assert len(asked.rows) == len(quads)
        changes = Changes(store.transport, store.resolved)
        changes._most = most
        assert changes.make(quads, [], was=store.standing.revision or "", becomes="after")
        asked = store.transport.query(left)
        assert isinstance(asked, Table)
        assert asked.rows == []
