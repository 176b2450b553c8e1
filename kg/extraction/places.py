"""Places and states in a text, each with the state it lies in.

A name may be a state, a city, or several cities of one name; the context decides: states that the text names, then
size. A place that the reference does not know is kept under its own name, in the state that the text gives it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.extraction.lexicon import DIRECTIONS
from kg.extraction.names import Entity, NameMatch, Names


@dataclass(frozen=True, slots=True)
class Placed:
    """A location: a place (None where only the state is named), its state, and where the text says so."""

    start: int
    end: int
    label: str
    place: NamedNode | None
    state: NamedNode | None
    known_state: bool = False


class PlaceFinder:
    """Decides what each place name of one text means."""

    def __init__(
        self, text: str, names: Names, matches: list[NameMatch], unknown: list[tuple[int, int]]
    ) -> None:
        self.text = text
        self.names = names
        self.matches = matches
        self._states: dict[int, NamedNode] = {}
        self._placed: dict[int, Placed] = {}
        self._named: Counter[NamedNode] = Counter()
        self._mentioned: list[Placed] = []
        self._size = -1  # of what `_mentioned` was made of; names are only added or taken away
        for match in matches:
            states = {s.entity.iri for s in match.senses if s.entity.kind == "state"}
            if len(states) == 1:
                self._named[next(iter(states))] += 1
        for match in matches:
            self._decide(match)
        taken = [(m.start, m.end) for m in matches]
        for start, end in unknown:
            if all(end <= s or start >= e for s, e in taken) and re.match(r"[A-ZÀ-Þ]", text[start:end]):
                self._unknown(start, end)

    def _decide(self, match: NameMatch) -> None:
        state = self._state(match)
        if state is not None:
            for at in range(match.start, match.end):
                self._states[at] = state.iri
        if state is not None and any(s.how == "name" and s.entity == state for s in match.senses):
            placed = Placed(match.start, match.end, match.text, None, state.iri, known_state=True)
        else:
            place = self._place(match)
            if place is None:
                return
            placed = Placed(
                match.start, match.end, match.text, place.iri, self.names.state_of_place.get(place.iri)
            )
        for at in range(match.start, match.end):
            self._placed[at] = placed

    def _state(self, match: NameMatch) -> Entity | None:
        states = {s.entity for s in match.senses if s.entity.kind == "state"}
        if len(states) > 1:  # "Congolese": the one that the text names elsewhere without doubt
            named = {s for s in states if self._named[s.iri]}
            states = named if len(named) == 1 else set()
        return next(iter(states)) if states else None

    def _place(self, match: NameMatch) -> Entity | None:
        places = {s.entity for s in match.senses if s.entity.kind == "place"}
        if not places:
            return None
        after = re.match(
            r",? (?:in )?(?:the )?(?:(?:" + "|".join(sorted(DIRECTIONS)) + r") )?", self.text[match.end :]
        )
        if after and after.group().strip():
            inside = next((m for m in self.matches if m.start == match.end + after.end()), None)
            state = self._state(inside) if inside else None
            here = {p for p in places if state and self.names.state_of_place.get(p.iri) == state.iri}
            places = here or places
        return max(
            places,
            key=lambda p: (
                p.iri in self.names.capital_of,
                self._named[self.names.state_of_place.get(p.iri, p.iri)] > 0
                and self.names.population.get(p.iri, 0) > 50_000,
                self.names.population.get(p.iri, 0),
                p.iri.value,
            ),
        )

    def _unknown(self, start: int, end: int) -> None:
        label = re.sub(r"^the |['’]s$", "", self.text[start:end])
        after = re.match(
            r",? (?:in |, )?(?:the )?(?:(?:" + "|".join(sorted(DIRECTIONS)) + r") )?", self.text[end:]
        )
        inside = next((m for m in self.matches if after and m.start == end + after.end()), None)
        state = self._state(inside) if inside else None
        placed = Placed(start, end, label, None, state.iri if state else None)
        if state is None or len(label) < 3:
            return
        for at in range(start, end):
            self._placed[at] = placed

    def without(self, spans: list[tuple[int, int]]) -> None:
        """Take back what lies inside the names of people ("Jordan" in "Michael Jordan")."""
        for start, end in spans:
            for at in range(start, end):
                self._placed.pop(at, None)
                self._states.pop(at, None)

    def learn(self, name: str, state: NamedNode) -> Placed:
        """Take a town that the reference does not know for one of a state, wherever the text names it."""
        found = [
            m
            for m in re.finditer(rf"\b{re.escape(name)}\b", self.text, re.IGNORECASE)
            if m.group()[0].isupper()
        ]
        label = next((m.group() for m in found if not m.group().isupper()), name.title())
        for match in found:
            for at in range(match.start(), match.end()):
                self._placed.setdefault(at, Placed(match.start(), match.end(), label, None, state))
        return (
            Placed(found[0].start(), found[0].end(), label, None, state)
            if found
            else Placed(0, 0, label, None, state)
        )

    def at(self, offset: int) -> Placed | None:
        """The location whose name covers an offset."""
        return self._placed.get(offset)

    def state_at(self, offset: int) -> NamedNode | None:
        """The state whose name or demonym covers an offset."""
        return self._states.get(offset)

    def named(self, name: str) -> Placed | None:
        """The location of this name, wherever the text has it, or looked up by itself."""
        for placed in self._placed.values():
            if placed.label.casefold() == name.casefold():
                return placed
        for match in self.names.find(name):
            finder = PlaceFinder(name, self.names, [match], [])
            return finder.at(match.start)
        return None

    def mentioned(self) -> list[Placed]:
        """All locations, once for each name in the text, in order."""
        if len(self._placed) != self._size:
            self._mentioned = sorted(set(self._placed.values()), key=lambda p: p.start)
            self._size = len(self._placed)
        return self._mentioned
