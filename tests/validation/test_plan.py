"""The plan: current, complete, and telling what it cannot follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.validation.compile_plan import compile_plan
from kg.validation.plan import PLAN_FILE, Plan, Step, load_plan
from kg.validation.shapes import digest, shapes_graph

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/> .
ex:Thing a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:Thing-p .
"""
NESTED = 'sh:sparql [ sh:select "SELECT $this WHERE { %s }" ]'


def plan_of(tmp_path: Path, body: str) -> Plan:
    (tmp_path / "thing.ttl").write_text(f"{HEAD} ex:Thing-p {body} .", encoding="utf-8")
    return compile_plan(tmp_path)


def test_stored_plan_is_current() -> None:
    assert PLAN_FILE.read_text(encoding="utf-8") == compile_plan().to_json(), "run tools/build_shapes_page.py"


def test_stored_plan_is_used_for_its_shapes_only(tmp_path: Path) -> None:
    (tmp_path / "thing.ttl").write_text(HEAD, encoding="utf-8")
    assert load_plan().digest == digest()
    assert load_plan(tmp_path).shapes[0].iri == "https://example.org/Thing https://example.org/Thing-p"


def test_plan_survives_json() -> None:
    plan = compile_plan()
    assert Plan.from_json(plan.to_json()) == plan


def test_each_variable_has_a_way_back_to_the_focus_node() -> None:
    for shape in load_plan().shapes:
        reached = {0}
        for _ in shape.steps:
            reached |= {
                step.end
                for step in shape.steps
                if step.way and step.start in reached and isinstance(step.end, int)
            }
        assert {step.start for step in shape.steps} <= reached


@pytest.mark.parametrize(
    ("body", "steps"),
    [
        (
            "sh:path ex:p ; sh:class ex:C",
            [(0, "p", False, 1), (1, "type", False, 2), (2, "subClassOf", False, 2)],
        ),
        ("sh:path [ sh:inversePath ex:p ]", [(0, "p", True, 1)]),
        ("sh:path ( ex:p ex:q )", [(0, "p", False, 1), (1, "q", False, 2)]),
        (
            "sh:path [ sh:alternativePath ( ex:p ex:q ) ]",
            [(0, "p", False, 2), (2, "", False, 1), (0, "q", False, 3), (3, "", False, 1)],
        ),
        ("sh:path ex:p ; sh:disjoint ex:q", [(0, "p", False, 1), (0, "q", False, 2)]),
        (
            "sh:path ex:p ; sh:or ( [ sh:class ex:C ] )",
            [(0, "p", False, 1), (1, "type", False, 2), (2, "subClassOf", False, 2)],
        ),
        (
            "sh:path [ sh:zeroOrMorePath ex:p ]",
            [(0, "", False, 1), (1, "p", False, 2), (2, "", False, 1)],
        ),
        ("sh:path ex:p ; " + NESTED % "$this ?p ?o", [(0, "p", False, 1), (0, "*", False, 2)]),
        (
            "sh:path ex:p ; " + NESTED % "?x <urn:q> $this ; <urn:r> ?y",
            [(0, "p", False, 1), (0, "q", True, 2), (2, "r", False, 3)],
        ),
        (
            "sh:path ex:p ; " + NESTED % "FILTER NOT EXISTS { $this <urn:q>/<urn:r> ?y }",
            [(0, "p", False, 1), (0, "q", False, 2), (2, "r", False, 3)],
        ),
    ],
    ids=["class", "inverse", "sequence", "alternative", "pair", "or", "star", "variable", "sparql", "exists"],
)
def test_steps(tmp_path: Path, body: str, steps: list[tuple[int, str, bool, int | str]]) -> None:
    def short(step: Step) -> tuple[int, str, bool, int | str]:
        end = step.end if isinstance(step.end, int) else step.end.split("/")[-1]
        return (
            step.start,
            step.predicate.replace("#", "/").replace(":", "/").split("/")[-1],
            step.inverse,
            end,
        )

    found = [short(step) for step in plan_of(tmp_path, body).shapes[0].steps]
    assert sorted(map(str, found)) == sorted(map(str, steps))


@pytest.mark.parametrize(
    ("body", "loose"),
    [
        ("sh:path ex:p ; " + NESTED % "?x a <urn:C>", "type"),
        ("sh:path ex:p ; " + NESTED % "$this <urn:p> ?x . <urn:a> <urn:q> ?y", "q"),
        ("sh:path ex:p ; " + NESTED % "{ SELECT ?x WHERE { $this <urn:q> ?x } }", "q"),
        ("sh:path ex:p ; " + NESTED % "GRAPH ?g { $this <urn:p> ?o }", "*"),
        ("sh:path ex:p ; " + NESTED % "this is no query", "*"),
        ("sh:path ex:p ; sh:unheardOf true", "*"),
        ("sh:path ex:p ; ex:even true", "*"),
    ],
    ids=["loose", "beside", "sub-query", "graph", "not a query", "unknown", "custom"],
)
def test_what_cannot_be_followed_is_said_and_read_as_a_whole(tmp_path: Path, body: str, loose: str) -> None:
    custom = "; a sh:PropertyShape . ex:Even a sh:ConstraintComponent ; sh:parameter [ sh:path ex:even ]"
    plan = plan_of(tmp_path, body + custom)
    assert [name.replace("#", "/").replace(":", "/").split("/")[-1] for name in plan.shapes[0].loose] == [
        loose
    ]
    assert len(plan.notes) == 1
    assert "Thing-p" in plan.notes[0]
    assert "cannot follow" in plan.notes[0]


def test_a_shape_that_refers_to_itself_is_followed_as_far_as_it_goes(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "sh:path ex:p ; sh:node ex:Thing")
    assert plan.notes == ()
    assert plan.shapes[0].shape == "https://example.org/Thing"
    assert any(step.predicate == "" and step.end == 0 for step in plan.shapes[0].steps)


def test_shapes_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no shapes"):
        compile_plan(tmp_path)
    (tmp_path / "thing.ttl").write_text("this is no Turtle", encoding="utf-8")
    shapes_graph.cache_clear()
    with pytest.raises(InputError, match="cannot be read"):
        compile_plan(tmp_path)
