"""When a visit ends, and what the time beside a visit noun is the time of.

The time of a verb is not always that of the visit that it is told with: "returned on Friday after a visit" ends it,
"postponed a visit on Friday" does not date it, and "marks ten years since his visit" dates it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.dates import TimeExpression
from kg.extraction.grammar import VERBAL, governor
from kg.extraction.lexicon import ARRIVE_VERBS, CANCEL_VERBS, ORDINAL_WORDS, POSTPONE_VERBS, TRAVEL_VERBS
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.rules.destinations import put_places
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_AFTER = frozenset({"after", "following", "from"})
_END_VERBS = frozenset({"end", "conclude", "finish", "complete", "wrap", "close"})
# Verbs that end something with a particle.
_WITH_PARTICLE = {"wind": "up", "wound": "up", "round": "off", "break": "off"}
_TOPICAL = frozenset(
    {
        "after",
        "following",
        "about",
        "regarding",
        "concerning",
        "over",
        "despite",
        "amid",
        "with",
        "against",
        "like",
        "since",
    }
)
_CLOSING = frozenset({"end", "close", "conclusion", "completion"})
_GOING = ARRIVE_VERBS | TRAVEL_VERBS | {"be", "get"}
_DONE = frozenset({Mood.PAST, Mood.PERFECT})
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)$")


def put_times(reading: Reading, candidate: Candidate, noun: Token) -> None:
    """Give a visit told by a noun its days, from the times that are its own."""
    if (kept := _jubilee(noun)) is not None:
        _count_back(reading, candidate, noun, kept)
    elif (verb := _left_behind(noun)) is not None:
        _end_with(reading, candidate, noun, verb)
    elif (close := _close_of(noun)) is not None:
        times = [t for t in reading.times_of(noun) if t.start > close.idx]
        _put_end(reading, candidate, times, candidate.mood)
    elif (verb := _closed(noun)) is not None:
        mood = mood_of_verb(verb)
        own = [*reading.times_of(verb), *(reading.times_of(noun) if verb.i < noun.i else [])]
        _put_end(
            reading,
            candidate,
            [t for t in own if not _within(t, noun) or _of_the_verb(reading, t, mood)],
            mood,
        )
        _put_own(reading, candidate, noun, but=[v.start for v in candidate.values("end")])
        if noun.dep_ == "nsubj" and verb.lemma_ in _END_VERBS:  # "the visit ends in X on Friday"
            put_places(reading, candidate, verb, ("in", "at"))
        candidate.over = mood in _DONE
    elif (verb := _called_off(noun)) is not None:
        _scheduled(reading, candidate, noun)
        _put_own(reading, candidate, noun, after=noun if noun.i > verb.i else None, stop=verb)
    elif _only_spoken_of(noun):
        _put_own(reading, candidate, noun)
    else:
        add_times(reading, candidate, noun, candidate.mood.direction)
        _relative(reading, candidate, noun)


def _jubilee(noun: Token) -> Token | None:
    """The anniversary that a visit has: "the 45th anniversary of N.'s visit"."""
    top = noun
    while top.dep_ in {"pobj", "prep", "conj", "appos"} and top.head.i != top.i:
        top = top.head
        if top.lemma_.casefold() == "anniversary":
            return top
    return None


def _count_back(reading: Reading, candidate: Candidate, noun: Token, jubilee: Token) -> None:
    candidate.mood, candidate.over = Mood.PAST, True
    day = reading.setting.day
    _put_own(reading, candidate, noun)
    for word in jubilee.children:
        match = _ORDINAL.match(word.text)
        years = int(match[1]) if match else ORDINAL_WORDS.get(word.lower_)
        verb = governor(jubilee)
        now = verb is not None and mood_of_verb(verb) in {Mood.PRESENT, Mood.PROGRESSIVE, *_DONE}
        if years and now and day is not None and not candidate.values("start"):
            note = f"the {word.text} anniversary, seen from {day.year}"
            candidate.add("start", str(day.year - years), word.idx, jubilee.idx + len(jubilee), note)


def _left_behind(noun: Token) -> Token | None:
    """The verb of going or coming somewhere after the visit: "returned to X after a visit to Y"."""
    link = noun.head
    after = noun.dep_ in {"pobj", "dobj", "obj"} and link.lower_ in _AFTER
    if noun.dep_ in {"dobj", "obj"} and link.lemma_ in _END_VERBS and link.dep_ == "pcomp":
        link = link.head
        after = link.lower_ in _AFTER  # "after concluding a visit"
    verb = governor(link) if after else None
    if verb is None and after and link.lower_ == "from" and noun.head.head.pos_ in VERBAL:
        verb = noun.head.head
    if verb is None or verb.lemma_.casefold() not in _GOING:
        return None
    if verb.lemma_ == "be" and not any(c.lower_ == "back" for c in verb.children):
        return None
    return verb


def _end_with(reading: Reading, candidate: Candidate, noun: Token, verb: Token) -> None:
    _put_own(reading, candidate, noun)
    mood = mood_of_verb(verb)
    times = [t for t in reading.times_of(verb) if not _within(t, noun)]
    today = reading.setting.day
    _put_end(reading, candidate, times, mood)
    end = candidate.first("end")
    ahead = end is not None and today is not None and str(end.content) > today.isoformat()
    headline = reading.text.find("\n\n")
    if mood is Mood.PRESENT and not ahead and (end is not None or noun.idx < headline):
        candidate.mood = mood = Mood.PAST  # "returns home after …", in a headline or of today
    candidate.over = candidate.over or mood in _DONE


def _closed(noun: Token) -> Token | None:
    """The verb that ends the visit: "wrapped up his visit", "the visit came to an end"."""
    verb = noun.head
    if verb.pos_ not in VERBAL:
        return None
    to_an_end = any(
        p.lower_ == "to" and any(c.lemma_ in _CLOSING for c in p.children)
        for p in verb.children
        if p.dep_ == "prep"
    )
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        return verb if verb.lemma_ in _END_VERBS or (verb.lemma_ in {"come", "draw"} and to_an_end) else None
    particle = _WITH_PARTICLE.get(verb.lemma_)
    ends = (
        verb.lemma_ in _END_VERBS
        or any(c.lower_ == particle for c in verb.children)
        or (verb.lemma_ == "cut" and any(c.lower_ == "short" for c in verb.children))
    )
    return verb if noun.dep_ in {"dobj", "obj"} and ends else None


def _of_the_verb(reading: Reading, time: TimeExpression, mood: Mood) -> bool:
    """ "ended a visit to X on Sunday": one day is that of the end, wherever the parse hangs it."""
    span = time.resolve(mood.direction)
    on = reading.text[max(0, time.start - 3) : time.start] == "on " or time.kind == "deictic"
    return on and span is not None and span.end is None


def _close_of(noun: Token) -> Token | None:
    """ "at the end of the visit on Friday"."""
    over = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in _CLOSING
    return noun.head.head if over else None


def _only_spoken_of(noun: Token) -> bool:
    """ "spoke about the visit on Friday", "despite his visit": the verb does not say when the visit was."""
    return noun.dep_ == "pobj" and noun.head.lower_ in _TOPICAL


def _called_off(noun: Token) -> Token | None:
    """The verb that calls the visit off; when that was done is not when the visit was to be."""
    verb = noun.head
    if noun.dep_ not in {"dobj", "obj", "nsubjpass", "nsubj"} or verb.pos_ not in VERBAL:
        return None
    off = verb.lemma_ in {"call", "put"} and any(c.lower_ in {"off", "back"} for c in verb.children)
    return verb if off or verb.lemma_ in CANCEL_VERBS | POSTPONE_VERBS else None


def _relative(reading: Reading, candidate: Candidate, noun: Token) -> None:
    """ "the visit, which ends on Friday"."""
    for clause in (c for c in noun.children if c.dep_ == "relcl" and c.lemma_ in _END_VERBS):
        mood = mood_of_verb(clause)
        _put_end(reading, candidate, reading.times_of(clause), mood)
        if mood in _DONE and candidate.mood in _DONE:
            candidate.over = True


def _scheduled(reading: Reading, candidate: Candidate, noun: Token) -> None:
    """ "the visit, which was scheduled for May 3-5, was put off": the days it was to have."""
    for clause in (c for c in noun.subtree if c.dep_ in {"relcl", "acl"}):
        if clause.lemma_ not in {"schedule", "plan", "set", "expect", "begin", "start", "due", "slate", "be"}:
            continue
        low, high = clause.left_edge.idx, clause.right_edge.idx
        for time in (t for t in reading.times if low <= t.start <= high):
            span = time.resolve("future")
            if span is not None and not candidate.values("start"):
                candidate.add("start", span.start, time.start, time.end, span.note)
                if span.end:
                    candidate.add("end", span.end, time.start, time.end, span.note)


def _put_end(reading: Reading, candidate: Candidate, times: list[TimeExpression], mood: Mood) -> None:
    for time in times:
        span = time.resolve(mood.direction)
        if span is not None and len(span.start) == 10 and not candidate.values("end"):
            candidate.add("end", span.end or span.start, time.start, time.end, span.note)
            # A time that was read as that of the visit is its end after all.
            candidate.slots["start"] = [v for v in candidate.values("start") if v.start != time.start]


def _put_own(
    reading: Reading,
    candidate: Candidate,
    noun: Token,
    after: Token | None = None,
    stop: Token | None = None,
    but: Sequence[int] = (),
) -> None:
    """The times within the phrase of a noun, or (of what was called off) after it, where the verb stands before it."""
    for time in reading.times:
        if (
            time.start in but
            or time.kind == "ago"
            or not (_within(time, noun) or (after is not None and _follows(reading, time, after)))
        ):
            continue
        if stop is not None and after is None and time.start > stop.idx:
            continue  # "the visit was put off on Friday"
        span = time.resolve(candidate.mood.direction or "past")
        if span is not None and not candidate.values("start"):
            candidate.add("start", span.start, time.start, time.end, span.note)
            if span.end:
                candidate.add("end", span.end, time.start, time.end, span.note)


def _within(time: TimeExpression, noun: Token) -> bool:
    """Whether a time stands in the phrase of a noun, not in a clause below it."""
    low, high = noun.left_edge.idx, noun.right_edge.idx + len(noun.right_edge)
    clauses = [c for c in noun.subtree if c.dep_ in {"relcl", "advcl", "ccomp"} and c.pos_ in VERBAL]
    inside = any(c.left_edge.idx <= time.start <= c.right_edge.idx for c in clauses)
    return low <= time.start < high and not inside


def _follows(reading: Reading, time: TimeExpression, noun: Token) -> bool:
    """Whether a time comes after a noun in its clause ("cancelled a trip to X later this month")."""
    between = reading.text[noun.idx : time.start]
    return 0 < time.start - noun.idx < 80 and not re.search(
        r"[,;:.]|\b(?:after|because|as|who|which|when)\b", between
    )
