"""The files of shapes: what they say, and their digest. Without a folder, those of the package are meant."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.resources import folder as bundled

if TYPE_CHECKING:
    from rdflib import Graph


def shape_files(folder: Path | None = None) -> list[Path]:
    """The Turtle files of a folder of shapes, in the order of their names.

    >>> shape_files()[0].name
    'addition.ttl'
    """
    return sorted((folder or bundled("shapes")).glob("*.ttl"))


def digest(folder: Path | None = None) -> str:
    """SHA-256 of all shapes, by which a plan made from them is recognised as current."""
    total = hashlib.sha256()
    for path in shape_files(folder):
        total.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()


@lru_cache(maxsize=8)
def shapes_graph(folder: Path | None = None) -> Graph:
    """All shapes of a folder as one rdflib graph."""
    from rdflib import Graph

    graph = Graph()
    for path in shape_files(folder):
        graph.parse(path, format="turtle")
    return graph
