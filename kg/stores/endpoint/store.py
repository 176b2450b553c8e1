"""A SPARQL 1.1 endpoint as a store: the same answers as from a folder, whichever server it is.

How servers differ is in kg.stores.endpoint.layout, how little is asked of them in mirror, and what a change
guarantees in updates; docs/decisions/0014-endpoint-store.md says why.
"""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.namespaces import ID, LOG, LOG_GRAPH
from kg.stores.base import Answer, GraphName, Subject, Table, Term
from kg.stores.endpoint import bulk
from kg.stores.endpoint.changing import Changes
from kg.stores.endpoint.layout import DEFAULT, RESOLVED_GRAPH, STANDING, Standing, standing
from kg.stores.endpoint.mirror import Mirror, Pattern
from kg.stores.endpoint.moving import Moving
from kg.stores.endpoint.rewriting import over_named_view, with_prefixes, without_describe
from kg.stores.federation import refuse_service
from kg.stores.sparql_text import refuse_too_nested
from kg.stores.update_text import normalised

if TYPE_CHECKING:
    from kg.stores.endpoint.transport import Transport
    from kg.stores.oxigraph import OxigraphStore

_ATTEMPTS: Final = 20
_PAUSE: Final = 0.05  # seconds
_LONGEST: Final = 0.5
_LARGEST: Final = 2_000_000  # quads that are kept in memory between the changes of a long run
_REVISION: Final[Pattern] = (LOG_GRAPH, LOG.revision, None, LOG_GRAPH)
_T = TypeVar("_T")


class _Unsettled(BaseException):
    """Work that goes on with what is not there yet would be in vain."""


class _Moved(BaseException):
    """Somebody else changed the graph since it was read."""


class EndpointStore(Moving):
    """The graph that a server holds. `transport` sends requests (kg.stores.endpoint.transport).

    Raises StoreFormatError where it is of a newer version, StoreError where the server fails. A server that holds no
    graph of ours is asked as it is; `ours` tells.
    """

    def __init__(self, transport: Transport, *, writable: bool = True) -> None:
        self.transport = transport
        self.target = transport.address.name
        self.writable = writable
        self.notes: list[str] = list(transport.notes)
        self._standing: Standing | None = None
        self._mirror: Mirror | None = None
        self._kept: tuple[str, Mirror] | None = None
        self._many = False
        self._made = False
        self._sizes: dict[GraphName, int] | None = None
        self._changes: Changes | None = None
        if self.standing.pending is not None:
            self.notes.append(
                f"a change of {self.target} is under way, or was cut off; answers may show a part of it"
            )
        elif not self.ours and not writable:
            self.notes.append(
                f"{self.target} holds no graph of Summitry (kg init, kg push), and is asked as it is"
            )

    @property
    def standing(self) -> Standing:
        """What the server said of the graph when it was last asked."""
        if self._standing is None:
            self._standing = standing(self.transport.query(STANDING), self.target)
        return self._standing

    @property
    def ours(self) -> bool:
        """Whether the server holds a graph of this package."""
        return self.standing.ours

    @property
    def resolved(self) -> GraphName:
        """The graph in which the server keeps the resolved view."""
        return DEFAULT if self.standing.resolved is None else self.standing.resolved

    @property
    def head(self) -> int:
        """The number of the last commit; 0 where there was none. The server is asked each time."""
        self._standing = None
        return self.standing.head

    def query(self, text: str, *, timeout: float | None = None) -> Answer:
        """Answer a SPARQL 1.1 query over the resolved view (GRAPH reaches the named graphs).

        The usual prefixes (kg.namespaces.PREFIXES) need no declaration. Raises QuerySyntaxError for a
        malformed query, an update or SERVICE, QueryTimeoutError after `timeout` seconds, StoreError.
        """
        refuse_service(text)
        refuse_too_nested(text)
        return self.transport.query(self.as_sent(text), timeout=timeout)

    def as_sent(self, text: str) -> str:
        """A query as the server gets it."""
        text = with_prefixes(text)
        if not self.ours:
            return text
        text = without_describe(text)
        return over_named_view(text, self.resolved) if isinstance(self.resolved, NamedNode) else text

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Quads that match; None matches anything, in any graph of ours."""
        pattern = (subject, predicate, object, graph)
        if self._mirror is not None and not self._made:
            return self._mirror.quads(pattern)
        # By itself, or after the change is made: the work will not be done again.
        mirror = self._mirror or self._new_mirror()
        list(mirror.quads(pattern))
        mirror.fetch()
        return mirror.quads(pattern)

    def settled(self, work: Callable[[], _T]) -> _T:
        """Do work that reads, and in the end changes the graph at most once, on one revision of the graph.

        The work is done several times, until all that it reads is there, so it must have no other effects, and
        must be done with what it read when it returns. Raises what it raises, and StoreError where others change the
        graph all the time.
        """
        if self._mirror is not None:
            return work()
        for attempt in range(_ATTEMPTS):
            try:
                return self._settle(work)
            except _Moved:
                self._kept = self._standing = None
                self._refuse_disorder()
                # Those who would get in each other's way again do not begin again at the same time.
                time.sleep(random.random() * min(_PAUSE * 1.5**attempt, _LONGEST))  # noqa: S311
        raise StoreError(
            f"others changed the graph each of {_ATTEMPTS} times before this change was whole",
            where=self.target,
            hint="try again; nothing was written",
        )

    def settle(self) -> None:
        """Within `settled`, before something costly: go no further while what was read is not all there."""
        if self._mirror is not None and self._mirror.wanted:
            raise _Unsettled

    def apply(self, *, delete: Iterable[Quad] = (), insert: Iterable[Quad] = ()) -> None:
        """Delete, then insert, all or nothing: one update, if nobody changed the graph since it was read.

        What does not fit into one update (the server says so) is made whole from a journal in the log of the graph by
        whoever comes next, should this process be lost. Raises StoreError; it says what is in the store.
        """
        delete, insert = list(delete), normalised(insert)
        if not delete and not insert:
            return
        if not self.writable:
            raise StoreError(
                "the store is open for reading only", where=self.target, hint="open it for writing"
            )
        self.settle()
        if self._made:
            raise StoreError(
                "one change was made already, and another would be of its own", where=self.target
            )
        if self._mirror is None:
            self._standing = None
            self._whole()
        self._refuse_disorder()
        was, becomes = self.standing.revision, uuid.uuid4().hex
        if not self.ours or was is None:
            raise StoreError(
                "there is no graph of Summitry to change",
                where=self.target,
                hint="kg init makes one there, and kg push brings yours",
            )
        revision = self.changes.make(delete, insert, was=was, becomes=becomes)
        if revision is None:
            if self._mirror is not None:
                raise _Moved
            raise StoreError(
                "somebody else changed the graph at the same time; nothing was written",
                where=self.target,
                hint="try again",
            )
        self._standing = self.standing._replace(revision=revision)
        if self._mirror is not None:
            self._mirror.change(delete, insert)
            self._made = True

    @contextmanager
    def many(self) -> Iterator[None]:
        """While many changes are made in a row, what was read is kept from one to the next."""
        self._many = True
        try:
            yield
        finally:
            self._many, self._kept = False, None

    def local(self) -> OxigraphStore:
        """A copy in memory of all that the server holds of ours, as it is at one revision; it takes a gigabyte for
        some million quads. Raises StoreError where the server does not give all of it."""
        for _ in range(_ATTEMPTS):
            self._standing = None
            before = self.standing.revision
            copy = bulk.copied(self)
            self._standing = None
            if self.standing.revision == before:
                copy.target = self.target
                return copy
        raise StoreError(
            "others change the graph faster than it can be read", where=self.target, hint="try again"
        )

    def graph_names(self) -> Iterator[NamedNode]:
        """The names of the named graphs of ours."""
        return (name for name in self.graph_sizes() if isinstance(name, NamedNode))

    def graph_sizes(self) -> dict[GraphName, int]:
        """How many triples each graph of ours has, the resolved view (DefaultGraph()) included."""
        if self._sizes is not None and not self._made:
            return self._sizes
        named = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{ID}"))'
        body = f"{{ ?s ?p ?o }} UNION {{ {named} }}" if self.resolved == DEFAULT else named
        answer = self.transport.query(f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ {body} }} GROUP BY ?g")
        assert isinstance(answer, Table)
        sizes: dict[GraphName, int] = {}
        for graph, number in answer.rows:
            name = DEFAULT if graph is None or graph == self.resolved else graph
            if name == RESOLVED_GRAPH or not isinstance(name, NamedNode | DefaultGraph):
                continue
            if isinstance(number, Literal) and number.value != "0":
                sizes[name] = int(number.value)
        if self._mirror is not None:
            self._sizes = sizes
        return sizes

    def graph_bytes(self, graph: GraphName) -> Iterator[bytes]:
        """One graph as N-Triples, in any order."""
        return bulk.graph_bytes(self.transport, graph, self.resolved)

    def replace_graph(self, graph: GraphName, data: Iterable[bytes]) -> None:
        """Let a graph hold exactly what is given as N-Triples; no commit is recorded."""
        bulk.replace_graph(self.transport, graph, data, self.resolved)

    def drop_graph(self, graph: GraphName) -> None:
        """Drop all of a graph; no commit is recorded."""
        bulk.drop_graph(self.transport, graph, self.resolved)

    def insert_quads(self, quads: Iterable[Quad]) -> None:
        """Insert quads in as many updates as it takes; no commit is recorded."""
        bulk.insert_quads(self.transport, quads, self.resolved)

    def quads_of(self, graphs: Collection[GraphName]) -> Iterator[Quad]:
        """The quads of some graphs, in few requests."""
        return bulk.quads_of(self.transport, graphs, self.resolved)

    def __len__(self) -> int:
        """The number of quads in all graphs of ours."""
        return sum(self.graph_sizes().values())

    def reopen(self) -> None:
        """See what was committed since."""
        self._standing = None

    def close(self) -> None:
        """Close the connections."""
        self._kept = None
        self.transport.close()

    def __enter__(self) -> EndpointStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _settle(self, work: Callable[[], _T]) -> _T:
        self._mirror = mirror = self._begun()
        was = self.standing.revision
        try:
            while True:
                try:
                    result = work()
                except _Unsettled:
                    pass
                except Exception:
                    # What went wrong with half of what there is to read means nothing.
                    if not mirror.wanted:
                        raise
                else:
                    if not mirror.wanted:
                        break
                self._fetch(mirror, was)
        finally:
            self._mirror, self._made, self._sizes = None, False, None
        if self._many and len(mirror) < _LARGEST:
            self._kept = (self.standing.revision or "", mirror)
        return result

    def _begun(self) -> Mirror:
        """A mirror of the graph as it is now."""
        if self._kept is not None and self._kept[0] == self.standing.revision:
            return self._kept[1]
        if self.writable:
            self._whole()
        return self._new_mirror()

    def _refuse_disorder(self) -> None:
        if len(self.standing.revisions) > 1:
            raise StoreError(
                f"the graph there has {len(self.standing.revisions)} revisions: it was written to by something else "
                "than kg, or by two at once",
                where=self.target,
                hint="kg push --force puts yours in its place; kg pull brings what is there into a folder",
            )

    def _new_mirror(self) -> Mirror:
        return Mirror(self._ask, self.resolved)

    def _fetch(self, mirror: Mirror, was: str | None) -> None:
        """Read what is wanted, with the revision: all of it must be of one."""
        if was is None:
            mirror.fetch()
            return
        mirror.fetch(again=_REVISION)
        if [quad.object for quad in mirror.quads(_REVISION)] != [Literal(was)]:
            raise _Moved

    def _ask(self, text: str) -> Table:
        answer = self.transport.query(text)
        assert isinstance(answer, Table)
        return answer

    def _whole(self) -> None:
        """See to it that no change of somebody else is half made."""
        if self.standing.pending is not None:
            if (note := self.changes.finish(self.standing.pending)) is not None:
                self.notes.append(note)
            self._standing = None

    @property
    def changes(self) -> Changes:
        """What makes changes on the server."""
        if self._changes is None:
            self._changes = Changes(self.transport, self.resolved)
        return self._changes
