"""An event as it is told under one name: who, where, when, and how the articles that tell it put it.

What is told under several names may still be one event; `matching` says when, `joining` draws the conclusion.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.namespaces import ID, RDFS, SCHEMA, SMT
from kg.resolution.evidence import Evidence, Scales, best
from kg.resolution.rules import HAPPENED, LEFT_OUT, OFF
from kg.resolution.sources import DEFAULT, Source, is_claim, is_curated
from kg.stores.base import Term

Key: TypeAlias = tuple[tuple[NamedNode, Term], ...]
"""Who takes part in what role."""
KINDS: Final = ("visit", "meeting", "summit", "agreement", "invitation")
# What the names of each kind have in common when they may mean one event. Where `True`, all of the values
# have to be the same; otherwise one shared value will do.
ROLES: Final[dict[str, tuple[tuple[NamedNode, bool], ...]]] = {
    "visit": ((SMT.visitor, False), (SMT.hostState, False)),
    "meeting": ((SMT.participant, True),),
    "summit": ((SCHEMA.organizer, False),),
    "agreement": ((SMT.party, True),),
    "invitation": ((SMT.inviter, True), (SMT.invitee, True)),
}
_LENGTH = len(ID)
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_NOBODY: Final[frozenset[Term]] = frozenset()


def kind_of(thing: object) -> str | None:
    """Which kind of thing that articles may tell under several names this is, by its IRI; None for others.

    >>> kind_of(NamedNode(ID + "visit/one")), kind_of(NamedNode(ID + "state/FR"))
    ('visit', None)
    """
    if not isinstance(thing, NamedNode) or not thing.value.startswith(ID):
        return None
    kind = thing.value[_LENGTH : thing.value.find("/", _LENGTH)]
    return kind if kind in KINDS else None


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a date may mean, first and last, as ordinal numbers.

    >>> Days.of("2024-02").last - Days.of("2024-02").first
    28
    >>> Days.of("soon") is None
    True
    """

    first: int
    last: int

    @classmethod
    def of(cls, text: str) -> Days | None:
        """The days of a day, a month or a year in ISO form, whatever follows; None for anything else."""
        match = _DATE.match(text)
        if match is None:
            return None
        year, month, day = (int(part) for part in f"{match[0]}-0-0".split("-")[:3])
        try:
            first = date(year, month or 1, day or 1)
            last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
        except ValueError:
            return None
        return cls(first.toordinal(), last.toordinal())


@dataclass(frozen=True, slots=True)
class Told:
    """What is told under one name. Times of publication are ordinal numbers of days.

    `rank` orders by precision: a day of something that took place (0), another day (1), a month (2), a year (3),
    no date (4); what is only denied or held possible comes last (10 more), for it must not decide about the rest.
    """

    name: NamedNode
    kind: str
    rank: int
    values: dict[NamedNode, frozenset[Term]]
    start: str
    days: Days | None
    until: int
    planned: tuple[int, ...]
    happened: tuple[int, ...]
    off: tuple[int, ...]
    articles: frozenset[str]
    curated: bool

    def of(self, predicate: NamedNode) -> frozenset[Term]:
        """The values of a property."""
        return self.values.get(predicate, _NOBODY)

    @property
    def precision(self) -> int:
        """3 for a day, 2 for a month, 1 for a year, 0 for no date."""
        return 0 if self.days is None else self.start.count("-") + 1

    @property
    def first(self) -> int | None:
        """When it was first told."""
        return min((*self.planned, *self.happened, *self.off), default=None)


class Telling:
    """Reads what is told under names from a source; remembers it."""

    def __init__(self, source: Source, scales: Scales) -> None:
        self._source, self._scales = source, scales
        self._told: dict[NamedNode, Told | None] = {}
        self._fellows: dict[tuple[str, Key], set[NamedNode]] = {}

    def told(self, name: NamedNode) -> Told | None:
        """What is told under a name; None where nothing live is."""
        if name not in self._told:
            self._told[name] = self._read(name)
        return self._told[name]

    @staticmethod
    def keys(told: Told) -> list[Key]:
        """What other names of the kind may share with this one: each a choice of those who take part."""
        keys: list[Key] = [()]
        for role, whole in ROLES[told.kind]:
            values = sorted(told.of(role), key=str)
            if not values:
                return []
            if whole:
                keys = [(*key, *((role, value) for value in values)) for key in keys]
            else:
                keys = [(*key, (role, value)) for key in keys for value in values]
        return keys

    def sharing(self, kind: str, key: Key) -> set[NamedNode]:
        """The names of a kind under which all of a key is told."""
        if (kind, key) not in self._fellows:
            self._fellows[kind, key] = set(self._sharing(kind, *key))
        return self._fellows[kind, key]

    def _sharing(
        self, kind: str, first: tuple[NamedNode, Term], *others: tuple[NamedNode, Term]
    ) -> Iterator[NamedNode]:
        names = {q.subject for q in self._source.quads(None, *first) if q.graph_name != DEFAULT}
        for name in names:
            if (
                isinstance(name, NamedNode)
                and kind_of(name) == kind
                and all(
                    any(q.graph_name != DEFAULT for q in self._source.quads(name, *pair)) for pair in others
                )
            ):
                yield name

    def _read(self, name: NamedNode) -> Told | None:
        kind = kind_of(name)
        if kind is None:
            return None
        curated: dict[NamedNode, set[Term]] = {}
        loud: dict[NamedNode, dict[Term, list[Evidence]]] = {}
        silent: dict[NamedNode, dict[Term, list[Evidence]]] = {}
        for quad in self._source.quads(name):
            graph = quad.graph_name
            if is_curated(graph):
                curated.setdefault(quad.predicate, set()).add(quad.object)
            elif isinstance(graph, NamedNode) and is_claim(graph):
                evidence = self._scales.weigh(graph)
                if evidence is not None:
                    claimed = silent if evidence.modality in LEFT_OUT else loud
                    claimed.setdefault(quad.predicate, {}).setdefault(quad.object, []).append(evidence)
        claimed = loud or silent
        if not claimed and not curated:
            return None
        values = {predicate: frozenset(support) for predicate, support in claimed.items()}
        values |= {p: frozenset(found) | values.get(p, _NOBODY) for p, found in curated.items()}
        start, days = self._date(SMT.signedOn if kind == "agreement" else SCHEMA.startDate, curated, claimed)
        _, end = self._date(SCHEMA.endDate, curated, claimed)
        planned, happened, off, articles = self._publications(name, bool(loud))
        took_place = bool(happened) or bool(curated.get(SMT.status, set()) & HAPPENED)
        precision = 0 if days is None else start.count("-") + 1
        rank = {3: 0 if took_place else 1, 2: 2, 1: 3, 0: 4}[precision]
        if kind == "invitation":
            rank = 3 if values.get(SMT.invitedTo) else 4
        return Told(
            name,
            kind,
            rank if loud or curated else rank + 10,
            values,
            start,
            days,
            until=max(end.last if end and end.first == end.last else 0, days.first if days else 0),
            planned=planned,
            happened=happened,
            off=off,
            articles=articles,
            curated=bool(curated),
        )

    @staticmethod
    def _date(
        predicate: NamedNode,
        curated: dict[NamedNode, set[Term]],
        claimed: dict[NamedNode, dict[Term, list[Evidence]]],
    ) -> tuple[str, Days | None]:
        if found := curated.get(predicate):
            value = min(found, key=str)
        elif support := claimed.get(predicate):
            value = best(support, refine=True)
        else:
            return "", None
        text = value.value[:10] if isinstance(value, Literal) else ""
        return text, Days.of(text)

    def _publications(
        self, name: NamedNode, loud: bool
    ) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], frozenset[str]]:
        found: dict[str, set[int]] = {"planned": set(), "happened": set(), "off": set()}
        articles: set[str] = set()
        for quad in self._source.quads(None, SCHEMA.about, name):
            if quad.graph_name == DEFAULT or not isinstance(quad.subject, NamedNode):
                continue
            evidence = self._scales.weigh(quad.subject)
            if evidence is None:
                continue
            articles.add(evidence.article)
            day = Days.of(evidence.published[:10])
            how = evidence.modality
            if day is not None and not (loud and how in LEFT_OUT):
                # A denial is like a calling off: it makes sense only of what was told before.
                no = how in OFF or how in LEFT_OUT
                found["happened" if how in HAPPENED else "off" if no else "planned"].add(day.first)
        planned, happened, off = (tuple(sorted(days)) for days in found.values())
        return planned, happened, off, frozenset(articles)


def title(told: Told) -> frozenset[str]:
    """What tells the title or topic of an agreement from others: its words in lower case, without those that
    any agreement might have.
    """
    texts = told.of(RDFS.label) | told.of(SMT.topic)
    words = re.findall(r"[^\W_]+", " ".join(t.value for t in texts if isinstance(t, Literal)).casefold())
    return frozenset(word.removesuffix("s") for word in words if word not in _GENERIC)


_ANY = """a an the of on in for to and with between new its their agreement agreements memorandum memoranda
memorandums understanding deal deals pact pacts accord accords treaty treaties protocol protocols contract contracts
document documents declaration declarations joint statement statements"""
_GENERIC: Final = frozenset(_ANY.split())
