"""Agreements: documents that are signed, to be signed, or negotiated, one by one, with their parties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, conjuncts, governor, objects, phrase, prepositions, subjects
from kg.extraction.lexicon import AGREEMENT_MODIFIERS, AGREEMENT_NOUNS, SIGNING_WORDS
from kg.extraction.modality import Mood, mood_of_noun, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents, StateReferent
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGOTIATE = frozenset({"negotiate", "finalise", "finalize", "prepare", "draft", "work"})


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for agreements, in order of place."""
    for token in reading.doc:
        lemma = token.lemma_.casefold()
        if token.pos_ in VERBAL and (lemma in SIGNING_WORDS or lemma in _NEGOTIATE):
            yield from _signed(reading, referents, token, negotiated=lemma in _NEGOTIATE)
        elif token.pos_ == "NOUN" and token.lower_ in {"signing", "conclusion", "adoption"}:
            yield from _signing(reading, referents, token)


def _documents(token: Token) -> list[Token]:
    return [
        t for t in conjuncts(token) if t.lemma_.casefold() in AGREEMENT_NOUNS or t.lower_ in AGREEMENT_NOUNS
    ]


def _signed(reading: Reading, referents: Referents, verb: Token, negotiated: bool) -> Iterator[Candidate]:
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    participle = verb.dep_ == "acl" and verb.tag_ == "VBN"
    heads = subjects(verb) if passive else objects(verb)
    if participle:
        heads = [verb.head]
    mood = mood_of_verb(verb)
    if negotiated and mood not in {Mood.DENIED, Mood.CANCELLED, Mood.POSSIBLE}:
        mood = Mood.PLANNED
    signers: list[StateReferent] = []
    if not passive and not participle:
        for subject in subjects(verb):
            signers += referents.states(subject)
    for agent in prepositions(verb, "by", "with"):
        signers += referents.states(agent)
    for head in heads:
        beside = [t for owner in (verb, head) for t in prepositions(owner, "with", "as")]  # "together with …"
        for document in [d for h in (head, *beside) for d in _documents(h)]:
            yield from _document(reading, referents, document, verb, mood, signers, "signing-verb")


def _signing(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    mood = mood_of_noun(noun)
    verb = governor(noun)
    if verb is not None and mood in {Mood.PRESENT, Mood.PROGRESSIVE} and _awaited(noun, verb):
        mood = Mood.PLANNED
    for head in prepositions(noun, "of"):
        for document in _documents(head):
            yield from _document(reading, referents, document, noun, mood, [], "signing-noun")


def _awaited(noun: Token, verb: Token) -> bool:
    """ "Anticipated outcomes … include the signing of": the subject says that it is still to come."""
    expected = {
        "anticipated",
        "expected",
        "planned",
        "likely",
        "hoped-for",
        "projected",
        "intended",
        "scheduled",
    }
    return any(t.lower_ in expected for s in subjects(verb) for t in s.subtree) or verb.lemma_ in {
        "expect",
        "anticipate",
        "plan",
    }


def _document(
    reading: Reading,
    referents: Referents,
    noun: Token,
    act: Token,
    mood: Mood,
    signers: list[StateReferent],
    rule: str,
) -> Iterator[Candidate]:
    start, end = phrase(noun)
    while reading.doc.char_span(start, start + 1, alignment_mode="expand") and reading.text[
        start:
    ].startswith(("the ", "a ", "an ", "several ", "two ", "three ")):
        start = reading.text.index(" ", start) + 1
    candidate = Candidate("agreement", rule, noun.idx, end, mood)
    topics = list(prepositions(noun, "on", "about", "concerning", "for"))
    if topics:
        for topic in topics:
            for each in conjuncts(topic):
                first, last = phrase(each)
                candidate.add("topic", reading.text[first:last], first, last)
                break
    candidate.add("title", reading.text[start:end], start, end)
    kind = AGREEMENT_NOUNS.get(noun.lower_) or AGREEMENT_NOUNS[noun.lemma_.casefold()]
    for child in noun.children:
        if child.lower_ in AGREEMENT_MODIFIERS and child.dep_ in {"amod", "compound"}:
            kind = AGREEMENT_MODIFIERS[child.lower_]
    candidate.add("kind", kind, noun.idx, end)
    parties = list(signers)
    for thing in prepositions(noun, "between", "with"):
        parties += referents.states(thing)
    for party in parties:
        candidate.add("party", party.iri, party.start, party.end)
    add_times(reading, candidate, act, mood.direction)
    reading.note(rule, [noun], "fired")
    yield candidate
