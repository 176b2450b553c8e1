"""The graph that comes with the package: reference facts, and what the bundled articles say.

Parsing some 60,000 triples takes longer than most questions about them, so the resolved graph is kept as a
read-only store in the user's cache folder. Its name holds the version and a fingerprint of the bundled
files, so that it can never be out of date; it is built beside its place and renamed, so that it is never
half there, even if two processes build it at once. Where no cache can be written it lives in memory.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from kg import __version__
from kg.namespaces import REFERENCE_GRAPH
from kg.resources import files, folder
from kg.stores.oxigraph import FORMAT_VERSION, OxigraphStore

# More than one version may be in use, in environments of their own; the rest goes, least recently used first.
KEPT_ENTRIES: Final = 4
TARGET: Final = "the bundled graph"
REFERENCE_TARGET: Final = "the reference facts"
_DEFAULT: Final = DefaultGraph()


def open_bundled(*, articles: bool = True) -> OxigraphStore:
    """The bundled graph, for reading: from the cache, or else built, into the cache if that can be written.

    Without the articles it is the reference facts alone.

    >>> store = open_bundled()
    >>> store.query("ASK { smt:Planned a skos:Concept }")
    True
    >>> store.close()
    """
    entry = _entry(articles=articles)
    target = TARGET if articles else REFERENCE_TARGET
    if (entry / "CURRENT").exists():
        try:
            store = OxigraphStore.trusted(entry, target)
        except OSError:  # damaged, or removed this instant: build it anew
            _remove(entry)
        else:
            _touch(entry)
            return store
    quads = list(bundled_quads(articles=articles))
    try:
        _build(entry, quads)
        return OxigraphStore.trusted(entry, target)
    except OSError:
        store = OxigraphStore()
        store.inner.bulk_extend(quads)
        store.writable = False
        store.target = target
        return store


def copy_bundled(path: Path) -> bool:
    """Copy the cached graph into a new folder; False where there is no cache. A shortcut for making stores."""
    open_bundled().close()
    entry = _entry()
    if not (entry / "CURRENT").exists():
        return False
    from shutil import copytree, ignore_patterns

    copytree(entry, path, ignore=ignore_patterns("LOG*", "LOCK"))
    return True


def bundled_quads(*, articles: bool = True) -> Iterator[Quad]:
    """The quads of the bundled graph, resolved; without the articles only the reference facts.

    >>> any(quad.graph_name == REFERENCE_GRAPH for quad in bundled_quads(articles=False))
    True
    """
    from kg.resolution import resolve

    named = list(reference_quads())
    if articles:
        for path in files("graph", ".trig"):
            with path.open("rb") as stream:
                named += (q for q in parse(stream, RdfFormat.TRIG) if q.graph_name != _DEFAULT)
    yield from named
    for triple in resolve(named):
        yield Quad(triple.subject, triple.predicate, triple.object, _DEFAULT)


def reference_quads() -> Iterator[Quad]:
    """The curated facts, and the ontology, whose labels name kinds and statuses, in the reference graph.

    The alignments to other vocabularies stay outside: nothing here reasons with them, and they would add
    classes of others to the answers.
    """
    for path in [folder("ontology") / "summitry.ttl", *files("ontology/reference", ".ttl")]:
        with path.open("rb") as stream:
            for quad in parse(stream, RdfFormat.TURTLE):
                yield Quad(quad.subject, quad.predicate, quad.object, REFERENCE_GRAPH)


def fingerprint() -> str:
    """Changes when a bundled file does: a checksum of names, sizes and times, which costs no reading.

    >>> len(fingerprint())
    16
    """
    lines = [f"{FORMAT_VERSION} {folder('ontology')}"]
    for name in ("ontology", "ontology/reference", "graph"):
        with os.scandir(folder(name)) as entries:
            for entry in entries:
                if entry.name.endswith((".ttl", ".trig")):
                    stat = entry.stat()
                    lines.append(f"{name}/{entry.name} {stat.st_size} {stat.st_mtime_ns}")
    # How claims are resolved is part of the outcome, and in a checkout it changes more often than the facts.
    with os.scandir(Path(__file__).parent / "resolution") as entries:
        lines += [f"{e.name} {e.stat().st_mtime_ns}" for e in entries if e.name.endswith(".py")]
    data = "\n".join([lines[0], *sorted(lines[1:])]).encode()
    return f"{zlib.crc32(data):08x}{zlib.adler32(data):08x}"


def cache_folder() -> Path:
    """Where read-only copies are kept: $SUMMITRY_CACHE, or the place for caches of the platform.

    >>> cache_folder().is_absolute()
    True
    """
    environment = os.environ
    if chosen := environment.get("SUMMITRY_CACHE"):
        return Path(chosen).absolute()
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(base) / "summitry" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "summitry"
    base = environment.get("XDG_CACHE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".cache") / "summitry"


def _entry(*, articles: bool = True) -> Path:
    return cache_folder() / f"{'bundled' if articles else 'reference'}-{__version__}-{fingerprint()}"


def _build(entry: Path, quads: list[Quad]) -> None:
    import pyoxigraph

    entry.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    building = entry.with_name(f"{entry.name}.{os.getpid()}.tmp")
    try:
        store = pyoxigraph.Store(str(building))
        store.bulk_extend(quads)
        store.optimize()
        store.flush()
        del store
        try:
            building.rename(entry)
        except OSError:
            if not (entry / "CURRENT").exists():
                raise
            # another process was faster, and built the same
    finally:
        _remove(building)
    others = sorted(
        (path for path in entry.parent.glob(f"{entry.name.partition('-')[0]}-*") if path != entry),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in others[KEPT_ENTRIES - 1 :]:
        _remove(path)


def _touch(entry: Path) -> None:
    try:
        os.utime(entry)
    except OSError:
        return  # of another user, perhaps; then it is not ours to clear away either


def _remove(path: Path) -> None:
    from shutil import rmtree

    rmtree(path, ignore_errors=True)
