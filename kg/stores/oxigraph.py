"""The embedded store: Oxigraph in memory, or in a folder on disk.

Measured with pyoxigraph 0.5 and decided in docs/decisions/0003-stores-and-graphs.md and
0007-commits-and-snapshots.md: the writer is alone with the live database, a change is one SPARQL update, hence
one RocksDB transaction, and readers read snapshots that nobody writes to (kg.stores.folder).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError, StoreFormatError
from kg.progress import step
from kg.stores import folder, locks
from kg.stores.answers import answer, answer_within
from kg.stores.base import Answer, GraphName, Subject, Term
from kg.stores.bulk import Bulk
from kg.stores.federation import refuse_service
from kg.stores.formats import FORMAT_VERSION, head_of, version_quad
from kg.stores.interrupts import Held
from kg.stores.opening import to_read, to_write
from kg.stores.problems import closed, disk_failed, reason, unreadable
from kg.stores.sparql_text import refuse_too_nested
from kg.stores.update_text import drop_empty, normalised, update_text

__all__ = ["FORMAT_VERSION", "OxigraphStore", "normalised"]

_WAIT: Final = 0.5  # seconds; a process that only finishes what another left lets go of the lock soon
_EACH: Final = 1000
_SELDOM: Final = 1.0  # seconds between two snapshots while many commits are made in a row
_T = TypeVar("_T")


class OxigraphStore(Bulk):
    """A set of quads in memory (`path` None) or in a folder on disk.

    Raises StoreFormatError where `path` is no store or of a newer version, StoreLockedError where another
    process writes to it, StoreError where the folder cannot be used. A folder is only made by `create`.
    `notes` says what happened on opening that a user should know: a commit that was under way when its process
    ended, a change of format. `head` is the number of the last commit.

    >>> from kg.namespaces import SMT
    >>> store = OxigraphStore()
    >>> store.apply(insert=[Quad(SMT.a, SMT.b, SMT.c)])
    >>> len(store), store.query("ASK { ?s smt:b smt:c }")
    (1, True)
    """

    def __init__(self, path: Path | None = None, *, writable: bool = True, wait: float = _WAIT) -> None:
        self.path = path
        self.target = "memory" if path is None else str(path)
        self.writable = writable
        self.notes: list[str] = []
        self.snapshot: Path | None = None
        self._lock: locks.Lock | None = None
        self._failed = False
        self._pause, self._published, self._pending = 0.0, 0.0, False
        self._store: ox.Store | None = None
        if path is None:
            self._store = ox.Store()
            return
        self._open(path, wait)

    @classmethod
    def create(
        cls, path: Path, quads: Iterable[Quad] = (), *, template: Callable[[Path], bool] | None = None
    ) -> OxigraphStore:
        """Make a store that holds `quads`, whole or not at all: it is built beside `path` and then renamed.

        `template` may fill a folder with a copy of a database; only if it answers False are `quads` loaded.
        Raises StoreFormatError where something other than an empty folder is there already.
        """
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            what = "there is a store already" if folder.is_store(path) else "there is something else already"
            raise StoreFormatError(what, where=str(path), hint="choose another folder with --store FOLDER")
        building = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        database = building / folder.DATABASE
        try:
            building.mkdir(parents=True, exist_ok=True)
            filled = template is not None and template(database)
            inner = ox.Store(str(database))
            if not filled:
                inner.bulk_extend(quads)
                inner.optimize()
            if not any(inner.quads_for_pattern(*_VERSION)):
                inner.extend([version_quad()])
            inner.flush()
            folder.publish(inner, building, head_of(inner))
            del inner
            (building / locks.LOCK_FILE).touch()
            building.rename(path)  # replaces an empty folder
        except OSError as error:
            raise StoreError(
                f"the store cannot be made: {reason(error)}",
                where=str(path),
                hint="choose a folder you may write to, with --store FOLDER",
            ) from error
        finally:
            if building.exists():
                from shutil import rmtree

                rmtree(building, ignore_errors=True)
        return cls(path)

    @classmethod
    def trusted(cls, path: Path, target: str) -> OxigraphStore:
        """Open a database that this package built and nobody writes to: without checks or locks."""
        store = cls()
        store.writable = False
        store._store = ox.Store.read_only(str(path))
        store.path, store.target = path, target
        return store

    @property
    def inner(self) -> ox.Store:
        """The engine underneath; raises StoreError once the store is closed."""
        if self._store is None:
            raise closed(self.target)
        return self._store

    @property
    def head(self) -> int:
        """The number of the last commit; 0 where there was none."""
        return head_of(self.inner)

    def query(self, text: str, *, timeout: float | None = None) -> Answer:
        """Answer a SPARQL 1.1 query over the default graph (GRAPH reaches the named ones).

        The usual prefixes (kg.namespaces.PREFIXES) need no declaration. Raises QuerySyntaxError for a
        malformed query, an update or SERVICE, QueryTimeoutError after `timeout` seconds.
        """
        refuse_service(text)
        refuse_too_nested(text)
        if timeout is None:
            return self._reading(lambda: answer(self.inner, text, None))
        return self._reading(lambda: answer_within(self.inner, text, timeout))

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Quads that match; None matches anything, in any graph."""
        return self._reading(lambda: self.inner.quads_for_pattern(subject, predicate, object, graph))

    def apply(self, *, delete: Iterable[Quad] = (), insert: Iterable[Quad] = ()) -> None:
        """Delete, then insert, all or nothing; graphs that become empty are dropped. Then readers can see it.

        Raises StoreError where the store is not writable or the disk fails (it says whether the change is in the
        store), InputError for blank nodes to delete.
        """
        if not self.writable:
            raise StoreError(
                "the store is open for reading only", where=self.target, hint="open it for writing"
            )
        if self._failed:
            raise closed(self.target)
        delete, insert = list(delete), list(insert)
        if not delete and not insert:
            return
        text, empty = update_text(self.inner, delete, insert) if delete else ("", [])
        with Held() as interrupts:
            try:
                if self.path is not None:
                    folder.begin(self.path, self.head)
                step("writing", 0, len(insert) + len(delete))
                if delete:
                    self.inner.update(text)
                else:
                    self.inner.extend(interrupts.heard(_told(insert)))
                interrupts.late = True
                drop_empty(self.inner, empty)
                if self.path is not None:
                    self._secure()
                    self._publish()
            except (OSError, RuntimeError) as error:  # RuntimeError: a damaged file under the engine
                # What the engine makes of more changes after that nobody knows; the next to open it finds out.
                self._failed = True
                raise disk_failed(error, self.target, made=interrupts.late) from error
            except KeyboardInterrupt:  # heard before the engine had all of it
                if self.path is not None:
                    folder.done(self.path)
                raise

    @contextmanager
    def many(self) -> Iterator[None]:
        """While many changes are made in a row, readers see them once a second, and all of them at the end."""
        self._pause = _SELDOM
        try:
            yield
        finally:
            self._pause = 0.0
            self._catch_up()

    def settled(self, work: Callable[[], _T]) -> _T:
        """Do work that reads, and changes the store at most once; nobody else changes it meanwhile."""
        return work()

    def settle(self) -> None:
        """Everything is there to be read at any time."""

    def local(self) -> OxigraphStore:
        """This store: all of it can be read quickly."""
        return self

    def graph_names(self) -> Iterator[NamedNode]:
        """The names of the named graphs."""
        names = self._reading(lambda: list(self.inner.named_graphs()))
        return (name for name in names if isinstance(name, NamedNode))

    def __len__(self) -> int:
        """The number of quads in all graphs."""
        return self._reading(lambda: len(self.inner))

    def reopen(self) -> None:
        """See what was committed since the store was opened for reading. Not while answers are still being read."""
        if self.path is not None and not self.writable and self._lock is not None:
            self._release()
            self._open(self.path)

    def backup(self, target: Path) -> None:
        """Copy the database as it is now into a new folder. Raises OSError, and StoreError for other stores."""
        if self.path is None or (self.snapshot is None and not self.writable):
            raise StoreError(
                "there is no store to back up", where=self.target, hint="kg init makes a store of your own"
            )
        from shutil import copytree

        if self.snapshot is not None:
            copytree(self.snapshot, target)  # nobody writes to it, and it is held
            return
        links = self.path / folder.SNAPSHOTS / "backup.tmp"
        self.inner.backup(str(links))
        copytree(links, target)
        folder.sweep(self.path)

    def close(self) -> None:
        """Release files; the store cannot be used afterwards."""
        if self._store is not None and self.path is not None and self.writable:
            self._catch_up()
            locks.unsign(self.path)
        self._release()

    def __enter__(self) -> OxigraphStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _release(self) -> None:
        self._store = None  # before the lock goes
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _open(self, path: Path, wait: float = _WAIT) -> None:
        opened = to_write(path, wait) if self.writable else to_read(path)
        self._store, self._lock, self.snapshot = opened.store, opened.lock, opened.snapshot
        self.notes += opened.notes

    def _secure(self) -> None:
        """Make sure that a commit outlives a power failure."""
        self.inner.flush()

    def _publish(self) -> None:
        assert self.path is not None
        self._pending = True
        if time.monotonic() - self._published >= self._pause:
            folder.publish(self.inner, self.path, self.head)
            folder.done(self.path)
            self._pending, self._published = False, time.monotonic()
            folder.sweep(self.path)

    def _catch_up(self) -> None:
        """Let readers see the changes that they do not see yet."""
        if self._pending and not self._failed and self._store is not None:
            try:
                self._publish()
            except OSError as error:
                self._failed = True
                raise disk_failed(error, self.target, made=True) from error

    def _reading(self, read: Callable[[], _T]) -> _T:
        try:
            return read()
        except (OSError, RuntimeError) as error:
            raise unreadable(error, self.target) from error


def _told(quads: list[Quad]) -> Iterator[Quad]:
    for number, quad in enumerate(quads):
        if number % _EACH == 0:
            step("writing", number, len(quads))
        yield quad


_VERSION: Final = (version_quad().subject, version_quad().predicate, None, version_quad().graph_name)
