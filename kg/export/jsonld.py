"""JSON-LD with its context inside, so that nobody has to fetch anything to read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.export.terms import iri_key, term_key
from kg.namespaces import PREFIXES, RDF, XSD
from kg.stores.base import GraphName, Subject, Term

_DEFAULT = DefaultGraph()
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: len(item[1]), reverse=True)


def jsonld(quads: Iterable[Quad]) -> Iterator[str]:
    """A JSON-LD document in pieces; named graphs are nodes with an @graph.

    >>> from kg.namespaces import SMT
    >>> document = json.loads("".join(jsonld([Quad(SMT.a, RDF.type, SMT.Visit)])))
    >>> document["@context"], document["@graph"]
    ({'smt': 'https://w3id.org/summitry/ontology#'}, [{'@id': 'smt:a', '@type': ['smt:Visit']}])
    """
    used: set[str] = set()
    graphs: dict[GraphName, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    nodes = list(_nodes(graphs.pop(_DEFAULT, []), used))
    nodes += [
        {"@id": _iri(graph, used), "@graph": list(_nodes(graphs[graph], used))}
        for graph in sorted(graphs, key=term_key)
    ]
    context = {prefix: PREFIXES[prefix] for prefix in sorted(used)}
    document = {"@context": context, "@graph": nodes}
    yield json.dumps(document, ensure_ascii=False, indent=1)
    yield "\n"


def _nodes(triples: Iterable[Triple], used: set[str]) -> Iterator[dict[str, Any]]:
    grouped: dict[Subject, dict[NamedNode, list[Term]]] = {}
    for triple in triples:
        grouped.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    for subject in sorted(grouped, key=term_key):
        node: dict[str, Any] = {"@id": _iri(subject, used)}
        for predicate in sorted(grouped[subject], key=lambda p: (p != RDF.type, iri_key(p.value))):
            values = sorted(grouped[subject][predicate], key=term_key)
            if predicate == RDF.type and not any(isinstance(value, Literal) for value in values):
                node["@type"] = [_iri(value, used) for value in values]
            else:
                node[_iri(predicate, used)] = [_value(value, used) for value in values]
        yield node


def _value(term: Term, used: set[str]) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": _iri(term, used)}
    if term.language is not None:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return {"@value": term.value}
    return {"@value": term.value, "@type": _iri(term.datatype, used)}


def _iri(term: Term | GraphName, used: set[str]) -> str:
    if not isinstance(term, NamedNode):
        return str(term)
    for prefix, base in _BY_LENGTH:
        local = term.value[len(base) :]
        # "//" after the colon would make a reader take the whole for an IRI
        if term.value.startswith(base) and local and not local.startswith("//"):
            used.add(prefix)
            return f"{prefix}:{local}"
    return term.value
