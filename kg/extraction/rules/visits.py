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
    governor,
    objects,
    prepositions,
    subjects,
    subjects_of_noun,
)
from kg.extraction.lexicon import (
    ARRIVAL_NOUNS,
    ARRIVE_VERBS,
    ORDINAL_WORDS,
    PAY_VERBS,
    STAY_VERBS,
    SUMMIT_NOUNS,
    TRAVEL_VERBS,
    VEHICLE_NOUNS,
    VISIT_KINDS,
    VISIT_NOUNS,
    VISIT_VERBS,
    WELCOME_VERBS,
)
from kg.extraction.modality import Mood, mood_of_noun, mood_of_verb
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.referents import Referent, Referents
from kg.extraction.rules import arena, company, legs, series
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRESENT_GUEST = frozenset({"our", "my", "his", "her", "the", "of"})
_PROGRAMME = frozenset({"itinerary", "programme", "program", "agenda", "schedule", "plan"})
_TO = ("to", "in", "into", "at", "through", "for")


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for visits in a reading, in order of place."""
    for candidate in _mentions(reading, referents):
        others = list(company.more(reading, referents, candidate))
        yield from legs.split(reading, candidate)
        yield from others


def _mentions(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    for token in reading.doc:
        lemma = token.lemma_.casefold()
        if token.pos_ == "NOUN" and lemma in VISIT_NOUNS:
            yield from _noun(reading, referents, token)
        elif token.pos_ in {"NOUN", "PROPN"} and lemma in ARRIVAL_NOUNS:
            yield from _arrival(reading, referents, token)
        elif token.pos_ in VERBAL and (
            lemma in VISIT_VERBS | ARRIVE_VERBS | TRAVEL_VERBS or arena.calls(token, lemma)
        ):
            yield from _verb(reading, referents, token)
        elif token.pos_ in VERBAL and lemma in {"take", "bring", "lead"} and not _takes_part(token):
            yield from _taken(reading, referents, token)
        elif token.pos_ in VERBAL and (lemma in WELCOME_VERBS or _plays_host(token)):
            yield from _welcomed(reading, referents, token)
        elif token.pos_ in VERBAL and lemma in STAY_VERBS:
            yield from _presence(reading, referents, token)


def _plays_host(verb: Token) -> bool:
    return verb.lemma_ == "play" and any(t.lower_ == "host" for t in objects(verb))


def _takes_part(verb: Token) -> bool:
    return any(c.lower_ == "part" for c in verb.children)


def _taken(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "The tour will take N. to …": the traveller is the object."""
    if not any(s.lemma_ in _PROGRAMME | VISIT_NOUNS for s in subjects(verb)):
        return
    candidate = Candidate("visit", "taken-verb", verb.idx, verb.idx + len(verb), mood_of_verb(verb))
    for thing in objects(verb):
        for referent in referents.people(thing):
            candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    _destinations(reading, candidate, verb, ("to",))
    if candidate.values("to") and candidate.values("visitor"):
        add_times(reading, candidate, verb, candidate.mood.direction)
        reading.note("taken-verb", [verb], "fired")
        yield candidate
    else:
        reading.drop(candidate, "no traveller or no place")


def _welcomed(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "welcomed N. to Dublin", "N. was greeted in Lima by …": the guest is there."""
    mood = mood_of_verb(verb)
    candidate = Candidate(
        "visit", "welcome-verb", verb.idx, verb.idx + len(verb), mood, begun=True, confidence=0.8
    )
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    guests = [c for c in verb.children if c.dep_ == "nsubjpass"] if passive else objects(verb)
    if verb.lemma_ == "play":
        guests = [g for owner in (verb, *guests) for g in prepositions(owner, "to")]
    for guest in guests:
        for referent in referents.people(guest):
            candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
        _destinations(reading, candidate, guest, ("to", "in", "at"))
    _destinations(reading, candidate, verb, ("to", "in", "at"))
    arena.put_here(reading, candidate, verb)
    if not candidate.values("to") and (where := reading.where(verb)) is not None:
        _destination(candidate, where)
    if not candidate.values("to") and verb.lemma_ in {"host", "play", "entertain", "fete"}:
        _at_home(candidate, referents, verb, passive)
    if candidate.values("to") and candidate.values("visitor"):
        add_times(reading, candidate, verb, mood.direction)
        reading.note(candidate.rule, [verb], "fired")
        yield candidate
    else:
        reading.drop(candidate, "no guest or no place")


def _at_home(candidate: Candidate, referents: Referents, verb: Token, passive: bool) -> None:
    """ "N. hosted M.": with no place told, in the state of the host."""
    hosts = [
        r for s in (prepositions(verb, "by") if passive else subjects(verb)) for r in referents.people(s)
    ]
    if len(hosts) == 1 and hosts[0].person.home is not None and "/state/" in hosts[0].person.home.value:
        host = hosts[0].person
        candidate.add("to", host.home, hosts[0].start, hosts[0].end, f"the host is {host.name}")
        candidate.confidence = 0.7


def _presence(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
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
        _destinations(reading, candidate, source, ("in", "at", "to") if source == verb else ("in", "at"))
        if lemma != "be" and source != verb:
            for child in source.children:  # "attend the Vilnius summit"
                if child.dep_ in {"compound", "nmod"} and (placed := reading.place_at(child)):
                    _destination(candidate, placed)
    arena.put_here(reading, candidate, verb)
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if passive:  # "the summit was attended by N."
        _attends(reading, candidate, [c for c in verb.children if c.dep_ == "nsubjpass"])
    who = (
        [r for s in prepositions(verb, "by") for r in referents.people(s)]
        if passive
        else referents.agents(verb)
    )
    for referent in who:
        candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    if not candidate.values("to") and (where := reading.where(verb)) is not None and lemma != "take":
        _destination(candidate, where)
    if lemma == "be" and mood_of_verb(verb) is Mood.PERFECT:
        candidate.over = any(c.lower_ == "to" for c in verb.children)  # "has been to X"
    staying = lemma == "stay" and arena.to_the_scene(reading, verb, lemma)
    if not candidate.values("to") and lemma in {"be", "stay", "spend"} and (
        staying or arena.in_venue(reading, verb)
    ):  # fmt: skip
        arena.put_scene(reading, candidate, verb)
    if not candidate.values("to"):
        _attends(reading, candidate, sources[1:] if lemma != "be" else list(prepositions(verb, "at")))
    if (candidate.values("to") or candidate.values("attends")) and candidate.values("visitor"):
        add_times(reading, candidate, verb, candidate.mood.direction)
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


def _attends(reading: Reading, candidate: Candidate, things: list[Token]) -> None:
    """ "attend the summit": where that is, other sentences tell."""
    for thing in things:
        of_body = thing.lemma_ in {"meeting", "conference", "forum", "session"} and any(
            reading.organization_at(c) for c in thing.children
        )
        if thing.lemma_.casefold() in SUMMIT_NOUNS or of_body or reading.organization_at(thing) is not None:
            candidate.add("attends", "summit", thing.idx, thing.idx + len(thing))


def _told_by_verb(noun: Token) -> bool:
    """ "arrived for a two-day visit": the verb tells it, with what the noun adds."""
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in {"for", "on"}
        and noun.head.head.pos_ in VERBAL
        and noun.head.head.lemma_.casefold() in ARRIVE_VERBS | TRAVEL_VERBS
    )


def _noun(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    if _told_by_verb(noun):
        reading.note("visit-noun", [noun], "joined", "the verb before it tells the visit")
        return
    mood = mood_of_noun(noun)
    candidate = Candidate("visit", "visit-noun", noun.idx, noun.idx + len(noun), mood)
    for kind in (
        c for c in noun.children if c.lower_ in VISIT_KINDS and c.dep_ in {"amod", "compound", "nmod"}
    ):
        candidate.add("kind", VISIT_KINDS[kind.lower_], kind.idx, noun.idx + len(noun))
    _destinations(reading, candidate, noun, ("to", "in", "of"))
    for child in noun.children:  # "his Beijing trip"
        if child.dep_ in {"compound", "nmod"} and (placed := reading.place_at(child)):
            _destination(candidate, placed)
    above = governor(noun)
    if not candidate.values("to") and above is not None and (where := reading.where(above)) is not None:
        _destination(candidate, where)
    if not any(
        c.lower_ in ORDINAL_WORDS for c in noun.children
    ):  # "his third visit this year": not of this one
        add_times(reading, candidate, noun, mood.direction)
    visitors = _visitors_of_noun(reading, referents, noun)
    for referent in visitors:
        candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    if visitors and not candidate.values("to") and mood in {Mood.PAST, Mood.PERFECT, Mood.PLANNED}:
        _listed_or_here(reading, candidate, noun)
    candidate.begun = _underway_noun(noun)
    duration = reading.duration_of(noun)
    if duration is not None:
        candidate.add("days", str(duration[2]), duration[0], max(duration[1], noun.idx + len(noun)))
    definite = any(c.lower_ in {"the", "this", "that", "his", "her", "their"} for c in noun.children)
    programme = noun.dep_ in {"dobj", "obj", "attr"} and any(
        s.lemma_ in _PROGRAMME for s in subjects(noun.head)
    )
    focus = bool(candidate.values("to")) and mood in {Mood.PLANNED, Mood.CANCELLED, Mood.POSTPONED}
    if not visitors and not (
        definite or programme or (focus and not any(True for _ in prepositions(noun, "by")))
    ):
        if not candidate.slots:
            reading.note("visit-noun", [noun], "dropped", "no visitor")
        reading.drop(candidate, "no visitor")
        return
    if (
        not visitors
        and not candidate.values("to")
        and not (duration or candidate.values("start") or candidate.values("kind"))
        and mood not in {Mood.CANCELLED, Mood.POSTPONED}
    ):
        reading.note("visit-noun", [noun], "dropped", "neither visitor nor place, kind or time")
        return
    reading.note("visit-noun", [noun], "fired")
    yield candidate


def _listed_or_here(reading: Reading, candidate: Candidate, noun: Token) -> None:
    """ "made the journey twice: to A in 2022, to B …"; "his last visit was in 1985", to where the story is."""
    found = series.stops(reading, noun.idx + len(noun), noun.sent.end_char, first=True)
    if found:
        placed, time = found[0].placed, found[0].time
        _destination(candidate, placed)
        span = time.resolve(candidate.mood.direction) if time is not None else None
        if time is not None and span is not None:
            candidate.slots.pop("start", None)
            candidate.slots.pop("end", None)
            candidate.add("start", span.start, time.start, time.end, span.note)
        return
    dated = noun.dep_ == "nsubj" and noun.head.lemma_ in {"be", "come", "date"}
    if dated and candidate.values("start") and not arena.elsewhere(reading, noun):
        arena.put_scene(reading, candidate, noun)
        candidate.over = candidate.mood is Mood.PAST
        candidate.confidence = 0.75


def _visitors_of_noun(reading: Reading, referents: Referents, noun: Token) -> list[Referent]:
    for holder in [*subjects_of_noun(noun), *prepositions(noun, "of")]:
        found = referents.people(holder)
        if found:
            return found
    top = noun
    while (
        top.dep_ in {"pobj", "prep", "conj", "compound"}
        and top.head.pos_ not in VERBAL
        and top.head.i != top.i
    ):
        if top.dep_ == "pobj" and top.head.lower_ in {"ahead", "before", "of", "despite"}:
            return []
        top = top.head
    verb = governor(noun)
    if verb is None:
        return []
    if (
        noun.dep_ in {"dobj", "obj"}
        and noun.head == verb
        and verb.lemma_
        in PAY_VERBS | {"plan", "cancel", "postpone", "schedule", "announce", "scrap", "abandon", "delay"}
    ):
        return referents.agents(verb)
    if noun.dep_ == "pobj" and noun.head.lower_ in {"for", "on"} and noun.head.head == verb and (
        verb.lemma_ in ARRIVE_VERBS | TRAVEL_VERBS | {"be", "embark", "set", "land"}
    ):  # fmt: skip
        return referents.agents(verb)
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ in {"after", "during", "following"}
        and noun.head.head == verb
        and any(reading.place_at(t) for t in prepositions(noun, "to", "in"))
    ):
        # "N. arrived after a visit to X": whoever does the one did the other, where it says which visit
        return referents.agents(verb)
    return []


def _underway_noun(noun: Token) -> bool:
    """ "is on a visit to": the visitor is there."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "on" and noun.head.head.lemma_ == "be"


def _arrival(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    candidate = Candidate(
        "visit", "arrival-noun", noun.idx, noun.idx + len(noun), mood_of_noun(noun), begun=True
    )
    holders = subjects_of_noun(noun) or list(prepositions(noun, "of"))
    for holder in holders:
        for referent in referents.people(holder):
            candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    _destinations(reading, candidate, noun, ("in", "at", "to"))
    add_times(reading, candidate, noun, candidate.mood.direction)
    if candidate.values("visitor") and candidate.values("to"):
        if candidate.mood in {Mood.PRESENT, Mood.PROGRESSIVE}:
            candidate.mood = Mood.PAST  # "N.'s arrival marks …": the arrival is a fact
        reading.note("arrival-noun", [noun], "fired")
        yield candidate
    else:
        reading.drop(candidate, "no visitor or no place")


def _verb(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    lemma = verb.lemma_.casefold()
    mood = mood_of_verb(verb)
    if mood is Mood.PROGRESSIVE and lemma in {"come", "arrive"}:
        mood = Mood.PLANNED  # "is coming on Friday"
    candidate = Candidate("visit", f"{lemma}-verb", verb.idx, verb.idx + len(verb), mood)
    if lemma in VISIT_VERBS:
        for thing in objects(verb):
            for word in conjuncts(thing):
                placed = reading.place_at(word)
                if placed is not None:
                    _destination(candidate, placed)
        passive = verb.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.children)
        if not candidate.values("to") and any(
            reading.person_at(t) or t.lower_ in {"whom", "him", "her"} for t in objects(verb)
        ):
            _destinations(reading, candidate, verb, ("in", "at"))  # "whom he visited in X"
        if passive:
            reading.drop(candidate, "the passive names who was visited as its subject")
            return
    elif lemma in ARRIVE_VERBS:
        candidate.begun = True
        _destinations(
            reading,
            candidate,
            verb,
            ("in", "at", "to", "on", "from") if lemma == "touch" else ("in", "at", "to"),
        )
    elif lemma in {"depart", "leave", "head"}:
        candidate.begun = True
        if lemma != "head":
            yield from _departure(reading, referents, verb)
        _destinations(reading, candidate, verb, ("for", "to"))
    elif lemma == "return" and (origins := _from(verb)):
        _destinations(reading, candidate, verb, ("from",))
        for trip in (t for t in origins if t.lemma_ in VISIT_NOUNS):  # "from a two-day visit to X"
            _destinations(reading, candidate, trip, ("to", "in", "of"))
            _of_noun(reading, candidate, trip)
        candidate.over = True
    elif lemma == "set":
        if not any(c.lower_ in {"off", "out"} for c in verb.children):
            return
        _destinations(reading, candidate, verb, ("for", "to"))
    elif arena.calls(verb, lemma) or lemma == "stop":
        candidate.begun = True
        _destinations(reading, candidate, verb, ("in", "at", "over", "by", "on", "into", "through", "up"))
    else:
        candidate.begun = lemma in {"fly", "travel", "go", "come", "venture", "cross", "journey"}
        _destinations(reading, candidate, verb, ("to", "into"))
    arena.put_here(reading, candidate, verb)
    if (
        not candidate.values("to")
        and lemma in TRAVEL_VERBS
        and any(c.lower_ == "there" for c in verb.children)
    ):
        where = reading.where(verb)
        if where is not None:
            _destination(candidate, where)
    for referent in referents.agents(verb) or _who_was(referents, verb) or _aboard(referents, subjects(verb)):
        candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    for inner in prepositions(verb, "for", "on", "with"):
        if inner.lemma_ in VISIT_NOUNS:
            _destinations(reading, candidate, inner, ("to", "in", "of"))
            _of_noun(reading, candidate, inner)
    if not candidate.values("to") and lemma in ARRIVE_VERBS | {"come", "travel", "fly", "go"}:
        _attends(reading, candidate, list(prepositions(verb, "for", "to")))
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
        reading.drop(candidate, "no place")
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


def _of_noun(reading: Reading, candidate: Candidate, noun: Token) -> None:
    """The kind and length of a visit from the noun that a verb has with it: "for a two-day state visit"."""
    for kind in (c for c in noun.children if c.lower_ in VISIT_KINDS):
        candidate.add("kind", VISIT_KINDS[kind.lower_], kind.idx, noun.idx + len(noun))
    duration = reading.duration_of(noun)
    if duration is not None:
        candidate.add("days", str(duration[2]), duration[0], max(duration[1], noun.idx + len(noun)))


def _from(verb: Token) -> list[Token]:
    """Where somebody returns from, also where the parser hangs it on the day ("returned on Thursday from a visit")."""
    days = prepositions(verb, "on", "in")
    return [*prepositions(verb, "from"), *(t for day in days for t in prepositions(day, "from"))]


def _who_was(referents: Referents, verb: Token) -> list[Referent]:
    """ "the last president to come here was N.": who it was."""
    head = verb.head
    if verb.dep_ not in {"acl", "relcl"} or head.dep_ != "nsubj" or head.head.lemma_ != "be":
        return []
    return [r for c in head.head.children if c.dep_ == "attr" for r in referents.people(c)]


def _aboard(referents: Referents, vehicles: list[Token]) -> list[Referent]:
    """ "a plane carrying N. landed in X", "the plane of N.": who is aboard arrives with it."""
    holders: list[Token] = []
    for vehicle in (v for v in vehicles if v.lemma_.casefold() in VEHICLE_NOUNS):
        carried = [t for c in vehicle.children if c.lemma_ == "carry" and c.dep_ == "acl" for t in objects(c)]
        holders += carried or [*subjects_of_noun(vehicle), *prepositions(vehicle, "of", "with")]
    return [referent for holder in holders for referent in referents.people(holder)]


def _departure(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """ "left France on Tuesday after a two-day visit": the day of it ends the visit there."""
    mood = mood_of_verb(verb)
    candidate = Candidate("visit", "departure-verb", verb.idx, verb.idx + len(verb), mood, over=True)
    for thing in [*objects(verb), *prepositions(verb, "from")]:
        placed = reading.place_at(thing)
        if placed is not None:
            _destination(candidate, placed)
    people = referents.agents(verb)
    for referent in people:
        candidate.add("visitor", referent.person, referent.start, referent.end, referent.resolved)
    if not candidate.values("to") or not people or mood not in {Mood.PAST, Mood.PERFECT, Mood.PLANNED}:
        reading.drop(candidate, "no visitor, no place, or not told as done or planned")
        return
    for inner in prepositions(verb, "after", "following"):
        if inner.lemma_ in VISIT_NOUNS:
            _of_noun(reading, candidate, inner)
    for time in reading.times_of(verb)[:1]:
        span = time.resolve(mood.direction)
        if span is not None and len(span.start) == 10:
            candidate.add("end", span.start, time.start, time.end, span.note)
    reading.note(candidate.rule, [verb], "fired")
    yield candidate


def _destinations(reading: Reading, candidate: Candidate, token: Token, words: tuple[str, ...]) -> None:
    for thing in prepositions(token, *words):
        for word in conjuncts(thing):
            placed = reading.place_at(word)
            if placed is not None:
                _destination(candidate, placed)
                continue
            for inner in prepositions(word, "in", "at", "near", "outside", "of"):  # "to the palace in X"
                if (placed := reading.place_at(inner)) is not None and not reading.person_at(word):
                    _destination(candidate, placed)


def _destination(candidate: Candidate, placed: Placed) -> None:
    """A place gives the state too; places of a second state belong to another visit."""
    known = candidate.first("to")
    if placed.state is None:
        return
    if known is not None and known.content != placed.state:
        candidate.add("leg", placed, placed.start, placed.end)
        return
    candidate.add("to", placed.state, placed.start, placed.end)
    if placed.label and (placed.place is not None or placed.state is not None) and not _is_state(placed):
        candidate.add("place", placed, placed.start, placed.end)


def _is_state(placed: Placed) -> bool:
    return placed.place is None and placed.known_state
