"""What keys and ids of JSON-LD mean under the contexts that stand in the file: the usual part of the rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from kg.rdf_positions.json_text import Json


@dataclass(frozen=True)
class Context:
    """The terms that hold somewhere, by name: their IRI (or keyword), and a context of their own.

    Values of terms that are `references` are IRIs although they are written as strings; those of `maps` are
    sorted by language, index, id or type.
    """

    terms: dict[str, tuple[str, Json | None]] = field(default_factory=dict)
    references: frozenset[str] = frozenset()
    maps: frozenset[str] = frozenset()
    vocabulary: str | None = None
    base: str = ""

    def with_(self, given: Json | None) -> Context:
        """This context with what a value of @context adds; what is given by address was refused before.

        >>> from kg.rdf_positions.json_text import read_json
        >>> context = Context().with_(read_json('{"ex": "https://example.org/", "name": "ex:n", "id": "@id"}'))
        >>> [context.key(name) for name in ("name", "ex:other", "id", "unknown")]
        ['https://example.org/n', 'https://example.org/other', '@id', None]
        """
        if given is None:
            return self
        if given.kind == "array":
            context = self
            for part in given.items:
                context = context.with_(part)
            return context
        if given.kind != "object":
            return Context()
        context = self
        for name, _, value in given.members:
            if name == "@vocab":
                vocabulary = context.key(value.text) if ":" in value.text else value.text
                context = replace(context, vocabulary=vocabulary)
            elif name == "@base":
                context = replace(context, base=urljoin(context.base, value.text))
        written = {name: value for name, _, value in given.members if not name.startswith("@")}
        raw = {name: value.get("@id") if value.kind == "object" else value for name, value in written.items()}
        own = {name: value.get("@context") for name, value in written.items()}
        names = {name: part.text if part is not None else name for name, part in raw.items()}
        terms = dict(context.terms)
        # A term may be told with a prefix that stands further down: as often as there can be such steps.
        for name in names:
            meaning, seen = names[name], {name}
            while True:
                prefix, colon, local = meaning.partition(":")
                if meaning in names and meaning not in seen:
                    seen.add(meaning)
                    meaning = names[meaning]
                elif colon and prefix in names and prefix not in seen and not local.startswith("//"):
                    seen.add(prefix)
                    meaning = names[prefix] + local
                else:
                    break
            full = meaning if meaning.startswith("@") else context.key(meaning) or meaning
            terms[name] = (full, own[name])
        types = {name: value.get("@type") for name, value in written.items() if value.kind == "object"}
        references = {name for name, kind in types.items() if kind is not None and kind.text == "@id"}
        boxes = {name: value.get("@container") for name, value in written.items() if value.kind == "object"}
        maps = {name for name, box in boxes.items() if box is not None and _is_map(box)}
        return replace(
            context,
            terms=terms,
            references=(context.references - written.keys()) | references,
            maps=(context.maps - written.keys()) | maps,
        )

    def of_key(self, key: str) -> Context:
        """The context inside the value of a key."""
        return self.with_(self.terms[key][1]) if key in self.terms else self

    def is_reference(self, key: str) -> bool:
        """Whether a string under this key is an IRI."""
        return key in self.references

    def is_map(self, key: str) -> bool:
        """Whether the members of an object under this key are the values, sorted by something."""
        return key in self.maps

    def key(self, key: str) -> str | None:
        """The IRI or keyword that a key stands for; None for one that stands for nothing."""
        if key.startswith("@"):
            return key
        if key in self.terms:
            return self.terms[key][0]
        prefix, colon, local = key.partition(":")
        if colon:
            known = self.terms.get(prefix)
            return known[0] + local if known and not local.startswith("//") else key
        return None if self.vocabulary is None else self.vocabulary + key

    def id(self, text: str) -> str:
        """The IRI that an @id stands for; relative ones are held against the base."""
        prefix, colon, local = text.partition(":")
        if colon and prefix in self.terms and not local.startswith("//"):
            return self.terms[prefix][0] + local
        return text if colon or not self.base else urljoin(self.base, text)


def _is_map(box: Json) -> bool:
    return any(part.text in ("@language", "@index", "@id", "@type") for part in box.items or [box])
