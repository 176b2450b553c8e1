"""Turtle and TriG: grouped by subject, sorted, one value per line, only the prefixes that are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.export.terms import Names, iri_key, term_key
from kg.namespaces import RDF
from kg.stores.base import GraphName, Subject, Term

_DEFAULT = DefaultGraph()
_TYPE = RDF.type


def turtle(triples: Iterable[Triple]) -> Iterator[str]:
    """A Turtle document in pieces.

    >>> from kg.namespaces import SMT
    >>> print("".join(turtle([Triple(SMT.Visit, SMT.b, SMT.d), Triple(SMT.Visit, RDF.type, SMT.c)])))
    @prefix smt: <https://w3id.org/summitry/ontology#> .
    <BLANKLINE>
    smt:Visit
        a smt:c ;
        smt:b smt:d .
    <BLANKLINE>
    """
    names = Names()
    blocks = list(_subjects(triples, names, ""))
    yield from _head(names)
    for block in blocks:
        yield "\n" + block


def trig(quads: Iterable[Quad]) -> Iterator[str]:
    """A TriG document in pieces: the default graph first, then the named ones by name.

    >>> from kg.namespaces import SMT
    >>> print("".join(trig([Quad(SMT.a, SMT.b, SMT.c, SMT.g)])))
    @prefix smt: <https://w3id.org/summitry/ontology#> .
    <BLANKLINE>
    smt:g {
    <BLANKLINE>
        smt:a
            smt:b smt:c .
    }
    <BLANKLINE>
    """
    names = Names()
    graphs: dict[GraphName, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    pieces = ["\n" + block for block in _subjects(graphs.pop(_DEFAULT, []), names, "")]
    for graph in sorted(graphs, key=term_key):
        inside = "".join("\n" + block for block in _subjects(graphs[graph], names, "    "))
        name = names.iri(graph.value) if isinstance(graph, NamedNode) else str(graph)
        pieces.append(f"\n{name} {{\n{inside}}}\n")
    yield from _head(names)
    yield from pieces


def _head(names: Names) -> Iterator[str]:
    for prefix, base in names.prefixes().items():
        yield f"@prefix {prefix}: <{base}> .\n"


def _subjects(triples: Iterable[Triple], names: Names, indent: str) -> Iterator[str]:
    grouped: dict[Subject, dict[NamedNode, list[Term]]] = {}
    for triple in triples:
        grouped.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    # rdf:type first, as people write it
    known = {predicate for values in grouped.values() for predicate in values}
    order = sorted(known, key=lambda predicate: (predicate != _TYPE, iri_key(predicate.value)))
    rank = {predicate: index for index, predicate in enumerate(order)}
    words = {p: "a" if p == _TYPE else names.iri(p.value) for p in order}
    for subject in sorted(grouped, key=term_key):
        lines = []
        about = grouped[subject]
        for predicate in sorted(about, key=rank.__getitem__):
            values = about[predicate]
            if len(values) > 1:
                values.sort(key=term_key)
            lines += [f"{indent}    {words[predicate]} {names.term(value)}" for value in values]
        yield f"{indent}{names.term(subject)}\n" + " ;\n".join(lines) + " .\n"
