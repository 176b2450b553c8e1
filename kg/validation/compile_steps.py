"""From one rule to its steps: follows paths, constraints and SPARQL patterns away from the focus node."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from kg.namespaces import RDF, RDFS, SH
from kg.validation.compile_query import (
    Group,
    NotFollowedError,
    constraint_text,
    path_of_query,
    prefixes_of,
    read_query,
)
from kg.validation.paths import path_of, written
from kg.validation.plan import ANY, SAME, Step

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

# What can bring in a finding about the values at a path: a value that comes, or one that goes.
_COMES: Final = frozenset(
    {
        "datatype", "nodeKind", "maxCount", "minExclusive", "minInclusive", "maxExclusive", "maxInclusive",
        "minLength", "maxLength", "pattern", "languageIn", "uniqueLang", "in", "class", "node", "property",
        "and", "or", "not", "xone", "disjoint", "lessThan", "lessThanOrEquals", "closed",
    }
)  # fmt: skip
_GOES: Final = frozenset({"minCount", "hasValue"})
_EITHER: Final = frozenset({"equals", "qualifiedValueShape", "sparql"})
PARAMETERS: Final = _COMES | _GOES | _EITHER
# What tells nothing about the data by itself, or nothing to SHACL without its advanced features.
SILENT: Final = frozenset(
    {
        "path", "targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode", "severity", "message", "name",
        "description", "order", "group", "deactivated", "flags", "ignoredProperties", "defaultValue",
        "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint", "target", "rule", "js",
        "expression", "values", "declare",
    }
)  # fmt: skip
_LISTS: Final = frozenset({"and", "or", "xone"})
_PAIRS: Final = frozenset({"equals", "disjoint", "lessThan", "lessThanOrEquals"})


def name_of(predicate: Node) -> str | None:
    """The local name of a word of SHACL; None for other words."""
    text = str(predicate)
    return text[len(SH.base) :] if text.startswith(SH.base) else None


def sh(name: str) -> Any:
    """A word of SHACL for rdflib."""
    from rdflib import URIRef

    return URIRef(SH[name].value)


def is_true(graph: Graph, shape: Node, name: str) -> bool:
    """Whether a shape says yes to something."""
    return any(str(value) in ("true", "1") for value in graph.objects(shape, sh(name)))


class Steps:
    """Collects the steps of one rule, its `loose` predicates and, in `reasons`, what could not be followed."""

    def __init__(self, graph: Graph, custom: Iterable[str] = ()) -> None:
        self.graph = graph
        self.custom = frozenset(custom)
        self.loose: set[str] = set()
        self.reasons: list[str] = []
        self.recursive = False
        self.nested = False
        self._steps: dict[tuple[int, str, bool, Any, bool], tuple[str | None, set[str] | None]] = {}
        self._numbers = count(1)
        self._ends: dict[tuple[int, Any, bool], int] = {}
        self._open: dict[Node, int] = {}

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps, each after those that lead to its start where that can be."""
        return tuple(
            Step(
                *key,
                sense="" if sense is None or self.recursive else sense,
                under=tuple(sorted(under or ())),
            )
            for key, (sense, under) in self._steps.items()
        )

    def shape(self, shape: Node, focus: int, *, positive: bool = True) -> None:
        """The steps of a node or property shape that is applied to the variable `focus`.

        It is `positive` where only what breaks the shape can bring in a finding, not what satisfies it.
        """
        if is_true(self.graph, shape, "deactivated"):
            return
        if shape in self._open:
            self.recursive = True
            self._add(focus, SAME, False, self._open[shape], way=True)
            return
        self._open[shape] = focus
        stated = sorted(self.graph.predicate_objects(shape), key=str)
        names = [name for predicate, _ in stated if (name := name_of(predicate)) is not None]
        value = focus
        path = self.graph.value(shape, sh("path"))
        if path is not None:
            followed = path_of(self.graph, path)
            if followed is None:
                self._give_up("a property path that is none")
            else:
                value = self.path(followed, focus, sense=_sense(names) if positive else "")
        for predicate, obj in stated:
            name = name_of(predicate)
            if str(predicate) in self.custom:
                self._give_up(f"the custom component with <{predicate}>")
            elif name in PARAMETERS:
                self._constraint(shape, name, obj, focus, value, positive)
            elif name is not None and name not in SILENT:
                self._give_up(f"sh:{name}")
        del self._open[shape]

    def path(self, path: Any, start: int, *, inverse: bool = False, sense: str = "") -> int:
        """The variable at the end of a property path; the same one where the same path is taken again."""
        key = (start, path, inverse)
        again = key in self._ends
        if isinstance(path, str) or path[0] == "!":
            end = self._ends.setdefault(key, self._ends[key] if again else next(self._numbers))
            self._add(start, path if isinstance(path, str) else ANY, inverse, end, way=True, sense=sense)
            return end
        kind, *parts = path
        if kind == "^":
            return self.path(parts[0], start, inverse=not inverse, sense=sense)
        if kind == "/" and not inverse:
            return self._sequence(parts, start, inverse, sense)
        end = self._ends.setdefault(key, self._ends[key] if again else next(self._numbers))
        first = [start]
        if kind == "/":
            # pySHACL 0.40 takes the inverse of a sequence in the wrong order: what it reads is read too.
            first = [self._sequence(each, start, inverse, sense) for each in (parts[::-1], parts)]
        if kind in "|?+":
            first = [self.path(part, start, inverse=inverse, sense=sense) for part in parts]
        if kind == "?":
            first.append(start)
        if kind in "*+":
            first.append(self.path(parts[0], end, inverse=inverse, sense=sense))
        for each in first:
            self._add(each, SAME, False, end, way=True)
        return end

    def _sequence(self, parts: list[Any], start: int, inverse: bool, sense: str) -> int:
        for part in parts:
            start = self.path(part, start, inverse=inverse, sense=sense)
        return start

    def _constraint(self, shape: Node, name: str, obj: Node, focus: int, value: int, positive: bool) -> None:
        if name == "class":
            self._class(value, str(obj), "-" if positive else "")
        elif name in _PAIRS:
            sense = "+" if positive and name != "equals" else ""
            self.path(str(obj), focus, sense=sense)
        elif name == "closed":
            self._add(value, ANY, False, None, sense="+" if positive else "")
        elif name in _LISTS:
            for member in self.graph.items(obj):
                self.shape(member, value, positive=positive and name != "xone")
        elif name in ("node", "property"):
            self.nested |= name == "property" and (shape, sh("path"), None) in self.graph
            self.shape(obj, value, positive=positive)
        elif name in ("not", "qualifiedValueShape"):
            self.shape(obj, value, positive=False)
            if name == "qualifiedValueShape" and is_true(self.graph, shape, "qualifiedValueShapesDisjoint"):
                for sibling in self._siblings(shape):
                    self.shape(sibling, value, positive=False)
        elif name == "sparql":
            self._query(shape, obj, focus)

    def _siblings(self, shape: Node) -> list[Node]:
        found = {
            other
            for parent in self.graph.subjects(sh("property"), shape)
            for beside in self.graph.objects(parent, sh("property"))
            for other in self.graph.objects(beside, sh("qualifiedValueShape"))
        }
        return sorted(found, key=str)

    def _class(self, value: int, name: str, sense: str) -> None:
        key = (value, "class", False)
        end = self._ends.setdefault(key, self._ends[key] if key in self._ends else next(self._numbers))
        self._add(value, RDF.type.value, False, end, way=True, sense=sense, under=name)
        self._add(end, RDFS.subClassOf.value, False, end, way=True, sense=sense, under=name)

    def _query(self, shape: Node, constraint: Node, focus: int) -> None:
        try:
            text = constraint_text(self.graph, constraint)
            if text is None:
                return
            path = path_of(self.graph, self.graph.value(shape, sh("path")))
            text = text.replace("?PATH", "$PATH")
            if path is not None:
                text = text.replace("$PATH", written(path, lambda iri: f"<{iri}>"))
            self._group(read_query(text, prefixes_of(self.graph)), {"this": focus})
        except NotFollowedError as error:
            self._give_up(str(error))

    def _group(self, group: Group, outer: dict[str, int]) -> None:
        """The steps of one group of a query, from the variables that the groups around it have reached.

        A name that only groups beside this one use stands for another variable here: that takes in more
        triples than a join would, which does no harm.
        """

        names = {} if group.alone else dict(outer)
        waiting = [(subject, path_of_query(predicate), obj) for subject, predicate, obj in group.patterns]
        while waiting:
            # Along a triple where possible: against its direction a state would lead to all that is in it.
            for inverse in (False, True):
                taken = next((p for p in waiting if _reached(p[2] if inverse else p[0], names)), None)
                if taken is not None:
                    break
            else:
                for _, path, _ in waiting:
                    self._loose(path)
                self.reasons.append("a pattern of a query that does not hang on $this")
                break
            waiting.remove(taken)
            subject, path, obj = taken
            start, end = (obj, subject) if inverse else (subject, obj)
            known = names[str(start)]
            if isinstance(path, str) and not _is_variable(end):
                place = str(end) if not hasattr(end, "datatype") else None
                self._add(known, path, inverse, place)
            elif _reached(end, names) and isinstance(path, str):
                self._add(known, path, inverse, names[str(end)])
            else:
                reached = self.path(path, known, inverse=inverse)
                if _is_variable(end):
                    names.setdefault(str(end), reached)
        for inner in group.inner:
            self._group(inner, names)

    def _loose(self, path: Any) -> None:
        if isinstance(path, str):
            self.loose.add(path)
        elif path[0] == "!" or path[0] in "*?":
            # These hold of every node with itself, or of all there is.
            self.loose.add(ANY)
        else:
            for part in path[1:]:
                self._loose(part)

    def _give_up(self, reason: str) -> None:
        self.reasons.append(reason)
        self.loose.add(ANY)

    def _add(
        self,
        start: int,
        predicate: str,
        inverse: bool,
        end: Any,
        *,
        way: bool = False,
        sense: str = "",
        under: str | None = None,
    ) -> None:
        if (start, predicate, end) == (start, SAME, start):
            return
        key = (start, predicate, inverse, end, way)
        if key not in self._steps:
            self._steps[key] = (sense, None if under is None else {under})
            return
        before, classes = self._steps[key]
        classes = classes | {under} if classes is not None and under is not None else None
        self._steps[key] = (before if before == sense else "", classes)


def _sense(names: Iterable[str]) -> str:
    senses = {"+" if name in _COMES else "-" if name in _GOES else "" for name in names if name in PARAMETERS}
    return senses.pop() if len(senses) == 1 else ""


def _reached(term: Any, names: dict[str, int]) -> bool:
    return _is_variable(term) and str(term) in names


def _is_variable(term: Any) -> bool:
    from rdflib import BNode, Variable

    return isinstance(term, BNode | Variable)
