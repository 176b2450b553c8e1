"""Files of triples that a user has: read into quads, with errors that say where and what to try.

Nothing is fetched: a JSON-LD context has to stand in the file. Blank nodes become IRIs, the same ones whenever
the same file is read, so that what was added can be retracted triple by triple.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import RdfSyntaxError
from kg.namespaces import iri
from kg.rdf_limits import (
    MAX_TERM,
    Growth,
    check_json_depth,
    check_kind_and_size,
    check_nesting,
    check_xml,
    too_deep,
    too_large,
)
from kg.rdf_limits import largest as largest_file

FORMATS: Final[dict[str, RdfFormat]] = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}
_PIECE = 1 << 20
_WHERE = re.compile(r"^Parser error (?:at|between) line .*?: ")
_HINTS = {
    "No scheme found": "write IRIs in full, or begin the file with @base <https://example.org/> .",
    "has not been declared": "declare the prefix at the top of the file: @prefix name: <https://...> .",
    "Unexpected end": "the last statement is cut off; a Turtle statement ends with a full stop",
}
StrPath: TypeAlias = str | os.PathLike[str]


def read_rdf(path: StrPath) -> Iterator[Quad]:
    """The quads of a Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD file, by its extension.

    Literals are as the file writes them. Raises RdfSyntaxError where there is no such file, it is of another
    kind, not UTF-8, not well-formed, without triples, needs the network, or is beyond kg.rdf_limits.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "mine.ttl")
    ...     _ = file.write_text('<https://example.org/a> <https://example.org/b> "075" .')
    ...     [quad.object.value for quad in read_rdf(file)]
    ['075']
    """
    path = Path(path)
    format = format_of(path)
    digest = _checked(path)
    if format == RdfFormat.JSON_LD:
        _refuse_remote_contexts(path)
    elif format == RdfFormat.RDF_XML:
        check_xml(path)
    else:
        check_nesting(path)
    growth = Growth(path)
    names: dict[BlankNode, NamedNode] = {}
    empty = True
    try:
        for quad in parse(path=str(path), format=format):
            empty = False
            growth.add(_characters(quad))
            yield _without_blank_nodes(quad, digest, names, path)
    except SyntaxError as error:
        raise _syntax_error(error, path) from None
    except OSError as error:
        raise RdfSyntaxError(f"the file cannot be read: {error.strerror or error}", where=str(path)) from None
    except MemoryError:
        # The engine's own limit of a buffer; nothing has run out.
        raise RdfSyntaxError(
            f"a line or a value has more than {MAX_TERM:,} bytes", where=str(path), hint="shorten it"
        ) from None
    if empty:
        hint = "it may say only prefixes, or (JSON-LD) have ids that are no IRIs"
        raise RdfSyntaxError("the file has no triples", where=str(path), hint=hint)


class RdfFile:
    """The quads of a file of triples, read anew each time they are asked for: a large file is never in memory.

    Raises what `read_rdf` does, and RdfSyntaxError where the file has become another one since the first time.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "mine.nt")
    ...     _ = path.write_text("<urn:a> <urn:b> <urn:c> .")
    ...     file = RdfFile(path)
    ...     len(list(file)), len(list(file))
    (1, 1)
    """

    def __init__(self, path: StrPath) -> None:
        self._path = Path(path)
        self._digest: str | None = None

    def __iter__(self) -> Iterator[Quad]:
        digest = _checked(self._path)
        if self._digest not in (None, digest):
            raise RdfSyntaxError(
                "the file was changed while it was read", where=str(self._path), hint="try it again"
            )
        self._digest = digest
        yield from read_rdf(self._path)


def format_of(path: Path) -> RdfFormat:
    """The format of a file by its extension; raises RdfSyntaxError for one that is of no such kind.

    >>> format_of(Path("mine.ttl")).name
    'Turtle'
    """
    format = FORMATS.get(path.suffix.lower())
    if format is None:
        if path.is_dir():
            raise _is_folder(path)
        what = f"{path.suffix} is no extension of a file of triples" if path.suffix else "no extension"
        raise RdfSyntaxError(what, where=str(path), hint=f"known ones: {' '.join(FORMATS)}")
    return format


def _is_folder(path: Path) -> RdfSyntaxError:
    return RdfSyntaxError("this is a folder", where=str(path), hint="give the files in it")


def _checked(path: Path) -> str:
    """The first digits of the SHA-256 of a file that is there and UTF-8; read piece by piece."""
    if path.is_dir():
        raise _is_folder(path)
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    read = 0
    try:
        check_kind_and_size(path)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                if b"\0" in piece:
                    place = f"{path}, byte {read + piece.index(0)}"
                    raise RdfSyntaxError(
                        "the file is not text", where=place, hint="UTF-16 has to be saved as UTF-8"
                    )
                waiting = len(decoder.getstate()[0])
                try:
                    decoder.decode(piece)
                except UnicodeDecodeError as error:
                    raise _not_utf8(path, read - waiting + error.start) from None
                digest.update(piece)
                read += len(piece)
                if largest_file() and read > largest_file():  # it grew while it was read
                    raise too_large(path, f"the file has {read / 1e6:,.0f} MB")
            if decoder.getstate()[0]:
                raise _not_utf8(path, read - len(decoder.getstate()[0]))
    except FileNotFoundError:
        raise RdfSyntaxError("there is no such file", where=str(path), hint="check the name") from None
    except OSError as error:
        raise RdfSyntaxError(f"the file cannot be read: {error.strerror or error}", where=str(path)) from None
    if read == 0:
        raise RdfSyntaxError("the file is empty", where=str(path))
    return digest.hexdigest()[:12]


def _not_utf8(path: Path, offset: int) -> RdfSyntaxError:
    return RdfSyntaxError("the file is not UTF-8", where=f"{path}, byte {offset}", hint="save it as UTF-8")


def _without_blank_nodes(quad: Quad, digest: str, names: dict[BlankNode, NamedNode], path: Path) -> Quad:
    def named(node: BlankNode) -> NamedNode:
        if node not in names:
            names[node] = NamedNode(f"{iri('addition', digest).value}#b{len(names) + 1}")
        return names[node]

    subject, obj, graph = quad.subject, quad.object, quad.graph_name
    if isinstance(obj, Triple) or isinstance(subject, Triple):
        raise RdfSyntaxError(
            "a triple stands as a term in another, which this graph cannot hold",
            where=str(path),
            hint="say it with plain triples",
        )
    return Quad(
        named(subject) if isinstance(subject, BlankNode) else subject,
        quad.predicate,
        named(obj) if isinstance(obj, BlankNode) else obj,
        named(graph) if isinstance(graph, BlankNode) else graph or DefaultGraph(),
    )


def _characters(quad: Quad) -> int:
    subject, obj = quad.subject, quad.object
    if isinstance(subject, Triple) or isinstance(obj, Triple):
        return 0  # refused in the next step
    graph = quad.graph_name
    datatype = len(obj.datatype.value) if isinstance(obj, Literal) else 0
    name = len(graph.value) if isinstance(graph, NamedNode) else 0
    return len(subject.value) + len(quad.predicate.value) + len(obj.value) + datatype + name


def _syntax_error(error: SyntaxError, path: Path) -> RdfSyntaxError:
    what = _WHERE.sub("", error.msg)
    if "LoadDocumentCallback" in what:  # a context whose key stands twice
        what = "a JSON-LD context would have to be fetched, and nothing is fetched"
    where = str(path)
    if error.lineno is not None:
        where += f", line {error.lineno}"
        if error.offset is not None:
            where += f", column {error.offset}"
    hint = next((hint for part, hint in _HINTS.items() if part in what), None)
    return RdfSyntaxError(f"not well-formed: {what}", where=where, hint=hint)


def _refuse_remote_contexts(path: Path) -> None:
    try:
        # Numbers stay as they are written: only their place matters here.
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text, parse_int=str, parse_float=str)
    except RecursionError:
        raise too_deep(path, "values of JSON") from None
    except ValueError as error:
        line = (
            f", line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        )
        raise RdfSyntaxError(f"not well-formed JSON: {error}", where=f"{path}{line}") from None
    check_json_depth(data, path)
    for context in _contexts(data):
        raise RdfSyntaxError(
            f"the JSON-LD context {context} would have to be fetched, and nothing is fetched",
            where=str(path),
            hint="put the content of the context into the file",
        )


def _contexts(data: Any) -> Iterator[str]:
    """The contexts given by their address, wherever they stand."""
    waiting = [data]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            for key, value in part.items():
                if key == "@context":
                    yield from (
                        c for c in (value if isinstance(value, list) else [value]) if isinstance(c, str)
                    )
                if key == "@import" and isinstance(value, str):
                    yield value
                waiting.append(value)
