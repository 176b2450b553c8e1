"""How far a long run has come: a line at the foot of the terminal, with the rate and the time that remains."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

_EVERY = 0.2  # seconds between two drawings
_WIDTH = 24


class Progress:
    """Counts steps, and draws them where standard error is a terminal and there is more than one.

    `total` is asked for once, and only where something is drawn: how many steps there will be, or None. `what` says
    what is being done.

    >>> with Progress(lambda: 3) as progress:
    ...     progress.step()
    >>> progress.done
    1
    """

    def __init__(self, total: Callable[[], int | None], *, unit: str = "", what: str = "") -> None:
        self.done = 0
        self._unit = unit
        self._what = what
        self._ask = total
        self._total: int | None = None
        self._shown = False
        self._drawn_at = 0.0
        self._began = 0.0
        self._live = False

    def __enter__(self) -> Progress:
        self._live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        if self._live:
            self._total = self._ask()
            self._live = self._total is None or self._total > 1
        self._began = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()
        self._live = False

    def step(self, number: int = 1) -> None:
        """One more is done, or several."""
        self.done += number
        if self._live and time.monotonic() - self._drawn_at >= _EVERY:
            self._draw()

    def at(self, what: str, done: int, total: int | None = None) -> None:
        """So much is done of what is being done now; something else begins anew."""
        if not self._live:
            return
        changed = what != self._what
        if changed:
            self._what, self._unit, self._began = what, "", time.monotonic()
        self.done, self._total = done, total
        if changed or time.monotonic() - self._drawn_at >= _EVERY:
            self._draw()

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Take the line away while something else is printed."""
        was = self._shown
        self._clear()
        yield
        if was:
            self._draw()

    def _draw(self) -> None:
        now = time.monotonic()
        self._drawn_at, self._shown = now, True
        text = line(self.done, self._total, now - self._began, self._unit)
        if self._what:
            text = f"{self._what}  {text}"
        # A line that is too long for the terminal would go on in the next, and could not be taken away.
        width = shutil.get_terminal_size().columns
        with suppress(OSError):
            width = os.get_terminal_size(sys.stderr.fileno()).columns or width
        print("\r\x1b[K" + text[: width - 1], end="", file=sys.stderr, flush=True)

    def _clear(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._shown = False


@contextmanager
def shown() -> Iterator[None]:
    """Draw what the block tells of its progress (kg.progress), and take it away at the end."""
    from kg.progress import heard_by

    with Progress(lambda: None) as progress, heard_by(progress.at):
        yield


def line(done: int, total: int | None, seconds: float, unit: str = "") -> str:
    """What is drawn: how many, how fast, how long it will still take.

    >>> line(50, 200, 10.0)
    '[######..................] 50/200  5.0/s  30 s left'
    >>> line(3, 2000, 0.1), line(4000, None, 0.1)
    ('[........................] 3/2,000', '4,000')
    >>> line(50, None, 100.0)
    '50  30/min'
    >>> line(50, None, 10.0, "thousand triples")
    '50 thousand triples  5.0/s'
    """
    # What is said of the first second would be said of nothing.
    rate = done / seconds if seconds >= 1 else 0.0
    speed = f"{rate:,.0f}/s" if rate >= 100 else f"{rate:.1f}/s" if rate >= 1 else f"{60 * rate:.0f}/min"
    speed = f"  {speed}" if rate else ""
    if total is None:
        return f"{done:,} {unit}".rstrip() + speed
    full = round(_WIDTH * min(1.0, done / total)) if total else _WIDTH
    left = f"  {_span((total - done) / rate)} left" if rate and done < total else ""
    return f"[{'#' * full}{'.' * (_WIDTH - full)}] {done:,}/{total:,}{speed}{left}"


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def count_articles(files: Sequence[str]) -> int | None:
    """How many articles files and folders hold, without reading more than the lines of JSON Lines; None for "-".

    >>> count_articles(["-"]) is None, count_articles(["a.txt", "b.html"])
    (True, 2)
    """
    from kg.articles.sources import SUFFIXES, files_of

    number = 0
    for name in files:
        if name == "-":
            return None
        path = Path(name)
        for file in files_of(path) if path.is_dir() else [path]:
            if SUFFIXES.get(file.suffix.lower()) == "jsonlines":
                try:
                    with file.open("rb") as stream:
                        number += sum(1 for text in stream if text.strip())
                except OSError:
                    number += 1
            else:
                number += 1
    return number
