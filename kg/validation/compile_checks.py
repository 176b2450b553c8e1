"""From the shapes to checks: what the screen can tell by itself about a node, as plain data.

A check is the path of a property shape and the tests of its values, in words of JSON. What is not understood here
becomes the test `unknown`, which nothing passes: then pySHACL decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.namespaces import SH

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

UNKNOWN: Final = ["unknown"]
_SILENT = frozenset(
    {
        "path",
        "severity",
        "message",
        "name",
        "description",
        "order",
        "group",
        "targetClass",
        "targetSubjectsOf",
    }
)
_NUMBERS = frozenset({"minCount", "maxCount", "minLength"})
_TERMS = frozenset({"hasValue", "minInclusive", "maxInclusive"})
_IRIS = frozenset({"class", "datatype", "disjoint"})
# IF and BNODE apart, these read the same in every engine of SPARQL; what differs is not screened.
_DIFFERS = ("bnode", "rand", "now(", "uuid", "service", "lang(", "langmatches")


def compile_checks(graph: Graph, shape: Node) -> list[list[Any]]:
    """The checks of a node shape, a list `[path, test, …]` for each of its property shapes.

    >>> from rdflib import URIRef
    >>> from kg.namespaces import BASE
    >>> from kg.validation.shapes import shapes_graph
    >>> checks = compile_checks(shapes_graph(), URIRef(BASE + "shapes#Passage"))
    >>> [test[0] for test in checks[1][1:]]
    ['maxCount', 'minCount', 'minLength']
    """
    checks: list[list[Any]] = []
    for predicate, obj in sorted(graph.predicate_objects(shape), key=_order):
        name = _local(predicate)
        if name == "property":
            path = _path(graph, graph.value(obj, _sh("path")))
            checks.append(["", UNKNOWN] if path is None else [path, *_tests(graph, obj)])
        elif name is not None and name not in _SILENT:
            checks.append(["", UNKNOWN])
    return checks


def _tests(graph: Graph, shape: Node) -> list[list[Any]]:
    """What a shape asks of the values that it is given, or of one of them."""
    tests: list[list[Any]] = []
    for predicate, obj in sorted(graph.predicate_objects(shape), key=_order):
        name = _local(predicate)
        if name is None or name in _SILENT:
            continue
        if name in _NUMBERS:
            tests.append([name, int(str(obj))])
        elif name in _TERMS:
            tests.append([name, obj.n3()])
        elif name in _IRIS:
            tests.append([name, str(obj)])
        elif name == "nodeKind":
            tests.append(["iri"] if obj == _sh("IRI") else UNKNOWN)
        elif name == "pattern":
            tests.append([name, str(obj)])
        elif name == "in":
            tests.append([name, *(term.n3() for term in graph.items(obj))])
        elif name == "node":
            tests.append(["all", *_tests(graph, obj)])
        elif name == "or":
            tests.append(["any", *(_tests(graph, member) for member in graph.items(obj))])
        elif name == "sparql":
            tests.append(_select(graph, obj))
        else:
            tests.append(UNKNOWN)
    return tests


def _select(graph: Graph, constraint: Node) -> list[Any]:
    """A query with its prefixes, its variable $this left free."""
    text = str(graph.value(constraint, _sh("select")))
    if graph.value(constraint, _sh("deactivated")) is not None or any(
        word in text.lower() for word in _DIFFERS
    ):
        return UNKNOWN
    head = ""
    for ontology in graph.objects(constraint, _sh("prefixes")):
        for declaration in sorted(
            graph.objects(ontology, _sh("declare")), key=lambda d: str(graph.value(d, _sh("prefix")))
        ):
            head += f"PREFIX {graph.value(declaration, _sh('prefix'))}: <{graph.value(declaration, _sh('namespace'))}>\n"
    return ["select", head + "\n".join(line.strip() for line in text.strip().splitlines())]


def _path(graph: Graph, path: Node | None) -> Any:
    """A property path: an IRI, or a list of its kind and its parts; None where it is of another kind."""
    from rdflib import RDF, URIRef

    if isinstance(path, URIRef):
        return str(path)
    if path is None:
        return None
    kind, members = "", []
    if graph.value(path, RDF.first) is not None:
        kind, members = "/", list(graph.items(path))
    elif (inverted := graph.value(path, _sh("inversePath"))) is not None:
        kind, members = "^", [inverted]
    elif (listed := graph.value(path, _sh("alternativePath"))) is not None:
        kind, members = "|", list(graph.items(listed))
    parts = [_path(graph, member) for member in members]
    return [kind, *parts] if parts and None not in parts else None


def _sh(name: str) -> Any:
    from rdflib import URIRef

    return URIRef(SH[name].value)


def _local(predicate: Node) -> str | None:
    text = str(predicate)
    return text[len(SH.base) :] if text.startswith(SH.base) else None


def _order(pair: tuple[Node, Node]) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])
