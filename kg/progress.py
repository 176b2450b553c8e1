"""How far a long operation is, told to whoever listens: the layers that work do not know who that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

Listener: TypeAlias = Callable[[str, int, int | None], None]
"""Is told what is being done, how much of it is done, and of how much, where that is known."""

_listener: ContextVar[Listener | None] = ContextVar("who listens to progress", default=None)


def step(what: str, done: int, total: int | None = None) -> None:
    """Tell whoever listens; costs nothing to speak of where nobody does."""
    listener = _listener.get()
    if listener is not None:
        listener(what, done, total)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Until the end of the block, tell this listener.

    >>> with heard_by(lambda what, done, total: print(what, done, total)):
    ...     step("reading", 2, 3)
    reading 2 3
    """
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)
