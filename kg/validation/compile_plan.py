"""From the shapes to the plan: one rule for each property shape of a node shape, or for a shape as a whole.

What it does not understand it says in a note, and the rule then reads all there is: slow and right.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.namespaces import BASE, RDF, RDFS
from kg.validation.compile_checks import compile_checks
from kg.validation.compile_steps import PARAMETERS, Steps, is_true, name_of, sh
from kg.validation.plan import Plan, ShapePlan
from kg.validation.report import compact
from kg.validation.shapes import digest, name_of_shape, shapes_graph
from kg.validation.terms import from_rdflib

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

GRAPHS = BASE + "shapes#graphs"
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")


def compile_plan(folder: Path | None = None) -> Plan:
    """The plan of all shapes with targets in a folder; its notes say which could not be followed, and why.

    Raises InputError where there are no shapes, RdfSyntaxError where a file cannot be read.

    >>> compile_plan().notes
    ()
    """
    graph = shapes_graph(folder)
    custom = custom_parameters(graph)
    plans: list[ShapePlan] = []
    finders: Counter[str] = Counter()
    tells: list[set[str]] = []
    notes: list[str] = []
    for shape in targeted(graph):
        if is_true(graph, shape, "deactivated"):
            continue
        layers = sorted(str(layer) for layer in graph.objects(shape, _uri(GRAPHS)))
        aim = _aim(graph, shape)
        for part in parts(graph, shape, custom):
            steps = Steps(graph, custom)
            steps.shape(part, 0)
            named = _name(graph, part) if part == shape else f"{_name(graph, shape)} {_name(graph, part)}"
            notes += [
                f"{_shown(graph, part)}: the gate cannot follow {reason}; all targets are checked"
                for reason in dict.fromkeys(steps.reasons)
            ]
            tells.append(told_names(graph, part))
            finders.update(tells[-1])
            plans.append(
                ShapePlan(
                    iri=named,
                    shape=_name(graph, part),
                    graphs=("resolved", *layers),
                    steps=steps.steps,
                    loose=tuple(sorted(steps.loose)),
                    nested=steps.nested,
                    checks=json.dumps(compile_checks(graph, part, custom, trusted=folder is None)),
                    **aim,
                )
            )
        if (shape, sh("target"), None) in graph:
            notes.append(f"{_shown(graph, shape)}: sh:target is not of the standard and is left out")
    plans = [
        replace(plan, shared=any(finders[name] > 1 for name in names))
        for plan, names in zip(plans, tells, strict=True)
    ]
    return Plan(digest(folder), tuple(plans), tuple(notes))


def targeted(graph: Graph) -> list[Node]:
    """The shapes that are aimed at something themselves, by name."""
    found = {shape for kind in _TARGETS for shape in graph.subjects(sh(kind))}
    found |= {shape for shape in _shapes(graph) if _is_class(graph, shape)}
    return sorted(found, key=str)


def parts(graph: Graph, shape: Node, custom: frozenset[str]) -> list[Node]:
    """The shapes that can be run one by one instead of a shape: its property shapes if it has nothing else.

    Not so where shapes refer to themselves or look at those beside them.
    """
    stated = list(graph.predicate_objects(shape))
    alone = all(
        name_of(predicate) not in PARAMETERS - {"property"} and str(predicate) not in custom
        for predicate, _ in stated
    )
    properties = sorted(set(graph.objects(shape, sh("property"))), key=str)
    if not alone or (shape, sh("path"), None) in graph or not properties:
        return [shape]
    whole = Steps(graph, custom)
    whole.shape(shape, 0)
    disjoint = any(is_true(graph, part, "qualifiedValueShapesDisjoint") for part in properties)
    if whole.recursive or disjoint:
        return [shape]
    return [part for part in properties if not is_true(graph, part, "deactivated")]


def told_names(graph: Graph, shape: Node) -> set[str]:
    """The names by which findings of a shape can go: its own, and those of its property shapes."""
    seen: set[Node] = set()
    waiting = [shape]
    while waiting:
        at = waiting.pop()
        if at not in seen:
            seen.add(at)
            waiting += graph.objects(at, sh("property"))
    return {name_of_shape(graph, each).value for each in seen}


def custom_parameters(graph: Graph) -> frozenset[str]:
    """The predicates that constraint components of one's own have as their parameters."""
    return frozenset(
        str(path)
        for parameter in graph.objects(None, sh("parameter"))
        for path in graph.objects(parameter, sh("path"))
    )


def _aim(graph: Graph, shape: Node) -> dict[str, Any]:
    def names(kind: str) -> tuple[str, ...]:
        return tuple(sorted(str(name) for name in graph.objects(shape, sh(kind))))

    classes = set(names("targetClass"))
    if _is_class(graph, shape):
        classes.add(str(shape))
    return {
        "classes": tuple(sorted(classes)),
        "subjects_of": names("targetSubjectsOf"),
        "objects_of": names("targetObjectsOf"),
        "nodes": tuple(sorted(str(from_rdflib(node)) for node in graph.objects(shape, sh("targetNode")))),
    }


def _shapes(graph: Graph) -> set[Node]:
    """What pySHACL takes for a shape besides what has a target."""
    kinds = [sh("NodeShape"), sh("PropertyShape")]
    found = {shape for kind in kinds for shape in graph.subjects(_uri(RDF.type.value), kind)}
    single = ("property", "node")
    found |= {shape for name in single for shape in graph.subjects(sh(name))}
    many = ("property", "node", "not", "qualifiedValueShape")
    found |= {shape for name in many for shape in graph.objects(None, sh(name))}
    lists = [start for name in ("and", "or", "xone") for start in graph.objects(None, sh(name))]
    return found | {shape for start in lists for shape in graph.items(start)}


def _is_class(graph: Graph, shape: Node) -> bool:
    """Whether a shape is a class, and so aimed at what is of it."""
    classes = {*graph.subjects(_uri(RDFS.subClassOf.value), _uri(RDFS.Class.value)), _uri(RDFS.Class.value)}
    return any(kind in classes for kind in graph.objects(shape, _uri(RDF.type.value)))


def _name(graph: Graph, shape: Node) -> str:
    return str(from_rdflib(shape))[1:-1] if not _is_blank(shape) else f"_:{shape}"


def _shown(graph: Graph, shape: Node) -> str:
    return f"a shape without a name ({shape})" if _is_blank(shape) else compact(from_rdflib(shape))


def _is_blank(node: Node) -> bool:
    from rdflib import BNode

    return isinstance(node, BNode)


def _uri(text: str) -> Any:
    from rdflib import URIRef

    return URIRef(text)
