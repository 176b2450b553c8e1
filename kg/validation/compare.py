"""What is found after a change against what was found before it: new, already there, resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, TypeAlias

from pyoxigraph import Triple

from kg.stores.base import Term
from kg.validation.neighbourhood import Changed, When
from kg.validation.plan import ShapePlan
from kg.validation.reach import Focus, all_targets, back, surroundings
from kg.validation.report import Finding
from kg.validation.screen import unsure

Run: TypeAlias = Callable[[set[Triple], Mapping[str, Collection[Term]]], list[Finding]]
"""Runs shapes on triples; says by the name of a rule which nodes it is to look at."""

_PIECE = 500
_TOGETHER = 100
_SPARQL = "SPARQLConstraintComponent"


def compared(
    shapes: Iterable[ShapePlan], graph: Changed, shares: Iterable[Focus], run: Run, *, resolved: bool = False
) -> list[Finding]:
    """What rules find about nodes, given in shares, after a change; each finding with its state.

    What was found before is only looked for where something is found after, or with `resolved` everywhere.
    """
    shapes = tuple(shapes)
    after: list[Finding] = []
    before: list[Finding] = []
    doubtful: Focus = {}
    for nodes in shares:
        found_now, doubted = found(shapes, graph, nodes, When.AFTER, run)
        after += found_now
        if resolved:
            before += found(shapes, graph, nodes, When.BEFORE, run)[0]
            continue
        for name, some in doubted.items():
            doubtful.setdefault(name, set()).update(some)
    if not after and not resolved:
        return []
    if doubtful:
        before = found(shapes, graph, doubtful, When.BEFORE, run)[0]
    were = Counter(map(key, before))
    are = Counter(map(key, after))
    told: list[Finding] = [
        replace(finding, state="new" if are[key(finding)] > were[key(finding)] else "already there")
        for finding in after
    ]
    if resolved:
        gone = [finding for finding in before if not are[key(finding)]]
        still = _found_otherwise(shapes, graph, {finding.focus for finding in gone}, run)
        told += [replace(finding, state="resolved") for finding in gone if key(finding) not in still]
    return told


def _found_otherwise(
    shapes: Iterable[ShapePlan], graph: Changed, nodes: set[Term], run: Run
) -> set[tuple[Any, ...]]:
    """What is found about nodes after a change by way of other nodes, whether the change touches these or not."""
    if not nodes:
        return set()
    # A property shape of several node shapes finds the same for each of them.
    others = list(shapes)
    findings, _ = found(others, graph, all_ways(others, graph, nodes), When.AFTER, run)
    return set(map(key, findings))


def all_ways(shapes: Iterable[ShapePlan], graph: Changed, nodes: set[Term]) -> Focus:
    """What each rule is to look at, for all that is found about some nodes, before and after, to be among it."""

    def ways(shape: ShapePlan) -> set[Term]:
        if not shape.nested:
            return nodes
        if shape.loose:  # not every way to the nodes is known
            return nodes | all_targets(shape, graph, When.EITHER)
        return nodes.union(*(back(shape, graph, at, nodes) for at in shape.ways))

    return {shape.iri: ways(shape) for shape in shapes}


def found(
    shapes: Iterable[ShapePlan], graph: Changed, nodes: Focus, when: When, run: Run
) -> tuple[list[Finding], Focus]:
    """What rules find about nodes, and the nodes of which something was found or could have been.

    Large numbers of nodes are taken in pieces; a rule that reads all there is takes its nodes at once.
    """
    findings: list[Finding] = []
    doubted: Focus = {}
    for piece in _pieces(list(shapes), nodes):
        plans = [shape for shape, _ in piece]
        focus, triples = surroundings(plans, graph, {shape.iri: some for shape, some in piece}, when)
        doubtful = unsure(plans, triples, focus)
        if doubtful:
            findings += run(triples, doubtful)
            for name, some in doubtful.items():
                doubted.setdefault(name, set()).update(some)
    return findings, doubted


def _pieces(shapes: list[ShapePlan], nodes: Focus) -> Iterator[list[tuple[ShapePlan, set[Term]]]]:
    # What reads all of a predicate is kept apart: the others need not wade through it.
    loose = [(shape, nodes[shape.iri]) for shape in shapes if shape.loose and nodes.get(shape.iri)]
    if loose:
        yield loose
    # By nodes and then by rules: what lies around a node is read once for all rules that look at it.
    others = [(shape, nodes[shape.iri]) for shape in shapes if not shape.loose and nodes.get(shape.iri)]
    piece: dict[str, tuple[ShapePlan, set[Term]]] = {}
    seen: set[Term] = set()
    number = 0
    for at, (_, all_of_it) in enumerate(others):
        fresh = (node for node in all_of_it if node not in seen)
        while some := set(islice(fresh, _TOGETHER)):
            for shape, every in others[at:]:
                if own := some & every:
                    piece.setdefault(shape.iri, (shape, set()))[1].update(own)
                    number += len(own)
            seen |= some
            if number >= _PIECE:
                yield list(piece.values())
                piece, number = {}, 0
    if piece:
        yield list(piece.values())


def key(finding: Finding) -> tuple[Any, ...]:
    """By what a finding is known again: not by the other values at its place, nor by words that tell them."""
    words = finding.template if (finding.component or _SPARQL).endswith(_SPARQL) else ""
    return (
        finding.focus,
        finding.shape,
        finding.path,
        finding.value,
        finding.severity,
        finding.component,
        words,
    )
