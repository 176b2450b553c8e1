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
from kg.operations.written_forms import Forms
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
        raw, canonical = _load(source, database, step)
        blank: set[GraphName] = set()
        with OxigraphStore.trusted(database, str(path)) as loaded:
            sizes = content_sizes(loaded)
            # What came in the form in which it is kept, each triple once, is there if there are as many.
            if canonical and sizes == {name: found.triples for name, found in raw.items()}:
                made.update(raw)
            else:
                made.update(fingerprints(loaded, sizes=sizes, blank=blank))
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
        inner.optimize()  # nothing, until there are quads that were not loaded
        inner.extend(meeting_quads(meeting_of(source, made, act)))
        inner.flush()
        return True

    store = OxigraphStore.create(path, template=fill)
    quads = sum(found.triples for found in made.values())
    return store, Transferred(
        source.target, str(path), quads, len(made), len(made), sent=quads, digest=digest_of(made)
    )


def _load(source: BulkStore, database: Path, step: Step | None) -> tuple[Fingerprints, bool]:
    """Load everything; answers the fingerprints of what came, as it came, and whether that is certainly how it is kept."""
    sizes = content_sizes(source)
    done, total = 0, sum(sizes.values())
    raw: Fingerprints = {}
    inner = ox.Store(str(database))
    pieces = source.dataset_bytes()
    if pieces is not None:
        together = _Together(
            by_graph(pieces, sizes), lambda done: step("loading", min(done, total), total) if step else None
        )
        inner.bulk_load(_file(together.pieces()), format=RdfFormat.N_QUADS)
        inner.flush()
        return together.found, together.forms.are_canonical()
    for names in batches(sizes):
        if is_large(names[0], sizes):
            single = _Single(source.graph_bytes(names[0]))
            inner.bulk_load(_file(single.pieces()), format=RdfFormat.N_TRIPLES, to_graph=names[0])
            raw[names[0]] = single.found
        else:
            found = contents(source, names)
            raw |= {name: fingerprint(map(line, quads)) for name, quads in found.items() if quads}
            inner.bulk_extend([quad for quads in found.values() for quad in quads])
        done += sum(sizes[name] for name in names)
        if step:
            step("loading", done, total)
    inner.flush()
    return raw, False


def _file(pieces: Iterator[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", _Pieces(pieces))


class _Pieces:
    """Pieces of bytes as a file that the engine can read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = b""
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; none at the end."""
        while self._at == len(self._piece):
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._piece, self._at = piece, 0
        end = len(self._piece) if size < 0 else self._at + size
        out = self._piece[self._at : end]
        self._at += len(out)
        return out


class _Together:
    """Lines by graph as pieces of N-Quads, with the fingerprints of what came, and the forms in which it was written."""

    def __init__(self, lines: Iterator[Lines], tell: Callable[[int], None]) -> None:
        self.found: Fingerprints = {}
        self.forms = Forms()
        self._lines, self._tell = lines, tell

    def pieces(self) -> Iterator[bytes]:
        """Everything, once."""
        done = 0
        for lines in self._lines:
            for name, texts in lines.items():
                self.found[name] = fingerprint(texts, self.found.get(name, NOTHING))
                done += len(texts)
            self.forms.look([text for texts in lines.values() for text in texts])
            self._tell(done)
            yield joined(lines)


class _Single:
    """Pieces of N-Triples, with the fingerprint of what came."""

    def __init__(self, given: Iterator[bytes]) -> None:
        self.found = NOTHING
        self._given = given

    def pieces(self) -> Iterator[bytes]:
        """Everything, once."""
        rest = b""
        for piece in self._given:
            *whole, rest = (rest + piece).split(b"\n")
            self.found = fingerprint([text[:-2] for text in whole], self.found)
            yield piece
