"""From the shapes to the plan: reads property paths, constraints and SPARQL patterns.

What it does not understand it refuses, because a gate that overlooks a pattern would let errors in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.namespaces import BASE, RDF, SH
from kg.validation.compile_checks import compile_checks
from kg.validation.plan import Place, Plan, ShapePlan, Step
from kg.validation.shapes import digest, shapes_graph

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

GRAPHS = BASE + "shapes#graphs"

# Constraints that look at the value nodes only.
_VALUE_ONLY = frozenset(
    {
        "datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive",
        "maxInclusive", "minLength", "maxLength", "pattern", "flags", "languageIn", "uniqueLang",
        "hasValue", "in", "qualifiedMinCount", "qualifiedMaxCount",
    }
)  # fmt: skip
_PAIRS = frozenset({"equals", "disjoint", "lessThan", "lessThanOrEquals"})
_SHAPES = frozenset({"property", "node", "not", "qualifiedValueShape"})
_SHAPE_LISTS = frozenset({"and", "or", "xone"})
_SILENT = frozenset(
    {
        "path",
        "targetClass",
        "targetSubjectsOf",
        "severity",
        "message",
        "name",
        "description",
        "order",
        "group",
    }
)
_REFUSED_SPARQL = frozenset(
    {
        "GroupOrUnionGraphPattern",
        "MinusGraphPattern",
        "GraphGraphPattern",
        "ServiceGraphPattern",
        "SubSelect",
        "InlineData",
    }
)


def compile_plan(folder: Path | None = None) -> Plan:
    """The plan of all node shapes with targets in a folder.

    Raises InputError for a shape that the gate could not follow: `*` and `+` paths, UNION, MINUS, GRAPH,
    VALUES, sub-queries, variable predicates, closed shapes, and patterns that do not hang on $this.
    """
    from rdflib import URIRef

    graph = shapes_graph(folder)
    target_class, target_subjects = URIRef(SH.targetClass.value), URIRef(SH.targetSubjectsOf.value)
    for kind in ("targetNode", "targetObjectsOf", "target"):
        if next(graph.subjects(URIRef(SH[kind].value)), None) is not None:
            raise InputError(f"the gate does not know sh:{kind}", hint="use sh:targetClass")
    plans = []
    targeted = {str(shape) for kind in (target_class, target_subjects) for shape in graph.subjects(kind)}
    for name in sorted(targeted):
        shape = URIRef(name)
        compiler = _Compiler(graph, name)
        compiler.shape(shape, 0)
        layers = sorted(str(layer) for layer in graph.objects(shape, URIRef(GRAPHS)))
        plans.append(
            ShapePlan(
                iri=name,
                graphs=("resolved", *layers),
                classes=tuple(sorted(map(str, graph.objects(shape, target_class)))),
                subjects_of=tuple(sorted(map(str, graph.objects(shape, target_subjects)))),
                steps=tuple(compiler.steps),
                checks=json.dumps(compile_checks(graph, shape)),
            )
        )
    return Plan(digest(folder), tuple(plans))


@dataclass
class _Scope:
    """Triple patterns of a query that hold together, and the groups inside that need not hold."""

    patterns: list[tuple[Any, Any, Any]] = field(default_factory=list)
    inner: list[_Scope] = field(default_factory=list)


class _Compiler:
    """Collects the steps of one node shape."""

    def __init__(self, graph: Graph, name: str) -> None:
        self.graph = graph
        self.name = name
        self.steps: dict[Step, None] = {}
        self._numbers = count(1)
        self._ends: dict[tuple[int, str, bool], int] = {}
        self._open: set[Node] = set()

    def refuse(self, what: str) -> InputError:
        return InputError(
            f"the gate cannot follow {what}", where=self.name, hint="docs/shapes.md says what shapes may use"
        )

    def shape(self, shape: Node, focus: int) -> None:
        """The steps of a node or property shape that is applied to the variable `focus`."""
        from rdflib import URIRef

        if shape in self._open:
            raise self.refuse("a shape that refers to itself")
        self._open.add(shape)
        path = self.graph.value(shape, URIRef(SH.path.value))
        values = [focus] if path is None else self.path(path, [focus])
        for predicate, obj in sorted(self.graph.predicate_objects(shape), key=str):
            if not str(predicate).startswith(SH.base):
                continue
            name = str(predicate)[len(SH.base) :]
            if name == "class":
                self.steps.update((Step(value, RDF.type.value, False, str(obj)), None) for value in values)
            elif name in _PAIRS:
                self.follow(focus, str(obj), inverse=False)
            elif name in _SHAPES or name in _SHAPE_LISTS:
                for member in [obj] if name in _SHAPES else self.graph.items(obj):
                    for value in values:
                        self.shape(member, value)
            elif name == "sparql":
                text = str(self.graph.value(obj, URIRef(SH.select.value)))
                self.scope(_parse(text, self), {"this": focus})
            elif name not in _VALUE_ONLY and name not in _SILENT:
                raise self.refuse(f"sh:{name}")
        self._open.discard(shape)

    def follow(self, start: int, predicate: str, *, inverse: bool) -> int:
        """The variable at the end of a step; the same one where the same step is taken again."""
        key = (start, predicate, inverse)
        if key not in self._ends:
            end = self._ends[key] = next(self._numbers)
            self.steps[Step(start, predicate, inverse, end)] = None
        return self._ends[key]

    def path(self, path: Node, starts: list[int]) -> list[int]:
        """The variables at the end of a SHACL property path, one for each of its alternatives."""
        from rdflib import RDF as RDFLIB_RDF
        from rdflib import URIRef

        if isinstance(path, URIRef):
            return [self.follow(start, str(path), inverse=False) for start in starts]
        if self.graph.value(path, RDFLIB_RDF.first) is not None:
            for part in self.graph.items(path):
                starts = self.path(part, starts)
            return starts
        inverted = self.graph.value(path, URIRef(SH.inversePath.value))
        if isinstance(inverted, URIRef):
            return [self.follow(start, str(inverted), inverse=True) for start in starts]
        alternatives = self.graph.value(path, URIRef(SH.alternativePath.value))
        if alternatives is not None:
            return [end for part in self.graph.items(alternatives) for end in self.path(part, starts)]
        raise self.refuse("this property path")

    def scope(self, scope: _Scope, outer: dict[str, int]) -> None:
        """The steps of one group of a query, from the variables that the groups around it have reached.

        A name that only groups beside this one use stands for another variable here: that takes in more
        triples than a join would, which does no harm.
        """
        names = dict(outer)
        waiting: list[tuple[Any, str, Any]] = []
        for subject, predicate, obj in scope.patterns:
            self._flatten(subject, predicate, obj, waiting)
        while waiting:
            # Along a triple where possible: against its direction a state would lead to all that is in it.
            for inverse in (False, True):
                taken = next((p for p in waiting if self._reached(p[2] if inverse else p[0], names)), None)
                if taken is not None:
                    break
            else:
                raise self.refuse("a pattern that does not hang on $this")
            waiting.remove(taken)
            start, end = (taken[2], taken[0]) if inverse else (taken[0], taken[2])
            self.steps[Step(names[str(start)], taken[1], inverse, self._place(end, names))] = None
        for inner in scope.inner:
            self.scope(inner, names)

    def _reached(self, term: Any, names: dict[str, int]) -> bool:
        from rdflib import URIRef

        return not isinstance(term, URIRef) and str(term) in names

    def _place(self, term: Any, names: dict[str, int]) -> Place:
        from rdflib import BNode, URIRef, Variable

        if isinstance(term, URIRef):
            return str(term)
        if not isinstance(term, Variable | BNode):
            raise self.refuse(f"the literal {term} in a query")
        if str(term) not in names:
            names[str(term)] = next(self._numbers)
        return names[str(term)]

    def _flatten(self, subject: Any, predicate: Any, obj: Any, into: list[tuple[Any, str, Any]]) -> None:
        """A pattern with a property path as patterns with plain predicates."""
        from rdflib import BNode, URIRef
        from rdflib.paths import AlternativePath, InvPath, SequencePath

        if isinstance(predicate, URIRef):
            into.append((subject, str(predicate), obj))
        elif isinstance(predicate, InvPath):
            self._flatten(obj, predicate.arg, subject, into)
        elif isinstance(predicate, SequencePath):
            *parts, last = predicate.args
            for part in parts:
                middle = BNode()
                self._flatten(subject, part, middle, into)
                subject = middle
            self._flatten(subject, last, obj, into)
        elif isinstance(predicate, AlternativePath):
            raise self.refuse("a path with | in a query")
        else:
            raise self.refuse(f"the predicate {predicate} in a query")


def _parse(text: str, compiler: _Compiler) -> _Scope:
    """The groups of a query with their triple patterns.

    The parse tree is read, not the algebra: rdflib leaves EXISTS out of the latter.
    """
    from rdflib.plugins.sparql.algebra import translatePath, translatePName, traverse
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.plugins.sparql.sparql import Prologue

    declared = _declared(compiler.graph)
    prologue = Prologue()
    for prefix, base in declared.items():
        prologue.bind(prefix, base)
    tree = parseQuery(text)[1]
    tree = traverse(tree, visitPost=partial(translatePName, prologue=prologue))
    tree = traverse(tree, visitPost=translatePath)

    def walk(part: Any, scope: _Scope) -> None:
        if isinstance(part, CompValue):
            # One group in braces is no union.
            braces = part.name == "GroupOrUnionGraphPattern" and len(part.graph) == 1
            if part.name in _REFUSED_SPARQL and not braces:
                raise compiler.refuse(f"{part.name} in a query")
            if part.name == "TriplesBlock":
                for triples in part.triples:
                    terms = list(triples)
                    scope.patterns += zip(terms[::3], terms[1::3], terms[2::3], strict=True)
                return
            if part.name in ("OptionalGraphPattern", "Builtin_EXISTS", "Builtin_NOTEXISTS"):
                scope.inner.append(_Scope())
                scope = scope.inner[-1]
            for key in part:
                walk(part[key], scope)
        elif isinstance(part, list | tuple) or type(part).__name__ == "ParseResults":
            for item in part:
                walk(item, scope)

    top = _Scope()
    walk(tree, top)
    return top


def _declared(graph: Graph) -> dict[str, str]:
    from rdflib import URIRef

    declared = {}
    for declaration in graph.objects(None, URIRef(SH.declare.value)):
        prefix = graph.value(declaration, URIRef(SH.prefix.value))
        declared[str(prefix)] = str(graph.value(declaration, URIRef(SH.namespace.value)))
    return declared
