"""The half of KnowledgeGraph that reads: questions to a store, whichever it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kg.errors import InputError, StoreError
from kg.stores.base import Answer, Store

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad

    from kg.operations.backup import BackedUp
    from kg.operations.log import Commit
    from kg.operations.why import Reason
    from kg.queries.parameters import Value
    from kg.queries.stored import StoredQuery
    from kg.validation.report import Report


class Questions:
    """What can be asked of a graph; used as a context manager it is closed at the end."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def query(
        self,
        query: str,
        parameters: Mapping[str, Value] | None = None,
        *,
        text: bool = False,
        timeout: float | None = None,
        allow_service: Iterable[str] = (),
        apart: bool = False,
    ) -> Answer:
        """Answer a stored query by its name, or with `text` a SPARQL query.

        Parameters are given as a user would type them: names of things as well as IRIs. SERVICE is refused but for
        the hosts `allow_service` (HOST or HOST:PORT). Raises QueryNotFoundError, ParameterError, QuerySyntaxError or
        QueryTimeoutError, InputError for what is no host, StoreError where a service fails.

        A query that is given up after `timeout` seconds cannot be told to stop in this process, and burns on until the
        process ends, as that of `kg query` does at once. Where it lives on, as servers and notebooks do, `apart`
        has a store in a folder asked by another process, which is ended then: the store as it is on the disk by now.
        It takes a tenth of a second more. Raises InputError for a store in memory.

        >>> from kg.knowledge_graph import KnowledgeGraph
        >>> KnowledgeGraph.open().query("ASK { smt:Visit a owl:Class }", text=True)
        True
        """
        if text:
            if parameters:
                raise InputError("only stored queries have parameters", hint="write values into the query")
            from kg.queries.running import run_text

            return run_text(
                self.store, query, timeout=timeout, allow_service=_hosts(allow_service), apart=apart
            )
        from kg.queries.running import run

        hosts = _hosts(allow_service)
        return run(self.store, query, parameters, timeout=timeout, allow_service=hosts, apart=apart)

    def queries(self) -> list[StoredQuery]:
        """The stored queries, by name.

        >>> from kg.knowledge_graph import KnowledgeGraph
        >>> "visits" in [query.name for query in KnowledgeGraph.open().queries()]
        True
        """
        from kg.queries.stored import catalog

        return catalog()

    def export(
        self,
        format: str = "turtle",
        output: str | os.PathLike[str] | None = None,
        *,
        all_graphs: bool = False,
    ) -> str | None:
        """The graph as text, or written to the file `output` (whole, or not at all).

        Turtle, N-Triples, JSON-LD and RDF/XML hold the resolved view, TriG and N-Quads the claims too.
        Byte for byte the same for the same graph.

        >>> from kg.knowledge_graph import KnowledgeGraph
        >>> KnowledgeGraph.open().export("turtle").splitlines()[0].startswith("@prefix")
        True
        """
        from kg.export import store_pieces

        parts = store_pieces(self.store.local(), format, all_graphs=all_graphs)
        if output is None:
            return b"".join(parts).decode()
        from kg.export.files import write_whole

        write_whole(Path(output), parts)
        return None

    def export_pieces(self, format: str = "turtle", *, all_graphs: bool = False) -> Iterator[str]:
        """The text of an export in pieces, to be written one after the other.

        >>> from kg.knowledge_graph import KnowledgeGraph
        >>> next(KnowledgeGraph.open().export_pieces()).startswith("@prefix")
        True
        """
        from kg.export import store_pieces

        store = self.store.local()
        return (piece.decode() for piece in store_pieces(store, format, all_graphs=all_graphs))

    def validate(
        self,
        files: Iterable[str | os.PathLike[str]] | None = None,
        *,
        alone: bool = False,
        shapes: str | os.PathLike[str] | None = None,
        jobs: int = 1,
        step: Callable[[int, int], None] | None = None,
    ) -> Report:
        """What the shapes say of the triples of some files, in the light of the graph they would join.

        What is found has a state: new, already there before, or resolved by the files. `shapes` is a folder of shapes
        to use instead of the package's. Without files, what they say of the whole store; `jobs` processes read it,
        where it is a folder that is open for reading, and `step` is told how many pieces are done, of how many.

        Where there is no store, and with `alone`, that is ontology, shapes and reference facts, without any
        articles. Findings say where in the files they are, and the report against what they were checked.
        Raises RdfSyntaxError where a file cannot be read.
        """
        from kg.validation.shapes import own_folder

        folder = own_folder(shapes)
        if files is None:
            from kg.operations.whole import validate_whole

            return validate_whole(self.store, jobs=jobs, step=step, shapes=folder)
        from dataclasses import replace

        from kg.bundled import REFERENCE_TARGET, TARGET, open_bundled
        from kg.operations.add import planned
        from kg.operations.change import check, whole_change
        from kg.operations.findings import dropped, explained

        read = read_files(files)
        lost = dropped(name for name, _ in read)
        apart = alone or self.store.target == TARGET
        store = open_bundled(articles=False) if apart else self.store
        context = f"ontology, shapes and {REFERENCE_TARGET} alone" if apart else f"the store {store.target}"
        if apart and not alone:
            context += " (there is no store)"
        try:

            def found() -> Report:
                insert, _ = planned(store, read)
                new, gone = whole_change(store, insert)
                report = check(store, new, gone, shapes=folder, resolved=True)
                return explained(report + lost, store, read, new, gone, shapes=folder)

            return replace(store.settled(found), context=context)
        finally:
            if apart:
                store.close()

    def why(self, thing: str, prop: str | None = None) -> tuple[NamedNode, str, list[Reason]]:
        """The claims, additions and reference facts behind a thing, or one property of it.

        The thing goes by IRI, prefixed name or label. Answers its IRI, its label and the reasons.

        >>> from kg.knowledge_graph import KnowledgeGraph
        >>> thing, label, reasons = KnowledgeGraph.open().why("state:CN", "isoAlpha2")
        >>> label, [triple.object.value for triple in reasons[0].triples]
        ('China', ['CN'])
        """
        from kg.operations.why import why

        return self.store.settled(lambda: why(self.store, thing, prop))

    def info(self) -> dict[str, Any]:
        """What the store holds: counts of articles, claims, events by kind and status; versions; size.

        >>> from kg.knowledge_graph import KnowledgeGraph
        >>> KnowledgeGraph.open().info()["articles"] >= 0
        True
        """
        from kg.operations.info import info

        return self.store.settled(lambda: info(self.store))

    def log(self, limit: int | None = None) -> list[Commit]:
        """The commits of the store, newest first, at most `limit`: number, when, what, how much, by whom.

        >>> from kg.knowledge_graph import KnowledgeGraph
        >>> KnowledgeGraph.open().log()
        []
        """
        from kg.operations.log import log

        return self.store.settled(lambda: log(self.store, limit))

    def backup(self, folder: str | os.PathLike[str]) -> BackedUp:
        """Copy the store as it is now into a new folder, whole or not at all; while others read and write.

        Raises InputError where something is there already, StoreError where it cannot be made.
        """
        from kg.operations.backup import backup
        from kg.stores.oxigraph import OxigraphStore

        if not isinstance(self.store, OxigraphStore):
            raise StoreError(
                "only a store in a folder can be backed up",
                where=self.store.target,
                hint="kg pull copies it into a folder; or use the backup of the server",
            )
        return backup(self.store, Path(folder))

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _hosts(texts: Iterable[str]) -> frozenset[str]:
    from kg.stores.federation import hosts

    return hosts(texts)


def read_files(files: Iterable[str | os.PathLike[str]]) -> list[tuple[str, Iterable[Quad]]]:
    """The quads of some files, by their names; a file is read when its quads are asked for (kg.rdf_files.RdfFile)."""
    from kg.rdf_files import RdfFile

    return [(os.fspath(file), RdfFile(file)) for file in files]
