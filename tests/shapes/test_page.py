"""The page about shapes: its list is current, and its worked example works."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from pyoxigraph import RdfFormat, parse

from kg.resources import folder
from kg.validation import engine
from kg.validation.compile_plan import compile_plan
from kg.validation.report import compact

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "shapes.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"```turtle\n# (\S+)\n(.*?)```", PAGE, re.DOTALL))


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "build_shapes_page", ROOT / "tools" / "build_shapes_page.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_list_of_shapes_is_current() -> None:
    assert tool().page(PAGE) == PAGE, "run tools/build_shapes_page.py"


@pytest.mark.parametrize(
    ("visitor", "expected"), [("xi-jinping", set()), ("vladimir-putin", {"invitation:1"})]
)
def test_worked_example(tmp_path: Path, visitor: str, expected: set[str]) -> None:
    shapes = shutil.copytree(folder("shapes"), tmp_path / "shapes")
    invitation = (shapes / "invitation.ttl").read_text(encoding="utf-8")
    name = "smtsh:Invitation-inviteeVisits"
    invitation = invitation.replace(
        "    sh:property smtsh:Invitation-type ;",
        f"    sh:property smtsh:Invitation-type ;\n    sh:property {name} ;",
    )
    (shapes / "invitation.ttl").write_text(invitation + BLOCKS["shapes/invitation.ttl"], encoding="utf-8")
    assert len(compile_plan(shapes).shapes) == len(compile_plan().shapes) + 1
    valid = BLOCKS["tests/shapes/invitation/valid-Invitation-inviteeVisits.ttl"]
    data = valid.replace("smt:visitor person:xi-jinping", f"smt:visitor person:{visitor}")
    triples = [quad.triple for quad in parse(data, format=RdfFormat.TURTLE)]
    found = engine.run_on_all(triples, folder=shapes)
    assert {compact(f.focus) for f in found if compact(f.shape) == name} == expected
    assert visitor != "xi-jinping" or not found
