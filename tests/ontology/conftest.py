"""What the tests of the ontology read: the files of the project, as text and as terms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology" / "summitry.ttl"
ALIGNMENTS = ROOT / "ontology" / "alignments.ttl"


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """The ontology; not to be changed (use `broken` for that)."""
    return Graph().parse(ONTOLOGY)


@pytest.fixture(scope="session")
def alignments() -> Graph:
    """The ontology together with the alignments."""
    return Graph().parse(ONTOLOGY).parse(ALIGNMENTS)


@pytest.fixture
def broken() -> Callable[[str, str], Graph]:
    """Makes a copy of the ontology in which one piece of text was replaced."""

    def replace(old: str, new: str) -> Graph:
        text = ONTOLOGY.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {ONTOLOGY.name}"
        return Graph().parse(data=text.replace(old, new), format="turtle")

    return replace
