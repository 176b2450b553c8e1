"""Which states and organizations a noun phrase stands for: names, capitals, people for their states, "both sides"."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from kg.extraction.grammar import conjuncts
from kg.extraction.referent import StateReferent

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extraction.referents import Referents

_STATE_PAIR_NOUNS = frozenset(
    {
        "country",
        "nation",
        "state",
        "side",
        "party",
        "neighbour",
        "neighbor",
        "government",
        "capital",
        "people",
    }
)


class StateNouns:
    """Resolves the noun phrases of one reading to states; those that name people it asks `referents` for."""

    def __init__(self, referents: Referents) -> None:
        self.all = referents
        self.reading = referents.reading
        self.text = referents.text

    def states(self, token: Token) -> list[StateReferent]:
        """The states and organizations that a noun phrase and its conjuncts name, or "both sides" stands for."""
        out: list[StateReferent] = []
        for word in conjuncts(token):
            found = self._state(word)
            out += [f for f in found if all(f.iri != o.iri for o in out)]
        return out

    def _state(self, token: Token) -> list[StateReferent]:
        span = (token.idx, token.idx + len(token))
        mention = self.reading.person_at(token)
        if mention is not None:
            home = mention.person.home
            return [StateReferent(home, mention.start, mention.end)] if home is not None else []
        state = self.reading.state_at(token)
        if state is not None:
            return [StateReferent(state, *span)]
        organization = self.reading.organization_at(token)
        if organization is not None:
            return [StateReferent(organization.iri, *span)]
        if self._state_pair(token):
            return self.pair_before(token)
        if token.lower_ in {"their", "they", "both", "two"}:
            return self.pair_before(token)
        placed = self.reading.place_at(token)
        if placed is not None and placed.state is not None and self.reading.capital(placed):
            return [StateReferent(placed.state, placed.start, placed.end)]  # "Moscow and Beijing agreed"
        referents = self.all.one(token)
        return [StateReferent(r.person.home, r.start, r.end) for r in referents if r.person.home is not None]

    def _state_pair(self, token: Token) -> bool:
        two = any(c.lower_ in {"two", "both"} for c in token.children)
        return token.lemma_ in _STATE_PAIR_NOUNS and (two or token.lower_ in {"sides", "parties"})

    def pair_before(self, token: Token) -> list[StateReferent]:
        """The two states that "the two countries" stands for: the nearest pair told before it."""
        pairs = [p for p in self.state_pairs() if p[0].start < token.idx]
        return list(pairs[-1]) if pairs else []

    def state_pairs(self) -> list[tuple[StateReferent, StateReferent]]:
        """Pairs of states that the text puts together: "Sino-Russian", "between A and B", "A and B"."""
        located = [
            (m.start, m.end, s) for m in self.reading.matches
            if (s := self.reading.places.state_at(m.start)) is not None
        ]  # fmt: skip
        out = []
        for (start, end, first), (start2, end2, second) in itertools.pairwise(located):
            gap = self.text[end:start2]
            if first != second and re.fullmatch(r"[-–‑]| and (?:the )?|['’]s? .{0,40}? and (?:the )?", gap):
                out.append((StateReferent(first, start, end), StateReferent(second, start2, end2)))
        return out
