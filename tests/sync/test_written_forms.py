"""Lines of a server: sorted by graph whatever their order, and never taken for canonical where they are not."""

from __future__ import annotations

import random

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from kg.operations.fingerprints import line
from kg.operations.whole_dataset import by_graph, joined
from kg.operations.written_forms import Forms
from kg.stores.base import GraphName
from tests.sync.datasets import datasets, memory

XSD = "http://www.w3.org/2001/XMLSchema#"
VALUES = [
    *("<urn:o>", "<urn:\\u00e9>", "_:b", '""', '"a"', '"\\u0061"', '"\\t"', '"\t"', '"a  b"', '"a _:b"', '"\\\\"', '"\\\'"', '"é"'),
    *('"\\u00e9"', '"a"@en', '"a"@EN', '"a"@en-GB', '"a"@en-gb', '"a \\"b\\"@EN"', '"\\b"', '"\\u0008"', '"\\u007F"', '"\x7f"'),
    *(f'"{text}"^^<{XSD}integer>' for text in ("7", "07", "+7", "-0", "x", "99999999999999999999999")),
    *(f'"{text}"^^<{XSD}decimal>' for text in ("1", "1.0", "0.50", ".5")),
    *(f'"{text}"^^<{XSD}double>' for text in ("1", "1.0", "1.0E0", "1e0", "INF", "NaN")),
    *(f'"{text}"^^<{XSD}boolean>' for text in ("1", "true", "TRUE")),
    *(f'"{text}"^^<{XSD}dateTime>' for text in ("2024-05-16T00:00:00", "2024-05-16T00:00:00.00", "2024-05-16T24:00:00")),
    *(f'"{text}"^^<{XSD}date>' for text in ("2024-05-16", "2024-05-16Z", "2024-05-16+00:00", "2024-02-31")),
    *(f'"2024"^^<{XSD}{kind}>' for kind in ("gYear", "string", "int", "other")),
]  # fmt: skip
lines = st.builds(
    lambda subject, value, space: f"<urn:{subject}>{space}<urn:p> {value}".encode(),
    st.sampled_from(["a", "b", "\\u0062", "é"]), st.sampled_from(VALUES), st.sampled_from([" ", " ", " ", "  ", "\t"]),
)  # fmt: skip


@given(st.lists(lines, max_size=6), st.integers(0, 6))
def test_what_is_taken_for_canonical_is(some: list[bytes], cut: int) -> None:
    forms = Forms()
    forms.look(some[:cut])
    forms.look(some[cut:])
    store = ox.Store()
    store.bulk_load(b"".join(text + b" .\n" for text in some), format=RdfFormat.N_TRIPLES)
    kept = {line(quad) for quad in store}
    if forms.are_canonical():
        assert kept == set(some)
    elif kept == set(some):  # nothing but blank nodes is doubted without need
        assert any(b"_:" in text for text in some)


@given(datasets, st.randoms(use_true_random=False), st.integers(1, 300))
def test_lines_are_sorted_by_graph_in_any_order(
    some: list[ox.Quad], chance: random.Random, size: int
) -> None:
    # A triple of the resolved view may end as a quad does.
    store = memory([*some, *(ox.Quad(q.subject, q.predicate, q.graph_name) for q in some if isinstance(q.graph_name, ox.NamedNode))])  # fmt: skip
    wanted: dict[GraphName, set[bytes]] = {}
    for quad in store.quads():
        wanted.setdefault(quad.graph_name, set()).add(line(quad))
    texts = [f"{quad} .\n".encode() for quad in store.quads()]
    chance.shuffle(texts)
    data = b"".join(texts)
    found: dict[GraphName, list[bytes]] = {}
    for lines in by_graph((data[at : at + size] for at in range(0, len(data), size)), store.graph_sizes()):
        again = list(ox.parse(joined(lines), RdfFormat.N_QUADS))
        assert {line(quad) for quad in again} == {text for one in lines.values() for text in one}
        for name, one in lines.items():
            found.setdefault(name, []).extend(one)
    assert {name: set(one) for name, one in found.items()} == wanted
    assert sum(map(len, found.values())) == len(texts)
