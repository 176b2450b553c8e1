"""What a graph holds, in 32 bytes: the same in every store, whatever the order and the writing of literals.

Each triple is a line of N-Triples as Oxigraph keeps it: numbers, booleans and times in canonical form, language
tags in lower case, Unicode as it is. The SHA-256 of its lines are added up modulo 2^256: a sum needs no order, so that
a graph of any size is read once and never held. The number of triples is part of it.

The log of commits and what a store notes about itself (kg.operations.housekeeping) belong to the store and not
to what it holds; they have no fingerprint. Nor do they tell about an enemy: sums are for accidents.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import IO, Final, NamedTuple, TypeAlias

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat

from kg.namespaces import LOG_GRAPH, STORE_GRAPH
from kg.operations.housekeeping import is_housekeeping
from kg.operations.whole_dataset import by_graph, joined
from kg.stores.base import BulkStore, GraphName, Term

LARGE: Final = 20_000  # triples; larger graphs are read as text, piece by piece
_BATCH: Final = 50_000
_MODULUS: Final = 1 << 256
_DEFAULT: Final = DefaultGraph()
_ANY: Final = NamedNode("urn:p")
_number: Final = int.from_bytes


class Fingerprint(NamedTuple):
    """Of a graph: how many triples, and the sum of their digests."""

    triples: int
    total: int

    @property
    def digest(self) -> str:
        """The sum as 64 hexadecimal digits."""
        return f"{self.total:064x}"


Fingerprints: TypeAlias = dict[GraphName, Fingerprint]
Step: TypeAlias = Callable[[int, int], None]
NOTHING: Final = Fingerprint(0, 0)


def fingerprint(lines: Iterable[bytes], start: Fingerprint = NOTHING) -> Fingerprint:
    """Of lines of N-Triples without their full stops; blank ones do not count.

    >>> one, two = b'<urn:a> <urn:b> "c"', b'<urn:a> <urn:b> "d"'
    >>> fingerprint([one, two]) == fingerprint([two], fingerprint([one]))
    True
    """
    kept = [line for line in lines if line]
    total = sum([_number(sha256(line).digest(), "big") for line in kept])
    return Fingerprint(start.triples + len(kept), (start.total + total) % _MODULUS)


def fingerprints(
    store: BulkStore,
    graphs: Collection[GraphName] | None = None,
    *,
    sizes: Mapping[GraphName, int] | None = None,
    expected: Mapping[GraphName, Fingerprint] | None = None,
    step: Step | None = None,
    blank: set[GraphName] | None = None,
    keep: IO[bytes] | None = None,
) -> Fingerprints:
    """Of the graphs of a store (or some of them) that hold anything.

    A graph that has the `expected` fingerprint as the store writes it is not brought into canonical form first,
    which takes longer than everything else. `step` is told how many triples are read, of how many. Graphs with
    blank nodes are added to `blank`. Where all is read in one go, it is written into `keep` as N-Quads, but for the
    store's own graph. `sizes` are the content_sizes, for who has just asked for them.
    """
    expected = expected or {}
    sizes = content_sizes(store) if sizes is None else sizes
    everything = sum(sizes.values())
    if graphs is not None:
        sizes = {name: sizes[name] for name in graphs if name in sizes}
    if graphs is None or 2 * sum(sizes.values()) > everything:
        pieces = store.dataset_bytes()
        if pieces is not None:
            return _all(store, pieces, sizes, expected, blank, step, keep)
    return _some(store, sizes, expected, blank, step)


def _all(
    store: BulkStore,
    pieces: Iterable[bytes],
    sizes: Mapping[GraphName, int],
    expected: Mapping[GraphName, Fingerprint],
    blank: set[GraphName] | None,
    step: Step | None,
    keep: IO[bytes] | None,
) -> Fingerprints:
    """Of graphs that are read together, in one go; those that are not as expected once more, by themselves."""
    found: Fingerprints = {}
    again: set[GraphName] = set()
    done, total = 0, sum(sizes.values())
    for lines in by_graph(pieces, sizes):
        for name, texts in lines.items():
            found[name] = fingerprint(texts, found.get(name, NOTHING))
            done += len(texts)
            # One look at all of them: almost never there is anything to be found.
            if b"_:" in b"\n".join(texts) and any(map(_blank, texts)):
                again.add(name)
        if keep is not None:
            lines.pop(STORE_GRAPH, None)
            keep.write(joined(lines))
        if step:
            step(done, max(done, total))
    if not store.canonical:
        again |= sizes.keys()
    again = {name for name in again if found.get(name) != expected.get(name)}
    read_again = _some(store, {name: sizes[name] for name in again}, expected, blank, None)
    return {name: one for name, one in found.items() if name not in again} | read_again


def _some(
    store: BulkStore,
    sizes: Mapping[GraphName, int],
    expected: Mapping[GraphName, Fingerprint],
    blank: set[GraphName] | None,
    step: Step | None,
) -> Fingerprints:
    found: Fingerprints = {}
    done, total = 0, sum(sizes.values())
    for names in batches(sizes):
        if len(names) == 1 and is_large(names[0], sizes):
            made = _large(store, names[0], expected.get(names[0]), blank)
        else:
            made = _small(store, names, expected, blank)
        found |= {name: one for name, one in made.items() if one.triples}
        done += sum(sizes[name] for name in names)
        if step:
            step(done, total)
    return found


def digest_of(prints: Mapping[GraphName, Fingerprint]) -> str:
    """One digest for all graphs of a store.

    >>> digest_of({})[:8]
    'e3b0c442'
    """
    lines = sorted(f"{name} {one.triples} {one.digest}\n" for name, one in prints.items())
    return sha256("".join(lines).encode()).hexdigest()


def content_sizes(store: BulkStore) -> dict[GraphName, int]:
    """The sizes of the graphs that belong to what a store holds; notes are still counted in the store's own."""
    return {name: size for name, size in store.graph_sizes().items() if name != LOG_GRAPH and size}


def is_large(name: GraphName, sizes: Mapping[GraphName, int]) -> bool:
    """Whether a graph is read as text; never the one that has notes among its triples."""
    return sizes.get(name, 0) > LARGE and name != STORE_GRAPH


def batches(sizes: Mapping[GraphName, int]) -> Iterator[list[GraphName]]:
    """Graphs to be read together: the large ones each for itself, and the default graph last."""
    names: list[GraphName] = []
    number = 0
    large = []
    for name, size in sizes.items():
        if is_large(name, sizes):
            large.append(name)
            continue
        if names and number + size > _BATCH:
            yield names
            names, number = [], 0
        names.append(name)
        number += size
    if names:
        yield names
    yield from ([name] for name in sorted(large, key=lambda name: name == _DEFAULT))


def contents(store: BulkStore, graphs: Collection[GraphName]) -> dict[GraphName, list[Quad]]:
    """The quads of some graphs as the store has them, without what it notes about itself."""
    found: dict[GraphName, list[Quad]] = {}
    for quad in store.quads_of(graphs):
        found.setdefault(quad.graph_name, []).append(quad)
    if STORE_GRAPH in found:
        found[STORE_GRAPH] = [quad for quad in found[STORE_GRAPH] if not is_housekeeping(quad)]
    return found


def canonical(quads: Iterable[Quad]) -> set[Quad]:
    """Quads of one graph as Oxigraph keeps them, once each; blank nodes get names that depend on what they stand for."""
    store = ox.Store()
    store.extend(quads)
    kept = set(store)
    if has_blank_nodes(kept):
        from kg.export.terms import canonical as named

        return set(named(kept))
    return kept


def canonical_terms(terms: Iterable[Term]) -> list[Term]:
    """Objects of triples as Oxigraph keeps them, in the order in which they come.

    >>> from pyoxigraph import Literal
    >>> from kg.namespaces import XSD
    >>> [term.value for term in canonical_terms([Literal("07", datatype=XSD.integer), Literal("b")])]
    ['7', 'b']
    """
    waiting = list(terms)
    store = ox.Store()
    store.extend(Quad(NamedNode(f"urn:{n}"), _ANY, term) for n, term in enumerate(waiting))
    kept = {quad.subject.value: quad.object for quad in store}
    return [kept[f"urn:{n}"] for n in range(len(waiting))]


def line(quad: Quad) -> bytes:
    """The triple of a quad as N-Triples without the full stop."""
    return str(quad.triple).encode()


def lines_of(store: BulkStore, graph: GraphName) -> Iterator[list[bytes]]:
    """The lines of a graph without their full stops, as the store writes them, many at a time."""
    rest = b""
    for piece in store.graph_bytes(graph):
        *whole, rest = (rest + piece).split(b"\n")
        yield [_bare(text) for text in whole]
    yield [_bare(rest)]


def canonical_lines(store: BulkStore, graph: GraphName) -> set[bytes]:
    """The lines of a graph in canonical form, once each."""
    if store.canonical:
        found = {text for some in lines_of(store, graph) for text in some if text}
        if not any(map(_blank, found)):
            return found
    memory = ox.Store()
    memory.bulk_load(b"".join(store.graph_bytes(graph)), format=RdfFormat.N_TRIPLES)
    return {line(quad) for quad in canonical(memory)}


def _small(
    store: BulkStore,
    names: Collection[GraphName],
    expected: Mapping[GraphName, Fingerprint],
    blank: set[GraphName] | None,
) -> Fingerprints:
    made: Fingerprints = {}
    for name, quads in contents(store, names).items():
        texts = [line(quad) for quad in quads]
        made[name] = fingerprint(texts)
        if made[name] == expected.get(name):
            continue
        suspicious = any(map(_blank, texts))
        if suspicious and blank is not None and has_blank_nodes(quads):
            blank.add(name)
        if suspicious or not store.canonical:
            made[name] = fingerprint(map(line, canonical(quads)))
    return made


def _large(
    store: BulkStore, name: GraphName, expected: Fingerprint | None, blank: set[GraphName] | None
) -> Fingerprints:
    made, suspicious = NOTHING, []
    for texts in lines_of(store, name):
        made = fingerprint(texts, made)
        suspicious += [text for text in texts if _blank(text)]
    if made != expected and (suspicious or not store.canonical):
        made = fingerprint(canonical_lines(store, name))
        if blank is not None and has_blank_nodes(parsed(suspicious, name)):
            blank.add(name)
    return {name: made}


def parsed(lines: Iterable[bytes], graph: GraphName) -> list[Quad]:
    """Lines without their full stops as quads of a graph."""
    text = b"".join(line + b" .\n" for line in lines)
    triples = ox.parse(text, format=RdfFormat.N_TRIPLES)
    return [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]


def has_blank_nodes(quads: Iterable[Quad]) -> bool:
    """Whether any subject or object is a blank node."""
    return any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))


def _bare(text: bytes) -> bytes:
    return text[:-2] if text.endswith(b" .") else text.rstrip(b"\r\t .")


def _blank(text: bytes) -> bool:
    """Whether there may be a blank node in a line: a value that looks like one only makes it slower."""
    return b" _:" in text or text.startswith(b"_:")
