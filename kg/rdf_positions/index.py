"""The triples of a file as the graph gets them, each with its place."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat

from kg.rdf_positions.place import Placed
from kg.rdf_positions.tokens import UnreadableError


def placed(path: Path, format: RdfFormat, quads: Iterable[Quad]) -> Iterator[tuple[Quad, Placed]]:
    """The quads of a file, as they were read from it, with their places.

    Blank nodes of the file may be IRIs in `quads`, the same ones throughout; both come in the same order. It ends
    early, without an error, where the text is one that the reader of places does not follow or where it and
    `quads` differ: a place is right, or there is none.

    >>> import tempfile
    >>> from pyoxigraph import parse
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "mine.ttl")
    ...     _ = file.write_text("<urn:a>\\n  <urn:b> [ <urn:c> 7 ] .")
    ...     quads = list(parse(path=str(file)))
    ...     [(quad.predicate.value, *place.at) for quad, place in placed(file, RdfFormat.TURTLE, quads)]
    [('urn:c', 2, 21), ('urn:b', 2, 11)]
    """
    names: dict[BlankNode, object] = {}
    used: set[object] = set()

    def same(found: object, read: object) -> bool:
        if not isinstance(found, BlankNode):
            return found == read
        if found not in names:
            if read in used or not isinstance(read, BlankNode | NamedNode):
                return False
            names[found] = read
            used.add(read)
        return names[found] == read

    try:
        for found, quad in zip(_read(path, format), quads, strict=False):
            if not (
                found.predicate == quad.predicate
                and same(found.subject, quad.subject)
                and same(found.object, quad.object)
                and same(found.graph, quad.graph_name)
            ):
                return
            yield quad, found
    except (UnreadableError, OSError, ValueError, SyntaxError, RecursionError):
        # The parser has read the file, so it is good; there is only no telling where things stand from here on.
        return


def _read(path: Path, format: RdfFormat) -> Iterator[Placed]:
    if format == RdfFormat.RDF_XML:
        from kg.rdf_positions.rdfxml import read_rdfxml

        yield from read_rdfxml(path.read_bytes())
    elif format == RdfFormat.JSON_LD:
        from kg.rdf_positions.jsonld import read_jsonld

        yield from read_jsonld(path.read_bytes())
    else:
        from kg.rdf_positions.turtle import read_lines, read_turtle

        read = read_lines if format in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS) else read_turtle
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            # A map of the file and not its bytes: it may be larger than the memory.
            yield from read(data)
