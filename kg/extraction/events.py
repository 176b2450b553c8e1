"""From candidates to events: which mentions tell the same event, whose it is, and what its status is.

Two mentions of a visit are one event where they share a visitor and a host state and their dates do not
contradict each other; a definite mention ("the two-day visit") joins the visit last told.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from kg.claims import Modality
from kg.extraction import diary, documents, journeys, occasions, trips, whereabouts
from kg.extraction.candidates import Candidate, Value
from kg.extraction.dates import add_days
from kg.extraction.event import Derived, Event, compatible
from kg.extraction.implied import at_the_scene, imply_visits, meetings_within
from kg.extraction.lexicon import ARRIVALS
from kg.extraction.modality import Mood
from kg.extraction.persons import Person
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.status import status


def build(reading: Reading, candidates: Iterable[Candidate]) -> list[Event]:
    """The events of an article from the candidates that the rules found, in order of their first mention."""
    ordered = sorted(candidates, key=lambda c: c.start)
    events: list[Event] = []
    _locate(reading, ordered)
    if diary.is_blog(reading.text):
        _date_hours(reading, ordered)
    elif diary.is_diary(reading.text):
        _date_items(reading, ordered)
    homecomings: list[Candidate] = []
    for candidate in (c for c in ordered if c.kind == "visit" and not c.joins):
        _place_visit(reading, events, candidate, homecomings)
    for candidate in (c for c in ordered if c.kind == "visit" and c.joins):
        _join_visit(reading, events, candidate)
    for event in events:
        _settle_visit(reading, event)
    journeys.end_at_home(events, homecomings)
    journeys.end_with_the_next(reading, events)
    for candidate in (c for c in ordered if c.kind == "summit"):
        _place_summit(events, candidate)
    for candidate in (c for c in ordered if c.kind == "meeting"):
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
    kept = [event for event in events if _settle(reading, event, events)]
    meetings_within(reading, kept)
    documents.link(kept)
    occasions.link(reading, kept)
    return kept


# -- visits --------------------------------------------------------------------------------------


def _place_visit(
    reading: Reading, events: list[Event], candidate: Candidate, homecomings: list[Candidate]
) -> None:
    visits = [e for e in events if e.kind == "visit"]
    visitors = candidate.people("visitor")
    to = candidate.first("to")
    if not visitors:
        for event in sorted(visits, key=lambda e: -e.mentions[-1].start):
            if to is None or to.content in event.nodes("to"):
                event.mentions.append(candidate)
                return
        traveller = _on_the_road(reading, visits, candidate)
        if traveller is not None:
            for person in traveller.people("visitor"):
                candidate.add("visitor", person, *_words(reading, traveller.mentions[-1]),
                              f"the trip goes on: {person.name}")  # fmt: skip
            visitors = candidate.people("visitor")
    if not visitors:
        _drop(reading, candidate, "no visitor, and no visit told before that it could belong to")
        return
    home = [p for p in visitors if to is not None and p.home == to.content]
    if home:
        if journeys.is_homecoming(candidate):
            homecomings.append(candidate)
        _drop(reading, candidate, "the visitor's own state")
        return
    if candidate.rule.endswith(("-there", "-presence", "-elsewhere")) and all(p.posted for p in visitors):
        _drop(reading, candidate, "an ambassador lives there")
        return
    private = [p for p in visitors if not p.public]
    if private:
        _drop(reading, candidate, "the visitor holds no public office that is known")
        return
    for event in reversed(visits):
        same_people = any(p is q for p in visitors for q in event.people("visitor"))
        same_state = to is None or to.content in event.nodes("to")
        if same_people and same_state and _agree(event, candidate):
            event.mentions.append(candidate)
            return
        if same_people and to is not None and same_state and trips.of_one_trip(event, candidate):
            trips.join(event, candidate)
            return
    scene = reading.scene_at(candidate.start)
    if (
        to is None
        and candidate.mood in _AHEAD
        and scene is not None
        and scene.state is not None
        and all(p.home != scene.state for p in visitors)
    ):
        note = f"no other place is told, and the article is written in {scene.label}"
        candidate.add("to", scene.state, candidate.start, candidate.end, note)
        if scene.place is not None:
            candidate.add("place", scene, candidate.start, candidate.end, note)
        to = candidate.first("to")
    if to is None:
        if (
            candidate.rule == "visit-noun"
            and (candidate.over or candidate.values("end"))
            and not candidate.joins
        ):
            candidate.joins = True  # its end may be that of a visit told below
            return
        _drop(reading, candidate, "no state or place is told")
        return
    groups: dict[NamedNode | None, list[Person]] = {}
    for person in visitors:
        groups.setdefault(person.home, []).append(person)
    for people in groups.values():
        own = Candidate(candidate.kind, candidate.rule, candidate.start, candidate.end, candidate.mood,
                        {**candidate.slots, "visitor": [v for v in candidate.values("visitor") if any(v.content is p for p in people)]},
                        candidate.begun, candidate.over, candidate.confidence)  # fmt: skip
        events.append(Event("visit", [own]))


def _join_visit(reading: Reading, events: list[Event], candidate: Candidate) -> None:
    """Add what only adds to a visit to the one of this visitor that the text tells, if there is no other it may be."""
    visitors, to = candidate.people("visitor"), candidate.first("to")
    span = reading.doc.char_span(candidate.start, candidate.end, alignment_mode="expand")
    begin = span[0].sent.start_char if span is not None else candidate.start
    mine = [
        e
        for e in events
        if (candidate.rule == "visit-noun" or e.mentions[0].start < begin)
        and any(p is q for p in visitors for q in e.people("visitor"))
        and (to is None or to.content in e.nodes("to"))
        and not (candidate.begun and any(m.over for m in e.mentions))
    ]
    if len(mine) != 1 or len(visitors) != 1:
        _drop(reading, candidate, "no place, and not one visit that it could belong to")
    elif _agree(mine[0], candidate):
        mine[0].mentions.append(candidate)
    else:
        _drop(reading, candidate, "no place, and another day than the visit that is told")


_AHEAD = frozenset({Mood.PLANNED, Mood.CANCELLED, Mood.POSTPONED})


def _locate(reading: Reading, candidates: list[Candidate]) -> None:
    """Give who attends "the summit" its place: the one that the text tells, or that of the dateline."""
    told = {v.content.place or v.content.label: v for c in candidates if c.kind == "summit"
            for v in c.values("place") if isinstance(v.content, Placed)}  # fmt: skip
    places = list(told.values())
    for candidate in (c for c in candidates if c.values("attends") and not c.values("to")):
        value = places[0] if len(places) == 1 else _nearest(reading, candidate, candidates)
        scene = reading.scene_at(candidate.start)
        if value is not None and isinstance(value.content, Placed):
            placed, start, end = value.content, value.start, value.end
        elif not places and scene is not None:
            placed, start, end = scene, candidate.start, candidate.end
        else:
            continue
        if placed.state is not None:
            note = f"the summit is in {placed.label}"
            candidate.add("to", placed.state, start, end, note)
            candidate.add("place", placed, start, end, note)
            days = _days(candidates)
            if (
                len(days) == 1
                and not candidate.values("start")
                and (
                    candidate.rule.endswith("presence")
                    or (candidate.rule == "attendance" and candidate.mood in _AHEAD)
                )
            ):
                day = next(iter(days.values()))
                candidate.add("start", day.content, day.start, day.end, f"the summit begins on {day.content}")


def _days(candidates: list[Candidate]) -> dict[str, Value]:
    """The first days of the summits that a text tells; a month that has one of the days is not another."""
    days = {str(v.content): v for c in candidates if c.kind == "summit" for v in c.values("start")}
    return {d: v for d, v in days.items() if not any(o != d and o.startswith(d) for o in days)}


def _nearest(reading: Reading, candidate: Candidate, candidates: list[Candidate]) -> Value | None:
    """Of several summits the place of the one told last, in the same paragraph."""
    begin = reading.text.rfind("\n\n", 0, candidate.start) + 1
    told = [c for c in candidates if c.kind == "summit" and begin <= c.start <= candidate.end + 80]
    before = [v for c in told for v in c.values("place") if isinstance(v.content, Placed)]
    return before[-1] if before else None


def _date_items(reading: Reading, candidates: list[Candidate]) -> None:
    """Give what a diary announces without a day that of the heading above it."""
    for candidate in (c for c in candidates if c.kind in {"visit", "meeting"} and not c.values("start")):
        day = diary.day_above(reading.text, reading.times, candidate.start)
        if day is None or candidate.mood not in {Mood.PLANNED, Mood.PRESENT}:
            continue
        span = day.resolve("future")
        if span is not None:
            candidate.add("start", span.start, day.start, day.end, "the heading above gives the day")


def _date_hours(reading: Reading, candidates: list[Candidate]) -> None:
    """Give what a live blog tells without a day, in a paragraph that names no other, the day of the blog."""
    day = reading.setting.day
    for candidate in (c for c in candidates if c.kind in {"visit", "meeting"} and not c.values("start")):
        low = reading.text.rfind("\n\n", 0, candidate.start) + 1
        high = reading.text.find("\n\n", candidate.start)
        other = any(
            low <= t.start < (high if high > 0 else t.start + 1) and t.kind != "deictic"
            for t in reading.times
        )
        arrived = candidate.kind == "meeting" or candidate.begun
        if day is None or other or not arrived or not diary.in_hour(reading.text, candidate.start):
            continue
        if candidate.mood in {Mood.PAST, Mood.PERFECT, Mood.PRESENT, Mood.PROGRESSIVE} and not candidate.over:
            candidate.add("start", day.isoformat(), candidate.start, candidate.end, "told live, of the day")


def _on_the_road(reading: Reading, visits: list[Event], candidate: Candidate) -> Event | None:
    """The visit told right before, where a sentence tells a further leg without saying whose."""
    span = reading.doc.char_span(candidate.start, candidate.end, alignment_mode="expand")
    if not visits or span is None:
        return None
    sentence = span[0].sent
    named = [
        p for p in reading.people for m in p.mentions if sentence.start_char <= m.start < sentence.end_char
    ]
    before = reading.doc[sentence.start - 1].sent if sentence.start else sentence
    last = max(visits, key=lambda e: e.mentions[-1].start)
    return last if not named and last.mentions[-1].start >= before.start_char else None


def _agree(event: Event, candidate: Candidate) -> bool:
    for slot in ("start", "end"):
        value = candidate.first(slot)
        if value is not None and not compatible(event.date(slot), str(value.content)):
            return False
    called_off = {Mood.CANCELLED, Mood.POSTPONED}
    been = candidate.mood in {Mood.PAST, Mood.PERFECT} and (candidate.begun or candidate.over)
    if been and all(m.mood in called_off for m in event.mentions):
        return False  # who has been there was there another time
    return (candidate.mood in called_off) <= (
        any(m.mood in called_off or m.mood in {Mood.PLANNED, Mood.PRESENT} for m in event.mentions)
    )


def _settle_visit(reading: Reading, event: Event) -> None:
    """Dates that follow from the words: the day of a reported arrival, the last day of an N-day visit."""
    today = reading.setting.day
    told = {Mood.PAST, Mood.PERFECT, Mood.PRESENT}
    arrivals = [m for m in event.mentions if m.begun and m.mood in told and m.rule in ARRIVALS]
    if event.date("start") is None and arrivals and today is not None and _now(reading, arrivals[0]):
        mention = arrivals[0]
        event.derived.append(Derived(
            "start", today.isoformat(), (_words(reading, mention),),
            f"the arrival is reported in an article of {today.isoformat()}, with no other day told",
        ))  # fmt: skip
    start, last = event.date("start"), event.date("end")
    days = next((v for m in event.mentions for v in m.values("days")), None)
    if start is None and days is not None and last is not None and len(last) == 10:
        number = int(str(days.content))
        first = add_days(last, 1 - number)
        event.derived.append(Derived(
            "start", first, ((days.start, days.end), *((v.start, v.end) for v in event.values("end")[:1])),
            f"“{reading.text[days.start : days.end]}”: {number} days, the last of which is {last}, so the first is {first}",
        ))  # fmt: skip
    if last is None and days is not None and start is not None and len(start) == 10 and trips.begins(event):
        number = int(str(days.content))
        end = add_days(start, number - 1)
        gone = any(m.over and m.mood in {Mood.PAST, Mood.PERFECT} for m in event.mentions)
        if gone and today is not None and end > today.isoformat():
            return  # who is back again has not stayed so long
        words = reading.text[days.start : days.end]
        sources = [(days.start, days.end)]
        sources += [(v.start, v.end) for v in event.values("start")][:1]
        sources += [p for d in event.derived if d.slot == "start" for p in d.passages][:1]
        event.derived.append(Derived(
            "end", end, tuple(sources),
            f"“{words}”: {number} days, the first of which is {start}, so the last is {end}",
        ))  # fmt: skip


def _words(reading: Reading, mention: Candidate) -> tuple[int, int]:
    """The words of a mention, within its sentence."""
    span = reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    sentence = span[0].sent if span is not None else reading.doc[:]
    return mention.span(sentence.start_char, sentence.end_char)


def _now(reading: Reading, mention: Candidate) -> bool:
    """Whether an arrival is the news: told near the head of the text."""
    sentences = list(reading.doc.sents)
    limit = sentences[min(3, len(sentences) - 1)].end_char
    return mention.start <= limit


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
    if event.kind == "meeting":
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
