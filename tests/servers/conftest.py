"""Servers that run for as long as the tests do.

On a machine without them the tests that need them are skipped; with SUMMITRY_SERVERS=required, as in `.ci/run`, they fail.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.servers.running import NoServerError, Server, oxigraph, virtuoso


def _started(make: Callable[[Path], AbstractContextManager[Server]], folder: Path) -> Iterator[Server]:
    missing = None
    try:
        with make(folder) as server:
            yield server
    except NoServerError as error:
        missing = str(error)
    if missing is not None:
        if os.environ.get("SUMMITRY_SERVERS") == "required":
            pytest.fail(f"SUMMITRY_SERVERS=required, but {missing}", pytrace=False)
        pytest.skip(missing)


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Oxigraph's server, empty at the start."""
    yield from _started(oxigraph, tmp_path_factory.mktemp("oxigraph"))


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Virtuoso, with nothing in it but what it brings itself."""
    yield from _started(virtuoso, tmp_path_factory.mktemp("virtuoso"))
