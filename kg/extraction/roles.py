"""Whom a phrase of role stands for: "the Turkish leader", "the Head of State", "His Highness", "the distinguished guest".

A role is a title without a name. It is resolved to a person of the text who goes by that title: of the state that the
phrase names, else the one told last. Where two are equally likely nobody is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.grammar import SUBJECTS, VERBAL, prepositions
from kg.extraction.lexicon import (
    ARRIVE_VERBS,
    CALL_VERBS,
    HONORIFIC_TITLES,
    LEADER_TITLES,
    PAY_VERBS,
    ROLE_NOUNS,
    TITLES,
    TRAVEL_VERBS,
    VISIT_NOUNS,
    VISIT_VERBS,
)
from kg.extraction.names import fold

if TYPE_CHECKING:
    from pyoxigraph import NamedNode
    from spacy.tokens import Token

    from kg.extraction.persons import Person
    from kg.extraction.reading import Reading

_HEADS = {"state": "HeadOfState", "government": "HeadOfGovernment"}
_ANY_HEAD = frozenset({"HeadOfState", "HeadOfGovernment"})


def titles_now(person: Person) -> set[str]:
    """The titles that the text gives a person, else those that the reference does."""
    return {o.title for o in person.offices or person.ownerless} or {t.title for t in person.tenures}


def kinds_now(person: Person) -> set[str]:
    """The kinds of office that the text gives a person, else those that the reference does."""
    kinds = {o.kind for o in person.offices} | {t.kind for t in person.tenures}
    return {o.kind for o in person.offices if o.kind in _ANY_HEAD} or kinds


def honorific(token: Token) -> frozenset[str] | None:
    """The titles that an address without a name may stand for ("His Majesty"), or None where it is none."""
    if token.i == 0 or token.nbor(-1).lower_ not in {"his", "her", "their", "royal", "the"}:
        return None
    return HONORIFIC_TITLES.get(token.lower_)


def head_of(token: Token) -> frozenset[str] | None:
    """The kinds of office of "the Head of State", "the head of government", "the head of the Kyrgyz Republic"."""
    if token.lemma_.casefold() != "head":
        return None
    for thing in prepositions(token, "of"):
        kind = _HEADS.get(thing.lower_)
        if kind is not None:
            return frozenset({kind})
    return _ANY_HEAD


def title_of(words: str) -> frozenset[str]:
    """The normal titles that a phrase ends in ("the polish defence minister").

    >>> sorted(title_of("the amir")), sorted(title_of("the visitor"))
    (['Emir'], [])
    """
    for key in sorted(ROLE_NOUNS, key=len, reverse=True):
        if words == key or words.endswith(" " + key):
            return ROLE_NOUNS[key]
    for key in sorted(TITLES, key=len, reverse=True):
        if words == key or words.endswith(" " + key):
            title = TITLES[key][0]
            return frozenset() if title in {"leader", "minister"} else frozenset({title})
    return frozenset()


def state_of(reading: Reading, token: Token) -> NamedNode | None:
    """The state that a role noun names after itself: "the President of Turkmenistan"."""
    for thing in prepositions(token, "of"):
        for word in [thing, *thing.subtree]:
            found = reading.state_at(word)
            if found is not None:
                return found
    return None


def near(reading: Reading, token: Token, people: list[Person]) -> list[Person]:
    """Of several who may be meant the only one named in this sentence before the word, or else in the one before."""
    sentence, end = token.sent, token.idx
    for _ in range(3):
        here = [p for p in people if any(sentence.start_char <= m.start < end for m in p.mentions)]
        if here or sentence.start == 0:
            return here if len(here) == 1 else []
        sentence = reading.doc[sentence.start - 1].sent
        end = sentence.end_char
    return []


def main_visitor(reading: Reading) -> Person | None:
    """The guest of an article: who visits, arrives or pays a visit in its first sentences, if one person does."""
    going = VISIT_VERBS | ARRIVE_VERBS | TRAVEL_VERBS | frozenset(CALL_VERBS) | {"pay", "make", "begin"}
    for sentence in list(reading.doc.sents)[:8]:
        for verb in sentence:
            noun = verb.pos_ == "NOUN" and verb.lemma_ in VISIT_NOUNS
            if not noun and not (verb.pos_ in VERBAL and verb.lemma_.casefold() in going):
                continue
            if verb.lemma_ in PAY_VERBS | {"pay"} and not any(c.lemma_ in VISIT_NOUNS for c in verb.children):
                continue
            mention = _before(reading, verb) if not noun else None
            heads = [c for c in verb.children if c.dep_ in (SUBJECTS if not noun else {"poss"})]
            heads += list(prepositions(verb, "of", "by")) if noun else []
            found = [m.person for h in heads if (m := reading.person_at(h)) is not None]
            person = mention or (found[0] if found else None)
            if person is not None and person.public and person.home is not None:
                return person
    return None


def _before(reading: Reading, verb: Token) -> Person | None:
    if verb.i == verb.sent.start:
        return None
    mention = reading.person_at(verb.nbor(-1))
    return mention.person if mention is not None else None


def matching(people: list[Person], token: Token, words: str) -> list[Person] | None:
    """Of people those who go by the role that a noun phrase tells, or None where it tells no role."""
    address = honorific(token)
    if address is not None:
        return [p for p in people if titles_now(p) & address]
    kinds = head_of(token)
    if kinds is not None:
        return [p for p in people if kinds_now(p) & kinds]
    titles = title_of(fold(words))
    if titles:
        return [p for p in people if titles_now(p) & titles]
    if token.lemma_ == "minister":
        return [p for p in people if any("inister" in t and t != "Prime Minister" for t in titles_now(p))]
    if token.lemma_ in {"leader", "ruler"}:
        return [p for p in people if titles_now(p) & LEADER_TITLES or kinds_now(p) & _ANY_HEAD]
    return None
