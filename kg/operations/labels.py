"""What many things are called, asked for in few requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from kg.resolution.labels import chosen
from kg.stores.base import Store, Table, Term

_AT_ONCE: Final = 300


def labels_of(store: Store, things: Iterable[NamedNode]) -> dict[NamedNode, str]:
    """The labels of things in the resolved view, and the headlines of articles; those that have none are left out.

    >>> from kg.bundled import open_bundled
    >>> from kg.namespaces import iri
    >>> list(labels_of(open_bundled(), [iri("state", "CN"), iri("state", "XX")]).values())
    ['China']
    """
    names = sorted(things, key=str)
    found: dict[NamedNode, list[Term]] = {}
    for first in range(0, len(names), _AT_ONCE):
        values = " ".join(map(str, names[first : first + _AT_ONCE]))
        answer = store.query(
            f"SELECT ?thing ?label {{ VALUES ?thing {{ {values} }} "
            "{ ?thing rdfs:label ?label } UNION { GRAPH ?thing { ?thing schema:headline ?label } } }"
        )
        assert isinstance(answer, Table)
        for thing, label in answer.rows:
            if isinstance(thing, NamedNode) and label is not None:
                found.setdefault(thing, []).append(label)
    named = {thing: chosen(values) for thing, values in found.items()}
    return {thing: name for thing, name in named.items() if name is not None}
