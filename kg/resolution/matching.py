"""Whether two names mean one event: what speaks for it, what against, and how to put it in words.

Two things decide: what has to be the same (who, where, with whom: the roles of `told`), and whether the times
go together: the dates told, and when the articles that tell them were published. "Will visit soon" of 12 April
cannot mean a visit in March, and hardly one of the next year. Where in doubt the answer is that nothing is known.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Final, NamedTuple

from kg.namespaces import SCHEMA, SMT
from kg.resolution.told import ROLES, Told, title


class Match(IntEnum):
    """How two names stand to each other; what is greater speaks more strongly for one event."""

    APART = -1
    """Two events: they contradict each other in what tells events apart."""
    OPEN = 0
    """Nothing speaks for one event."""
    FITS = 1
    """The one may be a vaguer telling of the other: one event, if it fits no other."""
    NEAR = 2
    """Days that overlap or nearly touch: one event."""
    SAME = 3
    """The same day: one event."""


class Horizon(NamedTuple):
    """How far from its publication an article without a date may look, in days."""

    ahead: int
    back: int
    together: int
    """How far apart two articles without dates may be published."""
    slip: int
    """By how much two days may differ that tell one event; articles mistake the day, or give departure for arrival."""
    moved: int = 0
    """By how much a planned day may be missed within a month, without a word of postponement."""


# What is announced without a date comes within half a year, what is reported without one was in the last weeks.
# Talks are frequent, so articles about them have to be closer; a summit has a year between its sessions.
HORIZONS: Final = {
    "visit": Horizon(ahead=180, back=45, together=45, slip=2, moved=7),
    "meeting": Horizon(ahead=90, back=14, together=7, slip=0),
    "summit": Horizon(ahead=400, back=120, together=90, slip=2, moved=7),
    "agreement": Horizon(ahead=365, back=60, together=120, slip=2),
    "invitation": Horizon(ahead=0, back=0, together=60, slip=0),
}
_VAGUE_KINDS: Final = frozenset({SMT.UnspecifiedMeeting, SMT.GeneralAgreement, SMT.OtherDocument})


def match(one: Told, other: Told) -> Match:
    """How two names of one kind stand to each other; the same whichever comes first."""
    if one.kind != other.kind:
        return Match.OPEN
    for role, whole in ROLES[one.kind]:
        here, there = one.of(role), other.of(role)
        if not here & there or (whole and here != there):
            return Match.OPEN
    if clash(one, other) or not _alike(one, other):
        return Match.APART
    if one.kind == "invitation":
        return _invitations(one, other)
    if one.kind == "agreement" and (not title(one) or title(one) != title(other)):
        return Match.OPEN
    if one.rank % 10 > other.rank % 10:
        one, other = other, one
    if not (_in_order(one, other) and _in_order(other, one)):
        return Match.APART
    return _times(one, other)


def clash(one: Told, other: Told) -> bool:
    """Whether somebody keeps the two apart: an article that tells both, or people who wrote both down."""
    return bool(one.articles & other.articles) or (one.curated and other.curated)


def _alike(one: Told, other: Told) -> bool:
    """Whether places, kinds and numbers, where both have them, do not tell the two apart."""
    if one.kind in {"meeting", "summit"}:
        for predicate in (SCHEMA.location, SMT.hostState, SMT.ordinal):
            here, there = one.of(predicate), other.of(predicate)
            if here and there and not here & there:
                return False
    for predicate in (SMT.meetingKind, SMT.agreementKind):
        here, there = one.of(predicate) - _VAGUE_KINDS, other.of(predicate) - _VAGUE_KINDS
        if here and there and not here & there:
            # Talks and the signing at their end are one meeting; a phone call is another.
            return predicate == SMT.meetingKind and SMT.PhoneCall not in here | there
    return True


def _in_order(one: Told, other: Told) -> bool:
    """Whether what the articles of `one` say, when they say it, can be said of `other`."""
    days = other.days
    if one.planned and not one.happened:
        # Announced after it was over: that is another one.
        if days is not None and days.last < one.planned[-1]:
            return False
        if days is None and other.happened and other.happened[0] < one.planned[-1]:
            return False
    # Reported before it began: that is another one, unless both tell a day and one of them mistakes it.
    if one.happened and days is not None and one.precision < 3 and days.first > one.happened[0] + 1:
        return False
    # What is told for the first time after a calling off is planned anew.
    only_off = one.off and not (one.planned or one.happened)
    return not (only_off and other.first is not None and other.first > one.off[0])


def _times(one: Told, other: Told) -> Match:
    """`one` is the more precise."""
    if one.days is None or other.days is None:
        return _without_date(one, other)
    if other.precision == 3:
        return _days(one, other)
    inside = other.days.first <= one.days.first and one.days.last <= other.days.last
    over_the_edge = (
        one.precision == 3
        and other.precision == 2
        and one.days.first <= other.days.last
        and other.days.first <= one.until
    )
    return Match.FITS if inside or over_the_edge else Match.APART


def _days(one: Told, other: Told) -> Match:
    horizon = HORIZONS[one.kind]
    (first, early), (second, late) = sorted(
        ((told.days.first if told.days else 0, told) for told in (one, other)), key=lambda pair: pair[0]
    )
    if first == second:
        return Match.SAME
    if second - max(early.until, first) <= horizon.slip and _steady(early, late):
        return Match.NEAR
    gap = second - first
    both = bool(one.happened) and bool(other.happened)
    called_off = bool(one.off) or bool(other.off)
    if gap <= horizon.moved and one.start[:7] == other.start[:7] and not both and not called_off:
        return Match.FITS
    return Match.APART


def _steady(early: Told, late: Told) -> bool:
    """Talks of one day and of the next are two; a visit that overlaps another is the same."""
    return early.kind != "meeting" or late.until <= early.until


def _without_date(one: Told, other: Told) -> Match:
    """`other` has no date: what it tells has to be near its publication."""
    horizon = HORIZONS[one.kind]
    if one.days is None:
        return _together(one, other)
    ahead, back, off = other.planned, other.happened, other.off
    if not (ahead or back or off):
        return Match.OPEN
    if not back and one.days.first > min((*ahead, *off)) + horizon.ahead:
        return Match.APART
    if back and one.days.last < back[-1] - horizon.back:
        return Match.APART
    if off and not ahead and not back and one.days.last < off[0] - 30:
        return Match.APART
    return Match.FITS


def _invitations(one: Told, other: Told) -> Match:
    here, there = one.of(SMT.invitedTo), other.of(SMT.invitedTo)
    if here and there:
        return Match.SAME if here & there else Match.APART
    return _together(one, other)


def _together(one: Told, other: Told) -> Match:
    """Neither has a date: they have to be published near each other."""
    if one.first is None or other.first is None:
        return Match.OPEN
    return Match.FITS if abs(one.first - other.first) <= HORIZONS[one.kind].together else Match.OPEN


_COMMON: Final = {
    "visit": "same visitor and host state",
    "meeting": "same participants",
    "summit": "same organization",
    "agreement": "same parties and topic",
    "invitation": "same inviter and invitee",
}


def because(one: Told, other: Told) -> str:
    """Why two names that match mean one event, in words: first what is the same, then how the times fit."""
    common = _COMMON[one.kind]
    if one.rank % 10 < other.rank % 10:
        one, other = other, one
    if one.kind == "invitation":
        same = one.of(SMT.invitedTo) & other.of(SMT.invitedTo)
        return f"{common}; {'to the same event' if same else _published(one, other)}"
    if one.days is None and other.days is None:
        return f"{common}; neither is dated, {_published(one, other)}"
    if one.days is None:
        return f"{common}; {_outlook(one)}, and of those told only {_span(other)} fits"
    if one.start == other.start:
        return f"{common}; both tell {one.start}"
    if one.precision < other.precision:
        inside = one.days.first <= (other.days.first if other.days else 0)
        return f"{common}; {_span(other)} {'lies within' if inside else 'reaches into'} {one.start}, and nothing else told does"
    return f"{common}; {_span(one)} and {_span(other)} overlap or are at most a few days apart"


def alike(told: Told) -> str:
    """What all articles that tell an event under one name have in common, in words."""
    return f"{_COMMON[told.kind]}{f', {told.start}' if told.days is not None else ''}"


def _published(one: Told, other: Told) -> str:
    if one.first is None or other.first is None:
        return "told without a date of publication"
    days = abs(one.first - other.first)
    return "told on the same day" if not days else f"told {days} day{'s' if days > 1 else ''} apart"


def _outlook(told: Told) -> str:
    if told.happened:
        return f"undated, but reported in an article of {_iso(told.happened[-1])}"
    if told.planned:
        return f"undated, but announced in an article of {_iso(told.planned[0])}"
    return f"undated, but called off in an article of {_iso(told.off[0])}"


def _span(told: Told) -> str:
    if told.precision == 3 and told.days is not None and told.until > told.days.first:
        return f"{told.start} to {_iso(told.until)}"
    return told.start


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
