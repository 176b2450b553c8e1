"""The day on which a document was signed, where its own words do not tell it.

It is that of the collective which the document belongs to, of the talks or the visit told beside it, or of what the
text tells right before the signing.
"""

from __future__ import annotations

import re

from kg.claims import Modality
from kg.extraction.candidates import Candidate
from kg.extraction.event import Derived, Event
from kg.extraction.modality import Mood
from kg.extraction.reading import Reading

_DONE = frozenset({Mood.PAST, Mood.PERFECT})
# A signing to come that is told as a part of what is told before it.
_THERE = re.compile(
    r"\b(?:[Aa]fter|[Ff]ollowing|[Dd]uring|[Aa]t|[Oo]n the sidelines of) (?:the|their|these|his|her|that|this) (?:\w+ )?"
    r"(?:talks|parleys|meeting|discussions|negotiations|visit|trip|stay|ceremony|summit|audience)\b|\b[Bb]oth (?:sides|countries)|\b[Tt]he two\b"
)
_NEAR = 5  # how many sentences back a day may be told


def find(reading: Reading, event: Event, events: list[Event]) -> None:
    """Give a document that was signed its day, if the text around it has one."""
    _of_collective(event, events)
    if event.date("start") is None:
        _of_talks(reading, event, events)
    if event.date("start") is None and not event.derived:
        _day_before(reading, event)


def find_planned(reading: Reading, event: Event, events: list[Event]) -> None:
    """Give a document that is to be signed its day: that of its collective, or of the talks or visit told with it."""
    if all(mention.rule == "negotiation-noun" for mention in event.mentions):
        return
    _of_collective(event, events)
    if event.date("start") is None:
        _of_talks(reading, event, events)


def headline(reading: Reading, offset: int) -> bool:
    """Whether an offset is in the headline: a first line that does not end like a sentence."""
    end = reading.text.find("\n")
    return offset < end and not reading.text[:end].rstrip().endswith((".", "”", '"'))


def has_members(event: Event, events: list[Event]) -> bool:
    """Whether a collective ("eight documents") has members that the text names."""
    own = event.mentions[0]
    for other in events:
        if other is event or other.kind != "agreement" or other.values("number"):
            continue
        for mention in other.mentions:
            if mention.within is own or (
                (mention.mood in _DONE) == (own.mood in _DONE) and abs(mention.start - own.start) < 600
            ):
                return True
    return False


def _of_collective(event: Event, events: list[Event]) -> None:
    """The day on which several documents were signed is that of each of them that the text goes on to name."""
    for other in events:
        if (
            other.kind != "agreement"
            or not other.values("number")
            or other is event
            or not has_members(other, [event])
        ):
            continue
        start = next(iter(other.values("start")), None)
        parties = set(event.nodes("party"))
        if start is not None and (
            not parties or not other.nodes("party") or parties & set(other.nodes("party"))
        ):
            event.mentions[0].add("start", start.content, start.start, start.end, start.note)
            return


# A signing that is told as what came next, or as a part of what was told before.
_NEXT = re.compile(
    r"\b(?:[Ff]ollowing|[Aa]fter|[Ll]ater|[Tt]hen|[Dd]uring|[Aa]lso|[Aa]fterwards|[Ss]ubsequently|[Aa]t the (?:end|ceremony|conclusion)|"
    r"[Aa]s a result|witness(?:ed)?|oversaw|[Tt]he two|[Bb]oth|ceremony)\b"
)


def _day_before(reading: Reading, event: Event) -> None:
    """The day told last before a signing that the text tells next, of people or states who are parties to it."""
    first = event.mentions[0]
    if first.mood is not Mood.PAST or headline(reading, first.start):
        return
    sentences = list(reading.doc.sents)
    at = next((i for i, s in enumerate(sentences) if s.start_char <= first.start < s.end_char), 0)
    if not _NEXT.search(sentences[at].text) or " had " in sentences[at].text:
        return
    parties = set(event.nodes("party"))
    for sentence in reversed(sentences[max(0, at - _NEAR) : at]):
        times = [t for t in reading.times if sentence.start_char <= t.start < sentence.end_char]
        if not times:
            continue
        spans = {(s.start, s.end) for t in times if (s := t.resolve("past")) is not None}
        day = next(iter(spans))[0] if len(spans) == 1 and next(iter(spans))[1] is None else None
        home = {m.person.home for t in sentence if (m := reading.person_at(t)) is not None}
        states = home | {reading.state_at(t) for t in sentence}
        told = any(t.tag_ == "VBD" and t.dep_ in {"ROOT", "conj", "relcl"} for t in sentence)
        if day is None or len(day) != 10 or not told or not parties & states:
            return
        if reading.setting.day is not None and day > reading.setting.day.isoformat():
            return
        event.derived.append(Derived(
            "start", day, ((first.start, first.end), (times[0].start, times[0].end)),
            "told next to what happened that day",
        ))  # fmt: skip
        return


def _of_talks(reading: Reading, event: Event, events: list[Event]) -> None:
    """The day of the talks or the month of the visit at which it was signed, where the text puts them together."""
    first, parties = event.mentions[0], set(event.nodes("party"))
    sentences = list(reading.doc.sents)
    at = next((i for i, s in enumerate(sentences) if s.start_char <= first.start < s.end_char), 0)
    planned = event.modality is Modality.PLANNED
    near = _NEAR if not planned else 1 if _THERE.search(sentences[at].text) else 0
    low, high = sentences[max(0, at - near)].start_char, sentences[at].end_char
    best: tuple[tuple[bool, int], Event, Candidate] | None = None
    for other in (e for e in events if e.kind in {"meeting", "visit"} and e.date("start")):
        states = {p.home for s in ("participant", "visitor") for p in other.people(s)} | set(
            other.nodes("to")
        )
        when = {Modality.PLANNED} if planned else {Modality.OCCURRED, Modality.UNDERWAY}
        if other.modality not in when or not (parties and parties <= states):
            continue
        for mention in other.mentions:
            if low <= mention.start <= high:
                rank = (other.kind == "meeting", mention.start)
                if best is None or rank > best[0]:
                    best = (rank, other, mention)
    if best is None:
        return
    _, other, mention = best
    day, end = other.date("start"), other.date("end")
    assert day is not None
    if other.kind == "visit" and end != day:
        day = day[:7] if end is None or end.startswith(day[:7]) else day[:4]
    what = "talks" if other.kind == "meeting" else "visit"
    event.derived.append(Derived(
        "start", day, ((first.start, first.end), (mention.start, mention.end)),
        f"{'to be signed' if planned else 'signed'} at the {what} that the text tells beside it, of {day}",
    ))  # fmt: skip
    event.at = event.at or other
