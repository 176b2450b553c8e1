"""In which triples two stores differ, graph by graph."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Quad

from kg.operations.fingerprints import (
    Fingerprint,
    batches,
    canonical,
    canonical_lines,
    canonical_terms,
    content_sizes,
    contents,
    has_blank_nodes,
    is_large,
    line,
    lines_of,
    parsed,
)
from kg.stores.base import BulkStore, GraphName


class Difference(NamedTuple):
    """A graph, and the quads that only the first or only the second store has in it, in canonical form.

    `written` is the latter as the second store writes it, to be deleted there.
    """

    graph: GraphName
    first: list[Quad]
    second: list[Quad]
    written: list[Quad]


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
        one, two = set(here.get(name, ())), set(there.get(name, ()))
        if has_blank_nodes(one - two) or has_blank_nodes(two - one):
            one, two = canonical(one), canonical(two)
        yield _compared(name, one - two, two - one, one.__contains__, two.__contains__)


def _large(first: BulkStore, second: BulkStore, name: GraphName) -> Difference:
    one = {text for some in lines_of(first, name) for text in some if text}
    two = {text for some in lines_of(second, name) for text in some if text}
    here, there = parsed(one - two, name), parsed(two - one, name)
    if has_blank_nodes(here) or has_blank_nodes(there):
        one, two = canonical_lines(first, name), canonical_lines(second, name)
        here, there = parsed(one - two, name), parsed(two - one, name)
    return _compared(name, here, there, lambda quad: line(quad) in one, lambda quad: line(quad) in two)


def _compared(
    name: GraphName,
    here: Iterable[Quad],
    there: Iterable[Quad],
    has: Callable[[Quad], bool],
    other_has: Callable[[Quad], bool],
) -> Difference:
    """The difference that is left of quads that are written in one store only, if the way of writing does not count."""
    one, two = _by_form(here), _by_form(there)
    first = [quad for quad in one if quad not in two and not other_has(quad)]
    second = [quad for quad in two if quad not in one and not has(quad)]
    written = [quad for form in second for quad in two[form]]
    return Difference(name, sorted(first, key=str), sorted(second, key=str), written)


def _by_form(quads: Iterable[Quad]) -> dict[Quad, list[Quad]]:
    """Quads by their canonical form."""
    waiting = list(quads)
    found: dict[Quad, list[Quad]] = {}
    for quad, value in zip(waiting, canonical_terms([quad.object for quad in waiting]), strict=True):
        form = Quad(quad.subject, quad.predicate, value, quad.graph_name)
        found.setdefault(form, []).append(quad)
    return found
