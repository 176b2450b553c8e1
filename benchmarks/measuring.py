"""Commands timed in turn, with the most memory that any of their processes held, and their ratio."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """How long a command took and how much memory all its processes held together, at most."""

    seconds: float
    megabytes: float


def timed(command: list[str], *, expect: tuple[int, ...] = (0,)) -> Run:
    """Run a command; raises CalledProcessError where it ends otherwise than expected."""
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
        most = 0.0
        while process.poll() is None:
            most = max(most, _held(process.pid))
            time.sleep(0.05)
        seconds = time.perf_counter() - begun
        if process.returncode not in expect:
            out.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, out.read())
    return Run(seconds, most)


def in_turn(
    ours: Callable[[], list[str]], theirs: Callable[[], list[str]], runs: int
) -> tuple[list[Run], list[Run], float]:
    """Two commands in turn, so that a drifting machine hits both; answers the median of the ratios too."""
    pairs = [(timed(ours()), timed(theirs())) for _ in range(runs)]
    ratio = statistics.median(a.seconds / b.seconds for a, b in pairs)
    return [a for a, _ in pairs], [b for _, b in pairs], ratio


def told(name: str, runs: list[Run]) -> str:
    """A line with the medians."""
    seconds = statistics.median(run.seconds for run in runs)
    return f"{seconds:9.2f} s {max(run.megabytes for run in runs):7.0f} MB  {name}"


def _held(session: int) -> float:
    """Resident memory of all processes of a session; pages that they share count once for each (Linux)."""
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
