"""Whom a pronoun stands for: "he", "who", and the "I" and "we" of whoever speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.grammar import SUBJECTS, VERBAL, subjects
from kg.extraction.lexicon import SPEECH_VERBS
from kg.extraction.persons import Person
from kg.extraction.referent import Referent
from kg.extraction.turns import Turns

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extraction.referents import Referents

# The first person; "we" is whoever speaks, with whom the text does not say.
FIRST = frozenset({"i", "my", "me", "myself", "we", "us", "our"})

# How many sentences back a pronoun looks for who the text is about.
_REACH = 3


class Pronouns:
    """Resolves the pronouns of one reading; noun phrases it asks `referents` for."""

    def __init__(self, referents: Referents) -> None:
        self.all = referents
        self.reading = referents.reading
        self.turns = Turns(referents.reading)
        self._focus: dict[int, Person | None] = {}

    def resolve(self, token: Token) -> list[Referent]:
        """Whom a pronoun of one person stands for; nobody where the text leaves a choice."""
        if token.lower_ == "who":
            return self._antecedent(token)
        if token.lower_ in FIRST:
            person = self.speaker(token)
            return (
                [
                    Referent(
                        person,
                        token.idx,
                        token.idx + len(token),
                        f"“{token.text}” is the speaker, {person.name}",
                    )
                ]
                if person
                else []
            )
        span = (token.idx, token.idx + len(token))
        person = self._in_sentence(token) or self._in_focus(token)
        if person is not None and person is self.turns.heading_speaker(token.idx):
            # In a transcript "he" is never who speaks.
            others = [p for at, p in self.all.mentions_before(token) if p is not person and p.public
                      and at >= self.turns.paragraph(token.idx)[0]]  # fmt: skip
            person = others[-1] if others else None
        if person is None or not person.official:
            return []
        return [Referent(person, *span, resolved=f"“{token.text}” is {person.name}")]

    def speaker(self, token: Token) -> Person | None:
        """Who says "I": the name that heads the paragraph, else the subject of the nearest verb of speech in it."""
        start, end = self.turns.paragraph(token.idx)
        heading = self.turns.heading_speaker(token.idx)
        if heading is not None:
            return heading
        if not self.turns.quoted(start, token.idx):
            return None
        best: tuple[int, Person] | None = None
        for word in self.reading.doc:
            if start <= word.idx < end and word.pos_ == "VERB" and word.lemma_ in SPEECH_VERBS:
                if self.turns.quoted(start, word.idx):
                    continue
                for subject in word.children:
                    if subject.dep_ in SUBJECTS and subject.lower_ not in {"i", "who", "we"}:
                        found = self.all.one(subject)
                        distance = abs(word.idx - token.idx)
                        if len(found) == 1 and (best is None or distance < best[0]):
                            best = distance, found[0].person
        return best[1] if best is not None else None

    def partner(self, token: Token, speaker: Person) -> Referent | None:
        """With whom the speaker is "we": the leader of another state named last, in this turn or right before it."""
        start = self.turns.paragraph(token.idx)[0]
        reach = self.turns.paragraph(start - 3)[0] if start else 0
        others = [p for at, p in self.all.mentions_before(token) if at >= reach and p is not speaker and p.public
                  and p.home not in {None, speaker.home}]  # fmt: skip
        if not others:
            return None
        other = others[-1]
        return Referent(
            other, token.idx, token.idx + len(token), f"“{token.text}” are {speaker.name} and {other.name}"
        )

    def _antecedent(self, token: Token) -> list[Referent]:
        """ "who": the noun that the clause describes, else the person named last before it in the sentence."""
        head = token.head.head
        found = self.all.one(head) if head.i < token.i and head.pos_ not in VERBAL else []
        many = any(a.lower_ in {"were", "are", "have"} for a in [token.head, *token.head.children])
        if found and many and head.dep_ == "conj":  # "King N. and Queen M., who were to come"
            found = self.all.people(head.head)
        if found:
            return found
        nearest = [m for m in self.all.mentions_before(token) if m[0] >= token.sent.start_char]
        if not nearest or not nearest[-1][1].official:
            return []
        return [
            Referent(nearest[-1][1], token.idx, token.idx + len(token), f"“who” is {nearest[-1][1].name}")
        ]

    def _in_sentence(self, token: Token) -> Person | None:
        """The person that a pronoun takes up from its own sentence: a subject before it, or the only one."""
        here = [m for m in self.all.mentions_before(token) if m[0] >= token.sent.start_char]
        if token.lower_ in {"him", "her"} and token.dep_ in {"dobj", "obj", "dative"}:
            # Who does it is not whom it is done to.
            doers = [m.person for s in subjects(token.head) if (m := self.reading.person_at(s)) is not None]
            here = [m for m in here if all(m[1] is not d for d in doers)]
        subject = [m for m in here if self.all.is_subject(m[0]) and m[1].official]
        if subject:
            return subject[-1][1]
        for word in token.sent:
            if word.i < token.i and word.dep_ in SUBJECTS and word.pos_ in {"NOUN", "PROPN"}:
                found = self.all.role(word)
                if len(found) == 1:
                    return found[0].person
        for word in token.sent:  # "He began in X, where N. embraced him, and then he …": the same one again
            if word.i < token.i and word.lower_ in {"he", "she"} and word.dep_ in SUBJECTS:
                return self._in_focus(word)
        return here[-1][1] if len({id(p) for _, p in here}) == 1 else None

    def _in_focus(self, token: Token) -> Person | None:
        """The person that the sentences before are about: the first subject that is one person, nearest first."""
        if token.i in self._focus:
            return self._focus[token.i]
        self._focus[token.i] = None
        sentence = token.sent
        for _ in range(_REACH):
            if sentence.start == 0:
                break
            sentence = self.reading.doc[sentence.start - 1].sent
            for word in sentence:  # who was "him" in the sentence before is who the text is about
                if word.lower_ == "him" and (before := self.resolve(word)):
                    self._focus[token.i] = before[0].person
                    return before[0].person
            for word in sentence:
                if word.dep_ not in SUBJECTS:
                    continue
                found = self.all.one(word) if word.lower_ not in {"who", "they"} else []
                if len(found) == 1 and len(self.all.people(word)) == 1:
                    self._focus[token.i] = found[0].person
                    return found[0].person
            named = {id(p): p for p in self.reading.people for m in p.mentions
                     if sentence.start_char <= m.start < sentence.end_char}  # fmt: skip
            if len(named) == 1:
                self._focus[token.i] = next(iter(named.values()))
                return self._focus[token.i]
            if len(named) > 1:
                break
        return None
