"""Summits: gatherings of the leaders of an organization or of three states and more, told apart by place or date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.dates import Direction, TimeExpression, add_days
from kg.extraction.grammar import VERBAL, governor, negated, objects, prepositions, subjects
from kg.extraction.lexicon import (
    ARRIVE_VERBS,
    CANCEL_VERBS,
    FUTURE_ADJECTIVES,
    POSTPONE_VERBS,
    SUMMIT_NOUNS,
    TRAVEL_VERBS,
)
from kg.extraction.modality import Mood, mood_of_noun, mood_of_verb
from kg.extraction.names import NameMatch
from kg.extraction.organizers import Organizer, Organizers
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEGIN = frozenset({"open", "begin", "start", "kick", "convene", "gather", "underway"})
_END = frozenset({"close", "end", "conclude", "wrap", "finish", "adjourn"})
_HELD = frozenset({"hold", "take", "host", "schedule", "stage", "set", "plan", "meet"}) | _BEGIN | _END
# Verbs whose day is a day of the summit.
_TAKE_PART = frozenset(
    {
        "attend",
        "join",
        "address",
        "chair",
        "participate",
        "have",
        "bring",
        "welcome",
        "co-host",
        "preside",
        "assemble",
    }
)
_GO = (
    ARRIVE_VERBS | TRAVEL_VERBS | frozenset({"have", "bring", "gather", "assemble", "meet", "convene", "be"})
)
_BESIDE = frozenset({"sideline", "sidelines", "margin", "margins", "eve", "fringe", "fringes", "wings"})
_BEFORE = frozenset({"ahead", "before", "eve", "prepare", "preparation", "preparations"})
_ORDINALS = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3}
_LEADERS_MEETING = re.compile(
    r"(?:leaders['’]?|heads of (?:state|government)(?: and government)?) (?:meeting|gathering|retreat|conference|council)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:\d{1,2}(?::\d\d)? ?[ap]\.?m\b|o['’]clock|at noon|in the morning|now)\b")


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for summits, in order of place."""
    organizers = Organizers(reading)
    found: list[Candidate] = []
    named = {m.start: m for m in reading.matches if _named(m)}
    meetings = {m.end() for m in _LEADERS_MEETING.finditer(reading.text)}
    for token in reading.doc:
        if token.pos_ in {"NOUN", "PROPN"} and token.lower_.removesuffix("s") in SUMMIT_NOUNS:
            found += _summits(reading, token, organizers.of(token))
        elif token.idx in named:
            match = named[token.idx]
            span = reading.doc.char_span(match.start, match.end, alignment_mode="expand")
            found += _summits(reading, span.root if span is not None else token, organizers.named(match))
        elif token.idx + len(token) in meetings and token.pos_ in {"NOUN", "PROPN"}:
            if not any(m.start <= token.idx < m.end for m in named.values()):
                found += _summits(reading, token, [o for o in organizers.of(token) if o.note is None])
        elif token.pos_ in {"PROPN", "NOUN"}:
            found += _forum(reading, token)
    _at_the_scene(reading, found)
    yield from found


def _named(match: NameMatch) -> bool:
    """Whether a match is a summit's own name without the word ("CHOGM"), not at once an organization's."""
    return all(s.how == "summit" for s in match.senses) and "summit" not in match.text.casefold()


def _forum(reading: Reading, token: Token) -> Iterator[Candidate]:
    """ "at the G7 in Hiroshima": a forum without a seat is where its leaders meet."""
    match = next((m for m in reading.matches if m.end == token.idx + len(token)), None)
    if match is None or token.dep_ not in {"pobj", "dobj"}:
        return
    forums = [s.entity.iri for s in match.senses if s.entity.iri in reading.names.forums and s.how == "name"]
    attended = token.head.lower_ in {"at", "for", "during"} or token.head.lemma_ in _TAKE_PART
    place = re.match(r" (?:meeting )?in (?=[A-Z])", reading.text[match.end :])
    placed = reading.places.at(match.end + place.end()) if place else None
    if not forums or not attended or placed is None or placed.place is None:
        if forums and attended:
            reading.note("summit-noun", [token], "dropped", "a forum, and no town for its meeting")
        return
    yield from _summits(reading, token, [Organizer(forums[0], match.start, match.end)])


def _summits(reading: Reading, noun: Token, organizers: list[Organizer]) -> list[Candidate]:
    """One candidate for each organizer."""
    if not organizers:
        reading.note("summit-noun", [noun], "dropped", "no organization")
        return []
    out = []
    for index, organizer in enumerate(organizers):
        holding = _holding(noun)
        candidate = Candidate("summit", "summit-noun", noun.idx, noun.idx + len(noun), _mood(noun, holding))
        candidate.add("organizer", organizer.iri, organizer.start, organizer.end, organizer.note)
        later = noun.dep_ == "pobj" and noun.head.head.lemma_ == "day"
        candidate.begun = later or any(v.lemma_ in _BEGIN for v in holding) or _is_on(noun) or _gathered(noun)
        candidate.over = any(v.lemma_ in _END for v in holding)
        _places(reading, candidate, noun, holding)
        if len(organizers) > 1:
            limit = organizers[index + 1].start if index + 1 < len(organizers) else noun.sent.end_char
            _times_between(reading, candidate, organizer.end, limit)
        if not candidate.values("start") and (len(organizers) == 1 or noun.idx > organizer.start):
            _times(reading, candidate, noun, holding)
        out.append(candidate)
    reading.note("summit-noun", [noun], "fired")
    return out


# -- how it is put ---------------------------------------------------------------------------------


def _holding(noun: Token) -> list[Token]:
    """The verbs that say where and when a summit is: "to be held in", "opens in", "takes place in", "hosts"."""
    bearers = [
        noun,
        *prepositions(noun, "of"),
    ]  # "the summit of A, to be held in X": the parser hangs it on A
    above = [c for bearer in bearers for c in bearer.children if c.dep_ in {"relcl", "acl"}]
    if noun.dep_ in {"nsubj", "nsubjpass", "dobj"} and noun.head.pos_ in VERBAL:
        above.append(noun.head)
    chain = []
    for verb in above:
        link: Token | None = verb
        while link is not None:
            chain.append(link)
            link = next((c for c in link.children if c.dep_ == "xcomp" and c.pos_ in VERBAL), None)
    return [
        v for v in chain if v.lemma_.casefold() in _HELD and not (v.lemma_ == "meet" and noun.dep_ == "dobj")
    ]


def _is_on(noun: Token) -> bool:
    """ "is attending the summit", "at the summit now": it is on."""
    verb = governor(noun)
    return (
        verb is not None
        and noun.dep_ == "dobj"
        and verb.lemma_ in {"attend", "address"}
        and mood_of_verb(verb) is Mood.PROGRESSIVE
        and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)
    )


def _gathered(noun: Token) -> bool:
    """ "leaders gathered in X for the summit"."""
    verb = governor(noun)
    return (
        verb is not None
        and noun.head.lower_ == "for"
        and noun.head.head == verb
        and verb.lemma_ in {"gather", "convene", "assemble", "meet"}
    )


def _mood(noun: Token, holding: list[Token]) -> Mood:
    """How the summit is put; what is said of somebody's going there does not touch it."""
    words = {c.lower_ for c in noun.children if c.dep_ in {"amod", "compound", "nmod"}}
    verb = governor(noun)
    if words & {"cancelled", "canceled", "postponed", "delayed"}:
        return mood_of_noun(noun)
    if (
        verb is not None
        and noun.head == verb
        and verb.lemma_ in CANCEL_VERBS | POSTPONE_VERBS | {"call", "put"}
    ):
        return mood_of_noun(noun)
    if holding:
        to = any(c.lower_ == "to" and c.dep_ == "aux" for c in holding[0].children)
        return Mood.PLANNED if to and holding[0].dep_ in {"acl", "relcl"} else mood_of_verb(holding[0])
    if any(a.lower_ in _BEFORE for a in noun.ancestors if a.sent == noun.sent and abs(a.i - noun.i) < 4):
        return Mood.PLANNED
    if any(w.lower_ in {"last", "previous", "past"} for c in noun.children for w in [c, *c.children]):
        return Mood.PAST
    if words & FUTURE_ADJECTIVES:
        return Mood.PLANNED
    if verb is None:
        return Mood.PRESENT
    mood = mood_of_verb(verb)
    if mood in {Mood.DENIED, Mood.POSSIBLE, Mood.CANCELLED, Mood.POSTPONED}:
        past = any(c.lower_ in {"did", "had", "could"} for c in verb.children)
        return Mood.PAST if past or (verb.tag_ == "VBD" and not negated(verb)) else Mood.PRESENT
    return mood


# -- where -----------------------------------------------------------------------------------------


def _places(reading: Reading, candidate: Candidate, noun: Token, holding: list[Token]) -> None:
    for child in noun.children:  # "the Kazan summit", "NATO's Vilnius summit"
        if (
            child.dep_ in {"compound", "nmod", "poss"}
            and (placed := reading.place_at(child))
            and placed.place
        ):
            candidate.add("place", placed, placed.start, placed.end)
    verb = governor(noun)
    passive = [v for v in holding if any(c.dep_ == "auxpass" for c in v.children)]
    hosts = [
        s for v in holding if v.lemma_ in {"host", "stage", "hold"} and v not in passive for s in subjects(v)
    ]
    near = [thing for owner in (noun, *holding) for thing in prepositions(owner, "in", "at")]
    near += [thing for v in passive for thing in prepositions(v, "by")] + [h for h in hosts if h != noun]
    if verb is not None and noun not in subjects(verb):
        near += _along(verb)
        if (
            (where := reading.where(verb)) is not None
            and where.place
            and not any(reading.place_at(t) for t in near)
        ):
            candidate.add("place", where, where.start, where.end)
        above = verb.head if verb.dep_ in {"xcomp", "advcl", "relcl"} and verb.head.pos_ in VERBAL else None
        if above is not None and above.lemma_ in _GO:
            near += _along(above)
        if _where_or_as(verb):
            near.append(verb.head)
    near += [c for owner in (noun, *holding) for c in owner.children if c.lower_ == "here"]
    for thing in near:
        placed = reading.place_at(thing)
        if placed is not None and _agrees(candidate, placed):
            candidate.add("place", placed, placed.start, placed.end)


def _along(verb: Token) -> list[Token]:
    """Where somebody goes or is for a summit: "flew to X for the summit", "are here for the summit"."""
    if verb.lemma_.casefold() not in _GO | _TAKE_PART:
        return []
    things = list(prepositions(verb, "in", "at", "to"))
    if verb.lemma_ in {"leave", "depart", "head"}:
        things += list(prepositions(verb, "for"))
    for thing in objects(verb):  # "had N. to X for a summit"
        things += list(prepositions(thing, "to"))
    return things + [c for c in verb.children if c.lower_ == "here"]


def _where_or_as(verb: Token) -> bool:
    """ "in X, where A hosts a summit"; "leaders gathered in X as A hosted the summit"."""
    words = {c.lower_ for c in verb.children}
    gathering = verb.head.lemma_ in {"gather", "meet", "convene", "assemble"}
    return (verb.dep_ == "relcl" and "where" in words) or (
        verb.dep_ == "advcl" and "as" in words and gathering
    )


def _agrees(candidate: Candidate, placed: Placed) -> bool:
    """Whether a place may be that of a summit that has one already: one city, in the state told."""
    told = [v.content for v in candidate.values("place") if isinstance(v.content, Placed)]
    return all(t.state == placed.state and (t.place is None or placed.place is None) for t in told)


def _at_the_scene(reading: Reading, found: list[Candidate]) -> None:
    """The town of the headline, or of the dateline where the summit has begun, for summits without one."""
    end = max(reading.text.find("\n\n"), 0)
    towns = {p.place: p for p in reading.places.mentioned() if p.end <= end and p.place is not None}
    today = reading.setting.day
    for organizer in {v.content for c in found for v in c.values("organizer")}:
        own = [c for c in found if any(v.content == organizer for v in c.values("organizer"))]
        if any(c.values("place") for c in own) or today is None:
            continue
        near = [c for c in own if _is_near(c, today)]
        if not near:
            continue
        town = next(iter(towns.values())) if len(towns) == 1 and _in_headline(reading, own, end) else None
        scene = reading.setting.place
        if town is not None:
            near[0].add("place", town, town.start, town.end, f"the headline puts the summit in {town.label}")
        elif scene is not None and scene.place and any(c.begun and c.mood is not Mood.PLANNED for c in near):
            near[0].add(
                "place", scene, near[0].start, near[0].end, f"the article is written in {scene.label}"
            )


def _in_headline(reading: Reading, own: list[Candidate], end: int) -> bool:
    """Whether the headline is about a summit: it has the word, or the organization."""
    head = reading.text[:end].casefold()
    return "summit" in head or any(v.end <= end for c in own for v in c.values("organizer"))


def _is_near(candidate: Candidate, today: date) -> bool:
    """Whether a summit may be the news: not one of another month of the past."""
    start = candidate.first("start")
    if start is None:
        return candidate.begun or candidate.mood is not Mood.PAST
    told = str(start.content)
    return told[:7] >= (today - timedelta(days=7)).isoformat()[: len(told[:7])]


# -- when ------------------------------------------------------------------------------------------


def _times_between(reading: Reading, candidate: Candidate, start: int, end: int) -> None:
    """The time told right after an organizer in a list: "of A on Thursday and of B on Friday"."""
    for time in reading.times:
        if start <= time.start < end and re.fullmatch(
            r"(?: \([\w-]+\))?(?: in \w+)?,? (?:on |in )?", reading.text[start : time.start]
        ):
            _start(reading, candidate, time)
            return


def _times(reading: Reading, candidate: Candidate, noun: Token, holding: list[Token]) -> None:
    beside = any(a.lower_ in _BESIDE for a in noun.ancestors if a.sent == noun.sent and abs(a.i - noun.i) < 5)
    day = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if day is not None and day.lemma_ == "day":
        _from_a_day(reading, candidate, noun, day)
        return
    if any(v.lemma_ in _END for v in holding):
        _from_the_end(reading, candidate, noun, holding)
        return
    for owner in (*holding, noun):
        for time in reading.times_of(owner):
            if candidate.values("start"):
                return
            exact = owner in holding or (not beside and (_own(reading, noun, time) or _by_verb(noun)))
            _start(reading, candidate, time, exact)
    verb = governor(noun)
    for owner in [verb.head] if verb is not None and _where_or_as(verb) else []:
        for time in reading.times_of(owner):
            if not candidate.values("start"):
                _start(reading, candidate, time)
    today = reading.setting.day
    if today is not None and not candidate.values("start") and holding and holding[0].lemma_ in _BEGIN:
        told = _CLOCK.search(noun.sent.text)
        if told and candidate.mood in {Mood.PRESENT, Mood.PROGRESSIVE}:
            note = f"“{told.group()}” without a day, seen from {today.isoformat()}"
            candidate.add("start", today.isoformat(), noun.idx, noun.idx + len(noun), note)


def _own(reading: Reading, noun: Token, time: TimeExpression) -> bool:
    """Whether a time stands with the noun: "the July summit", "the summit in X on Tuesday"."""
    end = noun.idx + len(noun)
    if end <= time.start:
        gap = reading.text[end : time.start]
        return (
            re.fullmatch(
                r"(?: of (?:the )?[A-Z][\w’' -]+?)?(?: in [A-Z][\w’' -]+?)?,? \(?(?:on |from |of |in |for )?(?:the )?(?:early |mid-?|late )?",
                gap,
            )
            is not None
        )
    span = reading.doc.char_span(time.start, time.end, alignment_mode="expand")
    return span is not None and noun in span.root.ancestors and all(
        a.pos_ not in VERBAL for a in span.root.ancestors if a.i < noun.i and noun in a.ancestors
    )  # fmt: skip


def _by_verb(noun: Token) -> bool:
    """Whether the day of the verb is a day of the summit: of attending it, not of travelling or of talks there."""
    verb = governor(noun)
    if verb is None:
        return False
    lemma = verb.lemma_.casefold()
    for_it = (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "for"
        and lemma in {"meet", "gather", "convene", "assemble"}
    )
    return lemma in _TAKE_PART or for_it


def _start(reading: Reading, candidate: Candidate, time: TimeExpression, exact: bool = True) -> None:
    """Take a time for the first day; what is not exactly of the summit tells the month only."""
    span = time.resolve(candidate.mood.direction or "future")
    if span is None:
        return
    start = span.start if exact else span.start[:7]
    note = span.note if exact else f"{time.text}: a day about the summit, so in {start}"
    candidate.add("start", start, time.start, time.end, note)
    if span.end and exact:
        candidate.add("end", span.end, time.start, time.end, span.note)
    follows = re.match(r",? (?:in|at) (?=[A-Z])", reading.text[time.end :])
    placed = reading.places.at(time.end + follows.end()) if follows and exact else None
    if placed is not None and placed.place and not candidate.values("place"):
        candidate.add("place", placed, placed.start, placed.end)


def _from_a_day(reading: Reading, candidate: Candidate, noun: Token, day: Token) -> None:
    """ "the second day of the summit on Wednesday": it began the day before."""
    ordinal = next((_ORDINALS[c.lower_] for c in day.children if c.lower_ in _ORDINALS), None)
    for time in reading.times_of(day):
        span = time.resolve(_direction(day))
        if span is not None and len(span.start) == 10:
            start = span.start[:7] if ordinal is None else add_days(span.start, -ordinal)
            candidate.add("start", start, time.start, time.end, f"{time.text} is a later day of the summit")
            return


def _direction(token: Token) -> Direction | None:
    verb = governor(token)
    return mood_of_verb(verb).direction if verb is not None else None


def _from_the_end(reading: Reading, candidate: Candidate, noun: Token, holding: list[Token]) -> None:
    """ "the two-day summit ended on Friday": the last day, and the first where it lasts N days."""
    duration = reading.duration_of(noun)
    for verb in holding:
        for time in reading.times_of(verb):
            span = time.resolve(candidate.mood.direction)
            if span is None:
                continue
            if len(span.start) == 10:
                candidate.add("end", span.start, time.start, time.end, span.note)
            if duration is not None and len(span.start) == 10:
                start = add_days(span.start, 1 - duration[2])
                candidate.add(
                    "start", start, time.start, time.end, f"{duration[2]} days, the last is {span.start}"
                )
            else:
                candidate.add("start", span.start[:7], time.start, time.end, "the end is told, so the month")
            return
