"""Articles read by worker processes, and handed on in their order.

Only the reading of an article is shared out; whoever asks for the results writes them to the store, one after
the other. What comes out is the same for every number of workers.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.stores.interrupts import withheld

if TYPE_CHECKING:
    from kg.articles import Article
    from kg.extraction import Extractor
    from kg.extraction.extractor import Extraction
    from kg.extraction.names import Names

# So many articles for each worker are read ahead: enough that none waits, few enough to stay in memory.
_AHEAD = 32


def read_all(
    articles: Iterable[Article],
    extractor: Extractor,
    jobs: int,
    known: Callable[[Article], bool],
) -> Iterator[tuple[Article, Extraction | None, bool]]:
    """Each article, in order, with what was read from it by one of `jobs` processes; None where it is known.

    The last of the three says whether what it states by itself was found to keep to the shapes.
    `known` is asked when an article comes in and, for a text that comes twice, again when its turn has come: by
    then the first may be in the store. Raises KgError where a worker process dies.

    >>> list(read_all([], None, 2, lambda article: False))
    []
    """
    waiting: deque[tuple[Article, Future[tuple[Extraction, bool]] | None]] = deque()
    under_way: set[str] = set()
    pool: ProcessPoolExecutor | None = None
    try:
        for article in articles:
            if article.sha256 in under_way or known(article):
                waiting.append((article, None))
            else:
                pool = pool or _pool(extractor.names, jobs)
                under_way.add(article.sha256)
                with withheld():  # it may start a process
                    waiting.append((article, pool.submit(_read, article)))
            if len(waiting) > jobs * _AHEAD:
                yield _result(*waiting.popleft(), under_way, extractor, known)
        while waiting:
            yield _result(*waiting.popleft(), under_way, extractor, known)
    except BrokenProcessPool as error:
        raise KgError(
            "a process that reads articles ended unexpectedly",
            hint="there may be too little memory for so many: try fewer --jobs; what was written stays",
        ) from error
    finally:
        if pool is not None:
            _end(pool)


def _result(
    article: Article,
    future: Future[tuple[Extraction, bool]] | None,
    under_way: set[str],
    extractor: Extractor,
    known: Callable[[Article], bool],
) -> tuple[Article, Extraction | None, bool]:
    if future is not None:
        under_way.discard(article.sha256)
        return article, *future.result()
    # The text came before in this run: unless that was refused, it is in the store now.
    return article, None if known(article) else extractor.read(article), False


def _pool(names: Names, jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the store has threads of its own, and a fork would leave them out.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(names,))


def _end(pool: ProcessPoolExecutor) -> None:
    """End the workers now: after an error nobody waits for what they still do."""
    pool.shutdown(wait=False, cancel_futures=True)
    for process in list((pool._processes or {}).values()):
        process.terminate()


# -- in the workers --------------------------------------------------------------------------------------------

_extractor: Extractor | None = None


def _start(names: Names) -> None:
    """Make a worker ready: it leaves an interrupt to its parent, and does not outlive it."""
    from kg.extraction import Extractor

    global _extractor
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _extractor = Extractor(names)
    _extractor.load()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _read(article: Article) -> tuple[Extraction, bool]:
    from kg.operations.ingest import quads_of
    from kg.validation.gate import is_sound

    assert _extractor is not None
    # The steps hold the parsed text, and only --explain needs them.
    extraction = replace(_extractor.read(article), steps=[])
    return extraction, is_sound(quads_of(article, extraction))
