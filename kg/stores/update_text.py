"""A change as one SPARQL update, which the engine makes whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, Quad

from kg.errors import InputError
from kg.stores.base import GraphName

_DEFAULT = DefaultGraph()


def update_text(store: ox.Store, delete: list[Quad], insert: list[Quad]) -> str:
    """Delete, then insert, then drop the graphs that became empty; raises InputError for blank nodes to delete."""
    if any(isinstance(term, ox.BlankNode) for quad in delete for term in (quad.subject, quad.object)):
        raise InputError("triples with blank nodes cannot be deleted", hint="use IRIs for things")
    touched = {quad.graph_name for quad in delete} - {quad.graph_name for quad in insert} - {_DEFAULT}
    gone = set(normalised(delete)) if touched else set()
    drops = [
        f"DROP SILENT GRAPH {name}"
        for name in touched
        if all(quad in gone for quad in store.quads_for_pattern(None, None, None, name))
    ]
    return " ;\n".join([f"DELETE DATA {_block(delete)}", f"INSERT DATA {_block(insert)}", *drops])


def normalised(quads: Iterable[Quad]) -> list[Quad]:
    """Quads as Oxigraph keeps them: numbers, booleans and times in canonical form ("0.90" becomes "0.9").

    >>> from kg.namespaces import SMT, XSD
    >>> quad = Quad(SMT.a, SMT.b, ox.Literal("0.90", datatype=XSD.decimal))
    >>> [quad.object.value for quad in normalised([quad])]
    ['0.9']
    """
    store = ox.Store()
    store.extend(quads)
    return list(store)


def _block(quads: list[Quad]) -> str:
    by_graph: dict[GraphName, list[str]] = {}
    for quad in quads:
        by_graph.setdefault(quad.graph_name, []).append(str(quad.triple))
    parts = [
        "\n".join(f"{line} ." for line in lines)
        if name == _DEFAULT
        else f"GRAPH {name} {{\n" + "\n".join(f"{line} ." for line in lines) + "\n}"
        for name, lines in by_graph.items()
    ]
    return "{\n" + "\n".join(parts) + "\n}"
