"""The plan: current, complete, and refusing what it cannot follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.validation.compile_plan import compile_plan
from kg.validation.plan import PLAN_FILE, Plan, Step, load_plan
from kg.validation.shapes import digest

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
    assert load_plan(tmp_path).shapes[0].iri == "https://example.org/Thing"


def test_plan_survives_json() -> None:
    plan = compile_plan()
    assert Plan.from_json(plan.to_json()) == plan


def test_each_variable_has_a_way_back_to_the_focus_node() -> None:
    for shape in load_plan().shapes:
        for step in shape.steps:
            variable, seen = step.start, set()
            while variable != 0:
                assert variable not in seen
                seen.add(variable)
                variable = shape.first[variable].start


@pytest.mark.parametrize(
    ("body", "steps"),
    [
        ("sh:path ex:p ; sh:class ex:C", [(0, "p", False, 1), (1, "type", False, "C")]),
        ("sh:path [ sh:inversePath ex:p ]", [(0, "p", True, 1)]),
        ("sh:path ( ex:p ex:q )", [(0, "p", False, 1), (1, "q", False, 2)]),
        ("sh:path [ sh:alternativePath ( ex:p ex:q ) ]", [(0, "p", False, 1), (0, "q", False, 2)]),
        ("sh:path ex:p ; sh:disjoint ex:q", [(0, "p", False, 1), (0, "q", False, 2)]),
        ("sh:path ex:p ; sh:or ( [ sh:class ex:C ] )", [(0, "p", False, 1), (1, "type", False, "C")]),
        (
            "sh:path ex:p ; " + NESTED % "?x <urn:q> $this ; <urn:r> ?y",
            [(0, "p", False, 1), (0, "q", True, 2), (2, "r", False, 3)],
        ),
        (
            "sh:path ex:p ; " + NESTED % "FILTER NOT EXISTS { $this <urn:q>/<urn:r> ?y }",
            [(0, "p", False, 1), (0, "q", False, 2), (2, "r", False, 3)],
        ),
    ],
    ids=["class", "inverse", "sequence", "alternative", "pair", "or", "sparql", "exists"],
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
    "body",
    [
        "sh:path [ sh:zeroOrMorePath ex:p ]",
        "sh:path ex:p ; sh:closed true",
        "sh:path ex:p ; sh:node ex:Thing",
        "sh:path ex:p ; " + NESTED % "?x a <urn:C>",
        "sh:path ex:p ; " + NESTED % "$this ?p ?o",
        "sh:path ex:p ; " + NESTED % "$this <urn:p>+ ?o",
        "sh:path ex:p ; " + NESTED % "{ $this <urn:p> ?o } UNION { $this <urn:q> ?o }",
        "sh:path ex:p ; " + NESTED % "GRAPH ?g { $this <urn:p> ?o }",
        "sh:path ex:p ; " + NESTED % "$this <urn:p> 'text'",
    ],
    ids=["star", "closed", "recursive", "loose", "variable", "plus", "union", "graph", "literal"],
)
def test_what_the_gate_cannot_follow_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(InputError, match="gate"):
        plan_of(tmp_path, body)
