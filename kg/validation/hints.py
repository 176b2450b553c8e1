"""What would satisfy a rule, in words, read off the constraint that was not met."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.namespaces import RDF, SH
from kg.validation.lexical import meaning
from kg.validation.report import Finding, Report, compact
from kg.validation.shapes import shapes_graph

if TYPE_CHECKING:
    from rdflib import Graph

_LISTED = 12
_DEPTH = 5
_KINDS = {
    "IRI": "a thing with an IRI",
    "Literal": "a literal",
    "BlankNode": "a thing without a name",
    "BlankNodeOrIRI": "a thing, not a literal",
    "IRIOrLiteral": "a thing with an IRI, or a literal",
    "BlankNodeOrLiteral": "a thing without a name, or a literal",
}


def with_hints(report: Report, *, folder: Path | None = None) -> Report:
    """The same findings, each with what would satisfy its rule where the constraint tells that.

    >>> with_hints(Report()).findings
    ()
    """
    return report.with_findings(
        replace(each, hint=hint(each, folder=folder)) if each.hint is None else each
        for each in report.findings
    )


def hint(finding: Finding, *, folder: Path | None = None) -> str | None:
    """What would satisfy the rule of one finding; None where only its message can tell (SPARQL, foreign shapes).

    >>> from kg.namespaces import BASE, iri
    >>> from kg.validation.report import Severity
    >>> shape = NamedNode(BASE + "shapes#Visit-hostState")
    >>> hint(Finding(iri("visit", "1"), shape, Severity.VIOLATION, "", "smt:hostState",
    ...      component=SH.MaxCountConstraintComponent.value))
    'at most one smt:hostState'
    """
    name = (finding.component or "").removeprefix(SH.base).removesuffix("ConstraintComponent")
    if not name or ":" in name:
        return None
    return _hint(finding.shape.value, name, finding.path or "value", folder)


@lru_cache(maxsize=1024)
def _hint(shape: str, component: str, path: str, folder: Path | None) -> str | None:
    from rdflib import URIRef

    graph = shapes_graph(folder)
    node = URIRef(shape)
    parameter = component[:1].lower() + component[1:]
    if component in ("MinCount", "MaxCount"):
        return _count(graph, node, parameter, path)
    values = list(graph.objects(node, URIRef(SH[parameter].value)))
    words = _WORDS.get(component)
    if not values or words is None:
        return None
    return " and ".join(sorted(words(graph, value, 0) for value in values))


def _count(graph: Graph, node: Any, parameter: str, path: str) -> str | None:
    from rdflib import URIRef

    number = graph.value(node, URIRef(SH[parameter].value))
    if number is None:
        return None
    amount = {"1": "one", "0": "no"}.get(str(number), str(number))
    if str(number) == "0" and parameter == "maxCount":
        return f"no {path}"
    return f"at {'least' if parameter == 'minCount' else 'most'} {amount} {path}"


def describe(graph: Graph, shape: Any, depth: int = 0) -> str:
    """What a value that meets a shape is, in words: its constraints one after the other."""
    from rdflib import URIRef

    if depth > _DEPTH:
        return f"as {_term(shape)} says"
    parts = []
    for component, words in _WORDS.items():
        parameter = component[:1].lower() + component[1:]
        parts += [
            words(graph, value, depth + 1)
            for value in sorted(graph.objects(shape, URIRef(SH[parameter].value)), key=str)
        ]
    return " and ".join(parts) or f"as {_term(shape)} says"


def _items(graph: Graph, start: Any) -> Iterator[Any]:
    yield from graph.items(start)


def _any_of(graph: Graph, start: Any, depth: int) -> str:
    return ", or ".join(describe(graph, item, depth) for item in _items(graph, start))


def _all_of(graph: Graph, start: Any, depth: int) -> str:
    return " and ".join(describe(graph, item, depth) for item in _items(graph, start))


def _one_of(graph: Graph, start: Any, depth: int) -> str:
    items = [_term(item) for item in _items(graph, start)]
    more = f" or one of {len(items) - _LISTED} more" if len(items) > _LISTED else ""
    if len(items) == 1:
        return items[0]
    return f"one of {', '.join(items[:_LISTED])}{more}"


def _languages(graph: Graph, start: Any, depth: int) -> str:
    return f"a text in one of the languages {', '.join(str(item) for item in _items(graph, start))}"


def _term(node: Any) -> str:
    from rdflib import Literal, URIRef

    if isinstance(node, URIRef):
        return compact(NamedNode(str(node)))
    return str(node) if isinstance(node, Literal) else "another shape"


def _plain(text: str) -> Callable[[Any, Any, int], str]:
    def words(graph: Any, value: Any, depth: int) -> str:
        return text.replace("{}", _term(value))

    return words


_WORDS: dict[str, Callable[[Any, Any, int], str]] = {
    "NodeKind": lambda graph, value, depth: _KINDS.get(str(value).removeprefix(SH.base), _term(value)),
    "Class": _plain(f"something of the class {{}} ({compact(RDF.type)} {{}})"),
    "Datatype": lambda graph, value, depth: meaning(str(value)),
    "In": _one_of,
    "HasValue": _plain("{}"),
    "Node": lambda graph, value, depth: describe(graph, value, depth),
    "Or": _any_of,
    "Xone": _any_of,
    "And": _all_of,
    "Not": lambda graph, value, depth: f"not {describe(graph, value, depth)}",
    "Pattern": _plain("a text that fits the pattern {}"),
    "MinLength": _plain("{} or more characters"),
    "MaxLength": _plain("{} characters or fewer"),
    "MinInclusive": _plain("{} or more"),
    "MaxInclusive": _plain("{} or less"),
    "MinExclusive": _plain("more than {}"),
    "MaxExclusive": _plain("less than {}"),
    "LanguageIn": _languages,
    "UniqueLang": _plain("one text for each language"),
    "LessThan": _plain("something less than the {}"),
    "LessThanOrEquals": _plain("something not greater than the {}"),
    "Equals": _plain("the same as the {}"),
    "Disjoint": _plain("something other than the {}"),
    "Closed": _plain("only properties that the shape lists"),
    "QualifiedValueShape": lambda graph, value, depth: describe(graph, value, depth),
}
