"""The rules: each module finds the candidates of one kind of event in a reading."""

from __future__ import annotations

from kg.extraction.linear import asked, going, led, other_summits, press, rosters, talks
from kg.extraction.rules import (
    agreements,
    anniversaries,
    attendance,
    deeds,
    discussions,
    gatherings,
    invitations,
    joint_signing,
    meeting_lists,
    meetings,
    origins,
    presence,
    relations,
    summits,
    taking_part,
    visits,
)

ALL = (
    visits.find,
    presence.find,
    origins.find,
    deeds.find,
    attendance.find,
    taking_part.find,
    meetings.find,
    meeting_lists.find,
    discussions.find,
    joint_signing.find,
    summits.find,
    gatherings.find,
    invitations.find,
    agreements.find,
    anniversaries.find,
    relations.find,
    # Last: what no rule over the parse has read.
    going.find,
    rosters.find,
    led.find,
    talks.find,
    asked.find,
    press.find,
    other_summits.find,
)
