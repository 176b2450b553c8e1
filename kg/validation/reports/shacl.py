"""A report as the validation report of SHACL, in Turtle.

https://www.w3.org/TR/shacl/#validation-report; places are added with words of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.namespaces import PREFIXES, RDF, SH, XSD
from kg.validation.report import SHAPES, Finding, Report, expand
from kg.validation.shapes import shapes_graph

if TYPE_CHECKING:
    from rdflib import Graph

FILE, LINE, COLUMN, KNOWN, HINT, TOLD_BY = (
    NamedNode(SHAPES + name) for name in ("file", "line", "column", "knownPlace", "hint", "toldBy")
)
_PROPERTY = re.compile(r"<[^>]*>|[^/|^()<>]+")
_PREFIXES = {"sh": SH.base, "smtsh": SHAPES} | {
    name: PREFIXES[name] for name in ("smt", "rdf", "xsd", "schema")
}


def to_turtle(report: Report) -> str:
    """The report as Turtle; the names of blank nodes are the same for the same report.

    >>> "sh:conforms true" in to_turtle(Report())
    True
    """
    data = serialize(_triples(report), format=RdfFormat.TURTLE, prefixes=_PREFIXES)
    return (data or b"").decode()


def _triples(report: Report) -> Iterator[Triple]:
    whole = BlankNode("report")
    yield Triple(whole, RDF.type, SH.ValidationReport)
    conforms = not report.findings
    # To SHACL a warning is a result too, and what has results does not conform.
    yield Triple(whole, SH.conforms, Literal(conforms))
    nodes = [BlankNode(f"result{number}") for number, _ in enumerate(report.findings, 1)]
    for node in nodes:
        yield Triple(whole, SH.result, node)
    for node, finding in zip(nodes, report.findings, strict=True):
        yield Triple(node, RDF.type, SH.ValidationResult)
        yield from _result(node, finding, report)


def _result(node: BlankNode, finding: Finding, report: Report) -> Iterator[Triple]:
    yield Triple(node, SH.focusNode, finding.focus)
    yield Triple(node, SH.resultSeverity, SH[finding.severity.value])
    yield Triple(node, SH.sourceShape, finding.shape)
    component = finding.component or SH.SPARQLConstraintComponent.value
    yield Triple(node, SH.sourceConstraintComponent, NamedNode(component))
    yield Triple(node, SH.resultMessage, Literal(finding.worded(report.label), language="en"))
    if finding.value is not None:
        yield Triple(node, SH.value, finding.value)
    path, structure = _path(finding, node)
    if path is not None:
        yield Triple(node, SH.resultPath, path)
        yield from structure
    if finding.file is not None:
        yield Triple(node, FILE, Literal(finding.file))
    for predicate, number in ((LINE, finding.line), (COLUMN, finding.column)):
        if number is not None:
            yield Triple(node, predicate, Literal(str(number), datatype=XSD.integer))
    if finding.known is not None:
        yield Triple(node, KNOWN, Literal(finding.known.value))
    if finding.hint is not None:
        yield Triple(node, HINT, Literal(finding.hint, language="en"))
    for origin in finding.origins:
        yield Triple(node, TOLD_BY, origin.graph)


def _path(finding: Finding, node: BlankNode) -> tuple[NamedNode | BlankNode | None, list[Triple]]:
    """The path of a finding: a property, or the structure that the shape has for it."""
    if finding.path is None:
        return None, []
    if _PROPERTY.fullmatch(finding.path):
        return expand(finding.path), []
    from rdflib import URIRef

    shapes = shapes_graph()
    start = shapes.value(URIRef(finding.shape.value), URIRef(SH.path.value))
    if start is None:
        return None, []
    copied: list[Triple] = []
    return _copy(shapes, start, node.value, copied, [0]), copied


def _copy(shapes: Graph, part: Any, name: str, into: list[Triple], count: list[int]) -> Any:
    from rdflib import BNode

    if not isinstance(part, BNode):
        return NamedNode(str(part))
    count[0] += 1
    node = BlankNode(f"{name}path{count[0]}")
    for predicate, obj in sorted(shapes.predicate_objects(part), key=str):
        into.append(Triple(node, NamedNode(str(predicate)), _copy(shapes, obj, name, into, count)))
    return node
