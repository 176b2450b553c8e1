"""All stored queries with all sets of parameters, asked of one graph in several stores."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Quad

from kg.bundled import open_bundled
from kg.errors import KgError
from kg.queries import run
from kg.stores.base import Store, Table
from tests.queries.cases import PLAIN, WITH_PARAMETERS
from tests.servers.world import CASES as IN_SCRIPTS
from tests.servers.world import build

_ALL = {name: (name, values) for name, values in PLAIN.items()} | WITH_PARAMETERS

# graph: name of the case, and the query with its parameters
CASES: Final[dict[str, dict[str, tuple[str, dict[str, str]]]]] = {
    "small": _ALL | IN_SCRIPTS,
    "bundled": _ALL,
}


def quads_of(graph: str) -> list[Quad]:
    """The quads of one of these graphs."""
    return build() if graph == "small" else list(open_bundled().quads())


def ask(store: Store, query: str, values: dict[str, str]) -> Table | str:
    """The answer, or what is wrong with the question."""
    try:
        found = run(store, query, values)
    except KgError as error:
        return str(error)
    assert isinstance(found, Table)
    return found
