"""Which names mean one event, worked out for all names that might, so that no order of reading matters.

The precise come first. Names that tell days are put together where their days are the same or next to each other.
Then what tells a month, a year, or no date at all joins the one event that it fits; what fits two joins none,
and so nothing vague ever links two events that contradict each other. Last comes what is denied or merely possible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from pyoxigraph import NamedNode

from kg.namespaces import SMT
from kg.resolution.evidence import Scales
from kg.resolution.matching import Match, alike, because, match
from kg.resolution.sources import Source
from kg.resolution.told import Key, Telling, Told, kind_of
from kg.stores.base import Term

_MONTH, _SILENT = 2, 10


class Joins:
    """The joined events of a source, found out where one asks; remembers what it found."""

    def __init__(self, source: Source, scales: Scales) -> None:
        self._telling = Telling(source, scales)
        self._names: dict[NamedNode, tuple[NamedNode, ...]] = {}
        self._pools: dict[NamedNode, list[Told]] = {}

    def __len__(self) -> int:
        """How many things are remembered."""
        return len(self._names) + len(self._pools)

    def canonical(self, thing: Term) -> Term:
        """The name under which the view keeps a thing: its own, unless it is told under several."""
        return self.names(thing)[0] if isinstance(thing, NamedNode) and kind_of(thing) else thing

    def names(self, thing: NamedNode) -> tuple[NamedNode, ...]:
        """All names of the event that goes by this name; that of the view first."""
        if kind_of(thing) is None:
            return (thing,)
        if thing not in self._names:
            told = self._pool(thing)
            for group in joined(told):
                names = tuple(member.name for member in group)
                self._names |= dict.fromkeys(names, names)
            self._names.setdefault(thing, (thing,))
        return self._names[thing]

    def pool(self, thing: NamedNode) -> set[NamedNode]:
        """The names that have a say in what this one is joined with, itself included."""
        return {thing, *(told.name for told in self._pool(thing))}

    def reason(self, name: NamedNode) -> str | None:
        """Why the articles that use this name mean the event of the view, in words; None where nothing is told."""
        told = {member.name: member for member in self._pool(name)}
        if name not in told:
            return None
        first, *rest = self.names(name)
        if name == first:
            return alike(told[name])
        links = [(match(told[name], told[other]), told[other]) for other in (first, *rest) if other != name]
        _, other = max(links, key=lambda link: link[0])  # of equals the first, which is nearest to the view's
        return because(told[name], other)

    def _pool(self, thing: NamedNode) -> list[Told]:
        if thing not in self._pools:
            self._pools[thing] = self._gathered(thing)
        return self._pools[thing]

    def _gathered(self, thing: NamedNode) -> list[Told]:
        found: dict[NamedNode, Told | None] = {}
        asked: set[tuple[str, Key]] = set()
        waiting = [thing]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            told = found[name] = self._telling.told(name)
            if told is not None:
                # Those who share a key lead to the same names: it is followed once.
                for key in self._telling.keys(told):
                    if (told.kind, key) not in asked:
                        asked.add((told.kind, key))
                        waiting += self._telling.sharing(told.kind, key)
        return [self._at_the_same(told) for told in found.values() if told is not None]

    def _at_the_same(self, told: Told) -> Told:
        """Invitations to one event under two names are to one event."""
        events = told.of(SMT.invitedTo)
        if told.kind != "invitation" or not events:
            return told
        return replace(
            told, values={**told.values, SMT.invitedTo: frozenset(self.canonical(event) for event in events)}
        )


def joined(names: Iterable[Told]) -> list[list[Told]]:
    """Names put into groups, each of which means one event; the first of a group names it.

    >>> joined([])
    []
    """
    clusters: list[_Cluster] = []
    ordered = sorted(
        names,
        key=lambda told: (told.rank, told.days.first if told.days else 0, told.first or 0, told.name.value),
    )
    for rank in sorted({told.rank for told in ordered}):
        level = [told for told in ordered if told.rank == rank]
        parties = list(_near(level)) if rank < _MONTH else [[told] for told in level]
        clusters += _assigned(parties, clusters)
    return [sorted(cluster.members, key=_standing) for cluster in clusters]


def _standing(told: Told) -> tuple[object, ...]:
    """Names that people chose come first, then those that tell most, then the earliest."""
    return (not told.curated, told.rank >= _SILENT, -told.precision, told.first or 0, told.name.value)


class _Cluster:
    """Names of one event so far."""

    def __init__(self, members: list[Told]) -> None:
        self.members: list[Told] = []
        self.articles: set[str] = set()
        self.curated = False
        self.anchors: list[Told] = []
        for member in members:
            self.add(member)

    def add(self, told: Told) -> None:
        self.members.append(told)
        self.articles |= told.articles
        self.curated = self.curated or told.curated
        # The vague are held against the precise: what these allow, the rest of a cluster cannot refuse.
        if told.rank <= _MONTH:
            self.anchors = [told, *(member for member in self.anchors if member.rank <= _MONTH)]
        elif not self.anchors:
            self.anchors = [told]

    def open_to(self, party: list[Told]) -> bool:
        """Whether nobody keeps one of the party apart from one of the cluster."""
        return not any(told.articles & self.articles or (told.curated and self.curated) for told in party)

    def takes(self, party: list[Told]) -> Match:
        """How a party stands to the cluster: as its best member does, unless one is of another event."""
        if not self.open_to(party):
            return Match.APART
        best = Match.OPEN
        for told in party:
            for anchor in self.anchors:
                found = match(told, anchor)
                if found is Match.APART:
                    return found
                best = max(best, found)
        return best


def _near(level: list[Told]) -> Iterator[list[Told]]:
    """Names that tell days, put together where these are next to each other, as long as none are of two events."""
    for least in (Match.NEAR, Match.SAME):
        rest: list[Told] = []
        for party in _linked(level, lambda a, b, least=least: match(a, b) >= least):  # type: ignore[misc]
            if all(match(a, b) is not Match.APART for a, b in combinations(party, 2)):
                yield party
            else:
                rest += party
        level = rest
    yield from ([told] for told in level)


def _linked(level: list[Told], link: Callable[[Told, Told], bool]) -> Iterator[list[Told]]:
    waiting = list(level)
    while waiting:
        party: list[Told] = []
        fringe = [waiting.pop(0)]
        while fringe:
            told = fringe.pop()
            party.append(told)
            linked = [link(told, other) for other in waiting]
            fringe += [other for other, yes in zip(waiting, linked, strict=True) if yes]
            waiting = [other for other, yes in zip(waiting, linked, strict=True) if not yes]
        yield party


def _assigned(parties: list[list[Told]], clusters: list[_Cluster]) -> list[_Cluster]:
    """Put each party into the one cluster that it fits; answers clusters for those that fit none or several."""
    wanted: list[tuple[list[Told], _Cluster]] = []
    fresh: list[_Cluster] = []
    alone: list[_Cluster] = []
    for party in parties:
        silent = party[0].rank >= _SILENT
        stands = [
            (cluster.takes(party), cluster) for cluster in clusters if cluster.members[0].rank < _SILENT
        ]
        fits = [cluster for how, cluster in stands if how > Match.OPEN]
        firm = [cluster for how, cluster in stands if how > Match.FITS]
        only = fits if len(fits) == 1 else firm
        if len(only) == 1:
            wanted.append((party, only[0]))
        elif fits or silent:
            alone.append(_Cluster(party))
        else:
            _gather(party, fresh)
    # Of two that somebody keeps apart only one can be the event, and which of them it is nobody knows.
    keepers: dict[int, Counter[str]] = {}
    for party, cluster in wanted:
        keepers.setdefault(id(cluster), Counter()).update(_keepers(party))
    for party, cluster in wanted:
        if any(keepers[id(cluster)][keeper] > 1 for keeper in _keepers(party)):
            alone.append(_Cluster(party))
        else:
            for told in party:
                cluster.add(told)
    return fresh + alone


def _keepers(party: list[Told]) -> set[str]:
    """Who keeps a party apart from others that they tell of too: articles, and people (the empty name)."""
    return {article for told in party for article in told.articles} | {"" for told in party if told.curated}


def _gather(party: list[Told], fresh: list[_Cluster]) -> None:
    """Of those of equal precision that fit nothing before, put together what fits; they come in order of time."""
    found: list[tuple[Match, _Cluster]] = []
    for cluster in fresh:
        ends = (cluster.members[0], cluster.members[-1])
        stands = [match(told, end) for told in party for end in ends]
        if Match.APART not in stands and stands[0] > Match.OPEN and cluster.open_to(party):
            found.append((stands[0], cluster))
    strongest = [cluster for how, cluster in found if how == max(how for how, _ in found)]
    if len(strongest) == 1:
        for told in party:
            strongest[0].add(told)
    else:
        fresh.append(_Cluster(party))
