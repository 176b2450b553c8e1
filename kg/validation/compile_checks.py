"""From the shapes to checks: what the screen can tell by itself about a node, as plain data.

A check is the path of a property shape and the tests of its values, in words of JSON. What is not understood here
becomes the test `unknown`, which nothing passes: then pySHACL decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.validation.compile_query import NotFollowedError, prefixes_of, read_query
from kg.validation.compile_steps import name_of, sh
from kg.validation.paths import path_of

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

UNKNOWN: Final = ["unknown"]
_SILENT = frozenset(
    {
        "path", "severity", "message", "name", "description", "order", "group", "targetClass", "targetSubjectsOf",
        "targetObjectsOf", "targetNode",
    }
)  # fmt: skip
_NUMBERS = frozenset({"minCount", "maxCount", "minLength"})
_TERMS = frozenset({"hasValue", "minInclusive", "maxInclusive"})
_IRIS = frozenset({"class", "datatype", "disjoint"})
# IF and BNODE apart, these read the same in every engine of SPARQL; what differs is not screened.
_DIFFERS = ("bnode", "rand", "now(", "uuid", "service", "lang(", "langmatches")


def compile_checks(
    graph: Graph, shape: Node, custom: frozenset[str] = frozenset(), *, trusted: bool = False
) -> list[list[Any]]:
    """The checks of a shape, a list `[path, test, …]` for each property shape that it is or has.

    `custom` are the parameters of constraint components of one's own. Of `trusted` shapes, those of the package, it is
    tested that every engine answers their queries alike; of other queries only plain patterns are screened.

    >>> from rdflib import URIRef
    >>> from kg.namespaces import BASE
    >>> from kg.validation.shapes import shapes_graph
    >>> checks = compile_checks(shapes_graph(), URIRef(BASE + "shapes#Passage"))
    >>> [test[0] for test in checks[1][1:]]
    ['maxCount', 'minCount', 'minLength']
    """
    reader = _Reader(graph, custom, trusted)
    if (shape, sh("path"), None) in graph:
        return [reader.property(shape)]
    checks: list[list[Any]] = []
    for predicate, obj in sorted(graph.predicate_objects(shape), key=_order):
        name = name_of(predicate)
        if name == "property":
            checks.append(reader.property(obj))
        elif name is None:
            if str(predicate) in custom:
                checks.append(["", UNKNOWN])
        elif name not in _SILENT:
            checks.append(["", UNKNOWN])
    return checks


class _Reader:
    """Reads the tests of shapes."""

    def __init__(self, graph: Graph, custom: frozenset[str], trusted: bool) -> None:
        self.graph, self.custom, self.trusted = graph, custom, trusted
        self._open: set[Node] = set()

    def property(self, shape: Node) -> list[Any]:
        """The check of a property shape."""
        path = path_of(self.graph, self.graph.value(shape, sh("path")))
        if path is None or _is_repeated(path) or _is_turned(path):
            return ["", UNKNOWN]
        return [_listed(path), *self.tests(shape)]

    def tests(self, shape: Node) -> list[list[Any]]:
        """What a shape asks of the values that it is given, or of one of them."""
        if shape in self._open:
            return [UNKNOWN]
        self._open.add(shape)
        graph = self.graph
        tests: list[list[Any]] = []
        for predicate, obj in sorted(graph.predicate_objects(shape), key=_order):
            name = name_of(predicate)
            if name is None:
                if str(predicate) in self.custom:
                    tests.append(UNKNOWN)
            elif name in _SILENT:
                continue
            elif name in _NUMBERS:
                tests.append([name, int(str(obj))])
            elif name in _TERMS:
                tests.append([name, obj.n3()])
            elif name in _IRIS:
                tests.append([name, str(obj)])
            elif name == "nodeKind":
                tests.append(["iri"] if obj == sh("IRI") else UNKNOWN)
            elif name == "pattern":
                tests.append([name, str(obj)])
            elif name == "in":
                tests.append([name, *(term.n3() for term in graph.items(obj))])
            elif name == "node":
                tests.append(["all", *self._of_value(obj)])
            elif name == "or":
                tests.append(["any", *(self._of_value(member) for member in graph.items(obj))])
            elif name == "sparql":
                tests.append(_select(graph, obj, trusted=self.trusted))
            else:
                tests.append(UNKNOWN)
        self._open.discard(shape)
        return tests

    def _of_value(self, shape: Node) -> list[list[Any]]:
        """The tests of a shape that is asked of one value: one with a path asks something else."""
        return [UNKNOWN] if (shape, sh("path"), None) in self.graph else self.tests(shape)


def _select(graph: Graph, constraint: Node, *, trusted: bool) -> list[Any]:
    """A query with its prefixes, its variable $this left free."""
    text = str(graph.value(constraint, sh("select")))
    if graph.value(constraint, sh("deactivated")) is not None or any(
        word in text.lower() for word in _DIFFERS
    ):
        return UNKNOWN
    try:
        group = read_query(text, prefixes_of(graph))
    except NotFollowedError:
        return UNKNOWN
    # A query that is not flat has groups in which the values at its head are not known.
    if not group.flat or "PATH" in text or not (trusted or group.plain):
        return UNKNOWN
    head = ""
    for ontology in graph.objects(constraint, sh("prefixes")):
        for declaration in sorted(
            graph.objects(ontology, sh("declare")), key=lambda d: str(graph.value(d, sh("prefix")))
        ):
            head += f"PREFIX {graph.value(declaration, sh('prefix'))}: <{graph.value(declaration, sh('namespace'))}>\n"
    return ["select", head + "\n".join(line.strip() for line in text.strip().splitlines())]


def _is_repeated(path: Any) -> bool:
    return not isinstance(path, str) and (path[0] in "*+?" or any(map(_is_repeated, path[1:])))


def _is_turned(path: Any, *, inverse: bool = False) -> bool:
    """Whether a path has the inverse of a sequence, which pySHACL reads otherwise than the standard."""
    if isinstance(path, str):
        return False
    kind, *parts = path
    turned = inverse != (kind == "^")
    return (kind == "/" and inverse) or any(_is_turned(part, inverse=inverse or turned) for part in parts)


def _listed(path: Any) -> Any:
    return path if isinstance(path, str) else [path[0], *map(_listed, path[1:])]


def _order(pair: tuple[Node, Node]) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])
