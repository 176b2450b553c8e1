"""Several visits told by one verb: "visited A, B and C", "came in 1985 and in 1988", "on Monday and again on Friday"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.extraction.candidates import Candidate, Value
from kg.extraction.dates import TimeExpression
from kg.extraction.modality import Mood
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.rules.series import Stop, stops

_AND = re.compile(
    r"(?:,| and|, and|,? and again|,? and then|, then|, again|,? twice,)(?: (?:again|later|finally|lastly|once more))?,? (?:in |on |the )?"
)
_AFTER_PLACE = re.compile(r",? \(?(?:on |in |from |early in |later in )?(?:the )?")


def split(reading: Reading, candidate: Candidate) -> Iterator[Candidate]:
    """The visits that a mention stands for: one for each state, and one for each of several times of the past."""
    own = candidate.slots.pop("leg", [])
    if own:
        _of_the_whole(reading, candidate)
    yield candidate
    to = candidate.first("to")
    if to is None:
        return
    by_state: dict[NamedNode, Candidate] = {}
    told = {v.start for v in (*own, *candidate.values("to"), *candidate.values("place"))}
    later = [s for s in _series(reading, candidate, own) if s.placed.start not in told]
    for value in own:
        placed = value.content
        if not isinstance(placed, Placed) or placed.state is None:
            continue
        leg = by_state.get(placed.state)
        if leg is None:
            leg = by_state[placed.state] = _copy(candidate)
            leg.confidence = min(leg.confidence, 0.8)
            time = _time_after(reading, value.end)
            first = candidate.first("start")
            span = time.resolve(candidate.mood.direction) if time is not None else None
            if time is not None and span is not None:
                leg.add("start", span.start, time.start, time.end, span.note)
            elif first is not None:
                leg.add("start", str(first.content)[:7], first.start, first.end, "one leg of the journey")
        leg.add("to", placed.state, value.start, value.end)
        if not (placed.place is None and placed.known_state):
            leg.add("place", placed, value.start, value.end)
    further = list(_further(candidate, later, by_state))
    yield from by_state.values()
    yield from further
    if by_state or further or candidate.mood not in {Mood.PAST, Mood.PERFECT}:
        return
    for time in _more_times(reading, candidate):
        span = time.resolve("past")
        if span is not None:
            other = _copy(candidate)
            other.slots["to"] = list(candidate.values("to"))
            other.slots["place"] = list(candidate.values("place"))
            other.add("start", span.start, time.start, time.end, span.note)
            yield other


def _series(reading: Reading, candidate: Candidate, own: list[Value]) -> list[Stop]:
    """The stops that the sentence goes on with after the last place that is known of the journey."""
    places = [*own, *candidate.values("to"), *candidate.values("place")]
    span = reading.doc.char_span(candidate.start, candidate.end, alignment_mode="expand")
    if span is None or not candidate.values("visitor") or candidate.rule.startswith(_NO_SERIES):
        return []
    sentence = span[0].sent
    here = [v.end for v in places if candidate.start <= v.start < sentence.end_char]
    if not here:
        return []
    return stops(reading, max(here), sentence.end_char)


_NO_SERIES = ("departure", "welcome", "attend", "deed")


def _further(
    candidate: Candidate, later: list[Stop], by_state: dict[NamedNode, Candidate]
) -> Iterator[Candidate]:
    """The visits of further stops; those of the same state at the same time are stops of one visit."""
    homes = {p.home for p in candidate.people("visitor")}
    to = candidate.first("to")
    visits: dict[object, Candidate] = {to.content: candidate} if to is not None else {}
    visits.update(by_state.items())
    for stop in later:
        placed = stop.placed
        if placed.state is None or placed.state in homes:
            return  # "and back to …": the journey ends
        span = stop.time.resolve(candidate.mood.direction) if stop.time is not None else None
        visit = visits.get(placed.state)
        start = visit.first("start") if visit is not None else None
        if visit is None or (span and start and str(start.content)[:7] != span.start[:7]):
            visit = visits[placed.state] = _copy(candidate)
            visit.confidence = min(visit.confidence, 0.75)
            visit.add("to", placed.state, placed.start, placed.end)
            if span is not None and stop.time is not None:
                visit.add("start", span.start, stop.time.start, stop.time.end, span.note)
            yield visit
        if not (placed.place is None and placed.known_state):
            visit.add("place", placed, placed.start, placed.end)


def _of_the_whole(reading: Reading, candidate: Candidate) -> None:
    """The days of a journey of several legs are not those of its first leg, where they do not follow its name."""
    first = candidate.first("start")
    nearest = min(
        (v.end for v in candidate.values("to") if first and v.end <= first.start),
        key=lambda e: -e,
        default=None,
    )
    if first is None or (nearest is not None and _AFTER_PLACE.fullmatch(reading.text[nearest : first.start])):
        return
    candidate.slots["start"] = []
    candidate.slots.pop("end", None)
    candidate.slots.pop("days", None)
    candidate.add("start", str(first.content)[:7], first.start, first.end, "one leg of the journey")


def _copy(candidate: Candidate) -> Candidate:
    kept = {slot: list(candidate.values(slot)) for slot in ("visitor", "kind") if candidate.values(slot)}
    # Who "is on a tour to A, B and C" is at the first of them, if at any.
    ahead = candidate.mood in {Mood.PRESENT, Mood.PROGRESSIVE}
    return Candidate("visit", candidate.rule, candidate.start, candidate.end,
                     Mood.PLANNED if ahead else candidate.mood, kept, candidate.begun, candidate.over, candidate.confidence)  # fmt: skip


def _time_after(reading: Reading, end: int) -> TimeExpression | None:
    return next((t for t in reading.times if _AFTER_PLACE.fullmatch(reading.text[end : t.start])), None)


def _more_times(reading: Reading, candidate: Candidate) -> Iterator[TimeExpression]:
    """The times coordinated with the one that a visit was told for."""
    first = candidate.first("start")
    if first is None:
        return
    end = first.end
    for time in reading.times:
        if time.start < end:
            continue
        if not _AND.fullmatch(reading.text[end : time.start]):
            return
        yield time
        end = time.end
