"""Summits: gatherings of the leaders of an organization or of three states and more, told apart by place or date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import governor
from kg.extraction.lexicon import (
    SUMMIT_NOUNS,
)
from kg.extraction.names import NameMatch
from kg.extraction.organizers import Organizer, Organizers
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules.summit_moods import (
    BEGIN,
    END,
    TAKE_PART,
    gathered,
    holding_verbs,
    is_on,
    mood_of_summit,
)
from kg.extraction.rules.summit_places import add_places, at_the_scene
from kg.extraction.rules.summit_times import add_times, add_times_between

if TYPE_CHECKING:
    from spacy.tokens import Token


_LEADERS_MEETING = re.compile(
    r"(?:leaders['’]?|heads of (?:state|government)(?: and government)?) (?:meeting|gathering|retreat|conference|council)\b",
    re.IGNORECASE,
)


# Gatherings that are summits where heads of state or government hold them.
_SESSIONS = frozenset({"meeting", "session", "gathering", "conference", "retreat"})
# Bodies of leaders that are told as meeting; a session of one is told once.
_COUNCILS = frozenset({"council", "authority", "assembly"})
_OF_LEADERS = re.compile(
    r" of (?:the )?(?:(?:authority|assembly|conference|council) of (?:the )?)?(?:leaders|heads? of (?:the )?(?:states?|governments?))\b",
    re.IGNORECASE,
)


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for summits, in order of place."""
    organizers = Organizers(reading)
    found: list[Candidate] = []
    named = {m.start: m for m in reading.matches if _named(m)}
    meetings = {m.end() for m in _LEADERS_MEETING.finditer(reading.text)}
    for token in reading.words:
        if token.pos_ in {"NOUN", "PROPN"} and token.lower_.removesuffix("s") in SUMMIT_NOUNS:
            found += _summits(reading, token, organizers.of(token))
        elif token.idx in named:
            match = named[token.idx]
            span = reading.doc.char_span(match.start, match.end, alignment_mode="expand")
            head = _session(span.root if span is not None else token)
            found += _summits(reading, head, organizers.named(match))
        elif (
            token.lemma_.casefold() in _SESSIONS and _OF_LEADERS.match(reading.text, token.idx + len(token))
        ) or (token.lemma_.casefold() in _COUNCILS and _meets(token)):
            found += _summits(reading, token, [o for o in organizers.of(token) if o.note is None])
        elif token.idx + len(token) in meetings and token.pos_ in {"NOUN", "PROPN", "VERB"}:
            if not any(m.start <= token.idx < m.end for m in named.values()):
                found += _summits(reading, token, [o for o in organizers.of(token) if o.note is None])
        elif token.pos_ in {"PROPN", "NOUN"}:
            found += _forum(reading, token)
    at_the_scene(reading, found)
    yield from found


def _named(match: NameMatch) -> bool:
    """Whether a match is a summit's own name without the word ("CHOGM"), not at once an organization's."""
    return all(s.how == "summit" for s in match.senses) and "summit" not in match.text.casefold()


def _meets(council: Token) -> bool:
    """ "the Council of Heads of Government of A met in X", "…, which X will host"."""
    if not _OF_LEADERS.match(council.doc.text, council.idx + len(council)):
        return False
    if council.dep_ == "pobj" and council.head.head.lemma_.casefold() in _SESSIONS:
        return False
    return bool(holding_verbs(council))


def _session(root: Token) -> Token:
    """ "the 36th Ordinary Session of the Assembly of A": the session is what is held."""
    above = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "of" else root
    return above if above.lemma_.casefold() in _SESSIONS else root


def _put_off(noun: Token) -> bool:
    """ "was originally to take place in May": not when it is."""
    verb = governor(noun)
    return verb is not None and any(c.lower_ in {"originally", "initially"} for c in verb.children)


def _forum(reading: Reading, token: Token) -> Iterator[Candidate]:
    """ "at the G7 in Hiroshima": a forum without a seat is where its leaders meet."""
    if token.dep_ not in {"pobj", "dobj"}:
        return
    match = next((m for m in reading.matches if m.end == token.idx + len(token)), None)
    if match is None:
        return
    forums = [s.entity.iri for s in match.senses if s.entity.iri in reading.names.forums and s.how == "name"]
    attended = token.head.lower_ in {"at", "for", "during"} or token.head.lemma_ in TAKE_PART
    place = re.match(r" (?:meeting )?in (?=[A-Z])", reading.text[match.end :])
    placed = reading.places.at(match.end + place.end()) if place else None
    if not forums or not attended or placed is None or placed.place is None:
        if forums and attended:
            reading.note("summit-noun", [token], "dropped", "a forum, and no town for its meeting")
        return
    yield from _summits(reading, token, [Organizer(forums[0], match.start, match.end)])


def _summits(reading: Reading, noun: Token, organizers: list[Organizer]) -> list[Candidate]:
    """One candidate for each organizer."""
    if not organizers:
        reading.note("summit-noun", [noun], "dropped", "no organization")
        return []
    if _put_off(noun):
        reading.note("summit-noun", [noun], "dropped", "the day first set, which was not kept")
        return []
    out = []
    for index, organizer in enumerate(organizers):
        holding = holding_verbs(noun)
        candidate = Candidate(
            "summit", "summit-noun", noun.idx, noun.idx + len(noun), mood_of_summit(noun, holding)
        )
        candidate.add("organizer", organizer.iri, organizer.start, organizer.end, organizer.note)
        later = noun.dep_ == "pobj" and noun.head.head.lemma_ == "day"
        candidate.begun = (
            later or any(v.lemma_ in BEGIN | {"be"} for v in holding) or is_on(noun) or gathered(noun)
        )
        candidate.over = any(v.lemma_ in END for v in holding)
        add_places(reading, candidate, noun, holding)
        if len(organizers) > 1:
            limit = organizers[index + 1].start if index + 1 < len(organizers) else noun.sent.end_char
            add_times_between(reading, candidate, organizer.end, limit)
        if not candidate.values("start") and (len(organizers) == 1 or noun.idx > organizer.start):
            add_times(reading, candidate, noun, holding)
        out.append(candidate)
    reading.note("summit-noun", [noun], "fired")
    return out
