"""What all tests share: the folders of the project, and the names of the reference facts."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import settings

from kg.extraction import Names

# Where the tests run in the background, an interrupt is ignored, and so it would be by the processes that they start.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples at every run, so that a failure is the change's own doing; the nightly profiles draw new ones.
NIGHTLY = bool(os.environ.get("HYPOTHESIS_NIGHTLY")) or os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
settings.register_profile("summitry", derandomize=not NIGHTLY, deadline=None)
settings.load_profile("summitry")

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT.parent / "shared" / "articles" / "000_08d902e5f25b5a72.txt"
DIGEST = ROOT / "articles" / "2024-05-16-menafn-putin-beijing.md"


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def reference() -> pyoxigraph.Store:
    """The reference facts, in memory."""
    store = pyoxigraph.Store()
    for path in sorted((ROOT / "ontology" / "reference").glob("*.ttl")):
        store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def names(reference: pyoxigraph.Store) -> Names:
    """The index of the names in the reference facts."""
    return Names(lambda p: [(q.subject, q.object) for q in reference.quads_for_pattern(None, p, None)])
