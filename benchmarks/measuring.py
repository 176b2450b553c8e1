"""Commands timed in turn, with the most memory that any of their processes held; ratios against their targets."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.02  # seconds between two looks at a process


@dataclass(frozen=True)
class Run:
    """How long a command took, how long its processes had a processor, and how much memory they held together at most."""

    seconds: float
    cpu: float
    megabytes: float


@dataclass(frozen=True)
class Comparison:
    """Runs of two commands in turn."""

    ours: list[Run]
    theirs: list[Run]

    @property
    def wall(self) -> float:
        """The median of the ratios of the times on the clock."""
        return statistics.median(a.seconds / b.seconds for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def cpu(self) -> float:
        """The median of the ratios of the times of the processor, which other loads on the machine hardly change."""
        return statistics.median(a.cpu / b.cpu for a, b in zip(self.ours, self.theirs, strict=True))

    def told(self, ours: str, theirs: str) -> str:
        """Three lines: both, and the ratios."""
        return "\n".join(
            [
                told(ours, self.ours),
                told(theirs, self.theirs),
                f"{self.wall:9.3f} on the clock, {self.cpu:.3f} of CPU: ratio",
            ]
        )


@dataclass(frozen=True)
class Measured:
    """A number and what it should be: at most the target, or at least if it is `more` that is better.

    >>> Measured("a load", 1.06, 1.3).met, Measured("not tried", None, 1.3).met
    (True, None)
    """

    what: str
    value: float | None
    target: float
    unit: str = ""
    more: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where nothing was measured."""
        if self.value is None:
            return None
        return self.value >= self.target if self.more else self.value <= self.target


def table(rows: Iterable[Measured]) -> str:
    """What was measured, the targets, and whether they are met.

    >>> print(table([Measured("loading", 1.06, 1.3), Measured("the gate", 12, 10, " ms", note="busy")]))
    loading    1.06   at most 1.3    met
    the gate   12 ms  at most 10 ms  MISSED  busy
    """
    cells = [
        (
            row.what + " ",
            "-" if row.value is None else f"{_number(row.value)}{row.unit}",
            f"{'at least' if row.more else 'at most'} {_number(row.target)}{row.unit}",
            {True: "met", False: "MISSED", None: "not measured"}[row.met],
            row.note,
        )
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def timed(command: list[str], *, expect: tuple[int, ...] = (0,)) -> Run:
    """Run a command; raises CalledProcessError where it ends otherwise than expected."""
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
        most = 0.0
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            most = max(most, _held(process.pid))
            time.sleep(_PAUSE)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in expect:
            out.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, out.read())
    return Run(seconds, used.ru_utime + used.ru_stime, most)


def in_turn(ours: Callable[[], list[str]], theirs: Callable[[], list[str]], runs: int) -> Comparison:
    """Two commands in turn, so that a drifting machine hits both."""
    pairs = [(timed(ours()), timed(theirs())) for _ in range(runs)]
    return Comparison([a for a, _ in pairs], [b for _, b in pairs])


def told(name: str, runs: list[Run]) -> str:
    """A line with the medians, and the most memory."""
    seconds, cpu = (statistics.median(getattr(run, what) for run in runs) for what in ("seconds", "cpu"))
    return f"{seconds:9.2f} s {cpu:9.2f} s CPU {max(run.megabytes for run in runs):7.0f} MB  {name}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _held(session: int) -> float:
    """Resident memory of all processes of a session in MB; pages that they share count once for each (Linux)."""
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            pid = int(entry.name)
            if os.getsid(pid) == session:
                total += int((entry / "statm").read_text().split()[1])
        except (OSError, IndexError, ValueError):
            continue
    return total * os.sysconf("SC_PAGE_SIZE") / 1e6
