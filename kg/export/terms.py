"""Terms as text, and their order: the same for the same graph, whatever the order they come in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.namespaces import PREFIXES, XSD
from kg.stores.base import GraphName, Term

_LOCAL = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?", re.ASCII)
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: len(item[1]), reverse=True)


def iri_key(value: str) -> tuple[str, int, str]:
    """Orders IRIs so that …/9 comes before …/10.

    >>> sorted(["a/10", "a/9", "a/b"], key=iri_key)
    ['a/9', 'a/10', 'a/b']
    """
    stem = value.rstrip("0123456789")
    return stem, len(value) - len(stem), value[len(stem) :]


def term_key(term: Term | GraphName) -> tuple[int, tuple[str, int, str], str]:
    """Orders terms: IRIs, then blank nodes, then literals, then triples."""
    if isinstance(term, NamedNode):
        return 0, iri_key(term.value), ""
    if isinstance(term, BlankNode):
        return 1, iri_key(term.value), ""
    if isinstance(term, Literal):
        return 2, (term.value, 0, ""), str(term)
    return 3, ("", 0, ""), str(term)


class Names:
    """Writes IRIs with the usual prefixes and remembers which prefixes it used.

    >>> names = Names()
    >>> names.iri("https://w3id.org/summitry/id/state/RU"), names.iri("https://w3id.org/summitry/id/claim/a/1")
    ('state:RU', '<https://w3id.org/summitry/id/claim/a/1>')
    >>> list(names.prefixes())
    ['state']
    """

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._known: dict[str, str] = {}

    def iri(self, value: str) -> str:
        """An IRI as a prefixed name where that is legal Turtle, else in angle brackets."""
        known = self._known.get(value)
        if known is None:
            known = self._known[value] = self._shorten(value) or str(NamedNode(value))
        return known

    def term(self, term: Term) -> str:
        """A term as Turtle."""
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        if isinstance(term, Literal):
            return self._literal(term)
        if isinstance(term, Triple):
            inner = (self.term(term.subject), self.term(term.predicate), self.term(term.object))
            return f"<<( {' '.join(inner)} )>>"
        return str(term)

    def prefixes(self) -> dict[str, str]:
        """The prefixes used so far, in alphabetical order."""
        return {prefix: PREFIXES[prefix] for prefix in sorted(self._used)}

    def _shorten(self, value: str) -> str | None:
        for prefix, base in _BY_LENGTH:
            if value.startswith(base):
                local = value[len(base) :]
                if _LOCAL.fullmatch(local):
                    self._used.add(prefix)
                    return f"{prefix}:{local}"
        return None

    def _literal(self, term: Literal) -> str:
        bare = _BARE.get(term.datatype)
        if bare is not None and bare.fullmatch(term.value):
            return term.value
        text = str(term)
        if term.language is None and term.datatype != XSD.string:
            # str() writes the datatype as <IRI>; the part before it ends with a quote.
            quoted = text[: text.rindex('"') + 1]
            return f"{quoted}^^{self.iri(term.datatype.value)}"
        return text


def canonical(quads: Iterable[Quad]) -> list[Quad]:
    """Distinct quads; blank nodes, if there are any, are named by RDFC-1.0 and so no longer by chance."""
    distinct = set(quads)
    if any(isinstance(t, BlankNode) for q in distinct for t in (q.subject, q.object, q.graph_name)):
        from pyoxigraph import CanonicalizationAlgorithm, Dataset

        dataset = Dataset(distinct)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        return list(dataset)
    return list(distinct)
