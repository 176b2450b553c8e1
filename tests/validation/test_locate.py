"""From a finding to its place: each of three faults in the middle of lists of predicates, in every format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse, serialize

from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import SMT, XSD, iri
from kg.rdf_files import format_of, read_rdf
from kg.validation.locate import ReadFile, locator
from kg.validation.report import SHAPES, Finding, Known, Location, Report, Severity

TURTLE = """\
@prefix smt: <https://w3id.org/summitry/ontology#> .
@prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix state: <https://w3id.org/summitry/id/state/> .
@prefix visit: <https://w3id.org/summitry/id/visit/> .

visit:mine a smt:Visit ; rdfs:label "Macron in Berlin"@en ;
    smt:lacks smt:visitor ; smt:sendingState state:FR ;
    smt:hostState state:DE , state:IT ;   # one too many
    smt:status smt:Planned ; schema:name \"\"\"a ; b .
    \"\"\" ; schema:endDate "2024-02-30"^^xsd:date ; smt:visitKind
  smt:Talks .
"""


def kept(report: Report) -> set[tuple[str, str, int | None, int | None, Known | None]]:
    return {
        (
            each.shape.value.removeprefix(SHAPES),
            Path(each.file or "").name,
            each.line,
            each.column,
            each.known,
        )
        for each in report.findings
    }


@pytest.fixture(scope="module")
def validate() -> Iterator[Callable[[Path], Report]]:
    with KnowledgeGraph.open() as graph:
        yield lambda path: graph.validate([path], alone=True)


def test_faults_in_the_middle_of_predicate_lists(tmp_path: Path, validate: Callable[[Path], Report]) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(TURTLE)
    report = validate(path)
    assert kept(report) == {
        ("Visit-hostState", "bad.ttl", 10, 30, Known.TRIPLE),
        ("Literal-lexicalForm", "bad.ttl", 12, 26, Known.TRIPLE),
        ("DiplomaticEvent-endDate", "bad.ttl", 12, 26, Known.TRIPLE),
        ("Visit-visitKind", "bad.ttl", 13, 3, Known.TRIPLE),
    }
    hints = {each.shape.value.removeprefix(SHAPES): each.hint for each in report.findings}
    assert hints["Visit-hostState"] == "at most one smt:hostState"
    assert hints["Visit-visitKind"] == (
        "one of smt:StateVisit, smt:OfficialVisit, smt:WorkingVisit, smt:PrivateVisit"
    )
    assert hints["Literal-lexicalForm"] == "a day of the calendar: 2024-02 has 29 days"
    assert "a day, such as 2024-05-16 (xsd:date), or a month" in (hints["DiplomaticEvent-endDate"] or "")
    assert report.names[iri("visit", "mine").value] == "Macron in Berlin"
    assert "of: Macron in Berlin" in report.to_text()


@pytest.mark.parametrize("extension", [".nt", ".nq", ".trig", ".rdf", ".jsonld"])
def test_the_same_faults_in_other_formats(
    tmp_path: Path, extension: str, validate: Callable[[Path], Report]
) -> None:
    path = tmp_path / f"bad{extension}"
    triples = [quad.triple for quad in parse(TURTLE.encode(), RdfFormat.TURTLE)]
    serialize(triples, str(path), format_of(path))
    text = path.read_text()
    report = validate(path)
    assert {shape for shape, *_ in kept(report)} == {
        "Visit-hostState", "Literal-lexicalForm", "DiplomaticEvent-endDate", "Visit-visitKind",
    }  # fmt: skip
    lines = text.split("\n")
    marks = {"hostState": "IT", "lexicalForm": "2024-02-30", "endDate": "2024-02-30", "visitKind": "Talks"}
    for each in report.findings:
        assert each.known is Known.TRIPLE
        assert each.line is not None
        assert each.column is not None
        # The value stands on its line, a little after the column (behind the name of an element or key).
        mark = marks[each.shape.value.rpartition("-")[2]]
        assert mark in lines[each.line - 1][each.column - 1 :][:200]


def test_a_thing_that_lacks_something_is_placed_where_it_begins(
    tmp_path: Path, validate: Callable[[Path], Report]
) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(TURTLE.split("smt:lacks")[0].rstrip(" \n;") + " .\n")
    report = validate(path)
    assert {(each.line, each.column, each.known) for each in report.findings} == {(8, 1, Known.SUBJECT)}
    hints = {each.hint for each in report.findings}
    assert "(where the thing begins)" in report.to_text()
    assert hints


def test_things_without_a_name_go_by_their_line(tmp_path: Path, validate: Callable[[Path], Report]) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(
        "@prefix smt: <https://w3id.org/summitry/ontology#> .\n\n[] a smt:Visit ;\n smt:visitKind smt:Talks .\n"
    )
    report = validate(path)
    assert "the thing without a name in line 3" in report.to_text()
    assert (4, 16) in {(each.line, each.column) for each in report.findings}


def finding(**parts: object) -> Finding:
    given: dict[str, object] = {
        "focus": iri("visit", "1"), "shape": NamedNode(SHAPES + "Visit-type"), "severity": Severity.VIOLATION, "template": "",
    }  # fmt: skip
    return Finding(**{**given, **parts})  # type: ignore[arg-type]


def where(folder: Path, files: dict[str, str], found: Finding) -> Location | None:
    read = []
    for name, text in files.items():
        path = folder / name
        path.write_text(text)
        read.append(ReadFile(name, format_of(path), list(read_rdf(path))))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return locator(read, [found])(found)


VISIT = iri("visit", "1").value
HEAD = "@prefix smt: <https://w3id.org/summitry/ontology#> .\n"


def test_a_repaired_value_is_found_as_it_was_written(tmp_path: Path) -> None:
    text = f'{HEAD}<{VISIT}> smt:ordinal "7"^^<{XSD.integer.value}> , 075 .'
    place = where(
        tmp_path, {"a.ttl": text}, finding(path="smt:ordinal", value=Literal("75", datatype=XSD.integer))
    )
    assert place == Location("a.ttl", 2, text.split("\n")[1].index("075") + 1, Known.TRIPLE)


def test_a_wrong_property_is_found_itself(tmp_path: Path) -> None:
    text = f"{HEAD}<{VISIT}>\n  smt:vistor <urn:x> ."
    place = where(tmp_path, {"a.ttl": text}, finding(path="smt:vistor", value=SMT.vistor))
    assert place == Location("a.ttl", 3, 3, Known.TRIPLE)


def test_inverse_paths_are_followed_back(tmp_path: Path) -> None:
    text = f"{HEAD}<urn:x> smt:partOf <{VISIT}> ."
    place = where(tmp_path, {"a.ttl": text}, finding(path="^smt:partOf", value=NamedNode("urn:x")))
    assert place == Location("a.ttl", 2, 20, Known.TRIPLE)


def test_the_best_of_several_files_counts(tmp_path: Path) -> None:
    files = {
        "a.ttl": f"<urn:x> <urn:knows> <{VISIT}> .",
        "b.ttl": f"{HEAD}<{VISIT}> smt:visitKind smt:StateVisit .",
        "c.ttl": f"{HEAD}<{VISIT}> smt:visitKind smt:Talks .",
    }
    assert where(tmp_path, files, finding(path="smt:visitKind", value=SMT.Talks)) == Location(
        "c.ttl", 2, len(f"<{VISIT}> smt:visitKind ") + 1, Known.TRIPLE
    )


def test_what_stands_nowhere_has_only_the_file_or_nothing(tmp_path: Path) -> None:
    one = {"a.ttl": "<urn:x> <urn:y> <urn:z> ."}
    assert where(tmp_path, one, finding()) == Location("a.ttl", None, None, Known.FILE)
    assert where(tmp_path, {**one, "b.ttl": "<urn:x> <urn:y> <urn:z> ."}, finding()) is None


def test_a_file_that_has_changed_meanwhile_has_no_wrong_places(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"{HEAD}<{VISIT}> smt:visitKind smt:Talks .")
    quads = list(read_rdf(path))
    path.write_text(f"{HEAD}<{VISIT}> smt:visitKind\n smt:StateVisit .")
    found = finding(path="smt:visitKind", value=SMT.Talks)
    assert locator([ReadFile(str(path), RdfFormat.TURTLE, quads)], [found])(found) == Location(str(path))
