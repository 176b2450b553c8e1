"""What the rules hand on: candidates for events, each value with the words that it was read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from pyoxigraph import NamedNode

from kg.extraction.modality import Mood
from kg.extraction.persons import Person
from kg.extraction.places import Placed

Content: TypeAlias = "Person | Placed | NamedNode | str | Candidate"


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """One value of a slot, the characters it was read from, and how it was worked out if not read literally."""

    content: Content
    start: int
    end: int
    note: str | None = None


@dataclass(slots=True, eq=False)
class Candidate:
    """One mention of an event: the rule and words that gave it away, its mood, and its slots.

    Slots of a visit: visitor, to, place, start, end, kind, host; of a meeting: participant, place, start, kind,
    topic; of a summit: organizer, place, start; of an invitation: inviter, invitee, to; of an agreement:
    party, kind, topic, signed; of an anniversary: between, ordinal, of.
    """

    kind: str
    rule: str
    start: int
    end: int
    mood: Mood
    slots: dict[str, list[Value]] = field(default_factory=dict)
    begun: bool = False
    over: bool = False
    confidence: float = 0.9
    within: Candidate | None = None
    joins: bool = False  # it only adds to a visit that other words tell

    def add(self, slot: str, content: Content | None, start: int, end: int, note: str | None = None) -> None:
        """Put a value into a slot; None is no value."""
        if content is not None and all(v.content != content for v in self.slots.get(slot, [])):
            self.slots.setdefault(slot, []).append(Value(content, start, end, note))

    def values(self, slot: str) -> list[Value]:
        """The values of a slot, in the order in which they were read."""
        return self.slots.get(slot, [])

    def first(self, slot: str) -> Value | None:
        """The first value of a slot."""
        return next(iter(self.slots.get(slot, [])), None)

    def people(self, slot: str) -> list[Person]:
        """The people in a slot."""
        return [v.content for v in self.values(slot) if isinstance(v.content, Person)]

    def span(self, low: int, high: int) -> tuple[int, int]:
        """The words of the mention: from the first to the last value between two offsets, the trigger included."""
        spans = [
            (v.start, v.end)
            for values in self.slots.values()
            for v in values
            if low <= v.start and v.end <= high
        ]
        return min([self.start, *(s for s, _ in spans)]), max([self.end, *(e for _, e in spans)])
