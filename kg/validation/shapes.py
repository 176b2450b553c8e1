"""The files of shapes: what they say, and their digest. Without a folder, those of the package are meant."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from kg.errors import InputError, RdfSyntaxError
from kg.namespaces import BASE
from kg.resources import folder as bundled
from kg.validation.report import Term
from kg.validation.terms import to_rdflib

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


def shape_files(folder: Path | None = None) -> list[Path]:
    """The Turtle files of a folder of shapes, in the order of their names.

    >>> shape_files()[0].name
    'addition.ttl'
    """
    return sorted((folder or bundled("shapes")).glob("*.ttl"))


def own_folder(name: str | os.PathLike[str] | None) -> Path | None:
    """A folder of one's own shapes; None where none is named. Raises InputError where there is no such folder."""
    if name is None:
        return None
    folder = Path(name)
    if not folder.is_dir():
        raise InputError(
            "there is no such folder of shapes", where=str(folder), hint="give a folder with --shapes"
        )
    return folder.resolve()


def digest(folder: Path | None = None) -> str:
    """SHA-256 of all shapes, by which a plan made from them is recognised as current."""
    total = hashlib.sha256()
    for path in shape_files(folder):
        total.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()


@lru_cache(maxsize=8)
def shapes_graph(folder: Path | None = None) -> Graph:
    """All shapes of a folder as one rdflib graph, its blank nodes numbered in the order of the files.

    So a shape without a name goes by the same number in a plan and wherever the plan is used. Raises InputError
    for a folder without shapes, RdfSyntaxError for a file that is no Turtle.
    """
    from rdflib import Graph

    files = shape_files(folder)
    if not files:
        raise InputError(
            "there are no shapes here", where=str(folder), hint="a folder with files *.ttl is needed"
        )
    graph = Graph()
    for number, path in enumerate(files):
        names: dict[str, BlankNode] = {}

        def named(term: Term, names: dict[str, BlankNode] = names, number: int = number) -> Term:
            if isinstance(term, BlankNode):
                return names.setdefault(term.value, BlankNode(f"s{number}x{len(names)}"))
            return term

        try:
            for quad in parse(path=str(path), format=RdfFormat.TURTLE):
                graph.add(
                    (to_rdflib(named(quad.subject)), to_rdflib(quad.predicate), to_rdflib(named(quad.object)))
                )
        except SyntaxError as error:
            raise RdfSyntaxError(
                f"the shapes cannot be read: {error.msg}",
                where=f"{path}:{error.lineno or '?'}",
                hint="correct the file",
            ) from error
    return graph


def name_of_shape(graph: Graph, shape: Node) -> NamedNode:
    """The name by which a shape goes in findings; of one that has none, that of a shape it is in.

    >>> name_of_shape(shapes_graph(), next(iter(shapes_graph().subjects()))).value.startswith("http")
    True
    """
    from rdflib import URIRef

    seen: set[Node] = set()
    waiting = [shape]
    while waiting:
        at = waiting.pop(0)
        if isinstance(at, URIRef):
            return NamedNode(str(at))
        if at not in seen:
            seen.add(at)
            waiting += sorted(graph.subjects(None, at), key=str)
    return NamedNode(f"{BASE}shapes#nameless")
