"""The embedded store: Oxigraph in memory, or in a folder on disk.

Measured with pyoxigraph 0.5 and decided in docs/decisions/0003-stores-and-graphs.md: a reader opens a
snapshot (`Store.read_only`) under a shared lock and never sees half a commit; a writer is alone; a change is
one SPARQL update, hence one RocksDB transaction.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import InputError, StoreError, StoreFormatError
from kg.namespaces import SCHEMA, STORE_GRAPH, XSD
from kg.stores import locks
from kg.stores.answers import answer, answer_within
from kg.stores.base import Answer, GraphName, Subject, Term
from kg.stores.sparql_text import refuse_service

FORMAT_VERSION: Final = 1
_DEFAULT: Final = DefaultGraph()
_T = TypeVar("_T")


class OxigraphStore:
    """A set of quads in memory (`path` None) or in a folder on disk.

    Raises StoreFormatError where `path` is no store or of a newer version, StoreLockedError where another
    process writes to it, StoreError where the folder cannot be used. A folder is only made by `create`.
    `lost` says that a snapshot can no longer be read because a writer has moved on; `reopen` takes a new one.

    >>> from kg.namespaces import SMT
    >>> store = OxigraphStore()
    >>> store.apply(insert=[Quad(SMT.a, SMT.b, SMT.c)])
    >>> len(store), store.query("ASK { ?s smt:b smt:c }")
    (1, True)
    """

    def __init__(self, path: Path | None = None, *, writable: bool = True) -> None:
        self.path = path
        self.target = "memory" if path is None else str(path)
        self.writable = writable
        self.lost = False
        self._store: ox.Store | None = None
        if path is None:
            self._store = ox.Store()
            return
        check_folder(path)
        self._open(path)
        try:
            self._check_version()
        except StoreFormatError:
            self.close()
            raise

    @classmethod
    def create(
        cls, path: Path, quads: Iterable[Quad] = (), *, template: Callable[[Path], bool] | None = None
    ) -> OxigraphStore:
        """Make a store that holds `quads`, whole or not at all: it is built beside `path` and then renamed.

        `template` may fill the folder with a copy of a database; only if it answers False are `quads` loaded.
        Raises StoreFormatError where something other than an empty folder is there already.
        """
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            what = "there is a store already" if is_store(path) else "there is something else already"
            raise StoreFormatError(what, where=str(path), hint="choose another folder with --store FOLDER")
        building = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            filled = template is not None and template(building)
            inner = ox.Store(str(building))
            if not filled:
                inner.bulk_extend(quads)
                inner.optimize()
            inner.extend([_version_quad()])
            inner.flush()
            del inner
            (building / locks.LOCK_FILE).touch()
            building.rename(path)  # replaces an empty folder
        except OSError as error:
            from shutil import rmtree

            rmtree(building, ignore_errors=True)
            raise StoreError(
                f"the store cannot be made: {_reason(error)}",
                where=str(path),
                hint="choose a folder you may write to, with --store FOLDER",
            ) from error
        return cls(path)

    @classmethod
    def trusted(cls, path: Path, target: str) -> OxigraphStore:
        """Open a folder that this package built and nobody writes to: a snapshot without checks or locks."""
        store = cls.__new__(cls)
        store.path, store.target, store.writable, store.lost = path, target, False, False
        store._store = ox.Store.read_only(str(path))
        return store

    @property
    def inner(self) -> ox.Store:
        """The engine underneath; raises StoreError once the store is closed."""
        if self._store is None:
            raise StoreError("the store is closed", where=self.target, hint="open it again")
        return self._store

    def query(self, text: str, *, timeout: float | None = None) -> Answer:
        """Answer a SPARQL 1.1 query over the default graph (GRAPH reaches the named ones).

        The usual prefixes (kg.namespaces.PREFIXES) need no declaration. Raises QuerySyntaxError for a
        malformed query, an update or SERVICE, QueryTimeoutError after `timeout` seconds.
        """
        refuse_service(text)
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
        found = self._reading(lambda: self.inner.quads_for_pattern(subject, predicate, object, graph))
        # A snapshot can lose its files to a writer halfway through: so all of it now, or an error now.
        return found if self.path is None or self.writable else iter(self._reading(lambda: list(found)))

    def apply(self, *, delete: Iterable[Quad] = (), insert: Iterable[Quad] = ()) -> None:
        """Delete, then insert, all or nothing; graphs that become empty are dropped.

        Raises StoreError where the store is not writable or the disk fails, InputError for blank nodes to
        delete.
        """
        if not self.writable:
            raise StoreError(
                "the store is open for reading only", where=self.target, hint="open it for writing"
            )
        delete, insert = list(delete), list(insert)
        if not delete and not insert:
            return
        text = self._update_text(delete, insert) if delete else ""

        def change() -> None:
            if delete:
                self.inner.update(text)
            else:
                self.inner.extend(insert)

        try:
            if self.path is None:
                change()
                return
            with locks.held(self.path, exclusive=True):
                change()
                self.inner.flush()
        except OSError as error:
            raise StoreError(
                f"the store could not be changed, and is as it was: {_reason(error)}",
                where=self.target,
                hint="check free space and permissions of the folder",
            ) from error

    def graph_names(self) -> Iterator[NamedNode]:
        """The names of the named graphs."""
        names = self._reading(lambda: list(self.inner.named_graphs()))
        return (name for name in names if isinstance(name, NamedNode))

    def __len__(self) -> int:
        """The number of quads in all graphs."""
        return self._reading(lambda: len(self.inner))

    def reopen(self) -> None:
        """Take a new snapshot of a folder that is open for reading."""
        if self.path is not None and not self.writable:
            self._open(self.path)
            self.lost = False

    def close(self) -> None:
        """Release files; the store cannot be used afterwards."""
        if self._store is not None and self.path is not None and self.writable:
            locks.unsign(self.path)
        self._store = None

    def __enter__(self) -> OxigraphStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self, path: Path) -> None:
        try:
            if self.writable:
                try:
                    self._store = ox.Store(str(path))
                except RuntimeError as error:
                    raise _damaged(path, error) from error
                locks.sign(path)
            else:
                with locks.held(path, exclusive=False):
                    self._store = _snapshot(path)
        except OSError as error:
            reason = str(error)
            if "LOCK" in reason and "Permission denied" not in reason and "Read-only" not in reason:
                raise locks.locked(path) from error
            if "Permission denied" in reason or "Read-only" in reason:
                raise StoreError(
                    f"the store may not be {'written' if self.writable else 'read'}",
                    where=str(path),
                    hint="change the permissions of the folder, or choose another with --store FOLDER",
                ) from error
            if "No space left" in reason or "Disk quota" in reason:
                raise StoreError(
                    f"the store cannot be opened for writing: {_reason(error)}",
                    where=str(path),
                    hint="make room on the disk; the store is as it was",
                ) from error
            raise StoreFormatError(
                f"the folder holds no store that can be opened: {_reason(error)}",
                where=str(path),
                hint="restore it from a backup, or choose another folder with --store FOLDER",
            ) from error

    def _check_version(self) -> None:
        found = [
            q.object
            for q in self.inner.quads_for_pattern(STORE_GRAPH, SCHEMA.schemaVersion, None, STORE_GRAPH)
        ]
        if not found:
            raise StoreFormatError(
                "the folder holds an Oxigraph database, but not one made by kg",
                where=self.target,
                hint="choose another folder with --store FOLDER; kg init makes a store",
            )
        version = max(int(term.value) for term in found if isinstance(term, Literal))
        if version > FORMAT_VERSION:
            raise StoreFormatError(
                f"the store has format {version}, and this kg reads up to {FORMAT_VERSION}",
                where=self.target,
                hint="upgrade with pip install --upgrade summitry",
            )

    def _reading(self, read: Callable[[], _T]) -> _T:
        """Run `read`; `lost` is set where a writer has removed files under a snapshot (see `reopen`)."""
        try:
            return read()
        except (OSError, RuntimeError) as error:
            self.lost = self.path is not None and not self.writable
            raise StoreError(
                f"the store could not be read: {_reason(error)}",
                where=self.target,
                hint="it changes as it is being read; try again" if self.lost else None,
            ) from error

    def _update_text(self, delete: list[Quad], insert: list[Quad]) -> str:
        if any(isinstance(term, ox.BlankNode) for quad in delete for term in (quad.subject, quad.object)):
            raise InputError("triples with blank nodes cannot be deleted", hint="use IRIs for things")
        touched = {quad.graph_name for quad in delete} - {quad.graph_name for quad in insert} - {_DEFAULT}
        gone = set(normalised(delete)) if touched else set()
        drops = [
            f"DROP SILENT GRAPH {name}"
            for name in touched
            if all(quad in gone for quad in self.inner.quads_for_pattern(None, None, None, name))
        ]
        return " ;\n".join([f"DELETE DATA {_block(delete)}", f"INSERT DATA {_block(insert)}", *drops])


def _snapshot(path: Path) -> ox.Store:
    """A snapshot beside a writer, whose compaction may remove files while they are being opened: then again."""
    pauses = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
    while True:
        try:
            return ox.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            passing = "Corruption" in str(error) or ".sst" in str(error)
            if passing and pauses:
                time.sleep(pauses.pop(0))
            elif isinstance(error, OSError):
                raise
            else:
                raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> StoreFormatError:
    return StoreFormatError(
        f"the store is damaged: {_reason(error)}",
        where=str(path),
        hint="restore it from a backup, or choose another folder with --store FOLDER",
    )


def is_store(path: Path) -> bool:
    """Whether a folder holds an Oxigraph database (of whatever version)."""
    return (path / "CURRENT").is_file()


def check_folder(path: Path) -> None:
    """Raise StoreFormatError where `path` is not the folder of a store; nothing is made or changed."""
    if is_store(path):
        return
    if not path.exists():
        what, hint = "there is no store here", "make one with kg init"
    elif not path.is_dir():
        what, hint = "this is a file, and a store is a folder", "choose a folder with --store FOLDER"
    else:
        what, hint = "this folder is not a store", "choose another with --store FOLDER; kg init makes one"
    raise StoreFormatError(what, where=str(path), hint=hint)


def normalised(quads: Iterable[Quad]) -> list[Quad]:
    """Quads as Oxigraph keeps them: numbers, booleans and times in canonical form ("0.90" becomes "0.9").

    >>> from kg.namespaces import SMT
    >>> quad = Quad(SMT.a, SMT.b, Literal("0.90", datatype=XSD.decimal))
    >>> [quad.object.value for quad in normalised([quad])]
    ['0.9']
    """
    store = ox.Store()
    store.extend(quads)
    return list(store)


def _version_quad() -> Quad:
    return Quad(
        STORE_GRAPH, SCHEMA.schemaVersion, Literal(str(FORMAT_VERSION), datatype=XSD.integer), STORE_GRAPH
    )


def _block(quads: list[Quad]) -> str:
    by_graph: dict[GraphName, list[str]] = {}
    for quad in quads:
        by_graph.setdefault(quad.graph_name, []).append(str(quad.triple))
    parts = [
        "\n".join(f"{line} ." for line in lines)
        if name == _DEFAULT
        else f"GRAPH {name} {{\n" + "\n".join(f"{line} ." for line in lines) + "\n}"
        for name, lines in by_graph.items()
    ]
    return "{\n" + "\n".join(parts) + "\n}"


def _reason(error: Exception) -> str:
    if error.args and isinstance(error.args[0], list) and error.args[0]:
        # An error of shutil has a row for each file that could not be copied; the first says why.
        return str(error.args[0][0][-1])
    return str(error).removeprefix("IO error: ").strip().rstrip(".")
