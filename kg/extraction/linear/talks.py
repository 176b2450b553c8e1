"""Talks read from left to right: who "met the presidents of A, N., and of B, M.", "Talks with …" in a programme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction import diary
from kg.extraction.candidates import Candidate
from kg.extraction.linear import slots, subjects
from kg.extraction.linear.rosters import named_from
from kg.extraction.linear.told import settled
from kg.extraction.linear.verbs import VerbGroup, group_at, triggers
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOUN = r"(?:talks|meetings?|consultations|discussions|negotiations|conversations?|lunch|dinner|breakfast|tea|audience|tête-à-tête|bilaterals?)"
_HELD = re.compile(rf"[^.;:,\n]{{0,40}}?\b{_NOUN}\b[^.;:,\n]{{0,40}}? with ")
_ITEM = re.compile(
    rf"(?:\W|\d{{1,2}}[.:h]\d\d)*(?:[Bb]ilateral |[Ww]orking |[Oo]fficial |[Ss]eparate |[Ii]nformal )*(?P<noun>(?i:{_NOUN}|signing|audience))\b[^.;\n]{{0,60}}? (?:with|together with) "
)
_MEET = {
    "meet": "",
    "see": "",
    "receive": "",
    "confer": " with ",
    "sit": r"(?: down)?(?: for)?(?: §)? (?:\w+ ){0,3}?with ",
    "talk": " with ",
    "host": "",
}
_WELCOME = re.compile(
    r"\b(?:airport|airfield|quay|quayside|tarmac|station|steps|door|gangway|plane|aircraft)\b"
)
_PLAIN_NOUNS = frozenset(
    {
        "talks",
        "meeting",
        "meetings",
        "lunch",
        "dinner",
        "breakfast",
        "consultations",
        "discussions",
        "audience",
    }
)
_AUXILIARIES = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "will", "to", "be", "been", "also", "then", "later"}
)
_JOINT = frozenset({"meet", "talk", "confer", "sit", "speak"})
# After the verb nothing but a time, a place or the end of the clause.
_ALONE = re.compile(
    r"(?: (?:again|privately|alone|together|briefly|down|there|here))*(?: for (?:an|one|two|three|half an|\d+|several|more than an) (?:hours?|minutes)|(?:,? on|,? in|,? at|,? last|,? this) ?|,? (?:early |late )?§|[.,;]|$)"
)
_HOLD = frozenset({"hold", "have", "begin", "end", "finish", "conclude", "start", "join"})


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for meetings in a reading that no other rule has read, in order of place."""
    told = settled(reading, "meeting")
    if diary.is_diary(reading.text):
        yield from _items(reading, referents, told)
    for token in triggers(reading.doc):
        if token.idx in told:
            continue
        if token.lower_ in _PLAIN_NOUNS and token.pos_ in {"NOUN", "PROPN", "VERB"}:
            yield from _noun(reading, referents, token)
            continue
        group = group_at(token)
        if group is not None and group.verb in _JOINT and not group.passive:
            found = list(_joint(reading, referents, token, group))
            yield from found
            if found:
                continue
        if group is not None and (group.verb in _MEET or group.verb in _HOLD):
            yield from _met(reading, referents, token, group, told)


def _met(
    reading: Reading, referents: Referents, token: Token, group: VerbGroup, told: set[int]
) -> Iterator[Candidate]:
    text, end = reading.text, token.idx + len(token)
    limit = token.sent.end_char
    passive = group.passive
    if group.verb in _HOLD:
        held = _HELD.match(text, end, limit)
        if held is None:
            return
        noun = re.search(rf"\b{_NOUN}\b", held.group())
        if noun is not None and end + noun.start() in told:
            return
        end = held.end()
    elif passive:
        by = re.compile(r"[^.;:,\n]{0,40}? by ").match(text, end, limit)
        if by is None or _WELCOME.search(token.sent.text):
            return
        end = by.end()
    else:
        skip = re.compile(
            r"(?: (?:privately|briefly|separately|first|there|here|together|later|again))*"
            + _MEET[group.verb]
        ).match(text, end)
        if skip is None or (not _MEET[group.verb] and not text[skip.end() :].startswith(" ")):
            return
        end = skip.end()
    others = named_from(reading, end)
    subject = subjects.before(reading, referents, group.first)
    if (
        not others
        or subject is None
        or (group.form == "base" and group.mood is Mood.PRESENT and len(subject.people) < 2)
    ):
        return
    last = max(others[-1].end, others[-1].title_end)
    candidate = Candidate(
        "meeting", f"linear-{group.verb}", token.idx, token.idx + len(token), group.mood, confidence=0.75
    )
    for r in subject.people:
        if r.person.public:
            candidate.add("participant", r.person, r.start, r.end, r.resolved)
    for mention in others:
        if mention.person.public:
            candidate.add("participant", mention.person, mention.start, mention.end)
    if passive and len(others) == 1:
        candidate.add("host", others[0].person, others[0].start, others[0].end)
    elif group.verb in {"receive", "host"} and len(subject.people) == 1:
        r = subject.people[0]
        candidate.add("host", r.person, r.start, r.end)
    placed = slots.destination(reading, last, r",? (?:in|at) ") or (
        slots.destination(reading, token.idx + len(token), r" [^.;:]{0,30}?in ", reach=max(last - token.idx, 1)))  # fmt: skip
    if placed is not None and placed.start > token.idx:
        candidate.add("place", placed, placed.start, placed.end)
    slots.add_times(reading, candidate, subject.start, token.idx, last, group.mood.direction)
    candidate.slots.pop("days", None)
    candidate.slots.pop("end", None)
    yield from _done(reading, candidate, token)


def _joint(reading: Reading, referents: Referents, token: Token, group: VerbGroup) -> Iterator[Candidate]:
    """ "A and B talked for an hour on Monday", "A of X and B of Y had last met in Z in March": with each other."""
    end = token.idx + len(token)
    if not _ALONE.match(slots.without_times(reading, end, min(token.sent.end_char, end + 60))):
        return
    subject = subjects.before(reading, referents, group.first)
    if subject is None or len(subject.people) < 2:
        return
    candidate = Candidate("meeting", "linear-joint", token.idx, end, group.mood, confidence=0.75)
    for r in subject.people:
        if r.person.public:
            candidate.add("participant", r.person, r.start, r.end, r.resolved)
    if group.verb in {"talk", "speak"}:
        candidate.add("kind", "UnspecifiedMeeting", token.idx, end)
    placed = slots.destination(
        reading, end, r"(?: again| privately| alone| down)?(?: for an hour| for § )? (?:in|at) "
    )
    if placed is not None:
        candidate.add("place", placed, placed.start, placed.end)
    slots.add_times(
        reading, candidate, subject.start, token.idx, placed.end if placed else end, group.mood.direction
    )
    candidate.slots.pop("days", None)
    candidate.slots.pop("end", None)
    yield from _done(reading, candidate, token)


def _noun(reading: Reading, referents: Referents, token: Token) -> Iterator[Candidate]:
    """ "used the evening for a meeting with N.", "went straight into talks with N.": whoever the clause is about."""
    text, end = reading.text, token.idx + len(token)
    gap = re.compile(r"(?: in \w+)? with ").match(text, end)
    if gap is None or re.search(
        r"\b(?:no|without|after|before|since|ahead of|despite|between) (?:\w+ ){0,2}$",
        text[: token.idx][-30:],
    ):
        return
    others = named_from(reading, gap.end())
    group = None
    for word in reversed(reading.doc[token.sent.start : token.i]):
        if word.pos_ in {"VERB", "AUX"} and word.tag_ in {"VBD", "VBZ", "VBP", "VB", "VBN", "MD"}:
            group = word
            break
    if not others or group is None or len(others) > 1:
        return
    at = group.i
    while at > token.sent.start and reading.doc[at - 1].lower_ in _AUXILIARIES:
        at -= 1
    subject = subjects.before(reading, referents, at)
    mood = mood_of_verb(group)
    if subject is None or mood not in {Mood.PAST, Mood.PERFECT, Mood.PLANNED} or len(subject.people) != 1:
        return
    candidate = Candidate("meeting", "linear-noun", token.idx, end, mood, confidence=0.7)
    for r in subject.people:
        if r.person.public:
            candidate.add("participant", r.person, r.start, r.end, r.resolved)
    for mention in others:
        if mention.person.public:
            candidate.add("participant", mention.person, mention.start, mention.end)
    last = max(others[-1].end, others[-1].title_end)
    placed = slots.destination(reading, last, r",? (?:in|at) ")
    if placed is not None:
        candidate.add("place", placed, placed.start, placed.end)
    slots.add_times(reading, candidate, token.idx, token.idx, last, mood.direction)
    candidate.slots.pop("days", None)
    candidate.slots.pop("end", None)
    yield from _done(reading, candidate, token)


def _items(reading: Reading, referents: Referents, told: set[int]) -> Iterator[Candidate]:
    """ "Talks with the President of X, N." in a programme: of whoever the programme is."""
    for match in re.finditer(r"[^\n]+", reading.text):
        item = _ITEM.match(reading.text, match.start(), match.end())
        if item is None:
            continue
        span = reading.doc.char_span(item.start("noun"), item.end("noun"), alignment_mode="expand")
        if span is None or span.root.idx in told:
            continue
        owner = referents.diarist(span.root)
        others = named_from(reading, item.end())
        if owner is None or not others or any(m.person is owner for m in others):
            continue
        last = max(others[-1].end, others[-1].title_end)
        candidate = Candidate("meeting", "programme", item.start("noun"), last, Mood.PLANNED, confidence=0.8)
        candidate.add(
            "participant",
            owner,
            item.start("noun"),
            item.end("noun"),
            f"the programme is that of {owner.name}",
        )
        for mention in others:
            if mention.person.public:
                candidate.add("participant", mention.person, mention.start, mention.end)
        if item["noun"].casefold() == "signing":
            candidate.add("kind", "SigningCeremony", item.start("noun"), item.end("noun"))
        day = diary.day_above(reading.text, reading.times, match.start())
        if day is not None and (found := day.resolve("future")) is not None:
            candidate.add("start", found.start, day.start, day.end, "the heading above gives the day")
        yield from _done(reading, candidate, span.root)


def _done(reading: Reading, candidate: Candidate, token: Token) -> Iterator[Candidate]:
    people = candidate.people("participant")
    if len(people) < 2 or len({p.home for p in people if p.home is not None}) < 2:
        return
    reading.note(candidate.rule, [token], "fired")
    yield candidate
