"""An event of one article, as its mentions add up to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.claims import Modality
from kg.extraction.candidates import Candidate, Value
from kg.extraction.persons import Person
from kg.extraction.places import Placed


@dataclass(slots=True, eq=False)
class Event:
    """An event of this article: its mentions, and what they add up to."""

    kind: str
    mentions: list[Candidate]
    modality: Modality = Modality.PLANNED
    occasion: Event | None = None
    invited_to: Event | None = None
    at: Event | None = None
    derived: list[Derived] = field(default_factory=list)

    def values(self, slot: str) -> list[Value]:
        """The values of a slot over all mentions, each content once."""
        out: list[Value] = []
        for mention in self.mentions:
            for value in mention.values(slot):
                if all(value.content != o.content for o in out):
                    out.append(value)
        return out

    def people(self, slot: str) -> list[Person]:
        """The people in a slot over all mentions."""
        return [v.content for v in self.values(slot) if isinstance(v.content, Person)]

    def nodes(self, slot: str) -> list[NamedNode]:
        """The states and organizations in a slot over all mentions."""
        return [v.content for v in self.values(slot) if isinstance(v.content, NamedNode)]

    def date(self, slot: str) -> str | None:
        """The narrowest date in a slot, told or derived."""
        told = [str(v.content) for v in self.values(slot)] + [d.value for d in self.derived if d.slot == slot]
        return max(told, key=lambda d: (len(d), -told.index(d)), default=None)

    def place_labels(self) -> list[str]:
        """The names of the places told, in order."""
        return [v.content.label for v in self.values("place") if isinstance(v.content, Placed)]


@dataclass(frozen=True, slots=True)
class Derived:
    """A value that follows from words rather than standing in them, with the passages and how it follows."""

    slot: str
    value: str
    passages: tuple[tuple[int, int], ...]
    note: str


def compatible(a: str | None, b: str | None) -> bool:
    """Whether two dates may be the same: unknown, or one within the other.

    >>> compatible("2024-05", "2024-05-16"), compatible("2024-05-16", "2024-05-17"), compatible(None, "2024")
    (True, False, True)
    """
    return a is None or b is None or a.startswith(b) or b.startswith(a)
