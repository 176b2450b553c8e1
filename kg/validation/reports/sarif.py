"""A report as SARIF 2.1.0, which code review shows on the lines.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg import __version__
from kg.validation import lexical, vocabulary
from kg.validation.report import Finding, Known, Report, Severity, compact

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# The messages of these two tell more than the rule.
_OWN_RULES = {
    lexical.SHAPE: "The characters of a literal must be those of its datatype.",
    vocabulary.SHAPE: "A word of smt: must be in the ontology.",
}
_STATES = {"new": "new", "already there": "unchanged", "resolved": "absent"}
_PLACES = {
    Known.TRIPLE: "the triple at fault",
    Known.WORDS: "the words that it was read from",
    Known.SUBJECT: "where the thing begins; what it lacks stands nowhere",
    Known.FILE: "only the file is known",
}


def to_sarif(report: Report) -> str:
    """The report as a SARIF log of one run; its rules are the shapes that were not met.

    >>> json.loads(to_sarif(Report()))["runs"][0]["results"]
    []
    """
    shapes = sorted({finding.shape for finding in report.findings}, key=lambda shape: shape.value)
    indexes = {shape: index for index, shape in enumerate(shapes)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "kg",
                "fullName": "kg validate (Summitry)",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(shape, report) for shape in shapes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, report, indexes[finding.shape]) for finding in report.findings],
    }
    if report.context is not None:
        run["properties"] = {"context": report.context}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def address(file: str) -> str:
    """The address of a file: relative to where one stands if it was given so, else one of file:.

    >>> address("my visits/a#1.ttl")
    'my%20visits/a%231.ttl'
    """
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _rule(shape: NamedNode, report: Report) -> dict[str, Any]:
    findings = [finding for finding in report.findings if finding.shape == shape]
    told = findings[0].template.replace("{$this}", "…").replace("{$value}", "…")
    what = _OWN_RULES.get(shape, told)
    rule: dict[str, Any] = {
        "id": compact(shape),
        "shortDescription": {"text": what},
        "defaultConfiguration": {"level": _LEVELS[findings[0].severity]},
    }
    hints = sorted({finding.hint for finding in findings if finding.hint})
    if hints:
        rule["help"] = {"text": "What would satisfy it: " + "; or ".join(hints)}
    return rule


def _result(finding: Finding, report: Report, index: int) -> dict[str, Any]:
    text = finding.worded(report.label)
    details = finding.details(report.label)
    if details is not None:
        text += f" {details[0].upper()}{details[1:]}."
    if finding.hint and finding.hint not in text:
        text += f" Try: {finding.hint}."
    focus = finding.focus.value if isinstance(finding.focus, NamedNode) else str(finding.focus)
    name = report.names.get(focus)
    logical: dict[str, Any] = {"fullyQualifiedName": focus, "kind": "object"}
    if name is not None:
        logical["name"] = name
    location: dict[str, Any] = {"logicalLocations": [logical]}
    if finding.file is not None:
        location["physicalLocation"] = _physical(finding)
    properties = {
        "path": finding.path,
        "value": None if finding.value is None else str(finding.value),
        "component": finding.component,
    }
    related = [
        {
            "logicalLocations": [{"fullyQualifiedName": origin.graph.value, "kind": "object"}],
            "message": {"text": f"Told by {origin.in_words()}"},
        }
        for origin in finding.origins
    ]
    return {
        "ruleId": compact(finding.shape),
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [location],
        **({"relatedLocations": related} if related else {}),
        "baselineState": _STATES.get(finding.state, "new"),
        # What stays the same when lines are moved: by it code review knows a finding again.
        "partialFingerprints": {"finding/v1": _fingerprint(finding, focus)},
        "properties": {key: value for key, value in properties.items() if value is not None},
    }


def _physical(finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": address(finding.file or "")}}
    if finding.line is not None:
        region: dict[str, Any] = {"startLine": finding.line}
        if finding.column is not None:
            region["startColumn"] = finding.column
        physical["region"] = region
    physical["properties"] = {"place": _PLACES[finding.known or Known.FILE]}
    return physical


def _fingerprint(finding: Finding, focus: str) -> str:
    parts = [finding.shape.value, focus, finding.path or "", str(finding.value or ""), finding.template]
    parts.append(finding.component or "")
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
