"""Who else came: visits told by ellipsis of the verb ("A flew in from X, B from Y"; "…, as did C"; "B was there too").

Each takes up the visit told right before it: the same verb, mood and place, with another visitor, and a time or place
of its own where it tells one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import SUBJECTS, VERBAL, prepositions
from kg.extraction.persons import PersonMention
from kg.extraction.reading import Reading
from kg.extraction.referents import Referent, Referents

if TYPE_CHECKING:
    from spacy.tokens import Token

_LIKEWISE = frozenset({"do", "be", "have", "will"})
_BEFORE = re.compile(r"(?:[,;]|[,;]? (?:and|while|but)|[,;]) (?:later |then |finally )?(?:the )?$")
_AFTER = re.compile(
    r"(?:, [^,.;:]{0,60},| \([^)]{1,30}\))? (?:(?:only |early |late |just )?(?:from|to|for|in|into|on|at|by|via|this|last|yesterday|today|the|an?|one|two|three|\w+day)\b)"
)
_TO = re.compile(r"\b(?:to|for|into|in) (?:the )?$")


def more(reading: Reading, referents: Referents, candidate: Candidate) -> Iterator[Candidate]:
    """The visits of others that the sentence of a mention tells without a verb of their own."""
    span = reading.doc.char_span(candidate.start, candidate.end, alignment_mode="expand")
    if span is None or not candidate.values("visitor") or span.root.pos_ not in VERBAL:
        return
    verb = span.root
    for clause in verb.children:
        told = clause.dep_ in {"advcl", "conj", "ccomp", "parataxis"} and clause.lemma_ in _LIKEWISE
        if told and any(c.lower_ in {"as", "so"} and c.i < clause.i for c in clause.children):
            yield from _likewise(reading, referents, candidate, clause)
    for word in ("alongside", "with"):
        for thing in prepositions(verb, word):
            if word == "with" and (
                thing.head.i == 0 or thing.head.nbor(-1).lower_ not in {"along", "together", "company"}
            ):
                continue
            yield from _others(candidate, list(referents.people(thing)), reading)
    yield from _gapped(reading, candidate, verb)


def _likewise(
    reading: Reading, referents: Referents, candidate: Candidate, clause: Token
) -> Iterator[Candidate]:
    """ "…, as did N., the premier, and M. of X"."""
    who = [c for c in clause.children if c.dep_ in SUBJECTS | {"attr", "dobj"} and c.i > clause.i]
    found = [r for w in who[:1] for r in referents.people(w)]
    yield from _others(candidate, found, reading)


def _others(candidate: Candidate, found: list[Referent], reading: Reading) -> Iterator[Candidate]:
    to = {v.content for v in candidate.values("to")}
    known = candidate.people("visitor")
    others = [r for r in found if r.person.public and r.person.home is not None and r.person.home not in to
              and r.person not in known and all(r.person.home != p.home for p in known)]  # fmt: skip
    if not others:
        return
    copy = _copy(candidate, ("to", "place", "start", "attends", "kind"))
    for r in others:
        copy.add("visitor", r.person, r.start, r.end, r.resolved)
    yield copy


def _gapped(reading: Reading, candidate: Candidate, verb: Token) -> Iterator[Candidate]:
    """ "A arrived from X on Monday, B from Y an hour later"; "A flew to X, B to Y"."""
    text, sentence = reading.text, verb.sent
    known = set(map(id, candidate.people("visitor")))
    for mention in _mentions(reading, verb.idx, sentence.end_char):
        person = mention.person
        if id(person) in known or not person.public or person.home is None:
            continue
        low, high = min(mention.start, mention.title_start), max(mention.end, mention.title_end)
        before = text[verb.idx : low]
        before = (
            re.sub(r"(?:\w+['’]s|[A-Z]\w+n|\w+ese|[A-Z]\w+) $", "", before)
            if not before.endswith((", ", "; "))
            else before
        )
        if not _BEFORE.search(before) or not _AFTER.match(text[high:]):
            continue
        stop = re.search(r"[;.]|, (?=[A-Z])| and (?=[A-Z])|\n|$", text[high + 1 :])
        end = min(high + 1 + (stop.start() if stop else 0), sentence.end_char)
        segment = reading.doc.char_span(low, end, alignment_mode="contract")
        if segment is None or any(t.pos_ in VERBAL and t.tag_ != "VBG" for t in segment):
            continue
        copy = _copy(candidate, ("to", "place", "attends"))
        own = [
            p
            for p in reading.places.mentioned()
            if high <= p.start < end and _TO.search(text[: p.start]) and p.state
        ]
        if own:
            copy.slots.pop("to", None)
            copy.slots.pop("place", None)
            copy.add("to", own[0].state, own[0].start, own[0].end)
            if not (own[0].place is None and own[0].known_state):
                copy.add("place", own[0], own[0].start, own[0].end)
        if not copy.values("to") and not copy.values("attends"):
            continue
        copy.add("visitor", person, mention.start, mention.end)
        times = [t for t in reading.times if high <= t.start < end]
        spans = [(t, s) for t in times if (s := t.resolve(candidate.mood.direction)) is not None]
        if spans:
            copy.add("start", spans[0][1].start, spans[0][0].start, spans[0][0].end, spans[0][1].note)
        else:
            for start in candidate.values("start")[:1]:
                copy.add("start", start.content, start.start, start.end, start.note)
        copy.start, copy.end = low, high
        yield copy


def _mentions(reading: Reading, start: int, end: int) -> list[PersonMention]:
    found = [m for p in reading.people for m in p.mentions if start <= m.start < end]
    return sorted(found, key=lambda m: m.start)


def _copy(candidate: Candidate, slots: tuple[str, ...]) -> Candidate:
    kept = {slot: list(candidate.values(slot)) for slot in slots if candidate.values(slot)}
    return Candidate("visit", candidate.rule, candidate.start, candidate.end, candidate.mood, kept,
                     candidate.begun, candidate.over, min(candidate.confidence, 0.75))  # fmt: skip
