"""The folders that come with the package: ontology, shapes, queries, graph, articles.

In an installed wheel they stand under kg/data; in a checkout, or where it is installed as editable, they are
the folders beside the package.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.errors import StoreError

FOLDERS: Final = ("ontology", "shapes", "queries", "graph", "articles")


def folder(name: str) -> Path:
    """One of the bundled folders.

    >>> folder("ontology").joinpath("summitry.ttl").is_file()
    True

    Raises StoreError where it is missing, which means that the installation is broken.
    """
    # What importlib.resources.files("kg") answers for a package in a folder, at none of its 10 ms.
    package = Path(__file__).parent
    for place in (package / "data" / name, package.parent / name):
        if place.is_dir():
            return place
    raise StoreError(
        f'the bundled folder "{name}" is missing',
        where=str(package),
        hint="install the package again: pip install --force-reinstall summitry",
    )


def files(name: str, *suffixes: str) -> list[Path]:
    """The files of a bundled folder and the folders in it, sorted by path; with one of the suffixes if given.

    >>> files("ontology", ".ttl")[0].suffix
    '.ttl'
    """
    found = (path for path in folder(name).rglob("*") if path.is_file())
    return sorted(path for path in found if not suffixes or path.suffix in suffixes)
