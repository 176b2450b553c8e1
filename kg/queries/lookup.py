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
from kg.queries.terms import serialised, short
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

_PREFIXES = """
PREFIX smt: <https://w3id.org/summitry/ontology#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_NAMED = """
  ?thing ?property ?name .
  FILTER(?property IN (rdfs:label, skos:altLabel, smt:demonym, smt:demonymNoun, smt:demonymAdjective,
    smt:demonymPrefix, smt:summitName, smt:isoAlpha2, smt:isoAlpha3))
"""
_OF_CLASS = "FILTER EXISTS { VALUES ?class { %s } ?thing a ?class }"
# Each of these is written so that the engine starts from the few (measured with 2,500 leaders: 0.2, 0.2 and
# 20 ms).
_EXACT = f"{_PREFIXES} SELECT ?thing ?property ?name WHERE {{ VALUES ?name {{ %s }} {_NAMED} {_OF_CLASS} }}"
_USED = f"""{_PREFIXES} SELECT ?thing ?property ?name WHERE {{
  {{ SELECT DISTINCT ?thing WHERE {{
    {{ ?event smt:visitor|smt:host|smt:participant|smt:inviter|smt:invitee|schema:location ?thing }}
    UNION
    {{ GRAPH ?article {{ ?article schema:mentions ?thing }} }}
  }} }}
  {_OF_CLASS} {_NAMED} }}"""
_WHOLE = f"{_PREFIXES} SELECT ?thing ?property ?name WHERE {{ %s {_NAMED} }}"
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
    exact = _distinct(_best(_exact(store, kind, text.strip())))
    if len(exact) == 1:
        return exact[0].thing
    seen: list[Name] = []
    for whole, used in KINDS[kind]:
        names = _whole(store, whole) + _used(store, used)
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


def _exact(store: Store, kind: str, text: str) -> list[Name]:
    """Names written just so, or with other capitals: an index answers at once, and mostly this is enough."""
    spellings = dict.fromkeys((text, text.title(), text.upper(), text.capitalize()))
    literals = [f"{serialised(Literal(spelling))}{tag}" for spelling in spellings for tag in ("", "@en")]
    classes = dict.fromkeys(name for step in KINDS[kind] for part in step for name in part)
    return _asked(store, _EXACT % (" ".join(literals), _terms(classes)))


def _best(names: list[Name]) -> list[Name]:
    return [name for name in names if name.is_label] or names


def _used(store: Store, classes: tuple[str, ...]) -> list[Name]:
    return _asked(store, _USED % _terms(classes)) if classes else []


def _whole(store: Store, classes: tuple[str, ...]) -> list[Name]:
    patterns = " UNION ".join(f"{{ ?thing a smt:{name} }}" for name in classes)
    return _asked(store, _WHOLE % patterns) if classes else []


def _terms(classes: Iterable[str]) -> str:
    return " ".join(f"smt:{name}" for name in classes)


def _asked(store: Store, text: str) -> list[Name]:
    answer = store.query(text)
    assert isinstance(answer, Table)
    return [
        Name(thing, name.value, fold(name.value), prop.value == _LABEL)
        for thing, prop, name in answer.rows
        if isinstance(thing, NamedNode) and isinstance(prop, NamedNode) and isinstance(name, Literal)
    ]


def _levels(names: list[Name], wanted: str) -> Iterator[list[Name]]:
    """The things that match, by ever weaker reasons: label, other name, last word, any words in a row."""
    solid = wanted.replace(" ", "")  # initials and compounds are written with and without blanks
    same = [name for name in names if name.folded.replace(" ", "") == solid]
    yield _distinct(name for name in same if name.is_label)
    yield _distinct(same)
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
    nearest: dict[NamedNode, Name] = {}
    for name in close:
        nearest.setdefault(name.thing, name)
    told = [_told(name) for name in list(nearest.values())[:3]]
    hint = f"did you mean {' or '.join(told)}?" if told else "give a name that the graph uses, or an IRI"
    return ParameterError(f'there is no {kind} called "{text}" in the graph', hint=hint)


def _told(name: Name) -> str:
    return f"{name.text} ({short(name.thing)})"


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeio" else f"a {kind}"
