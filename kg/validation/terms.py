"""Terms between pyoxigraph and rdflib, character by character."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.namespaces import XSD
from kg.validation.report import Term

if TYPE_CHECKING:
    from rdflib.term import Node


def to_rdflib(term: Term) -> Node:
    """The same term in rdflib: nothing is normalised.

    >>> to_rdflib(Literal("075", datatype=XSD.integer)).n3()
    '"075"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral

    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if isinstance(term, Literal):
        if term.language is not None:
            return RdflibLiteral(term.value, lang=term.language)
        if term.datatype == XSD.string:
            return RdflibLiteral(term.value)
        return RdflibLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"a triple as a term is not validated: {term}")


def from_rdflib(node: Any) -> NamedNode | BlankNode | Literal:
    """The same term in pyoxigraph.

    >>> from_rdflib(to_rdflib(Literal("075", datatype=XSD.integer)))
    <Literal value=075 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>
    """
    from rdflib import BNode, URIRef

    if isinstance(node, URIRef):
        return NamedNode(str(node))
    if isinstance(node, BNode):
        return BlankNode(str(node))
    if node.language:
        return Literal(str(node), language=str(node.language))
    return Literal(str(node), datatype=NamedNode(str(node.datatype)) if node.datatype else None)


@lru_cache(maxsize=1024)
def from_text(text: str) -> NamedNode | BlankNode | Literal | Triple:
    """The term that N-Triples writes so.

    >>> from_text('"a"@en').value
    'a'
    """
    quad: Quad = next(iter(parse(f"<urn:s> <urn:p> {text} .", format=RdfFormat.N_TRIPLES)))
    return quad.object
