"""Meetings told in passing: "in talks with N., M. said", "told N. in a phone call", "A and B agreed at a meeting in X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.grammar import SUBJECTS, VERBAL, objects, prepositions
from kg.extraction.rules.meeting_slots import PHONE

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extraction.persons import Person
    from kg.extraction.referents import Referents

_IN = frozenset({"in", "during", "at", "after", "following", "over"})
# Verbs whose object is who is spoken to.
_TO = frozenset(
    {
        "tell",
        "inform",
        "assure",
        "congratulate",
        "thank",
        "urge",
        "brief",
        "warn",
        "ask",
        "remind",
        "press",
        "invite",
    }
)
_SERVANTS = frozenset({"Spokesperson", "Aide"})


def holders(referents: Referents, noun: Token) -> list[Token]:
    """Who holds the talks that a clause tells as its occasion, as words; none where it is not certain.

    With "with N." it is the subject of the clause, else a subject of two leaders of different states, or the subject and
    who is told something.
    """
    if noun.dep_ != "pobj" or noun.head.lower_ not in _IN or any(c.dep_ == "poss" for c in noun.children):
        return []
    verb = noun.head.head
    if verb.pos_ not in VERBAL or any(c.dep_ == "compound" and c.lower_ not in PHONE for c in noun.children):
        return []
    if any(c.dep_ == "prep" and c.lower_ in {"of", "between", "among"} for c in noun.children):
        return []
    if any(c.lower_ == "the" for c in noun.children) and not any(True for _ in prepositions(noun, "with")):
        return []
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    people = [r.person for word in own for r in referents.people(word)]
    if len(own) != 1 or not people or any(_serves(p) for p in people):
        return []
    if any(True for _ in prepositions(noun, "with")):
        return own if len(people) == 1 else []
    if len(people) == 2 and len({p.home for p in people}) == 2 and None not in {p.home for p in people}:
        return own
    if verb.lemma_.casefold() in _TO and len(people) == 1:
        told = [t for t in objects(verb) if referents.people(t)]
        return [*own, *told] if told else []
    return []


def _serves(person: Person) -> bool:
    return not person.public or any(o.kind in _SERVANTS for o in person.offices)
