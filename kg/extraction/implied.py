"""What one event says about another: talks abroad are a visit, and talks of a visit are held where it is.

Who meets a leader in another state has travelled there; this is said only where the text names the place.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kg.claims import Modality
from kg.extraction.candidates import Candidate, Value
from kg.extraction.event import Derived, Event, compatible
from kg.extraction.modality import Mood
from kg.extraction.persons import Person
from kg.extraction.places import Placed
from kg.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT_HELD = frozenset({Mood.DENIED, Mood.POSSIBLE, Mood.CANCELLED, Mood.POSTPONED})
_REMOTE = frozenset({"PhoneCall", "UnspecifiedMeeting"})
_HEADS = frozenset({"HeadOfState", "HeadOfGovernment"})


def imply_visits(reading: Reading, events: list[Event]) -> None:
    """Add the visits that face-to-face meetings in a named foreign place imply."""
    visits = [e for e in events if e.kind == "visit"]
    for meeting in [e for e in events if e.kind == "meeting"]:
        mention = next((m for m in meeting.mentions if m.values("place")), None)
        kinds = {str(v.content) for v in meeting.values("kind")}
        if mention is None or mention.mood in _NOT_HELD or kinds & _REMOTE:
            continue
        value = mention.values("place")[0]
        if not isinstance(value.content, Placed) or value.content.state is None:
            continue
        people = [v for v in mention.values("participant") if isinstance(v.content, Person)]
        for guest in people:
            visit = _visit_of(meeting, mention, guest, value, people)
            if visit is None:
                continue
            told = [e for e in visits if _same(visit, e)]
            if not told:
                visits.append(Event("visit", [visit]))
                events.append(visits[-1])
                reading.note(visit.rule, [_token(reading, visit.start)], "fired")
            elif len(told) == 1:
                if not _add_stop(told[0], visit):
                    reading.drop(visit, "the visit is told, with this place", "joined")
            else:
                reading.drop(visit, "it may be one of several visits that are told")


def at_the_scene(reading: Reading, events: list[Event]) -> None:
    """Place talks with a leader of the state that the article is written in there, when they are its news."""
    today = reading.setting.day
    if today is None:
        return
    lead = list(reading.doc.sents)[:4]
    for meeting in (e for e in events if e.kind == "meeting" and not e.values("place")):
        mention = meeting.mentions[0]
        scene = reading.scene_at(mention.start)
        if scene is None or scene.state is None or reading.scenes[0].local:
            continue
        people = meeting.people("participant")
        hosts = [p for p in people if p.home == scene.state]
        kinds = {str(v.content) for v in meeting.values("kind")}
        if not hosts or len(hosts) == len(people) or kinds & _REMOTE or mention.mood in _NOT_HELD:
            continue
        day = meeting.date("start")
        if any(e.kind == "visit" and day is not None and e.date("start") == day and scene.state not in e.nodes("to")
               and any(p in hosts for p in e.people("visitor")) for e in events):  # fmt: skip
            continue  # the host is away that day
        low = reading.text.rfind("\n\n", 0, mention.start) + 1
        if any(e.kind == "visit" and scene.state not in e.nodes("to") and any(p in hosts for p in e.people("visitor"))
               and any(low <= m.start < mention.start for m in e.mentions) for e in events):  # fmt: skip
            continue  # the paragraph has just told that the host is abroad
        near = [(today + timedelta(days=n)).isoformat() for n in range(-2, 4)]
        if day in near or (day is None and lead and mention.start < lead[-1].end_char):
            mention.add("place", scene, mention.start, mention.end,
                        f"the host is at home, and the article is written in {scene.label}")  # fmt: skip


def _token(reading: Reading, offset: int) -> Token:
    span = reading.doc.char_span(offset, offset + 1, alignment_mode="expand")
    token: Token = span[0] if span is not None else reading.doc[0]
    return token


def _visit_of(
    meeting: Event, mention: Candidate, guest: Value, where: Value, people: list[Value]
) -> Candidate | None:
    person, placed = guest.content, where.content
    if not isinstance(person, Person) or not isinstance(placed, Placed) or placed.state is None:
        return None
    if "Pope" in person.titles:
        return None  # at home in the city around him, and elsewhere only on a journey that is told
    if person.posted or person in mention.people("host"):
        return None  # who receives is at home, or his visit is told
    if person.home is None or person.home == placed.state:
        return None
    if "/organization/" in person.home.value and all(o.kind == "OtherOffice" for o in person.offices):
        return None  # officials of an organization are where it has its seat, which is not known
    leaders = [p.content for p in people if isinstance(p.content, Person) and p.content.home == person.home]
    if any(p is not person and _heads(p) and not _heads(person) for p in leaders):
        return None  # a minister at the side of the own leader
    visit = Candidate("visit", "meeting-elsewhere", mention.start, mention.end, mention.mood, confidence=0.8)
    note = f"who meets there is there: the meeting is in {placed.label}"
    visit.add("visitor", person, guest.start, guest.end, guest.note)
    visit.add("to", placed.state, where.start, where.end, note)
    if placed.place is not None or not placed.known_state:
        visit.add("place", placed, where.start, where.end, note)
    for start in mention.values("start")[:1]:
        visit.add("start", start.content, start.start, start.end, start.note)
    return visit


def _add_stop(event: Event, visit: Candidate) -> bool:
    """Give a visit that is told already the town of a meeting, and its day where no other is told.

    False where the visit has them.
    """
    if event.date("start") is not None or any(m.mood in _NOT_HELD for m in event.mentions):
        visit.slots.pop("start", None)
    places = {v.content for v in event.values("place")}
    if {v.content for v in visit.values("place")} <= places and not visit.values("start"):
        return False
    event.mentions.append(visit)
    return True


def _heads(person: Person) -> bool:
    return any(o.kind in _HEADS for o in person.offices)


def _same(visit: Candidate, event: Event) -> bool:
    """Whether a visit is told already: same visitor and state, and dates that may be the same."""
    person, to, start = visit.people("visitor")[0], visit.values("to")[0].content, visit.first("start")
    if not any(p is person for p in event.people("visitor")) or to not in event.nodes("to"):
        return False
    day = str(start.content) if start is not None else None
    begin, end = event.date("start"), event.date("end")
    if compatible(begin, day):
        return True
    if day is None or begin is None:
        return True
    last = end if end is not None else begin[:7] + "-31"
    return begin[: len(day)] <= day <= last


def meetings_within(reading: Reading, events: list[Event]) -> None:
    """Give talks of a visit the place and the time of the visit, where the text tells no other."""
    today = reading.setting.day.isoformat() if reading.setting.day else None
    for meeting in (e for e in events if e.kind == "meeting"):
        off = next(
            (e for e in events if e.kind == "visit" and e.modality in _OFF and _abroad(e, meeting)), None
        )
        if off is not None and meeting.modality is Modality.PLANNED and meeting.at in {None, off}:
            meeting.modality = off.modality
        visit = meeting.at
        if visit is None or meeting.modality in {Modality.CANCELLED, Modality.POSTPONED}:
            continue
        if {str(v.content) for v in meeting.values("kind")} & _REMOTE:
            continue
        mention = visit.mentions[0]
        places = visit.values("place")
        if not meeting.values("place") and len(places) == 1:
            meeting.mentions[0].add("place", places[0].content, places[0].start, places[0].end,
                                    "the talks are part of the visit")  # fmt: skip
        start, end = visit.date("start"), visit.date("end")
        # Of talks still to come the text leaves the day open, and so does the claim.
        if meeting.date("start") is None and start is not None and meeting.modality is not Modality.PLANNED:
            day = start
            together = any(_sentence(reading, m.start) == _sentence(reading, v.start)
                           for m in meeting.mentions for v in visit.values("start"))  # fmt: skip
            if (
                len(start) == 10
                and not together
                and not (start == end or (start == today and meeting.modality is Modality.OCCURRED))
            ):
                day = start[:7] if end is None or end[:7] == start[:7] else start[:4]
            span = reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            sentence = span[0].sent if span is not None else reading.doc[:]
            words = mention.span(sentence.start_char, sentence.end_char)
            meeting.derived.append(
                Derived("start", day, (words,), f"the talks are part of the visit of {start}")
            )


_OFF = frozenset({Modality.CANCELLED, Modality.POSTPONED})


def _abroad(visit: Event, meeting: Event) -> bool:
    """Whether a meeting would have been part of a visit."""
    people = meeting.people("participant")
    visitors = visit.people("visitor")
    return any(p in visitors for p in people) and any(p.home in visit.nodes("to") for p in people)


def _sentence(reading: Reading, offset: int) -> int:
    return _token(reading, offset).sent.start
