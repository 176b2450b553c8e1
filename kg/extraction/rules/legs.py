"""Several visits told by one verb: "visited A, B and C", "came in 1985 and in 1988", "on Monday and again on Friday"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.extraction.candidates import Candidate, Value
from kg.extraction.dates import TimeExpression, add_days
from kg.extraction.grammar import VERBAL, governor
from kg.extraction.modality import Mood
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.rules.series import Stop, stops

_AND = re.compile(
    r"(?:,| and|, and|,? and again|,? and then|, then|, again|,? twice,)(?: (?:again|later|finally|lastly|once more))?,? (?:in |on |the )?"
)
# What stands between the members of a list of places, with a kingdom or a short form in brackets.
_LISTED = re.compile(r"(?: \([^)]{1,12}\))?(?:,? (?:and|as well as)|,)(?: the)? ")
_SETTING_OUT = frozenset(
    {
        "begin",
        "start",
        "embark",
        "leave",
        "depart",
        "set",
        "open",
        "kick",
        "launch",
        "commence",
        "undertake",
        "proceed",
    }
)
_RECENT = 3
_AFTER_PLACE = re.compile(r",? \(?(?:on |in |from |early in |later in )?(?:the )?")


def split(reading: Reading, candidate: Candidate) -> Iterator[Candidate]:
    """The visits that a mention stands for: one for each state, and one for each of several times of the past."""
    own = [v for v in candidate.slots.pop("leg", []) if not _of_another(reading, candidate, v)]
    setting_out = bool(own) and _sets_out(reading, candidate)
    whole = _of_the_whole(reading, candidate, own, keep=setting_out) if own else None
    just_begun = setting_out and _just_now(reading, candidate)
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
            leg = by_state[placed.state] = _copy(candidate, later=just_begun)
            leg.confidence = min(leg.confidence, 0.8)
            time = _time_after(reading, value.end)
            if time is not None and whole is not None and time.start == whole.start:
                time = None
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


def _of_another(reading: Reading, candidate: Candidate, leg: Value) -> bool:
    """ "A flew to X and B to Y": Y is not where A went."""
    before = reading.text[candidate.end : leg.start]
    visitors = candidate.people("visitor")
    return any(
        re.fullmatch(r",? (?:to|for|in) (?:the )?", reading.text[max(m.end, m.title_end) : leg.start])
        for p in reading.people
        if p not in visitors
        for m in p.mentions
        if candidate.end <= m.start < leg.start
    ) and bool(before)


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


def _sets_out(reading: Reading, candidate: Candidate) -> bool:
    """ "began a visit to A and B on Monday", "left on Monday for A and B": the day is that of the first of them."""
    span = reading.doc.char_span(candidate.start, candidate.end, alignment_mode="expand")
    if span is None:
        return False
    word = span.root
    verb = word if word.pos_ in VERBAL else governor(word)
    planned = candidate.mood is Mood.PLANNED  # then the day of the arrival may be told, too
    return verb is not None and not planned and verb.lemma_.casefold() in _SETTING_OUT


def _just_now(reading: Reading, candidate: Candidate) -> bool:
    """Whether a journey has begun today or a few days ago, so that its later legs are still to come."""
    start, day = candidate.first("start"), reading.setting.day
    if day is None or candidate.mood not in {Mood.PAST, Mood.PERFECT, Mood.PRESENT, Mood.PROGRESSIVE}:
        return False
    if start is None:
        return candidate.mood in {Mood.PRESENT, Mood.PERFECT}
    return len(str(start.content)) == 10 and add_days(str(start.content), _RECENT) >= day.isoformat()


def _of_the_whole(reading: Reading, candidate: Candidate, legs: list[Value], *, keep: bool) -> Value | None:
    """The days of a journey of several legs are not those of its first leg, where they do not follow its name.

    Gives them back where they are those of the whole. With `keep` the first day is that of the first leg.
    """
    first = candidate.first("start")
    nearest = min(
        (v.end for v in candidate.values("to") if first and v.end <= first.start),
        key=lambda e: -e,
        default=None,
    )
    if first is None or (nearest is not None and _AFTER_PLACE.fullmatch(reading.text[nearest : first.start])):
        return None
    candidate.slots.pop("end", None)
    candidate.slots.pop("days", None)
    if not keep:
        candidate.slots["start"] = []
        candidate.add("start", str(first.content)[:7], first.start, first.end, "one leg of the journey")
    before = max((v.end for v in candidate.values("to")), default=0)
    last = legs[-1]
    listed = all(_LISTED.fullmatch(reading.text[a:b]) for a, b in _gaps(before, legs)) if legs else False
    return first if first.start < last.end or listed else None


def _gaps(start: int, legs: list[Value]) -> list[tuple[int, int]]:
    """Where the words between the places of a list stand."""
    ends = [start, *(v.end for v in legs)]
    return [(a, v.start) for a, v in zip(ends, legs, strict=False)]


def _copy(candidate: Candidate, *, later: bool = False) -> Candidate:
    kept = {slot: list(candidate.values(slot)) for slot in ("visitor", "kind") if candidate.values(slot)}
    # Who "is on a tour to A, B and C" is at the first of them, if at any.
    ahead = later or candidate.mood in {Mood.PRESENT, Mood.PROGRESSIVE}
    return Candidate("visit", candidate.rule, candidate.start, candidate.end,
                     Mood.PLANNED if ahead else candidate.mood, kept, candidate.begun and not later, candidate.over, candidate.confidence)  # fmt: skip


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
