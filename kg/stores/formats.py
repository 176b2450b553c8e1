"""The number of a store's format, and how a store of an older one becomes one of today.

1: the folder is the database. 2: the folder holds the live database and snapshots of it (kg.stores.folder), and
the database a log of commits.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from pyoxigraph import Literal, Quad

from kg.errors import StoreFormatError
from kg.namespaces import LOG, LOG_GRAPH, SCHEMA, STORE_GRAPH, XSD
from kg.stores import folder

FORMAT_VERSION: Final = 2


def version_quad(version: int = FORMAT_VERSION) -> Quad:
    """What a store says of its format."""
    return Quad(STORE_GRAPH, SCHEMA.schemaVersion, Literal(str(version), datatype=XSD.integer), STORE_GRAPH)


def check_version(store: ox.Store, target: str) -> int:
    """The format of a database. Raises StoreFormatError where it is none of ours, or newer than this package."""
    found = _numbers(store, SCHEMA.schemaVersion, STORE_GRAPH)
    if not found:
        raise StoreFormatError(
            "the folder holds an Oxigraph database, but not one made by kg",
            where=target,
            hint="choose another folder with --store FOLDER; kg init makes a store",
        )
    if max(found) > FORMAT_VERSION:
        raise StoreFormatError(
            f"the store has format {max(found)}, and this kg reads up to {FORMAT_VERSION}",
            where=target,
            hint="upgrade with pip install --upgrade summitry",
        )
    return max(found)


def head_of(store: ox.Store) -> int:
    """The number of the last commit of a database; 0 where there is none."""
    return max(_numbers(store, LOG.head, LOG_GRAPH), default=0)


def migrate(path: Path) -> str:
    """Bring a store of format 1 to today's, after a backup; answers what to tell the user.

    Whoever calls holds the lock of the folder. Killed at any moment, the store is either still of format 1, or the
    next call goes on. Raises OSError, as the engine does, and StoreFormatError.
    """
    from shutil import rmtree

    old = ox.Store(str(path))  # also keeps older versions of this package out
    version = check_version(old, str(path))
    backups = path / folder.BACKUPS
    kept = backups / f"format-{version}-{time.strftime('%Y%m%dT%H%M%S')}"
    if version == FORMAT_VERSION:  # another process was killed halfway
        kept = max(backups.glob("format-*"), default=backups)
    if version < FORMAT_VERSION:
        backups.mkdir(exist_ok=True)
        old.backup(str(kept))
        # From here on an older version refuses the folder, and cannot write what would be lost.
        old.update(
            f"DELETE DATA {{ GRAPH {STORE_GRAPH} {{ {version_quad(version).triple} }} }} ;"
            f"INSERT DATA {{ GRAPH {STORE_GRAPH} {{ {version_quad().triple} }} }}"
        )
        old.flush()
    building = path / f"{folder.DATABASE}.tmp"
    rmtree(building, ignore_errors=True)
    old.backup(str(building))
    rmtree(path / folder.DATABASE, ignore_errors=True)
    building.rename(path / folder.DATABASE)
    del old
    clear_old(path)
    return f"the store was brought to format {FORMAT_VERSION}; as it was before, it is in {kept}"


def clear_old(path: Path) -> None:
    """Remove the files of a database of format 1, once there is one of today's."""
    if not (path / folder.DATABASE / "CURRENT").is_file() or not (path / "IDENTITY").is_file():
        return
    (path / "CURRENT").unlink(missing_ok=True)
    for pattern in ("*.sst", "*.log", "MANIFEST-*", "OPTIONS-*", "LOG*", "LOCK"):
        for file in path.glob(pattern):
            file.unlink(missing_ok=True)
    (path / "IDENTITY").unlink()  # last, so that a killed process leaves a sign that there is more to remove


def _numbers(store: ox.Store, predicate: ox.NamedNode, graph: ox.NamedNode) -> list[int]:
    quads = store.quads_for_pattern(graph, predicate, None, graph)
    return [int(quad.object.value) for quad in quads if isinstance(quad.object, Literal)]
