"""Meetings: "talks with", "met", "received", "held a meeting", "spoke by phone"; at least two leaders of different states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from kg.extraction import diary
from kg.extraction.candidates import Candidate
from kg.extraction.grammar import (
    VERBAL,
    conjuncts,
    governor,
    objects,
    phrase,
    prepositions,
    subjects,
    subjects_of_noun,
)
from kg.extraction.lexicon import ARRIVE_VERBS, MEETING_NOUNS, MEETING_VERBS, TRAVEL_VERBS
from kg.extraction.modality import mood_of_noun, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules import tables
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_HOLDERS = frozenset(
    {
        "hold",
        "have",
        "engage",
        "conduct",
        "begin",
        "start",
        "open",
        "enter",
        "sit",
        "conclude",
        "finish",
        "join",
        "pay",
        "make",
        "place",
        "give",
        "grant",
        "receive",
        "continue",
        "resume",
        "wrap",
    }
)
_PHONE = frozenset(
    {
        "phone",
        "telephone",
        "call",
        "telephoned",
        "video",
        "virtual",
        "videoconference",
        "online",
        "teleconference",
    }
)
_SPEAK = frozenset(
    {"speak", "talk", "sit", "confer", "call", "phone", "telephone", "ring", "negotiate", "converse"}
)
_HOSTS = frozenset({"host", "receive", "welcome", "greet", "join"})
_BY_PHONE = frozenset({"phone", "telephone", "ring"})
# What talks are counted or measured in: "a session of talks", "two hours of talks".
_MEASURES = frozenset(
    {
        "session",
        "round",
        "series",
        "hour",
        "format",
        "set",
        "day",
        "minute",
        "couple",
        "lot",
        "number",
        "bout",
    }
)
_HAPPEN = frozenset({"take", "hold", "occur", "happen", "follow", "be", "arrange", "organise", "organize"})


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for meetings, in order of place."""
    for token in reading.doc:
        lemma = token.lemma_.casefold()
        if token.pos_ == "NOUN" and (
            lemma in MEETING_NOUNS or (lemma == "summit" and _of_two(token)) or tables.is_meal(reading, token)
        ):
            yield from _noun(reading, referents, token)
        elif token.pos_ in VERBAL and lemma in MEETING_VERBS | _SPEAK | tables.VERBS:
            yield from _verb(reading, referents, token)


def _of_two(noun: Token) -> bool:
    """Whether a summit is one of two leaders: "with N.", "between N. and M."."""
    return any(True for _ in prepositions(noun, "with", "between"))


def _finish(
    reading: Reading, candidate: Candidate, token: Token, referents: Referents
) -> Iterator[Candidate]:
    if len(candidate.people("participant")) == 1:
        _of_the_diary(reading, candidate, referents, token)
    people = candidate.people("participant")
    homes = {p.home for p in people if p.home is not None}
    if len(people) < 2 or len(homes) < 2:
        reading.drop(candidate, "fewer than two leaders of different states")
        return
    if any(v.content == "PhoneCall" for v in candidate.values("kind")):
        candidate.slots.pop("place", None)  # where one of them was, it is not where they met
    reading.note(candidate.rule, [token], "fired")
    yield from tables.apart(reading, candidate, token)


def _of_the_diary(reading: Reading, candidate: Candidate, referents: Referents, token: Token) -> None:
    """ "14.30 Talks with N." in a diary: whose diary it is takes part, on the day of the heading above."""
    owner = referents.diarist(token)
    if owner is None or owner in candidate.people("participant"):
        return
    candidate.add("participant", owner, candidate.start, candidate.end, f"the diary is that of {owner.name}")
    day = diary.day_above(reading.text, reading.times, candidate.start)
    if day is not None and not candidate.values("start") and (span := day.resolve("future")) is not None:
        candidate.add("start", span.start, day.start, day.end, "the heading above gives the day")


def _add_people(candidate: Candidate, referents: Referents, tokens: list[Token]) -> None:
    for token in tokens:
        for referent in referents.people(token):
            if referent.person.public:
                candidate.add("participant", referent.person, referent.start, referent.end, referent.resolved)
        for word in conjuncts(token):  # "met N. in Paris": the parser hangs the place and the day on N.
            for thing in prepositions(word, "in", "at"):
                placed = referents.reading.place_at(thing)
                if placed is not None and not candidate.values("place"):
                    candidate.add("place", placed, placed.start, placed.end)


def _noun(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    lemma = noun.lemma_.casefold()
    if lemma == "call" and not _is_meeting(noun):
        reading.note("talks-noun", [noun], "dropped", "a call, but not by phone")
        return
    if lemma == "bilateral" and noun.dep_ in {"amod", "compound"}:
        return
    mood = mood_of_noun(noun)
    candidate = Candidate("meeting", "talks-noun", noun.idx, noun.idx + len(noun), mood)
    verb = governor(noun)
    holders = subjects_of_noun(noun)
    measured = noun
    noun = _measure(noun)
    holders = holders or subjects_of_noun(noun)
    if not holders and verb is not None and (verb.lemma_ in _HOLDERS | {"be"}) and _hangs_on(noun, verb):
        holders = subjects(verb)
    trip = None if holders else _trip(noun)
    if trip is not None:  # "flies to Paris for talks with N."
        holders = subjects(trip)
        _place(reading, candidate, trip, ("to", "in", "at"))
    elif measured != noun:
        _add_people(candidate, referents, list(prepositions(measured, "with", "between")))
    _add_people(candidate, referents, holders)
    if trip is not None and trip.lemma_.casefold() in _HOSTS:  # "hosted N. for talks"
        _add_people(candidate, referents, objects(trip))
        _add_people(candidate, referents, list(prepositions(trip, "by")))
    words = ("with", "between", "of", "among") + (
        ("on", "from", "to") if lemma in {"call", "audience"} else ()
    )
    _add_people(candidate, referents, list(prepositions(noun, *words)))
    if verb is not None and _happens(noun, verb):
        for owner in (verb, *(c for c in verb.children if c.lower_ == "place")):
            _add_people(candidate, referents, list(prepositions(owner, "with", "between", "by", "among")))
            _place(reading, candidate, owner)
    if verb is not None and lemma in {"audience", "call"} and verb.lemma_ in {"give", "grant", "pay", "make"}:
        _add_people(candidate, referents, list(prepositions(verb, "to", "by", "on")))
        _add_people(candidate, referents, [c for c in verb.children if c.dep_ == "dative"])
    _partner(candidate, referents, holders)
    for clause in (c for c in noun.children if c.dep_ == "relcl"):  # "…, in which N. took part"
        if clause.lemma_ in {"take", "participate", "join", "attend"} and subjects(clause)[:1] != [noun]:
            _add_people(candidate, referents, subjects(clause))
    if verb is not None and _hangs_on(noun, verb) and verb.lemma_ in _HOLDERS:
        _add_people(candidate, referents, list(prepositions(verb, "with")))
    if any(c.lower_ in _PHONE for c in noun.children) or any(True for _ in prepositions(noun, "by")):
        candidate.add("kind", "PhoneCall", noun.idx, noun.idx + len(noun))
    for thing in prepositions(noun, "in", "at"):
        placed = reading.place_at(thing)
        if placed is not None:
            candidate.add("place", placed, placed.start, placed.end)
    if verb is not None and _hangs_on(noun, verb):
        _place(reading, candidate, verb)
        if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and not candidate.values("place"):
            _place(reading, candidate, verb.head)
    _topics(reading, candidate, noun, verb)
    add_times(reading, candidate, noun, mood.direction)
    yield from _finish(reading, candidate, noun, referents)


def _measure(noun: Token) -> Token:
    """ "two hours of talks": what the talks are counted in, on which the clause hangs."""
    over = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return over if over.lemma_.casefold() in _MEASURES | MEETING_NOUNS else noun


def _happens(noun: Token, verb: Token) -> bool:
    """ "a meeting took place between", "talks were held with"."""
    return noun.dep_ in {"nsubj", "nsubjpass"} and noun.head == verb and verb.lemma_ in _HAPPEN


def _hangs_on(noun: Token, verb: Token) -> bool:
    """Whether a noun is the object of a verb, directly or by one preposition ("engage in discussions")."""
    return (
        noun.head == verb
        or (noun.dep_ == "pobj" and noun.head.head == verb)
        or (noun.dep_ == "conj" and noun.head.head == verb)
    )


def _is_meeting(noun: Token) -> bool:
    """Whether a call is one by phone or a courtesy call, not an appeal."""
    words = {c.lower_ for c in noun.children}
    return bool(words & (_PHONE - {"call"}) or "courtesy" in words) or any(
        t.ent_type_ == "PERSON" or t.pos_ == "PROPN" for t in prepositions(noun, "on")
    )


def _trip(noun: Token) -> Token | None:
    """The verb of going or being somewhere that a noun hangs on by "for" ("is in Oslo for three days of talks")."""
    top = noun
    for _ in range(6):
        if top.dep_ not in {"pobj", "prep"} or top.head.i == top.i:
            return None
        top = top.head
        if top.pos_ in VERBAL:
            return top if top.lemma_.casefold() in ARRIVE_VERBS | TRAVEL_VERBS | _HOSTS | {"be"} else None
        if top.dep_ == "prep" and top.lower_ not in {"for", "of", "at", "in", "to"}:
            return None
    return None


def _place(
    reading: Reading, candidate: Candidate, verb: Token, words: tuple[str, ...] = ("in", "at")
) -> None:
    found = [p for t in prepositions(verb, *words) if (p := reading.place_at(t)) is not None]
    if not found and not candidate.values("place") and (where := reading.where(verb)) is not None:
        found.append(where)
    for placed in found:
        candidate.add("place", placed, placed.start, placed.end)


def _partner(candidate: Candidate, referents: Referents, tokens: list[Token]) -> None:
    """ "we talked", "we had a meeting": with the other leader whom the speaker has just named."""
    for token in tokens:
        if token.lower_ in {"we", "us", "our"} and len(candidate.people("participant")) == 1:
            other = referents.partner(token, candidate.people("participant")[0])
            if other is not None:
                candidate.add("participant", other.person, other.start, other.end, other.resolved)
                candidate.confidence = 0.75


def _verb(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    lemma = verb.lemma_.casefold()
    if lemma == "see" and (_sees(verb) or any(True for _ in prepositions(verb, "as"))):
        return
    mood = mood_of_verb(verb)
    candidate = Candidate("meeting", f"{lemma}-verb", verb.idx, verb.idx + len(verb), mood)
    for r in referents.agents(verb):
        if r.person.public:
            candidate.add("participant", r.person, r.start, r.end, r.resolved)
    if lemma == "receive" and any(t.lemma_.casefold() in {"airport", "airfield"} for t in verb.subtree):
        reading.drop(candidate, "a welcome, not talks")
        return
    if lemma == "call":
        if any(c.lower_ == "on" for c in verb.children):
            _add_people(candidate, referents, list(prepositions(verb, "on")))
        elif any(c.dep_ in {"oprd", "xcomp", "ccomp", "attr", "prt", "acomp"} for c in verb.children):
            return  # "called him a friend", "called off"
        else:
            called = [t for t in objects(verb) if reading.person_at(t) is not None]
            if not called:
                return
            _add_people(candidate, referents, called)
            candidate.add("kind", "PhoneCall", verb.idx, verb.idx + len(verb))
    if lemma in _BY_PHONE:
        _add_people(candidate, referents, objects(verb))
        candidate.add("kind", "PhoneCall", verb.idx, verb.idx + len(verb))
    if lemma == "receive":
        passive = any(c.dep_ == "auxpass" for c in verb.children) or verb.dep_ == "acl"
        hosts = (
            [r for t in prepositions(verb, "by") for r in referents.people(t)]
            if passive
            else referents.agents(verb)
        )
        for r in hosts:
            candidate.add("host", r.person, r.start, r.end)
    if lemma in MEETING_VERBS:
        guests = objects(verb) or _after(verb, reading)
        _add_people(candidate, referents, guests)
        _add_people(candidate, referents, list(prepositions(verb, "by")))
    _add_people(candidate, referents, list(prepositions(verb, "with", "to") if lemma != "receive" else []))
    if any(t.lower_ in _PHONE for t in verb.subtree if t.i != verb.i and abs(t.i - verb.i) < 6) or any(
        t.lemma_ in _PHONE for t in prepositions(verb, "by", "on", "over")
    ):
        candidate.add("kind", "PhoneCall", verb.idx, verb.idx + len(verb))
    elif lemma in {"speak", "talk"}:
        candidate.add("kind", "UnspecifiedMeeting", verb.idx, verb.idx + len(verb))
    if lemma in MEETING_VERBS and verb.dep_ == "relcl":
        _time_above(reading, candidate, verb)
    _place(reading, candidate, verb)
    if verb.tag_ == "VB" and verb.dep_ in {"advcl", "xcomp"} and not candidate.values("place"):
        going = verb.head.lemma_.casefold() in ARRIVE_VERBS | TRAVEL_VERBS | {"be"}
        _place(
            reading, candidate, verb.head, ("in", "at", "to") if going else ("in", "at")
        )  # "flew to X to meet N."
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and not candidate.values("place"):
        _place(reading, candidate, verb.head)  # "In Oslo, N. will see A and meet B"
    add_times(reading, candidate, verb, mood.direction)
    _partner(candidate, referents, subjects(verb))
    yield from _finish(reading, candidate, verb, referents)


def _time_above(reading: Reading, candidate: Candidate, verb: Token) -> None:
    """ "was in X on Monday, where he met N.": the day of the clause above, where this one tells none."""
    above = governor(verb)
    if any(c.lower_ == "where" for c in verb.children) and above is not None and not reading.times_of(verb):
        mood = mood_of_verb(above)
        add_times(reading, candidate, above, mood.direction)
        candidate.slots.pop("end", None)


def _sees(verb: Token) -> bool:
    """Whether to see is to perceive: with a clause or nothing named for an object."""
    if verb.tag_ in {"VB", "VBG"}:
        return False
    things = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
    clause = any(
        c.dep_ in {"ccomp", "xcomp", "advcl", "oprd", "acl"}
        for c in [*verb.children, *(d for t in things for d in t.children)]
    )
    return clause or not any(t.pos_ in {"PROPN", "PRON"} or t.ent_type_ == "PERSON" for t in things)


def _after(verb: Token, reading: Reading) -> list[Token]:
    """The name that follows a verb whose object the parser lost ("received on Tuesday at the palace King N.")."""
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.pos_ in VERBAL:
            return []
        if reading.person_at(token) is not None:
            return [token]
    return []


def _topics(reading: Reading, candidate: Candidate, noun: Token, verb: Token | None) -> None:
    """What the talks are about: "on trade", "about …", "covering topics including A and work within B"."""
    heads = list(prepositions(noun, "on", "about", "over", "concerning", "regarding"))
    if verb is not None and _hangs_on(noun, verb):
        heads += list(prepositions(verb, "on", "about"))
    for guest in prepositions(noun, "with"):  # the parser hangs "on trade" on the guest
        heads += list(prepositions(guest, "on", "about"))
    sources = [noun]
    while verb is not None and verb not in sources:
        sources.append(verb)
        verb = verb.head if verb.dep_ == "xcomp" else None
    for source in sources:
        for child in source.children:
            if (
                child.lemma_ in {"cover", "include", "address"}
                and child.dep_ in {"advcl", "acl", "prep"}
                and child.i > noun.i
            ):
                for thing in [*objects(child), *(c for c in child.children if c.dep_ == "pobj")]:
                    heads.append(thing)
    for head in heads:
        included = [
            i for p in head.subtree if p.lower_ in _INTRODUCES for i in p.children if i.dep_ == "pobj"
        ]
        if head.lemma_ in _GENERAL and included:
            for item in included:
                _topic_list(reading, candidate, item)
        elif not (reading.person_at(head) or reading.times_at(head)):
            _topic_list(reading, candidate, head)


_INTRODUCES = frozenset({"including", "such"})
_GENERAL = frozenset({"range", "topic", "issue", "matter", "variety", "number", "subject"})


def _topic_list(reading: Reading, candidate: Candidate, head: Token) -> None:
    """The members of a list of topics, each with its prepositional phrases; organizations in them too.

    The parser often hangs the tail of the last member on the first one, so each member is cut where the next
    begins, and the last takes what follows.
    """
    words = [w for w in conjuncts(head) if w.pos_ in {"NOUN", "PROPN"} and not reading.times_at(w)]
    tail = max((t.idx + len(t) for w in words for t in w.subtree if _belongs(t, w)), default=0)
    for word, following in zip_longest(words, words[1:]):
        start, end = phrase(word)
        last = phrase(following)[0] if following is not None else max(tail, end)
        text = re.sub(r"(?:[ ,;]+(?:and|as well as))?[ ,;]*$", "", reading.text[start:last])
        if len(text) > 160 or "\n" in text or last < end:
            text = reading.text[start:end]
        candidate.add("topic", text, start, start + len(text))
        for match in reading.matches:
            if start <= match.start < start + len(text):
                for sense in match.senses:
                    if sense.entity.kind == "organization":
                        candidate.add("framework", sense.entity.iri, match.start, match.end)


def _belongs(token: Token, head: Token) -> bool:
    """Whether a word is part of a topic: not of a relative clause, an apposition or a clause beside it."""
    while token.i != head.i:
        if token.dep_ in {"relcl", "appos", "advcl", "punct"} or token.pos_ in VERBAL:
            return False
        token = token.head
    return True
