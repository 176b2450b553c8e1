"""A store that is no folder: it takes a request after the other, may die at any of them, and writes its own way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import StoreError
from kg.namespaces import XSD
from kg.operations.log import head
from kg.stores.base import Answer, GraphName, Subject, Term
from kg.stores.oxigraph import OxigraphStore

T = TypeVar("T")


class Died(BaseException):
    """What a process that is killed has in place of an answer."""


class Remote:
    """Behind it is a store in memory, which outlives everything.

    With `dies_at` the request of that number, and all after it, fail before they are done. With `odd` numbers come
    back in another form than they have at home ("07"), and can only be deleted in that form. `loses` are triples'
    objects that it drops, as servers do that take different literals for one. `quads_at_once`: it gives and takes N-Quads.
    """

    def __init__(
        self,
        *,
        dies_at: int | None = None,
        odd: bool = False,
        loses: Collection[Term] = (),
        batch: int = 3,
        quads_at_once: bool = False,
    ) -> None:
        self.behind = OxigraphStore()
        self.target = f"memory-{id(self)}"
        self.writable = True
        self.canonical = not odd
        self.requests = 0
        self.dies_at = dies_at
        self.ours = True
        self.moving: object = None
        self._mine: object = None
        self._loses, self._batch = loses, batch
        self.quads_at_once = quads_at_once

    def request(self) -> None:
        self.requests += 1
        if self.dies_at is not None and self.requests >= self.dies_at:
            raise Died

    def query(self, text: str, *, timeout: float | None = None) -> Answer:
        return self.behind.query(text, timeout=timeout)

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        return iter([self._out(quad) for quad in self.behind.quads(subject, predicate, object, graph)])

    def quads_of(self, graphs: Collection[GraphName]) -> Iterator[Quad]:
        for quad in self.behind.quads_of(graphs):
            yield self._out(quad)

    def graph_bytes(self, graph: GraphName) -> Iterator[bytes]:
        for quad in self.quads(graph=graph):
            text = f"{quad.triple} .\n".encode()
            yield text[:5]
            yield text[5:]

    def graph_sizes(self) -> dict[GraphName, int]:
        return self.behind.graph_sizes()

    def graph_names(self) -> Iterator[NamedNode]:
        return self.behind.graph_names()

    def apply(self, *, delete: Iterable[Quad] = (), insert: Iterable[Quad] = ()) -> None:
        if self.moving:
            raise StoreError("a graph is being brought there", where=self.target)
        self.change_quads(delete=delete, insert=insert)

    def moment(self) -> object:
        return head(self.behind), self.moving

    def unfinished(self) -> bool:
        return self.moving is not None

    def begin_moving(self, *, delete: Iterable[Quad], insert: Iterable[Quad]) -> None:
        self.request()
        self._mine = self.moving = object()
        self.behind.apply(delete=delete, insert=insert)

    def end_moving(self, *, delete: Iterable[Quad], insert: Iterable[Quad]) -> None:
        self.request()
        if self._mine is not self.moving:
            raise StoreError("another push has begun meanwhile", where=self.target)
        self.moving = None
        self.behind.apply(delete=delete, insert=insert)

    def change_quads(self, *, delete: Iterable[Quad], insert: Iterable[Quad]) -> None:
        delete = list(delete)
        for first in range(0, len(delete), self._batch):
            self.request()
            some = delete[first : first + self._batch]
            assert self.canonical or all(quad == self._out(quad) for quad in some)
            self.behind.apply(delete=some)
        self.insert_quads(insert)

    def insert_quads(self, quads: Iterable[Quad]) -> None:
        waiting = self._in(quads)
        for first in range(0, len(waiting), self._batch):
            self.request()
            self.behind.apply(insert=waiting[first : first + self._batch])

    def settled(self, work: Callable[[], T]) -> T:
        return work()

    def settle(self) -> None:
        """Nothing is read ahead."""

    def dataset_bytes(self) -> Iterator[bytes] | None:
        if not self.quads_at_once:
            return None
        return (f"{self._out(quad)} .\n".encode() for quad in self.behind.quads())

    def takes_dataset(self) -> bool:
        return self.quads_at_once

    def insert_dataset(self, data: bytes) -> None:
        for text in data.split(b"\n"):  # so it dies in the middle
            self.request()
            self.behind.apply(insert=self._in(parse(text, RdfFormat.N_QUADS)))

    def replace_graph(self, graph: GraphName, data: Iterable[bytes]) -> None:
        self.request()
        self.behind.replace_graph(graph, data)

    def drop_graph(self, graph: GraphName) -> None:
        self.request()
        self.behind.drop_graph(graph)

    def many(self) -> AbstractContextManager[None]:
        return nullcontext()

    def __len__(self) -> int:
        return len(self.behind)

    def close(self) -> None:
        """Nothing to release."""

    def _in(self, quads: Iterable[Quad]) -> list[Quad]:
        return [quad for quad in quads if quad.object not in self._loses]

    def _out(self, quad: Quad) -> Quad:
        value = quad.object
        if self.canonical or not isinstance(value, Literal) or value.datatype != XSD.integer:
            return quad
        written = Literal(f"{int(value.value):+05d}", datatype=XSD.integer)
        return Quad(quad.subject, quad.predicate, written, quad.graph_name)
