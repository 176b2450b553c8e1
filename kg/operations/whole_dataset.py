"""A whole store as lines: read once from beginning to end, where it gives all its graphs together as N-Quads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from pyoxigraph import DefaultGraph

from kg.namespaces import STORE_GRAPH
from kg.stores.base import GraphName

Lines: TypeAlias = dict[GraphName, list[bytes]]
"""Lines of N-Triples without their full stops, by graph."""

_DEFAULT: Final = DefaultGraph()
_NOTES: Final = (f"<{STORE_GRAPH.value}>".encode(), f"<{STORE_GRAPH.value}#".encode())


def by_graph(pieces: Iterable[bytes], graphs: Collection[GraphName]) -> Iterator[Lines]:
    """The lines of some graphs, some at a time; without what a store notes about itself.

    >>> quads = b'<urn:s> <urn:p> "a <b>" .\\n<urn:s> <urn:p> <urn:o> <urn:g> .\\n'
    >>> next(by_graph([quads[:9], quads[9:]], [DefaultGraph()]))
    {<DefaultGraph>: [b'<urn:s> <urn:p> "a <b>"']}
    """
    names = {str(name).encode(): name for name in graphs}
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        if found := _sorted(whole, names, _DEFAULT in graphs):
            yield found
    if found := _sorted([rest], names, _DEFAULT in graphs):
        yield found


def joined(lines: Mapping[GraphName, list[bytes]]) -> bytes:
    """Lines by graph as N-Quads again.

    >>> joined({DefaultGraph(): [b'<urn:s> <urn:p> "a"', b'<urn:s> <urn:p> "b"']})
    b'<urn:s> <urn:p> "a" .\\n<urn:s> <urn:p> "b" .\\n'
    """
    parts = []
    for name, texts in lines.items():
        ending = b" .\n" if name == _DEFAULT else f" {name} .\n".encode()
        parts += [ending.join(texts), ending]
    return b"".join(parts)


def _sorted(texts: Iterable[bytes], names: Mapping[bytes, GraphName], default: bool) -> Lines:
    found: Lines = {}
    unnamed: list[bytes] = []
    ending, cut, into = b"", 0, unnamed
    for text in texts:
        # Stores give the quads of a graph in a row: most lines end as the one before. A triple of the default graph
        # may end so as well, and is known by having no third space.
        if cut and text.endswith(ending) and text.count(b" ", 0, cut) >= 2:
            into.append(text[:cut])
            continue
        if not text:
            continue
        quad = text[:-2] if text.endswith(b" .") else text.rstrip(b"\r\t .")
        cut = 0
        # The last of four terms, or of three? Only an IRI can be a graph, and before it stands a whole object.
        if quad.endswith(b">"):
            triple, _, graph = quad.rpartition(b" ")
            if graph.startswith(b"<") and b'"' not in graph and triple.count(b" ") >= 2:
                name = names.get(graph)
                if name is None or (name == STORE_GRAPH and triple.startswith(_NOTES)):
                    continue
                into = found.setdefault(name, [])
                into.append(triple)
                if name != STORE_GRAPH and text.endswith(b" ."):
                    ending, cut = b" " + graph + b" .", -len(graph) - 3
                continue
        if default:
            unnamed.append(quad)
    if unnamed:
        found[_DEFAULT] = unnamed
    return found
