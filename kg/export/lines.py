"""N-Triples and N-Quads: the engine writes the lines, and they are sorted as bytes.

UTF-8 keeps the order of code points, and no line begins with another whole one, so the order is that of the texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from kg.export.runs import Lines
from kg.export.terms import Names, iri_key
from kg.namespaces import RDF

_TYPE: Final = str(RDF.type)


def sorted_lines(store: ox.Store, *, named: bool, hidden: Sequence[NamedNode]) -> Iterator[bytes] | None:
    """The lines of a store in pieces, of the default graph or of all graphs that are not hidden.

    None where there are blank nodes, which have to be named first. The store is read at once.

    >>> from kg.namespaces import SMT
    >>> store = ox.Store()
    >>> store.add(ox.Quad(SMT.a, SMT.b, SMT.c, SMT.g))
    >>> list(sorted_lines(store, named=True, hidden=[SMT.g]) or ()), list(sorted_lines(store, named=False, hidden=()) or ())
    ([], [])
    """
    # Nothing but its graph can stand at the end of a line.
    lines = Lines(without=[f" {name} .\n".encode() for name in hidden] if named else ())
    if named:
        store.dump(lines, format=RdfFormat.N_QUADS)  # type: ignore[arg-type]
    else:
        store.dump(lines, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())  # type: ignore[arg-type]
    in_order = lines.sorted()
    return None if lines.has_blank else in_order


def turtle_of(store: ox.Store) -> Iterator[bytes] | None:
    """The default graph as `kg.export.turtle.turtle` writes it, worked out from lines instead of terms.

    None where there are blank nodes, or triples as terms.
    """
    written = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    if _has_blank(written) or b"<<" in written:
        return None
    names = Names()
    grouped: dict[str, dict[str, list[str]]] = {}
    for line in written.decode().split("\n"):
        if line:
            subject, predicate, value = line[:-2].split(" ", 2)
            grouped.setdefault(subject, {}).setdefault(predicate, []).append(value)
    blocks = list(_blocks(grouped, names))
    head = (f"@prefix {prefix}: <{base}> .\n" for prefix, base in names.prefixes().items())
    return (text.encode() for text in chain(head, blocks))


def _blocks(grouped: dict[str, dict[str, list[str]]], names: Names) -> Iterator[str]:
    known = {predicate for values in grouped.values() for predicate in values}
    order = sorted(known, key=lambda predicate: (predicate != _TYPE, iri_key(predicate[1:-1])))
    rank = {predicate: index for index, predicate in enumerate(order)}
    words = {p: "a" if p == _TYPE else names.iri(p[1:-1]) for p in order}
    terms: dict[str, str] = {}
    for subject in sorted(grouped, key=lambda text: iri_key(text[1:-1])):
        lines = []
        about = grouped[subject]
        for predicate in sorted(about, key=rank.__getitem__):
            values = about[predicate]
            if len(values) > 1:
                values.sort(key=_key)
            for value in values:
                word = terms.get(value)
                if word is None:
                    word = terms[value] = (
                        names.iri(value[1:-1]) if value[0] == "<" else _literal(value, names)
                    )
                lines.append(f"    {words[predicate]} {word}")
        yield f"\n{names.iri(subject[1:-1])}\n" + " ;\n".join(lines) + " .\n"


def _key(text: str) -> tuple[int, tuple[str, int, str], str]:
    """The order of `kg.export.terms.term_key`."""
    if text[0] == "<":
        return 0, iri_key(text[1:-1]), ""
    return 2, (_value(text), 0, ""), text


def _value(text: str) -> str:
    if "\\" not in text:
        return text[1 : text.rindex('"')]
    quad = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", format=RdfFormat.N_TRIPLES)))
    assert isinstance(quad.object, ox.Literal)
    return quad.object.value


def _literal(text: str, names: Names) -> str:
    quoted, hats, datatype = text.rpartition("^^")
    if not hats or not quoted.endswith('"') or not datatype.endswith(">"):
        return text
    quad = next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", format=RdfFormat.N_TRIPLES)))
    return names.term(quad.object)


def _has_blank(written: bytes) -> bool:
    """Whether there may be a blank node: a text that looks like one only makes it slower."""
    return b" _:" in written or b"\n_:" in written or written.startswith(b"_:")
