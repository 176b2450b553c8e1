"""Values of parameters: what a person types becomes an RDF term, and the term goes into the text of a query.

A term is written by the engine's own N-Triples writer into the block that the query keeps for it, so a value
stays a value, whatever is in it, and any SPARQL 1.1 endpoint takes the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, TypeAlias

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.errors import ParameterError
from kg.namespaces import PREFIXES, SMT, XSD
from kg.queries.concepts import CONCEPTS, choices, concept
from kg.queries.lookup import KINDS, find
from kg.queries.stored import BLOCK, Parameter, StoredQuery
from kg.queries.terms import serialised
from kg.stores.base import Store

Value: TypeAlias = str | int | bool | date | NamedNode
"""What a caller can give; the command line gives texts."""

# What each type of parameter takes, in words.
TYPES: Final[dict[str, str]] = {
    "state": "name, demonym, ISO code or IRI of a state",
    "person": "name, last name or IRI of a person",
    "organization": "name, short name or IRI of an organization",
    "place": "name or IRI of a place",
    "event": "label or IRI of a visit, meeting, summit or anniversary",
    "agreement": "title or IRI of an agreement",
    "agent": "name or IRI of a person, state or organization",
    "thing": "label or IRI of anything in the graph",
    "article": "IRI of an article",
    "claim": "IRI of a claim",
    "iri": "IRI, in full or with a prefix",
    "date": "date such as 2024-05-16, 2024-05 or 2024",
    "integer": "whole number",
    "string": "text",
    "boolean": "yes or no",
    **{type: "one of: " + ", ".join(choices(type)) for type in CONCEPTS},
}
# Of these types are things that articles may tell under several names.
_JOINED: Final = frozenset({"event", "agreement", "thing"})
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_BOOLEANS = {"true": True, "yes": True, "1": True, "on": True}
_BOOLEANS |= {"false": False, "no": False, "0": False, "off": False}


def bind(query: StoredQuery, values: Mapping[str, Value], store: Store) -> str:
    """The text of a stored query with values for its parameters; names are looked up in `store`.

    Raises ParameterError for a parameter that is unknown, missing or not of its type, for a name that the
    graph does not know, and for one that several things have.

    >>> from kg.queries.stored import load
    >>> from kg.stores.oxigraph import OxigraphStore
    >>> text = bind(load("agreements"), {"topic": "gas"}, OxigraphStore())
    >>> 'VALUES ?_topic { "gas" }' in text, "VALUES ?_party { UNDEF }" in text
    (True, True)
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            raise _unknown(query, name, list(known))
    terms: dict[str, str] = {}
    for parameter in query.parameters:
        value: Value | None = values.get(parameter.name, parameter.default)
        if value is not None:
            terms[parameter.name] = serialised(term(parameter, value, store))
        elif parameter.required:
            raise ParameterError(
                f'the query "{query.name}" needs {parameter.name}',
                where=f"{parameter.name}: {TYPES[parameter.type]}",
                hint=f"for example: {query.example}",
            )
    # One pass over the text: what a value brings in is never read again.
    return BLOCK.sub(
        lambda block: f"VALUES ?_{block[1]} {{ {terms[block[1]]} }}" if block[1] in terms else block[0],
        query.text,
    )


def term(parameter: Parameter, value: Value, store: Store) -> NamedNode | Literal:
    """The term for one value of a parameter; raises ParameterError, which names the parameter."""
    try:
        return _term(parameter.type, value, store)
    except ParameterError as error:
        raise ParameterError(error.what, where=f"parameter {parameter.name}", hint=error.hint) from None


def _term(type: str, value: Value, store: Store) -> NamedNode | Literal:
    if isinstance(value, NamedNode):
        value = f"<{value.value}>"
    elif isinstance(value, bool):
        value = "true" if value else "false"
    elif isinstance(value, int | date):
        value = str(value)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ParameterError("the value is not valid Unicode text", hint="check how it is encoded") from None
    if type == "string":
        return Literal(value)
    text = value.strip()
    if type == "date":
        return _date(text)
    if type == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
            raise _ill_typed(type, text)
        return Literal(str(int(text)), datatype=XSD.integer)
    if type == "boolean":
        if text.lower() not in _BOOLEANS:
            raise _ill_typed(type, text)
        return Literal(_BOOLEANS[text.lower()])
    given = _iri(text)
    if type in CONCEPTS:
        if given is not None:
            return given
        if (name := concept(type, text)) is None:
            raise _ill_typed(type, text)
        return SMT[name]
    if given is not None:
        if type == "iri":
            return given
        given = _current(given, store) if type in _JOINED else given
        _exists(type, given, store)
        return given
    if type in KINDS:
        return find(type, text, store)
    raise _ill_typed(type, text)


def _date(text: str) -> Literal:
    match = _DATE.fullmatch(text)
    if match is None:
        raise _ill_typed("date", text)
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ParameterError(f'there is no such date as "{text}"', hint=f"give a {TYPES['date']}") from None
    return Literal(text, datatype=XSD.date if day else XSD.gYearMonth if month else XSD.gYear)


def _iri(text: str) -> NamedNode | None:
    """An IRI in angle brackets, in full, or with one of the known prefixes; None where a text is a name."""
    prefix, colon, local = text.partition(":")
    if text.startswith("<") and text.endswith(">"):
        full = text[1:-1]
    elif colon and prefix in PREFIXES and local and not any(char.isspace() for char in text):
        full = PREFIXES[prefix] + local
    elif prefix.lower() in ("http", "https", "urn") and colon:
        full = text
    else:
        return None
    try:
        return NamedNode(full)
    except ValueError:
        raise ParameterError(f'"{text}" is not an IRI', hint="give it in full, or as prefix:name") from None


def _current(thing: NamedNode, store: Store) -> NamedNode:
    """The name under which the graph holds a thing that articles tell under several."""
    for quad in store.quads(thing, SMT.joinedInto, None, DefaultGraph()):
        if isinstance(quad.object, NamedNode):
            return quad.object
    return thing


def _exists(type: str, thing: NamedNode, store: Store) -> None:
    """Raise ParameterError where the graph holds no such thing, or one of another kind."""
    if type in KINDS and type != "thing":
        classes = sorted({name for step in KINDS[type] for part in step for name in part})
        pattern = f"VALUES ?class {{ {' '.join(str(SMT[name]) for name in classes)} }} {thing} a ?class"
    else:
        pattern = f"{{ {thing} ?p ?o }} UNION {{ GRAPH ?g {{ {thing} ?p ?o }} }}"
    if store.query(f"ASK {{ {pattern} }}") is not True:
        raise ParameterError(f"the graph holds no {type} {thing}", hint=f"give the {TYPES[type]}")


def _ill_typed(type: str, text: str) -> ParameterError:
    return ParameterError(f'"{text}" is not what is expected', hint=f"give {_article(TYPES[type])}")


def _article(words: str) -> str:
    return words if words.startswith(("one of", "text", "yes")) else f"a {words}".replace("a IRI", "an IRI")


def _unknown(query: StoredQuery, name: str, known: list[str]) -> ParameterError:
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), known, n=2, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"it has {', '.join(known) or 'none'}"
    return ParameterError(f'the query "{query.name}" has no parameter "{name}"', hint=hint)
