"""What all meetings have: who takes part, where it is, and whether there are two leaders of different states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction import diary
from kg.extraction.candidates import Candidate
from kg.extraction.grammar import conjuncts, prepositions
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules import tables

if TYPE_CHECKING:
    from spacy.tokens import Token


# Words beside a meeting that make it one by phone or video.
PHONE = frozenset(
    {
        "phone",
        "telephone",
        "call",
        "telephoned",
        "video",
        "virtual",
        "videoconference",
        "online",
        "teleconference",
    }
)


# People that no name is told of: who meets them meets no leader.
_UNNAMED = frozenset(
    {"leader", "official", "minister", "delegation", "representative", "lawmaker", "businessman", "executive", "envoy",
     "diplomat", "group", "team", "member", "ambassador", "president", "premier", "head", "troops", "soldier", "student",
     "counterpart", "colleague", "chief", "delegate", "negotiator", "aide", "adviser", "community", "diaspora", "party"}
)  # fmt: skip
# What a habit is told with: talks held again and again are no single meeting.
_HABIT = re.compile(
    r"\b(?:in recent (?:days|weeks|months|years)|several times|many times|repeatedly|regularly|frequently|often"
    r"|on (?:several|many|numerous|a number of) occasions|(?:three|four|five|six|seven|eight|nine|ten|\d+) times"
    r"|every (?:day|week|month|year))\b"
)


def finish(reading: Reading, candidate: Candidate, token: Token, referents: Referents) -> Iterator[Candidate]:
    """Yield a candidate with at least two leaders of different states; one for each of those met one by one."""
    if len(candidate.people("participant")) == 1:
        _of_the_diary(reading, candidate, referents, token)
    people = candidate.people("participant")
    if len(people) < 2 or not tables.different(people):
        reading.drop(candidate, "fewer than two leaders of different states")
        return
    if not candidate.values("start") and _HABIT.search(token.sent.text):
        reading.drop(candidate, "talks again and again, not one meeting")
        return
    if any(v.content == "PhoneCall" for v in candidate.values("kind")):
        candidate.slots.pop("place", None)  # where one of them was, it is not where they met
    reading.note(candidate.rule, [token], "fired")
    yield from tables.apart(reading, candidate, token)


def _of_the_diary(reading: Reading, candidate: Candidate, referents: Referents, token: Token) -> None:
    """ "14.30 Talks with N." in a diary: whose diary it is takes part, on the day of the heading above."""
    owner = referents.diarist(token)
    if owner is None or owner in candidate.people("participant"):
        return
    candidate.add("participant", owner, candidate.start, candidate.end, f"the diary is that of {owner.name}")
    day = diary.day_above(reading.text, reading.times, candidate.start)
    if day is not None and not candidate.values("start") and (span := day.resolve("future")) is not None:
        candidate.add("start", span.start, day.start, day.end, "the heading above gives the day")


def add_people(candidate: Candidate, referents: Referents, tokens: list[Token]) -> None:
    """Put the people that phrases stand for into a candidate, and the place that the parser hangs on them."""
    for token in tokens:
        for referent in referents.people(token):
            if referent.person.public or referent.person.diplomat:
                candidate.add("participant", referent.person, referent.start, referent.end, referent.resolved)
        for word in conjuncts(token):  # "met N. in Paris": the parser hangs the place and the day on N.
            for thing in prepositions(word, "in", "at"):
                placed = referents.reading.place_at(thing)
                if placed is not None and not candidate.values("place"):
                    candidate.add("place", placed, placed.start, placed.end)


def add_partner(candidate: Candidate, referents: Referents, tokens: list[Token]) -> None:
    """ "we talked", "we had a meeting": with the other leader whom the speaker has just named."""
    for token in tokens:
        if token.lower_ in {"we", "us", "our"} and len(candidate.people("participant")) == 1:
            other = referents.partner(token, candidate.people("participant")[0])
            if other is not None:
                candidate.add("participant", other.person, other.start, other.end, other.resolved)
                candidate.confidence = 0.75


def hangs_on(noun: Token, verb: Token) -> bool:
    """Whether a noun is the object of a verb, directly or by one preposition ("engage in discussions")."""
    return (
        noun.head == verb
        or (noun.dep_ == "pobj" and noun.head.head == verb)
        or (noun.dep_ == "conj" and noun.head.head == verb)
    )


def met_unnamed(referents: Referents, tokens: list[Token]) -> bool:
    """Whether those met are told, but not by name ("met with party leaders"): those who meet them do not meet each other."""
    return bool(tokens) and all(
        t.lemma_.casefold() in _UNNAMED and not referents.people(t) for t in tokens
    )  # fmt: skip
