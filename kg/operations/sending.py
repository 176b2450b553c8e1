"""Making a store hold what another one holds: all of it as one change, or graph by graph where that is too much.

An embedded store takes everything in one transaction. A server takes requests: new graphs in batches, small changes
as updates, large graphs as a whole; what is derived, the default graph, comes last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import IO, Final, NamedTuple, cast

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.namespaces import STORE_GRAPH
from kg.operations.differences import differences
from kg.operations.fingerprints import Fingerprint, batches, contents, is_large
from kg.operations.whole_dataset import by_graph, joined
from kg.stores.base import BulkStore, GraphName, RemoteStore
from kg.stores.update_text import normalised

_FEW: Final = 5_000  # up to so many quads of a large graph are changed one by one
_FEW_GRAPHS: Final = 5
_BLOCK: Final = 64_000_000  # bytes of one request
_DEFAULT: Final = DefaultGraph()


class Plan(NamedTuple):
    """What has to be done for a store to hold what another one holds: graphs by what becomes of them, and sizes."""

    new: dict[GraphName, int]
    changed: dict[GraphName, int]
    gone: dict[GraphName, int]
    quads: int

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.new or self.changed or self.gone)


class Sent(NamedTuple):
    """How many quads were inserted and deleted."""

    inserted: int = 0
    deleted: int = 0

    def and_(self, inserted: int, deleted: int) -> Sent:
        """So many more."""
        return Sent(self.inserted + inserted, self.deleted + deleted)


Done = Callable[[int], None]


def plan(source: Mapping[GraphName, Fingerprint], target: Mapping[GraphName, Fingerprint]) -> Plan:
    """Compare two stores by the fingerprints of their graphs.

    >>> from kg.namespaces import SMT
    >>> plan({SMT.g: Fingerprint(1, 7)}, {SMT.g: Fingerprint(1, 8)}).changed == {SMT.g: 1}
    True
    """
    return Plan(
        {name: found.triples for name, found in source.items() if name not in target},
        {
            name: max(found.triples, target[name].triples)
            for name, found in source.items()
            if name in target and target[name] != found
        },
        {name: found.triples for name, found in target.items() if name not in source},
        sum(found.triples for found in source.values()),
    )


def whole(source: BulkStore, target: BulkStore, todo: Plan) -> tuple[list[Quad], list[Quad]]:
    """Everything as one change of an embedded store: what to insert, what to delete."""
    insert: list[Quad] = []
    delete: list[Quad] = []
    for difference in differences(source, target, [*todo.new, *todo.changed, *todo.gone]):
        insert += difference.first
        delete += difference.written
    return insert, delete


def takes_all(source: BulkStore, target: BulkStore) -> bool:
    """Whether a target takes the graphs of a source as one stream of N-Quads."""
    remote = cast(RemoteStore, target) if hasattr(target, "takes_dataset") else None
    return source.canonical and remote is not None and remote.takes_dataset()


def send(
    source: BulkStore, target: RemoteStore, todo: Plan, done: Done, file: IO[bytes] | None = None
) -> Sent:
    """Everything in as few requests as may be; killed in between, a new plan has what is missing.

    `file` may hold all new graphs as N-Quads (but for the store's own), so that they need not be read again. `done`
    is told after each step how many quads of the plan it was about.
    """
    sent = Sent()
    together = _together(source, target, todo)
    if together:
        sent = sent.and_(_send_together(source, target, together, done, file), 0)
    fresh = {
        name: size
        for name, size in todo.new.items()
        if name != STORE_GRAPH and name not in together and not is_large(name, todo.new)
    }
    for names in batches(fresh):
        quads = [quad for found in contents(source, names).values() for quad in found]
        quads = quads if source.canonical else normalised(quads)
        target.insert_quads(quads)
        sent = sent.and_(len(quads), 0)
        done(sum(fresh[name] for name in names))
    rest = todo.gone | todo.new | todo.changed
    rest = {name: size for name, size in rest.items() if name not in fresh and name not in together}
    for names in batches(rest):
        if is_large(names[0], rest):
            sent = sent.and_(*_large(source, target, names[0], todo))
        else:
            found = list(differences(source, target, names))
            insert = [quad for difference in found for quad in difference.first]
            delete = [quad for difference in found for quad in difference.written]
            target.change_quads(delete=delete, insert=insert)
            sent = sent.and_(len(insert), len(delete))
        done(sum(rest[name] for name in names))
    return sent


def _together(source: BulkStore, target: RemoteStore, todo: Plan) -> dict[GraphName, int]:
    """New graphs that are best sent as one stream of N-Quads: where they are most of what there is."""
    new = {name: size for name, size in todo.new.items() if name != STORE_GRAPH}
    return new if 2 * sum(new.values()) > todo.quads and takes_all(source, target) else {}


def _send_together(
    source: BulkStore, target: RemoteStore, graphs: dict[GraphName, int], done: Done, file: IO[bytes] | None
) -> int:
    number = waiting = size = 0
    block: list[bytes] = []
    for text, lines in _kept(file) if file is not None else _texts(source, graphs):
        block.append(text)
        size += len(text)
        waiting += lines
        if size >= _BLOCK:
            target.insert_dataset(b"".join(block))
            done(waiting)
            number, waiting, size = number + waiting, 0, 0
            block.clear()
    if block:
        target.insert_dataset(b"".join(block))
        done(waiting)
    return number + waiting


def _kept(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """The lines of a file in pieces, each with the number of its lines."""
    file.seek(0)
    while text := file.read(_BLOCK):
        if text[-1:] != b"\n":
            text += file.readline()
        yield text, text.count(b"\n")


def _texts(source: BulkStore, graphs: dict[GraphName, int]) -> Iterator[tuple[bytes, int]]:
    """Some graphs of a store as N-Quads in pieces, each with the number of its lines."""
    pieces = source.dataset_bytes() or ()
    others = [name for name in source.graph_sizes() if name not in graphs]
    named = [name for name in others if isinstance(name, NamedNode)]
    if (
        len(others) > _FEW_GRAPHS
        or len(named) < len(others)
        or any(any(source.quads(None, None, name, _DEFAULT)) for name in named)
    ):
        for lines in by_graph(pieces, graphs):
            yield joined(lines), sum(map(len, lines.values()))
        return
    # All but a few: those are known by the ends of their lines, as nothing else ends so.
    endings = tuple(f" {name} .".encode() for name in named)
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        kept = [text for text in whole if text and not text.endswith(endings)]
        if kept:
            yield b"\n".join(kept) + b"\n", len(kept)


def _large(source: BulkStore, target: RemoteStore, name: GraphName, todo: Plan) -> tuple[int, int]:
    if name in todo.gone and name != _DEFAULT:
        target.drop_graph(name)
        return 0, todo.gone[name]
    if name in todo.changed:
        found = next(differences(source, target, [name]), None)
        if found is None:
            return 0, 0
        if len(found.first) + len(found.written) <= _FEW:
            target.change_quads(delete=found.written, insert=found.first)
            return len(found.first), len(found.written)
    target.replace_graph(name, source.graph_bytes(name))
    return todo.new.get(name, 0) or todo.changed.get(name, 0), todo.gone.get(name, 0)
