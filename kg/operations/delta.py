"""What it takes to undo a change, packed into a few literals.

The resolved view is derived, so only named graphs count. Of a graph that the change made, its name is enough;
other quads that came in, and all that went, are kept as N-Quads, compressed: a tenth of the text.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from kg.errors import StoreError
from kg.namespaces import LOG_GRAPH
from kg.stores.base import Store

# Endpoints limit how long a literal may be.
_PIECE = 30_000
_DERIVED = (DefaultGraph(), LOG_GRAPH)


def packed(store: Store, insert: Iterable[Quad], delete: Iterable[Quad]) -> list[str]:
    """The delta of a change that is about to be made."""
    come = [quad for quad in insert if quad.graph_name not in _DERIVED]
    gone = [quad for quad in delete if quad.graph_name not in _DERIVED]
    graphs = {quad.graph_name for quad in come}
    made = {name for name in graphs if next(iter(store.quads(graph=name)), None) is None}
    lines = [f"={name}" for name in made if isinstance(name, NamedNode)]
    lines += [f"+{quad} ." for quad in come if quad.graph_name not in made]
    lines += [f"-{quad} ." for quad in gone]
    text = b64encode(zlib.compress("\n".join(sorted(lines)).encode(), 6)).decode()
    return [f"{n}:{text[at : at + _PIECE]}" for n, at in enumerate(range(0, len(text), _PIECE))]


def unpacked(store: Store, pieces: Iterable[str]) -> tuple[list[Quad], list[Quad]]:
    """The quads that came in, as the store has them, and those that went. Raises StoreError where it is damaged."""
    numbered = sorted((int(number), text) for number, _, text in (piece.partition(":") for piece in pieces))
    try:
        lines = zlib.decompress(b64decode("".join(text for _, text in numbered))).decode().split("\n")
    except (ValueError, zlib.error) as error:
        raise StoreError("what it takes to undo the commit is damaged", where=store.target) from error
    come = list(_quads(lines, "+"))
    for line in lines:
        if line.startswith("="):
            come += store.quads(graph=NamedNode(line[2:-1]))
    return come, list(_quads(lines, "-"))


def _quads(lines: Iterable[str], sign: str) -> Iterator[Quad]:
    text = "\n".join(line[1:] for line in lines if line.startswith(sign))
    return iter(parse(text, RdfFormat.N_QUADS))
