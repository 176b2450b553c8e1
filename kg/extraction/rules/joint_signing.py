"""Documents signed together: "A and B signed a treaty", "he will sign a protocol with N."; who does so meets.

Of whose document it is another rule tells; here it is that two leaders of different states put their names to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, conjuncts, objects, prepositions
from kg.extraction.lexicon import SIGNING_NOUNS
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules.signing import kind_of_document
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = frozenset({"sign", "ink", "initial"})
_BOOKS = frozenset({"book", "guestbook", "register", "autograph", "name"})
_HELD = frozenset({Mood.PAST, Mood.PERFECT, Mood.PLANNED, Mood.PRESENT})


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for meetings at which something is signed, in order of place."""
    for token in reading.words:
        if token.pos_ in VERBAL and (token.lemma_.casefold() in _VERBS or _witnessed(token)):
            yield from _signing(reading, referents, token)


def _witnessed(verb: Token) -> bool:
    """ "witnessed the signing of", "presided over the signing ceremony"."""
    lemma = verb.lemma_.casefold()
    things = objects(verb) if lemma in {"witness", "oversee"} else []
    things += list(prepositions(verb, "over")) if lemma == "preside" else []
    return any(
        t.lemma_.casefold() in SIGNING_NOUNS - {"conclusion", "adoption"} and _of_document(t) for t in things
    )


def _of_document(noun: Token) -> bool:
    """Whether a signing or ceremony is one of documents, not of something else that is exchanged."""
    words = [noun, *(c for c in noun.children if c.dep_ in {"compound", "amod"})]
    if any(w.lower_ in {"signing", "signature", "initialling"} for w in words):
        return True
    return any(kind_of_document(t) is not None for o in prepositions(noun, "of") for t in conjuncts(o))


def _signing(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    mood = mood_of_verb(verb)
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if (
        mood not in _HELD
        or passive
        or (verb.tag_ == "VBN" and verb.dep_ == "acl")
        or not (objects(verb) or _witnessed(verb))
    ):
        return
    if any(t.lemma_.casefold() in _BOOKS for t in objects(verb)):
        return  # guests of different days sign one visitors' book
    candidate = Candidate("meeting", "joint-signing", verb.idx, verb.idx + len(verb), mood, confidence=0.8)
    for r in referents.agents(verb):
        candidate.add("participant", r.person, r.start, r.end, r.resolved)
    for owner in (verb, *objects(verb)):
        for thing in prepositions(owner, "with"):
            for r in (
                r for r in referents.people(thing) if r.resolved is None
            ):  # "with the president": of several
                candidate.add("participant", r.person, r.start, r.end, r.resolved)
    people = candidate.people("participant")
    homes = [p.home for p in people]
    if len(people) < 2 or None in homes or len(set(homes)) != len(homes) or not all(p.public for p in people):
        return
    candidate.add("kind", "SigningCeremony", verb.idx, verb.idx + len(verb))
    for thing in prepositions(verb, "in", "at"):
        placed = reading.place_at(thing)
        if placed is not None:
            candidate.add("place", placed, placed.start, placed.end)
    if not candidate.values("place") and (where := reading.where(verb)) is not None:
        candidate.add("place", where, where.start, where.end)
    add_times(reading, candidate, verb, mood.direction)
    reading.note(candidate.rule, [verb], "fired")
    yield candidate
