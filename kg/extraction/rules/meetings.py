"""Meetings: "talks with", "met", "received", "held a meeting", "spoke by phone"; at least two leaders of different states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import (
    VERBAL,
    conjuncts,
    governor,
    objects,
    phrase,
    prepositions,
    subjects,
    subjects_of_noun,
)
from kg.extraction.lexicon import MEETING_NOUNS, MEETING_VERBS
from kg.extraction.modality import mood_of_noun, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_HOLDERS = frozenset(
    {
        "hold",
        "have",
        "engage",
        "conduct",
        "begin",
        "start",
        "open",
        "enter",
        "sit",
        "conclude",
        "finish",
        "join",
    }
)
_PHONE = frozenset({"phone", "telephone", "call", "telephoned", "video"})
_SPEAK = frozenset({"speak", "talk", "sit", "confer"})


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for meetings, in order of place."""
    for token in reading.doc:
        lemma = token.lemma_.casefold()
        if token.pos_ == "NOUN" and lemma in MEETING_NOUNS:
            yield from _noun(reading, referents, token)
        elif token.pos_ in VERBAL and lemma in MEETING_VERBS | _SPEAK:
            yield from _verb(reading, referents, token)


def _finish(reading: Reading, candidate: Candidate, token: Token) -> Iterator[Candidate]:
    people = candidate.people("participant")
    homes = {p.home for p in people if p.home is not None}
    if len(people) < 2 or len(homes) < 2:
        reading.note(candidate.rule, [token], "dropped", "fewer than two leaders of different states")
        return
    reading.note(candidate.rule, [token], "fired")
    yield candidate


def _add_people(candidate: Candidate, referents: Referents, tokens: list[Token]) -> None:
    for token in tokens:
        for referent in referents.people(token):
            if referent.person.public:
                candidate.add("participant", referent.person, referent.start, referent.end, referent.resolved)


def _noun(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    mood = mood_of_noun(noun)
    candidate = Candidate("meeting", "talks-noun", noun.idx, noun.idx + len(noun), mood)
    verb = governor(noun)
    holders = subjects_of_noun(noun)
    if not holders and verb is not None and (verb.lemma_ in _HOLDERS | {"be"}) and _hangs_on(noun, verb):
        holders = subjects(verb)
    _add_people(candidate, referents, holders)
    _add_people(candidate, referents, list(prepositions(noun, "with", "between", "of")))
    if verb is not None and _hangs_on(noun, verb) and verb.lemma_ in _HOLDERS:
        _add_people(candidate, referents, list(prepositions(verb, "with")))
    if any(c.lower_ in _PHONE for c in noun.children) or any(True for _ in prepositions(noun, "by")):
        candidate.add("kind", "PhoneCall", noun.idx, noun.idx + len(noun))
    for thing in prepositions(noun, "in", "at"):
        placed = reading.place_at(thing)
        if placed is not None:
            candidate.add("place", placed, placed.start, placed.end)
    if verb is not None and _hangs_on(noun, verb):
        _place(reading, candidate, verb)
    _topics(reading, candidate, noun, verb)
    add_times(reading, candidate, noun, mood.direction)
    yield from _finish(reading, candidate, noun)


def _hangs_on(noun: Token, verb: Token) -> bool:
    """Whether a noun is the object of a verb, directly or by one preposition ("engage in discussions")."""
    return (
        noun.head == verb
        or (noun.dep_ == "pobj" and noun.head.head == verb)
        or (noun.dep_ == "conj" and noun.head.head == verb)
    )


def _place(reading: Reading, candidate: Candidate, verb: Token) -> None:
    for thing in prepositions(verb, "in", "at"):
        placed = reading.place_at(thing)
        if placed is not None:
            candidate.add("place", placed, placed.start, placed.end)


def _verb(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    lemma = verb.lemma_.casefold()
    mood = mood_of_verb(verb)
    candidate = Candidate("meeting", f"{lemma}-verb", verb.idx, verb.idx + len(verb), mood)
    _add_people(candidate, referents, subjects(verb))
    if lemma in MEETING_VERBS:
        _add_people(candidate, referents, objects(verb))
        _add_people(candidate, referents, list(prepositions(verb, "by")))
    _add_people(candidate, referents, list(prepositions(verb, "with", "to") if lemma != "receive" else []))
    if any(t.lower_ in _PHONE for t in verb.subtree if abs(t.i - verb.i) < 6) or any(
        t.lemma_ in _PHONE for t in prepositions(verb, "by", "on", "over")
    ):
        candidate.add("kind", "PhoneCall", verb.idx, verb.idx + len(verb))
    elif lemma in {"speak", "talk"}:
        candidate.add("kind", "UnspecifiedMeeting", verb.idx, verb.idx + len(verb))
    _place(reading, candidate, verb)
    add_times(reading, candidate, verb, mood.direction)
    yield from _finish(reading, candidate, verb)


def _topics(reading: Reading, candidate: Candidate, noun: Token, verb: Token | None) -> None:
    """What the talks are about: "on trade", "about …", "covering topics including A and work within B"."""
    heads = list(prepositions(noun, "on", "about", "over", "concerning", "regarding"))
    if verb is not None and _hangs_on(noun, verb):
        heads += list(prepositions(verb, "on", "about"))
    for guest in prepositions(noun, "with"):  # the parser hangs "on trade" on the guest
        heads += list(prepositions(guest, "on", "about"))
    sources = [noun]
    while verb is not None and verb not in sources:
        sources.append(verb)
        verb = verb.head if verb.dep_ == "xcomp" else None
    for source in sources:
        for child in source.children:
            if (
                child.lemma_ in {"cover", "include", "address"}
                and child.dep_ in {"advcl", "acl", "prep"}
                and child.i > noun.i
            ):
                for thing in [*objects(child), *(c for c in child.children if c.dep_ == "pobj")]:
                    heads.append(thing)
    for head in heads:
        for word in conjuncts(head):
            included = [
                i
                for p in word.subtree
                if p.lower_ in {"including", "such"}
                for i in p.children
                if i.dep_ == "pobj"
            ]
            if word.lemma_ in {"range", "topic", "issue", "matter", "variety", "number"} and included:
                for item in included:
                    for each in conjuncts(item):
                        _topic(reading, candidate, each)
            elif not (reading.person_at(word) or reading.times_at(word)):
                _topic(reading, candidate, word)


def _topic(reading: Reading, candidate: Candidate, word: Token) -> None:
    """The words of one topic, with its prepositional phrases but not its relative clauses; organizations in it too."""
    if word.pos_ not in {"NOUN", "PROPN"}:
        return
    start, end = phrase(word)
    parts = [t for t in word.subtree if t.i > word.i and not _coordinated(t, word)]
    last = max([t.idx + len(t) for t in parts if not t.is_punct] + [end])
    text = reading.text[start:last]
    if len(text) > 160 or "\n" in text:
        last = end
    candidate.add("topic", reading.text[start:last].strip(" ,;"), start, last)
    for match in reading.matches:
        if start <= match.start < last:
            for sense in match.senses:
                if sense.entity.kind == "organization":
                    candidate.add("framework", sense.entity.iri, match.start, match.end)


def _coordinated(token: Token, head: Token) -> bool:
    """Whether a word belongs to a later member of the list that the head opens."""
    while token.i != head.i:
        if token.head.i == head.i:
            return token.dep_ in {"conj", "cc", "relcl", "appos"}
        token = token.head
    return False
