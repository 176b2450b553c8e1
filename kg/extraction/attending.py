"""When those came who are named among the guests of a summit: on its first day, where the text tells no other of them."""

from __future__ import annotations

from kg.extraction.event import Derived, Event
from kg.extraction.modality import Mood

# Rules whose words put somebody at a gathering without a day of their own.
_THERE = frozenset({"roster", "attendance", "sent-there", "represent-verb", "attend-presence", "join-presence", "address-presence",
                    "take-presence", "participate-presence", "bring-verb"})  # fmt: skip
_TOLD = frozenset({Mood.PAST, Mood.PERFECT, Mood.PRESENT, Mood.PROGRESSIVE, Mood.PLANNED})


def date_guests(events: list[Event]) -> None:
    """Give visits for a summit in the same state, told without a day, the day on which it begins."""
    summits = [e for e in events if e.kind == "summit" and len(e.date("start") or "") == 10]
    for visit in (e for e in events if e.kind == "visit" and e.date("start") is None):
        if not any(m.rule in _THERE or m.values("attends") for m in visit.mentions):
            continue
        if any(m.mood not in _TOLD for m in visit.mentions):
            continue
        fitting = [
            s
            for s in summits
            if {p for v in s.values("place") if (p := getattr(v.content, "state", None))}
            & set(visit.nodes("to"))
        ]
        if not fitting:
            continue
        at = visit.mentions[0].start
        summit = min(fitting, key=lambda s: min(abs(m.start - at) for m in s.mentions))
        day = summit.date("start")
        value = next(iter(summit.values("start")), None)
        if day is None or value is None:
            continue
        mention = visit.mentions[0]
        visit.derived.append(Derived(
            "start", day, ((mention.start, mention.end), (value.start, value.end)), f"the summit begins on {day}",
        ))  # fmt: skip
