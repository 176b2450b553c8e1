"""Interrupts while a change is made: heard before the engine has it, and afterwards only when readers see it too."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Final, Self, TypeVar

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_LATE: Final = "too late: the change is already in the store, whole"
_T = TypeVar("_T")


@contextmanager
def withheld() -> Iterator[None]:
    """Start processes in here: they never see Ctrl-C, which their parent hears afterwards and ends them.

    A terminal sends it to all of them, and one that has only begun would answer it with a traceback.

    >>> with withheld():
    ...     pass
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Held:
    """A block in which Ctrl-C and SIGTERM wait, where they would raise something in the main thread.

    They are heard between two things of `heard`, and at the end of the block. Where `late` is set by then, what they
    raise says so.

    >>> with Held() as interrupts:
    ...     list(interrupts.heard("ab"))
    ['a', 'b']
    """

    def __init__(self) -> None:
        self.late = False
        self._before: dict[int, Callable[[int, FrameType | None], Any]] = {}
        self._came: list[int] = []

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in _SIGNALS:
                handler = signal.getsignal(number)
                if callable(handler):  # what is ignored stays so, and what ends the process at once, too
                    self._before[number] = handler
                    signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if error is None:
            self._hear()

    def heard(self, things: Iterable[_T]) -> Iterator[_T]:
        """The same things; an interrupt comes between two of them."""
        for thing in things:
            if self._came:
                self._hear()
            yield thing
        self._hear()

    def _note(self, number: int, _: FrameType | None) -> None:
        self._came.append(number)

    def _hear(self) -> None:
        while self._came:
            number = self._came.pop()
            try:
                self._before[number](number, None)
            except KeyboardInterrupt as error:
                error.args = (_LATE,) if self.late else ()
                raise
