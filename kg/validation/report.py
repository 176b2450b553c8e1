"""What a validation found: findings in plain words, sorted, for people and for programs.

A report is the same however the graph was read: findings are sorted by file, line, shape and thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import BASE, PREFIXES

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Labels: TypeAlias = Callable[[NamedNode], str | None]
"""Gives the name of a thing in words, or None where it has none."""

SHAPES = BASE + "shapes#"
_PREFIXES = sorted({**PREFIXES, "smtsh": SHAPES}.items(), key=lambda item: -len(item[1]))
_LOCAL_NAME = re.compile(r"[^\s<>\"{}|^`\\?#]+")


class Severity(StrEnum):
    """How bad a finding is; only violations keep a change out."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


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
    filled in. `found` are the values at the path where no single value is at fault.
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

    def to_dict(self, labels: Labels | None = None) -> dict[str, Any]:
        """The finding for JSON; keys that have nothing to say are left out."""
        entries = {
            "focus": _iri(self.focus),
            "path": self.path,
            "shape": self.shape.value,
            "severity": self.severity.value,
            "message": self.worded(labels),
            "value": None if self.value is None else _iri(self.value),
            "file": self.file,
            "line": self.line,
        }
        return {key: value for key, value in entries.items() if value is not None}

    def _order(self) -> tuple[str, int, str, str, str, str]:
        return (
            self.file or "",
            self.line or 0,
            self.shape.value,
            str(self.focus),
            str(self.value or ""),
            self.template,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one validation."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Report:
        """A report of these findings, each once, sorted."""
        return cls(tuple(sorted(set(findings), key=Finding._order)))

    @property
    def conforms(self) -> bool:
        """Whether nothing keeps the change out: there may be warnings, but no violation.

        >>> Report().conforms
        True
        """
        return not any(finding.severity is Severity.VIOLATION for finding in self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __add__(self, other: Report) -> Report:
        return Report.of(self.findings + other.findings)

    def located(self, where: Callable[[Finding], tuple[str, int | None] | None]) -> Report:
        """The same findings, with the file and line that `where` gives for those that have none yet."""
        placed = []
        for finding in self.findings:
            place = None if finding.file else where(finding)
            placed.append(replace(finding, file=place[0], line=place[1]) if place else finding)
        return Report.of(placed)

    def to_text(self, labels: Labels | None = None) -> str:
        """The report for people, grouped by shape; things go by the names that `labels` gives.

        >>> print(Report().to_text())
        Nothing to report.
        """
        if not self.findings:
            return "Nothing to report."
        lines: list[str] = []
        by_shape = sorted(self.findings, key=lambda finding: (finding.shape.value, Finding._order(finding)))
        for shape, group in groupby(by_shape, key=lambda finding: finding.shape):
            findings = list(group)
            path = f", {findings[0].path}" if findings[0].path else ""
            lines.append(f"{findings[0].severity.value}: {compact(shape)}{path} ({len(findings)})")
            for finding in findings:
                place = f"{finding.file}:{finding.line or '?'}: " if finding.file else ""
                lines.append(f"  {place}{finding.worded(labels)}")
        counts = [
            (sum(finding.severity is severity for finding in self.findings), severity)
            for severity in Severity
        ]
        lines.append(
            ", ".join(f"{count} {severity.lower()}{'s' * (count > 1)}" for count, severity in counts if count)
        )
        return "\n".join(lines)

    def to_dict(self, labels: Labels | None = None) -> dict[str, Any]:
        """The report for JSON.

        >>> Report().to_dict()
        {'conforms': True, 'findings': []}
        """
        return {
            "conforms": self.conforms,
            "findings": [finding.to_dict(labels) for finding in self.findings],
        }


def _name(term: Term, labels: Labels | None) -> str:
    label = labels(term) if labels is not None and isinstance(term, NamedNode) else None
    return label or compact(term)


def _iri(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
