"""Earlier and later summits told by their turn: "the last time the leaders met was in X in July", "they last met in X"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.extraction.candidates import Candidate
from kg.extraction.linear import slots
from kg.extraction.modality import Mood
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents

_LAST = re.compile(
    r"\b(?:[Tt]he last time (?:that )?(?:the |its |their )?(?:[\w-]+ ){0,3}?(?:met|gathered)(?: at a summit)? was|"
    r"(?:leaders|[Tt]hey|heads of (?:state|government)|members|presidents|premiers) last (?:met|gathered)|"
    r"[Tt]he (?:last|previous) (?:summit|gathering|one) (?:was(?: held)?|took place))"
)
_NEXT = re.compile(
    r"\b(?:[Tt]he|[Tt]heir|[Ii]ts) next (?:summit|gathering|meeting of (?:the )?leaders) (?:will be(?: held)?|is(?: to be held)?|goes|is due|takes place|will take place)"
)
_LEADERS = re.compile(r"\b(?:summit|leaders|heads of (?:state|government))\b", re.IGNORECASE)
_NEAR = 80


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for summits of the one organization whose leaders the text tells of, in order of place."""
    found = [(m, Mood.PAST) for m in _LAST.finditer(reading.text)] + [
        (m, Mood.PLANNED) for m in _NEXT.finditer(reading.text)
    ]
    if not found:
        return
    organizers = _organizers(reading)
    told = {n.start for n in reading.notes if n.outcome == "fired" and n.rule == "summit-noun"}
    for match, mood in found:
        if len(organizers) != 1 or any(match.start() <= t < match.end() for t in told):
            continue
        placed = slots.destination(reading, match.end(), r" (?:in|to|at) ")
        if placed is None or placed.place is None:
            continue
        organizer, start, end = organizers[0]
        candidate = Candidate("summit", "gathering", match.start(), match.end(), mood, confidence=0.75)
        candidate.add("organizer", organizer, start, end, "the gathering is of its leaders")
        candidate.add("place", placed, placed.start, placed.end)
        slots.add_times(reading, candidate, match.start(), match.start(), placed.end, mood.direction)
        candidate.slots.pop("days", None)
        if candidate.values("start"):
            yield candidate


def _organizers(reading: Reading) -> list[tuple[NamedNode, int, int]]:
    """The organizations beside whose names the text tells of leaders or a summit."""
    out: dict[NamedNode, tuple[NamedNode, int, int]] = {}
    for match in reading.matches:
        for sense in match.senses:
            near = reading.text[max(0, match.start - _NEAR) : match.end + _NEAR]
            if sense.entity.kind == "organization" and _LEADERS.search(near):
                out.setdefault(sense.entity.iri, (sense.entity.iri, match.start, match.end))
    return list(out.values())
