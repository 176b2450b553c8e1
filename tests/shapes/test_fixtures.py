"""Each named shape has a graph that it lets pass and one in which it finds exactly what the header says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple, parse

from kg.validation import engine
from kg.validation.report import compact
from kg.validation.shapes import shape_files, shapes_graph

HERE = Path(__file__).parent
FIXTURES = sorted(HERE.glob("*/*.ttl"))
FINDING = re.compile(r"# finding: (?P<focus>\S+) (?P<path>\S+) (?P<shape>\S+)")


def expected(fixture: Path) -> list[tuple[str, str, str]]:
    text = fixture.read_text(encoding="utf-8")
    header = text.split("\n\n")[0]
    if header == "# findings: none":
        return []
    prefixes = dict(re.findall(r"@prefix (\S+): <([^>]*)> \.", text))
    lines = [FINDING.fullmatch(line) for line in header.splitlines()]
    assert all(lines), f"the header of {fixture.name} says something else than findings"
    return sorted(
        (prefixes[line["focus"].split(":")[0]] + line["focus"].split(":")[1], line["path"], line["shape"])
        for line in lines
        if line
    )


def found(fixture: Path) -> list[tuple[str, str, str]]:
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in parse(path=fixture)]
    findings = engine.run_on_all(triples)
    return sorted(
        {(f.focus.value, f.path or "", compact(f.shape)) for f in findings if isinstance(f.focus, NamedNode)}
    )


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_fixture(fixture: Path) -> None:
    assert found(fixture) == expected(fixture)


def named_shapes() -> set[tuple[str, str]]:
    """(file stem, local name) of every property shape."""
    names = set()
    for path in shape_files():
        for name in re.findall(r"^smtsh:(\S+) a sh:PropertyShape", path.read_text(encoding="utf-8"), re.M):
            names.add((path.stem, name))
    return names


@pytest.mark.parametrize(("stem", "shape"), sorted(named_shapes()), ids=lambda part: part)
def test_shape_has_both_fixtures(stem: str, shape: str) -> None:
    assert (HERE / stem / f"valid-{shape}.ttl").is_file()
    invalid = HERE / stem / f"invalid-{shape}.ttl"
    assert f"smtsh:{shape}" in {finding[2] for finding in expected(invalid)}


def test_every_fixture_is_of_a_shape() -> None:
    known = {f"{stem}/{kind}-{name}" for stem, name in named_shapes() for kind in ("valid", "invalid")}
    assert {f"{path.parent.name}/{path.stem.split('~')[0]}" for path in FIXTURES} == known


def test_names_in_the_files_are_all_property_shapes() -> None:
    from rdflib import RDF, SH

    graph = shapes_graph()
    shapes = {str(shape).split("#")[1] for shape in graph.subjects(RDF.type, SH.PropertyShape)}
    assert shapes == {name for _, name in named_shapes()}
    # A property shape without a name, or one that says no type, would escape the tests above.
    assert {str(shape).split("#")[-1] for shape in graph.subjects(SH.path)} == shapes
