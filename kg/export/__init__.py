"""A graph as text, byte for byte the same for the same graph.

Turtle, N-Triples, JSON-LD and RDF/XML hold the resolved view; TriG and N-Quads the named graphs too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple
from pyoxigraph import serialize as ox_serialize

from kg.errors import InputError
from kg.export.terms import canonical
from kg.namespaces import LOG_GRAPH, PREFIXES, REFERENCE_GRAPH, STORE_GRAPH
from kg.stores.base import Store

__all__ = ["FORMATS", "contents", "pieces", "serialize", "store_pieces"]

_DEFAULT = DefaultGraph()

# name: (holds named graphs, file extension, media type)
FORMATS: Final[dict[str, tuple[bool, str, str]]] = {
    "turtle": (False, "ttl", "text/turtle"),
    "trig": (True, "trig", "application/trig"),
    "nt": (False, "nt", "application/n-triples"),
    "nq": (True, "nq", "application/n-quads"),
    "jsonld": (False, "jsonld", "application/ld+json"),
    "rdfxml": (False, "rdf", "application/rdf+xml"),
}


def contents(store: Store, format: str = "turtle", *, all_graphs: bool = False) -> list[Quad]:
    """What an export of a store in a format holds.

    Formats of triples: the default graph. TriG and N-Quads: all graphs but the reference graph (the default
    graph repeats it) and the store's notes about itself; with `all_graphs` those too, and JSON-LD likewise.
    The log of commits is never part of it: the same graph is the same text, whatever way it came about.
    """
    named, *_ = _format(format)
    if all_graphs and format == "jsonld":
        named = True
    found = list(store.quads(graph=_DEFAULT))
    if named:
        hidden = _hidden(all_graphs)
        for name in store.graph_names():
            if name not in hidden:
                found += store.quads(graph=name)
    return found


def serialize(quads: Iterable[Quad | Triple], format: str = "turtle") -> str:
    """Quads or triples as text; raises InputError for an unknown format.

    >>> from kg.namespaces import SMT
    >>> print(serialize([Triple(SMT.a, SMT.b, SMT.c)], "nt"), end="")  # doctest: +ELLIPSIS
    <https://w3id.org/summitry/ontology#a> <https://...#b> <https://...#c> .
    """
    return "".join(pieces(quads, format))


def pieces(quads: Iterable[Quad | Triple], format: str = "turtle") -> Iterator[str]:
    """The same as `serialize`, in pieces that can be written one after the other."""
    named, *_ = _format(format)
    whole = canonical(
        q if isinstance(q, Quad) else Quad(q.subject, q.predicate, q.object, _DEFAULT) for q in quads
    )
    if not named and format != "jsonld":
        whole = list({Quad(q.subject, q.predicate, q.object, _DEFAULT) for q in whole})
    if format == "turtle":
        from kg.export.turtle import turtle

        return turtle(quad.triple for quad in whole)
    if format == "trig":
        from kg.export.turtle import trig

        return trig(whole)
    if format == "jsonld":
        from kg.export.jsonld import jsonld

        return jsonld(whole)
    if format == "rdfxml":
        return _rdfxml(whole)
    return iter(sorted(f"{quad.triple if format == 'nt' else quad} .\n" for quad in whole))


def store_pieces(store: Store, format: str, *, all_graphs: bool = False) -> Iterator[bytes]:
    """The export of a store in pieces of UTF-8: the same as `pieces` of its `contents`, but faster where the engine can help.

    Everything is read before the first piece: what comes later does not depend on the store any more.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> list(store_pieces(OxigraphStore(), "nq"))
    []
    """
    _format(format)
    engine = getattr(store, "inner", None)
    if engine is not None and format in ("nt", "nq", "turtle"):
        from kg.export.lines import sorted_lines, turtle_of

        try:
            if format == "turtle":
                lines = turtle_of(engine)
            else:
                lines = sorted_lines(engine, named=format == "nq", hidden=_hidden(all_graphs))
        except (OSError, RuntimeError):
            lines = None  # what failed fails below once more, and there is said what it means
        if lines is not None:
            return lines
    return (piece.encode() for piece in pieces(contents(store, format, all_graphs=all_graphs), format))


def _hidden(all_graphs: bool) -> tuple[NamedNode, ...]:
    """The log of commits is about this one store, and in no export."""
    return (LOG_GRAPH,) if all_graphs else (LOG_GRAPH, REFERENCE_GRAPH, STORE_GRAPH)


def _rdfxml(quads: list[Quad]) -> Iterator[str]:
    from kg.export.terms import term_key

    triples = sorted(
        (quad.triple for quad in quads),
        key=lambda t: (term_key(t.subject), term_key(t.predicate), term_key(t.object)),
    )
    used = {
        p: base
        for p, base in sorted(PREFIXES.items())
        if any(t.predicate.value.startswith(base) for t in triples)
    }
    try:
        written = ox_serialize(triples, format=RdfFormat.RDF_XML, prefixes=used)
    except (OSError, ValueError) as error:
        raise InputError(f"RDF/XML cannot hold this graph: {error}", hint="use --format turtle") from error
    yield (written or b"").decode()


def _format(name: str) -> tuple[bool, str, str]:
    try:
        return FORMATS[name]
    except KeyError:
        raise InputError(
            f'there is no export format "{name}"', hint=f"choose one of {', '.join(FORMATS)}"
        ) from None
