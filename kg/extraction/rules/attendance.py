"""Lists of who attends: "Among those attending were A of X, B of Y", "the summit brought together A, B and C".

Who is named among those present has travelled there, unless the place is in their own state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.lexicon import SUMMIT_NOUNS
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.persons import PersonMention
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRESENT = r"(?:those|guests?|leaders|heads of state|delegates|dignitaries|figures|presidents|participants|attendees|visitors|arrivals|foreign leaders)"
_LISTS = re.compile(
    rf"(?:\b[Aa]mong (?:the |other |those |its )*(?:foreign |first |other |many |\w+ )?{_PRESENT}?\s*(?:who (?:attended|came|were there|took part)|attending|present|gathered|there|to (?:arrive|attend|come)|in attendance|expected)?[^.;:]{{0,60}}? (?P<v1>were|was|are|is|will be)"
    rf"|\b(?:[Aa]lso|[Oo]thers?) (?:attending|present|taking part|in attendance|expected|there|on the guest list)[^.;:]{{0,40}}? (?P<v2>were|was|are|is|will be|include[sd]?)"
    rf"|\b(?:(?:the|its|other|The|Its|Other) (?:other |foreign |invited |confirmed )?|[Ff]oreign |[Ii]nvited |[Oo]fficial )(?:guest list|guests|dignitaries|attendees|participants|leaders present|leaders attending|list of (?:guests|participants|attendees)|foreign guests)[^.;:]{{0,40}}? (?P<v3>will include|include[sd]?|including|were|are|will be)"
    rf"|\b(?P<v4>[Ii]n attendance (?:were|was|are|will be)|[Pp]resent (?:were|was|are)))\b"
)
_GATHER = frozenset({"gather", "attract", "draw", "unite", "assemble", "bring"})
_VERBS = frozenset({"were", "was", "are", "is"})


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for visits in a reading, in order of place."""
    for match in _LISTS.finditer(reading.text):
        word = next(m for m in ("v1", "v2", "v3", "v4") if match[m])
        told = reading.doc.char_span(match.start(word), match.end(word), alignment_mode="expand")
        if told is not None:
            ahead = "expected" in match.group() or " to " in match.group()
            mood = Mood.PLANNED if ahead else _mood(match[word], told.root)
            yield from _list(reading, told.root, match.start(), match.end(), mood)
    for token in reading.words:
        if token.lemma_ in _GATHER and token.tag_.startswith("V") and _of_summit(reading, token):
            yield from _list(reading, token, token.idx, token.idx + len(token), mood_of_verb(token))


def _mood(word: str, verb: Token) -> Mood:
    if word.startswith("will"):
        return Mood.PLANNED
    return Mood.PAST if word in {"were", "was", "included"} else mood_of_verb(verb)


def _of_summit(reading: Reading, verb: Token) -> bool:
    """ "the summit brought together …": not "brought to justice"."""
    if verb.lemma_ == "bring" and not any(c.lower_ == "together" for c in verb.children):
        return False
    things = [c for c in verb.children if c.dep_ == "nsubj"]
    return any(
        t.lemma_.casefold()
        in SUMMIT_NOUNS | {"meeting", "gathering", "conference", "funeral", "ceremony", "inauguration"}
        for t in things
    )


def _list(reading: Reading, word: Token, start: int, end: int, mood: Mood) -> Iterator[Candidate]:
    sentence = word.sent
    people = [m for m in _named(reading, end, sentence.end_char) if not _aside(reading, m, word)]
    if not people or mood in {Mood.DENIED, Mood.POSSIBLE}:
        return
    candidate = Candidate("visit", "attendance", start, end, mood, begun=True, confidence=0.75)
    scene = _where(reading, sentence.start_char, end, sentence.end_char)
    if scene is not None and scene.state is not None:
        candidate.add("to", scene.state, scene.start, scene.end)
        if not (scene.place is None and scene.known_state):
            candidate.add("place", scene, scene.start, scene.end)
    else:
        candidate.add("attends", "summit", start, end)
    to = {v.content for v in candidate.values("to")}
    for mention in people:
        if mention.person.home not in to:
            candidate.add("visitor", mention.person, mention.start, mention.end)
    for time in reading.times:
        if start <= time.start < sentence.end_char and not candidate.values("start"):
            span = time.resolve(mood.direction)
            if span is not None:
                candidate.add("start", span.start, time.start, time.end, span.note)
    if candidate.values("visitor"):
        reading.note("attendance", [word], "fired")
        yield candidate


def _named(reading: Reading, start: int, end: int) -> list[PersonMention]:
    found = [m for p in reading.people for m in p.mentions if start <= m.start < end]
    return sorted((m for m in found if m.person.public and m.person.home is not None), key=lambda m: m.start)


def _aside(reading: Reading, mention: PersonMention, word: Token) -> bool:
    """Whether somebody is named only in a clause about another ("…, who met N.")."""
    span = reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return True
    current = span.root
    while current.head.i != current.i and current.i != word.i:
        if current.dep_ in {"relcl", "advcl", "acl"} and current.i > word.i:
            return True
        current = current.head
    return False


def _where(reading: Reading, start: int, trigger: int, end: int) -> Placed | None:
    """The place that the list names: "in X", not the "of X" of those who came."""
    for placed in reading.places.mentioned():
        if (
            start <= placed.start < end
            and re.search(r"\b(?:in|at) (?:the )?$", reading.text[start : placed.start])
            and (placed.start < trigger or placed.place is not None)
        ):
            return placed
    return None
