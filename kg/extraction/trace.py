"""What each rule made of an article, step by step and in plain values: for people who extend the rules.

A step is a candidate that a rule made, with what became of it; or a place where a rule found one of its words and
then gave up; or a claim that no candidate stands behind (the office of a person, a date that was worked out).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg import identity
from kg.extraction.candidates import Candidate, Value
from kg.extraction.persons import Person
from kg.extraction.places import Placed

if TYPE_CHECKING:
    from kg.claims import Claim
    from kg.extraction.event import Event
    from kg.extraction.reading import Reading

_Key = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """A value of a candidate: the name of its slot, the value in words, where it stands, and how it follows.

    `later` is True for what was not in the words that the rule looked at, but was filled in from the rest of the text.
    """

    name: str
    value: str
    start: int
    end: int
    note: str | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one rule did at a place of the text.

    `kind` and `mood` are those of the candidate, empty where there was none yet; `outcome` is "kept" or "dropped" or
    "joined" (to an earlier mention), `why` says the reason for the last two; `claims` are the numbers of the claims
    that were made from it.
    """

    rule: str
    start: int
    end: int
    outcome: str
    why: str = ""
    kind: str = ""
    mood: str = ""
    slots: tuple[Slot, ...] = ()
    claims: tuple[int, ...] = ()


class Trace:
    """Watches the candidates of one article; made before they become events, because that changes them."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._candidates = list(candidates)
        self._own = [value for c in self._candidates for values in c.slots.values() for value in values]
        self._moods = {id(c): c.mood for c in self._candidates}

    def steps(
        self,
        reading: Reading,
        events: Iterable[Event],
        claims: Iterable[Claim],
        made: Mapping[int, int],
    ) -> list[Step]:
        """The steps in order of place. `made` has the number of the claim for the id of a mention."""
        mentions = [m for event in events for m in event.mentions]
        # A visit of people of two states is one candidate and two events: those are found by place.
        numbers: dict[_Key, list[int]] = {}
        for mention in mentions:
            if id(mention) in made:
                numbers.setdefault(_key(mention), []).append(made[id(mention)])
        known = {_key(c) for c in self._candidates}
        reasons: dict[_Key | int, tuple[str, str]] = {}
        steps = []
        for note in reading.notes:
            if note.outcome == "fired":
                continue  # the candidate says so itself
            if note.candidate is None:
                steps.append(Step(note.rule, note.start, note.end, note.outcome, note.why))
            elif _key(note.candidate) in known:
                reasons.setdefault(id(note.candidate), (note.outcome, note.why))
                reasons.setdefault(_key(note.candidate), (note.outcome, note.why))
            elif note.candidate.slots:  # of one without any value nothing was found that could be dropped
                steps.append(self._step(reading, note.candidate, note.outcome, note.why, ()))
        steps += [  # what follows from another event
            self._step(reading, mention, "kept", "", numbers.get(_key(mention), ()))
            for mention in mentions
            if _key(mention) not in known
        ]
        for candidate in self._candidates:
            own = [made[id(candidate)]] if id(candidate) in made else numbers.get(_key(candidate), [])
            outcome, why = reasons.get(id(candidate)) or (
                ("kept", "") if own else reasons.get(_key(candidate), ("kept", ""))
            )
            steps.append(self._step(reading, candidate, outcome, why, own))
        told = set(made.values())
        for claim in claims:
            if claim.number not in told:
                first = claim.passages[0]
                steps.append(Step(claim.rule or "", first.start, first.end, "kept", claims=(claim.number,)))
        return sorted(steps, key=lambda s: (s.start, s.end, s.rule, s.claims))

    def _step(
        self, reading: Reading, candidate: Candidate, outcome: str, why: str, claims: Iterable[int]
    ) -> Step:
        slots = tuple(
            Slot(name, _words(reading, value), value.start, value.end, value.note, self._is_later(candidate, value))
            for name, values in candidate.slots.items()
            for value in values
        )  # fmt: skip
        mood = self._moods.get(id(candidate), candidate.mood)
        return Step(
            candidate.rule, candidate.start, candidate.end, outcome, why, candidate.kind, mood.value, slots,
            tuple(sorted(claims)),
        )  # fmt: skip

    def _is_later(self, candidate: Candidate, value: Value) -> bool:
        return id(candidate) in self._moods and all(value is not own for own in self._own)


def _key(candidate: Candidate) -> _Key:
    return candidate.kind, candidate.rule, candidate.start, candidate.end


def _words(reading: Reading, value: Value) -> str:
    """A value as people call it."""
    content = value.content
    if isinstance(content, Person):
        return content.name
    if isinstance(content, Placed):
        return content.label
    if isinstance(content, NamedNode):
        entity = reading.names.entities.get(content)
        return entity.label if entity is not None else identity.local(content)
    return content if isinstance(content, str) else content.rule
