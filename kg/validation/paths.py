"""Property paths of SHACL as plain data: an IRI, or a tuple of the kind of path and its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.namespaces import SH
from kg.validation.report import compact
from kg.validation.terms import from_rdflib

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_REPEATED: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def path_of(graph: Graph, path: Node | None) -> Any:
    """The path that a node of a shapes graph stands for; None where it is none.

    >>> from rdflib import BNode, Graph, URIRef
    >>> graph = Graph()
    >>> _ = graph.add((BNode("x"), URIRef(SH.inversePath.value), URIRef("urn:p")))
    >>> path_of(graph, BNode("x"))
    ('^', 'urn:p')
    """
    from rdflib import RDF, URIRef

    if isinstance(path, URIRef):
        return str(path)
    if path is None:
        return None
    kind, members = "", []
    if graph.value(path, RDF.first) is not None:
        kind, members = "/", list(graph.items(path))
    elif (inverted := graph.value(path, URIRef(SH.inversePath.value))) is not None:
        kind, members = "^", [inverted]
    elif (listed := graph.value(path, URIRef(SH.alternativePath.value))) is not None:
        kind, members = "|", list(graph.items(listed))
    else:
        for name, sign in _REPEATED.items():
            if (repeated := graph.value(path, URIRef(SH[name].value))) is not None:
                kind, members = sign, [repeated]
    parts = [path_of(graph, member) for member in members]
    return (kind, *parts) if parts and None not in parts else None


def path_text(path: Node | None, shapes: Graph) -> str:
    """A property path of a shape as SPARQL writes it, with prefixed names."""
    return written(path_of(shapes, path), lambda iri: compact(from_rdflib(iri)))


def written(path: Any, name: Any) -> str:
    """A path as SPARQL writes it, its IRIs written by `name`.

    >>> written(("/", "urn:p", ("*", ("|", "urn:q", "urn:r"))), lambda iri: iri[-1])
    'p/(q|r)*'
    """
    from rdflib import URIRef

    if path is None:
        return "?"
    if isinstance(path, str):
        return str(name(URIRef(path)))
    kind, *parts = path
    texts = [written(part, name) for part in parts]
    if kind == "/":
        return "/".join(texts)
    if kind == "|":
        return f"({'|'.join(texts)})"
    inner = f"({texts[0]})" if not isinstance(parts[0], str) and parts[0][0] != "|" else texts[0]
    return f"^{inner}" if kind == "^" else f"{inner}{kind}"
