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

    def query(self, text: str, *, timeout: float | None = None) -> Answer:
        """Answer a SPARQL 1.1 query over the default graph (GRAPH reaches the named ones).

        Raises QuerySyntaxError for a malformed query, an update or SERVICE (which kg.queries.running resolves),
        QueryTimeoutError after `timeout` seconds.
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

    def local(self) -> Store:
        """The same quads where all of them can be read quickly: this store, or a copy of a remote one in memory."""
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


class BulkStore(Store, Protocol):
    """A store from which and into which whole graphs can be moved, many triples at a time.

    `canonical` says that literals are kept as Oxigraph keeps them (numbers, booleans and times in canonical form,
    language tags in lower case), so that texts of triples can be compared as they are.
    """

    canonical: bool

    def graph_sizes(self) -> dict[GraphName, int]:
        """The number of triples by graph, DefaultGraph() included; graphs without triples are not."""
        ...

    def graph_bytes(self, graph: GraphName) -> Iterator[bytes]:
        """The triples of one graph as N-Triples in pieces, in any order; nothing where there is no such graph."""
        ...

    def dataset_bytes(self) -> Iterator[bytes] | None:
        """All graphs as N-Quads in pieces, with those of others that are there; None where a store does not give that."""
        ...

    def quads_of(self, graphs: Collection[GraphName]) -> Iterator[Quad]:
        """The quads of some graphs, in few requests where there are requests; those of a graph come in a row."""
        ...

    def replace_graph(self, graph: GraphName, data: Iterable[bytes]) -> None:
        """Let a graph hold exactly the triples of some N-Triples (in pieces); whole or not at all."""
        ...

    def drop_graph(self, graph: GraphName) -> None:
        """Remove a graph with all its triples; nothing where there is none."""
        ...

    def insert_quads(self, quads: Iterable[Quad]) -> None:
        """Insert many quads, in batches: after an error some may be there and some not."""
        ...


class RemoteStore(BulkStore, Protocol):
    """A store that takes a graph in many requests: it is told when that begins and when it is done."""

    @property
    def ours(self) -> bool:
        """Whether there is a graph of this package."""
        ...

    def moment(self) -> object:
        """What the store says now of its last change: equal to what it said before if there was none since."""
        ...

    def unfinished(self) -> bool:
        """Whether a change is under way, or was cut off, so that what is read may be part of it."""
        ...

    def takes_dataset(self) -> bool:
        """Whether quads of many graphs can be inserted as N-Quads."""
        ...

    def insert_dataset(self, data: bytes) -> None:
        """Insert N-Quads, where `takes_dataset`."""
        ...

    def begin_moving(self, *, delete: Iterable[Quad], insert: Iterable[Quad]) -> None:
        """Make a first change, and make a graph where none of ours is; until the end changes of others are refused.

        Raises StoreError where the store was changed since the last `moment`.
        """
        ...

    def change_quads(self, *, delete: Iterable[Quad], insert: Iterable[Quad]) -> None:
        """Delete and then insert many quads, in batches, in between."""
        ...

    def end_moving(self, *, delete: Iterable[Quad], insert: Iterable[Quad]) -> None:
        """Make a last change, and let others change the store again. Raises StoreError where others have begun."""
        ...
