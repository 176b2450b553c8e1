"""The graphs that stored queries are asked of, and the files that hold their answers.

`pytest tests/queries --update-golden` writes the answers anew; read the difference before you commit it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from kg.stores.oxigraph import OxigraphStore
from tests.queries.build_fixture import PATH

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden answers anew")


@pytest.fixture(scope="session")
def store() -> OxigraphStore:
    """The fixture graph."""
    store = OxigraphStore()
    store.inner.load(path=str(PATH), format=RdfFormat.TRIG)
    return store


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares an answer with the file of that name; with --update-golden writes the file instead."""
    update = request.config.getoption("--update-golden", default=False)

    def compare(name: str, answer: str) -> None:
        path = GOLDEN / f"{name}.tsv"
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(answer, encoding="utf-8")
            return
        assert path.is_file(), f"no golden answer: pytest tests/queries --update-golden writes {path}"
        assert answer == path.read_text(encoding="utf-8")

    return compare
