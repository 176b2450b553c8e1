"""Invitations, anniversaries and relations of one article, and how they hang together with its visits and summits."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.claims import Modality
from kg.extraction.candidates import Candidate, Value
from kg.extraction.documents import nearest_pair
from kg.extraction.event import Event
from kg.extraction.persons import Person
from kg.extraction.reading import Reading

_SLOTS = {
    "anniversary": ("ordinal", "between"),
    "invitation": ("inviter", "invitee"),
    "relation": ("between",),
}
KINDS = frozenset(_SLOTS)


def place(events: list[Event], candidate: Candidate) -> None:
    """Put a mention with the event that it tells again, or make an event of it."""
    for event in events:
        if event.kind == candidate.kind and _same(event, candidate):
            event.mentions.append(candidate)
            return
    events.append(Event(candidate.kind, [candidate]))


def _same(event: Event, candidate: Candidate) -> bool:
    for slot in _SLOTS[candidate.kind]:
        mine, theirs = candidate.values(slot), event.values(slot)
        if slot == "between" and (not mine or not theirs):
            continue
        if {_key(v) for v in mine} != {_key(v) for v in theirs} and not _stands_for(mine, theirs):
            return False
    return candidate.kind != "invitation" or _same_target(event, candidate)


def _stands_for(some: list[Value], others: list[Value]) -> bool:
    """Whether a state in one mention stands for its leader in the other ("Kenya invites N.", "President M. invited")."""
    for a, b in ((some, others), (others, some)):
        if len(a) == 1 and len(b) == 1 and isinstance(a[0].content, NamedNode):
            return getattr(b[0].content, "home", None) == a[0].content
    return False


def _same_target(event: Event, candidate: Candidate) -> bool:
    """Two invitations between the same people are one unless they are to different events."""
    mine, theirs = _target(candidate.values), _target(event.values)
    return not mine or not theirs or bool(mine & theirs)


def _target(values: object) -> set[object]:
    assert callable(values)
    return {_key(v) for slot in ("to", "event") for v in values(slot)}


def _key(value: Value) -> object:
    if isinstance(value.content, str):
        return value.content.casefold()
    return value.content if isinstance(value.content, NamedNode) else id(value.content)


def settle(reading: Reading, event: Event, events: list[Event]) -> str | None:
    """Give an event its status; the reason, where it is left out."""
    if event.kind == "invitation":
        event.modality = Modality.OCCURRED
        _complete(event, events)
        for mention in event.mentions:
            for slot in ("inviter", "invitee"):
                if event.people(slot):  # where the leader is named, the state only stood for the leader
                    mention.slots[slot] = [v for v in mention.values(slot) if isinstance(v.content, Person)]
        if not event.values("inviter") or not event.values("invitee"):
            return "not from one to another"
        return None
    event.modality = Modality.ASSERTED
    if event.values("open") and not event.values("between"):
        for state in nearest_pair(reading, event, events):
            event.mentions[0].add("between", state.iri, state.start, state.end)
    whose = event.values("between") or event.values("organization") or event.values("of")
    return None if event.kind == "relation" or whose else "not told whose it is"


# -- who invites whom, where the words leave it to the visit -----------------------------------------------------


def _complete(event: Event, events: list[Event]) -> None:
    """Find who "his host" or "his guest" is, or whose visit it is, from the visits and meetings of the text."""
    for slot, other in (("inviter", "invitee"), ("invitee", "inviter")):
        if event.values(slot) or not event.values(other):
            continue
        known = event.values(other)[0]
        role = next((str(v.content) for v in event.values(f"{slot}-role")), None)
        if role is None and slot == "inviter":
            continue
        found = _partner(known.content, role or "guest", events)
        if found is not None:
            words = event.values(f"{slot}-role") or [known]
            mention = event.mentions[0]
            mention.add(
                slot, found, words[0].start, words[0].end, f"“{role or 'the visitor'}” is {found.name}"
            )


def _partner(known: object, role: str, events: list[Event]) -> Person | None:
    """The one person who is host, guest or counterpart to somebody in this text, or nobody."""
    home = known.home if isinstance(known, Person) else known
    found: list[Person] = []
    if role in {"guest", "visitor"}:
        for visit in (e for e in events if e.kind == "visit" and e.modality is not Modality.CANCELLED):
            if home in visit.nodes("to"):
                found += visit.people("visitor")[:1]
    else:
        hosts = {
            n for e in events if e.kind == "visit" and known in e.people("visitor") for n in e.nodes("to")
        }  # fmt: skip
        for meeting in (e for e in events if e.kind == "meeting"):
            people = meeting.people("participant")
            if known in people:
                found += [
                    p for p in people if p is not known and (role != "host" or not hosts or p.home in hosts)
                ]
    people = list(dict.fromkeys(found))
    return people[0] if len(people) == 1 else None


def link(reading: Reading, events: list[Event]) -> None:
    """Occasions of visits, and what invitations are to."""
    sentences = list(reading.doc.sents)

    def sentence(offset: int) -> int:
        return next((i for i, s in enumerate(sentences) if s.start_char <= offset < s.end_char), -1)

    for visit in (e for e in events if e.kind == "visit"):
        own = {sentence(m.start) for m in visit.mentions}
        states = {p.home for p in visit.people("visitor")} | set(visit.nodes("to"))
        for other in (e for e in events if e.kind == "anniversary"):
            if own & {sentence(m.start) for m in other.mentions} and set(other.nodes("between")) == states:
                visit.occasion = other
                break
    for invitation in (e for e in events if e.kind == "invitation"):
        at = {v.start for v in invitation.values("summit")}
        for summit in (e for e in events if e.kind == "summit"):
            if at & {m.start for m in summit.mentions}:
                invitation.invited_to = summit
        for visit in (e for e in events if e.kind == "visit"):
            guests = [p for p in invitation.people("invitee") if any(p is v for v in visit.people("visitor"))]
            if (
                guests
                and set(invitation.nodes("to")) & set(visit.nodes("to"))
                and invitation.invited_to is None
            ):
                invitation.invited_to = visit
