"""KnowledgeGraph: every command of `kg` as a method of the same name.

>>> graph = KnowledgeGraph.open()
>>> type(graph.query("ASK { ?s a smt:State }", text=True)).__name__
'bool'
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from kg.errors import InputError, StoreError, ValidationError
from kg.questions import read_files
from kg.stores.base import Store
from kg.transfers import Transfers

if TYPE_CHECKING:
    from kg.articles import Article
    from kg.extraction import Extractor
    from kg.operations.add import Added
    from kg.operations.backup import BackedUp
    from kg.operations.ingest import Ingested
    from kg.operations.log import Commit
    from kg.operations.retract import Retracted
    from kg.operations.review import Review
    from kg.stores.endpoint.address import Address
    from kg.stores.endpoint.store import EndpointStore

DEFAULT_TARGET: Final = ".kg"


class KnowledgeGraph(Transfers):
    """A knowledge graph in a store, and what can be done with it.

    Made by `open` or `init`; used as a context manager it is closed at the end.

    >>> with KnowledgeGraph.open() as graph:
    ...     graph.info()["things"]["State"] > 190
    True
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._extractor: Extractor | None = None

    @classmethod
    def open(
        cls,
        target: str | os.PathLike[str] | None = None,
        *,
        writable: bool = False,
        update_endpoint: str | None = None,
    ) -> Self:
        """Open the graph at `target`: a folder, or a SPARQL endpoint by its address (http…) or its name in kg.toml;
        by default $KG_STORE or .kg/.

        `update_endpoint` is where an endpoint takes updates, if that cannot be guessed (kg.stores.endpoint.address).

        Where no store is, reading gets the bundled graph, and with `writable` a store is made first.
        Raises StoreFormatError where something else is there, StoreLockedError where another process
        writes to it.

        >>> KnowledgeGraph.open().store.writable
        False
        """
        name = _named(target)
        if (address := _address(name, update_endpoint)) is not None:
            return cls(_endpoint(address, writable=writable))
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
    def init(
        cls,
        target: str | os.PathLike[str] | None = None,
        *,
        empty: bool = False,
        update_endpoint: str | None = None,
    ) -> Self:
        """Make a store: reference facts, and unless `empty` the bundled articles; and open it for writing.

        Raises StoreFormatError where something is there already.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, KnowledgeGraph.init(Path(folder) / "mine") as graph:
        ...     graph.store.writable
        True
        """
        from kg.bundled import bundled_quads, copy_bundled
        from kg.stores.oxigraph import OxigraphStore

        name = _named(target)
        if (address := _address(name, update_endpoint)) is not None:
            from kg.stores.endpoint.making import make

            store = _endpoint(address, writable=True)
            make(store, bundled_quads(articles=not empty))
            return cls(store)
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
        by: str | None = None,
    ) -> Iterator[Ingested]:
        """Read claims out of articles and commit them, each article whole or not at all; lazily, one by one.

        Articles whose text is in the graph are skipped. `review` is asked for each article what of its claims
        to keep (kg.operations.review). With `dry_run` nothing is written, and with `again` too, articles that are
        in the graph are read once more. Each outcome is reported. `jobs` processes read the articles. Several articles may be one
        commit; the log says `by` whom.

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
            by=by,
        )

    def add(
        self,
        files: Iterable[str | os.PathLike[str]],
        *,
        by: str | None = None,
        shapes: str | os.PathLike[str] | None = None,
    ) -> Added:
        """Check the triples of some files and commit them, whole or not at all; the log says `by` whom.

        Only violations that are new keep them out. `shapes` is a folder of shapes to use instead of the package's.

        Triples of the default graph become an addition, which can be retracted; articles and claims are
        taken over as they are. Raises ValidationError, which carries the report.
        """
        from kg.operations.add import add
        from kg.operations.findings import dropped
        from kg.validation.shapes import own_folder

        self._extractor = None
        read = read_files(files)
        lost = dropped(name for name, _ in read)
        if lost.findings:
            raise ValidationError(
                "the files have values that their format drops; nothing was written",
                report=self.validate([name for name, _ in read], shapes=shapes),
                hint="correct the file and add it again",
            )
        folder = own_folder(shapes)
        return self.store.settled(lambda: add(self.store, read, by=by, shapes=folder, places=True))

    def retract(self, what: str, *, force: bool = False, by: str | None = None) -> Retracted:
        """Take back an article, a claim or an addition, given by IRI, prefixed name or bare id.

        What only it supported leaves the resolved view. Raises NotFoundError where there is none, and
        ValidationError where what is left would break the shapes, unless `force` is given.
        """
        from kg.operations.retract import retract

        self._extractor = None
        return self.store.settled(lambda: retract(self.store, what, force=force, by=by))

    def undo(self, *, by: str | None = None) -> tuple[Commit, Commit]:
        """Take back the last commit, whatever it was; answers it, and the commit that took it back.

        To undo an undo makes the change again. Raises NotFoundError where there is nothing to take back.
        """
        from kg.operations.undo import undo

        self._extractor = None
        return self.store.settled(lambda: undo(self.store, by=by))

    @classmethod
    def restore(
        cls, folder: str | os.PathLike[str], target: str | os.PathLike[str] | None = None
    ) -> tuple[Self, BackedUp]:
        """Make a store at `target` ($KG_STORE or .kg/ by default) from a backup, whole or not at all; and open it.

        Checksums and counts are compared. Raises StoreFormatError where the backup is damaged, or where something
        is there already.
        """
        from kg.operations.backup import restore

        name = _named(target)
        if (address := _address(name, None)) is not None:
            raise StoreError(
                "a backup is restored into a folder, and not into a SPARQL endpoint",
                where=address.name,
                hint="give a new folder with --store FOLDER",
            )
        store, made = restore(Path(folder), Path(name))
        return cls(store), made

    def _reader(self) -> Extractor:
        if self._extractor is None:
            from kg.operations.ingest import extractor_of

            self._extractor = extractor_of(self.store)
        return self._extractor


def _address(name: str, update_endpoint: str | None) -> Address | None:
    """The address of a SPARQL endpoint, None for a folder. A name of kg.toml counts where no such folder is."""
    address = None
    if name.startswith(("http://", "https://")) or not (name[:1] == "." or Path(name).exists()):
        from kg.stores.endpoint.address import endpoint_of

        address = endpoint_of(name, update=update_endpoint)
    if address is None and update_endpoint is not None:
        raise InputError(
            "--update-endpoint belongs to a SPARQL endpoint, and the store is a folder",
            where=name,
            hint="give the address of the endpoint (with --store, or as the target of kg push)",
        )
    return address


def _endpoint(address: Address, *, writable: bool) -> EndpointStore:
    from kg.stores.endpoint.store import EndpointStore
    from kg.stores.endpoint.transport import Transport

    return EndpointStore(Transport(address), writable=writable)


def _named(target: str | os.PathLike[str] | None) -> str:
    return os.fspath(target) if target is not None else os.environ.get("KG_STORE") or DEFAULT_TARGET
