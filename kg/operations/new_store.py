"""A new folder that holds what another store holds: built beside its place with the fast loader, then renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox
from pyoxigraph import RdfFormat

from kg.errors import StoreError
from kg.operations.differences import differing
from kg.operations.fingerprints import (
    NOTHING,
    Fingerprints,
    batches,
    content_sizes,
    contents,
    digest_of,
    fingerprint,
    fingerprints,
    is_large,
    line,
)
from kg.operations.housekeeping import mark_of, meeting_quads, under_way
from kg.operations.log import Act
from kg.operations.moving import Step, meeting_of, moment, refuse_unfinished, refuse_written_meanwhile
from kg.operations.transfer import Transferred, refuse_blank_nodes
from kg.operations.whole_dataset import Lines, by_graph, joined
from kg.stores.base import BulkStore, GraphName
from kg.stores.oxigraph import OxigraphStore


def create_from(
    source: BulkStore, path: Path, act: Act, *, force: bool = False, step: Step | None = None
) -> tuple[OxigraphStore, Transferred]:
    """Make a store at `path` that holds what `source` holds, whole or not at all, and verified; open for writing.

    Raises StoreError where a transfer into the source is under way (unless `force`), or the source changes
    meanwhile; StoreFormatError where something is at `path`.
    """
    moving = mark_of(source)
    if moving is not None and not force:
        raise under_way(source, moving)
    if not force:
        refuse_unfinished(source)
    made: Fingerprints = {}

    def fill(database: Path) -> bool:
        before = moment(source)
        raw = _load(source, database, step)
        blank: set[GraphName] = set()
        with OxigraphStore.trusted(database, str(path)) as loaded:
            made.update(fingerprints(loaded, blank=blank))
        refuse_blank_nodes(blank, source)
        # What the source wrote in another form than Oxigraph's is read once more.
        again = differing(raw, made)
        if again and differing(
            fingerprints(source, again, expected=made), {name: made[name] for name in again if name in made}
        ):
            raise StoreError(
                "what arrived is not what it holds", where=source.target, hint=f"kg {act.command} once more"
            )
        refuse_written_meanwhile(source, before, act)
        inner = ox.Store(str(database))
        inner.extend(meeting_quads(meeting_of(source, made, act)))
        inner.optimize()
        inner.flush()
        return True

    store = OxigraphStore.create(path, template=fill)
    quads = sum(found.triples for found in made.values())
    return store, Transferred(
        source.target, str(path), quads, len(made), len(made), sent=quads, digest=digest_of(made)
    )


def _load(source: BulkStore, database: Path, step: Step | None) -> Fingerprints:
    """Load everything, and answer the fingerprints of what came, as it came."""
    sizes = content_sizes(source)
    done, total = 0, sum(sizes.values())
    raw: Fingerprints = {}
    inner = ox.Store(str(database))
    pieces = source.dataset_bytes()
    if pieces is not None:
        together = _Together(
            by_graph(pieces, sizes), lambda done: step("loading", min(done, total), total) if step else None
        )
        inner.bulk_load(cast("IO[bytes]", together), format=RdfFormat.N_QUADS)
        inner.flush()
        return together.found
    for names in batches(sizes):
        if is_large(names[0], sizes):
            reader = _Reader(source.graph_bytes(names[0]))
            inner.bulk_load(cast("IO[bytes]", reader), format=RdfFormat.N_TRIPLES, to_graph=names[0])
            raw[names[0]] = reader.found
        else:
            found = contents(source, names)
            raw |= {name: fingerprint(map(line, quads)) for name, quads in found.items() if quads}
            inner.bulk_extend([quad for quads in found.values() for quad in quads])
        done += sum(sizes[name] for name in names)
        if step:
            step("loading", done, total)
    inner.flush()
    return raw


class _Together:
    """Lines by graph as a file of N-Quads that the engine can read, with the fingerprints of what was read."""

    def __init__(self, lines: Iterator[Lines], tell: Callable[[int], None]) -> None:
        self.found: Fingerprints = {}
        self._lines, self._tell = lines, tell
        self._piece = b""
        self._done = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        while not self._piece:
            lines = next(self._lines, None)
            if lines is None:
                return b""
            for name, texts in lines.items():
                self.found[name] = fingerprint(texts, self.found.get(name, NOTHING))
                self._done += len(texts)
            self._tell(self._done)
            self._piece = joined(lines)
        end = len(self._piece) if size < 0 else size
        out, self._piece = self._piece[:end], self._piece[end:]
        return out


class _Reader:
    """Pieces of N-Triples as a file that the engine can read, with the fingerprint of what was read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.found = NOTHING
        self._pieces = pieces
        self._piece = self._line = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._piece = piece
            *whole, self._line = (self._line + piece).split(b"\n")
            self.found = fingerprint([text[:-2] for text in whole], self.found)
        end = len(self._piece) if size < 0 else size
        out, self._piece = self._piece[:end], self._piece[end:]
        return out
