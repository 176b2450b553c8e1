"""One record for each invitation: one for each guest, one for each state that invites; and the visits that they promise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate, Value
from kg.extraction.modality import Mood
from kg.extraction.persons import Person
from kg.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token


def finish(reading: Reading, candidate: Candidate, token: Token, accepted: bool) -> Iterator[Candidate]:
    """One invitation for each invitee; royal couples and the like are invited through the first of them."""
    inviters, invitees = candidate.values("inviter"), candidate.values("invitee")
    people = [v for v in invitees if isinstance(v.content, Person)]
    if people:  # "invited N. to the BRICS summit": the organization is not a guest
        invitees = people
    open_ends = candidate.values("inviter-role") or candidate.values("invitee-role")
    vague = candidate.rule == "at-invitation" and (inviters or invitees)
    if not (inviters and invitees) and not (open_ends or vague):
        reading.drop(candidate, "not from one to another")
        return
    if any(a.content == b.content for a in inviters for b in invitees):
        reading.drop(candidate, "from somebody to themselves")
        return
    reading.note(candidate.rule, [token], "fired")
    for inviter in _apart(inviters):
        yield from _one_by_one(
            reading, candidate, token, [inviter] if inviter is not None else inviters, accepted
        )


def _apart(inviters: list[Value]) -> list[Value | None]:
    """Inviters each of whom invites for a state of their own ("at the invitation of A and B, respectively"); else None."""
    homes = [v.content.home for v in inviters if isinstance(v.content, Person)]
    several = len(homes) == len(inviters) > 1 and None not in homes and len(set(homes)) == len(homes)
    return [*inviters] if several else [None]


def _one_by_one(
    reading: Reading, candidate: Candidate, token: Token, inviters: list[Value], accepted: bool
) -> Iterator[Candidate]:
    people = [v for v in candidate.values("invitee") if isinstance(v.content, Person)]
    invitees = people or candidate.values("invitee")
    homes: list[object] = []
    guests: list[Value | None] = [*invitees] or [None]
    for guest in guests:
        if guest is not None:
            home = getattr(guest.content, "home", None)
            if home is not None and home in homes:
                continue
            homes.append(home)
        slots = {s: list(v) for s, v in candidate.slots.items() if s not in {"invitee", "start", "end"}}
        if guest is not None:
            slots["invitee"] = [guest]
        if inviters:
            slots["inviter"] = inviters
        own = Candidate("invitation", candidate.rule, candidate.start, candidate.end, candidate.mood, slots)
        if (to := candidate.first("to-inviter")) and inviters and not own.values("to"):
            content = inviters[0].content
            own.add("to", getattr(content, "home", None) or content, to.start, to.end)
        yield own
        if accepted:
            own.slots["start"] = candidate.values("start")
            yield from promised_visit(reading, own, token)
            own.slots.pop("start", None)


def promised_visit(reading: Reading, invitation: Candidate, token: Token) -> Iterator[Candidate]:
    """The visit that an accepted invitation promises."""
    guest, to = invitation.first("invitee"), invitation.first("to")
    if guest is None or to is None or invitation.values("summit"):
        return
    visit = Candidate("visit", "accepted-invitation", token.idx, token.idx + len(token), Mood.PLANNED)
    visit.add("visitor", guest.content, guest.start, guest.end, guest.note)
    for slot in ("to", "stop", "kind", "start"):
        for value in invitation.values(slot):
            visit.add("place" if slot == "stop" else slot, value.content, value.start, value.end, value.note)
    if visit.people("visitor"):
        yield visit
    else:
        reading.drop(visit, "who is invited is no person")
