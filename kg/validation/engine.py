"""pySHACL on a few triples: terms go in unrepaired, findings come out.

The shapes are read once, and each of them is asked about its nodes directly; what SPARQL constraints need once is not done for
every node (`kg.validation.prepared`).
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import NamedNode, Triple

from kg.errors import InputError
from kg.namespaces import SH
from kg.validation.compile_plan import GRAPHS
from kg.validation.paths import path_text
from kg.validation.report import Finding, Severity, Term
from kg.validation.shapes import name_of_shape, shapes_graph
from kg.validation.terms import from_rdflib, to_rdflib

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["Focus", "path_text", "run", "run_on_all", "to_rdflib"]

Focus: TypeAlias = Mapping[str, Collection[Term]]
"""By the name of a rule (the name of its shape is the last word of it), the nodes that it is to look at."""


def run(triples: Iterable[Triple], focus: Focus, *, folder: Path | None = None) -> list[Finding]:
    """What the shapes find in these triples about the nodes that each of them is to look at.

    pySHACL's own `focus_nodes` is no way to do this: it drops the nodes of nested shapes too, so that `sh:or`
    and `sh:node` find nothing. Instead each shape is given its nodes, as a shape gives them to those it refers to.
    Raises InputError where pySHACL cannot use the shapes.
    """
    from rdflib import BNode, URIRef

    if not any(focus.values()):
        return []
    from kg.validation.prepared import DataGraph, looked_over_once

    findings: list[Finding] = []
    shapes = shapes_graph(folder)
    with _quiet(), _explained(folder), looked_over_once():
        data = _filled(DataGraph(), triples)
        validator = _validator(folder)
        executor = validator.make_executor()
        read = _Reading(shapes, data)
        target = _wrapped(data)
        for rule, nodes in focus.items():
            name = rule.split()[-1]
            node = BNode(name[2:]) if name.startswith("_:") else URIRef(name)
            shape = validator.shacl_graph.lookup_shape_from_node(node)
            _, results = shape.validate(executor, target, focus=[to_rdflib(each) for each in nodes])
            findings += [read.finding(result, triples) for _, result, triples in results]
    return findings


def run_on_all(
    triples: Iterable[Triple], *, layer: str = "resolved", folder: Path | None = None
) -> list[Finding]:
    """What the shapes of a layer find in a small graph, about everything that they are aimed at.

    This is pySHACL as anyone would call it, but for queries being parsed once. Raises InputError where pySHACL cannot use the shapes.
    """
    import pyshacl
    from rdflib import Graph, URIRef

    from kg.validation.prepared import DataGraph

    with _quiet(), _explained(folder):
        data = _filled(DataGraph(remember=False), triples)
        shapes = _layer_shapes(layer, folder)
        _, results, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
        if not isinstance(results, Graph):
            raise InputError(f"the shapes cannot be used: {text}", where=_where(folder))
        read = _Reading(shapes, data)
        top = list(results.objects(None, URIRef(SH.result.value)))
        return [read.finding(result, results.triples((result, None, None))) for result in top]


@lru_cache(maxsize=8)
def _validator(folder: Path | None) -> Any:
    """pySHACL with the shapes of a folder read."""
    from pyshacl.validator import Validator
    from rdflib import Graph

    validator = Validator(
        _wrapped(Graph()), shacl_graph=_wrapped(shapes_graph(folder)), options={"inplace": True}
    )
    _ = validator.shacl_graph.shapes
    return validator


def _wrapped(graph: Graph) -> Any:
    from pyshacl.graph_abstraction import DataGraph

    return DataGraph.from_rdflib(graph)


def _where(folder: Path | None) -> str:
    return "the shapes of this package" if folder is None else str(folder)


@contextmanager
def _explained(folder: Path | None) -> Iterator[None]:
    """Errors of pySHACL about shapes that are none, as ours."""
    from pyparsing import ParseException
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError, ValidationFailure

    try:
        yield
    except (ShapeLoadError, ValidationFailure, ReportableRuntimeError, ParseException) as error:
        what = getattr(error, "message", "") or str(error)
        raise InputError(
            f"the shapes cannot be used: {what.strip()}", where=_where(folder), hint="correct the shapes"
        ) from error


@lru_cache(maxsize=8)
def _layer_shapes(layer: str, folder: Path | None) -> Graph:
    """The shapes of a layer; in the article layer the targets of the other shapes are left out."""
    from rdflib import Literal as RdflibLiteral
    from rdflib import URIRef

    graph = shapes_graph(folder)
    if layer != "resolved":
        graph = _copy(graph)
        kept = set(graph.subjects(URIRef(GRAPHS), RdflibLiteral(layer)))
        for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode"):
            for shape in set(graph.subjects(URIRef(SH[name].value))) - kept:
                graph.remove((shape, URIRef(SH[name].value), None))
    return graph


def _copy(graph: Graph) -> Graph:
    from rdflib import Graph

    copy = Graph()
    for triple in graph:
        copy.add(triple)
    return copy


def _filled(data: Graph, triples: Iterable[Triple]) -> Graph:
    """A graph with triples added; triples about triples are left out, shapes say nothing of them."""
    for triple in triples:
        if not isinstance(triple.object, Triple) and not isinstance(triple.subject, Triple):
            data.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))
    return data


@contextmanager
def _quiet() -> Iterator[None]:
    """Without rdflib's log entries for literals that are none: the report says what is wrong with them."""
    logger = logging.getLogger("rdflib.term")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


class _Reading:
    """Makes findings of pySHACL's results."""

    def __init__(self, shapes: Graph, data: Graph) -> None:
        self._shapes, self._data = shapes, data
        self._told: dict[Node, tuple[NamedNode, Any, str | None, str | None]] = {}

    def finding(self, result: Node, triples: Iterable[tuple[Any, Any, Any]]) -> Finding:
        """A finding of the triples of a result; others may be among them, about what is behind it."""
        told: dict[str, Any] = {}
        messages = []
        for subject, predicate, obj in triples:
            if subject == result:
                term = obj[1] if isinstance(obj, tuple) else obj
                name = str(predicate)[len(SH.base) :]
                if name == "resultMessage":
                    messages.append(term)
                told[name] = term
        shape, path, path_words, message = self._of_shape(told["sourceShape"])
        focus, value = told["focusNode"], told.get("value")
        plain = path is not None and value is None
        found = sorted(self._data.objects(focus, path), key=str) if plain else []
        return Finding(
            focus=from_rdflib(focus),
            shape=shape,
            severity=Severity(str(told["resultSeverity"])[len(SH.base) :]),
            template=message
            if message is not None
            else _worded(messages) or "The shape does not hold: {$this}.",
            path=path_words,
            value=None if value is None else from_rdflib(value),
            found=tuple(from_rdflib(node) for node in found),
            component=str(told["sourceConstraintComponent"]),
        )

    def _of_shape(self, shape: Node) -> tuple[NamedNode, Any, str | None, str | None]:
        """The name by which a shape goes (of one that has none, of the shape it is in), path and message."""
        from rdflib import URIRef

        if shape not in self._told:
            path = self._shapes.value(shape, URIRef(SH.path.value))
            messages = list(self._shapes.objects(shape, URIRef(SH.message.value)))
            self._told[shape] = (
                name_of_shape(self._shapes, shape),
                path if isinstance(path, URIRef) else None,
                None if path is None else path_text(path, self._shapes),
                _worded(messages) if messages else None,
            )
        return self._told[shape]


def _worded(messages: list[Any]) -> str:
    """One of several messages, in English if there is one."""
    best = min(messages, key=lambda m: (m.language not in (None, "en"), str(m)), default="")
    return str(best)
