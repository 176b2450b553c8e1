"""From a finding to the place in a file that brings it in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat
from pyoxigraph import Store as Memory

from kg.namespaces import RDF
from kg.rdf_positions import Place, Placed, placed
from kg.validation.report import Finding, Known, Location, expand

_STEP = re.compile(r"(\^?)(<[^>]*>|[^\s()|/^*+?]+)")


class ReadFile(NamedTuple):
    """A file, its format, and the quads that were read from it, to be looked at more than once."""

    name: str
    format: RdfFormat
    quads: Iterable[Quad]


def locator(files: Iterable[ReadFile], findings: Iterable[Finding]) -> Callable[[Finding], Location | None]:
    """For Report.located: where in these files the triple stands that brings a finding in.

    If there is no such triple (something is missing), it is where the thing is first written down. Where neither
    can be found it is only the file, if there is but one. Each file is read once, for all of these findings.

    >>> from kg.validation.report import Severity
    >>> locator([], [])(Finding(RDF.type, RDF.type, Severity.INFO, "")) is None
    True
    """
    files = list(files)
    findings = list(findings)
    terms = {term for each in findings for term in (each.focus, each.value, *each.found)}
    things = {term for term in terms if isinstance(term, NamedNode)}
    indexes = [_Index(file, things) for file in files] if findings else []

    def where(finding: Finding) -> Location | None:
        best: tuple[int, Location] | None = None
        for index in indexes:
            for rank, location in index.candidates(finding):
                if best is None or rank < best[0]:
                    best = rank, location
        if best is not None:
            return best[1]
        return Location(files[0].name) if len(files) == 1 else None

    return where


def unnamed(files: Iterable[ReadFile], things: Iterable[NamedNode]) -> dict[str, Place]:
    """Where in their files the things stand that have no name there, by the IRI they were given."""
    wanted = {thing for thing in things if is_unnamed(thing)}
    found: dict[str, Place] = {}
    for file in files if wanted else ():
        for quad, place in placed(Path(file.name), file.format, file.quads):
            subject = quad.subject
            if isinstance(subject, NamedNode) and subject in wanted and place.subject_at is not None:
                found.setdefault(subject.value, place.subject_at)
    return found


def is_unnamed(thing: NamedNode) -> bool:
    """Whether an IRI is one that a blank node of a file was given."""
    return re.search(r"/addition/[0-9a-f]+#b[0-9]+$", thing.value) is not None


class _Index:
    """The triples of one file that are about some things, with their places."""

    def __init__(self, file: ReadFile, things: set[NamedNode]) -> None:
        self._name = file.name
        self._of: dict[Any, list[Placed]] = defaultdict(list)
        self._to: dict[Any, list[Placed]] = defaultdict(list)
        for quad, place in placed(Path(file.name), file.format, file.quads):
            if quad.subject in things or quad.object in things:
                # With the names that the graph has for blank nodes.
                own = place._replace(subject=quad.subject, object=quad.object)
                self._of[quad.subject].append(own)
                self._to[quad.object].append(own)

    def candidates(self, finding: Finding) -> Iterator[tuple[int, Location]]:
        """Places for a finding with how well they fit; 0 is best, and of two that fit alike the first counts."""
        forward, backward = steps(finding.path)
        own = self._of.get(finding.focus, [])
        on_path = [found for found in own if found.predicate in forward]
        on_path += [found for found in self._to.get(finding.focus, []) if found.predicate in backward]
        if finding.value is not None:
            yield from self._rank(0, [found for found in on_path if _is(found, finding.value, finding.focus)])
            for found in own:
                if found.predicate == finding.value and found.predicate_at is not None:
                    yield 1, Location(self._name, *found.predicate_at, Known.TRIPLE)
            yield from self._rank(2, [found for found in own if found.object == finding.value])
        if len(finding.found) > 1 and len(on_path) > 1:
            # One too many: it is the later ones that are.
            yield from self._rank(3, on_path[1:])
        yield from self._rank(4, on_path)
        yield from self._subject(5, own, finding)
        if isinstance(finding.focus, NamedNode):
            yield from self._rank(6, self._to.get(finding.focus, []))
        if isinstance(finding.value, NamedNode):
            yield from self._rank(7, self._of.get(finding.value, []))

    def _rank(self, rank: int, found: Iterable[Placed]) -> Iterator[tuple[int, Location]]:
        for each in found:
            if each.at is not None:
                yield rank, Location(self._name, *each.at, Known.TRIPLE)
            elif each.subject_at is not None:
                yield rank, Location(self._name, *each.subject_at, Known.SUBJECT)

    def _subject(self, rank: int, own: Iterable[Placed], finding: Finding) -> Iterator[tuple[int, Location]]:
        for found in own:
            if found.subject_at is not None:
                # A missing value leaves nothing to point at but the thing itself.
                yield rank, Location(self._name, *found.subject_at, Known.SUBJECT)


def steps(path: str | None) -> tuple[set[NamedNode], set[NamedNode]]:
    """The properties of a path that are followed from subject to object, and those that are followed back."""
    sides: tuple[set[NamedNode], set[NamedNode]] = (set(), set())
    for inverse, name in _STEP.findall(path or ""):
        try:
            sides[bool(inverse)].add(expand(name))
        except (KeyError, ValueError):
            continue
    return sides


def _is(found: Placed, value: object, focus: object) -> bool:
    other = found.object if found.subject == focus else found.subject
    return other == value or (isinstance(other, Literal) and _stored(other) == value)


def _stored(literal: Literal) -> object:
    """A literal as a store keeps it: 0.90 comes out as 0.9."""
    memory = Memory()
    memory.add(Quad(RDF.type, RDF.type, literal))
    return next(iter(memory)).object
