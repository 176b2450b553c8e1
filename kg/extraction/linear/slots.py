"""Where a verb goes and when, read from the words after it and from the head of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.candidates import Candidate
from kg.extraction.dates import Direction, TimeExpression
from kg.extraction.lexicon import VISIT_KINDS
from kg.extraction.places import Placed
from kg.extraction.reading import Reading

_ADVERB = (
    r"(?: (?:on|off|over|back|down|up|straight|directly|onwards?|first|again|then|next|in|out|together|separately|early|late|only|"
    r"briefly|quietly|alone|later|too|as well|himself|herself|\w+ly))*"
)
_TIME = r"(?:,? (?:on |in |early |late |early on |late on |the )?§,?)?"
_THE = r"(?:the )?(?:nearby |neighbouring |neighboring |distant |far-off )?(?:(?:capital|city|town|village|port|island|resort|state|republic)(?: city)?(?: of|,) )?"
_REACH = 90
# An end of the clause that a verb stands in.
_CLAUSE = re.compile(
    r"[;:—–]|\.\s|, (?:who|whom|where|which|while|but|and|as|before|after|when|whose|with|it|he|she)\b| (?:and|but|while|where|who|before|after|when|because|whom) "
)
_LENGTH = re.compile(
    r"\b(?:for|on|of|to) (?:an?|his|her|their|the) (?P<words>(?:[\w-]+,? ){0,4}?)(?:visit|trip|stay|tour|stop|stopover|talks)\b"
)
_ENDS = re.compile(r"\b(?:until|till|through|up to) (?:the )?$", re.IGNORECASE)
_FRONT = re.compile(
    r"(?:(?:on|in|early on|late on|by|only|and|but|then|also|early|late) )*(?:the )?$", re.IGNORECASE
)


def destination(reading: Reading, end: int, words: str, reach: int = _REACH) -> Placed | None:
    """The first place after an offset that stands with one of some prepositions (a pattern), nothing else between."""
    span = reading.doc.char_span(end - 1, end, alignment_mode="expand")
    sentence_end = span[0].sent.end_char if span is not None else end
    for placed in places_between(reading, end, min(sentence_end, end + reach)):
        gap = without_times(reading, end, placed.start)
        return placed if re.fullmatch(rf"{_ADVERB}{_TIME}{words}{_THE}", gap) else None
    return None


def places_between(reading: Reading, start: int, end: int) -> Iterator[Placed]:
    """The places named between two offsets that are gone to: no part of a name, no possessor."""
    for placed in reading.places.mentioned():
        if start <= placed.start < end and placed.state is not None:
            span = reading.doc.char_span(placed.start, placed.end, alignment_mode="expand")
            owns = re.match(r"['’]s?\b|-\w", reading.text[placed.end :])
            if span is not None and reading.person_at(span.root) is None and not owns:
                yield placed


def without_times(reading: Reading, start: int, end: int) -> str:
    """A piece of text in which § stands for each expression of time."""
    out, at = "", start
    for time in reading.times:
        if start <= time.start and time.end <= end:
            out += reading.text[at : time.start] + "§"
            at = time.end
    return out + reading.text[at:end]


def clause_end(reading: Reading, start: int) -> int:
    """Where the clause ends that goes on at an offset."""
    span = reading.doc.char_span(start - 1, start, alignment_mode="expand")
    limit = span[0].sent.end_char if span is not None else len(reading.text)
    found = _CLAUSE.search(reading.text, start, limit)
    while (
        found is not None
        and re.match(r" and (?:again )?(?:on )?§| and ", found.group())
        and _joins_times(reading, found)
    ):
        found = _CLAUSE.search(reading.text, found.end(), limit)
    return found.start() if found else limit


def _joins_times(reading: Reading, found: re.Match[str]) -> bool:
    """ "on 3 and 4 May": an "and" within an expression of time."""
    return any(t.start < found.start() and found.end() <= t.end for t in reading.times)


def add_times(
    reading: Reading, candidate: Candidate, opens: int, verb: int, after: int, direction: Direction | None
) -> None:
    """Give a candidate its days: those that follow within its clause, else the one that its clause opens with."""
    stop = clause_end(reading, after)
    times = [t for t in reading.times if (verb <= t.start < stop)]
    front = [t for t in reading.times if _fronts(reading, t, opens, verb)]
    for time in [*times, *front]:
        span = time.resolve(direction)
        if span is None or time.kind == "end":
            continue
        if _ENDS.search(reading.text[max(0, time.start - 12) : time.start]):
            if len(span.start) == 10:
                candidate.add("end", span.start, time.start, time.end, span.note)
            continue
        if (
            reading.text[max(0, time.start - 6) : time.start]
            .casefold()
            .endswith(("since ", "after ", "before ", "than "))
        ):
            continue
        if not candidate.values("start"):
            candidate.add("start", span.start, time.start, time.end, span.note)
            if span.end:
                candidate.add("end", span.end, time.start, time.end, span.note)
    _length(reading, candidate, after, stop)


def _fronts(reading: Reading, time: TimeExpression, opens: int, verb: int) -> bool:
    """Whether a time opens the clause, or stands right before its subject or its verb."""
    text = reading.text
    if opens <= time.start < verb:
        return len(text[time.end : verb].split()) <= 3 and "," not in text[time.end : verb]
    if time.end > opens or opens - time.end > 2:
        return False
    before = text[max(0, time.start - 20) : time.start]
    return bool(re.search(r"(?:^|[.;:!?\n”\"] ?|, (?:and|but) |\) ?|- )$", _FRONT.sub("", before.split("\n")[-1] or "")) or
                _FRONT.sub("", before.rsplit("\n", 1)[-1]) == "")  # fmt: skip


def _length(reading: Reading, candidate: Candidate, start: int, end: int) -> None:
    """ "for a two-day state visit", "for three days"."""
    text = reading.text
    for match in _LENGTH.finditer(text, start, end):
        for word in match["words"].replace(",", "").split():
            if word in VISIT_KINDS:
                candidate.add("kind", VISIT_KINDS[word], match.start("words"), match.end())
    for low, high, days in reading.durations:
        if start <= low < end and re.search(
            r"\b(?:for|on) (?:an? |the |his |her |their )?(?:\w+ )?$", text[start:low]
        ):
            candidate.add("days", str(days), low, high)
            return
