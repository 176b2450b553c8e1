"""Shapes of one's own, instead of those of the package: --shapes FOLDER."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli.main import main
from kg.errors import InputError, ValidationError
from kg.knowledge_graph import KnowledgeGraph

SHAPES = """
@prefix ex: <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix smt: <https://w3id.org/summitry/ontology#> .
ex:Topical a sh:NodeShape ;
    sh:targetClass smt:DiplomaticEvent ;
    sh:property [ sh:path smt:topic ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "No topic: {$this}." ] ;
    sh:sparql [ sh:message "There is a secret." ; sh:select "SELECT $this WHERE { ?x <urn:secret> ?y }" ] .
"""
VISIT = "<https://w3id.org/summitry/id/visit/x> a <https://w3id.org/summitry/ontology#Visit> ."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "own.ttl").write_text(SHAPES, encoding="utf-8")
    (tmp_path / "good.ttl").write_text(VISIT, encoding="utf-8")
    (tmp_path / "bad.ttl").write_text(f"{VISIT} <urn:a> <urn:secret> <urn:b> .", encoding="utf-8")
    return tmp_path


def test_only_violations_of_own_shapes_keep_a_file_out(folder: Path) -> None:
    shapes = folder / "shapes"
    with KnowledgeGraph.init(folder / "store", empty=True) as graph:
        with pytest.raises(ValidationError) as refused:
            graph.add([folder / "bad.ttl"], shapes=shapes)
        # A visit is a diplomatic event by the ontology that the graph holds.
        assert {finding.template for finding in refused.value.report.findings} == {
            "No topic: {$this}.",
            "There is a secret.",
        }
        added = graph.add([folder / "good.ttl"], shapes=shapes)
        assert added.report is not None
        assert [finding.severity.value for finding in added.report.findings] == ["Warning"]
        asked = graph.validate([folder / "bad.ttl"], shapes=shapes)
        assert {(f.state, f.severity.value) for f in asked.findings} == {
            ("new", "Violation"),
            ("already there", "Warning"),
        }


def test_a_folder_that_is_none_is_refused(folder: Path) -> None:
    with KnowledgeGraph.open() as graph, pytest.raises(InputError, match="no such folder"):
        graph.validate([folder / "good.ttl"], shapes=folder / "nowhere")


def test_what_cannot_be_followed_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["validate", "--shapes", str(folder / "shapes"), str(folder / "good.ttl")])
    told = capsys.readouterr()
    assert code == 0
    assert told.err.count("cannot follow") == 1
    assert "Topical" in told.err
    assert "No topic" in told.out
