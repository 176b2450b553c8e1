"""The new date of a visit that was put off: "postponed to September 10", "put back until January", "will now come in May".

A postponed visit keeps its first date; the new one makes a second visit, planned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.candidates import Candidate
from kg.extraction.modality import Mood
from kg.extraction.reading import Reading

RULE = "rescheduled"
_UNTIL = re.compile(r"\b(?:until|till|to|for)(?: the)?(?: (?:early|late|mid))? $", re.IGNORECASE)
_FIRST_SET = re.compile(
    r"\b(?:planned|scheduled|set|due|slated|arranged|fixed|foreseen|intended|originally|initially)(?: originally| initially)? for (?:the )?$"
)
_PUT_OFF = re.compile(
    r"\b(?:postpon\w+|put (?:it |him |her |them )?(?:off|back)|deferr?\w*|delay\w*|moved?(?: back)?|reschedul\w+|shifted|pushed back)\b",
    re.IGNORECASE,
)


def again(reading: Reading, candidate: Candidate) -> Iterator[Candidate]:
    """The planned visit that a postponed one, or "will now come" after it, makes; its date leaves the old one."""
    if candidate.mood is not Mood.POSTPONED:
        return
    span = reading.doc.char_span(candidate.start, candidate.end, alignment_mode="expand")
    if span is None:
        return
    sentence = span[0].sent
    for time in reading.times:
        if not sentence.start_char <= time.start < sentence.end_char:
            continue
        before = reading.text[sentence.start_char : time.start]
        if not _UNTIL.search(before) or not _PUT_OFF.search(before) or _FIRST_SET.search(before):
            continue
        found = time.resolve("future")
        if found is None or time.kind == "end":
            continue
        for slot in ("start", "end"):  # what it was put off to is not when it was to be
            kept = [v for v in candidate.values(slot) if not (time.start <= v.start < time.end)]
            candidate.slots.pop(slot, None)
            if kept:
                candidate.slots[slot] = kept
        slots = {
            s: list(candidate.values(s)) for s in ("visitor", "to", "place", "kind") if candidate.values(s)
        }
        new = Candidate("visit", RULE, candidate.start, candidate.end, Mood.PLANNED, slots, confidence=0.8)
        new.add("start", found.start, time.start, time.end, found.note)
        if found.end:
            new.add("end", found.end, time.start, time.end, found.note)
        yield new
        return
