"""Putting on a visit what its words tell: the places and state gone to, its kind and length, the summit it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import conjuncts, prepositions
from kg.extraction.lexicon import SUMMIT_NOUNS, VISIT_KINDS
from kg.extraction.places import Placed
from kg.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token


def put_places(reading: Reading, candidate: Candidate, token: Token, words: tuple[str, ...]) -> None:
    """The places that a word has after one of some prepositions."""
    for thing in prepositions(token, *words):
        put_listed(reading, candidate, thing)
        for word in conjuncts(thing):
            placed = reading.place_at(word)
            if placed is not None:
                put_place(candidate, placed)
                continue
            for inner in prepositions(word, "in", "at", "near", "outside", "of"):  # "to the palace in X"
                if (placed := reading.place_at(inner)) is not None and not reading.person_at(word):
                    put_place(candidate, placed)


def put_listed(reading: Reading, candidate: Candidate, thing: Token) -> None:
    """The states that a general word is followed by: "to several countries of the region, including A, B and C"."""
    if thing.lemma_.casefold() not in _GENERAL or reading.person_at(thing) is not None:
        return
    for word in thing.subtree:
        if word.lower_ not in _INTRODUCING or word.i < thing.i:
            continue
        for first in (c for c in word.children if c.dep_ in {"pobj", "dobj"}):
            for each in conjuncts(first):
                if (placed := reading.place_at(each)) is not None:
                    put_place(candidate, placed)
        return


_GENERAL = frozenset({"country", "nation", "state", "capital", "city", "stop", "place", "destination", "leg"})
_INTRODUCING = frozenset({"including", "as", "namely", "like"})


def put_place(candidate: Candidate, placed: Placed) -> None:
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


def put_length(reading: Reading, candidate: Candidate, noun: Token) -> None:
    """The kind and length of a visit from the noun that a verb has with it: "for a two-day state visit"."""
    for kind in (c for c in noun.children if c.lower_ in VISIT_KINDS):
        candidate.add("kind", VISIT_KINDS[kind.lower_], kind.idx, noun.idx + len(noun))
    duration = reading.duration_of(noun)
    if duration is not None:
        candidate.add("days", str(duration[2]), duration[0], max(duration[1], noun.idx + len(noun)))


def refuels(word: Token) -> bool:
    """ "stopped in X to refuel", "a refuelling stop": the aircraft calls there, not the traveller."""
    own = {c.lower_ for c in word.children} & _TECHNICAL
    below = any(c.lemma_ == "refuel" for c in word.children if c.dep_ in {"advcl", "xcomp", "acl"})
    aim = any(t.lower_ in {"refuelling", "refueling", "fuel"} for t in prepositions(word, "for"))
    return bool(own) or below or aim


_TECHNICAL = frozenset({"refuelling", "refueling", "technical", "fuel", "transit"})


def put_summit(reading: Reading, candidate: Candidate, things: list[Token]) -> None:
    """ "attend the summit": where that is, other sentences tell."""
    for thing in things:
        of_body = thing.lemma_ in {"meeting", "conference", "forum", "session"} and any(
            reading.organization_at(c) for c in thing.children
        )
        if thing.lemma_.casefold() in SUMMIT_NOUNS or of_body or reading.organization_at(thing) is not None:
            candidate.add("attends", "summit", thing.idx, thing.idx + len(thing))
