"""People told in one list: "received N., Prime Minister of A, M., her colleague from B, and the president of C, K."

A small parser loses the later members of a list of names with titles. Names with nothing but titles, commas and
conjunctions between them are one list, where a conjunction closes it and none of them does something of its own.
"""

from __future__ import annotations

import re

from kg.extraction.grammar import SUBJECTS
from kg.extraction.persons import PersonMention
from kg.extraction.reading import Reading

_AND = r"(?:and|as well as|and also|and then|plus|and later)"
_GAP = re.compile(
    rf"(?:,? \([^()]{{1,40}}\))?(?:[,;]? {_AND}|[,;]) (?:with )?(?:(?:the|his|her|its|their) )?"
)
_CLOSES = re.compile(rf"\b{_AND}\b")


def rest(reading: Reading, mention: PersonMention) -> list[PersonMention]:
    """The people of a list that follow one who is named, in order; none where the list is not closed by "and"."""
    everyone = sorted((m for p in reading.people for m in p.mentions), key=_low)
    out: list[PersonMention] = []
    closed, last = 0, mention
    sentence = _sentence_end(reading, mention)
    for other in everyone:
        if _low(other) < _high(last) or other.person is last.person:
            continue
        gap = reading.text[_high(last) : _low(other)]
        if _low(other) >= sentence or not _GAP.fullmatch(gap) or _acts(reading, other):
            break
        out.append(other)
        if _CLOSES.search(gap):
            closed = len(out)
        last = other
    return out[:closed]


def _low(mention: PersonMention) -> int:
    return min(mention.start, mention.title_start)


def _high(mention: PersonMention) -> int:
    return max(mention.end, mention.title_end)


def _sentence_end(reading: Reading, mention: PersonMention) -> int:
    span = reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return span[0].sent.end_char if span is not None else mention.end


def _acts(reading: Reading, mention: PersonMention) -> bool:
    """Whether somebody is the subject of a verb that follows: then a new clause begins with the name."""
    span = reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return True
    root = span.root
    return root.dep_ in SUBJECTS and root.head.i > root.i


def first_of(reading: Reading, mention: PersonMention) -> PersonMention:
    """The first name of a list that ends with one: "A, prime minister, and B, her deputy"; the same where it is alone."""
    everyone = sorted((m for p in reading.people for m in p.mentions), key=_low)
    closed = False
    while True:
        before = [m for m in everyone if _high(m) <= _low(mention) and m.person is not mention.person]
        gap = reading.text[_high(before[-1]) : _low(mention)] if before else ""
        closed = closed or _CLOSES.search(gap) is not None
        if not closed or not _GAP.fullmatch(gap):
            return mention
        mention = before[-1]
