"""Each component of SHACL in one small file: a node that holds to the shape, one that does not, what is to be found.

The cases have their own words and data. Each goes through the gate in three ways: all of it is new; what is at
fault comes to a graph that is there; and it goes again.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.namespaces import RDF, SH
from kg.stores.oxigraph import OxigraphStore
from kg.validation import Finding, check, engine

HERE = Path(__file__).parent
EXPECTED = NamedNode("https://example.org/expect/finding")
BAD = NamedNode("https://example.org/museum/bad")
CASES = sorted(HERE.glob("*/*.ttl"))


def parts(path: Path) -> tuple[str, list[Quad], dict[str, object]]:
    """Shapes as text, data, and what is to be found, by the words of SHACL's report."""
    head, *blocks = path.read_text(encoding="utf-8").split("\n\n")
    shapes = "\n\n".join([head, *blocks[:-2]])
    prefixes = "\n".join(line for line in head.splitlines() if line.startswith("@prefix"))
    data = list(parse(prefixes + blocks[-2], format=RdfFormat.TURTLE))
    told = parse(prefixes + blocks[-1], format=RdfFormat.TURTLE)
    return shapes, data, {quad.predicate.value.removeprefix(SH.base): quad.object for quad in told}


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def fits(finding: Finding, expected: dict[str, object]) -> bool:
    component, severity = expected["sourceConstraintComponent"], expected["resultSeverity"]
    assert isinstance(component, NamedNode)
    assert isinstance(severity, NamedNode)
    return (
        finding.focus == expected["focusNode"]
        and finding.component == component.value
        and finding.severity.value == severity.value.removeprefix(SH.base)
        and ("value" not in expected or finding.value == expected["value"])
    )


@pytest.mark.parametrize("path", CASES, ids=named)
def test_case(path: Path, tmp_path: Path) -> None:
    shapes, data, expected = parts(path)
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    store = OxigraphStore()

    def about(findings: tuple[Finding, ...]) -> list[Finding]:
        return [finding for finding in findings if "Literal-" not in finding.shape.value]

    # What no triple tells of but a shape is aimed at is found before anything comes.
    new = about(check(store, data, folder=tmp_path, resolved=True).findings)
    whole = engine.run_on_all([quad.triple for quad in data], folder=tmp_path)
    assert set(map(str, {(f.focus, f.component) for f in whole})) >= set(
        map(str, {(f.focus, f.component) for f in new if f.state != "resolved"})
    )
    if expected:
        assert [finding for finding in whole if fits(finding, expected)], whole
        assert len(whole) == 1
    else:
        assert whole == []
        assert new == []
        return
    fault = [quad for quad in data if quad.subject == BAD or quad.object == BAD] or data
    memory = pyoxigraph.Store()
    memory.extend(quad for quad in data if quad not in fault)
    store.apply(insert=list(memory))
    before = engine.run_on_all([quad.triple for quad in memory], folder=tmp_path)
    came = about(check(store, fault, folder=tmp_path, resolved=True).findings)
    assert any(fits(finding, expected) for finding in [*came, *before])
    states = {finding.state for finding in came if fits(finding, expected)}
    assert states <= ({"already there", "new"} if before else {"new"})
    store.apply(insert=fault)
    went = about(check(store, [], fault, folder=tmp_path, resolved=True).findings)
    assert {f.state for f in went if fits(f, expected)} <= (
        {"already there", "resolved"} if before else {"resolved"}
    )
    if not before:
        assert [f for f in went if fits(f, expected)]


def test_constraints_of_one_shape_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix m: <https://example.org/museum/> .\n"
        'm:Named a sh:NodeShape ; sh:targetClass m:Room ; sh:message "A room must have the right floor: {$this}." ;\n'
        '  sh:property [ sh:path m:floor ; sh:minCount 1 ; sh:hasValue 2 ; sh:message "Wrong floor." ] .'
    )
    room = Quad(BAD, RDF.type, NamedNode("https://example.org/museum/Room"))
    found = check(OxigraphStore(), [room], folder=tmp_path)
    whole = engine.run_on_all([room.triple], folder=tmp_path)
    assert [f.component for f in found.findings] == sorted(str(f.component) for f in whole)
    assert len(whole) == 2
    assert found.to_text().count("Wrong floor. (2 constraints say so)") == 1
