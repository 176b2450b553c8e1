"""What talks are about: "talks on trade and energy", "covering topics including A and work within B"."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import (
    VERBAL,
    conjuncts,
    objects,
    phrase,
    prepositions,
)
from kg.extraction.reading import Reading
from kg.extraction.rules.meeting_slots import hangs_on

if TYPE_CHECKING:
    from spacy.tokens import Token

_INTRODUCES = frozenset({"including", "such"})
_GENERAL = frozenset({"range", "topic", "issue", "matter", "variety", "number", "subject"})


def add_topics(reading: Reading, candidate: Candidate, noun: Token, verb: Token | None) -> None:
    """What the talks are about: "on trade", "about …", "covering topics including A and work within B"."""
    heads = list(prepositions(noun, "on", "about", "over", "concerning", "regarding"))
    if verb is not None and hangs_on(noun, verb):
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
        if head.lemma_ in {"sideline", "margin", "fringe"}:
            continue
        included = [
            i for p in head.subtree if p.lower_ in _INTRODUCES for i in p.children if i.dep_ == "pobj"
        ]
        if head.lemma_ in _GENERAL and included:
            for item in included:
                _topic_list(reading, candidate, item)
        elif not (reading.person_at(head) or reading.times_at(head)):
            _topic_list(reading, candidate, head)


def _topic_list(reading: Reading, candidate: Candidate, head: Token) -> None:
    """The members of a list of topics, each with its prepositional phrases; organizations in them too.

    The parser often hangs the tail of the last member on the first one, so each member is cut where the next
    begins, and the last takes what follows.
    """
    words = [w for w in conjuncts(head) if w.pos_ in {"NOUN", "PROPN"} and not reading.times_at(w)]
    tail = max((t.idx + len(t) for w in words for t in w.subtree if _belongs(t, w)), default=0)
    for word, following in zip_longest(words, words[1:]):
        start, end = phrase(word)
        last = phrase(following)[0] if following is not None else max(tail, end)
        text = re.sub(r"(?:[ ,;]+(?:and|as well as))?[ ,;]*$", "", reading.text[start:last])
        if len(text) > 160 or "\n" in text or last < end:
            text = reading.text[start:end]
        candidate.add("topic", text, start, start + len(text))
        for match in reading.matches:
            if start <= match.start < start + len(text):
                for sense in match.senses:
                    if sense.entity.kind == "organization":
                        candidate.add("framework", sense.entity.iri, match.start, match.end)


def _belongs(token: Token, head: Token) -> bool:
    """Whether a word is part of a topic: not of a relative clause, an apposition or a clause beside it."""
    while token.i != head.i:
        if token.dep_ in {"relcl", "appos", "advcl", "punct"} or token.pos_ in VERBAL:
            return False
        token = token.head
    return True
