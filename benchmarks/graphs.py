"""Graphs of any size in Summitry's own form, for measuring: reference facts, articles, claims, and the resolved view.

    python benchmarks/graphs.py SIZE (--store FOLDER | --nquads FILE) [--seed 1] [--faults 0.0]

SIZE is the number of quads, about: 10k, 100k, 1M. A large graph holds all reference facts; a small one holds those of a few states,
so that most of it is news. The resolved view is what `kg.resolution` makes of the named graphs (a test compares), and every
shape holds, unless `--faults` says what share of the stories is to break one. The same seed gives the same graph.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from benchmarks.stories import FAULTS, Side, Story
from kg.bundled import reference_quads
from kg.namespaces import ID, ORG, RDF, RDFS, SMT
from kg.resolution import resolve
from kg.stores.oxigraph import OxigraphStore

_UNITS = {"k": 1_000, "m": 1_000_000}
# Of so many quads the reference facts may be this share.
_REFERENCE = 0.4


def size_of(text: str) -> int:
    """The number that a size means.

    >>> size_of("10k"), size_of("1M"), size_of("500")
    (10000, 1000000, 500)
    """
    unit = _UNITS.get(text[-1:].lower(), 1)
    return int(float(text[:-1] if unit > 1 else text) * unit)


def graph(size: int, *, seed: int = 1, faults: float = 0.0) -> Iterator[Quad]:
    """The quads of a graph of about `size` quads: named graphs and resolved view; some may come twice."""
    facts = _Facts(int(size * _REFERENCE / 2))
    yield from facts.quads
    view = resolve(facts.quads)
    count = len(facts.quads) + len(view)
    seen = view
    yield from (Quad(t.subject, t.predicate, t.object) for t in view)
    for story in stories(facts.sides, seed=seed, faults=faults):
        told = story.quads()
        context = [quad for thing in _things(story) for quad in facts.about(thing)]
        fresh = resolve([*context, *told]) - seen
        # What stories share is about states and people: to remember these triples is enough.
        seen |= {t for t in fresh if not _is_of_story(t)}
        yield from told
        yield from (Quad(t.subject, t.predicate, t.object) for t in fresh)
        count += len(told) + len(fresh)
        if count >= size:
            return


def stories(sides: list[Side], *, seed: int = 1, faults: float = 0.0) -> Iterator[Story]:
    """Stories without end: each pair of states has one every three years, so that no two can be mixed up."""
    dice = random.Random(seed)
    number = 0
    start = date(1995, 1, 9)
    while True:
        pairs = list(combinations(range(len(sides)), 2))
        dice.shuffle(pairs)
        for pair in pairs:
            one, other = dice.sample(pair, 2)
            number += 1
            fault = dice.choice(FAULTS) if dice.random() < faults else None
            first = start + timedelta(dice.randrange(365))
            yield Story(number, sides[one], sides[other], first, random.Random(f"{seed}/{number}"), fault)
        start = date(start.year + 3, 1, 9)


def make_store(path: Path, size: int, *, seed: int = 1, faults: float = 0.0) -> int:
    """A store folder of such a graph; answers the number of its quads."""
    with OxigraphStore.create(path, graph(size, seed=seed, faults=faults)) as store:
        return len(store)


def make_nquads(path: Path, size: int, *, seed: int = 1, faults: float = 0.0) -> None:
    """A file of such a graph, in N-Quads."""
    serialize(graph(size, seed=seed, faults=faults), str(path), format=RdfFormat.N_QUADS)


class _Facts:
    """Reference facts, as many states of them as fit into `most` triples, with what hangs on these."""

    def __init__(self, most: int) -> None:
        everything = list(reference_quads())
        self._by_subject: dict[NamedNode, list[Quad]] = {}
        for quad in everything:
            self._by_subject.setdefault(quad.subject, []).append(quad)  # type: ignore[arg-type]
        states = sorted(self._of_type(SMT.State), key=lambda node: node.value)
        random.Random("states").shuffle(states)
        ordered = [side.state for side in map(self._side, states) if side]
        number = len(ordered)
        self.quads = everything
        if len(everything) > most:  # where a first guess begins: a share of what is not the ontology
            number = max(6, min(number, number * 4 * most // len(everything)))
            self.quads = self._only(set(ordered[:number]), everything)
        while len(self.quads) > most and number > 6:
            number = max(6, int(number * 0.8))
            self.quads = self._only(set(ordered[:number]), everything)
        self._by_subject = {}
        for quad in self.quads:
            self._by_subject.setdefault(quad.subject, []).append(quad)  # type: ignore[arg-type]
        self.sides = [side for side in map(self._side, ordered[:number]) if side]

    def about(self, thing: NamedNode) -> list[Quad]:
        return self._by_subject.get(thing, [])

    def _of_type(self, kind: NamedNode) -> list[NamedNode]:
        return [
            s
            for s, quads in self._by_subject.items()
            if any(q.predicate == RDF.type and q.object == kind for q in quads)
        ]

    def _values(self, thing: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        return sorted(
            (
                q.object
                for q in self.about(thing)
                if q.predicate == predicate and isinstance(q.object, NamedNode)
            ),
            key=lambda node: node.value,
        )

    def _name(self, thing: NamedNode) -> str:
        names = [
            q.object.value
            for q in self.about(thing)
            if q.predicate == RDFS.label and isinstance(q.object, Literal)
        ]
        return min(names, default="")

    def _in_office(self, quads: Iterable[Quad]) -> set[object]:
        quads = list(quads)
        past = {q.subject for q in quads if q.predicate == SMT.until}
        return {q.object for q in quads if q.predicate == ORG.member and q.subject not in past}

    def _side(self, state: NamedNode) -> Side | None:
        """A state as a story can use it: with one capital in it, and a leader who holds office nowhere else."""
        if not hasattr(self, "_leaders"):
            self._leaders: dict[NamedNode, list[tuple[NamedNode, NamedNode]]] = {}
            current = self._in_office(quad for quads in self._by_subject.values() for quad in quads)
            for person in self._of_type(SMT.Leader):
                offices = self._values(person, ORG.holds) if person in current else []
                posts = {post for office in offices for post in self._values(office, ORG.postIn)}
                if len(posts) == 1:
                    self._leaders.setdefault(posts.pop(), []).append((person, offices[0]))
        capitals = self._values(state, SMT.capital)
        leaders = sorted(self._leaders.get(state, []), key=lambda pair: pair[0].value)
        if not leaders or not capitals or self._values(capitals[0], SMT.inState) != [state]:
            return None
        leader, office = leaders[0]
        return Side(
            state, self._name(state), capitals[0], self._name(capitals[0]),
            leader, self._name(leader), office, self._name(office),
        )  # fmt: skip

    def _only(self, states: set[NamedNode], everything: Iterable[Quad]) -> list[Quad]:
        """The facts without other states, and without all that needs what is gone."""
        gone: set[NamedNode] = set(self._of_type(SMT.State)) - states
        # Of the past of a few states nothing is told either.
        everything = list(everything)
        gone |= {q.subject for q in everything if q.predicate == SMT.until}  # type: ignore[misc]
        current = self._in_office(everything)
        people = (*self._of_type(SMT.Leader), *self._of_type(SMT.Official))
        gone |= {person for person in people if person not in current}
        everything = [q for q in everything if q.subject not in gone]
        needed = {SMT.inState, ORG.postIn, SMT.inOffice, ORG.member, ORG.organization}
        left = list(everything)
        while True:
            lost = {
                q.subject for q in left
                if q.object in gone and q.predicate in needed and isinstance(q.subject, NamedNode)
            }  # fmt: skip
            # Somebody who holds no office any more is not missed.
            holders = {q.subject for q in left if q.predicate == ORG.holds and q.object not in gone}
            lost |= {q.subject for q in left if q.predicate == ORG.holds and q.subject not in holders}  # type: ignore[misc]
            if lost <= gone:
                break
            gone |= lost
            left = [q for q in left if q.subject not in gone]
        return [q for q in left if not (isinstance(q.object, NamedNode) and q.object in gone)]


def _things(story: Story) -> list[NamedNode]:
    return [
        thing
        for side in (story.guest, story.host)
        for thing in (side.state, side.capital, side.leader, side.office)
    ]


_SHARED = tuple(f"{ID}{kind}/" for kind in ("state", "place", "person", "office", "relation"))


def _is_of_story(triple: Triple) -> bool:
    return not (isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(_SHARED))


def main() -> None:
    """Write a graph."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("size", type=size_of)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--nquads", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0.0)
    given = parser.parse_args()
    if given.store is None and given.nquads is None:
        parser.error("where to: --store FOLDER or --nquads FILE")
    begun = time.perf_counter()
    if given.nquads is not None:
        make_nquads(given.nquads, given.size, seed=given.seed, faults=given.faults)
    if given.store is not None:
        print(make_store(given.store, given.size, seed=given.seed, faults=given.faults), "quads")
    print(f"{time.perf_counter() - begun:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
