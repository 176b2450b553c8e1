"""Reports: order, words, and what they look like as text and JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from kg.namespaces import SMT, XSD, iri
from kg.validation import Report
from kg.validation.report import SHAPES, Known, Location, compact, expand
from tests.validation.examples import ENDS, KIND


def labels(thing: NamedNode) -> str | None:
    return {iri("visit", "1"): "Putin's visit to China", SMT.Talks: "talks"}.get(thing)


def test_text_names_things_and_places() -> None:
    assert Report.of([KIND, ENDS]).to_text(labels) == (
        "Violation: smtsh:DiplomaticEvent-endNotBeforeStart, schema:endDate (1)\n"
        "  mine.ttl:7: An event must not end before it starts: Putin's visit to China.\n"
        "Warning: smtsh:Visit-visitKind, smt:visitKind (1)\n"
        "  The kind of a visit must be one of those that the ontology lists, not talks.\n"
        "    of: visit:2\n"
        "1 violation, 1 warning"
    )


def test_text_without_labels_has_prefixed_names() -> None:
    assert "starts: visit:1." in Report.of([ENDS]).to_text()


def test_order_and_repetition_of_findings_do_not_matter() -> None:
    assert Report.of([KIND, ENDS, KIND]) == Report.of([ENDS, KIND])
    assert len(Report.of([KIND, ENDS, KIND])) == 2
    assert Report.of([ENDS]) + Report.of([KIND]) == Report.of([KIND, ENDS])


def test_warnings_conform_and_violations_do_not() -> None:
    assert Report.of([KIND]).conforms
    assert not Report.of([KIND, ENDS]).conforms


def test_values_that_are_found_are_listed_where_none_is_at_fault() -> None:
    dates = (Literal("2024", datatype=XSD.gYear), Literal("2025", datatype=XSD.gYear))
    finding = replace(KIND, value=None, found=dates)
    assert finding.message.endswith('not "2024", "2025".')
    assert replace(KIND, value=None).message.endswith("not nothing.")


def test_dict_is_json_without_empty_keys() -> None:
    entries = json.loads(json.dumps(Report.of([ENDS, KIND]).to_dict(labels)))
    assert entries["conforms"] is False
    assert entries["findings"][1].pop("name") == "Putin's visit to China"
    kind, ends = entries["findings"]
    assert kind == {
        "focus": "https://w3id.org/summitry/id/visit/2",
        "path": "smt:visitKind",
        "shape": "https://w3id.org/summitry/shapes#Visit-visitKind",
        "severity": "Warning",
        "message": "The kind of a visit must be one of those that the ontology lists, not talks.",
        "value": "https://w3id.org/summitry/ontology#Talks",
        "state": "new",
    }
    assert (ends["file"], ends["line"]) == ("mine.ttl", 7)


def test_located_fills_in_only_what_is_open() -> None:
    report = Report.of([ENDS, KIND]).located(lambda finding: Location("other.ttl", 3, 5, Known.TRIPLE))
    assert {(finding.file, finding.line) for finding in report.findings} == {
        ("mine.ttl", 7),
        ("other.ttl", 3),
    }


def test_compact_gives_prefixes_only_where_a_local_name_follows() -> None:
    assert compact(iri("claim", "a", 3)) == "claim:a/3"
    assert compact(NamedNode("https://example.org/x y".replace(" ", "%20"))) == "<https://example.org/x%20y>"
    assert compact(NamedNode(f"{iri('claim', 'a', 3).value}#passage-1")).startswith("<")


def test_expand_turns_compact_round() -> None:
    for term in (SMT.Visit, iri("claim", "a", 3), NamedNode("urn:a"), NamedNode(SHAPES + "Visit-type")):
        assert expand(compact(term)) == term


def test_what_several_constraints_find_is_several_findings_and_one_text() -> None:
    twice = [
        replace(ENDS, component="urn:b", hint="no end"),
        replace(ENDS, component="urn:a", hint="a later end"),
        replace(ENDS, component="urn:b", hint="no end"),
    ]
    for findings in (twice, twice[::-1]):
        report = Report.of(findings)
        assert [each.component for each in report.findings] == ["urn:a", "urn:b"]
        assert [entry["component"] for entry in report.to_dict()["findings"]] == ["urn:a", "urn:b"]
        assert report.to_text() == (
            "Violation: smtsh:DiplomaticEvent-endNotBeforeStart, schema:endDate (2)\n"
            "  mine.ttl:7: An event must not end before it starts: visit:1. (2 constraints say so)\n"
            "    try: a later end\n"
            "    try: no end\n"
            "2 violations"
        )


def test_names_and_context_stay_when_reports_are_joined() -> None:
    named = replace(Report.of([ENDS]), names={"urn:a": "A"}, context="the store")
    both = Report.of([KIND]) + named
    assert (both.names, both.context, len(both)) == ({"urn:a": "A"}, "the store", 2)
