"""Who or which states a noun phrase stands for: names, pronouns, role nouns, "the two leaders", "both sides".

Where the text leaves a choice, nothing is returned: abstaining is an answer.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.extraction.grammar import conjuncts
from kg.extraction.lexicon import LEADER_TITLES, ROLE_NOUNS
from kg.extraction.names import fold
from kg.extraction.persons import Person
from kg.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Referent:
    """A person with the words that name or stand for them; resolved tells how, where it is not by name."""

    person: Person
    start: int
    end: int
    resolved: str | None = None


@dataclass(frozen=True, slots=True)
class StateReferent:
    """A state or organization with the words that name it."""

    iri: NamedNode
    start: int
    end: int


_PAIR_NOUNS = frozenset(
    {
        "leader",
        "president",
        "minister",
        "man",
        "premier",
        "counterpart",
        "head",
        "side",
        "pair",
        "official",
        "king",
        "chancellor",
    }
)
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


class Referents:
    """Resolves the noun phrases of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text

    # -- people --------------------------------------------------------------------------------

    def people(self, token: Token, lists: bool = True) -> list[Referent]:
        """The people that a noun phrase with this head stands for, with those coordinated with it."""
        out: list[Referent] = []
        for word in conjuncts(token) if lists else [token]:
            for referent in self._one(word):
                if all(r.person is not referent.person for r in out):
                    out.append(referent)
        return out

    def _one(self, token: Token) -> list[Referent]:
        mention = self.reading.person_at(token)
        if mention is not None:
            return [Referent(mention.person, mention.start, mention.end)]
        for child in token.children:  # "the host, President N.": a title in apposition
            if child.dep_ == "appos" and (found := self.reading.person_at(child)):
                return [Referent(found.person, found.start, found.end)]
        if token.lower_ in {"he", "she", "his", "her", "him", "himself", "herself", "who", "i", "my"}:
            return self._pronoun(token)
        if token.lower_ in {"they", "both", "their", "two", "pair", "them"} or self._plural_pair(token):
            return self._pair(token)
        return self._role(token)

    def _pronoun(self, token: Token) -> list[Referent]:
        if token.lower_ == "who":
            head = token.head.head
            return self._one(head) if head.i != token.i and head.dep_ != "ROOT" else []
        if token.lower_ in {"i", "my"}:
            return []
        span = (token.idx, token.idx + len(token))
        earlier = [m for m in self._mentions_before(token) if m[1].public]
        if not earlier:
            return []
        sentence = token.sent
        here = [m for m in earlier if m[0] >= sentence.start_char]
        subject = [m for m in here if self._is_subject(m[0])]
        pool = subject or ([] if len({id(p) for _, p in here}) > 1 else here)
        if not pool and not here:
            previous = list(self.reading.doc.sents)
            index = next(i for i, s in enumerate(previous) if s.start == sentence.start)
            if index:
                before = [m for m in earlier if m[0] >= previous[index - 1].start_char]
                subject = [m for m in before if self._is_subject(m[0])]
                pool = subject[:1] or (before if len({id(p) for _, p in before}) == 1 else [])
        if not pool:
            return []
        return [Referent(pool[-1][1], *span, resolved=f"“{token.text}” is {pool[-1][1].name}")]

    def _mentions_before(self, token: Token) -> list[tuple[int, Person]]:
        return sorted(
            ((m.start, p) for p in self.reading.people for m in p.mentions if m.end <= token.idx),
            key=lambda pair: pair[0],
        )

    def _is_subject(self, offset: int) -> bool:
        span = self.reading.doc.char_span(offset, offset + 1, alignment_mode="expand")
        if span is None:
            return False
        token = span.root
        while token.dep_ in {"compound", "appos", "flat", "nmod", "conj"} and token.head.i != token.i:
            token = token.head
        return token.dep_ in {"nsubj", "nsubjpass", "poss"} and token.head.dep_ != "relcl"

    def _role(self, token: Token) -> list[Referent]:
        """ "the president", "the Russian leader", "the premier", "the visiting minister", "his host"."""
        start, end = self._phrase(token)
        words = fold(self.text[start:end])
        key = next(
            (k for k in sorted(ROLE_NOUNS, key=len, reverse=True) if re.search(rf"\b{k}$", words)), None
        )
        state = next(
            (s for t in token.subtree if t.idx < token.idx and (s := self.reading.state_at(t))), None
        )
        if key is None and not re.search(r"\b(leader|host|guest|ruler|visitor)$", words):
            return []
        if not re.match(r"(the|his|her|its|their|visiting)\b|[a-z]+n\b", words) and state is None:
            return []
        people = [p for _, p in self._mentions_before(token)]
        people = list(dict.fromkeys(reversed(people)))
        if key is not None:
            titles = ROLE_NOUNS[key]
            people = [p for p in people if p.titles & titles]
        else:
            people = [p for p in people if p.titles & LEADER_TITLES]
        if state is not None:
            people = [p for p in people if p.home == state]
        elif len({id(p) for p in people}) > 1:
            return []
        if not people:
            return []
        return [Referent(people[0], start, end, resolved=f"“{self.text[start:end]}” is {people[0].name}")]

    def _phrase(self, token: Token) -> tuple[int, int]:
        left = [
            t
            for t in token.subtree
            if t.i <= token.i and t.dep_ in {"det", "amod", "compound", "poss", "case", "nmod", "punct"}
        ]
        return min([t.idx for t in left] + [token.idx]), token.idx + len(token)

    def _plural_pair(self, token: Token) -> bool:
        two = any(c.lower_ in {"two", "both"} for c in token.children)
        return (
            token.lemma_ in _PAIR_NOUNS
            and (two or token.lower_ in {"pair", "sides"})
            and token.tag_ in {"NNS", "NN"}
        )

    def _pair(self, token: Token) -> list[Referent]:
        start, end = self._phrase(token)
        earlier = [
            p
            for _, p in self._mentions_before(token)
            if p.titles & LEADER_TITLES or token.lemma_ == "minister"
        ]
        if token.lemma_ == "minister":
            earlier = [p for p in earlier if any("Minister" in t for t in p.titles)]
        recent = list(dict.fromkeys(reversed(earlier)))[:3]
        pair = recent[:2]
        if len(pair) < 2 or pair[0].home == pair[1].home:
            return []
        note = f"“{self.text[start:end]}” are {pair[1].name} and {pair[0].name}"
        return [Referent(p, start, end, resolved=note) for p in reversed(pair)]

    # -- states --------------------------------------------------------------------------------

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
        referents = self._one(token)
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
