"""Invitations told by "ask": "has asked N. to Oslo for the spring", and what becomes of them: "who said yes on the spot"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.linear import slots, subjects
from kg.extraction.linear.rosters import named_from
from kg.extraction.linear.verbs import triggers
from kg.extraction.modality import Mood
from kg.extraction.reading import Reading
from kg.extraction.referent import Referent
from kg.extraction.referents import Referents

if TYPE_CHECKING:
    from spacy.tokens import Token

_AUX = frozenset({"has", "have", "had", "also", "now", "just", "already", "then", "since"})
_NOT = re.compile(r"\b(?:not|never|may|might|could|would|wants|hopes|if|whether|refus\w+|declin\w+)\b")
_YES = re.compile(
    r"\b(?:accepted|said yes|says yes|said he would|said she would|agreed|needed no persuading|took (?:him|her) up on|is coming|are coming|will come|promised to (?:come|be there)|did not hesitate)\b"
)
_NO = re.compile(
    r"\b(?:declined|refused|said no|turned (?:it|him|her) down|has not|did not answer|not yet)\b"
)
_TO = r" (?:back )?(?:to|round to|over to) (?:the (?:next |annual )?[\w -]{0,40}?(?:in|of) )?"
_EVENT = re.compile(
    r" (?:back )?to (?:the|its|his|her|their) (?:[\w-]+ ){0,4}?(?:summit|cabinet|conference|forum|session|celebrations?|inauguration|meeting|anniversary)\b"
)


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for invitations, and for visits that accepted ones promise, in order of place."""
    for token in triggers(reading.doc):
        if token.lower_ in {"asked", "asks"} and token.i > token.sent.start:
            yield from _asked(reading, referents, token)


def _asked(reading: Reading, referents: Referents, token: Token) -> Iterator[Candidate]:
    doc, text, end = reading.doc, reading.text, token.idx + len(token)
    at = token.i
    while at > token.sent.start and doc[at - 1].lower_ in _AUX:
        at -= 1
    if _NOT.search(text[doc[max(token.sent.start, at - 3)].idx : token.idx]):
        return
    passive = doc[at - 1].lower_ in {"was", "were", "been"}
    whom, after = _object(reading, referents, token)
    if passive or not whom:
        return
    placed = slots.destination(reading, after, _TO, reach=70)
    event = _EVENT.match(text, after)
    if placed is None and event is None:
        return
    if text[after : after + 12].startswith((" to be", " to come", " to join", " to help")):
        return
    subject = subjects.before(reading, referents, at)
    if subject is None or len(subject.people) != 1 or subject.people[0].person is whom[0].person:
        return
    inviter, invitee = subject.people[0], whom[0]
    if not inviter.person.public or not invitee.person.public or inviter.person.home == invitee.person.home:
        return
    candidate = Candidate("invitation", "asked-to", token.idx, end, Mood.PAST, confidence=0.8)
    candidate.add("inviter", inviter.person, inviter.start, inviter.end, inviter.resolved)
    candidate.add("invitee", invitee.person, invitee.start, invitee.end, invitee.resolved)
    if placed is not None:
        candidate.add("to", placed.state, placed.start, placed.end)
    reading.note("asked-to", [token], "fired")
    yield candidate
    limit = min(len(text), token.sent.end_char + 160)
    paragraph = text.find("\n\n", token.idx)
    reply = text[after : min(limit, paragraph if paragraph > 0 else limit)]
    if placed is None or not _YES.search(reply) or _NO.search(reply):
        return
    visit = Candidate("visit", "asked-and-accepted", token.idx, end, Mood.PLANNED, confidence=0.75)
    visit.add("visitor", invitee.person, invitee.start, invitee.end, invitee.resolved)
    visit.add("to", placed.state, placed.start, placed.end)
    if not (placed.place is None and placed.known_state):
        visit.add("place", placed, placed.start, placed.end)
    slots.add_times(reading, visit, token.idx, token.idx, placed.end, "future")
    yield visit


def _object(reading: Reading, referents: Referents, token: Token) -> tuple[list[Referent], int]:
    """Who is asked, and where the words for them end."""
    end = token.idx + len(token)
    named = named_from(reading, end)
    if named:
        mention = named[0]
        return [Referent(mention.person, mention.start, mention.end)], max(mention.end, mention.title_end)
    for word in reading.doc[token.i + 1 : token.i + 4]:
        if word.lower_ in {"him", "her"} or word.pos_ == "NOUN":
            return referents.people(word, lists=False), word.idx + len(word)
    return [], end
