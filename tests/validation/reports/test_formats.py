"""A report in each format: what programs that read it will find there, whatever is in it."""

from __future__ import annotations

import json
import os
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib import RDF, SH, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.compare import isomorphic

from kg.namespaces import SH as SHACL
from kg.namespaces import SMT, iri
from kg.validation import Report, Severity
from kg.validation.report import SHAPES, Known
from kg.validation.reports import FORMATS, written
from kg.validation.reports.sarif import address
from kg.validation.reports.text import FEW, MANY
from tests.validation import examples

HOST = replace(
    examples.ENDS,
    shape=NamedNode(SHAPES + "Visit-hostState"),
    template="A visit must be to one state at most: {$this}.",
    path="smt:hostState",
    file="my visits/a.ttl",
    column=30,
    known=Known.TRIPLE,
    component=SHACL.MaxCountConstraintComponent.value,
    hint="at most one smt:hostState",
)
KIND = replace(examples.KIND, file="/data/b.ttl", line=2, known=Known.SUBJECT)
NOWHERE = replace(HOST, file="c.jsonld", line=None, column=None, known=Known.FILE, severity=Severity.INFO)
REPORT = replace(
    Report.of([HOST, KIND, NOWHERE]), names={iri("visit", "1").value: "Bern \x1b[31m\u202e & <co>"}
)


def test_text_has_the_worst_first_and_every_part_of_a_finding() -> None:
    assert written(REPORT, "text") == (
        "Violation: smtsh:Visit-hostState, smt:hostState (1)\n"
        "  my visits/a.ttl:7:30: A visit must be to one state at most: Bern \\x1b[31m\\u202e & <co>.\n"
        "    try: at most one smt:hostState\n"
        "Warning: smtsh:Visit-visitKind, smt:visitKind (1)\n"
        "  /data/b.ttl:2 (where the thing begins): "
        "The kind of a visit must be one of those that the ontology lists, not smt:Talks.\n"
        "    of: visit:2\n"
        "Info: smtsh:Visit-hostState, smt:hostState (1)\n"
        "  c.jsonld (somewhere in the file): A visit must be to one state at most: Bern \\x1b[31m\\u202e & <co>.\n"
        "    try: at most one smt:hostState\n"
        "1 violation, 1 warning, 1 info\n"
    )


def test_many_of_a_kind_are_summarised() -> None:
    report = Report.of(replace(HOST, focus=iri("visit", n)) for n in range(1000))
    text = written(report, "text")
    assert text.count("my visits/a.ttl") == FEW
    assert f"  … and {1000 - FEW} more (--all-findings shows them)\n" in text
    assert text.endswith("1,000 violations\n")
    assert written(report, "text", all_findings=True).count("my visits/a.ttl") == 1000
    few = Report.of(report.findings[:MANY])
    assert written(few, "text").count("my visits/a.ttl") == MANY
    for format, word in (
        ("json", '"focus":'),
        ("sarif", '"ruleId":'),
        ("junit", "<testcase "),
        ("turtle", "sh:focusNode"),
    ):
        assert written(report, format).count(word) == 1000


def test_state_is_shown_unless_it_is_new() -> None:
    assert ": [already there] A visit" in written(Report.of([replace(HOST, state="already there")]), "text")


def test_turtle_is_the_report_of_shacl() -> None:
    graph = Graph().parse(data=written(REPORT, "turtle"), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == RdflibLiteral(False)
    results = list(graph.objects(report, SH.result))
    assert len(results) == 3
    for result in results:
        assert (result, RDF.type, SH.ValidationResult) in graph
        # What the standard asks of each result, once.
        for name in ("focusNode", "resultSeverity", "sourceConstraintComponent", "sourceShape"):
            assert len(list(graph.objects(result, SH[name]))) == 1
        assert graph.value(result, SH.resultMessage).language == "en"
    (kind,) = graph.subjects(SH.focusNode, URIRef(iri("visit", "2").value))
    assert graph.value(kind, SH.resultSeverity) == SH.Warning
    assert graph.value(kind, SH.resultPath) == URIRef(SMT.visitKind.value)
    assert graph.value(kind, SH.value) == URIRef(SMT.Talks.value)


def test_turtle_has_the_structure_of_a_path_and_conforms_when_nothing_is_found() -> None:
    inverse = replace(HOST, shape=NamedNode(SHAPES + "Summit-inverse"), path="^smt:partOf")
    graph = Graph().parse(data=written(Report.of([inverse]), "turtle"), format="turtle")
    assert list(graph.objects(None, SH.resultPath)) == []  # no such shape: nothing is made up
    empty = Graph().parse(data=written(Report(), "turtle"), format="turtle")
    assert (None, SH.conforms, RdflibLiteral(True)) in empty


def test_turtle_copies_an_inverse_path_of_our_shapes() -> None:
    from kg.validation.shapes import shapes_graph

    shape, path = next(
        (s, p) for s, p in shapes_graph().subject_objects(SH.path) if not isinstance(p, URIRef)
    )
    finding = replace(HOST, shape=NamedNode(str(shape)), path="^x")
    graph = Graph().parse(data=written(Report.of([finding]), "turtle"), format="turtle")
    (copied,) = graph.objects(None, SH.resultPath)
    assert len(graph.cbd(copied)) > 0
    assert isomorphic(graph.cbd(copied), shapes_graph().cbd(path))


def sarif_schema() -> Path | None:
    """The JSON schema, from the npm package that Microsoft's own checker comes in, or from $SARIF_SCHEMA."""
    package = Path(__file__).with_name("node_modules") / "@microsoft" / "sarif-multitool-linux"
    places = [Path(os.environ.get("SARIF_SCHEMA") or package / "sarif-2.1.0.json")]
    return next((place for place in places if place.exists()), None)


@pytest.mark.skipif(sarif_schema() is None, reason="npm install --prefix tests/validation/reports")
@pytest.mark.parametrize("report", [REPORT, Report(), replace(REPORT, context="the store x")])
def test_sarif_is_accepted_by_its_schema(report: Report) -> None:
    import jsonschema

    schema = json.loads((sarif_schema() or Path()).read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    log = json.loads(written(report, "sarif"))
    assert [error.message for error in validator.iter_errors(log)] == []
    if report.findings:
        log["runs"][0]["results"][0]["level"] = "bad"
        assert not validator.is_valid(log)


def test_sarif_has_what_code_review_needs() -> None:
    log = json.loads(written(REPORT, "sarif"))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == 2
    for result in run["results"]:
        assert set(result) == {
            "ruleId", "ruleIndex", "level", "message", "locations", "baselineState", "partialFingerprints", "properties",
        }  # fmt: skip
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
    places: dict[str, Any] = {r["level"]: r["locations"][0]["physicalLocation"] for r in run["results"]}
    assert places["error"]["artifactLocation"]["uri"] == "my%20visits/a.ttl"
    assert places["error"]["region"] == {"startLine": 7, "startColumn": 30}
    assert places["warning"]["artifactLocation"]["uri"] == "file:///data/b.ttl"
    assert places["warning"]["region"] == {"startLine": 2}
    assert "region" not in places["note"]


def test_sarif_knows_a_finding_again_when_lines_were_moved() -> None:
    def prints(report: Report) -> list[object]:
        return [
            result["partialFingerprints"]
            for result in json.loads(written(report, "sarif"))["runs"][0]["results"]
        ]

    assert prints(Report.of([HOST])) == prints(Report.of([replace(HOST, line=99, column=1)]))
    assert prints(Report.of([HOST])) != prints(Report.of([replace(HOST, focus=iri("visit", "3"))]))


def test_two_constraints_are_two_results_in_sarif_and_turtle() -> None:
    other = SHACL.InConstraintComponent.value
    report = Report.of([HOST, replace(HOST, component=other)])
    results = json.loads(written(report, "sarif"))["runs"][0]["results"]
    assert len({result["partialFingerprints"]["finding/v1"] for result in results}) == 2
    assert {result["properties"]["component"] for result in results} == {HOST.component, other}
    graph = Graph().parse(data=written(report, "turtle"), format="turtle")
    assert {str(each) for each in graph.objects(None, SH.sourceConstraintComponent)} == {
        HOST.component,
        other,
    }


def test_sarif_tells_the_state() -> None:
    states = {"new": "new", "already there": "unchanged", "resolved": "absent"}
    for state, said in states.items():
        log = json.loads(written(Report.of([replace(HOST, state=state)]), "sarif"))
        assert log["runs"][0]["results"][0]["baselineState"] == said


def test_address_of_a_folder_above() -> None:
    assert address("../é.ttl") == "../%C3%A9.ttl"


def test_junit_counts_and_escapes() -> None:
    root = ET.fromstring(written(REPORT, "junit"))
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "3", "1")
    cases = root.findall("testsuite/testcase")
    assert len(cases) == 3
    (failure,) = root.findall("testsuite/testcase/failure")
    assert failure.get("message") == "A visit must be to one state at most: Bern \\u001b[31m\u202e & <co>."
    assert "my visits/a.ttl:7:30" in (failure.text or "")
    assert {(case.get("file"), case.get("line")) for case in cases} == {
        ("my visits/a.ttl", "7"), ("/data/b.ttl", "2"), ("c.jsonld", None),
    }  # fmt: skip
    for suite in root.findall("testsuite"):
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))


anything = st.text(max_size=20)


@given(anything, anything, anything, st.sampled_from(list(Severity)))
def test_whatever_names_and_values_hold_each_format_can_be_read(
    name: str, value: str, file: str, severity: Severity
) -> None:
    finding = replace(
        KIND,
        value=Literal(value),
        file=file or None,
        severity=severity,
        hint=name,
        focus=BlankNode("b"),
        template="{$value}",
    )
    report = replace(Report.of([finding, HOST]), names={iri("visit", "1").value: name})
    texts = {format: written(report, format) for format in FORMATS}
    assert len(json.loads(texts["json"])["findings"]) == 2
    assert len(json.loads(texts["sarif"])["runs"][0]["results"]) == 2
    assert len(ET.fromstring(texts["junit"]).findall("testsuite/testcase")) == 2
    graph = Graph().parse(data=texts["turtle"], format="turtle")
    assert RdflibLiteral(value) in set(graph.objects(None, SH.value))
    shown = texts["text"].replace("\n", "")
    bad = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert not [char for char in shown if unicodedata.category(char) in bad and char not in "\u200c\u200d"]
