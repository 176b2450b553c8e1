"""Whether triples may join the graph: SHACL on what a change can touch, and literals as they were written."""

from __future__ import annotations

from kg.validation.gate import check
from kg.validation.lexical import check_literals
from kg.validation.report import Finding, Report, Severity

__all__ = ["Finding", "Report", "Severity", "check", "check_literals"]
