"""KnowledgeGraph: every command of `kg` as a method of the same name.

>>> graph = KnowledgeGraph.open()
>>> type(graph.query("ASK { ?s a smt:State }", text=True)).__name__
'bool'
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from kg.errors import InputError, StoreError, ValidationError
from kg.stores.base import Answer, Store

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad

    from kg.articles import Article
    from kg.extraction import Extractor
    from kg.operations.add import Added
    from kg.operations.ingest import Ingested
    from kg.operations.retract import Retracted
    from kg.operations.review import Review
    from kg.operations.why import Reason
    from kg.queries.parameters import Value
    from kg.queries.stored import StoredQuery
    from kg.validation.report import Report

DEFAULT_TARGET: Final = ".kg"
_T = TypeVar("_T")


class KnowledgeGraph:
    """A knowledge graph in a store, and what can be done with it.

    Made by `open` or `init`; used as a context manager it is closed at the end.

    >>> with KnowledgeGraph.open() as graph:
    ...     graph.info()["things"]["State"] > 190
    True
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._extractor: Extractor | None = None

    @classmethod
    def open(cls, target: str | os.PathLike[str] | None = None, *, writable: bool = False) -> Self:
        """Open the graph at `target`: a folder or a SPARQL endpoint (http…); by default $KG_STORE or .kg/.

        Where no store is, reading gets the bundled graph, and with `writable` a store is made first.
        Raises StoreFormatError where something else is there, StoreLockedError where another process
        writes to it.

        >>> KnowledgeGraph.open().store.writable
        False
        """
        name = os.fspath(target) if target is not None else os.environ.get("KG_STORE") or DEFAULT_TARGET
        if name.startswith(("http://", "https://")):
            return cls(_endpoint(name))
        from kg.stores.oxigraph import OxigraphStore

        path = Path(name)
        # An empty folder is as good as none: what else it may be, OxigraphStore says.
        if not path.exists() or (path.is_dir() and not any(path.iterdir())):
            if writable:
                return cls.init(path)
            from kg.bundled import open_bundled

            return cls(open_bundled())
        return cls(OxigraphStore(path, writable=writable))

    @classmethod
    def init(cls, target: str | os.PathLike[str] | None = None, *, empty: bool = False) -> Self:
        """Make a store: reference facts, and unless `empty` the bundled articles; and open it for writing.

        Raises StoreFormatError where something is there already.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, KnowledgeGraph.init(Path(folder) / "mine") as graph:
        ...     graph.store.writable
        True
        """
        from kg.bundled import bundled_quads, copy_bundled
        from kg.stores.oxigraph import OxigraphStore

        name = os.fspath(target) if target is not None else os.environ.get("KG_STORE") or DEFAULT_TARGET
        if name.startswith(("http://", "https://")):
            graph = cls(_endpoint(name))
            if len(graph.store):
                raise StoreError("the endpoint holds something already", where=name, hint="clear it first")
            graph.store.apply(insert=bundled_quads(articles=not empty))
            return graph
        template = None if empty else copy_bundled
        return cls(OxigraphStore.create(Path(name), bundled_quads(articles=not empty), template=template))

    def ingest(
        self,
        articles: Iterable[Article],
        *,
        dry_run: bool = False,
        review: Review | None = None,
        again: bool = False,
        jobs: int = 1,
    ) -> Iterator[Ingested]:
        """Read claims out of articles and commit them, each article whole or not at all; lazily, one by one.

        Articles whose text is in the graph are skipped. `review` is asked for each article what of its claims
        to keep (kg.operations.review). With `dry_run` nothing is written, and with `again` too, articles that are
        in the graph are read once more. Each outcome is reported. `jobs` processes read the articles.

        >>> graph = KnowledgeGraph.open()
        >>> from kg.articles import Article
        >>> [found.outcome for found in graph.ingest([Article("Nothing happened.")], dry_run=True)]
        ['dry run']
        """
        from kg.operations.ingest import ingest

        return ingest(
            self.store,
            articles,
            extractor=self._reader,
            dry_run=dry_run,
            review=review,
            again=again,
            jobs=jobs,
        )

    def query(
        self,
        query: str,
        parameters: Mapping[str, Value] | None = None,
        *,
        text: bool = False,
        timeout: float | None = None,
    ) -> Answer:
        """Answer a stored query by its name, or with `text` a SPARQL query.

        Parameters are given as a user would type them: names of things as well as IRIs. Raises
        QueryNotFoundError, ParameterError, QuerySyntaxError or QueryTimeoutError.

        >>> KnowledgeGraph.open().query("ASK { smt:Visit a owl:Class }", text=True)
        True
        """
        if text:
            if parameters:
                raise InputError("only stored queries have parameters", hint="write values into the query")
            from kg.queries.running import run_text

            return self._steadily(lambda: run_text(self.store, query, timeout=timeout))
        from kg.queries.running import run

        return self._steadily(lambda: run(self.store, query, parameters, timeout=timeout))

    def queries(self) -> list[StoredQuery]:
        """The stored queries, by name.

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

        >>> KnowledgeGraph.open().export("turtle").splitlines()[0].startswith("@prefix")
        True
        """
        parts = self.export_pieces(format, all_graphs=all_graphs)
        if output is None:
            return "".join(parts)
        from kg.export.files import write_whole

        write_whole(Path(output), parts)
        return None

    def export_pieces(self, format: str = "turtle", *, all_graphs: bool = False) -> Iterator[str]:
        """The text of an export in pieces, to be written one after the other.

        >>> next(KnowledgeGraph.open().export_pieces()).startswith("@prefix")
        True
        """
        from kg.export import contents, pieces

        return pieces(self._steadily(lambda: contents(self.store, format, all_graphs=all_graphs)), format)

    def validate(self, files: Iterable[str | os.PathLike[str]], *, alone: bool = False) -> Report:
        """What the shapes say of the triples of some files, in the light of the graph they would join.

        Where there is no store, and with `alone`, that is ontology, shapes and reference facts, without any
        articles. Findings say where in the files they are, and the report against what they were checked.
        Raises RdfSyntaxError where a file cannot be read.
        """
        from dataclasses import replace

        from kg.bundled import REFERENCE_TARGET, TARGET, open_bundled
        from kg.operations.add import planned
        from kg.operations.change import check, whole_change
        from kg.operations.findings import dropped, explained

        read = _read(files)
        lost = dropped(name for name, _ in read)
        apart = alone or self.store.target == TARGET
        store = open_bundled(articles=False) if apart else self.store

        def report() -> Report:
            insert, _ = planned(store, read)
            new, gone = whole_change(store, insert)
            return explained(check(store, new, gone) + lost, store, read, new)

        try:
            context = (
                f"ontology, shapes and {REFERENCE_TARGET} alone" if apart else f"the store {store.target}"
            )
            if apart and not alone:
                context += " (there is no store)"
            return replace(self._steadily(report), context=context)
        finally:
            if apart:
                store.close()

    def add(self, files: Iterable[str | os.PathLike[str]]) -> Added:
        """Check the triples of some files and commit them, whole or not at all.

        Triples of the default graph become an addition, which can be retracted; articles and claims are
        taken over as they are. Raises ValidationError, which carries the report.
        """
        from kg.operations.add import add, planned
        from kg.operations.change import whole_change
        from kg.operations.findings import dropped, explained

        self._extractor = None
        read = _read(files)
        try:
            lost = dropped(name for name, _ in read)
            if lost.findings:
                raise ValidationError(
                    "the files have values that their format drops; nothing was written",
                    report=self.validate([name for name, _ in read]),
                    hint="correct the file and add it again",
                )
            return add(self.store, read)
        except ValidationError as error:
            new, _ = whole_change(self.store, planned(self.store, read)[0])
            error.report = explained(error.report, self.store, read, new)
            raise

    def retract(self, what: str, *, force: bool = False) -> Retracted:
        """Take back an article, a claim or an addition, given by IRI, prefixed name or bare id.

        What only it supported leaves the resolved view. Raises NotFoundError where there is none, and
        ValidationError where what is left would break the shapes, unless `force` is given.
        """
        from kg.operations.retract import retract

        self._extractor = None
        return retract(self.store, what, force=force)

    def why(self, thing: str, prop: str | None = None) -> tuple[NamedNode, str, list[Reason]]:
        """The claims, additions and reference facts behind a thing, or one property of it.

        The thing goes by IRI, prefixed name or label. Answers its IRI, its label and the reasons.

        >>> thing, label, reasons = KnowledgeGraph.open().why("state:CN", "isoAlpha2")
        >>> label, [triple.object.value for triple in reasons[0].triples]
        ('China', ['CN'])
        """
        from kg.operations.why import why

        return self._steadily(lambda: why(self.store, thing, prop))

    def info(self) -> dict[str, Any]:
        """What the store holds: counts of articles, claims, events by kind and status; versions; size.

        >>> KnowledgeGraph.open().info()["articles"] >= 0
        True
        """
        from kg.operations.info import info

        return self._steadily(lambda: info(self.store))

    def _steadily(self, read: Callable[[], _T]) -> _T:
        """Run what reads several times; all of it anew where a writer took the snapshot away in between."""
        for _ in range(5):
            try:
                return read()
            except StoreError:
                if not getattr(self.store, "lost", False):
                    raise
                self.store.reopen()  # type: ignore[attr-defined]
        return read()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _reader(self) -> Extractor:
        if self._extractor is None:
            from kg.operations.ingest import extractor_of

            self._extractor = extractor_of(self.store)
        return self._extractor


def _endpoint(address: str) -> Store:
    raise StoreError(
        "this version keeps its graph in a folder and cannot work on a SPARQL endpoint yet",
        where=address,
        hint="give a folder with --store FOLDER",
    )


def _read(files: Iterable[str | os.PathLike[str]]) -> list[tuple[str, list[Quad]]]:
    from kg.rdf_files import read_rdf

    return [(os.fspath(file), list(read_rdf(file))) for file in files]
