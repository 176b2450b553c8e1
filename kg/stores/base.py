"""What Summitry asks of a store; the embedded one and a remote endpoint both answer it.

Terms, triples and quads are those of pyoxigraph. A store knows no SHACL and no articles.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Subject: TypeAlias = NamedNode | BlankNode | Triple
GraphName: TypeAlias = NamedNode | BlankNode | DefaultGraph
_T = TypeVar("_T")


# A NamedTuple and no dataclass: dataclasses import inspect, a tenth of the time that a query takes.
class Table(NamedTuple):
    """Answer of a SELECT: column names, and one tuple of terms (None where unbound) for each row."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


Answer: TypeAlias = Table | bool | list[Triple]
"""Table for SELECT, bool for ASK, triples for CONSTRUCT and DESCRIBE."""


class Store(Protocol):
    """A set of RDF quads that can be queried and changed as a whole."""

    target: str
    writable: bool

    def query(
        self, text: str, *, timeout: float | None = None, allow_service: Collection[str] = ()
    ) -> Answer:
        """Answer a SPARQL 1.1 query over the default graph (GRAPH reaches the named ones).

        SERVICE may ask the hosts `allow_service` (see kg.stores.federation.host), and no others.

        Raises QuerySyntaxError for a malformed query, an update or SERVICE to another host, QueryTimeoutError
        after `timeout` seconds.
        """
        ...

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Quads that match; None matches anything, in any graph."""
        ...

    def apply(self, *, delete: Iterable[Quad] = (), insert: Iterable[Quad] = ()) -> None:
        """Delete, then insert, all or nothing. Raises StoreError where the store is not writable."""
        ...

    def many(self) -> AbstractContextManager[None]:
        """While many changes are made in a row; readers may see them later than otherwise, but at the end all."""
        ...

    def settled(self, work: Callable[[], _T]) -> _T:
        """Do work that reads, and in the end changes the store at most once, in the light of one state of it.

        A remote store does the work several times, until all that it reads has been fetched; so it must have no
        other effects, and be done with what it read when it returns.
        """
        ...

    def settle(self) -> None:
        """Within `settled`, before something costly: a remote store goes no further while things are to be fetched."""
        ...

    def graph_names(self) -> Iterator[NamedNode]:
        """The names of the named graphs."""
        ...

    def __len__(self) -> int:
        """The number of quads in all graphs."""
        ...

    def close(self) -> None:
        """Release files and connections; the store cannot be used afterwards."""
        ...
