"""The triples of JSON-LD with the places that they stand at, as far as these can be found.

The parser that reads files for the graph says which triples there are. This module walks through the text, notes
what stands under which key of which thing, and gives each triple the first note that fits and is not taken yet.
What is turned round (@reverse) or follows from context of types keeps the place of its subject.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.namespaces import RDF
from kg.rdf_positions.json_text import Json, read_json
from kg.rdf_positions.jsonld_names import Context
from kg.rdf_positions.place import Place, Placed

_BAD_TAG = re.compile(r"(?!(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)$)", re.DOTALL)
_FULL = "given by a full IRI, without spaces, quotes or brackets"
_BAD_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


@dataclass(slots=True, eq=False)
class Thing:
    """An object of the file that stands for a node: its IRI if it has one, and the blank node it turned out to be."""

    place: Place
    id: str | None = None
    blank: BlankNode | None = None

    def may_be(self, node: object) -> bool:
        """Whether it can be this node; a thing without a name becomes the first blank node that it can be."""
        if isinstance(node, NamedNode):
            return self.id == node.value
        if not isinstance(node, BlankNode) or (self.id is not None and not self.id.startswith("_:")):
            return False
        if self.blank is None:
            self.blank = node
        return self.blank == node


@dataclass(slots=True)
class Note:
    """What the file says in one place: of a thing, under a key, a value (or another thing)."""

    thing: Thing
    predicate: str
    value: Json
    key_at: Place
    other: Thing | None = None
    wrong: str | None = None
    """Why a parser drops it without a word: a language or an IRI that is none."""


def read_jsonld(data: bytes) -> Iterator[Placed]:
    """The triples of a JSON-LD text. Raises UnreadableError for what is no JSON, RecursionError for a very deep one.

    >>> text = b'{"@id": "urn:a",\\n "urn:b": {"@value": "soon", "@type": "urn:date"}}'
    >>> [(str(found.object), *found.at) for found in read_jsonld(text)]
    [('"soon"^^<urn:date>', 2, 22)]
    """
    found = notes(data)
    waiting: dict[tuple[str, str], list[Note]] = defaultdict(list)
    for told in reversed(found):
        for meaning in _meanings(told):
            waiting[told.predicate, meaning].append(told)
    taken: set[int] = set()
    places = {told.thing.id: told.thing.place for told in reversed(found)}
    for quad in parse(data, RdfFormat.JSON_LD):
        note = _first(waiting, taken, quad.subject, quad.predicate.value, quad.object)
        if note is not None:
            taken.add(id(note))
        subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        yield Placed(
            quad.subject,
            quad.predicate,
            quad.object,
            quad.graph_name,
            note.value.place if note else None,
            note.thing.place if note else places.get(subject),
            note.key_at if note else None,
        )


def notes(data: bytes) -> list[Note]:
    """What a JSON-LD text says, place by place, in the order in which it stands there."""
    walk = _Walk()
    walk.value(read_json(data.decode("utf-8-sig")), Context())
    return walk.notes


class _Walk:
    def __init__(self) -> None:
        self.notes: list[Note] = []

    def value(self, value: Json, context: Context) -> None:
        """What stands outside of any thing: a thing, or several."""
        if value.kind == "array":
            for item in value.items:
                self.value(item, context)
        elif value.kind == "object":
            self.thing(value, context)

    def thing(self, node: Json, context: Context) -> Thing:
        """An object that stands for a node, with all that is said of it."""
        context = context.with_(node.get("@context"))
        thing = Thing(node.place)
        for key, _, inner in node.members:
            if context.key(key) == "@id" and inner.kind == "string":
                thing.id, thing.place = context.id(inner.text), inner.place
        for key, at, inner in node.members:
            meaning = context.key(key)
            if meaning is None or meaning in ("@context", "@id"):
                continue
            if meaning in ("@graph", "@included", "@nest"):
                self.value(inner, context)
            elif meaning == "@type":
                for item in inner.items or [inner]:
                    full = context.key(item.text) or item.text
                    self.notes.append(Note(thing, RDF.type.value, Json("iri", item.place, full), at))
            elif not meaning.startswith("@"):
                before = len(self.notes)
                # In a map by language or index it is the values that are said.
                mapped = context.is_map(key) and inner.kind == "object"
                for value in [each for _, _, each in inner.members] if mapped else [inner]:
                    self.said(thing, meaning, value, at, context.of_key(key))
                if context.is_reference(key):
                    self._check_references(thing, before)
        return thing

    def _check_references(self, thing: Thing, start: int) -> None:
        for note in self.notes[start:]:
            full = note.other.id if note.other else note.value.text
            if note.thing is thing and note.value.kind == "string" and _is_no_iri(full or ""):
                note.wrong = _FULL

    def said(self, thing: Thing, predicate: str, value: Json, at: Place, context: Context) -> None:
        """What is said of a thing under a key."""
        if value.kind == "array":
            for item in value.items:
                self.said(thing, predicate, item, at, context)
        elif value.kind != "object":
            full = context.id(value.text)
            self.notes.append(Note(thing, predicate, value, at))
            if value.kind == "string" and full != value.text:
                self.notes[-1].other = Thing(value.place, full)
        else:
            self._object(thing, predicate, value, at, context)

    def _object(self, thing: Thing, predicate: str, value: Json, at: Place, context: Context) -> None:
        meanings = {context.key(key): inner for key, _, inner in value.members}
        if "@value" in meanings:
            tag = meanings.get("@language")
            note = Note(thing, predicate, meanings["@value"], at)
            if tag is not None and tag.kind == "string" and _BAD_TAG.match(tag.text):
                note.wrong = f'tagged with a language, such as en, and not "{tag.text}"'
            self.notes.append(note)
        elif "@list" in meanings:
            items = meanings["@list"].items
            node = Thing(value.place)
            self.notes.append(Note(thing, predicate, value, at, node))
            for item in items:
                self.said(node, RDF.first.value, item, at, context)
                node = Thing(item.place)
        elif "@set" in meanings:
            self.said(thing, predicate, meanings["@set"], at, context)
        else:
            note = Note(thing, predicate, value, at)
            self.notes.append(note)
            note.other = self.thing(value, context)
            if note.other.id is not None:
                note.value = Json("iri", note.other.place, note.other.id)
                note.wrong = _FULL if _is_no_iri(note.other.id) else None


def _meanings(note: Note) -> set[str]:
    """What the object of a triple can look like that this note is about."""
    if note.other is not None and note.other.id is None:
        return {"_:"}
    if note.value.kind == "number":
        return {_number(note.value.text)}
    return {note.value.text} | ({note.other.id} if note.other and note.other.id else set())


def _first(
    waiting: dict[tuple[str, str], list[Note]], taken: set[int], subject: object, predicate: str, term: object
) -> Note | None:
    if isinstance(term, Literal):
        looks = [term.value, _number(term.value)]
    else:
        looks = [term.value if isinstance(term, NamedNode) else "_:"]
    for look in looks:
        candidates = waiting.get((predicate, look), [])
        while candidates and id(candidates[-1]) in taken:
            candidates.pop()
        for note in reversed(candidates):
            if id(note) not in taken and note.thing.may_be(subject):
                if isinstance(term, BlankNode) and note.other is not None and not note.other.may_be(term):
                    continue
                return note
    return None


def _is_no_iri(text: str) -> bool:
    return ":" not in text or _BAD_IRI.search(text) is not None


def _number(text: str) -> str:
    try:
        return f"number {float(text)!r}"
    except ValueError:
        return text
