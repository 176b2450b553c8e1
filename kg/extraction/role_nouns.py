"""Whom a role stands for: "the Turkish leader", "his host", "his counterpart", "the two presidents"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.extraction import diary, roles
from kg.extraction.lexicon import COUNTERPART, GUEST_NOUNS, LEADER_TITLES
from kg.extraction.names import fold
from kg.extraction.persons import Person
from kg.extraction.referent import Referent

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extraction.referents import Referents

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
        "dignitary",
        "statesman",
    }
)

# "A Finnish president" is none in particular, and "the last head of state to come" is somebody else.
_INDEFINITE = frozenset(
    {"a", "an", "any", "no", "every", "each", "another", "some", "last", "previous", "next"}
)


_DEAD = re.compile(
    r"\b(?:the|his|her|their|its) (?:late|slain|deceased) (?!\d|hours?|evening|night|afternoon|morning)[^.,;]{0,30}(?:, )?$"
)


class RoleNouns:
    """Resolves the nouns of one reading that name people by their role; the rest it asks `referents` for."""

    def __init__(self, referents: Referents) -> None:
        self.all = referents
        self.reading = referents.reading
        self.text = referents.text
        self._visitor: Person | None = None
        self._looked = False

    def resolve(self, token: Token) -> list[Referent]:
        """ "the president", "the Russian leader", "the Head of State", "the visiting minister", "his host"."""
        start, end = phrase(token)
        words = fold(self.text[start:end])
        people = [p for _, p in self.all.mentions_before(token)]
        people = [p for p in dict.fromkeys(reversed(people)) if p.official and not self._dead(p)]
        state = next(
            (s for t in token.subtree if t.idx < token.idx and (s := self.reading.state_at(t))), None
        ) or roles.state_of(self.reading, token)
        if token.tag_ in {"NNS", "NNPS"} or any(c.lower_ in _INDEFINITE for c in token.children):
            return []
        if token.lemma_ in {"host"} | GUEST_NOUNS:
            return self._other(token, people, start, end) or self._guest(token, state, start, end)
        if token.lemma_ in COUNTERPART:
            return self._counterpart(token, people, state, start, end)
        if state is None and any(c.lower_ == "visiting" for c in token.children):
            guest = self._guest(token, state, start, end)
            if guest and roles.matching([guest[0].person], token, words):
                return guest
        fitting = roles.matching(people, token, words)
        if fitting is None:
            return []
        owners = [c for c in token.children if c.dep_ == "poss"]
        if owners and owners[0].lower_ == "our" and state is None:
            speaker = self.all.pronouns.speaker(owners[0])
            state = speaker.home if speaker is not None else self._scene_state()
        owners = [c for c in owners if c.pos_ != "PRON"]
        if owners and state is None:
            return []  # "the South's president": whose is not known
        definite = re.match(r"(the|his|her|its|their|our|visiting)\b|[a-z]+n\b", words)
        if not definite and state is None and roles.honorific(token) is None and not token.text.istitle():
            return []
        if state is not None:
            fitting = [p for p in fitting if p.home == state]
            if not fitting:  # "Francis meets Mongolia's president": the text names him later
                later = (
                    roles.matching([p for p in self.reading.people if p.home == state], token, words) or []
                )
                fitting = later if len(later) == 1 else []
        elif len(fitting) > 1:
            headed = [p for p in fitting if p in self.all.in_headline()]
            own = [p for p in fitting if p.home == self.reading.setting.speaks_for]
            fitting = (
                (own if len(own) == 1 else [])
                or (headed if len(headed) == 1 and diary.is_diary(self.text) else [])
                or self._salient(token, fitting)
                or roles.near(self.reading, token, fitting)
            )
        if not fitting:
            return []
        return [Referent(fitting[0], start, end, resolved=f"“{self.text[start:end]}” is {fitting[0].name}")]

    def _dead(self, person: Person) -> bool:
        """ "the late President N." does nothing more in the story."""
        return any(
            _DEAD.search(self.text[max(0, m.start - 60) : m.start]) is not None for m in person.mentions
        )

    def _scene_state(self) -> NamedNode | None:
        setting = self.reading.setting
        return setting.speaks_for or (setting.place.state if setting.place else None)

    def _guest(self, token: Token, state: NamedNode | None, start: int, end: int) -> list[Referent]:
        """ "the high guest", "the distinguished visitor": who pays the visit that the article is about."""
        if not self._looked:
            self._looked, self._visitor = True, roles.main_visitor(self.reading)
        person = self._visitor
        words = {c.lower_ for c in token.children}
        definite = bool(words & {"the", "visiting"}) and not words & {"a", "an", "another"}
        if token.lemma_ == "host" or person is None or not definite or (state and person.home != state):
            return []
        if all(m.start > token.idx for m in person.mentions):
            return []
        return [Referent(person, start, end, resolved=f"“{self.text[start:end]}” is {person.name}")]

    def _counterpart(
        self, token: Token, people: list[Person], state: NamedNode | None, start: int, end: int
    ) -> list[Referent]:
        """ "his Turkish counterpart", not named here: the colleague of that state whom the text names."""
        whose = next((c for c in token.children if c.dep_ == "poss" and c.pos_ == "PRON"), None)
        owner = self.all.pronouns.resolve(whose) if whose is not None else []
        if not owner or state is None:
            return []
        kinds = roles.kinds_now(owner[0].person)
        found = [p for p in people if p.home == state and roles.kinds_now(p) & kinds]
        if len(found) != 1:
            return []
        return [Referent(found[0], start, end, resolved=f"“{self.text[start:end]}” is {found[0].name}")]

    def _other(self, token: Token, people: list[Person], start: int, end: int) -> list[Referent]:
        """ "his host", "his guest": the other one of the two leaders that the text has told of."""
        whose = [c for c in token.children if c.dep_ == "poss"]
        owner = self.all.pronouns.resolve(whose[0]) if whose and whose[0].lower_ in {"his", "her"} else []
        if not owner:
            return []
        own = owner[0].person
        others = [p for p in people if p.public and p.home != own.home and p.home is not None][:2]
        others = [p for p in others if p.titles & LEADER_TITLES] or others
        if len({id(p) for p in others}) != 1:
            return []
        return [Referent(others[0], start, end, resolved=f"“{self.text[start:end]}” is {others[0].name}")]

    def _salient(self, token: Token, people: list[Person]) -> list[Person]:
        """Of several who may be meant, the one that the text tells most of, if by far; else nobody."""
        counts = sorted(((len(p.mentions), p) for p in people), key=lambda pair: -pair[0])
        return [counts[0][1]] if counts[0][0] >= 3 * counts[1][0] else []

    def is_pair(self, token: Token) -> bool:
        """Whether a noun phrase stands for two people told before: "the two leaders", "the pair"."""
        two = any(c.lower_ in {"two", "both"} for c in token.children)
        return (
            token.lemma_ in _PAIR_NOUNS
            and (two or token.lower_ in {"pair", "sides"})
            and token.tag_ in {"NNS", "NN"}
        )

    def pair(self, token: Token) -> list[Referent]:
        """The two leaders of different states told last before "the two leaders"; nobody where there are none."""
        start, end = phrase(token)
        earlier = [
            p
            for _, p in self.all.mentions_before(token)
            if p.titles & LEADER_TITLES or token.lemma_ == "minister"
        ]
        if token.lemma_ == "minister":
            earlier = [p for p in earlier if any("Minister" in t for t in p.titles)]
        recent = list(dict.fromkeys(reversed(earlier)))[:3]
        pair = recent[:2]
        if not self._looked:
            self._looked, self._visitor = True, roles.main_visitor(self.reading)
        if len(recent) == 3 and self._visitor in recent and token.lemma_ != "minister":
            others = [p for p in recent if p is not self._visitor and p.home != self._visitor.home]
            pair = [p for p in recent if p is self._visitor or p in others[:1]]
        if len(pair) < 2 or pair[0].home == pair[1].home:
            return []
        note = f"“{self.text[start:end]}” are {pair[1].name} and {pair[0].name}"
        return [Referent(p, start, end, resolved=note) for p in reversed(pair)]


def phrase(token: Token) -> tuple[int, int]:
    """Where the words of a noun phrase up to its head begin and end."""
    left = [
        t
        for t in token.subtree
        if t.i <= token.i and t.dep_ in {"det", "amod", "compound", "poss", "case", "nmod", "punct"}
    ]
    return min([t.idx for t in left] + [token.idx]), token.idx + len(token)
