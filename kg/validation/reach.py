"""From a change to what it touches: the focus nodes of each rule, and the triples that decide about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.namespaces import RDF, RDFS
from kg.stores.base import Term
from kg.validation.neighbourhood import Changed, When
from kg.validation.plan import ANY, SAME, ShapePlan, Step
from kg.validation.terms import from_text

Focus: TypeAlias = dict[str, set[Term]]
"""By the name of a rule, the nodes that it is to look at."""


class Index:
    """The rules by what their steps and targets read, to be asked with a changed triple."""

    def __init__(self, shapes: Iterable[ShapePlan]) -> None:
        self.shapes = tuple(shapes)
        self.by_predicate: dict[str, list[tuple[ShapePlan, Step]]] = defaultdict(list)
        self.by_class: dict[tuple[str, str], list[tuple[ShapePlan, Step]]] = defaultdict(list)
        self.loose: dict[str, list[ShapePlan]] = defaultdict(list)
        self.classes: dict[str, list[ShapePlan]] = defaultdict(list)
        self.subjects_of: dict[str, list[ShapePlan]] = defaultdict(list)
        self.objects_of: dict[str, list[ShapePlan]] = defaultdict(list)
        for shape in self.shapes:
            for step in shape.steps:
                if step.under:
                    for name in step.under:
                        self.by_class[step.predicate, name].append((shape, step))
                elif step.predicate != SAME:
                    self.by_predicate[step.predicate].append((shape, step))
            for index, names in (
                (self.loose, shape.loose),
                (self.classes, shape.classes),
                (self.subjects_of, shape.subjects_of),
                (self.objects_of, shape.objects_of),
            ):
                for name in names:
                    index[name].append(shape)


def touched(
    index: Index, graph: Changed, triples: Iterable[Triple] | None = None, *, resolved: bool = False
) -> Focus:
    """The nodes about which each rule may find something new, and if `resolved` what may no longer be found.

    By all that changes, or by some `triples` of it. Not all of them need be targets of the rule, before or after.
    """
    found: Focus = defaultdict(set)
    everywhere: dict[str, ShapePlan] = {}
    starts: dict[tuple[str, int], tuple[ShapePlan, set[Term]]] = {}
    terms: dict[Term, Term] = {}  # one object of each, however many rules look at it
    for triple in graph.triples if triples is None else triples:
        predicate = triple.predicate.value
        sign = "-" if triple in graph.delete else "+"
        for name in (predicate, ANY):
            for shape in index.loose.get(name, ()):
                everywhere[shape.iri] = shape
        if ANY in index.loose:
            everywhere.update({shape.iri: shape for shape in index.loose[ANY]})
        for shape, step in _steps(index, graph, triple):
            if not resolved and step.sense not in ("", sign):
                continue
            start, end = triple.subject, triple.object
            if step.inverse:
                start, end = end, start  # type: ignore[assignment]
            if isinstance(step.end, str) and end != NamedNode(step.end):
                continue
            own = terms.setdefault(start, start)
            starts.setdefault((shape.iri, step.start), (shape, set()))[1].add(own)
        if resolved or sign == "+":
            _aim(index, graph, triple, found, terms)
    for (name, variable), (shape, nodes) in starts.items():
        found[name] |= back(shape, graph, variable, nodes)
    for shape in everywhere.values():
        found[shape.iri] = all_targets(shape, graph, When.EITHER)
    return {name: nodes for name, nodes in found.items() if nodes}


def _steps(index: Index, graph: Changed, triple: Triple) -> Iterable[tuple[ShapePlan, Step]]:
    predicate = triple.predicate.value
    yield from index.by_predicate.get(predicate, ())
    yield from index.by_predicate.get(ANY, ())
    if predicate in (RDF.type.value, RDFS.subClassOf.value):
        seen: set[tuple[str, Step]] = set()
        for name in graph.above(triple.object, When.EITHER):
            for shape, step in index.by_class.get((predicate, name), ()):
                if (shape.iri, step) not in seen:
                    seen.add((shape.iri, step))
                    yield shape, step


def _aim(index: Index, graph: Changed, triple: Triple, found: Focus, terms: dict[Term, Term]) -> None:
    """Nodes of which a triple may make targets."""
    predicate = triple.predicate.value
    for shape in index.subjects_of.get(predicate, ()):
        found[shape.iri].add(triple.subject)
    for shape in index.objects_of.get(predicate, ()):
        found[shape.iri].add(triple.object)
    if predicate not in (RDF.type.value, RDFS.subClassOf.value):
        return
    aimed = {
        shape.iri: shape
        for name in graph.above(triple.object, When.EITHER)
        for shape in index.classes.get(name, ())
    }
    if aimed:
        nodes: set[Term] = {terms.setdefault(triple.subject, triple.subject)}
        if predicate == RDFS.subClassOf.value:
            nodes = graph.instances([triple.subject], When.EITHER)
        for iri in aimed:
            found[iri] |= nodes


def back(shape: ShapePlan, graph: Changed, variable: int, nodes: set[Term]) -> set[Term]:
    """The focus nodes from which nodes can be reached as values of a variable, before or after the change."""
    reached: dict[int, set[Term]] = defaultdict(set)
    waiting: list[tuple[int, set[Term]]] = [(variable, nodes)]
    while waiting:
        at, fresh = waiting.pop()
        fresh = fresh - reached[at]
        if not fresh:
            continue
        reached[at] |= fresh
        for step in shape.ways.get(at, ()):
            if step.predicate == SAME:
                waiting.append((step.start, fresh))
                continue
            triples = graph.match(fresh, step.predicate, inverse=not step.inverse, when=When.EITHER)
            if step.inverse:
                waiting.append((step.start, {triple.object for triple in triples}))
            else:
                waiting.append((step.start, {triple.subject for triple in triples}))
    return reached[0]


def targets(shape: ShapePlan, graph: Changed, nodes: set[Term], when: When = When.AFTER) -> set[Term]:
    """Those of the nodes that a rule is aimed at."""
    aimed: set[Term] = set()
    if shape.nodes:
        aimed |= nodes & {from_text(text) for text in shape.nodes}
    if shape.classes:
        for triple in graph.match(nodes, RDF.type.value, inverse=False, when=when):
            if triple.subject not in aimed and not graph.above(triple.object, when).isdisjoint(shape.classes):
                aimed.add(triple.subject)
    for predicate in shape.subjects_of:
        aimed |= {t.subject for t in graph.match(nodes - aimed, predicate, inverse=False, when=when)}
    for predicate in shape.objects_of:
        aimed |= {t.object for t in graph.match(nodes - aimed, predicate, inverse=True, when=when)}
    return aimed


def all_targets(shape: ShapePlan, graph: Changed, when: When = When.AFTER) -> set[Term]:
    """Everything that a rule is aimed at."""
    aimed: set[Term] = {from_text(text) for text in shape.nodes}
    aimed |= graph.instances([NamedNode(name) for name in shape.classes], when)
    for predicate in shape.subjects_of:
        aimed |= {triple.subject for triple in graph.scan(predicate, when=when)}
    for predicate in shape.objects_of:
        aimed |= {triple.object for triple in graph.scan(predicate, when=when)}
    return aimed


def around(shape: ShapePlan, graph: Changed, nodes: Collection[Term], when: When, kept: set[Triple]) -> None:
    """Collect all triples that a rule looks at from some focus nodes."""
    for predicate in shape.loose:
        kept.update(graph.scan(predicate, when=when))
    if ANY in shape.loose:
        return
    # pySHACL cannot name a blank node that is in no triple.
    blank: set[Term] = {node for node in nodes if isinstance(node, BlankNode)}
    if blank:
        for inverse in (False, True):
            kept.update(graph.match(blank, ANY, inverse=inverse, when=when))
    reached: dict[int, set[Term]] = defaultdict(set)
    waiting: list[tuple[int, set[Term]]] = [(0, set(nodes))]
    while waiting:
        at, fresh = waiting.pop()
        fresh = fresh - reached[at]
        if not fresh:
            continue
        reached[at] |= fresh
        for step in shape.onward.get(at, ()):
            ends = fresh
            if step.predicate != SAME:
                triples = list(graph.match(fresh, step.predicate, inverse=step.inverse, when=when))
                kept.update(triples)
                if step.way:
                    ends = {triple.subject if step.inverse else triple.object for triple in triples}
            if step.way and isinstance(step.end, int):
                waiting.append((step.end, ends))


def surroundings(
    shapes: Iterable[ShapePlan],
    graph: Changed,
    nodes: Collection[Term] | Mapping[str, set[Term]],
    when: When = When.AFTER,
) -> tuple[Focus, set[Triple]]:
    """The nodes that each rule is aimed at, of these (or of those for it), and all triples that it looks at."""
    focus: Focus = {}
    kept: set[Triple] = set()
    everything = None if isinstance(nodes, Mapping) else set(nodes)
    for shape in shapes:
        given = nodes.get(shape.iri) if isinstance(nodes, Mapping) else everything
        if not given:
            continue
        aimed = targets(shape, graph, given, when)
        if aimed:
            focus[shape.iri] = aimed
            around(shape, graph, aimed, when, kept)
    return focus, kept
