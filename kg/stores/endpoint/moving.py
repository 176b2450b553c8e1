"""Bringing a graph to a server in many requests, while changes of others are refused."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad

from kg.errors import StoreError
from kg.stores.base import GraphName
from kg.stores.endpoint.dataset import Dataset
from kg.stores.endpoint.layout import DEFAULT, Standing, pending_quad
from kg.stores.endpoint.updates import batches

if TYPE_CHECKING:
    from kg.stores.endpoint.changing import Changes
    from kg.stores.endpoint.transport import Transport

_MOVING: Final = "moving-"
"""What goes by a name that begins so is no change that another writer could finish."""


class Moving:
    """What EndpointStore has of RemoteStore."""

    transport: Transport
    target: str
    canonical = False
    _moving: str | None = None
    _moved_to: str | None = None

    @property
    def standing(self) -> Standing:
        """What the server said of the graph when it was last asked."""
        raise NotImplementedError

    @property
    def resolved(self) -> GraphName:
        """The graph in which the server keeps the resolved view."""
        raise NotImplementedError

    @property
    def changes(self) -> Changes:
        """What makes changes on the server."""
        raise NotImplementedError

    def reopen(self) -> None:
        """See what was committed since."""
        raise NotImplementedError

    def _whole(self) -> None:
        raise NotImplementedError

    def moment(self) -> object:
        """What the server says now of its last change."""
        self.reopen()
        return self.standing

    def unfinished(self) -> bool:
        """Whether a change is under way, or was cut off."""
        return self.standing.pending is not None

    def dataset_bytes(self) -> Iterator[bytes] | None:
        """All graphs as N-Quads in pieces; None where the server does not give that, or the view has a name there."""
        return self._dataset.get() if self.takes_dataset() else None

    def takes_dataset(self) -> bool:
        """Whether quads of many graphs can be inserted as N-Quads."""
        return self.resolved == DEFAULT and self._dataset.offered()

    def insert_dataset(self, data: bytes) -> None:
        """Insert N-Quads."""
        self._dataset.post(data)

    @cached_property
    def _dataset(self) -> Dataset:
        return Dataset(self.transport)

    def begin_moving(self, *, delete: Iterable[Quad], insert: Iterable[Quad]) -> None:
        """Make a first change, and a graph where none is; until the end changes of others are refused."""
        from kg.stores.endpoint import making
        from kg.stores.endpoint.store import EndpointStore

        assert isinstance(self, EndpointStore)
        if making.unmade(self.standing):
            making.begin(self)
        elif not (self.standing.pending or _MOVING).startswith(_MOVING):
            self._whole()
        was, old = self.standing.revision, self.standing.pending
        if len(self.standing.revisions) > 1:
            # Of what it held nothing is left in the end, so what went wrong there does not matter.
            self.changes.mend(self.standing.revisions)
        self._moving = f"{_MOVING}{uuid.uuid4().hex}"
        gone = [pending_quad(old)] if old is not None else []
        if was is not None:
            self._moved_to = self.changes.make(
                [*gone, *delete], [pending_quad(self._moving), *insert], was=was, becomes=self._moving
            )
        self.reopen()
        if self._moved_to is None:
            raise StoreError(
                "somebody else changed the graph at the same time; nothing was written",
                where=self.target,
                hint="try again",
            )

    def change_quads(self, *, delete: Iterable[Quad], insert: Iterable[Quad]) -> None:
        """Delete and then insert many quads, in batches, as long as nobody else has begun; no commit is recorded."""
        for text in batches(delete, insert, self.resolved, pending=self._moving):
            self.transport.update(text, again=True)

    def end_moving(self, *, delete: Iterable[Quad], insert: Iterable[Quad]) -> None:
        """Make a last change, and let others change the graph again. Raises StoreError where others have begun."""
        assert self._moving is not None
        assert self._moved_to is not None
        gone = [pending_quad(self._moving), *delete]
        made = self.changes.make(gone, list(insert), was=self._moved_to, becomes=uuid.uuid4().hex)
        self.reopen()
        if not made:
            raise StoreError(
                "another push or pull into it has begun meanwhile",
                where=self.target,
                hint="do it again after that",
            )
        self._moving = self._moved_to = None
