"""Words of our own namespace that the ontology does not have: most often a slip of the keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.namespaces import SMT
from kg.resources import folder
from kg.validation.report import SHAPES, Finding, Report, Severity, compact

SHAPE = NamedNode(SHAPES + "Word-inOntology")
COMPONENT = SHAPES + "WordInOntologyComponent"


@lru_cache(maxsize=1)
def words() -> frozenset[str]:
    """The local names of all terms of the ontology.

    >>> "hostState" in words()
    True
    """
    ontology = parse(path=str(folder("ontology") / "summitry.ttl"), format=RdfFormat.TURTLE)
    return frozenset(
        quad.subject.value.removeprefix(SMT.base)
        for quad in ontology
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(SMT.base)
    )


def check_words(quads: Iterable[Quad]) -> Report:
    """A finding for each term of our namespace that the ontology does not have, with the word that was meant.

    >>> from kg.namespaces import iri
    >>> quad = Quad(iri("visit", "1"), NamedNode(f"{SMT.base}vistor"), iri("person", "xi-jinping"))
    >>> [finding.message for finding in check_words([quad]).findings]  # doctest: +ELLIPSIS
    ['A word of smt: must be in the ontology: there is no ...; did you mean smt:visitor?']
    """
    findings = []
    for quad in quads:
        for term in (quad.predicate, quad.object):
            if not isinstance(term, NamedNode):
                continue
            name = term.value.removeprefix(SMT.base)
            if name == term.value or name in words():
                continue
            close = get_close_matches(name, words(), n=1)
            meant = f"; did you mean smt:{close[0]}?" if close else "."
            findings.append(
                Finding(
                    focus=quad.subject,
                    path=compact(quad.predicate),
                    shape=SHAPE,
                    severity=Severity.VIOLATION,
                    template=f"A word of smt: must be in the ontology: there is no smt:{name}{meant}",
                    value=term,
                    component=COMPONENT,
                    hint=f"smt:{close[0]}" if close else "a word that the ontology has",
                )
            )
    return Report.of(findings)
