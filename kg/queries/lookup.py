"""Things by the names that people use: labels, other names, demonyms, ISO codes, last names.

Case, accents and punctuation do not count. People and places are first looked for among those that events and
articles name, so that "Putin" is found without reading the names of every leader the reference facts know.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.errors import ParameterError
from kg.namespaces import ID, PREFIXES
from kg.stores.base import Store, Table

_PEOPLE = ("Leader", "Official")
_EVENTS = ("Visit", "Meeting", "Summit", "Anniversary", "DiplomaticEvent")
_DEEDS = (*_EVENTS, "Agreement", "Invitation", "DiplomaticRelation")
_BODIES = ("State", "Organization")

# kind: where to look, one step after the other; each step has classes to take whole, and classes of which to
# take only what events and articles name.
_Steps = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
KINDS: Final[dict[str, _Steps]] = {
    "state": ((("State",), ()),),
    "organization": ((("Organization",), ()),),
    "person": (((), _PEOPLE), (_PEOPLE, ())),
    "place": (((), ("Place",)), (("Place",), ())),
    "event": ((_EVENTS, ()),),
    "agreement": ((("Agreement",), ()),),
    "agent": ((_BODIES, _PEOPLE), (_PEOPLE, ())),
    "thing": (((*_DEEDS, *_BODIES), (*_PEOPLE, "Place")), ((*_PEOPLE, "Place"), ())),
}

_NAMES = """
PREFIX smt: <https://w3id.org/summitry/ontology#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?property ?name WHERE {
  %s
  ?thing ?property ?name .
  VALUES ?property {
    rdfs:label skos:altLabel smt:demonym smt:demonymNoun smt:demonymAdjective smt:demonymPrefix smt:summitName
    smt:isoAlpha2 smt:isoAlpha3
  }
}
"""
_WHOLE = "{ SELECT DISTINCT ?thing WHERE { VALUES ?class { %s } ?thing a ?class } }"
_USED = """{ SELECT DISTINCT ?thing WHERE {
    { ?event smt:visitor|smt:host|smt:participant|smt:inviter|smt:invitee|schema:location ?thing }
    UNION
    { GRAPH ?article { ?article schema:mentions ?thing } }
    VALUES ?class { %s }
    ?thing a ?class
  } }"""
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


class Name(NamedTuple):
    """One name of one thing: as it is written, and as it is compared."""

    thing: NamedNode
    text: str
    folded: str
    is_label: bool


def fold(text: str) -> str:
    """A name without case, accents, punctuation and a leading article.

    >>> fold("The U.S."), fold("Recep Tayyip Erdoğan"), fold("Côte d'Ivoire")
    ('us', 'recep tayyip erdogan', 'cote divoire')
    """
    if not text.isascii():
        # The dotless i has no decomposition, but is an i wherever accents are left out.
        text = unicodedata.normalize("NFKD", text.replace("ı", "i"))
        text = "".join(char for char in text if not unicodedata.combining(char))
    text = text.casefold().replace(".", "").replace("'", "").replace("’", "")
    words = "".join(char if char.isalnum() else " " for char in text).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def find(kind: str, text: str, store: Store) -> NamedNode:
    """The one thing of a kind (a key of KINDS) that goes by a name.

    Raises ParameterError where there is none, with the nearest names, or more than one, with all of them.
    """
    wanted = fold(text)
    if not wanted:
        raise ParameterError(f'"{text}" is no name', hint=f"give the name or the IRI of {_a(kind)}")
    seen: list[Name] = []
    for whole, used in KINDS[kind]:
        names = list(_names(store, whole, used))
        for found in _levels(names, wanted):
            if len(found) == 1:
                return found[0].thing
            if found:
                raise ParameterError(
                    f'"{text}" can be {len(found)} things: {"; ".join(map(_told, found[:8]))}',
                    hint="give the full name or the IRI",
                )
        seen += names
    raise _unknown(kind, text, wanted, seen)


def _names(store: Store, whole: tuple[str, ...], used: tuple[str, ...]) -> Iterator[Name]:
    for classes, pattern in ((whole, _WHOLE), (used, _USED)):
        if not classes:
            continue
        answer = store.query(_NAMES % (pattern % " ".join(f"smt:{name}" for name in classes)))
        assert isinstance(answer, Table)
        for thing, prop, name in answer.rows:
            if isinstance(thing, NamedNode) and isinstance(prop, NamedNode) and isinstance(name, Literal):
                yield Name(thing, name.value, fold(name.value), prop.value == _LABEL)


def _levels(names: list[Name], wanted: str) -> Iterator[list[Name]]:
    """The things that match, by ever weaker reasons: label, other name, last word, any words in a row."""
    yield _distinct(name for name in names if name.is_label and name.folded == wanted)
    yield _distinct(name for name in names if name.folded == wanted)
    yield _distinct(name for name in names if name.folded.endswith(" " + wanted) and name.is_label)
    yield _distinct(name for name in names if f" {wanted} " in f" {name.folded} " and name.is_label)
    yield _distinct(name for name in names if f" {wanted} " in f" {name.folded} ")


def _distinct(names: Iterable[Name]) -> list[Name]:
    """One name for each thing, the label if it is among them, in the order of names."""
    best: dict[NamedNode, Name] = {}
    for name in sorted(names, key=lambda name: (not name.is_label, name.text)):
        best.setdefault(name.thing, name)
    return sorted(best.values(), key=lambda name: (name.text, name.thing.value))


def _unknown(kind: str, text: str, wanted: str, names: list[Name]) -> ParameterError:
    from difflib import get_close_matches

    by_name = {name.folded: name for name in sorted(names, key=lambda name: (not name.is_label, name.text))}
    close = [by_name[near] for near in get_close_matches(wanted, list(by_name), n=6, cutoff=0.6)]
    if not close:
        # A last name with a slip in it is far from the whole name.
        by_word = {name.folded.rsplit(" ", 1)[-1]: name for name in names if name.is_label}
        close = [by_word[near] for near in get_close_matches(wanted, list(by_word), n=3, cutoff=0.7)]
    told = [_told(name) for name in _distinct(close)[:3]]
    hint = f"did you mean {' or '.join(told)}?" if told else "give a name that the graph uses, or an IRI"
    return ParameterError(f'there is no {kind} called "{text}" in the graph', hint=hint)


def _told(name: Name) -> str:
    return f"{name.text} ({short(name.thing)})"


def short(term: NamedNode) -> str:
    """An IRI as a prefixed name where one of the known prefixes fits, as it can be given for a parameter.

    >>> short(NamedNode("https://w3id.org/summitry/id/state/CN"))
    'state:CN'
    """
    if term.value.startswith(ID):
        prefix, _, local = term.value[len(ID) :].partition("/")
        if prefix in PREFIXES and local:
            return f"{prefix}:{local}"
    for prefix, base in PREFIXES.items():
        if term.value.startswith(base) and len(term.value) > len(base):
            return f"{prefix}:{term.value[len(base) :]}"
    return term.value


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeio" else f"a {kind}"
