"""Leaders who discuss something: "A and B discussed trade by phone", "A discussed trade with B".

Where a clause also tells the meeting at which they do, the rules of meetings read it; this one tells of a conversation of
which nothing else is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL, objects, prepositions
from kg.extraction.lexicon import MEETING_NOUNS, MEETING_VERBS
from kg.extraction.modality import mood_of_verb
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules.meeting_slots import PHONE, add_people, finish
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = frozenset({"discuss"})
# Verbs whose object is who is spoken to: only with words of a phone call.
_TO = frozenset({"tell", "inform", "assure", "congratulate", "thank", "urge", "brief", "warn", "remind"})
_GATHERINGS = frozenset({"summit", "conference", "forum", "session", "dinner", "lunch", "breakfast"})


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for conversations of two leaders, in order of place."""
    for verb in reading.words:
        if verb.pos_ in VERBAL and verb.lemma_.casefold() in _VERBS | _TO and not _negative(verb):
            yield from _discussion(reading, referents, verb)


def _negative(verb: Token) -> bool:
    return any(c.dep_ == "auxpass" for c in verb.children) or verb.dep_ in {"advcl", "xcomp", "acl"}


def _discussion(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    mood = mood_of_verb(verb)
    candidate = Candidate("meeting", "discuss-verb", verb.idx, verb.idx + len(verb), mood, confidence=0.75)
    phone = [t for t in verb.subtree if t.lower_ in PHONE - {"call"} or t.lower_ in {"phone", "telephone"}]
    beside = {verb, *(t for t in verb.subtree if t.i > verb.i)}
    told = [
        t
        for t in beside
        if t.lemma_.casefold() in MEETING_NOUNS | MEETING_VERBS | _GATHERINGS and t.pos_ != "PROPN"
    ]
    spoken_to = verb.lemma_.casefold() in _TO
    if (told or spoken_to) and not phone:
        return
    if spoken_to and told:
        return  # "told N. in a phone call": the rule of nouns has it
    for r in referents.agents(verb):
        if r.person.public:
            candidate.add("participant", r.person, r.start, r.end, r.resolved)
    others = list(prepositions(verb, "with"))
    others += [t for thing in objects(verb) for t in prepositions(thing, "with")]
    add_people(candidate, referents, [*others, *(objects(verb) if spoken_to else ())])
    candidate.slots.pop("place", None)
    if len(candidate.people("participant")) != 2:
        return
    kind = "PhoneCall" if phone else "UnspecifiedMeeting"
    words = phone[0] if phone else verb
    candidate.add("kind", kind, words.idx, words.idx + len(words))
    add_times(reading, candidate, verb, mood.direction)
    yield from finish(reading, candidate, verb, referents)
