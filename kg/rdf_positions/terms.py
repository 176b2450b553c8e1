"""What a token of the Turtle family means: IRIs in full, literals without their escapes."""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.namespaces import XSD
from kg.rdf_positions.tokens import UnreadableError

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NUMBERS = {"integer": XSD.integer, "decimal": XSD.decimal, "double": XSD.double}


class Terms:
    """The prefixes and the base that hold at a point of a file, and the terms that its tokens stand for."""

    def __init__(self) -> None:
        self._prefixes: dict[str, str] = {}
        self._base: str | None = None
        # The terms of tokens that were met: names come up again and again.
        self._known: dict[str, NamedNode] = {}

    def declare(self, prefix: str, iri: str) -> None:
        """A prefix, as `name:`, from here on."""
        self._prefixes[prefix.removesuffix(":")] = self.iri(iri).value
        self._known.clear()

    def rebase(self, iri: str) -> None:
        """The base, from here on."""
        self._base = self.iri(iri).value
        self._known.clear()

    def iri(self, token: str) -> NamedNode:
        """The IRI of a token like `<...>`; raises UnreadableError where it is relative and there is no base.

        >>> terms = Terms()
        >>> terms.rebase("<https://example.org/a/b>")
        >>> terms.iri("<../c>").value
        'https://example.org/c'
        """
        term = self._known.get(token)
        if term is None:
            text = unescaped(token[1:-1])
            term = NamedNode(text) if _SCHEME.match(text) else self._resolved(text)
            self._known[token] = term
        return term

    def name(self, token: str) -> NamedNode:
        r"""The IRI of a token like `ex:a`; raises UnreadableError for a prefix that was not declared.

        >>> terms = Terms()
        >>> terms.declare("ex:", "<https://example.org/>")
        >>> terms.name(r"ex:a\,b%20").value
        'https://example.org/a,b%20'
        """
        term = self._known.get(token)
        if term is None:
            prefix, _, local = token.partition(":")
            if prefix not in self._prefixes:
                raise UnreadableError(f"the prefix {prefix}:")
            term = NamedNode(self._prefixes[prefix] + re.sub(r"\\(.)", r"\1", local))
            self._known[token] = term
        return term

    def _resolved(self, relative: str) -> NamedNode:
        # The parser itself says what a relative IRI comes to, so that both agree.
        if self._base is None:
            raise UnreadableError("a relative IRI without a base")
        line = f"<{relative}> <urn:p> <urn:o> ."
        subject = next(parse(line.encode(), RdfFormat.TURTLE, base_iri=self._base)).subject
        if not isinstance(subject, NamedNode):
            raise UnreadableError(relative)
        return subject


def literal(kind: str, token: str) -> Literal | None:
    """The literal of a number, or of true or false; None for what is none.

    >>> literal("integer", "+075").value
    '+075'
    """
    if kind in _NUMBERS:
        return Literal(token, datatype=_NUMBERS[kind])
    return Literal(token, datatype=XSD.boolean) if kind == "word" and token in ("true", "false") else None


def text_of(kind: str, token: str) -> str:
    r"""The characters that a string stands for.

    >>> text_of("string", r'"caf\u00e9\n"')
    'café\n'
    """
    quotes = 3 if kind == "long" else 1
    return unescaped(token[quotes:-quotes])


def tagged(text: str, tag: str) -> Literal:
    """A literal with a language, as the parser writes it: in lower case.

    >>> tagged("x", "@EN-us").language
    'en-us'
    """
    language, _, direction = tag[1:].partition("--")
    if direction:
        line = f'<urn:s> <urn:p> "x"@{language}--{direction} .'
        sample = next(parse(line.encode(), RdfFormat.TURTLE)).object
        if isinstance(sample, Literal):
            return Literal(text, language=sample.language, direction=sample.direction)
    return Literal(text, language=language.lower())


def blank(token: str) -> BlankNode:
    """The blank node of a token like `_:a`."""
    return BlankNode(token[2:])


def unescaped(text: str) -> str:
    """A text without its escapes."""

    def meant(match: re.Match[str]) -> str:
        number = match[1] or match[2]
        return chr(int(number, 16)) if number else _LETTERS.get(match[3], match[3])

    return _ESCAPE.sub(meant, text) if "\\" in text else text
