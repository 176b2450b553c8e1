"""The triples of Turtle and TriG, and of N-Triples and N-Quads, with the places that they stand at.

They come in the very order in which pyoxigraph yields them, so that its blank nodes can be told apart by their
number. Nesting is kept on a stack of our own: a million brackets take memory, and no recursion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode

from kg.namespaces import RDF
from kg.rdf_positions.place import Place, Placed
from kg.rdf_positions.terms import Terms, blank, literal, tagged, text_of
from kg.rdf_positions.tokens import Token, UnreadableError, tokens

Node: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = Node | Literal
_DEFAULT = DefaultGraph()


@dataclass(slots=True)
class _Predicates:
    """A subject whose predicates and objects are being read; `wants` what comes next."""

    subject: Node | None = None
    subject_at: Place | None = None
    predicate: NamedNode = RDF.type
    predicate_at: Place | None = None
    wants: str = "subject"


@dataclass(slots=True)
class _Items:
    """A list that is being read: where it begins, and the last of its nodes."""

    at: Place
    last: BlankNode | None = None


def read_turtle(data: bytes | mmap) -> Iterator[Placed]:
    """The triples of a Turtle or TriG text. Raises UnreadableError where it does not fit (RDF 1.2 triple terms do not).

    >>> text = b"<urn:a> <urn:b> 1 ,\\n  <urn:c> ."
    >>> [(str(found.object), found.at.line, found.at.column) for found in read_turtle(text)]
    [('"1"^^<http://www.w3.org/2001/XMLSchema#integer>', 1, 17), ('<urn:c>', 2, 3)]
    """
    reader = _Reader()
    for token in tokens(data):
        yield from reader.read(token)


def read_lines(data: bytes | mmap) -> Iterator[Placed]:
    """The triples of an N-Triples or N-Quads text. Raises UnreadableError where it does not fit.

    >>> [found.at.column for found in read_lines(b'<urn:a> <urn:b> "x"@en <urn:g> .')]
    [17]
    """
    reader = _Reader()
    waiting: list[Placed] = []
    for token in tokens(data):
        if token.kind in ("iri", "blank") and (waiting or reader.has_text):
            # The fourth term is the graph of the three before it.
            waiting = [found._replace(graph=reader.node(token)) for found in waiting or reader.ended()]
            continue
        waiting += reader.read(token)
        if token.kind == "mark":
            yield from waiting
            waiting = []


class _Reader:
    def __init__(self) -> None:
        self._terms = Terms()
        self._graph: Node | DefaultGraph = _DEFAULT
        self._stack: list[_Predicates | _Items] = [_Predicates()]
        # The triples that the token being read completes.
        self._done: list[Placed] = []
        self._string: tuple[str, Place] | None = None
        self._typed = False
        self._directive: list[Token] = []

    def read(self, token: Token) -> list[Placed]:
        """The triples that are complete with this token; pyoxigraph hands out the last of them first."""
        self._done = []
        if self._directive:
            self._declare(token)
        elif self._string is None or not self._suffix(token):
            self._take(token)
        return self._done[::-1]

    @property
    def has_text(self) -> bool:
        """Whether a string was read that may still get a language or a datatype."""
        return self._string is not None and not self._typed

    def ended(self) -> list[Placed]:
        """The triples that are complete because a string gets neither."""
        self._done = []
        if self._string is not None:
            (text, place), self._string = self._string, None
            self._complete(Literal(text), place)
        return self._done

    def node(self, token: Token) -> Node:
        """The IRI or blank node of a token."""
        return blank(token.text) if token.kind == "blank" else self._terms.iri(token.text)

    def _take(self, token: Token) -> None:
        kind, text, place = token
        if kind in ("long", "string"):
            self._item(place)
            self._string = (text_of(kind, text), place)
        elif kind == "iri":
            self._term(self._terms.iri(text), place)
        elif kind == "name":
            self._term(self._terms.name(text), place)
        elif kind == "blank":
            self._term(blank(text), place)
        elif kind == "mark":
            self._mark(text, place)
        elif (value := literal(kind, text)) is not None:
            self._term(value, place)
        elif kind == "word" and text == "a" and self._wants("predicate"):
            self._term(RDF.type, place)
        elif kind == "directive" or text.lower() in ("prefix", "base", "version"):
            self._directive = [token]
        elif text.lower() != "graph":
            raise UnreadableError(text)

    def _suffix(self, token: Token) -> bool:
        """What follows a string; whether it belongs to it."""
        assert self._string is not None
        text, place = self._string
        if token.kind == "type" and not self._typed:
            self._typed = True
            return True
        self._string = None
        if self._typed:
            self._typed = False
            datatype = self._terms.iri if token.kind == "iri" else self._terms.name
            self._complete(Literal(text, datatype=datatype(token.text)), place)
            return True
        if token.kind in ("tag", "directive"):  # @base is a good language by its form
            self._complete(tagged(text, token.text), place)
            return True
        self._complete(Literal(text), place)
        return False

    def _declare(self, token: Token) -> None:
        kind = self._directive[0].text.lower().removeprefix("@")
        self._directive.append(token)
        given = [part.text for part in self._directive[1:]]
        # What begins with @ ends with a full stop, which is a mark like that of a statement without anything.
        if kind == "prefix" and len(given) == 2:
            self._terms.declare(given[0], given[1])
        elif kind == "base":
            self._terms.rebase(given[0])
        elif kind == "prefix":
            return
        self._directive = []

    def _mark(self, mark: str, place: Place) -> None:
        top = self._stack[-1]
        if mark in "[(":
            self._item(place)
            if mark == "[":
                self._stack.append(_Predicates(BlankNode(), place, wants="predicate"))
            else:
                self._stack.append(_Items(place))
        elif mark == "]" and isinstance(top, _Predicates) and top.subject is not None and top.subject_at:
            self._stack.pop()
            self._complete(top.subject, top.subject_at)
        elif mark == ")" and isinstance(top, _Items):
            self._stack.pop()
            if top.last is None:
                self._complete(RDF.nil, top.at)
            else:
                self._emit(top.last, top.at, RDF.rest, None, RDF.nil, place)
        elif mark == "{":
            name = top.subject if isinstance(top, _Predicates) else None
            self._graph = name if name is not None else _DEFAULT
            self._stack = [_Predicates()]
        elif mark in ".}":
            self._stack = [_Predicates()]
            self._graph = _DEFAULT if mark == "}" else self._graph
        elif isinstance(top, _Predicates):
            top.wants = "predicate" if mark == ";" else "object"

    def _wants(self, what: str) -> bool:
        top = self._stack[-1]
        return isinstance(top, _Predicates) and top.wants == what

    def _term(self, term: Term, place: Place) -> None:
        self._item(place)
        self._complete(term, place)

    def _item(self, place: Place) -> None:
        """If a list is being read: one more node of it, tied to the one before or to what the list is for."""
        top = self._stack[-1]
        if isinstance(top, _Items):
            before, top.last = top.last, (node := BlankNode())
            if before is None:
                self._stack.pop()
                self._complete(node, top.at)
                self._stack.append(top)
            else:
                self._emit(before, top.at, RDF.rest, None, node, place)

    def _complete(self, term: Term, place: Place) -> None:
        """A term is there: the subject, predicate or object that was waited for, or the item of a list."""
        top = self._stack[-1]
        if isinstance(top, _Items):
            if top.last is not None:
                self._emit(top.last, top.at, RDF.first, None, term, place)
        elif top.wants == "object" and top.subject is not None:
            self._emit(top.subject, top.subject_at, top.predicate, top.predicate_at, term, place)
            top.wants = "end"
        elif top.wants == "predicate" and isinstance(term, NamedNode):
            top.predicate, top.predicate_at, top.wants = term, place, "object"
        elif top.wants == "subject" and not isinstance(term, Literal):
            top.subject, top.subject_at, top.wants = term, place, "predicate"
        else:
            raise UnreadableError(str(term))

    def _emit(
        self,
        subject: Node,
        subject_at: Place | None,
        predicate: NamedNode,
        predicate_at: Place | None,
        term: Term,
        place: Place,
    ) -> None:
        self._done.append(Placed(subject, predicate, term, self._graph, place, subject_at, predicate_at))
