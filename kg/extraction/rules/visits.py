"""Visits: the nouns visit, trip and arrival, and the verbs of visiting, arriving, travelling and leaving.

A visit needs a visitor and a state that is not the visitor's own; what lacks one of them is dropped, unless the
text has told the visit before and only adds to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction import diary
from kg.extraction.candidates import Candidate
from kg.extraction.grammar import (
    VERBAL,
    conjuncts,
    objects,
    prepositions,
    subjects,
)
from kg.extraction.lexicon import (
    ARRIVAL_NOUNS,
    ARRIVE_VERBS,
    HOPING,
    STAY_VERBS,
    TRAVEL_VERBS,
    VENUE_NOUNS,
    VISIT_NOUNS,
    VISIT_VERBS,
    WELCOME_VERBS,
)
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules import arena, company, legs, rescheduled
from kg.extraction.rules.departures import departure
from kg.extraction.rules.destinations import (
    put_length,
    put_listed,
    put_place,
    put_places,
    put_summit,
    refuels,
)
from kg.extraction.rules.hosts import plays_host, welcomed
from kg.extraction.rules.staying import presence
from kg.extraction.rules.travellers import aboard, taken, who_was
from kg.extraction.rules.visit_nouns import arrival, noun_visit
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_GOING = VISIT_VERBS | ARRIVE_VERBS | TRAVEL_VERBS
_TO = ("to", "in", "into", "at", "through", "for")


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for visits in a reading, in order of place."""
    for candidate in _mentions(reading, referents):
        others = list(company.more(reading, referents, candidate))
        again = list(rescheduled.again(reading, candidate))
        yield from legs.split(reading, candidate)
        yield from others
        yield from again


def _mentions(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    for token in reading.words:
        lemma = token.lemma_.casefold()
        if token.pos_ in {"NOUN", "PROPN"} and lemma in VISIT_NOUNS:
            yield from noun_visit(reading, referents, token)
        elif token.pos_ in {"NOUN", "PROPN"} and lemma in ARRIVAL_NOUNS:
            yield from arrival(reading, referents, token)
        elif token.lower_ in HOPING:
            continue
        elif token.pos_ in VERBAL and (lemma in _GOING or arena.calls(token, lemma)):
            yield from _verb(reading, referents, token)
        elif token.pos_ in VERBAL and lemma in {"take", "bring", "lead"} and not _takes_part(token):
            yield from taken(reading, referents, token)
        elif token.pos_ in VERBAL and (lemma in WELCOME_VERBS or plays_host(token)):
            yield from welcomed(reading, referents, token)
        elif token.pos_ in VERBAL and lemma in STAY_VERBS:
            yield from presence(reading, referents, token)


def _takes_part(verb: Token) -> bool:
    return any(c.lower_ == "part" for c in verb.children)


def _verb(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    lemma = verb.lemma_.casefold()
    mood = mood_of_verb(verb)
    if mood is Mood.PROGRESSIVE and lemma in {"come", "arrive"}:
        mood = Mood.PLANNED  # "is coming on Friday"
    headline = reading.text.find("\n\n")
    onward = (
        lemma in TRAVEL_VERBS
        and verb.tag_ in {"VBZ", "VBP"}
        and not any(c.dep_ == "aux" for c in verb.children)
    )
    if mood is Mood.PRESENT and onward and verb.idx > headline > 0 and verb.dep_ not in {"relcl", "advcl"}:
        mood = (
            Mood.PLANNED
        )  # "on Friday he goes on to …": in a story the present tense of going is a timetable
    candidate = Candidate("visit", f"{lemma}-verb", verb.idx, verb.idx + len(verb), mood)
    if refuels(verb):
        reading.drop(candidate, "a stop to refuel")
        return
    if lemma in VISIT_VERBS:
        for thing in objects(verb):
            put_listed(reading, candidate, thing)
            for word in conjuncts(thing):
                placed = reading.place_at(word)
                if placed is not None:
                    put_place(candidate, placed)
        passive = verb.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.children)
        if not candidate.values("to") and any(
            reading.person_at(t) or t.lower_ in {"whom", "him", "her"} for t in objects(verb)
        ):
            put_places(reading, candidate, verb, ("in", "at"))  # "whom he visited in X"
        if passive:
            reading.drop(candidate, "the passive names who was visited as its subject")
            return
    elif lemma in ARRIVE_VERBS:
        candidate.begun = True
        put_places(
            reading,
            candidate,
            verb,
            ("in", "at", "to", "on", "from") if lemma == "touch" else ("in", "at", "to"),
        )
    elif lemma in {"depart", "leave", "head"}:
        candidate.begun = True
        if lemma != "head":
            yield from departure(reading, referents, verb)
        put_places(reading, candidate, verb, ("for", "to"))
        for gate in prepositions(verb, "through", "from", "via", "aboard"):  # "left through N. Airport for X"
            if not candidate.values("to"):
                put_places(reading, candidate, gate, ("for",))
    elif lemma == "return" and (origins := _from(verb)):
        put_places(reading, candidate, verb, ("from",))
        for trip in (t for t in origins if t.lemma_ in VISIT_NOUNS):  # "from a two-day visit to X"
            put_places(reading, candidate, trip, ("to", "in", "of"))
            put_length(reading, candidate, trip)
        candidate.over = True
    elif lemma == "set":
        if not any(c.lower_ in {"off", "out"} for c in verb.children):
            return
        put_places(reading, candidate, verb, ("for", "to"))
    elif arena.calls(verb, lemma) or lemma == "stop":
        candidate.begun = True
        put_places(reading, candidate, verb, ("in", "at", "over", "by", "on", "into", "through", "up"))
    else:
        candidate.begun = lemma in {"fly", "travel", "go", "come", "venture", "cross", "journey"}
        put_places(reading, candidate, verb, ("to", "into"))
    if lemma not in {"leave", "depart"}:  # "left here for X"
        arena.put_here(reading, candidate, verb)
    if (
        not candidate.values("to")
        and lemma in TRAVEL_VERBS
        and any(c.lower_ == "there" for c in verb.children)
    ):
        where = reading.where(verb)
        if where is not None:
            put_place(candidate, where)
    for referent in referents.agents(verb) or who_was(referents, verb) or aboard(referents, subjects(verb)):
        candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    for inner in prepositions(verb, "for", "on", "with"):
        if inner.lemma_ in VISIT_NOUNS:
            put_places(reading, candidate, inner, ("to", "in", "of"))
            put_length(reading, candidate, inner)
    length = reading.duration_of(verb)
    if length is not None and not candidate.values("days"):  # "goes to X for two days"
        candidate.add("days", str(length[2]), length[0], length[1])
    if not candidate.values("to") and lemma in ARRIVE_VERBS | {"come", "travel", "fly", "go"}:
        put_summit(reading, candidate, list(prepositions(verb, "for", "to")))
    if not candidate.values("to") and arena.is_venue(reading, verb, lemma):
        arena.put_scene(reading, candidate, verb)
        candidate.confidence = 0.7
    if (
        not candidate.values("to")
        and arena.to_the_scene(reading, verb, lemma)
        and not candidate.values("attends")
    ):
        arena.put_scene(reading, candidate, verb)
    if not candidate.values("to") and not candidate.values("attends"):
        if _bare_arrival(reading, verb, lemma) and candidate.values("visitor"):
            add_times(reading, candidate, verb, mood.direction)
            candidate.joins = any(len(str(v.content)) == 10 for v in candidate.values("start"))
        if not candidate.joins:
            reading.drop(candidate, "no place")
            return
        reading.note(candidate.rule, [verb], "fired")
        yield candidate
        return
    diarist = referents.diarist(verb) if not candidate.values("visitor") and not subjects(verb) else None
    if diarist is not None:
        candidate.add(
            "visitor", diarist, verb.idx, verb.idx + len(verb), f"the diary is that of {diarist.name}"
        )
        day = diary.day_above(reading.text, reading.times, verb.idx)
        if day is not None and (span := day.resolve("future")) is not None:
            candidate.add("start", span.start, day.start, day.end, "the heading above gives the day")
    if not candidate.values("visitor"):
        reading.drop(candidate, "no visitor")
        return
    ahead = mood is Mood.DENIED and any(c.lower_ in {"will", "wo"} for c in verb.children)
    add_times(reading, candidate, verb, "future" if ahead else mood.direction)
    if lemma == "return" and candidate.over:  # the day of coming back ends the visit
        for start in candidate.slots.pop("start", []):
            if len(str(start.content)) == 10:
                candidate.add("end", start.content, start.start, start.end, start.note)
    reading.note(candidate.rule, [verb], "fired")
    yield candidate


def _bare_arrival(reading: Reading, verb: Token, lemma: str) -> bool:
    """ "N. arrived on Tuesday", "had touched down at the airport": where, other words of the text tell."""
    things = [t for t in prepositions(verb, "to", "in", "into", "at") if not reading.times_at(t)]
    return lemma in ARRIVE_VERBS and all(t.lemma_.casefold() in VENUE_NOUNS for t in things)


def _from(verb: Token) -> list[Token]:
    """Where somebody returns from, also where the parser hangs it on the day ("returned on Thursday from a visit")."""
    days = prepositions(verb, "on", "in")
    return [*prepositions(verb, "from"), *(t for day in days for t in prepositions(day, "from"))]
