"""From findings to the claims and additions that tell of what is at fault."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from kg.namespaces import DCTERMS, SCHEMA, STORE_GRAPH
from kg.operations.why import passages_of
from kg.resolution.evidence import Scales
from kg.resolution.joining import Joins
from kg.resolution.rules import LEFT_OUT
from kg.resolution.sources import DEFAULT, Source, is_article, is_claim, is_curated
from kg.stores.base import GraphName, Term
from kg.validation.locate import steps
from kg.validation.origin import Origin
from kg.validation.report import Finding, Report

# More than that nobody reads; kg why tells all.
_FEW = 3
_MOST = 1000


def with_origins(
    report: Report, source: Source, fresh: Collection[GraphName] = (), told: Collection[GraphName] = ()
) -> Report:
    """The same findings, each with the few claims and additions that tell of its value, or else of its thing.

    `source` is what was checked: a store, or a store as a change would leave it. Of origins that tell the same
    those in the graphs that are `fresh` come first; `told` are graphs whose places are known otherwise. Of a report
    with more than a thousand findings the rest goes without.

    >>> from kg.resolution.sources import Quads
    >>> with_origins(Report(), Quads([])).findings
    ()
    """
    seeker = _Seeker(source, set(fresh), set(told))
    first, rest = report.findings[:_MOST], report.findings[_MOST:]
    return report.with_findings([*(replace(each, origins=seeker.of(each)) for each in first), *rest])


class _Seeker:
    def __init__(self, source: Source, fresh: set[GraphName], told: set[GraphName]) -> None:
        self._source, self._fresh, self._told = source, fresh, told
        self._scales = Scales(source)
        self._joins = Joins(source, self._scales)

    def of(self, finding: Finding) -> tuple[Origin, ...]:
        focus = finding.focus
        if not isinstance(focus, NamedNode):
            return ()
        itself = NamedNode(focus.value.partition("#")[0])
        if is_claim(itself) or is_article(itself):
            # What is wrong is what the graph says of the claim, not what the claim says.
            return (self._origin(itself),)
        ranks: dict[GraphName, int] = {}
        for graph, rank in self._candidates(finding, focus):
            ranks[graph] = min(rank, ranks.get(graph, rank))
        best = min(ranks.values(), default=0)
        graphs = [g for g, rank in ranks.items() if rank == best and isinstance(g, NamedNode)]
        graphs.sort(key=lambda g: (g not in self._fresh, len(g.value), g.value))
        return tuple(self._origin(graph) for graph in graphs[:_FEW] if graph not in self._told)

    def _candidates(self, finding: Finding, focus: NamedNode) -> Iterator[tuple[GraphName, int]]:
        """Graphs that have something to do with it, and how much; 0 is most."""
        forward, backward = steps(finding.path)
        for name in self._joins.names(focus):
            for quad in self._source.quads(name):
                if self._counts(quad.graph_name):
                    yield quad.graph_name, self._rank(quad.predicate in forward, quad.object, finding)
            for predicate in backward:
                for quad in self._source.quads(None, predicate, name):
                    if self._counts(quad.graph_name):
                        yield quad.graph_name, self._rank(True, quad.subject, finding)
            # A claim may say no more than that the thing is planned.
            for quad in self._source.quads(None, SCHEMA.about, name):
                if is_claim(quad.subject) and quad.graph_name != DEFAULT and self._counts(quad.subject):  # type: ignore[arg-type]
                    yield quad.subject, 4  # type: ignore[misc]

    def _counts(self, graph: GraphName) -> bool:
        """Whether what a graph says stands in the resolved view."""
        if isinstance(graph, NamedNode) and is_claim(graph):
            evidence = self._scales.weigh(graph)
            return evidence is not None and evidence.modality not in LEFT_OUT
        return is_curated(graph)

    def _rank(self, on_path: bool, value: Term, finding: Finding) -> int:
        if finding.value is not None and self._joins.canonical(value) == finding.value:
            return 0 if on_path else 1
        return 2 if on_path else 3

    def _origin(self, graph: NamedNode) -> Origin:
        if is_claim(graph):
            article = _first(self._source, graph, SCHEMA.isPartOf)
            if not isinstance(article, NamedNode):
                return Origin(graph)
            return Origin(graph, article, self._headline(article), passages_of(self._source, graph))
        if is_article(graph):
            return Origin(graph, graph, self._headline(graph))
        source = _first(self._source, graph, DCTERMS.source, STORE_GRAPH)
        return Origin(graph, source=source.value if isinstance(source, Literal) else None)

    def _headline(self, article: NamedNode) -> str | None:
        found = _first(self._source, article, SCHEMA.headline, article)
        return found.value if isinstance(found, Literal) else None


def _first(
    source: Source, subject: NamedNode, predicate: NamedNode, graph: NamedNode | None = None
) -> Term | None:
    found = (q for q in source.quads(subject, predicate, None, graph) if q.graph_name != DEFAULT)
    return min((quad.object for quad in found), key=str, default=None)


def by_article(findings: Iterable[Finding], articles: Sequence[NamedNode]) -> dict[NamedNode, list[Finding]]:
    """Findings by the first of some articles that brings them in; by the last where it cannot be told.

    >>> from kg.namespaces import iri
    >>> by_article([], [iri("article", "a")]) == {iri("article", "a"): []}
    True
    """
    shared: dict[NamedNode, list[Finding]] = {article: [] for article in articles}
    for finding in findings:
        told = (origin.article for origin in finding.origins)
        shared[next((a for a in told if a in shared), articles[-1])].append(finding)
    return shared
