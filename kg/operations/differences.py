"""In which triples two stores differ, graph by graph."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Quad

from kg.operations.fingerprints import (
    Fingerprint,
    batches,
    canonical,
    canonical_lines,
    content_sizes,
    contents,
    is_large,
    parsed,
)
from kg.stores.base import BulkStore, GraphName


class Difference(NamedTuple):
    """A graph, and the quads that only the first or only the second store has in it, in canonical form."""

    graph: GraphName
    first: list[Quad]
    second: list[Quad]


def differing(
    first: Mapping[GraphName, Fingerprint], second: Mapping[GraphName, Fingerprint]
) -> list[GraphName]:
    """The graphs whose fingerprints differ, or that only one of two stores has."""
    return sorted(
        (name for name in first.keys() | second.keys() if first.get(name) != second.get(name)), key=str
    )


def differences(first: BulkStore, second: BulkStore, graphs: Collection[GraphName]) -> Iterator[Difference]:
    """How some graphs of two stores differ; those that turn out to be equal are left out.

    >>> from kg.namespaces import SMT
    >>> from kg.stores.oxigraph import OxigraphStore
    >>> one, two = OxigraphStore(), OxigraphStore()
    >>> one.apply(insert=[Quad(SMT.a, SMT.b, SMT.c, SMT.g)])
    >>> [(len(d.first), len(d.second)) for d in differences(one, two, [SMT.g])]
    [(1, 0)]
    """
    sizes, others = content_sizes(first), content_sizes(second)
    either = {name: max(sizes.get(name, 0), others.get(name, 0)) for name in graphs}
    for names in batches(either):
        if is_large(names[0], either):
            found = [_large(first, second, names[0])]
        else:
            found = list(_small(first, second, names))
        yield from (difference for difference in found if difference.first or difference.second)


def _small(first: BulkStore, second: BulkStore, names: list[GraphName]) -> Iterator[Difference]:
    here, there = contents(first, names), contents(second, names)
    for name in names:
        one, two = canonical(here.get(name, ())), canonical(there.get(name, ()))
        yield Difference(name, sorted(one - two, key=str), sorted(two - one, key=str))


def _large(first: BulkStore, second: BulkStore, name: GraphName) -> Difference:
    one, two = canonical_lines(first, name), canonical_lines(second, name)
    return Difference(name, parsed(sorted(one - two), name), parsed(sorted(two - one), name))
