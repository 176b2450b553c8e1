"""Summits: gatherings of an organization's leaders, told apart by place or date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import prepositions
from kg.extraction.lexicon import SUMMIT_NOUNS
from kg.extraction.modality import mood_of_noun, mood_of_verb
from kg.extraction.names import Entity
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for summits, in order of place."""
    for token in reading.doc:
        if token.pos_ in {"NOUN", "PROPN"} and token.lemma_.casefold() in SUMMIT_NOUNS:
            yield from _summit(reading, token)


def _summit(reading: Reading, noun: Token) -> Iterator[Candidate]:
    mood = mood_of_noun(noun)
    candidate = Candidate("summit", "summit-noun", noun.idx, noun.idx + len(noun), mood)
    for organization, start, end in _organizers(reading, noun):
        candidate.add("organizer", organization.iri, start, end)
        break
    if not candidate.values("organizer") and _definite(noun):
        for organization, start, end in _told_of(reading, noun):
            candidate.add(
                "organizer", organization.iri, start, end, f"the summit is that of {organization.label}"
            )
    holding = _holding(noun)
    for owner in [noun, *holding]:
        for thing in prepositions(owner, "in", "at"):
            placed = reading.place_at(thing)
            if placed is not None:
                candidate.add("place", placed, placed.start, placed.end)
    if holding:
        candidate.mood = mood = mood_of_verb(holding[0])
    for child in noun.children:  # "the Kazan summit"
        if (
            child.dep_ in {"compound", "nmod", "poss"}
            and (placed := reading.place_at(child))
            and placed.place
        ):
            candidate.add("place", placed, placed.start, placed.end)
    for owner in [noun, *holding]:
        add_times(reading, candidate, owner, mood.direction)
    if not candidate.values("organizer"):
        reading.note("summit-noun", [noun], "dropped", "no organization")
        return
    reading.note("summit-noun", [noun], "fired")
    yield candidate


def _definite(noun: Token) -> bool:
    return any(c.lower_ in {"the", "this"} for c in noun.children) and not any(
        c.dep_ in {"amod", "compound"} and c.lower_ not in {"annual", "two", "day"} for c in noun.children
    )


def _told_of(reading: Reading, noun: Token) -> list[tuple[Entity, int, int]]:
    """The one organization that the headline and the first sentences name, or the whole text before the noun."""
    lead = list(reading.doc.sents)[:3]
    for limit in (lead[-1].end_char, noun.idx):
        found: dict[str, tuple[Entity, int, int]] = {}
        for match in reading.matches:
            if match.end <= min(limit, noun.idx):
                for sense in match.senses:
                    if sense.entity.kind == "organization":
                        found.setdefault(sense.entity.iri.value, (sense.entity, match.start, match.end))
        if found:
            return list(found.values()) if len(found) == 1 else []
    return []


def _holding(noun: Token) -> list[Token]:
    """The verbs that say where and when a summit is: "to be held in", "opens in", "takes place in"."""
    above = [c for c in noun.children if c.dep_ in {"relcl", "acl"}]
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        above.append(noun.head)
    chain = []
    for verb in above:
        link: Token | None = verb
        while link is not None:
            chain.append(link)
            link = next((c for c in link.children if c.dep_ == "xcomp"), None)
    return [v for v in chain if v.lemma_ in _HELD]


_HELD = frozenset(
    {"hold", "take", "open", "begin", "convene", "start", "host", "schedule", "close", "end", "conclude"}
)


def _organizers(reading: Reading, noun: Token) -> list[tuple[Entity, int, int]]:
    found = []
    for match in reading.matches:
        entities = [s.entity for s in match.senses if s.entity.kind == "organization"]
        if not entities:
            continue
        inside = match.start <= noun.idx < match.end
        before = match.end <= noun.idx and re.fullmatch(
            r"(?:['’]s?)?(?: \d+\w* | | annual | leaders['’]? | upcoming )+",
            reading.text[match.end : noun.idx],
        )
        after = match.start > noun.idx and re.fullmatch(
            r",? of (?:the )?", reading.text[noun.idx + len(noun) : match.start]
        )
        if inside or before or after:
            found.append((entities[0], match.start, match.end))
    return found
