"""Anniversaries: "the 75th anniversary of …", "marks 30 years of …"; not "established ties 30 years ago"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.dates import count
from kg.extraction.grammar import governor, prepositions, subjects
from kg.extraction.lexicon import ANNIVERSARY_OF_RELATIONS
from kg.extraction.modality import Mood
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents, StateReferent

if TYPE_CHECKING:
    from spacy.tokens import Token

_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)\b")
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "tenth": 10, "fifteenth": 15, "twentieth": 20, "thirtieth": 30,
    "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "centenary": 100,
}  # fmt: skip


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for anniversaries, in order of place."""
    for token in reading.doc:
        if token.lemma_.casefold() == "anniversary":
            yield from _anniversary(reading, referents, token)
        elif (
            token.lemma_.casefold() == "year"
            and token.head.lemma_ in {"mark", "celebrate", "commemorate"}
            and token.dep_ == "dobj"
        ):
            yield from _years(reading, referents, token)


def _anniversary(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    before = reading.text[max(0, noun.idx - 24) : noun.idx]
    found = _ORDINAL.findall(before)
    words = [w for w in re.findall(r"[a-z]+", before.casefold()) if w in _ORDINALS]
    number = int(found[-1]) if found else _ORDINALS[words[-1]] if words else None
    if number is None:
        reading.note("anniversary-noun", [noun], "dropped", "no ordinal")
        return
    start = noun.idx - len(before) + max(before.rfind(found[-1] if found else words[-1]), 0)
    yield from _finish(reading, referents, noun, number, start)


def _years(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    numbers = [c for c in noun.children if c.dep_ == "nummod"]
    number = count(numbers[0].text) if numbers else None
    if number:
        yield from _finish(reading, referents, noun, number, numbers[0].idx)


def _finish(
    reading: Reading, referents: Referents, noun: Token, number: int, start: int
) -> Iterator[Candidate]:
    candidate = Candidate("anniversary", "anniversary-noun", start, noun.idx + len(noun), Mood.PAST)
    candidate.add("ordinal", str(number), start, noun.idx + len(noun))
    things = list(prepositions(noun, "of", "since"))
    of = next((t for t in things if t.lemma_ in ANNIVERSARY_OF_RELATIONS | {"establishment"}), None)
    if of is not None:
        last = max(t.idx + len(t) for t in of.subtree if t.dep_ in {"amod", "compound"} or t.i == of.i)
        candidate.add("of", reading.text[of.left_edge.idx : last], of.left_edge.idx, last)
    pair: list[StateReferent] = []
    scopes = [
        *([of] if of is not None else []),
        *(t for t in (of.subtree if of is not None else []) if t.lemma_ in ANNIVERSARY_OF_RELATIONS),
        noun,
    ]
    for scope in scopes:
        for thing in prepositions(scope, "between", "with"):
            for state in referents.states(thing):
                if all(state.iri != p.iri for p in pair):
                    pair.append(state)
        if pair:
            break
    if len(pair) < 2 and of is not None:
        verb = governor(noun)
        holders = [
            s for subject in (subjects(verb) if verb is not None else []) for s in referents.states(subject)
        ]
        for state in holders:
            if all(state.iri != p.iri for p in pair):
                pair.append(state)
    if len(pair) != 2 and of is not None:
        near = [p for p in referents.state_pairs() if noun.sent.start_char <= p[0].start < noun.sent.end_char]
        pairs = near or [p for p in referents.state_pairs() if p[0].start < noun.idx][-1:]
        pair = list(pairs[0]) if pairs else []
    if of is None and not pair:  # the anniversary of an organization
        owner = next((reading.organization_at(t) for t in noun.sent if reading.organization_at(t)), None)
        if owner is not None and (things or noun.dep_ == "dobj"):
            candidate.add("organization", owner.iri, noun.idx, noun.idx + len(noun))
    for state in pair[:2]:
        candidate.add("between", state.iri, state.start, state.end)
    reading.note("anniversary-noun", [noun], "fired")
    yield candidate
