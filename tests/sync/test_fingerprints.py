"""Fingerprints: the same for the same graph, however a store writes it, and for no other."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.namespaces import LOG, LOG_GRAPH, SMT, STORE_GRAPH, XSD, iri
from kg.operations import fingerprints as module
from kg.operations.differences import differences, differing
from kg.operations.fingerprints import digest_of, fingerprints, lines_of
from kg.operations.housekeeping import Mark, Meeting, mark_of, mark_quads, meeting_quads, meetings
from tests.sync.datasets import datasets, memory, quads
from tests.sync.remote import Remote

GRAPH = iri("claim", "a", 1)


@pytest.fixture(autouse=True, scope="module", params=[20_000, 3])
def _large(request: pytest.FixtureRequest) -> Iterator[None]:
    """Everything is tried the way of small graphs, and of large ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LARGE", request.param)
        yield


@given(datasets, st.randoms(use_true_random=False))
def test_neither_order_nor_writing_counts(some: list[Quad], chance: random.Random) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)
    other = Remote(odd=True)
    other.behind.apply(insert=shuffled)
    prints = fingerprints(memory(some))
    assert fingerprints(other) == prints
    assert fingerprints(other, expected=prints) == prints
    assert sum(found.triples for found in prints.values()) == len(memory(some))


@given(datasets, quads)
def test_any_change_counts(some: list[Quad], one: Quad) -> None:
    store, changed = memory(some), memory(some)
    if one in set(store.quads()):
        changed.apply(delete=[one])
    else:
        changed.apply(insert=[one])
    before, after = fingerprints(store), fingerprints(changed)
    assert differing(before, after) == [one.graph_name]
    assert digest_of(before) != digest_of(after)
    found = list(differences(store, changed, [one.graph_name]))
    assert [*found[0].first, *found[0].second] == [one]


def test_two_ways_of_writing_one_value_are_one_triple() -> None:
    class Both(Remote):
        """A server that keeps two literals for which Oxigraph has one."""

        def quads_of(self, graphs: object) -> Iterator[Quad]:
            for text in ("7", "007"):
                yield Quad(SMT.a, SMT.b, Literal(text, datatype=XSD.integer), GRAPH)

        def graph_bytes(self, graph: object) -> Iterator[bytes]:
            for quad in self.quads_of([]):
                yield f"{quad.triple} .\n".encode()

        def graph_sizes(self) -> dict[object, int]:  # type: ignore[override]
            return {GRAPH: 2}

    one = memory([Quad(SMT.a, SMT.b, Literal("7", datatype=XSD.integer), GRAPH)])
    server = Both(odd=True)
    assert fingerprints(server) == fingerprints(one)
    assert list(differences(one, server, [GRAPH])) == []


@pytest.mark.parametrize("odd", [False, True])
def test_blank_nodes_are_known_by_what_they_stand_for(odd: bool) -> None:
    def graph(names: str) -> Remote:
        store = Remote(odd=odd)
        a, b = (BlankNode(name) for name in names)
        store.behind.apply(
            insert=[Quad(a, SMT.knows, b, GRAPH), *(Quad(b, SMT.b, Literal(text), GRAPH) for text in "cde")]
        )
        return store

    blank: set[object] = set()
    assert fingerprints(graph("xy"), blank=blank) == fingerprints(graph("yx"))  # type: ignore[arg-type]
    assert blank == {GRAPH}
    assert list(differences(graph("xy"), graph("yx"), [GRAPH])) == []
    text = Remote(odd=odd)
    text.behind.apply(insert=[Quad(SMT.a, SMT.b, Literal(f"a _:b {n}"), GRAPH) for n in range(5)])
    blank.clear()
    fingerprints(text, blank=blank)  # type: ignore[arg-type]
    assert blank == set()


def test_what_a_store_notes_of_itself_has_no_part_in_it() -> None:
    store = memory([Quad(SMT.a, SMT.b, SMT.c, GRAPH)])
    before = fingerprints(store)
    mark = Mark("push", "peer", "2026-01-01T00:00:00Z", 3, "Ann")
    meeting = Meeting("peer", "d" * 64, 5, "2026-01-01T00:00:00Z")
    store.apply(insert=[*mark_quads(mark), *meeting_quads(meeting), Quad(LOG["1"], LOG.by, SMT.a, LOG_GRAPH)])
    assert fingerprints(store) == before
    assert (mark_of(store), meetings(store)) == (mark, [meeting])
    addition = Quad(iri("addition", "x"), SMT.b, SMT.c, STORE_GRAPH)
    store.apply(insert=[addition])
    assert differing(before, fingerprints(store)) == [STORE_GRAPH]


def test_lines_are_whole_wherever_pieces_end() -> None:
    some = [Quad(SMT.a, SMT.b, Literal(f"Élysée {n}"), GRAPH) for n in range(50)]
    lines = [text for texts in lines_of(holding(some), GRAPH) for text in texts if text]
    assert sorted(lines) == sorted(str(quad.triple).encode() for quad in some)
    assert fingerprints(memory(some), [NamedNode("https://example.org/none")]) == {}


def holding(some: list[Quad]) -> Remote:
    """A remote store that holds some quads."""
    store = Remote()
    store.behind.apply(insert=some)
    return store
