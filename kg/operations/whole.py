"""Validation of all that a store holds, by one process or several."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.bundled import TARGET
from kg.operations.findings import explained
from kg.stores.base import Store

if TYPE_CHECKING:
    from kg.validation.report import Report

# For fewer quads than this a process of its own is not worth its start.
_WORTH = 20_000


def _named(store: Store) -> str:
    return store.target if store.target == TARGET else f"the store {store.target}"


def validate_whole(
    store: Store,
    *,
    jobs: int = 1,
    step: Callable[[int, int], None] | None = None,
    shapes: Path | None = None,
) -> Report:
    """What the shapes find in a whole store, the same for every number of `jobs`; `step` is told how far it is.

    `shapes` is a folder of shapes to use instead of the package's.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> validate_whole(OxigraphStore()).conforms
    True
    """
    from kg.validation.full import validate_store
    from kg.validation.parallel import validate_folder

    store = store.local()
    path = Path(store.target)
    jobs = min(jobs, 1 + len(store) // _WORTH)
    # A store that is open for writing, or in memory, can be read by nobody else.
    if jobs > 1 and not store.writable and path == getattr(store, "path", None):
        report = validate_folder(path, jobs, folder=shapes, step=step)
    else:
        report = validate_store(store, folder=shapes, step=step)
    return replace(explained(report, store, shapes=shapes), context=f"all of {_named(store)}")
