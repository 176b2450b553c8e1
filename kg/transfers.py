"""The part of KnowledgeGraph that has to do with two stores: moving a graph, and comparing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

from kg.errors import StoreFormatError
from kg.questions import Questions
from kg.stores.base import BulkStore, Store

if TYPE_CHECKING:
    from kg.operations.diff import Diff
    from kg.operations.transfer import Step, Transferred


class Transfers(Questions):
    """What can be done with a graph and another one."""

    def push(
        self,
        target: str | os.PathLike[str],
        *,
        force: bool = False,
        by: str | None = None,
        update_endpoint: str | None = None,
        step: Step | None = None,
    ) -> Transferred:
        """Let the store at `target` (a folder, an endpoint) hold what this one holds; what differs is sent.

        A folder that is not there is made. A server that was interrupted goes on with the same again. What the target
        holds is read back at the end: `differences` of the outcome are what it keeps otherwise. The target notes `by`
        whom. `update_endpoint` is where an endpoint that is the target takes updates, if that cannot be guessed. `step` is
        told what is being done, how many triples are done, and of how many. Raises DivergedError where the target holds what this store never did, unless `force` is given; nothing is written then.

        >>> import tempfile
        >>> from kg.knowledge_graph import KnowledgeGraph
        >>> with tempfile.TemporaryDirectory() as folder, KnowledgeGraph.open() as graph:
        ...     pushed = graph.push(Path(folder) / "copy")
        ...     graph.diff(Path(folder) / "copy").equal, pushed.differences
        (True, ())
        """
        from kg.operations.log import Act
        from kg.operations.transfer import transfer

        act = Act("push", by=by)
        if is_new(target, update_endpoint):
            from kg.operations.new_store import create_from

            store, made = create_from(bulk(self.store), Path(target), act, force=force, step=step)
            store.close()
            return made
        with self._other(target, writable=True, update_endpoint=update_endpoint) as other:
            return transfer(bulk(self.store), bulk(other.store), act, force=force, step=step)

    @classmethod
    def pull(
        cls,
        source: str | os.PathLike[str],
        target: str | os.PathLike[str] | None = None,
        *,
        force: bool = False,
        by: str | None = None,
        update_endpoint: str | None = None,
        step: Step | None = None,
    ) -> tuple[Self, Transferred]:
        """Let the store at `target` ($KG_STORE or .kg/ by default) hold what the one at `source` holds; and open it.

        Into a folder it is whole or not at all: a new one, or one commit. `update_endpoint` is where an
        endpoint at `target` takes updates. Raises as `push` does.
        """
        from kg.knowledge_graph import _named
        from kg.operations.log import Act
        from kg.operations.transfer import transfer

        with cls._other(source) as other:
            name = _named(target)
            act = Act("pull", (other.store.target,), by)
            if is_new(name, update_endpoint):
                from kg.operations.new_store import create_from

                store, made = create_from(bulk(other.store), Path(name), act, force=force, step=step)
                return cls(store), made
            graph = cls._other(name, writable=True, update_endpoint=update_endpoint)
            try:
                return graph, transfer(bulk(other.store), bulk(graph.store), act, force=force, step=step)
            except BaseException:
                graph.close()
                raise

    def diff(self, other: str | os.PathLike[str]) -> Diff:
        """How this graph and another one (a store, or a file as kg export writes it) differ.

        By claims, articles, additions and reference facts, and by what the resolved views hold.

        >>> import tempfile
        >>> from kg.knowledge_graph import KnowledgeGraph
        >>> with tempfile.TemporaryDirectory() as folder, KnowledgeGraph.open() as graph:
        ...     graph.export("turtle", Path(folder) / "view.ttl")
        ...     graph.diff(Path(folder) / "view.ttl").equal
        True
        """
        from kg.operations.diff import diff

        with self.comparable(other) as second:
            return diff(bulk(self.store), bulk(second.store))

    @classmethod
    def comparable(cls, target: str | os.PathLike[str]) -> Self:
        """The graph of a store, or of a file of triples, for reading. Raises StoreFormatError where there is none."""
        path = Path(target)
        if not is_address(target) and path.is_file():
            from kg.operations.diff import store_of_file

            return cls(store_of_file(path))
        return cls._other(target)

    @classmethod
    def _other(
        cls, target: str | os.PathLike[str], *, writable: bool = False, update_endpoint: str | None = None
    ) -> Self:
        """The graph at a target that has to be there already."""
        from kg.knowledge_graph import KnowledgeGraph

        if is_new(target, update_endpoint):
            raise StoreFormatError(
                "there is no store here",
                where=os.fspath(target),
                hint="name a folder or an endpoint that holds one",
            )
        return cls(KnowledgeGraph.open(target, writable=writable, update_endpoint=update_endpoint).store)


def is_new(target: str | os.PathLike[str], update_endpoint: str | None = None) -> bool:
    """Whether a target is a folder that is not there, or empty. Raises InputError where a folder is to have an address."""
    path = Path(target)
    return not is_address(target, update_endpoint) and (
        not path.exists() or (path.is_dir() and not any(path.iterdir()))
    )


def is_address(target: str | os.PathLike[str], update_endpoint: str | None = None) -> bool:
    """Whether a target is an endpoint, by its address or its name in kg.toml.

    >>> is_address("https://example.org/sparql"), is_address(".kg")
    (True, False)
    """
    from kg.knowledge_graph import _address

    return _address(os.fspath(target), update_endpoint) is not None


def bulk(store: Store) -> BulkStore:
    """A store as one that whole graphs can be moved into and out of."""
    return cast(BulkStore, store)
