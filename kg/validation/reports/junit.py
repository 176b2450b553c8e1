"""A report as JUnit XML: a test case for each finding; only violations count as failures."""

from __future__ import annotations

import re
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from kg.validation.report import Finding, Report, Severity, compact
from kg.validation.reports.text import place

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(report: Report) -> str:
    """The report as JUnit XML; where nothing was found it is one test case that passed.

    >>> print(to_junit(Report()), end="")
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites tests="1" failures="0" errors="0">
      <testsuite name="shapes" tests="1" failures="0" errors="0">
        <testcase classname="shapes" name="nothing to report"/>
      </testsuite>
    </testsuites>
    """
    total = max(len(report.findings), 1)
    failures = _failures(report.findings)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites tests="{total}" failures="{failures}" errors="0">',
    ]
    if not report.findings:
        lines += [
            '  <testsuite name="shapes" tests="1" failures="0" errors="0">',
            '    <testcase classname="shapes" name="nothing to report"/>',
            "  </testsuite>",
        ]
    ordered = sorted(report.findings, key=lambda finding: finding.shape.value)
    for shape, group in groupby(ordered, key=lambda finding: finding.shape):
        findings = tuple(group)
        name = _attribute(compact(shape))
        lines.append(
            f'  <testsuite name={name} tests="{len(findings)}" failures="{_failures(findings)}" errors="0">'
        )
        for finding in findings:
            lines += _case(finding, report, name)
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _failures(findings: tuple[Finding, ...]) -> int:
    return sum(finding.severity is Severity.VIOLATION for finding in findings)


def _case(finding: Finding, report: Report, name: str) -> list[str]:
    text = finding.worded(report.label)
    thing = compact(finding.focus)
    more = finding.details(report.label)
    details = f"{place(finding)}{text}" + (f"\n{more}" if more else "")
    details += "".join(f"\nTold by {origin.in_words()}" for origin in finding.origins)
    details += f"\nTry: {finding.hint}." if finding.hint else ""
    where = f" file={_attribute(finding.file)}" if finding.file else ""
    where += f' line="{finding.line}"' if finding.line is not None else ""
    case = f"    <testcase classname={name} name={_attribute(thing)}{where}>"
    if finding.severity is Severity.VIOLATION:
        inner = f'      <failure type="Violation" message={_attribute(text)}>{_text(details)}</failure>'
    else:
        inner = f"      <system-out>{_text(f'{finding.severity.value}: {details}')}</system-out>"
    return [case, inner, "    </testcase>"]


def _legal(text: str) -> str:
    """Without the characters that XML cannot hold, not even as references."""
    return _NOT_IN_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _attribute(text: str) -> str:
    return quoteattr(_legal(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _text(text: str) -> str:
    return escape(_legal(text), {"\r": "&#13;"})
