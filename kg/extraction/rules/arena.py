"""Going where the story is: "arrived on Monday", "was met at the airport", "had been here", "spent a weekend at the lake".

A text that is written in a town does not name it again: who comes, stays or turns up there with no other place told has
come to that town.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import objects, prepositions
from kg.extraction.lexicon import CALL_VERBS, VENUE_NOUNS, VISIT_VERBS
from kg.extraction.places import Placed
from kg.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_WEATHER = frozenset(
    {"dark", "darkness", "rain", "snow", "fog", "sunshine", "drizzle", "storm", "style", "person", "time", "heat", "cold",
     "mist", "company", "dawn", "night", "hurry", "end"}
)  # fmt: skip
_WHERE = ("to", "in", "at", "into", "through", "on", "over", "by", "inside")
# Verbs that bring somebody in with one of these particles.
_IN: dict[str, frozenset[str]] = {
    "fly": frozenset({"in"}),
    "jet": frozenset({"in"}),
    "drive": frozenset({"in", "up", "over", "down"}),
    "get": frozenset({"in"}),
    "sail": frozenset({"in"}),
    "ride": frozenset({"in"}),
    "touch": frozenset({"down"}),
}
_ARRIVING = frozenset({"come", "arrive", "land", "touch", "reach", "descend", "gather"})
_COMING = VISIT_VERBS | _ARRIVING | _IN.keys()


def calls(verb: Token, lemma: str) -> bool:
    """ "dropped in on", "turned up", "stopped over": a verb that is one of calling only with its particle."""
    words = CALL_VERBS.get(lemma)
    return words is not None and any(
        c.lower_ in words and c.dep_ in {"prt", "advmod", "prep"} for c in verb.children
    )


def is_venue(reading: Reading, verb: Token, lemma: str) -> bool:
    """Whether a verb goes to something that stands where the story is set ("toured the works", "landed at N. airport")."""
    scene = reading.scene_at(verb.idx)
    if scene is None or (lemma not in _COMING and not calls(verb, lemma)):
        return False
    things = objects(verb) if lemma in VISIT_VERBS else list(prepositions(verb, *_WHERE))
    return any(
        t.lemma_.casefold() in VENUE_NOUNS and not any(reading.state_at(w) for w in t.subtree) for t in things
    )


def in_venue(reading: Reading, verb: Token) -> bool:
    """Whether somebody stays at something that stands where the story is set ("spent a weekend at the lake")."""
    if reading.scene_at(verb.idx) is None or elsewhere(reading, verb):
        return False
    things = [t for owner in (verb, *objects(verb)) for t in prepositions(owner, "in", "at", "by", "on")]
    return any(
        t.lemma_.casefold() in VENUE_NOUNS and not any(reading.state_at(w) for w in t.subtree) for t in things
    )


def to_the_scene(reading: Reading, verb: Token, lemma: str) -> bool:
    """ "N. arrived on Monday", "flew in", "is to come in May": with no place told it is where the article is."""
    places = any(
        c.dep_ == "prep" and c.lower_ in {"to", "in", "at", "into", "through"} for c in verb.children
    )
    into = any(c.dep_ in {"prt", "advmod"} and c.lower_ in _IN.get(lemma, ()) for c in verb.children)
    things = list(prepositions(verb, "to", "in", "at", "into", "through"))
    places = places and not all(t.lemma_ in _WEATHER or reading.times_at(t) for t in things)
    return (
        (lemma in {"arrive", "come", "land", "stay"} or into or calls(verb, lemma))
        and not places
        and not any(c.dep_ == "dobj" for c in verb.children)
    )


def put_scene(reading: Reading, candidate: Candidate, verb: Token) -> None:
    """Give a visit the place that the part of the text is written in."""
    placed = reading.scene_at(verb.idx)
    if placed is not None and placed.state is not None:
        _add(candidate, Placed(verb.idx, verb.idx + len(verb), placed.label, placed.place, placed.state))


def put_here(reading: Reading, candidate: Candidate, verb: Token) -> None:
    """Give a visit the place that "here" means, where the verb has that word."""
    placed = reading.scene_at(verb.idx)
    for word in (c for c in verb.children if c.lower_ == "here" and placed):
        if placed is not None and placed.state is not None:
            _add(candidate, Placed(word.idx, word.idx + len(word), placed.label, placed.place, placed.state))


def elsewhere(reading: Reading, verb: Token) -> bool:
    """Whether the sentence, or the one before it, is about another place than that of the story."""
    scene = reading.scene_at(verb.idx)
    told = reading.place_before(verb)
    return scene is not None and told is not None and told.state not in {None, scene.state}


def _add(candidate: Candidate, placed: Placed) -> None:
    known = candidate.first("to")
    if placed.state is None:
        return
    if known is not None and known.content != placed.state:
        candidate.add("leg", placed, placed.start, placed.end)
        return
    candidate.add("to", placed.state, placed.start, placed.end)
    if placed.label and not (placed.place is None and placed.known_state):
        candidate.add("place", placed, placed.start, placed.end)
