"""Taking back the last commit, whatever it was."""

from __future__ import annotations

from kg.errors import NotFoundError, StoreError
from kg.operations.change import whole_change, write
from kg.operations.delta import unpacked
from kg.operations.log import Act, Commit, deltas, log
from kg.stores.base import Store


def undo(store: Store, *, by: str | None = None) -> tuple[Commit, Commit]:
    """Take back the last commit, and answer it and the commit that took it back; to undo that one makes it again.

    Nothing is checked: the graph was as it will be. Raises NotFoundError where there is nothing to take back.
    """
    last = next(iter(log(store, 1)), None)
    if last is None:
        raise NotFoundError(
            "there is no commit to take back", where=store.target, hint="kg log shows commits"
        )
    pieces = deltas(store, last.number)
    if not pieces:
        raise StoreError(f"what it takes to undo commit {last.number} is not there", where=store.target)
    come, gone = unpacked(store, pieces)
    insert, delete = whole_change(store, gone, come)
    what = last.command if last.undoes is None else f"undo {last.undoes}"
    write(store, insert, delete, Act(f"undo {last.number} ({what})", last.things, by, last.number))
    return last, log(store, 1)[0]
