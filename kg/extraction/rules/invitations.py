"""Invitations: who invites whom, to what; the direction flips with "accepted an invitation from"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, governor, objects, prepositions, subjects, subjects_of_noun
from kg.extraction.lexicon import VISIT_KINDS, VISIT_NOUNS
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents

if TYPE_CHECKING:
    from spacy.tokens import Token


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for invitations, in order of place."""
    for token in reading.doc:
        if token.pos_ == "NOUN" and token.lemma_ == "invitation":
            yield from _noun(reading, referents, token)
        elif token.pos_ in VERBAL and token.lemma_ == "invite":
            yield from _verb(reading, referents, token)


def _noun(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    candidate = Candidate("invitation", "invitation-noun", noun.idx, noun.idx + len(noun), Mood.PAST)
    verb = governor(noun)
    accepted = (
        verb is not None
        and verb.lemma_ in {"accept", "decline", "receive", "welcome"}
        and noun.dep_ in {"dobj", "nsubjpass"}
    )
    issued = verb is not None and verb.lemma_ in {
        "extend",
        "issue",
        "offer",
        "send",
        "deliver",
        "renew",
        "reiterate",
        "repeat",
        "hand",
        "give",
    }
    inviters = subjects_of_noun(noun) + list(prepositions(noun, "of", "from", "by"))
    invitees = [t for t in prepositions(noun, "to") if referents.people(t)]
    if accepted and verb is not None:
        invitees = invitees or subjects(verb)
    elif issued and verb is not None and noun.dep_ in {"dobj", "nsubjpass"}:
        inviters = inviters or subjects(verb)
        invitees = (
            invitees
            or [t for t in prepositions(verb, "to") if referents.people(t)]
            or [c for c in verb.children if c.dep_ == "dative"]
        )
    elif noun.dep_ == "pobj" and noun.head.lower_ in {"at", "on"} and verb is not None:
        invitees = invitees or subjects(verb)
    _people(candidate, referents, "inviter", inviters)
    _people(candidate, referents, "invitee", invitees)
    _event(reading, candidate, noun)
    if verb is not None and mood_of_verb(verb) in {Mood.POSSIBLE, Mood.DENIED} and not accepted:
        reading.note("invitation-noun", [noun], "dropped", "not told as a fact")
        return
    yield from _finish(reading, candidate, noun)


def _verb(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    mood = mood_of_verb(verb)
    candidate = Candidate("invitation", "invite-verb", verb.idx, verb.idx + len(verb), mood)
    passive = any(c.dep_ == "auxpass" for c in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"}
    )
    if passive:
        _people(candidate, referents, "invitee", subjects(verb))
        _people(candidate, referents, "inviter", list(prepositions(verb, "by")))
    else:
        _people(candidate, referents, "inviter", subjects(verb))
        inner = [
            s for c in verb.children if c.dep_ in {"xcomp", "ccomp"} for s in c.children if s.dep_ == "nsubj"
        ]
        _people(candidate, referents, "invitee", objects(verb) or inner)
    _event(reading, candidate, verb)
    if mood in {Mood.POSSIBLE, Mood.DENIED, Mood.PLANNED}:
        reading.note("invite-verb", [verb], "dropped", "not told as a fact")
        return
    yield from _finish(reading, candidate, verb)


def _people(candidate: Candidate, referents: Referents, slot: str, tokens: list[Token]) -> None:
    for token in tokens:
        for referent in referents.people(token):
            candidate.add(slot, referent.person, referent.start, referent.end, referent.resolved)


def _event(reading: Reading, candidate: Candidate, token: Token) -> None:
    """What the invitation is to: a summit (linked later by its words), or a visit to a place."""
    for word in token.subtree:
        if word.i <= token.i:
            continue
        if word.lemma_.casefold() == "summit":
            candidate.add("summit", str(word.idx), word.idx, word.idx + len(word))
        elif word.lemma_ in VISIT_NOUNS | {"visit", "come", "travel"}:
            for thing in [*prepositions(word, "to", "in"), *objects(word)]:
                placed = reading.place_at(thing)
                if placed is not None and placed.state is not None:
                    candidate.add("to", placed.state, placed.start, placed.end)
                    if not placed.known_state:
                        candidate.add("place", placed, placed.start, placed.end)
            for kind in (c for c in word.children if c.lower_ in VISIT_KINDS):
                candidate.add("kind", VISIT_KINDS[kind.lower_], kind.idx, kind.idx + len(kind))


def _finish(reading: Reading, candidate: Candidate, token: Token) -> Iterator[Candidate]:
    inviters, invitees = candidate.people("inviter"), candidate.people("invitee")
    if not inviters or not invitees or any(p in invitees for p in inviters):
        reading.note(candidate.rule, [token], "dropped", "not from one to another")
        return
    reading.note(candidate.rule, [token], "fired")
    yield candidate
