"""Who or which states a noun phrase stands for: names, pronouns, role nouns, "the two leaders", "both sides".

Where the text leaves a choice, nothing is returned: abstaining is an answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction import coordination, diary
from kg.extraction.grammar import conjuncts, subjects
from kg.extraction.persons import Person
from kg.extraction.pronouns import FIRST, Pronouns
from kg.extraction.reading import Reading
from kg.extraction.referent import Referent as Referent
from kg.extraction.referent import StateReferent as StateReferent
from kg.extraction.role_nouns import RoleNouns
from kg.extraction.state_nouns import StateNouns

if TYPE_CHECKING:
    from spacy.tokens import Token

# "N., who was accompanied by M. and P., arrived": N. did.
_COMPANY = re.compile(r", (?:who (?:is|was|has been|had been) )?(?:accompanied|joined|flanked) by\b")


class Referents:
    """Resolves the noun phrases of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self.pronouns = Pronouns(self)
        self.roles = RoleNouns(self)
        self._states = StateNouns(self)

    def people(self, token: Token, lists: bool = True) -> list[Referent]:
        """The people that a noun phrase with this head stands for, with those coordinated with it."""
        out: list[Referent] = []
        for word in conjuncts(token) if lists else [token]:
            for referent in self.one(word):
                if all(r.person is not referent.person for r in out):
                    out.append(referent)
        last = self.reading.person_at(conjuncts(token)[-1]) if lists else None
        for mention in coordination.rest(self.reading, last) if last is not None else ():
            if all(r.person is not mention.person for r in out):
                out.append(Referent(mention.person, mention.start, mention.end))
        return out

    def agents(self, verb: Token) -> list[Referent]:
        """The people who are the subject of a verb; the name right before it where the parse has another or none."""
        found = [r for s in subjects(verb) for r in self.people(s)]
        apposed = self._apposed(verb)
        if apposed is not None:
            return [apposed]
        at = verb.i - 1
        while at > verb.sent.start and verb.doc[at].dep_ in {"aux", "auxpass", "advmod", "neg"}:
            at -= 1
        if at < verb.sent.start or verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN", "VB"} or at == verb.i:
            return found
        mention = self.reading.person_at(verb.doc[at])
        if (
            mention is None
            or mention.end < verb.doc[at].idx
            or any(r.person is mention.person for r in found)
        ):
            return found
        before = self.text[max(0, mention.title_start - 12) : mention.title_start].casefold()
        if re.search(
            r"\b(?:of|by|with|for|to|from|and|on|at|as|than|that|if|after|before|when|while|said|told|like|,)(?: the| his)? $",
            before,
        ):
            return found if found or not re.search(r"\b(?:that|if|after|before|when|while)(?: the| his)? $", before) else [
                Referent(mention.person, mention.start, mention.end)]  # fmt: skip
        return [Referent(mention.person, mention.start, mention.end)]

    def _apposed(self, verb: Token) -> Referent | None:
        """ "At the invitation of M., premier of X, N., premier of Y, paid a visit": N., whatever the parse has."""
        low = verb.sent.start_char
        company = _COMPANY.search(self.text, low, verb.idx)
        if company is not None and re.search(r",(?: (?:has|had|will|is|was))* $", self.text[low : verb.idx]):
            head = verb.doc.char_span(company.start() - 1, company.start(), alignment_mode="expand")
            found = self.one(head[-1]) if head is not None else []
            return found[0] if len(found) == 1 else None
        if not self.text[low:].startswith(("At the invitation", "At the request", "Upon the invitation")):
            return None
        before = [m for p in self.reading.people for m in p.mentions if low <= m.start < verb.idx]
        last = max(before, key=lambda m: m.start, default=None)
        if last is None or len(before) < 2:
            return None
        between = self.text[last.end : verb.idx]
        return (
            Referent(last.person, last.start, last.end)
            if re.fullmatch(
                r"(?:(?:, [^,;.]{2,90}){1,3},)?(?: (?:has|had|will|is|was|to|shall|today|yesterday))* ",
                between,
            )
            else None
        )

    def in_headline(self) -> list[Person]:
        """The people in public office whom the headline names."""
        end = self.text.find("\n\n")
        return [p for p in self.reading.people if p.public and any(m.end <= end for m in p.mentions)]

    def diarist(self, token: Token) -> Person | None:
        """Whose diary an item belongs to that has no subject of its own."""
        if not diary.is_diary(self.text) or not diary.in_item(self.text, token.idx):
            return None
        named = self.in_headline()
        if not named:  # "Programme of the President's trip": of the state whose office has published it
            home = self.reading.setting.speaks_for
            own = [p for p in self.reading.people if p.public and home is not None and p.home == home]
            return (
                own[0] if own and own[0] is next((p for p in self.reading.people if p.public), None) else None
            )
        return named[0] if len(named) == 1 else None

    def one(self, token: Token) -> list[Referent]:
        """The people that the noun phrase with this head stands for by itself, without those coordinated with it."""
        mention = self.reading.person_at(token)
        if mention is not None:
            return [Referent(mention.person, mention.start, mention.end)]
        for (
            child
        ) in token.children:  # "the host, President N.", "the Amir His Highness N.": a title in apposition
            for word in [child, *(c for c in child.children if c.dep_ == "appos")]:
                if child.dep_ == "appos" and (found := self.reading.person_at(word)):
                    return [Referent(found.person, found.start, found.end)]
        if token.lower_ in {"he", "she", "his", "her", "him", "himself", "herself", "who"} | FIRST:
            return self.pronouns.resolve(token)
        if token.lower_ == "you" and any(
            w.lower_ == "i" for w in [*token.children, token.head] if w.dep_ == "conj" or token.dep_ == "conj"
        ):
            return self._addressee(token)
        if token.lower_ in {"they", "both", "their", "two", "pair", "them"} or self.roles.is_pair(token):
            return self.roles.pair(token)
        return self.role(token)

    def _addressee(self, token: Token) -> list[Referent]:
        """ "You and I met in Lima": in a transcript the other leader of those who speak."""
        turns = self.pronouns.turns
        speaker = turns.heading_speaker(token.idx)
        if speaker is None:
            return []
        starts = [m.start() for m in re.finditer(r"(?m)^(?=[A-Z])", self.text)]
        others = {
            id(p): p
            for at in starts
            if (p := turns.heading_speaker(at)) is not None and p.home != speaker.home and p.public
        }
        if len(others) != 1:
            return []
        other = next(iter(others.values()))
        return [Referent(other, token.idx, token.idx + len(token), f"“{token.text}” is {other.name}")]

    def mentions_before(self, token: Token) -> list[tuple[int, Person]]:
        """Who is named before a word, with the place of each name, in order."""
        return sorted(
            ((m.start, p) for p in self.reading.people for m in p.mentions if m.end <= token.idx),
            key=lambda pair: pair[0],
        )

    def is_subject(self, offset: int) -> bool:
        """Whether the name that begins at an offset is a subject, or its owner."""
        span = self.reading.doc.char_span(offset, offset + 1, alignment_mode="expand")
        if span is None:
            return False
        token = span.root
        while token.dep_ in {"compound", "appos", "flat", "nmod", "conj"} and token.head.i != token.i:
            token = token.head
        return token.dep_ in {"nsubj", "nsubjpass", "poss"} and token.head.dep_ != "relcl"

    def role(self, token: Token) -> list[Referent]:
        """ "the president", "the Russian leader", "the Head of State", "his host"."""
        return self.roles.resolve(token)

    def partner(self, token: Token, speaker: Person) -> Referent | None:
        """With whom the speaker is "we"."""
        return self.pronouns.partner(token, speaker)

    def states(self, token: Token) -> list[StateReferent]:
        """The states and organizations that a noun phrase and its conjuncts name, or "both sides" stands for."""
        return self._states.states(token)

    def pair_before(self, token: Token) -> list[StateReferent]:
        """The two states that "the two countries" stands for: the nearest pair told before it."""
        return self._states.pair_before(token)

    def state_pairs(self) -> list[tuple[StateReferent, StateReferent]]:
        """Pairs of states that the text puts together: "Sino-Russian", "between A and B", "A and B"."""
        return self._states.state_pairs()
