"""From a SPARQL constraint to what it reads: the triple patterns of its groups, and where they cannot be told.

The parse tree is read, not the algebra: rdflib leaves EXISTS out of the latter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from kg.namespaces import SH

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


class NotFollowedError(Exception):
    """A query, or a shape, that cannot be analysed; the text says what in it."""


@dataclass
class Group:
    """Triple patterns of a query that hold together, and the groups inside that need not hold.

    `alone` is a sub-query: nothing that is known outside is known in it. `plain` says of a whole query that it has
    patterns, OPTIONAL and [NOT] EXISTS and nothing else, which every engine answers alike.
    """

    patterns: list[tuple[Any, Any, Any]] = field(default_factory=list)
    inner: list[Group] = field(default_factory=list)
    alone: bool = False
    plain: bool = True
    flat: bool = True


# What can be in a query that the screen may ask of another engine than pySHACL's, given its values at its head.
_PLAIN = frozenset(
    {
        "SelectQuery", "vars", "var", "GroupGraphPatternSub", "TriplesBlock", "OptionalGraphPattern", "Filter",
        "Builtin_EXISTS", "Builtin_NOTEXISTS", "pname", "literal", "Prologue",
    }
)  # fmt: skip
_NOT_FLAT = frozenset({"GroupOrUnionGraphPattern", "MinusGraphPattern", "SubSelect", "InlineData"})


def read_query(text: str, prefixes: dict[str, str]) -> Group:
    """The groups of a query with their triple patterns; raises NotFollowedError.

    >>> group = read_query("SELECT $this WHERE { $this <urn:p> ?x FILTER NOT EXISTS { ?x <urn:q> $this } }", {})
    >>> len(group.patterns), len(group.inner), group.plain
    (1, 1, True)
    """
    from rdflib.plugins.sparql.algebra import translatePath, translatePName, traverse
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.plugins.sparql.sparql import Prologue

    prologue = Prologue()
    for prefix, base in prefixes.items():
        prologue.bind(prefix, base)
    try:
        parsed = parseQuery(text)
        for declared in parsed[0]:
            if getattr(declared, "name", "") == "PrefixDecl":
                prologue.bind(declared.prefix or "", declared.iri)
            else:
                raise NotFollowedError("BASE in a query")
        tree = traverse(parsed[1], visitPost=partial(translatePName, prologue=prologue))
        tree = traverse(tree, visitPost=translatePath)
    except NotFollowedError:
        raise
    except Exception as error:  # rdflib raises whatever its parser meets
        raise NotFollowedError("a query that rdflib cannot parse") from error
    top = Group()

    def walk(part: Any, group: Group, depth: int) -> None:
        if isinstance(part, CompValue):
            if part.name in ("GraphGraphPattern", "ServiceGraphPattern"):
                raise NotFollowedError("GRAPH or SERVICE in a query")
            top.plain &= part.name in _PLAIN
            top.flat &= part.name not in _NOT_FLAT
            if part.name == "TriplesBlock":
                for triples in part.triples:
                    terms = list(triples)
                    group.patterns += zip(terms[::3], terms[1::3], terms[2::3], strict=True)
                return
            if part.name == "GroupOrUnionGraphPattern" and len(part.graph) > 1:
                for member in part.graph:
                    group.inner.append(Group())
                    walk(member, group.inner[-1], depth)
                return
            if part.name in (
                "OptionalGraphPattern",
                "Builtin_EXISTS",
                "Builtin_NOTEXISTS",
                "MinusGraphPattern",
                "SubSelect",
            ):
                group.inner.append(Group(alone=part.name == "SubSelect"))
                group = group.inner[-1]
            for key in part:
                walk(part[key], group, depth + 1)
        elif isinstance(part, list | tuple) or type(part).__name__ == "ParseResults":
            for item in part:
                walk(item, group, depth + 1)

    walk(tree, top, 0)
    return top


def prefixes_of(graph: Graph) -> dict[str, str]:
    """The prefixes that shapes declare for their queries; raises NotFollowedError where one has two meanings."""
    from rdflib import URIRef

    declared: dict[str, str] = {}
    for declaration in graph.objects(None, URIRef(SH.declare.value)):
        prefix = str(graph.value(declaration, URIRef(SH.prefix.value)))
        base = str(graph.value(declaration, URIRef(SH.namespace.value)))
        if declared.setdefault(prefix, base) != base:
            raise NotFollowedError(f"the prefix {prefix}: with two meanings")
    return declared


def path_of_query(predicate: Any) -> Any:
    """A property path of a query as `kg.validation.paths` has them; None for any predicate."""
    from rdflib import URIRef, Variable
    from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath

    if isinstance(predicate, URIRef):
        return str(predicate)
    if isinstance(predicate, Variable):
        return ("!",)
    if isinstance(predicate, InvPath):
        return ("^", path_of_query(predicate.arg))
    if isinstance(predicate, SequencePath):
        return ("/", *map(path_of_query, predicate.args))
    if isinstance(predicate, AlternativePath):
        return ("|", *map(path_of_query, predicate.args))
    if isinstance(predicate, MulPath):
        return (str(predicate.mod), path_of_query(predicate.path))
    if isinstance(predicate, NegatedPath):
        # Of what is negated some may be inverse: both directions, then.
        return ("|", ("!",), ("^", ("!",)))
    raise NotFollowedError(f"the predicate {predicate} in a query")


def terms_of(group: Group) -> Iterator[Any]:
    """All terms of a group and those inside."""
    for pattern in group.patterns:
        yield from pattern
    for inner in group.inner:
        yield from terms_of(inner)


def constraint_text(graph: Graph, constraint: Node) -> str | None:
    """The SELECT query of a constraint; None where it is deactivated."""
    from rdflib import URIRef

    off = graph.value(constraint, URIRef(SH.deactivated.value))
    if off is not None and str(off) in ("true", "1"):
        return None
    return str(graph.value(constraint, URIRef(SH.select.value)))
