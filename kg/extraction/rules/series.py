"""Further stops of a journey, told as a series: "to Accra in 2022, Lomé a year later and, last May, to Abidjan".

The parser loses such series, so they are read from left to right: places and times with nothing between them but commas,
conjunctions and prepositions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.dates import TimeExpression
from kg.extraction.grammar import SUBJECTS
from kg.extraction.places import Placed
from kg.extraction.reading import Reading

_WORD = (
    r"(?:and|then|or|plus|finally|later|lastly|next|once|twice|again|also|back|on|onwards?|most recently|recently"
    r"|after that|afterwards?|from there|thence|before that|followed by|as well as)"
)
_PREPOSITION = r"(?:(?:on )?(?:to|in|into|at|for))"
# Between one stop and the next: at least a comma or a conjunction.
_NEXT = re.compile(
    rf"(?:\)?[,;:](?: {_WORD},?)*| {_WORD},?(?: {_WORD},?)*) (?:{_PREPOSITION} )?(?:the )?(?:(?:town|city|island|port) of )?",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"[^.;]{{0,40}}[:,] (?:{_WORD},? )*{_PREPOSITION} (?:the )?", re.IGNORECASE)
# Between a stop and its time, and between a time told first and its stop.
_TIME_AFTER = re.compile(r",? \(?(?:(?:back |early |late )?(?:on|in|from) )?(?:the )?")
_TIME_NEXT = re.compile(
    rf"(?:\)?[,;:](?: {_WORD},?)*| {_WORD},?(?: {_WORD},?)*) (?:(?:on|in) )?(?:the )?", re.IGNORECASE
)
_PLACE_AFTER_TIME = re.compile(rf",? (?:{_WORD},? )*(?:{_PREPOSITION} )(?:the )?", re.IGNORECASE)


@dataclass(slots=True)
class Stop:
    """A stop of a series, with the time that stands with it."""

    placed: Placed
    time: TimeExpression | None = None


def stops(reading: Reading, start: int, end: int, *, first: bool = False) -> list[Stop]:
    """The stops of a series that goes on from an offset, up to the end of the sentence.

    With `first`, the series begins there, after a colon or comma, and its first stop needs a preposition.
    """
    items: list[Placed | TimeExpression] = [
        *(p for p in reading.places.mentioned() if start <= p.start < end and p.state is not None),
        *(t for t in reading.times if start <= t.start < end and t.kind not in {"end", "unit"}),
    ]
    items.sort(key=lambda i: i.start)
    out: list[Stop] = []
    at, waiting = start, None
    for item in items:
        gap = reading.text[at : item.start]
        if isinstance(item, TimeExpression):
            if _TIME_AFTER.fullmatch(gap) and not gap.startswith(",") and waiting is None:
                if out:
                    out[-1].time = item
            elif _TIME_NEXT.fullmatch(gap) and waiting is None:
                waiting = item
            else:
                break
        else:
            pattern = _PLACE_AFTER_TIME if waiting is not None else _FIRST if first and not out else _NEXT
            if not pattern.fullmatch(gap) or not _names_a_stop(reading, item):
                break
            if (
                gap == ", "
                and waiting is None
                and out
                and out[-1].placed.state == item.state
                and item.known_state
            ):
                pass  # "Kasane, Botswana"
            else:
                out.append(Stop(item, waiting))
            waiting = None
        at = item.end
    return out


def _names_a_stop(reading: Reading, placed: Placed) -> bool:
    """Whether a place is one gone to: no possessor, no subject of what follows, no part of a name or title."""
    if reading.text[placed.end : placed.end + 2] in {"'s", "’s", "-"}:
        return False
    span = reading.doc.char_span(placed.start, placed.end, alignment_mode="expand")
    if span is None or reading.person_at(span.root) is not None:
        return False
    root = span.root
    return root.dep_ not in SUBJECTS | {"compound", "amod", "poss"} and root.pos_ in {"PROPN", "NOUN"}
