"""Visits told by verbs of being somewhere: "will be in X on Thursday", "attended the funeral in X", "stayed until Friday"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import objects, prepositions
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules import arena
from kg.extraction.rules.destinations import put_place, put_places, put_summit
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRESENT_GUEST = frozenset({"our", "my", "his", "her", "the", "of"})


def presence(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "will be in Helsinki on Thursday", "attended the funeral in Oslo", "stayed in Bali until Friday"."""
    lemma = verb.lemma_.casefold()
    here = any(c.lower_ == "here" for c in verb.children)
    guest = next((c for c in verb.children if c.dep_ == "attr" and c.lemma_ == "guest"), None)
    if (
        lemma == "be"
        and guest is None
        and any((c.dep_ in {"attr", "acomp", "expl"} and not here) or c.tag_ == "VBN" for c in verb.children)
    ):
        return
    candidate = Candidate(
        "visit",
        f"{lemma}-presence",
        verb.idx,
        verb.idx + len(verb),
        mood_of_verb(verb),
        begun=True,
        confidence=0.8,
    )
    sources = [verb, *objects(verb), *prepositions(verb, "in", "at")]
    if guest is not None and _PRESENT_GUEST.isdisjoint(c.lower_ for c in guest.children):
        return  # "was a guest", of a show: not whose
    if lemma == "take":
        part = [c for c in verb.children if c.lower_ == "part"]
        if not part:
            return
        sources += [t for c in part for t in prepositions(c, "in", "at")]
    for source in sources:
        put_places(reading, candidate, source, ("in", "at", "to") if source == verb else ("in", "at"))
        if lemma != "be" and source != verb:
            for child in source.children:  # "attend the Vilnius summit"
                if child.dep_ in {"compound", "nmod"} and (placed := reading.place_at(child)):
                    put_place(candidate, placed)
    arena.put_here(reading, candidate, verb)
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if passive:  # "the summit was attended by N."
        put_summit(reading, candidate, [c for c in verb.children if c.dep_ == "nsubjpass"])
    who = (
        [r for s in prepositions(verb, "by") for r in referents.people(s)]
        if passive
        else referents.agents(verb)
    )
    for referent in who:
        candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    if lemma == "be" and not candidate.values("to") and any(_to_do(c) for c in verb.children):
        return  # "where she was to attend": the other verb tells it
    if not candidate.values("to") and (where := reading.where(verb)) is not None and lemma != "take":
        put_place(candidate, where)
    if lemma == "be" and mood_of_verb(verb) is Mood.PERFECT:
        candidate.over = any(c.lower_ == "to" for c in verb.children)  # "has been to X"
    staying = lemma == "stay" and arena.to_the_scene(reading, verb, lemma)
    if not candidate.values("to") and lemma in {"be", "stay", "spend"} and (
        staying or arena.in_venue(reading, verb)
    ):  # fmt: skip
        arena.put_scene(reading, candidate, verb)
    if not candidate.values("to"):
        put_summit(reading, candidate, sources[1:] if lemma != "be" else list(prepositions(verb, "at")))
    if (candidate.values("to") or candidate.values("attends")) and candidate.values("visitor"):
        add_times(reading, candidate, verb, candidate.mood.direction)
        if lemma == "spend" and not candidate.values("start"):
            for time in reading.times:  # "spent March 3 and 4 in X"
                if 0 <= time.start - candidate.end <= 4 and (span := time.resolve(candidate.mood.direction)):
                    candidate.add("start", span.start, time.start, time.end, span.note)
                    if span.end:
                        candidate.add("end", span.end, time.start, time.end, span.note)
        if candidate.mood is Mood.PERFECT and lemma == "be":
            _since(reading, candidate, verb)
        start = candidate.first("start")
        if candidate.mood is Mood.PRESENT and start is not None and len(str(start.content)) == 4:
            candidate.slots.pop("start")  # "is in X, his second trip there this year"
        if candidate.mood is Mood.PAST and not candidate.values("start"):
            candidate.over = True  # "was in X": told without a sign that it lasts
        reading.note(candidate.rule, [verb], "fired")
        yield candidate
    elif lemma != "be" or candidate.values("to"):
        reading.drop(
            candidate, "nobody is told to be there" if candidate.values("to") else "no place or summit"
        )


def _to_do(word: Token) -> bool:
    return word.dep_ in {"xcomp", "ccomp", "advcl"} and any(
        c.dep_ == "aux" and c.lower_ == "to" for c in word.children
    )


def _since(reading: Reading, candidate: Candidate, verb: Token) -> None:
    """ "has been in town since Sunday": that is the day of the arrival, and the visit lasts."""
    for time in reading.times_of(verb):
        span = time.resolve("past")
        if span is not None and reading.text[max(0, time.start - 6) : time.start].casefold() == "since ":
            candidate.slots.pop("start", None)
            candidate.add("start", span.start, time.start, time.end, span.note)
            candidate.over = False
            candidate.rule = "since-presence"
            return
