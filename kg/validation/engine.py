"""pySHACL on a few triples: terms go in unrepaired, findings come out.

SPARQL constraints are parsed once and kept: pySHACL alone would parse each of them for every node.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import BASE, SH, XSD
from kg.validation.compile_plan import GRAPHS
from kg.validation.report import Finding, Severity, Term, compact
from kg.validation.shapes import shapes_graph

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

Focus: TypeAlias = Mapping[str, Collection[NamedNode]]
"""By the IRI of a node shape, the nodes that it is to look at."""

_PREPARED: dict[str, Any] = {}


def to_rdflib(term: Term) -> Node:
    """The same term in rdflib, character by character: nothing is normalised.

    >>> to_rdflib(Literal("075", datatype=XSD.integer)).n3()
    '"075"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral

    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if isinstance(term, Literal):
        if term.language is not None:
            return RdflibLiteral(term.value, lang=term.language)
        if term.datatype == XSD.string:
            return RdflibLiteral(term.value)
        return RdflibLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"a triple as a term is not validated: {term}")


def run(triples: Iterable[Triple], focus: Focus, *, folder: Path | None = None) -> list[Finding]:
    """What the shapes find in these triples about the nodes that each of them is to look at.

    pySHACL's own `focus_nodes` is no way to do this: it drops the nodes of nested shapes too, so that `sh:or`
    and `sh:node` find nothing. Instead the shapes are aimed at what a marker triple points to.
    """
    from rdflib import URIRef

    with _quiet():
        data = _data_graph(triples)
        root = URIRef(f"{BASE}shapes#focus")
        for shape, nodes in focus.items():
            for node in nodes:
                data.add((root, _marker(shape), URIRef(node.value)))
        return _validate(data, _marked_shapes(folder))


def run_on_all(
    triples: Iterable[Triple], *, layer: str = "resolved", folder: Path | None = None
) -> list[Finding]:
    """What the shapes of a layer find in a small graph, about everything that they are aimed at."""
    with _quiet():
        return _validate(_data_graph(triples), _layer_shapes(layer, folder))


def _validate(data: Graph, shapes: Graph) -> list[Finding]:
    import pyshacl
    from rdflib import Graph

    _, results, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if not isinstance(results, Graph):
        raise RuntimeError(f"the shapes cannot be used: {text}")
    return list(_findings(results, shapes, data))


def _marker(shape: str) -> URIRef:
    from rdflib import URIRef

    return URIRef(f"{shape}-focus")


@lru_cache(maxsize=8)
def _layer_shapes(layer: str, folder: Path | None) -> Graph:
    """The shapes of a layer; in the article layer the targets of the other shapes are left out."""
    from rdflib import Literal as RdflibLiteral
    from rdflib import URIRef

    graph = _copy(shapes_graph(folder))
    if layer != "resolved":
        kept = set(graph.subjects(URIRef(GRAPHS), RdflibLiteral(layer)))
        for shape, target in _targets(graph):
            if shape not in kept:
                graph.remove((shape, target, None))
    return graph


@lru_cache(maxsize=8)
def _marked_shapes(folder: Path | None) -> Graph:
    """The shapes aimed at what their markers point to, and at nothing else.

    The property shapes of a node shape are aimed at its nodes directly: pySHACL then runs each of them once on all
    nodes, and not once for every node. What is found is the same.
    """
    from rdflib import URIRef

    graph = _copy(shapes_graph(folder))
    aim, has, off = (URIRef(SH[name].value) for name in ("targetObjectsOf", "property", "deactivated"))
    used = _used_by_others(graph)
    for shape, target in _targets(graph):
        graph.remove((shape, target, None))
        graph.add((shape, aim, _marker(str(shape))))
        if shape not in used and (shape, off, None) not in graph:
            for part in set(graph.objects(shape, has)):
                graph.add((part, aim, _marker(str(shape))))
                graph.remove((shape, has, part))
    return graph


def _used_by_others(graph: Graph) -> set[Node]:
    """The shapes that others refer to: these are needed whole."""
    from rdflib import URIRef

    lists = [URIRef(SH[name].value) for name in ("and", "or", "xone")]
    single = [URIRef(SH[name].value) for name in ("node", "not", "qualifiedValueShape")]
    used = {shape for kind in single for shape in graph.objects(None, kind)}
    return used | {
        shape for kind in lists for start in graph.objects(None, kind) for shape in graph.items(start)
    }


def _targets(graph: Graph) -> list[tuple[Node, URIRef]]:
    from rdflib import URIRef

    kinds = [URIRef(SH.targetClass.value), URIRef(SH.targetSubjectsOf.value)]
    return [(shape, kind) for kind in kinds for shape in set(graph.subjects(kind))]


def _copy(graph: Graph) -> Graph:
    from rdflib import Graph

    copy = Graph()
    for triple in graph:
        copy.add(triple)
    return copy


def _data_graph(triples: Iterable[Triple]) -> Graph:
    from rdflib import Graph

    class DataGraph(Graph):
        """A graph that prepares each query once."""

        def query(self, query_object: Any, *args: Any, **options: Any) -> Any:
            if isinstance(query_object, str):
                query_object = _prepare(query_object)
            return super().query(query_object, *args, **options)

    data = DataGraph()
    for triple in triples:
        if not isinstance(triple.object, Triple) and not isinstance(triple.subject, Triple):
            data.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))
    return data


def _prepare(text: str) -> Any:
    from rdflib.plugins.sparql import prepareQuery

    if text not in _PREPARED:
        _PREPARED[text] = prepareQuery(text)
    return _PREPARED[text]


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


def _findings(results: Graph, shapes: Graph, data: Graph) -> Iterator[Finding]:
    from rdflib import URIRef

    def one(node: Any, name: str) -> Any:
        return results.value(node, URIRef(SH[name].value))

    for result in results.objects(None, URIRef(SH.result.value)):
        shape, focus, value = one(result, "sourceShape"), one(result, "focusNode"), one(result, "value")
        path = shapes.value(shape, URIRef(SH.path.value))
        message = shapes.value(shape, URIRef(SH.message.value)) or one(result, "resultMessage")
        severity = str(one(result, "resultSeverity"))[len(SH.base) :]
        plain = isinstance(path, URIRef)
        found = sorted(data.objects(focus, path), key=str) if plain and value is None else []
        yield Finding(
            focus=_term(focus),
            shape=NamedNode(str(shape)),
            severity=Severity(severity),
            template=str(message),
            path=None if path is None else path_text(path, shapes),
            value=None if value is None else _term(value),
            found=tuple(_term(node) for node in found),
            component=str(one(result, "sourceConstraintComponent")),
        )


def path_text(path: Any, shapes: Graph) -> str:
    """A property path of a shape as SPARQL writes it, with prefixed names."""
    from rdflib import RDF as RDFLIB_RDF
    from rdflib import URIRef

    if isinstance(path, URIRef):
        return compact(NamedNode(str(path)))
    if shapes.value(path, RDFLIB_RDF.first) is not None:
        return "/".join(path_text(part, shapes) for part in shapes.items(path))
    inverted = shapes.value(path, URIRef(SH.inversePath.value))
    if inverted is not None:
        return "^" + path_text(inverted, shapes)
    alternatives = shapes.value(path, URIRef(SH.alternativePath.value))
    return "(" + "|".join(path_text(part, shapes) for part in shapes.items(alternatives)) + ")"


def _term(node: Any) -> Term:
    from rdflib import BNode, URIRef

    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, BNode):
        return BlankNode(str(node))
    if node.language:
        return Literal(str(node), language=str(node.language))
    return Literal(str(node), datatype=NamedNode(str(node.datatype)) if node.datatype else None)
