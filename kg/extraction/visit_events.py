"""From mentions to visits: whose they are, which of them tell one visit, and the days that follow from the words.

Two mentions of a visit are one event where they share a visitor and a host state and their dates do not
contradict each other; a definite mention ("the two-day visit") joins the visit last told.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.extraction import journeys, trips
from kg.extraction.candidates import Candidate
from kg.extraction.dates import add_days
from kg.extraction.event import Derived, Event, compatible
from kg.extraction.lexicon import ARRIVALS
from kg.extraction.modality import Mood
from kg.extraction.persons import Person
from kg.extraction.reading import Reading
from kg.extraction.rules import rescheduled


def place_visit(
    reading: Reading, events: list[Event], candidate: Candidate, homecomings: list[Candidate]
) -> None:
    """Add a mention to the visit that it tells, or make it one; what goes home is kept aside in `homecomings`."""
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
        reading.drop(candidate, "no visitor, and no visit told before that it could belong to")
        return
    home = [p for p in visitors if to is not None and p.home == to.content]
    if home and len(home) < len(visitors) and candidate.rule in _LISTS:  # the host among the guests
        visitors = [p for p in visitors if p not in home]
        candidate.slots["visitor"] = [v for v in candidate.values("visitor") if v.content in visitors]
        home = []
    if home:
        if journeys.is_homecoming(candidate):
            homecomings.append(candidate)
        reading.drop(candidate, "the visitor's own state")
        return
    if candidate.rule.endswith(("-there", "-presence", "-elsewhere")) and all(p.posted for p in visitors):
        reading.drop(candidate, "an ambassador lives there")
        return
    if any(
        not p.public for p in visitors
    ):  # wives and companions travel along; the visit is that of the others
        visitors = [p for p in visitors if p.public]
        candidate.slots["visitor"] = [v for v in candidate.values("visitor") if v.content in visitors]
    if not visitors:
        reading.drop(candidate, "the visitor holds no public office that is known")
        return
    homes = {p.home for p in visitors}
    if len(homes) > 1 and any(p in e.people("visitor") for e in visits for p in visitors):
        # Each of them is on a visit of his own, of which some are told: "They leave on Friday."
        for state in homes:
            people = [p for p in visitors if p.home == state]
            place_visit(reading, events, _of_some(candidate, people), homecomings)
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
        and (candidate.mood in _AHEAD or _news_here(candidate))
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
        reading.drop(candidate, "no state or place is told")
        return
    if _in_company(visits, candidate):
        reading.drop(candidate, "ministers at the side of their own leader, who is told to be there")
        return
    groups: dict[NamedNode | None, list[Person]] = {}
    for person in visitors:
        groups.setdefault(person.home, []).append(person)
    events.extend(Event("visit", [_of_some(candidate, people)]) for people in groups.values())


def _of_some(candidate: Candidate, people: list[Person]) -> Candidate:
    """A mention of a visit, as that of some of its visitors only."""
    own = [v for v in candidate.values("visitor") if any(v.content is p for p in people)]
    slots = {name: list(values) for name, values in candidate.slots.items()} | {"visitor": own}
    return Candidate(candidate.kind, candidate.rule, candidate.start, candidate.end, candidate.mood, slots,
                     candidate.begun, candidate.over, candidate.confidence)  # fmt: skip


def _in_company(visits: list[Event], candidate: Candidate) -> bool:
    """Whether all who are told to have come are ministers of a head who came to the same state on the same day."""
    visitors, start = candidate.people("visitor"), candidate.first("start")
    if start is None or any(p.leads for p in visitors):
        return False
    homes = {p.home for p in visitors}
    return len(homes) == 1 and any(
        set(e.nodes("to")) & {v.content for v in candidate.values("to")}
        and e.date("start") == start.content
        and any(p.leads and p.home in homes for p in e.people("visitor"))
        for e in visits
    )


def join_visit(reading: Reading, events: list[Event], candidate: Candidate) -> None:
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
        and not (candidate.begun and any(m.over and m.mood in {Mood.PAST, Mood.PERFECT} for m in e.mentions))
    ]
    if len(mine) != 1 or len(visitors) != 1:
        reading.drop(candidate, "no place, and not one visit that it could belong to")
    elif _agree(mine[0], candidate):
        mine[0].mentions.append(candidate)
    else:
        reading.drop(candidate, "no place, and another day than the visit that is told")


def _news_here(candidate: Candidate) -> bool:
    """ "N. ended a two-day visit today": with no place told it was where the story is written."""
    told = candidate.mood in {Mood.PAST, Mood.PERFECT, Mood.PRESENT, Mood.PROGRESSIVE}
    measured = candidate.values("days") or candidate.values("kind")
    dated = candidate.values("end") or candidate.values("start")
    return candidate.rule == "visit-noun" and told and bool(measured and dated)


_OFF = frozenset({Mood.CANCELLED, Mood.POSTPONED})
# Rules that read lists of those present, in which the host may be named too.
_LISTS = frozenset({"roster", "attendance"})
_AHEAD = frozenset({Mood.PLANNED, Mood.CANCELLED, Mood.POSTPONED})


def _on_the_road(reading: Reading, visits: list[Event], candidate: Candidate) -> Event | None:
    """The visit told right before, where a sentence tells a further leg without saying whose."""
    span = reading.doc.char_span(candidate.start, candidate.end, alignment_mode="expand")
    if not visits or span is None:
        return None
    sentence = span[0].sent
    named = [
        p
        for p in reading.people
        for m in p.mentions
        if sentence.start_char <= m.start < sentence.end_char
        and all(p.home != v.content for v in candidate.values("to"))  # who is at home there may be the reason
    ]
    before = reading.doc[sentence.start - 1].sent if sentence.start else sentence
    last = max(visits, key=lambda e: e.mentions[-1].start)
    return last if not named and last.mentions[-1].start >= before.start_char else None


def _agree(event: Event, candidate: Candidate) -> bool:
    if candidate.rule == rescheduled.RULE and any(m.mood in _OFF for m in event.mentions):
        return False  # the new date makes another visit of it
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


def settle_visit(reading: Reading, event: Event) -> None:
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
    if start is not None and last is not None and len(start) == len(last) == 10 and last < start:
        # "in A until Tuesday and in B from Wednesday": the later words are of something else
        values = [(v, s) for s in ("start", "end") for v in event.values(s)]
        wrong = max(values, key=lambda pair: pair[0].start)[1]
        for mention in event.mentions:
            mention.slots.pop(wrong, None)
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
