"""Visits told from the side of the host: "welcomed N. to Dublin", "N. was greeted in Lima by …", "played host to N."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import objects, prepositions, subjects
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules import arena
from kg.extraction.rules.destinations import put_place, put_places
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token


def plays_host(verb: Token) -> bool:
    """Whether a verb is that of "played host"."""
    return verb.lemma_ == "play" and any(t.lower_ == "host" for t in objects(verb))


def welcomed(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
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
        put_places(reading, candidate, guest, ("to", "in", "at"))
    put_places(reading, candidate, verb, ("to", "in", "at"))
    arena.put_here(reading, candidate, verb)
    if not candidate.values("to") and (where := reading.where(verb)) is not None:
        put_place(candidate, where)
    if not candidate.values("to") and verb.lemma_ in {"host", "play", "entertain", "fete"}:
        _at_home(candidate, referents, verb, passive)
    if candidate.values("to") and candidate.values("visitor"):
        add_times(reading, candidate, verb, mood.direction)
        reading.note(candidate.rule, [verb], "fired")
        yield candidate
    elif candidate.values("visitor") and mood is not Mood.DENIED:
        _at_home(candidate, referents, verb, passive)
        add_times(reading, candidate, verb, mood.direction)
        candidate.joins = bool(candidate.values("to") and candidate.values("start"))
        if not candidate.joins:
            reading.drop(candidate, "no place, and no day that could add to a visit told elsewhere")
            return
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
