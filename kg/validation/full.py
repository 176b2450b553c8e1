"""Validation of a whole store, in pieces that fit in memory, by one process or its share by each of several.

The screen clears the nodes that certainly conform; pySHACL judges the rest, and only it finds anything. Why not
another engine: docs/decisions/0009-full-validation.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from zlib import crc32

from pyoxigraph import DefaultGraph, NamedNode

from kg.namespaces import STORE_GRAPH
from kg.stores.base import Store, Table, Term
from kg.validation import engine
from kg.validation.gate import ARTICLES
from kg.validation.lexical import check_literals
from kg.validation.neighbourhood import Changed, DefaultGraphOf, Source, Triples
from kg.validation.plan import ShapePlan, load_plan
from kg.validation.reach import all_targets, surroundings
from kg.validation.report import Finding, Report
from kg.validation.screen import unsure

_PIECE = 500


def validate_store(
    store: Store,
    *,
    things: Iterable[NamedNode] | None = None,
    folder: Path | None = None,
    step: Callable[[int, int], None] | None = None,
) -> Report:
    """What the shapes find in the resolved view, in every article graph and in the store's own graph.

    Every literal is looked at too. With `things`, only these are looked at in the resolved view, and literals
    only where a shape does. `step` is told how many pieces are done, of how many.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> validate_store(OxigraphStore()).conforms
    True
    """
    share = Share(store, things=things, folder=folder)
    findings: list[Finding] = []
    for done, found in enumerate(share.pieces(), 1):
        findings += found
        if step is not None:
            step(done, share.total)
    return Report.of(findings)


class Share:
    """One of `jobs` equal shares of the work of validating a whole store, in pieces that fit in memory.

    In memory are the names of the graphs and of the things, and what one piece needs. `stamp` is the same for all shares of
    one state of a store, and another one where a writer came in between.
    """

    def __init__(
        self,
        store: Store,
        number: int = 0,
        jobs: int = 1,
        *,
        things: Iterable[NamedNode] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._store, self._folder, self._literals = store, folder, things is None
        names = sorted(store.graph_names(), key=str)
        # Sorted: all shares have to see the same order.
        nodes = sorted(targets_of(store, folder=folder) if things is None else things, key=str)
        predicates = _predicates(store) if things is None else []
        self.stamp = (len(store), crc32("\n".join(map(str, (*names, *nodes))).encode()))
        self._names = names[number::jobs]
        self._predicates = predicates[number::jobs]
        self._pieces = [nodes[i : i + _PIECE] for i in range(0, len(nodes), _PIECE)][number::jobs]
        self.total = len(self._names) + len(self._predicates) + len(self._pieces)

    def pieces(self) -> Iterator[list[Finding]]:
        """The findings, piece by piece; there are `total` pieces."""
        store, plan = self._store, load_plan(self._folder)
        view, own = plan.of_layer("resolved"), plan.of_layer("article")
        for piece in self._pieces:
            yield _found(DefaultGraphOf(store), view, set(piece), self._folder)
        for predicate in self._predicates:
            yield list(check_literals(store.quads(None, predicate, None, DefaultGraph())).findings)
        for name in self._names:
            of_articles = name == STORE_GRAPH or name.value.startswith(ARTICLES)
            if not of_articles and not self._literals:
                yield []
                continue
            quads = list(store.quads(None, None, None, name))
            found = list(check_literals(quads).findings) if self._literals else []
            if of_articles:
                source = Triples(quad.triple for quad in quads)
                subjects = sorted({q.subject for q in quads if isinstance(q.subject, NamedNode)}, key=str)
                for first in range(0, len(subjects), _PIECE):
                    found += _found(source, own, set(subjects[first : first + _PIECE]), self._folder)
            yield found


def targets_of(store: Store, *, folder: Path | None = None) -> Iterator[Term]:
    """Everything in the resolved view that a shape is aimed at, each thing once.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> list(targets_of(OxigraphStore()))
    []
    """
    graph = Changed(DefaultGraphOf(store), (), ())
    seen: set[Term] = set()
    aims = {
        (s.classes, s.subjects_of, s.objects_of, s.nodes): s for s in load_plan(folder).of_layer("resolved")
    }
    for shape in aims.values():
        for node in all_targets(shape, graph):
            if node not in seen:
                seen.add(node)
                yield node


def _predicates(store: Store) -> list[NamedNode]:
    found = store.query("SELECT DISTINCT ?p WHERE { ?s ?p ?o }")
    assert isinstance(found, Table)
    return sorted((term for (term,) in found.rows if isinstance(term, NamedNode)), key=str)


def _found(
    source: Source, shapes: tuple[ShapePlan, ...], nodes: set[Term], folder: Path | None
) -> list[Finding]:
    focus, triples = surroundings(shapes, Changed(source, (), ()), nodes)
    doubtful = unsure(shapes, triples, focus)
    return engine.run(triples, doubtful, folder=folder) if doubtful else []
