"""Invitations: who invites whom, to what; the direction flips with "accepted an invitation from".

Who is missing in the words ("at the invitation of N.", of a visit told before; "his host's invitation") is left to
the visits and meetings of the article. An accepted invitation to visit is handed on as a planned visit too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import (
    VERBAL,
    governor,
    negated,
    objects,
    prepositions,
    subjects,
    subjects_of_noun,
)
from kg.extraction.lexicon import VISIT_KINDS, VISIT_NOUNS
from kg.extraction.modality import Mood, mood_of_verb
from kg.extraction.persons import Person
from kg.extraction.reading import Reading
from kg.extraction.referents import Referent, Referents
from kg.extraction.rules.invitation_actors import actors_of, person_or_body, put
from kg.extraction.rules.invitation_records import finish, promised_visit
from kg.extraction.rules.when import add_times

if TYPE_CHECKING:
    from spacy.tokens import Token

_TAKEN = frozenset(
    {"accept", "decline", "receive", "welcome", "get", "reject", "refuse", "turn", "take", "have"}
)
_GIVEN = frozenset(
    ["extend", "issue", "offer", "send", "deliver", "renew", "reiterate", "repeat", "hand", "give", "convey", "pass"]
)  # fmt: skip
_DECIDED = frozenset({"agree", "decide", "vote"})
_GOING = frozenset({"visit", "come", "travel", "pay", "attend", "make", "undertake"})
_OPEN = frozenset({Mood.POSSIBLE, Mood.DENIED, Mood.PLANNED})


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for invitations, and for visits that accepted ones promise, in order of place."""
    last: list[Candidate] = []
    for token in reading.words:
        if token.pos_ == "NOUN" and token.lemma_ == "invitation":
            found = list(_noun(reading, referents, token, last))
        elif token.pos_ in VERBAL and token.lemma_ == "invite":
            found = list(_verb(reading, referents, token))
        elif token.pos_ in VERBAL and token.lemma_ == "accept" and last:
            found = list(_accepted(reading, referents, token, last))
        else:
            continue
        yield from found
        last = [c for c in found if c.kind == "invitation"] or last


# -- the noun --------------------------------------------------------------------------------------------------


def _noun(reading: Reading, referents: Referents, noun: Token, last: list[Candidate]) -> Iterator[Candidate]:
    candidate = Candidate("invitation", "invitation-noun", noun.idx, noun.idx + len(noun), Mood.PAST)
    verb = governor(noun)
    lemma = verb.lemma_.casefold() if verb is not None else ""
    is_object = noun.dep_ in {"dobj", "obj", "nsubjpass"}
    inviters = subjects_of_noun(noun) + list(prepositions(noun, "of", "from", "by"))
    invitees = [t for t in prepositions(noun, "to", "for") if person_or_body(reading, referents, t)]
    accepted = False
    if negated(noun):
        reading.note("invitation-noun", [noun], "dropped", "there is none")
        return
    taken_up = [c for c in noun.children if c.dep_ == "relcl" and c.lemma_ == "accept"]
    if taken_up and last:  # "N. invited M. to visit X, an invitation that she accepted"
        yield from _accepted(reading, referents, taken_up[0], last)
        return
    if verb is not None and is_object and lemma in _TAKEN:
        mood = mood_of_verb(verb)
        invitees = invitees or subjects(verb)
        inviters = inviters or list(prepositions(verb, "from", "by"))
        accepted = lemma in {"accept", "take"} and mood not in {Mood.POSSIBLE, Mood.DENIED}
        if mood in _OPEN and not accepted and lemma not in {"decline", "reject", "refuse"}:
            reading.note("invitation-noun", [noun], "dropped", "not told as a fact")
            return
        if accepted and not inviters and last:
            reading.note("invitation-noun", [noun], "joined", "the invitation told before is accepted")
            return
    elif verb is not None and is_object and lemma in _GIVEN:
        passive = noun.dep_ == "nsubjpass"
        inviters = inviters or (list(prepositions(verb, "by")) if passive else subjects(verb))
        to = [t for o in (verb, noun) for t in prepositions(o, "to") if actors_of(reading, referents, t)]
        invitees = invitees or to or [c for c in verb.children if c.dep_ in {"dative", "iobj"}]
        invitees = invitees or [
            s for o in (noun, verb) for c in o.children if c.tag_ == "VB" and c.i > noun.i
            for s in c.children if s.dep_ == "nsubj"
        ]  # fmt: skip
        if any(c.lower_ in {"his", "her", "their", "its"} for c in noun.children) and not passive:
            inviters = subjects(verb)
        if mood_of_verb(verb) in _OPEN:
            reading.note("invitation-noun", [noun], "dropped", "not told as a fact")
            return
    elif noun.dep_ == "pobj" and verb is not None and _because(noun.head):
        candidate.rule = "at-invitation"
        if mood_of_verb(verb) is Mood.DENIED:
            reading.note(candidate.rule, [noun], "dropped", "what it is the reason of is denied")
            return
        invitees = invitees or _guests(reading, referents, noun, verb)
    elif noun.dep_ == "pobj" and noun.head.lower_ == "for" and lemma == "thank" and verb is not None:
        inviters = inviters or [t for t in objects(verb) if actors_of(reading, referents, t)]
        invitees = invitees or subjects(verb)
    elif verb is not None and mood_of_verb(verb) in {Mood.POSSIBLE, Mood.DENIED}:
        reading.note("invitation-noun", [noun], "dropped", "not told as a fact")
        return
    if not inviters and noun.dep_ != "pobj":  # "an invitation to visit B from N."
        inviters = [
            t for p in noun.subtree if p.lower_ in {"from", "by"} and p.i > noun.i for t in p.children
            if any(isinstance(a[0], Person) for a in actors_of(reading, referents, t))
        ]  # fmt: skip
    put(reading, referents, candidate, "inviter", inviters)
    put(reading, referents, candidate, "invitee", invitees)
    if candidate.rule == "at-invitation" and verb is not None and noun.i < verb.i:
        agents = referents.agents(verb)
        _guest_among(candidate, agents)
        if not candidate.values("inviter"):
            _first_named(reading, candidate, noun, agents)
    _event(reading, candidate, noun)
    yield from finish(reading, candidate, noun, accepted)


def _because(preposition: Token) -> bool:
    """ "at the invitation of", "following an invitation by", "in response to an invitation from"."""
    word, owner = preposition.lower_, preposition.head
    if word == "to":
        return owner.lemma_ in {"respond", "response", "reply"} or owner.lower_ == "thanks"
    return word in {"at", "on", "upon", "by", "following", "after"}


def _guests(reading: Reading, referents: Referents, noun: Token, verb: Token) -> list[Token]:
    """Who comes at an invitation: whose visit it is, or the subject of the verb."""
    owner = noun.head.head
    while owner.pos_ == "NOUN":
        holders = [*subjects_of_noun(owner), *prepositions(owner, "of", "by")]
        found = [t for t in holders if actors_of(reading, referents, t)]
        if found:
            return found
        owner = owner.head if owner.head.i != owner.i else verb
        if owner.pos_ == "ADP":
            owner = owner.head
    for subject in subjects(verb):
        if actors_of(reading, referents, subject):
            return [subject]
        holders = [*subjects_of_noun(subject), *prepositions(subject, "of", "by")]
        found = [t for t in holders if actors_of(reading, referents, t)]
        if subject.lemma_ in VISIT_NOUNS and found:
            return found
    if verb.dep_ == "advcl" and not subjects(verb):  # "Responding to an invitation from N., M. came"
        return [s for s in subjects(verb.head) if actors_of(reading, referents, s)][:1]
    if noun.i < verb.i:  # "At the invitation of N., M. will visit …": the parser takes M. for an apposition
        for inviter in prepositions(noun, "of", "by", "from"):
            later = [c for c in inviter.children if c.dep_ == "appos" and reading.person_at(c) is not None]
            if later and reading.person_at(inviter) is not None:
                return later[:1]
    return []


def _first_named(reading: Reading, candidate: Candidate, noun: Token, agents: list[Referent]) -> None:
    """ "At the invitation of the Hon. Dr. M., …, N. paid": M., where the parser is lost in the words of address."""
    end = noun.idx + len(noun)
    after = [m for p in reading.people for m in p.mentions if end < m.start < noun.sent.end_char]
    first = min(after, key=lambda m: m.start, default=None)
    if first is None or len(agents) != 1 or agents[0].person is first.person or not first.person.public:
        return
    between = reading.text[end : min(first.start, first.title_start)]
    if len(between) < 30 and between.startswith((" of ", " from ", " by ")):
        candidate.slots.pop("invitee", None)
        candidate.add("inviter", first.person, first.start, first.end)
        candidate.add("invitee", agents[0].person, agents[0].start, agents[0].end, agents[0].resolved)


def _guest_among(candidate: Candidate, agents: list[Referent]) -> None:
    """ "At the invitation of M., premier of X, N., premier of Y, paid …", where the parser joins N. to M."""
    inviters = candidate.values("inviter")
    for agent in agents:
        others = [v for v in inviters if v.content is not agent.person]
        if others and len(others) < len(inviters):
            candidate.slots["inviter"] = others
            candidate.slots.pop("invitee", None)
            candidate.add("invitee", agent.person, agent.start, agent.end, agent.resolved)


# -- the verb --------------------------------------------------------------------------------------------------


def _verb(reading: Reading, referents: Referents, verb: Token) -> Iterator[Candidate]:
    mood = mood_of_verb(verb)
    candidate = Candidate("invitation", "invite-verb", verb.idx, verb.idx + len(verb), Mood.PAST)
    decided = verb.dep_ == "xcomp" and verb.head.lemma_ in _DECIDED and mood_of_verb(verb.head) not in _OPEN
    conditional = any(
        c.lower_ in {"when", "if", "once"} for c in verb.children if c.dep_ in {"mark", "advmod"}
    )
    asked = (
        verb.head.lemma_ in {"ask", "want", "demand", "expect", "seek", "hope", "wait"}
        and verb.i != verb.head.i
    )
    if (mood in _OPEN and not decided) or conditional or (asked and verb.dep_ == "xcomp"):
        reading.note("invite-verb", [verb], "dropped", "not told as a fact")
        return
    passive = any(c.dep_ == "auxpass" for c in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"}
    )
    if passive:
        put(reading, referents, candidate, "invitee", subjects(verb))
        put(reading, referents, candidate, "inviter", list(prepositions(verb, "by")))
    else:
        inner = [
            s for c in verb.children if c.dep_ in {"xcomp", "ccomp"} for s in c.children if s.dep_ == "nsubj"
        ]
        put(reading, referents, candidate, "inviter", subjects(verb))
        put(reading, referents, candidate, "invitee", objects(verb) or inner)
    _event(reading, candidate, verb)
    yield from finish(reading, candidate, verb, accepted=False)


def _accepted(
    reading: Reading, referents: Referents, verb: Token, last: list[Candidate]
) -> Iterator[Candidate]:
    """ "He accepted", "accepted the invitation": the visit of the invitation before is now planned."""
    things = objects(verb)
    if any(
        t.lower_ not in {"it", "this", "that", "which"} and t.lemma_ not in {"invitation", "offer"}
        for t in things
    ):
        return
    if mood_of_verb(verb) in _OPEN or verb.idx - last[0].end > 600:
        reading.note(
            "accepted-invitation", [verb], "dropped", "not told as a fact, or far from the invitation"
        )
        return
    who = [p for s in subjects(verb) for p in actors_of(reading, referents, s)]
    for invitation in last:
        guests = [v.content for v in invitation.values("invitee")]
        if (not who or any(w[0] in guests for w in who)) and things + who:
            yield from promised_visit(reading, invitation, verb)


def _event(reading: Reading, candidate: Candidate, token: Token) -> None:
    """What the invitation is to: a summit (linked later by its words), or a visit to a place."""
    heads = [token]
    for word in token.subtree:
        if word.i <= token.i:
            continue
        if word.lemma_.casefold() == "summit":
            candidate.add("summit", str(word.idx), word.idx, word.idx + len(word))
        elif word.lemma_ in VISIT_NOUNS | _GOING:
            heads.append(word)
            if word.lemma_ in VISIT_NOUNS and any(
                c.lower_ in {"return", "reciprocal"} for c in word.children
            ):
                candidate.add("to-inviter", "return", word.idx, word.idx + len(word))
            for kind in (c for c in word.children if c.lower_ in VISIT_KINDS):
                candidate.add("kind", VISIT_KINDS[kind.lower_], kind.idx, kind.idx + len(kind))
    for word in heads:
        things = prepositions(word, "to") if word.i == token.i else prepositions(word, "to", "in")
        for thing in [*things, *(objects(word) if word.lemma_ == "visit" else [])]:
            if thing.lower_ in {"country", "homeland", "capital"}:
                candidate.add("to-inviter", thing.lower_, thing.idx, thing.idx + len(thing))
            placed = reading.place_at(thing)
            if placed is not None and placed.state is not None and placed.start <= thing.idx < placed.end:
                candidate.add("to", placed.state, placed.start, placed.end)
                if not placed.known_state:
                    candidate.add("stop", placed, placed.start, placed.end)
    for word in heads[1:]:
        add_times(reading, candidate, word, "future")
