"""The screen: which nodes certainly conform to a shape, told without pySHACL.

Most of what comes in breaks nothing, and to say so takes a few look-ups. The screen knows the common constraints and
is sure, or leaves it: only of nodes that it is not sure about pySHACL is asked, and only pySHACL finds anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.namespaces import RDF, XSD
from kg.stores.base import Term
from kg.validation.lexical import problem
from kg.validation.neighbourhood import Triples
from kg.validation.plan import ShapePlan
from kg.validation.terms import from_text

Values: TypeAlias = Collection[Term]
Test: TypeAlias = "Callable[[_Data, Term, Values], bool]"

# Where every library reads the same value: no time zones, no years beyond four digits.
_PLAIN = {
    XSD.string: re.compile(r".*", re.DOTALL),
    XSD.integer: re.compile(r"-?[0-9]{1,18}"),
    XSD.nonNegativeInteger: re.compile(r"[0-9]{1,18}"),
    XSD.positiveInteger: re.compile(r"[1-9][0-9]{0,17}"),
    XSD.decimal: re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?"),
    XSD.date: re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}"),
    XSD.gYearMonth: re.compile(r"[12][0-9]{3}-[0-9]{2}"),
    XSD.gYear: re.compile(r"[12][0-9]{3}"),
    XSD.dateTime: re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}Z?"),
    XSD.boolean: re.compile(r"true|false"),
    XSD.anyURI: re.compile(r"[!-~]+"),
}
_NUMERIC = frozenset({XSD.integer, XSD.nonNegativeInteger, XSD.positiveInteger, XSD.decimal})


def unsure(
    shapes: Iterable[ShapePlan], triples: Iterable[Triple], focus: Mapping[str, Collection[Term]]
) -> dict[str, list[Term]]:
    """Of the nodes that each rule is to look at those that are not certain to conform to it.

    Of nodes without a name it is never certain, nor of literals.

    >>> unsure([], [], {})
    {}
    """
    data = _Data(triples)
    left: dict[str, list[Term]] = {}
    plans = {shape.iri: shape for shape in shapes if shape.iri in focus}
    for name, nodes in focus.items():
        plan = plans.get(name)
        doubtful: set[Term] = set(nodes)
        if plan is not None:
            named = [node for node in nodes if isinstance(node, NamedNode)]
            doubtful -= set(named) - _doubtful(data, _compiled(plan.checks), named)
        if doubtful:
            left[name] = sorted(doubtful, key=str)
    return left


def _doubtful(data: _Data, checks: tuple[_Check, ...], nodes: Collection[NamedNode]) -> set[NamedNode]:
    found: set[NamedNode] = set()
    for check in checks if nodes else ():
        for query in check.queries:
            found |= data.answers(query, nodes)
        for node in nodes:
            if node not in found and not all(
                test(data, node, values) for values in [check.values(data, node)] for test in check.tests
            ):
                found.add(node)
    return found


class _Data:
    """Triples to look things up in, and to ask queries of."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = Triples(triples)
        self._store: pyoxigraph.Store | None = None

    def objects(self, node: Term, predicate: NamedNode) -> list[Term]:
        return [triple.object for triple in self.triples.match({node}, predicate.value, inverse=False)]

    def subjects(self, node: Term, predicate: NamedNode) -> list[Term]:
        return [triple.subject for triple in self.triples.match({node}, predicate.value, inverse=True)]

    def has(self, subject: Term, predicate: NamedNode, obj: Term) -> bool:
        return not isinstance(subject, Literal) and self.triples.contains(Triple(subject, predicate, obj))

    def answers(self, query: str, nodes: Collection[NamedNode]) -> set[NamedNode]:
        """The nodes for which a query has an answer."""
        if self._store is None:
            self._store = pyoxigraph.Store()
            self._store.extend(Quad(t.subject, t.predicate, t.object) for t in self.triples.all)
        given = " ".join(map(str, nodes))
        found = self._store.query(query.replace(_GIVEN, f"VALUES ?this {{ {given} }}", 1))
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return {node for solution in found if isinstance(node := solution["this"], NamedNode)}


_GIVEN = "#given#"


class _Check:
    """One property shape, ready to run: where its values are, and what they must be."""

    def __init__(self, path: Any, tests: list[list[Any]]) -> None:
        self._path = path
        self.queries = [_with_place(test[1]) for test in tests if test[0] == "select"]
        self.tests = [_test(test) for test in tests if test[0] != "select"]

    def values(self, data: _Data, node: Term) -> Values:
        return _follow(data, self._path, [node]) if self.tests and self._path else ()


@lru_cache(maxsize=256)
def _compiled(checks: str) -> tuple[_Check, ...]:
    import json

    return tuple(_Check(path, tests) for path, *tests in json.loads(checks))


def _with_place(query: str) -> str:
    before, brace, after = query.partition("{")
    return f"{before}{brace} {_GIVEN}{after}"


def _follow(data: _Data, path: Any, starts: Collection[Term], *, inverse: bool = False) -> Values:
    if isinstance(path, str):
        step = data.subjects if inverse else data.objects
        if len(starts) == 1:
            return step(next(iter(starts)), NamedNode(path))
        return {end for start in starts for end in step(start, NamedNode(path))}
    kind, *parts = path
    if kind == "^":
        return _follow(data, parts[0], starts, inverse=not inverse)
    if kind == "|":
        return {end for part in parts for end in _follow(data, part, starts, inverse=inverse)}
    found: Values = starts
    for part in reversed(parts) if inverse else parts:
        found = _follow(data, part, set(found), inverse=inverse)
    return found


def _test(test: list[Any]) -> Test:
    """A test of all values of a node; what is not known is never passed."""
    name, *given = test
    if name == "minCount":
        # Of more than one only IRIs are counted: which literals are the same depends on who compares them.
        return lambda data, node, values: (
            len(values if given[0] <= 1 else {v for v in values if isinstance(v, NamedNode)}) >= given[0]
        )
    if name == "maxCount":
        return lambda data, node, values: len(values) <= given[0]
    if name == "hasValue":
        wanted = from_text(given[0])
        return lambda data, node, values: wanted in values
    if name == "disjoint":
        other = NamedNode(given[0])

        def disjoint(data: _Data, node: Term, values: Values) -> bool:
            others = set(data.objects(node, other))
            return all(isinstance(value, NamedNode) and value not in others for value in values)

        return disjoint
    if name == "unknown":
        # Not even where there are no values: it may be that some are asked for.
        return lambda data, node, values: False
    one = _value_test(name, given)
    return lambda data, node, values: all(one(data, value) for value in values)


def _value_test(name: str, given: list[Any]) -> Callable[[_Data, Term], bool]:
    """A test of one value."""
    if name == "class":
        wanted = NamedNode(given[0])
        return lambda data, value: data.has(value, RDF.type, wanted)
    if name == "datatype":
        datatype = NamedNode(given[0])
        return lambda data, value: (
            isinstance(value, Literal) and value.datatype == datatype and _is_plain(value)
        )
    if name == "iri":
        return lambda data, value: isinstance(value, NamedNode)
    if name == "in":
        terms = {from_text(text) for text in given}
        return lambda data, value: value in terms
    if name == "pattern":
        pattern = re.compile(given[0])
        return lambda data, value: (
            isinstance(value, NamedNode | Literal) and bool(pattern.search(value.value))
        )
    if name == "minLength":
        return lambda data, value: isinstance(value, NamedNode | Literal) and len(value.value) >= given[0]
    if name in ("minInclusive", "maxInclusive"):
        limit, sign = _number(from_text(given[0])), 1 if name == "minInclusive" else -1

        def within(data: _Data, value: Term) -> bool:
            number = _number(value)
            return number is not None and limit is not None and sign * number >= sign * limit

        return within
    if name in ("all", "any"):
        members = [
            [_value_test(kind, rest) for kind, *rest in tests]
            for tests in (given if name == "any" else [given])
        ]
        return lambda data, value: any(all(test(data, value) for test in tests) for tests in members)
    return lambda data, value: False


def _is_plain(literal: Literal) -> bool:
    if literal.language is not None:
        return True
    pattern = _PLAIN.get(literal.datatype)
    return pattern is not None and pattern.fullmatch(literal.value) is not None and problem(literal) is None


def _number(term: Term) -> Decimal | None:
    if isinstance(term, Literal) and term.datatype in _NUMERIC and _is_plain(term):
        return Decimal(term.value)
    return None
