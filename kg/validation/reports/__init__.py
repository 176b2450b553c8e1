"""The formats that a report can be written in, each in a module of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from kg.validation.report import Report

FORMATS: Final = ("text", "json", "turtle", "sarif", "junit")


def written(report: Report, format: str, *, all_findings: bool = False) -> str:
    """A report in one of the FORMATS, with a newline at the end; raises KeyError for another.

    Only text leaves findings out where there are many of a kind and not `all_findings` are asked for.

    >>> print(written(Report(), "text"), end="")
    Nothing to report.
    >>> json.loads(written(Report(), "json"))["conforms"]
    True
    """
    if format == "text":
        from kg.validation.reports.text import to_text

        return to_text(report, report.label, all_findings=all_findings) + "\n"
    return _writer(format)(report)


def _writer(format: str) -> Callable[[Report], str]:
    # Each is imported where it is asked for: the XML and RDF libraries are not needed for the others.
    if format == "turtle":
        from kg.validation.reports.shacl import to_turtle

        return to_turtle
    if format == "sarif":
        from kg.validation.reports.sarif import to_sarif

        return to_sarif
    if format == "junit":
        from kg.validation.reports.junit import to_junit

        return to_junit
    return {"json": _to_json}[format]


def _to_json(report: Report) -> str:
    return json.dumps(report.to_dict(), indent=2, ensure_ascii=False) + "\n"
