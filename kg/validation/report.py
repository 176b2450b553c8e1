"""What a validation found: findings in plain words, sorted, for people and for programs.

A report is the same however the graph was read: findings are sorted by file, line, shape and thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import BASE, PREFIXES
from kg.validation.origin import Origin

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Labels: TypeAlias = Callable[[NamedNode], str | None]
"""Gives the name of a thing in words, or None where it has none."""

SHAPES = BASE + "shapes#"
_PREFIXES = sorted({**PREFIXES, "smtsh": SHAPES}.items(), key=lambda item: -len(item[1]))
_LOCAL_NAME = re.compile(r"[^\s<>\"{}|^`\\?#]+")


class Known(StrEnum):
    """How well the place of a finding is known."""

    TRIPLE = "triple"
    SUBJECT = "subject"
    WORDS = "words"
    FILE = "file"


class Location(NamedTuple):
    """A place in a file; without a line where only the file is known."""

    file: str
    line: int | None = None
    column: int | None = None
    known: Known = Known.FILE


_LISTED = 5

STATES = ("new", "already there", "resolved")
"""What a finding is to a change; only new ones keep it out."""


class Severity(StrEnum):
    """How bad a finding is; only violations keep a change out."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


def expand(text: str) -> NamedNode:
    """The IRI that `compact` has shortened; raises KeyError for a prefix that is none of ours.

    >>> expand("smt:Visit").value
    'https://w3id.org/summitry/ontology#Visit'
    """
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    prefix, _, local = text.partition(":")
    return NamedNode(dict(_PREFIXES)[prefix] + local)


def compact(term: Term) -> str:
    """A term in few characters: a prefixed name where a prefix of ours fits.

    >>> compact(NamedNode("https://w3id.org/summitry/ontology#Visit"))
    'smt:Visit'
    >>> compact(Literal("2024-05"))
    '"2024-05"'
    """
    if isinstance(term, NamedNode):
        for prefix, base in _PREFIXES:
            local = term.value[len(base) :]
            if term.value.startswith(base) and _LOCAL_NAME.fullmatch(local):
                return f"{prefix}:{local}"
        return f"<{term.value}>"
    if isinstance(term, Literal):
        text = term.value if len(term.value) <= 80 else term.value[:79] + "…"
        return f'"{text}"'
    return str(term)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a shape does not allow.

    `template` is the message of the shape, with `{$this}` and `{$value}` still in it; `message` has them
    filled in. `found` are the values at the path where no single value is at fault. `component` is the IRI of the
    constraint component of SHACL, `hint` what would satisfy the rule. `known` tells what stands at the place: the
    triple at fault, the thing it lacks a triple for, the words that it was read from, or that only the file is known.
    `state` is one of STATES: what was there before a change keeps nothing out. `origins` are claims and additions
    that tell of what is at fault.
    """

    focus: Term
    shape: NamedNode
    severity: Severity
    template: str
    path: str | None = None
    value: Term | None = None
    found: tuple[Term, ...] = ()
    file: str | None = None
    line: int | None = None
    column: int | None = None
    known: Known | None = None
    state: str = "new"
    component: str | None = None
    hint: str | None = field(default=None, compare=False)
    origins: tuple[Origin, ...] = field(default=(), compare=False)

    @property
    def location(self) -> Location | None:
        """Where it is, if that is known."""
        if self.file is None:
            return None
        return Location(self.file, self.line, self.column, self.known or Known.FILE)

    @property
    def message(self) -> str:
        """The message in plain words, with things given by prefixed names.

        >>> Finding(NamedNode(BASE + "id/visit/1"), NamedNode(SHAPES + "Visit-type"), Severity.VIOLATION,
        ...         "Must be a visit: {$this}.").message
        'Must be a visit: visit:1.'
        """
        return self.worded(None)

    def worded(self, labels: Labels | None) -> str:
        """The message with the names that `labels` gives instead of IRIs."""
        values = [self.value] if self.value is not None else list(self.found)
        listed = ", ".join(_name(value, labels) for value in values) or "nothing"
        return self.template.replace("{$this}", _name(self.focus, labels)).replace("{$value}", listed)

    def details(self, labels: Labels | None) -> str | None:
        """The thing and the values, where the message does not tell them; None where it tells both.

        >>> Finding(NamedNode(BASE + "id/visit/1"), NamedNode(SHAPES + "Visit-x"), Severity.VIOLATION,
        ...         "A start must be a date.", value=Literal("soon")).details(None)
        'found: "soon"; of visit:1'
        """
        thing = None if "{$this}" in self.template else _name(self.focus, labels)
        values = list(self.found) if self.value is None else [self.value]
        names = [] if "{$value}" in self.template else [_name(value, labels) for value in values[:_LISTED]]
        if names and (self.value is None or names[0] not in self.template):
            more = f" and {len(values) - _LISTED:,} more" if len(values) > _LISTED else ""
            return f"found: {', '.join(names)}{more}" + (f"; of {thing}" if thing else "")
        return f"of: {thing}" if thing else None

    def to_dict(self, labels: Labels | None = None) -> dict[str, Any]:
        """The finding for JSON; keys that have nothing to say are left out."""
        name = labels(self.focus) if labels is not None and isinstance(self.focus, NamedNode) else None
        entries = {
            "focus": _iri(self.focus),
            "name": name,
            "path": self.path,
            "shape": self.shape.value,
            "component": self.component,
            "severity": self.severity.value,
            "message": self.worded(labels),
            "value": None if self.value is None else _iri(self.value),
            "found": [_iri(value) for value in self.found] or None,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "known": None if self.known is None else self.known.value,
            "hint": self.hint,
            "state": self.state,
            "origins": [origin.to_dict() for origin in self.origins] or None,
        }
        return {key: value for key, value in entries.items() if value is not None}

    def _order(self) -> tuple[str, int, int, str, str, str, str, str]:
        return (
            self.file or "",
            self.line or 0,
            self.column or 0,
            self.shape.value,
            str(self.focus),
            str(self.value or ""),
            self.template,
            self.component or "",
        )


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one validation.

    `names` are names in words by IRI, for whoever shows it; `context` says against what it was checked.
    """

    findings: tuple[Finding, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, compare=False)
    context: str | None = field(default=None, compare=False)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Report:
        """A report of these findings, each once, sorted."""
        return cls(tuple(dict.fromkeys(sorted(findings, key=Finding._order))))

    @property
    def conforms(self) -> bool:
        """Whether nothing keeps the change out: there may be warnings, but no violation that is new.

        >>> Report().conforms
        True
        """
        return not any(
            finding.severity is Severity.VIOLATION and finding.state == "new" for finding in self.findings
        )

    def __len__(self) -> int:
        return len(self.findings)

    def __add__(self, other: Report) -> Report:
        both = Report.of(self.findings + other.findings)
        return replace(both, names={**other.names, **self.names}, context=self.context or other.context)

    def with_findings(self, findings: Iterable[Finding]) -> Report:
        """Other findings with the same names and context."""
        return replace(self, findings=Report.of(findings).findings)

    def located(self, where: Callable[[Finding], Location | None]) -> Report:
        """The same findings, with the place that `where` gives for those that have no line yet."""
        placed = []
        for finding in self.findings:
            place = None if finding.line is not None else where(finding)
            placed.append(
                finding
                if place is None
                else replace(
                    finding, file=place.file, line=place.line, column=place.column, known=place.known
                )
            )
        return self.with_findings(placed)

    def label(self, thing: NamedNode) -> str | None:
        """The name in words that the report has for a thing."""
        return self.names.get(thing.value)

    def to_text(self, labels: Labels | None = None, *, all_findings: bool = True) -> str:
        """The report for people (kg.validation.reports.text); names are those of the report, or of `labels`.

        >>> print(Report().to_text())
        Nothing to report.
        """
        from kg.validation.reports.text import to_text

        return to_text(self, labels or self.label, all_findings=all_findings)

    def to_dict(self, labels: Labels | None = None) -> dict[str, Any]:
        """The report for JSON.

        >>> Report().to_dict()
        {'conforms': True, 'findings': []}
        """
        entries: dict[str, Any] = {"conforms": self.conforms}
        if self.context is not None:
            entries["context"] = self.context
        labels = labels or self.label
        return {**entries, "findings": [finding.to_dict(labels) for finding in self.findings]}


def _name(term: Term, labels: Labels | None) -> str:
    label = labels(term) if labels is not None and isinstance(term, NamedNode) else None
    return label or compact(term)


def _iri(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
