"""A place in a file, and a triple with the places that it comes from."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple


class Place(NamedTuple):
    """A line and a column, both counted from 1; columns count characters, not bytes."""

    line: int
    column: int


class Placed(NamedTuple):
    """A triple, the graph it is in, and where its parts stand.

    `at` is where the object begins, `subject_at` and `predicate_at` where these two do. A place is None where the
    format does not write that part down (the rdf:rest of a list), or where it could not be found.
    """

    subject: NamedNode | BlankNode | Triple
    predicate: NamedNode
    object: NamedNode | BlankNode | Literal | Triple
    graph: NamedNode | BlankNode | DefaultGraph
    at: Place | None
    subject_at: Place | None = None
    predicate_at: Place | None = None
