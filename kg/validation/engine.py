"""pySHACL on a few triples: terms go in unrepaired, findings come out.

SPARQL constraints are parsed once and kept: pySHACL alone would parse each of them for every node.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import BASE, RDF, SH, XSD
from kg.validation.compile_plan import GRAPHS
from kg.validation.report import Finding, Severity, Term, compact
from kg.validation.shapes import shapes_graph

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_CHUNK = 250
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


def run(
    triples: Iterable[Triple],
    focus: Collection[NamedNode] | None,
    *,
    layer: str = "resolved",
    folder: Path | None = None,
) -> list[Finding]:
    """What the shapes of a layer find about the focus nodes (all targets if None) in these triples."""
    import pyshacl
    from rdflib import Graph

    with _quiet():
        data = _data_graph()
        for triple in triples:
            if not isinstance(triple.object, Triple) and not isinstance(triple.subject, Triple):
                data.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))
        shapes = layer_graph(layer, folder)
        findings: list[Finding] = []
        nodes = sorted(node.value for node in focus or ())
        chunks: list[list[Any] | None] = [None]
        if focus is not None:
            chunks = [nodes[start : start + _CHUNK] for start in range(0, len(nodes), _CHUNK)]
        for chunk in chunks:
            _, results, text = pyshacl.validate(data, shacl_graph=shapes, focus_nodes=chunk, inplace=True)
            if not isinstance(results, Graph):
                raise RuntimeError(f"the shapes cannot be used: {text}")
            findings += _findings(results, shapes, data)
    return findings


def warm_up(folder: Path | None = None) -> None:
    """Import and parse ahead of time all that a run needs, by validating one node that is everything."""
    node = NamedNode(BASE)
    run([Triple(node, RDF.type, NamedNode(name)) for name in sorted(_classes(folder))], [node], folder=folder)


def _classes(folder: Path | None) -> set[str]:
    from rdflib import URIRef

    return {str(name) for name in shapes_graph(folder).objects(None, URIRef(SH.targetClass.value))}


@lru_cache(maxsize=8)
def layer_graph(layer: str, folder: Path | None = None) -> Graph:
    """The shapes of a layer; in the article layer the targets of the other shapes are left out."""
    from rdflib import Graph, URIRef
    from rdflib import Literal as RdflibLiteral

    every = shapes_graph(folder)
    if layer == "resolved":
        return every
    graph = Graph()
    for triple in every:
        graph.add(triple)
    kept = set(every.subjects(URIRef(GRAPHS), RdflibLiteral(layer)))
    for name in (SH.targetClass, SH.targetSubjectsOf):
        for shape in set(every.subjects(URIRef(name.value))) - kept:
            graph.remove((shape, URIRef(name.value), None))
    return graph


def _data_graph() -> Graph:
    from rdflib import Graph

    class DataGraph(Graph):
        """A graph that prepares each query once."""

        def query(self, query_object: Any, *args: Any, **options: Any) -> Any:
            if isinstance(query_object, str):
                query_object = _prepare(query_object)
            return super().query(query_object, *args, **options)

    return DataGraph()


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
            path=None if path is None else _path_text(path, shapes),
            value=None if value is None else _term(value),
            found=tuple(_term(node) for node in found),
        )


def _path_text(path: Any, shapes: Graph) -> str:
    from rdflib import RDF as RDFLIB_RDF
    from rdflib import URIRef

    if isinstance(path, URIRef):
        return compact(NamedNode(str(path)))
    if shapes.value(path, RDFLIB_RDF.first) is not None:
        return "/".join(_path_text(part, shapes) for part in shapes.items(path))
    inverted = shapes.value(path, URIRef(SH.inversePath.value))
    if inverted is not None:
        return "^" + _path_text(inverted, shapes)
    alternatives = shapes.value(path, URIRef(SH.alternativePath.value))
    return "(" + "|".join(_path_text(part, shapes) for part in shapes.items(alternatives)) + ")"


def _term(node: Any) -> Term:
    from rdflib import BNode, URIRef

    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, BNode):
        return BlankNode(str(node))
    if node.language:
        return Literal(str(node), language=str(node.language))
    return Literal(str(node), datatype=NamedNode(str(node.datatype)) if node.datatype else None)
