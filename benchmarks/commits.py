"""What a commit costs beside the engine's own work, what readers wait, and how much a delta takes. One run, ratios.

    python benchmarks/commits.py [QUADS...]          by default 10000 150000 1000000

For each size a store of that many quads: 40 commits of 30 quads in and 10 out, as `update` alone, with `flush` (what
makes a commit outlive a power failure), and as the store makes them, with a snapshot for readers. Then a third of
the store is deleted in one commit, and undone.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import ID, LOG_GRAPH
from kg.operations.change import write
from kg.operations.log import Act
from kg.operations.undo import undo
from kg.stores import folder
from kg.stores.oxigraph import OxigraphStore
from kg.stores.update_text import update_text

COMMITS = 40


def quads(size: int) -> Iterator[Quad]:
    """Things with five properties each, four things to an article graph."""
    for at in range(size):
        thing, graph = f"{ID}visit/{at // 5}", f"{ID}article/{at // 20}"
        yield Quad(
            NamedNode(thing), NamedNode(f"{ID}p{at % 5}"), Literal(f"value number {at}"), NamedNode(graph)
        )


def change(number: int) -> tuple[list[Quad], list[Quad]]:
    """A commit: (delete, insert)."""
    graph = NamedNode(f"{ID}article/new-{number}")
    new = [
        Quad(NamedNode(f"{ID}visit/n{number}"), NamedNode(f"{ID}p{n}"), Literal(f"{n}"), graph)
        for n in range(30)
    ]
    old = [Quad(q.subject, NamedNode(f"{ID}q"), Literal("x"), graph) for q in new[:10]]
    return old, new


def timed(do: Callable[[], Any]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    do()
    return 1000 * (time.perf_counter() - begun)


def measure(size: int, base: Path) -> None:
    """Print the table of one size."""
    path = base / str(size)
    OxigraphStore.create(path, quads(size)).close()
    bytes_before = folder.size(path)
    with OxigraphStore(path) as store:
        bare, flushed, whole, opened = [], [], [], []
        for number in range(COMMITS):
            text, _ = update_text(store.inner, *change(3 * number))
            bare.append(timed(lambda text=text: store.inner.update(text)))  # type: ignore[misc]
            text, _ = update_text(store.inner, *change(3 * number + 1))

            def secured(text: str = text) -> None:
                store.inner.update(text)
                store.inner.flush()

            flushed.append(timed(secured))
            delete, insert = change(3 * number + 2)
            whole.append(timed(lambda d=delete, i=insert: store.apply(delete=d, insert=i)))  # type: ignore[misc]
            opened.append(timed(lambda: OxigraphStore(path, writable=False).close()))
        tables = len(list((path / folder.DATABASE).glob("*.sst")))
        a, b, c = median(bare), median(flushed), median(whole)
        print(
            f"{size:>9,} quads | update {a:6.1f} ms | with flush {b:6.1f} ms | with snapshot {c:6.1f} ms "
            f"({c / b:.1f} x flush; longest {max(whole):.0f}) | reader opens in {median(opened):.1f} ms | "
            f"{tables} tables"
        )
        gone = [
            quad
            for number in range(size // 60)
            for quad in store.quads(graph=NamedNode(f"{ID}article/{number}"))
        ]
        forward = timed(lambda: write(store, [], gone, Act("retract")))
        delta = sum(len(str(q.object)) for q in store.quads(graph=LOG_GRAPH))
        raw = sum(len(str(q)) + 3 for q in gone)
        after = folder.size(path)
        back = timed(lambda: undo(store))
        print(
            f"          | {len(gone):,} quads out in {forward / 1000:.1f} s, undone in {back / 1000:.1f} s | delta "
            f"{delta / 1e6:.2f} MB for {raw / 1e6:.1f} MB of N-Quads ({delta / raw:.1%}) | store "
            f"{bytes_before / 1e6:.1f} MB before, {after / 1e6:.1f} after, {folder.size(path) / 1e6:.1f} undone"
        )


def main() -> None:
    """Measure the sizes that are given."""
    with tempfile.TemporaryDirectory() as base:
        for size in map(int, sys.argv[1:] or ["10000", "150000", "1000000"]):
            measure(size, Path(base))


if __name__ == "__main__":
    main()
