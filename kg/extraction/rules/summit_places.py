"""Where a summit is: told with it, by who goes there, or by the headline and the dateline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, governor, objects, prepositions, subjects
from kg.extraction.lexicon import (
    ARRIVE_VERBS,
    TRAVEL_VERBS,
)
from kg.extraction.modality import Mood
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.rules.summit_moods import TAKE_PART, bearers

if TYPE_CHECKING:
    from spacy.tokens import Token


_GO = (
    ARRIVE_VERBS | TRAVEL_VERBS | frozenset({"have", "bring", "gather", "assemble", "meet", "convene", "be"})
)


def add_places(reading: Reading, candidate: Candidate, noun: Token, holding: list[Token]) -> None:
    """Put the place of a summit into its candidate: in its name, with the verb that says where it is, or with who goes there."""
    for child in noun.children:  # "the Kazan summit", "NATO's Vilnius summit"
        if (
            child.dep_ in {"compound", "nmod", "poss"}
            and (placed := reading.place_at(child))
            and placed.place
        ):
            candidate.add("place", placed, placed.start, placed.end)
    verb = governor(noun)
    passive = [v for v in holding if any(c.dep_ == "auxpass" for c in v.children)]
    hosts = [
        s for v in holding if v.lemma_ in {"host", "stage", "hold"} and v not in passive for s in subjects(v)
    ]
    near = [thing for owner in (*bearers(noun), *holding) for thing in prepositions(owner, "in", "at")]
    near += [thing for v in passive for thing in prepositions(v, "by")] + [h for h in hosts if h != noun]
    if verb is not None and noun not in subjects(verb):
        near += _along(verb)
        if (
            (where := reading.where(verb)) is not None
            and where.place
            and not any(reading.place_at(t) for t in near)
        ):
            candidate.add("place", where, where.start, where.end)
        above = verb.head if verb.dep_ in {"xcomp", "advcl", "relcl"} and verb.head.pos_ in VERBAL else None
        if above is not None and above.lemma_ in _GO:
            near += _along(above)
        if where_or_as(verb):
            near.append(verb.head)
    near += [c for owner in (noun, *holding) for c in owner.children if c.lower_ == "here"]
    for thing in near:
        placed = reading.place_at(thing)
        if placed is not None and _agrees(candidate, placed):
            candidate.add("place", placed, placed.start, placed.end)


def _along(verb: Token) -> list[Token]:
    """Where somebody goes or is for a summit: "flew to X for the summit", "are here for the summit"."""
    if verb.lemma_.casefold() not in _GO | TAKE_PART:
        return []
    things = list(prepositions(verb, "in", "at", "to"))
    if verb.lemma_ in {"leave", "depart", "head"}:
        things += list(prepositions(verb, "for"))
    for thing in objects(verb):  # "had N. to X for a summit"
        things += list(prepositions(thing, "to"))
    return things + [c for c in verb.children if c.lower_ == "here"]


def where_or_as(verb: Token) -> bool:
    """ "in X, where A hosts a summit"; "leaders gathered in X as A hosted the summit"."""
    words = {c.lower_ for c in verb.children}
    gathering = verb.head.lemma_ in {"gather", "meet", "convene", "assemble"}
    return (verb.dep_ == "relcl" and "where" in words) or (
        verb.dep_ == "advcl" and "as" in words and gathering
    )


def _agrees(candidate: Candidate, placed: Placed) -> bool:
    """Whether a place may be that of a summit that has one already: one city, in the state told."""
    told = [v.content for v in candidate.values("place") if isinstance(v.content, Placed)]
    return all(t.state == placed.state and (t.place is None or placed.place is None) for t in told)


def at_the_scene(reading: Reading, found: list[Candidate]) -> None:
    """The town of the headline, or of the dateline where the summit has begun, for summits without one."""
    end = max(reading.text.find("\n\n"), 0)
    towns = {p.place: p for p in reading.places.mentioned() if p.end <= end and p.place is not None}
    today = reading.setting.day
    for organizer in {v.content for c in found for v in c.values("organizer")}:
        own = [c for c in found if any(v.content == organizer for v in c.values("organizer"))]
        if any(c.values("place") for c in own) or today is None:
            continue
        near = [c for c in own if _is_near(c, today)]
        if not near:
            continue
        town = (
            next(iter(towns.values())) if len(towns) == 1 and _in_headline(reading, found, own, end) else None
        )
        scene = reading.setting.place
        if town is not None:
            near[0].add("place", town, town.start, town.end, f"the headline puts the summit in {town.label}")
        elif scene is not None and scene.place and any(c.begun and c.mood is not Mood.PLANNED for c in near):
            near[0].add(
                "place", scene, near[0].start, near[0].end, f"the article is written in {scene.label}"
            )


def _in_headline(reading: Reading, found: list[Candidate], own: list[Candidate], end: int) -> bool:
    """Whether the headline is about a summit: it has the word, or the organization."""
    head = reading.text[:end].casefold()
    named = [c for c in found if any(v.end <= end for v in c.values("organizer"))]
    return any(c in own for c in named) or ("summit" in head and not named)


def _is_near(candidate: Candidate, today: date) -> bool:
    """Whether a summit may be the news: not one of another month of the past."""
    start = candidate.first("start")
    if start is None:
        return candidate.begun or candidate.mood is not Mood.PAST
    told = str(start.content)
    return told[:7] >= (today - timedelta(days=7)).isoformat()[: len(told[:7])]
