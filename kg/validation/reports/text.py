"""A report for people: by shape, the worst first, with what would be right."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from kg.validation.report import Finding, Known, Labels, Report, Severity, compact

MANY = 10
"""More findings of one kind than this are summarised."""
FEW = 3
"""So many of them are shown then."""

_RANK = {severity: rank for rank, severity in enumerate(Severity)}
# Joiners that scripts need are no tricks.
_HARMLESS = "\u200c\u200d"


def to_text(report: Report, labels: Labels, *, all_findings: bool = True) -> str:
    """The report as lines of text; things go by the names that `labels` gives.

    >>> print(to_text(Report(), lambda thing: None))
    Nothing to report.
    """
    if not report.findings:
        return "Nothing to report."
    lines: list[str] = []
    # Severity first, then the shape; findings are sorted by place already.
    ordered = sorted(report.findings, key=lambda finding: (_RANK[finding.severity], finding.shape.value))
    for _, group in groupby(ordered, key=lambda finding: (finding.severity, finding.shape)):
        findings = list(group)
        first = findings[0]
        path = f", {first.path}" if first.path else ""
        lines.append(f"{first.severity.value}: {shown(compact(first.shape) + path)} ({len(findings):,})")
        few = findings if all_findings or len(findings) <= MANY else findings[:FEW]
        lines += _told_once(few, labels)
        if len(few) < len(findings):
            lines.append(f"  … and {len(findings) - len(few):,} more (--all-findings shows them)")
    counts = [
        (sum(finding.severity is severity for finding in report.findings), severity) for severity in Severity
    ]
    lines.append(
        ", ".join(f"{count:,} {severity.lower()}{'s' * (count > 1)}" for count, severity in counts if count)
    )
    return "\n".join(lines)


def shown(text: str) -> str:
    r"""A text on one line that a terminal can show: control characters and turns of direction by their number.

    >>> print(shown("Bern\x1b[31m \u202egnireB\n"))
    Bern\x1b[31m \u202egnireB\x0a
    """
    return "".join(char if _is_plain(char) else _number(char) for char in text)


def _is_plain(char: str) -> bool:
    return char in _HARMLESS or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def _number(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def _told_once(findings: list[Finding], labels: Labels) -> list[str]:
    """The lines of some findings; what several constraints find in the same words is told once, with all that would do."""
    ways: dict[tuple[str, ...], list[str | None]] = {}
    for finding in findings:
        ways.setdefault(tuple(_lines(finding, labels)), []).append(finding.hint)
    lines: list[str] = []
    for (first, *rest), hints in ways.items():
        times = f" ({len(hints):,} constraints say so)" if len(hints) > 1 else ""
        lines += [first + times, *rest]
        lines += [f"    try: {shown(hint)}" for hint in dict.fromkeys(hints) if hint and hint not in first]
    return lines


def _lines(finding: Finding, labels: Labels) -> list[str]:
    state = "" if finding.state == "new" else f"[{finding.state}] "
    lines = [f"  {shown(place(finding) + state + finding.worded(labels))}"]
    details = finding.details(labels)
    if details is not None:
        lines.append(f"    {shown(details)}")
    lines += [f"    told by {shown(origin.in_words())}" for origin in finding.origins]
    return lines


def place(finding: Finding) -> str:
    """Where a finding is, as the beginning of its line.

    >>> from pyoxigraph import NamedNode
    >>> shape = NamedNode("urn:shape")
    >>> place(Finding(shape, shape, Severity.INFO, "", file="a.ttl", line=7, column=3, known=Known.TRIPLE))
    'a.ttl:7:3: '
    >>> place(Finding(shape, shape, Severity.INFO, "", file="a.ttl"))
    'a.ttl (somewhere in the file): '
    """
    if finding.file is None:
        return ""
    if finding.line is None:
        return f"{finding.file} (somewhere in the file): "
    column = f":{finding.column}" if finding.column is not None else ""
    begins = " (where the thing begins)" if finding.known is Known.SUBJECT else ""
    return f"{finding.file}:{finding.line}{column}{begins}: "
