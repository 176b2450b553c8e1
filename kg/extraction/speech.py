"""Who says what a passage says: the subject of the verb of speech that governs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.grammar import VERBAL, subjects
from kg.extraction.lexicon import SPEECH_VERBS
from kg.extraction.persons import Person
from kg.extraction.referents import Referents

if TYPE_CHECKING:
    from spacy.tokens import Token


def speaker_of(referents: Referents, token: Token) -> Person | None:
    """The person whom the text gives as the source of what stands at a word, or None where it is the text itself.

    A word is somebody's when it lies in the complement of a verb of speech ("said that …", "emphasised the …",
    "…, he said"), not when it is part of the subject of that verb.
    """
    current = token
    while current.head.i != current.i:
        above = current.head
        if (
            above.pos_ in VERBAL
            and above.lemma_ in SPEECH_VERBS
            and current.dep_ not in {"nsubj", "nsubjpass", "agent"}
        ):
            found = _subject(referents, above)
            if found is not None:
                return found
        current = above
    for child in current.children:  # "…, N. said": the verb of speech hangs below what it reports
        if child.pos_ in VERBAL and child.lemma_ in SPEECH_VERBS and child.dep_ in {"parataxis", "ccomp"}:
            found = _subject(referents, child)
            if found is not None:
                return found
    return None


def _subject(referents: Referents, verb: Token) -> Person | None:
    people = [r.person for s in subjects(verb) for r in referents.people(s) if r.person.public]
    return people[0] if len(people) == 1 else None
