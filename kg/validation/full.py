"""Validation of a whole store, class by class, in pieces that fit in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pyoxigraph import NamedNode

from kg.namespaces import STORE_GRAPH
from kg.stores.base import Store, Term
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
    store: Store, *, things: Iterable[NamedNode] | None = None, folder: Path | None = None
) -> Report:
    """What the shapes find in the resolved view, in every article graph and in the store's own graph.

    Every literal is looked at too. With `things`, only these are looked at in the resolved view, and literals
    only where a shape does. All of the reference facts (70,000 triples) take about half a minute.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> validate_store(OxigraphStore()).conforms
    True
    """
    plan = load_plan(folder)
    findings = list(check_literals(store.quads()).findings) if things is None else []
    resolved = plan.of_layer("resolved")
    graph = Changed(DefaultGraphOf(store), (), ())
    findings += _pieces(
        graph, resolved, iter(targets_of(store, folder=folder) if things is None else things), folder
    )
    of_articles = plan.of_layer("article")
    for name in [STORE_GRAPH, *sorted(store.graph_names(), key=str)]:
        if name == STORE_GRAPH or name.value.startswith(ARTICLES):
            source: Source = Triples(quad.triple for quad in store.quads(None, None, None, name))
            subjects = {
                quad.subject
                for quad in store.quads(None, None, None, name)
                if isinstance(quad.subject, NamedNode)
            }
            findings += _pieces(Changed(source, (), ()), of_articles, iter(sorted(subjects, key=str)), folder)
    return Report.of(findings)


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


def _pieces(
    graph: Changed,
    shapes: tuple[ShapePlan, ...],
    nodes: Iterator[Term],
    folder: Path | None,
) -> list[Finding]:
    findings: list[Finding] = []
    while piece := set(islice(nodes, _PIECE)):
        focus, triples = surroundings(shapes, graph, piece)
        doubtful = unsure(shapes, triples, focus)
        if doubtful:
            findings += engine.run(triples, doubtful, folder=folder)
    return findings
