"""The triples of RDF/XML with the places that they stand at.

Two readers look at the same text. expat, which fetches nothing, tells where tags begin and end; the parser that
reads files for the graph gets the text tag by tag, and what it yields after a tag is what that tag has brought in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import IO, Any, NamedTuple, cast
from xml.parsers import expat

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.namespaces import RDF
from kg.rdf_positions.place import Place, Placed
from kg.rdf_positions.tokens import UnreadableError, advanced

_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]+)\s*=\s*(?:"[^"]*"|'[^']*')""")


class _Tag(NamedTuple):
    """A start or end tag: where it ends in the file, and the element it belongs to."""

    end: int
    element: _Element


class _Element(NamedTuple):
    """The IRI of an element, where its start tag stands, its text, and where the element around it does."""

    name: str
    place: Place
    tag: str
    around: Place | None

    def says(self, predicate: NamedNode) -> bool:
        """Whether this is the property element of a predicate."""
        return self.name == predicate.value or self.name == RDF.li.value


def read_rdfxml(data: bytes) -> Iterator[Placed]:
    """The triples of an RDF/XML text; objects are placed at their element or, if they are in one, attribute.

    Raises UnreadableError where expat does not accept the text.

    >>> text = b'''<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="urn:">
    ...   <rdf:Description rdf:about="urn:a">
    ...     <b>soon</b>
    ...   </rdf:Description>
    ... </rdf:RDF>'''
    >>> [(str(found.object), *found.at) for found in read_rdfxml(text)]
    [('"soon"', 3, 5)]
    """
    tags = _tags(data)
    ends = [tag.end for tag in tags]
    source = _Pieces(data, ends)
    for quad in parse(cast(IO[bytes], source), RdfFormat.RDF_XML):
        at = bisect_left(ends, source.given)
        if at >= len(tags):
            raise UnreadableError("beyond the last tag")
        element = tags[at].element
        yield Placed(
            quad.subject,
            quad.predicate,
            quad.object,
            quad.graph_name,
            _within(element, quad.predicate, quad.object) or element.place,
            element.around if element.says(quad.predicate) and element.around else element.place,
        )


class _Pieces:
    """A stream that hands out a text tag by tag; `given` is how much it has handed out."""

    def __init__(self, data: bytes, ends: list[int]) -> None:
        self._data = data
        self._ends = iter([*ends, len(data)])
        self._end = 0
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        """The next piece, at most `size` bytes of it; nothing at the end."""
        while self.given == self._end:
            following = next(self._ends, None)
            if following is None:
                return b""
            self._end = following
        stop = self._end if size < 0 else min(self._end, self.given + size)
        piece = self._data[self.given : stop]
        self.given = stop
        return piece


def _tags(data: bytes) -> list[_Tag]:
    """Every start and end tag in the order in which they stand."""
    tags: list[_Tag] = []
    open_elements: list[_Element] = []
    parser: Any = expat.ParserCreate(namespace_separator="")
    # Parameter entities and external ones stay unread; a default handler would keep internal ones from being read.
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    at, line, column = 0, 1, 1

    def start(name: str, attributes: dict[str, str]) -> None:
        # Not the lines of expat, to which a carriage return alone is the end of one.
        nonlocal at, line, column
        begin = parser.CurrentByteIndex
        line, column = advanced(data[at:begin], line, column)
        at = begin
        end = _end_of_tag(data, begin)
        element = _Element(
            name,
            Place(line, column),
            data[begin:end].decode(errors="replace"),
            open_elements[-1].place if open_elements else None,
        )
        open_elements.append(element)
        tags.append(_Tag(end, element))

    def stop(name: str) -> None:
        begin = parser.CurrentByteIndex
        element = open_elements.pop()
        if not element.tag.endswith("/>"):
            tags.append(_Tag(_end_of_tag(data, begin), element))

    parser.StartElementHandler = start
    parser.EndElementHandler = stop
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableError(str(error)) from None
    return tags


def _end_of_tag(data: bytes, begin: int) -> int:
    """The position after the > of a tag; one in quotation marks does not count."""
    found = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*+>""").match(data, begin)
    if found is None:
        raise UnreadableError("a tag of an entity")
    return found.end()


def _within(element: _Element, predicate: NamedNode, term: object) -> Place | None:
    """The place of the attribute of a start tag that says a triple, if one does."""
    for found in _ATTRIBUTE.finditer(element.tag):
        name = found[1].rpartition(":")[2]
        if name in ("resource", "nodeID") and not isinstance(term, Literal):
            return _shifted(element, found.start())
        if isinstance(term, Literal) and predicate.value.endswith(name) and not found[1].startswith("xmlns"):
            return _shifted(element, found.start())
    return None


def _shifted(element: _Element, offset: int) -> Place:
    before = element.tag[:offset]
    line, newline, last = element.place.line, before.rfind("\n"), element.place.column
    return Place(line + before.count("\n"), offset - newline if newline >= 0 else last + offset)
