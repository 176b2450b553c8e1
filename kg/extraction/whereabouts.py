"""Where talks are held that the text gives no place: wherever one of those who hold them is staying that day."""

from __future__ import annotations

from kg.claims import Modality
from kg.extraction import diary
from kg.extraction.candidates import Value
from kg.extraction.dates import add_days
from kg.extraction.event import Event
from kg.extraction.modality import Mood
from kg.extraction.persons import Person
from kg.extraction.places import Placed
from kg.extraction.reading import Reading

_REMOTE = frozenset({"PhoneCall", "UnspecifiedMeeting"})
_HELD = frozenset({Mood.PAST, Mood.PERFECT})
# A visit without an end lasts so many days at least for those who are told to do something then.
_STAY = 3


def place_meetings(reading: Reading, events: list[Event]) -> None:
    """Put the talks of a traveller, on a day of a visit, where the visit is."""
    planned = {Mood.PLANNED, Mood.PRESENT} if diary.is_diary(reading.text) else set()
    visits = [e for e in events if e.kind == "visit" and _real(e, planned)]
    for meeting in (e for e in events if e.kind == "meeting" and not e.values("place")):
        day = meeting.date("start")
        if {str(v.content) for v in meeting.values("kind")} & _REMOTE:
            continue
        if not all(m.mood in _HELD | planned for m in meeting.mentions):
            continue
        people = meeting.people("participant")
        if day is None or len(day) < 10:
            continue
        there = [v for p in people if (v := _stay(visits, p, day)) is not None]
        # On the day of the arrival the talks may have been before it, unless with somebody of that state.
        there = [
            v
            for v in there
            if planned or v.date("start") != day or any(p.home in v.nodes("to") for p in people)
        ]
        places = {_last(v).content.label: _last(v) for v in there if v.values("place")}  # type: ignore[union-attr]
        if len({s for v in there for s in v.nodes("to")}) != 1 or not places:
            continue
        value = list(places.values())[-1]
        guest = next(p.name for v in there for p in v.people("visitor"))
        meeting.mentions[0].add("place", value.content, value.start, value.end, f"{guest} was there then")


def _stay(visits: list[Event], person: Person, day: str) -> Event | None:
    """The visit that somebody is on: of those that may last until then the one that began last."""
    mine = [v for v in visits if any(p is person for p in v.people("visitor")) and _on(v, day)]
    return max(mine, key=lambda v: v.date("start") or "", default=None)


def _last(visit: Event) -> Value:
    return [v for v in visit.values("place") if isinstance(v.content, Placed)][-1]


def _real(visit: Event, planned: set[Mood]) -> bool:
    return all(m.mood in _HELD | planned | {Mood.PRESENT, Mood.PROGRESSIVE} for m in visit.mentions) and visit.modality not in {
        Modality.CANCELLED, Modality.POSTPONED
    }  # fmt: skip


def _on(visit: Event, day: str) -> bool:
    start, end = visit.date("start"), visit.date("end")
    if start is None or len(start) < 10:
        return False
    return start <= day <= (end if end is not None and len(end) == 10 else add_days(start, _STAY))
