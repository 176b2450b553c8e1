"""docs/ontology.md is what the tool would write."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rdflib import RDF, Graph

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "ontology.md"
SMT = "https://w3id.org/summitry/ontology#"


def test_page_is_current() -> None:
    command = [sys.executable, str(ROOT / "tools" / "build_ontology_page.py"), "--check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_every_own_term_has_its_row(ontology: Graph) -> None:
    page = PAGE.read_text(encoding="utf-8")
    terms = {str(s).removeprefix(SMT) for s in ontology.subjects(RDF.type, None) if str(s).startswith(SMT)}
    assert {
        term for term in terms if f"| `smt:{term}` |" not in page and f"### `smt:{term}`" not in page
    } == set()
