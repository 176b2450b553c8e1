"""From candidates to events: which mentions tell the same event, whose it is, and what its status is."""

from __future__ import annotations

from collections.abc import Iterable

from kg.claims import Modality
from kg.extraction import (
    attending,
    diary,
    documents,
    journeys,
    occasions,
    story_day,
    visit_events,
    visit_scenes,
    whereabouts,
)
from kg.extraction.candidates import Candidate, Value
from kg.extraction.dates import add_days
from kg.extraction.event import Event, compatible
from kg.extraction.implied import at_the_scene, imply_visits, meetings_within
from kg.extraction.modality import Mood
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.status import status

_REMOTE = frozenset({"PhoneCall", "UnspecifiedMeeting"})


def build(reading: Reading, candidates: Iterable[Candidate]) -> list[Event]:
    """The events of an article from the candidates that the rules found, in order of their first mention."""
    ordered = sorted(candidates, key=lambda c: c.start)
    events: list[Event] = []
    visit_scenes.locate(reading, ordered)
    if diary.is_blog(reading.text):
        visit_scenes.date_hours(reading, ordered)
    elif diary.is_diary(reading.text):
        visit_scenes.date_items(reading, ordered)
    homecomings: list[Candidate] = []
    for candidate in (c for c in ordered if c.kind == "visit" and not c.joins):
        visit_events.place_visit(reading, events, candidate, homecomings)
    for candidate in (c for c in ordered if c.kind == "visit" and c.joins):
        visit_events.join_visit(reading, events, candidate)
    for event in events:
        visit_events.settle_visit(reading, event)
    journeys.end_at_home(events, homecomings)
    journeys.end_with_the_next(reading, events)
    for candidate in (c for c in ordered if c.kind == "summit"):
        _place_summit(events, candidate)
    meetings = [c for c in ordered if c.kind == "meeting"]
    for candidate in sorted(meetings, key=lambda c: c.rule == "press-conference"):
        _place_meeting(reading, events, candidate)
    for event in (e for e in events if e.kind == "meeting"):
        _settle_kind(event)
    whereabouts.place_meetings(reading, events)
    at_the_scene(reading, events)
    imply_visits(reading, events)
    for candidate in (c for c in ordered if c.kind in occasions.KINDS):
        occasions.place(events, candidate)
    for candidate in (c for c in ordered if c.kind == "agreement"):
        documents.place(events, candidate)
    attending.date_guests(events)
    kept = [event for event in events if _settle(reading, event, events)]
    meetings_within(reading, kept)
    story_day.date_meetings(reading, kept)
    documents.link(kept)
    occasions.link(reading, kept)
    return kept


# -- the other kinds -------------------------------------------------------------------------------


def _place_summit(events: list[Event], candidate: Candidate) -> None:
    for event in events:
        if event.kind != "summit" or not set(event.nodes("organizer")) & {
            v.content for v in candidate.values("organizer")
        }:
            continue
        places, own = _places(event.values("place")), _places(candidate.values("place"))
        start = candidate.first("start")
        if (not places or not own or any(_may_be_one(a, b) for a in places for b in own)) and compatible(
            event.date("start"), str(start.content) if start else None
        ):
            event.mentions.append(candidate)
            return
    events.append(Event("summit", [candidate]))


def _places(values: list[Value]) -> list[Placed]:
    return [v.content for v in values if isinstance(v.content, Placed)]


def _may_be_one(a: Placed, b: Placed) -> bool:
    """Whether two places may be one: of one name, or a town and the state that it lies in."""
    inside = a.state == b.state and a.state is not None and (a.known_state or b.known_state)
    return a.label.casefold() == b.label.casefold() or inside


def _place_meeting(reading: Reading, events: list[Event], candidate: Candidate) -> None:
    people = candidate.people("participant")
    if not people:
        _join_meeting(reading, events, candidate)
        return
    if candidate.rule == "press-conference" and any(
        e.kind == "meeting"
        and {id(p) for p in people} == {id(p) for p in e.people("participant")}
        and (e.date("start") is None or _lately(e.date("start"), str(candidate.values("start")[0].content)))
        and any(m.mood in {Mood.PAST, Mood.PERFECT} for m in e.mentions)
        for e in events
    ):
        events_of = [e for e in events if e.kind == "meeting" and e.date("start") is None
                     and {id(p) for p in people} == {id(p) for p in e.people("participant")}]  # fmt: skip
        if events_of:
            events_of[0].mentions.append(candidate)
        return
    for event in events:
        if event.kind != "meeting" or {id(p) for p in people} != {id(p) for p in event.people("participant")}:
            continue
        start = candidate.first("start")
        fits = compatible(event.date("start"), str(start.content) if start else None)
        there, here = _places(event.values("place")), _places(candidate.values("place"))
        fits = fits and (not there or not here or any(_may_be_one(a, b) for a in there for b in here))
        if fits and candidate.rule == "discuss-verb" and not _by_phone(candidate):
            _drop(reading, candidate, "a meeting of the two is told, at which they discuss it")
            return
        if fits and _same_time(event, candidate) and not _by_other_means(event, candidate):
            event.mentions.append(candidate)
            return
    events.append(Event("meeting", [candidate]))


# How far back "the meeting" reaches, in characters.
_REACH = 800


def _join_meeting(reading: Reading, events: list[Event], candidate: Candidate) -> None:
    """Add what is told of "the meeting" to the only one that it can be."""
    start = candidate.first("start")
    told = [
        e for e in events
        if e.kind == "meeting" and any(candidate.start - _REACH < m.start < candidate.start for m in e.mentions)
    ]  # fmt: skip
    if len(told) != 1:
        _drop(reading, candidate, "which meeting it is, is not told")
        return
    event = told[0]
    fits = compatible(event.date("start"), str(start.content) if start else None)
    places = {p.casefold() for p in event.place_labels()}
    own = {v.content.label.casefold() for v in candidate.values("place") if isinstance(v.content, Placed)}
    if (
        not fits
        or not _same_time(event, candidate)
        or _by_other_means(event, candidate)
        or (places and own and not places & own)
    ):
        _drop(reading, candidate, "another meeting than the one told before")
        return
    for value in event.mentions[0].values("participant"):
        candidate.add("participant", value.content, value.start, value.end, value.note)
    event.mentions.append(candidate)


def _by_phone(candidate: Candidate) -> bool:
    return any(v.content == "PhoneCall" for v in candidate.values("kind"))


def _by_other_means(event: Event, candidate: Candidate) -> bool:
    """Whether one is by phone, and the other at a place that is told."""
    there = [m for m in event.mentions if m.values("place")]
    calls = [m for m in event.mentions if _by_phone(m)]
    return bool((calls and candidate.values("place")) or (there and _by_phone(candidate)))


def _settle_kind(event: Event) -> None:
    """A conversation of which one mention says that it was by phone, or face to face, is no longer unspecified."""
    if any(not m.values("kind") or _by_phone(m) for m in event.mentions):
        for mention in event.mentions:
            if any(v.content == "UnspecifiedMeeting" for v in mention.values("kind")):
                mention.slots.pop("kind")


def _lately(day: str | None, today: str) -> bool:
    return day is not None and add_days(today, -7)[: len(day)] <= day <= today


def _same_time(event: Event, candidate: Candidate) -> bool:
    past = {Mood.PAST, Mood.PERFECT}
    if candidate.mood is Mood.PRESENT or all(m.mood is Mood.PRESENT for m in event.mentions):
        return True  # a headline in the present tense
    return (candidate.mood in past) == any(m.mood in past for m in event.mentions)


def _settle(reading: Reading, event: Event, events: list[Event]) -> bool:
    """Give an event its status; False where it is not one after all."""
    if event.kind == "agreement" or event.kind in occasions.KINDS:
        why = (
            documents.settle(reading, event, events)
            if event.kind == "agreement"
            else occasions.settle(reading, event, events)
        )
        if why is not None:
            for mention in event.mentions:
                _drop(reading, mention, why)
        return why is None
    if event.kind == "summit" and not (event.values("place") or event.values("start")):
        for mention in event.mentions:
            _drop(reading, mention, "neither place nor date tells which summit")
        return False
    event.modality = status(event, reading.setting.day)
    if event.kind == "meeting" and not {str(v.content) for v in event.values("kind")} & _REMOTE:
        event.at = next((v for v in events if v.kind == "visit" and _during(v, event, events)), None)
    return True


def _during(visit: Event, meeting: Event, events: list[Event]) -> bool:
    """Whether a meeting is part of a visit: each who takes part is its visitor, or at home there, or a guest too."""
    people = meeting.people("participant")
    visitors = visit.people("visitor")
    to = visit.nodes("to")
    guests = [p for p in people if any(p is v for v in visitors)]
    others = [p for p in people if p not in guests]
    there = [p for p in others if p.home in to or any(
        e.kind == "visit" and p in e.people("visitor") and set(e.nodes("to")) & set(to)
        and compatible(e.date("start"), visit.date("start"))
        for e in events
    )]  # fmt: skip
    return (
        bool(guests and others)
        and len(there) == len(others)
        and compatible_within(meeting.date("start"), visit)
    )


def compatible_within(day: str | None, visit: Event) -> bool:
    """Whether a day may lie within a visit."""
    start, end = visit.date("start"), visit.date("end")
    if day is None or start is None:
        return visit.modality not in {Modality.CANCELLED, Modality.POSTPONED}
    last = end or (add_days(start, 5) if len(start) == 10 else start)
    return start[: len(day)] <= day[: len(start)] and day[: len(last)] <= last


def _drop(reading: Reading, candidate: Candidate, why: str) -> None:
    reading.drop(candidate, why)
