"""Meetings told by a verb: "met", "received", "called on", "spoke with"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import (
    VERBAL,
    conjuncts,
    governor,
    objects,
    prepositions,
    subjects,
)
from kg.extraction.lexicon import ARRIVE_VERBS, MEETING_VERBS, TRAVEL_VERBS
from kg.extraction.modality import mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules.meeting_slots import PHONE, add_partner, add_people, finish, met_unnamed
from kg.extraction.rules.meeting_where import add_place, add_place_of_event, add_time_after
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEAK = frozenset(
    {"speak", "talk", "sit", "confer", "call", "phone", "telephone", "ring", "negotiate", "converse"}
)
_BY_PHONE = frozenset({"phone", "telephone", "ring"})


# Where guests are met who arrive: no place for talks.
_ARRIVING_AT = frozenset({"airport", "airfield", "airstrip", "tarmac", "quay", "quayside", "gangway"})


def read(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    """The meetings that a verb tells: none, one, or one with each of those met."""
    lemma = verb.lemma_.casefold()
    if lemma == "see" and (_sees(verb) or any(True for _ in prepositions(verb, "as"))):
        return
    mood = mood_of_verb(verb)
    candidate = Candidate("meeting", f"{lemma}-verb", verb.idx, verb.idx + len(verb), mood)
    if not objects(verb) and _in_session(subjects(verb), referents):
        reading.drop(candidate, "leaders of a gathering, not a meeting of those named")
        return
    for r in referents.agents(verb):
        if r.person.public or r.person.diplomat:
            candidate.add("participant", r.person, r.start, r.end, r.resolved)
    if lemma in {"receive", "meet"} and _is_welcome(verb, lemma):
        reading.drop(candidate, "a welcome, not talks")
        return
    if lemma == "call":
        if any(c.lower_ == "on" for c in verb.children):
            called = list(prepositions(verb, "on"))
            add_people(candidate, referents, called or objects(verb))
        elif any(c.dep_ in {"oprd", "xcomp", "ccomp", "attr", "prt", "acomp"} for c in verb.children):
            return  # "called him a friend", "called off"
        else:
            called = [t for t in objects(verb) if reading.person_at(t) is not None]
            if not called:
                return
            add_people(candidate, referents, called)
            candidate.add("kind", "PhoneCall", verb.idx, verb.idx + len(verb))
    if lemma in _BY_PHONE:
        add_people(candidate, referents, objects(verb))
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
        add_people(candidate, referents, guests)
        add_people(candidate, referents, list(prepositions(verb, "by")))
    if met_unnamed(
        referents, [t for w in [*prepositions(verb, "with"), *objects(verb)] for t in conjuncts(w)]
    ):
        reading.drop(candidate, "those met are not named")
        return
    add_people(candidate, referents, list(prepositions(verb, "with", "to") if lemma != "receive" else []))
    for phone in prepositions(verb, "by", "on", "over", "via"):  # "spoke by telephone with N."
        if phone.lemma_ in PHONE:
            add_people(candidate, referents, list(prepositions(phone, "with", "to")))
    if any(t.lower_ in PHONE for t in verb.subtree if t.i != verb.i and abs(t.i - verb.i) < 6) or any(
        t.lemma_ in PHONE for t in prepositions(verb, "by", "on", "over")
    ):
        candidate.add("kind", "PhoneCall", verb.idx, verb.idx + len(verb))
    elif lemma in {"speak", "talk"}:
        candidate.add("kind", "UnspecifiedMeeting", verb.idx, verb.idx + len(verb))
    if lemma in MEETING_VERBS and verb.dep_ == "relcl":
        _time_above(reading, candidate, verb)
    add_place(reading, candidate, verb)
    if verb.tag_ == "VB" and verb.dep_ in {"advcl", "xcomp"} and not candidate.values("place"):
        going = verb.head.lemma_.casefold() in ARRIVE_VERBS | TRAVEL_VERBS | {"be"}
        add_place(
            reading, candidate, verb.head, ("in", "at", "to") if going else ("in", "at")
        )  # "flew to X to meet N."
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and not candidate.values("place"):
        add_place(reading, candidate, verb.head)  # "In Oslo, N. will see A and meet B"
    add_place_of_event(reading, candidate, verb)
    add_times(reading, candidate, verb, mood.direction)
    add_time_after(reading, candidate)
    add_partner(candidate, referents, subjects(verb))
    yield from finish(reading, candidate, verb, referents)


def _is_welcome(verb: Token, lemma: str) -> bool:
    """Whether somebody is met at the airport, or received on arrival."""
    words = {t.lemma_.casefold() for t in verb.subtree}
    passive = any(c.dep_ == "auxpass" for c in verb.children) or verb.dep_ == "acl"
    landed = any(t.lemma_ == "arrival" for t in prepositions(verb, "on", "upon"))
    return bool(words & {"airport", "airfield", "aerodrome"} and (passive or lemma == "receive")) or (
        passive and landed
    )


def _in_session(tokens: list[Token], referents: Referents) -> bool:
    """Whether "A, B and the leaders of other members" met: they sit at one table, and do not meet each other."""
    words = [w for t in tokens for w in conjuncts(t)]
    return len(words) > 1 and any(
        w.tag_ == "NNS" and w.lemma_ in {"leader", "head", "president", "counterpart", "minister"} and not referents.people(w, lists=False)
        for w in words
    )  # fmt: skip


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
