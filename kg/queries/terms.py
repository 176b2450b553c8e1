"""Terms as text: as they stand in a query, and as a person reads and types them."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from kg.namespaces import ID, PREFIXES


def serialised(value: NamedNode | Literal) -> str:
    r"""A term as it stands in a query.

    An escaped backslash before a u is kept apart from it, since some engines replace \u0041 by A before they
    read anything else.

    >>> serialised(Literal('"} ; DROP ALL #'))
    '"\\"} ; DROP ALL #"'
    """
    text = str(value)
    if "\\\\" not in text:
        return text
    return re.sub(r"\\\\([uU])|\\.", lambda m: rf"\\\u{ord(m[1]):04X}" if m[1] else m[0], text)


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
