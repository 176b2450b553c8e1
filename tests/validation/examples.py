"""Two findings, for the tests of what is made of findings."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.namespaces import SMT, iri
from kg.validation import Finding, Severity
from kg.validation.report import SHAPES

ENDS = Finding(
    focus=iri("visit", "1"),
    shape=NamedNode(SHAPES + "DiplomaticEvent-endNotBeforeStart"),
    severity=Severity.VIOLATION,
    template="An event must not end before it starts: {$this}.",
    path="schema:endDate",
    file="mine.ttl",
    line=7,
)
KIND = Finding(
    focus=iri("visit", "2"),
    shape=NamedNode(SHAPES + "Visit-visitKind"),
    severity=Severity.WARNING,
    template="The kind of a visit must be one of those that the ontology lists, not {$value}.",
    path="smt:visitKind",
    value=SMT.Talks,
)
