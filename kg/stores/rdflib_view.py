"""A store seen as an rdflib Dataset, for libraries that speak rdflib; nothing is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.stores.oxigraph import OxigraphStore


def rdflib_view(store: OxigraphStore) -> Dataset:
    """The quads of an embedded store as an `rdflib.Dataset` over the same memory or folder.

    What the view shows is what the store holds at the time of asking. It must not be written to: changes
    have to pass the gate. Literals are those of the store, so numbers are in canonical form.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> from kg.namespaces import SMT
    >>> from pyoxigraph import Quad
    >>> store = OxigraphStore()
    >>> store.apply(insert=[Quad(SMT.a, SMT.b, SMT.c)])
    >>> len(rdflib_view(store))
    1
    """
    import oxrdflib
    from rdflib import Dataset

    dataset = Dataset(store=oxrdflib.OxigraphStore(store=store.inner))
    for prefix, base in PREFIXES.items():
        dataset.bind(prefix, base)
    return dataset
