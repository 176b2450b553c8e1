"""Talks told as a list: "On Friday the President had separate meetings with:" and below a line for each of those met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, governor, subjects, subjects_of_noun
from kg.extraction.lexicon import MEETING_NOUNS, MEETING_VERBS
from kg.extraction.modality import mood_of_noun, mood_of_verb
from kg.extraction.persons import PersonMention
from kg.extraction.reading import Reading
from kg.extraction.referents import Referent, Referents
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# An item opens with whom it is about; what it is introduced by at most.
_OPENS = re.compile(
    r"(?:\W|\b(?:with|the|and|his|her|also|excellency|mr|mrs|ms)\b|\d{1,2}[.:]\d\d)*", re.IGNORECASE
)
_SUBJECT = re.compile(r"[,;:(–—-]|\bon\b|\babout\b|\bto\b")


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for the meetings of lists in a reading, in order of place."""
    paragraphs = [m.span() for m in re.finditer(r"[^\n](?:[^\n]|\n(?!\n))*", reading.text)]
    for at, (start, end) in enumerate(paragraphs):
        if not reading.text[start:end].rstrip().endswith((":", "with", "with:")):
            continue
        word = _trigger(reading, start, end)
        if word is None:
            continue
        holders = _holders(reading, referents, word)
        if len(holders) != 1:
            continue
        for low, high in paragraphs[at + 1 :]:
            people = _of_item(reading, low, high)
            if not people:
                break
            yield from _meeting(reading, word, holders[0], people)


def _trigger(reading: Reading, start: int, end: int) -> Token | None:
    """The last word of a paragraph that tells a meeting."""
    span: Span | None = reading.doc.char_span(start, end, alignment_mode="contract")
    words = [
        t
        for t in span or ()
        if (t.pos_ == "NOUN" and t.lemma_.casefold() in MEETING_NOUNS)
        or (t.pos_ in VERBAL and t.lemma_.casefold() in MEETING_VERBS)
    ]
    return words[-1] if words else None


def _holders(reading: Reading, referents: Referents, word: Token) -> list[Referent]:
    if word.pos_ in VERBAL:
        found = referents.agents(word)
    else:
        verb = governor(word)
        holders = subjects_of_noun(word) or (subjects(verb) if verb is not None else [])
        found = [r for h in holders for r in referents.people(h)]
        if not found and verb is not None:
            found = referents.agents(verb)
    return [r for r in found if r.person.public]


def _of_item(reading: Reading, start: int, end: int) -> list[PersonMention]:
    """The people whom an item of a list opens with; none where it opens with something else."""
    begin = start + len(_OPENS.match(reading.text, start).group())  # type: ignore[union-attr]
    mentions = sorted(
        (m for p in reading.people for m in p.mentions if start <= m.start < end and p.public),
        key=lambda m: m.start,
    )
    if not mentions or min(mentions[0].start, mentions[0].title_start) > begin + 4:
        return []
    out = mentions[:1]
    for mention in mentions[1:]:
        between = reading.text[max(out[-1].end, out[-1].title_end) : min(mention.start, mention.title_start)]
        if not re.fullmatch(r",? (?:and|as well as) (?:the )?", between):
            break
        out.append(mention)
    return out


def _meeting(
    reading: Reading, word: Token, holder: Referent, people: list[PersonMention]
) -> Iterator[Candidate]:
    mood = mood_of_verb(word) if word.pos_ in VERBAL else mood_of_noun(word)
    first, last = people[0], people[-1]
    candidate = Candidate("meeting", "meeting-list", first.start, last.end, mood, confidence=0.85)
    candidate.add("participant", holder.person, holder.start, holder.end, holder.resolved)
    for mention in people:
        candidate.add("participant", mention.person, mention.start, mention.end)
    if len({p.home for p in candidate.people("participant")}) < 2:
        reading.drop(candidate, "fewer than two leaders of different states")
        return
    add_times(reading, candidate, word, mood.direction)
    reading.note(candidate.rule, [word], "fired")
    yield candidate
