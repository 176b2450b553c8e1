"""Validation of a store folder by several processes, each of which takes a share of the focus nodes and graphs.

Each process reads the folder for itself. They begin only when all of them see the same state of it; where a writer came in
between, they open it anew.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from kg.errors import KgError, StoreError
from kg.stores.interrupts import withheld
from kg.validation.report import Finding, Report

_TRIES = 5
# The count goes back this often: a message costs more than a small graph.
_EVERY = 20


def validate_folder(
    path: Path, jobs: int, *, folder: Path | None = None, step: Callable[[int, int], None] | None = None
) -> Report:
    """What `kg.validation.full.validate_store` finds, by `jobs` processes; the same for every number of them.

    Raises StoreError where the store cannot be read, does not keep still, or where a process ends unexpectedly.
    """
    for _ in range(_TRIES):
        report = _together(path, jobs, folder, step)
        if report is not None:
            return report
    raise StoreError(
        "the store changes faster than it can be read",
        where=str(path),
        hint="validate when nobody writes, or with --jobs 1",
    )


def _together(
    path: Path, jobs: int, folder: Path | None, step: Callable[[int, int], None] | None
) -> Report | None:
    # Spawned, not forked: the store has threads of its own, and a fork would leave them out.
    context = multiprocessing.get_context("spawn")
    workers = []
    ends: list[Connection] = []
    try:
        for number in range(jobs):
            ours, theirs = context.Pipe()
            worker = context.Process(target=_work, args=(theirs, path, number, jobs, folder), daemon=True)
            with withheld():
                worker.start()
            theirs.close()
            workers.append(worker)
            ends.append(ours)
        starts = [_received(end, path) for end in ends]
        if len({stamp for stamp, _ in starts}) > 1:
            return None
        for end in ends:
            end.send("go")
        return _gathered(ends, sum(total for _, total in starts), path, step)
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()


def _gathered(
    ends: list[Connection], total: int, path: Path, step: Callable[[int, int], None] | None
) -> Report:
    findings: list[Finding] = []
    done, open_ends = 0, list(ends)
    while open_ends:
        for end in wait(open_ends):
            assert isinstance(end, Connection)
            message = _received(end, path)
            if message is None:
                open_ends.remove(end)
                continue
            count, found = message
            done += count
            findings += found
            if step is not None:
                step(done, total)
    return Report.of(findings)


def _received(end: Connection, path: Path) -> Any:
    try:
        message = end.recv()
    except (EOFError, ConnectionError) as error:
        raise StoreError(
            "a process that validates ended unexpectedly",
            where=str(path),
            hint="there may be too little memory for so many: try fewer --jobs",
        ) from error
    if isinstance(message, tuple) and message[0] == "error":
        _, what, where, hint = message
        raise StoreError(what, where=where, hint=hint)
    return message


# -- in the workers --------------------------------------------------------------------------------------------


def _work(end: Connection, path: Path, number: int, jobs: int, folder: Path | None) -> None:
    """Do one share; an interrupt is left to the parent, and where that is gone the pipe breaks."""
    from kg.stores.oxigraph import OxigraphStore
    from kg.validation.full import Share

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with OxigraphStore(path, writable=False) as store:
            share = Share(store, number, jobs, folder=folder)
            end.send((share.stamp, share.total))
            end.recv()
            count, findings = 0, []
            for found in share.pieces():
                count += 1
                findings += found
                if count >= _EVERY:
                    end.send((count, findings))
                    count, findings = 0, []
            end.send((count, findings))
            end.send(None)
    except KgError as error:
        end.send(("error", error.what, error.where, error.hint))
    except (BrokenPipeError, EOFError):
        return
