"""How a text puts an event: planned, under way, occurred, postponed, cancelled, denied or merely possible.

Read from tense, modal verbs, the verbs of planning, wishing and calling off that govern the word, and negation.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from kg.extraction.dates import Direction
from kg.extraction.grammar import VERBAL, governor, negated
from kg.extraction.lexicon import (
    CANCEL_VERBS,
    FUTURE_ADJECTIVES,
    HOPING,
    MEMORY_VERBS,
    PLANNING_ADJECTIVES,
    PLANNING_VERBS,
    POSTPONE_VERBS,
    SPEECH_VERBS,
    WISH_VERBS,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


class Mood(Enum):
    """What the grammar says of a verb or an event noun, before dates are looked at."""

    PAST = "past"
    PERFECT = "perfect"
    PRESENT = "present"
    PROGRESSIVE = "progressive"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"

    @property
    def direction(self) -> Direction | None:
        """Which way a weekday or a date without a year points under this mood."""
        if self in {Mood.PAST, Mood.PERFECT, Mood.DENIED}:
            return "past"
        return "future" if self in {Mood.PLANNED, Mood.POSSIBLE, Mood.PRESENT, Mood.PROGRESSIVE} else None


_UNSURE = frozenset({"may", "might", "could", "can", "should", "ought"})
_BEGIN = frozenset(
    {"begin", "start", "continue", "finish", "conclude", "end", "have", "manage", "help", "go"}
)


_OFF_NOUNS = {
    "postponement": Mood.POSTPONED,
    "deferral": Mood.POSTPONED,
    "delay": Mood.POSTPONED,
    "cancellation": Mood.CANCELLED,
    "calling-off": Mood.CANCELLED,
}
_FACT = frozenset({Mood.PAST, Mood.PERFECT, Mood.PRESENT})


def mood_of_verb(verb: Token) -> Mood:
    """The mood of a verb, with what governs it taken into account."""
    aux = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    words = {a.lower_ for a in aux}
    if _conditional(verb) or _asked(verb):
        return Mood.POSSIBLE
    if negated(verb) or _neither(verb):
        return Mood.DENIED
    if words & {"will", "'ll", "’ll", "shall", "wo"}:
        return Mood.PLANNED
    if words & _UNSURE or any(c.lower_ in {"perhaps", "maybe", "possibly"} for c in verb.children):
        return Mood.POSSIBLE
    if words & {"would", "'d"}:
        reported = verb.dep_ == "ccomp" and verb.head.lemma_ in SPEECH_VERBS
        return Mood.PLANNED if reported else Mood.POSSIBLE
    if verb.dep_ in {"xcomp", "ccomp", "acl", "pcomp", "advcl"} and verb.i != verb.head.i:
        above = _governed(verb)
        if above is not None:
            return above
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL and not aux and verb.tag_ in {"VB", "VBG", "VBN"}:
        return mood_of_verb(verb.head)
    return _tense(verb, aux)


def _neither(verb: Token) -> bool:
    """ "Neither A nor B is coming": the negation stands with the subject."""
    return any(
        w.lower_ in {"neither", "nobody", "none"}
        for s in verb.children
        if s.dep_ in {"nsubj", "nsubjpass"} and s.i < verb.i
        for w in [s, *s.children, *(g for c in s.children for g in c.children)]
        if w.dep_ in {"preconj", "cc", "det", "nsubj", "nsubjpass", "advmod", "nmod", "compound", "amod"}
    )


def _asked(verb: Token) -> bool:
    """Whether a sentence asks: "Is N. coming to Lima?", not "When N. came in May, who met him?"."""
    if verb.dep_ not in {"ROOT", "conj", "ccomp", "xcomp"}:
        return False
    # Only the end is looked at: this is asked of every verb, and sentences are long.
    last = next((left for t in reversed(verb.sent) if (left := t.text.rstrip(" \n\"”’'*)"))), "")
    if not last.endswith("?"):
        return False
    return not any(t.tag_ in {"WDT", "WP", "WRB"} for t in verb.children)


def _conditional(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in verb.children)


def _governed(verb: Token) -> Mood | None:
    """The mood that a governing word puts on an infinitive or clause, or None where it puts none."""
    head = verb.head
    if head.lower_ in {"unable", "unlikely"}:
        return Mood.DENIED
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children) or verb.tag_ == "VB"
    lemma = "hope" if head.lower_ in HOPING else head.lemma_.casefold()
    if verb.dep_ == "ccomp" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        if lemma in PLANNING_VERBS:  # "expects the deal to be sealed by May"
            return Mood.DENIED if negated(head) else Mood.PLANNED
        return Mood.POSSIBLE if lemma in WISH_VERBS else None
    if verb.dep_ == "ccomp":
        return Mood.POSSIBLE if lemma in WISH_VERBS and negated(head) else None
    if lemma in CANCEL_VERBS:
        return Mood.CANCELLED
    if lemma in POSTPONE_VERBS:
        return Mood.POSTPONED
    if verb.dep_ == "acl" and lemma == "invitation":
        accepted = head.dep_ in {"dobj", "obj"} and head.head.lemma_ == "accept"
        return Mood.PLANNED if accepted and mood_of_verb(head.head) in _FACT else Mood.POSSIBLE
    if verb.dep_ == "acl" and head.pos_ == "NOUN":
        if lemma in {"plan", "intention", "decision", "agreement", "readiness"}:
            return Mood.DENIED if negated(head) else Mood.PLANNED
        return (
            Mood.POSSIBLE
            if infinitive and verb.tag_ == "VB" and lemma in {"hope", "wish", "chance", "offer", "call"}
            else None
        )
    if verb.dep_ == "advcl" and not infinitive:
        return None
    if head.lower_ in PLANNING_ADJECTIVES or lemma in PLANNING_VERBS:
        above = mood_of_verb(head) if head.pos_ in VERBAL else None
        return above if above in {Mood.DENIED, Mood.POSSIBLE} else Mood.PLANNED
    if lemma in WISH_VERBS:
        return Mood.POSSIBLE
    if lemma in {"refuse", "decline"}:
        return Mood.DENIED
    if (
        lemma == "be"
        and infinitive
        and (
            (verb.dep_ == "advcl" and any(c.dep_ == "prep" for c in head.children))
            or any(c.dep_ == "prep" and c.lower_ in {"in", "at"} and c.i < verb.i for c in head.children)
        )
    ):
        return mood_of_verb(head)  # "was in X to see N."
    if lemma == "be" and infinitive:
        if head.tag_ == "VBD" and any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children):
            return Mood.CANCELLED  # "was to have come": and did not
        return Mood.DENIED if negated(head) else Mood.PLANNED
    if head.pos_ in VERBAL and (infinitive or lemma in _BEGIN):
        return mood_of_verb(head)
    return None


def _tense(verb: Token, aux: list[Token]) -> Mood:
    finite = next((a for a in aux if a.tag_ in {"VBD", "VBZ", "VBP", "MD"}), None)
    lemma = {a.lemma_ for a in aux}
    if verb.tag_ == "VBG":
        if finite is not None and finite.tag_ == "VBD":
            return Mood.PAST
        return Mood.PROGRESSIVE if finite is not None or verb.dep_ == "ROOT" else _of_governor(verb)
    if verb.tag_ in {"VBN", "VBD"}:
        if "have" in lemma and finite is not None and finite.lower_ != "had":
            return Mood.PERFECT
        if finite is not None and finite.tag_ in {"VBZ", "VBP"}:
            return Mood.PRESENT
        return Mood.PAST
    if verb.tag_ in {"VBZ", "VBP"}:
        return Mood.PRESENT
    if finite is not None and finite.tag_ == "VBD":
        return Mood.PAST
    return _of_governor(verb)


def _of_governor(verb: Token) -> Mood:
    above = governor(verb)
    return mood_of_verb(above) if above is not None and above.i != verb.i else Mood.PRESENT


def mood_of_noun(noun: Token) -> Mood:
    """The mood of an event noun ("visit", "talks"): of what is said to be done with it."""
    if any(c.lower_ in {"cancelled", "canceled", "scrapped", "aborted"} for c in noun.children):
        return Mood.CANCELLED
    if any(c.lower_ in {"postponed", "delayed"} for c in noun.children):
        return Mood.POSTPONED
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in _OFF_NOUNS:
        return _OFF_NOUNS[noun.head.head.lemma_]  # "the postponement of the visit"
    if negated(noun):
        return Mood.DENIED
    if any(
        c.lower_ in {"possible", "potential", "proposed", "would-be"}
        for c in noun.children
        if c.dep_ == "amod"
    ):
        return Mood.POSSIBLE
    top, verb = noun, governor(noun)
    if verb is not None and noun.head.i == verb.i and (off := _called_off(noun, verb)) is not None:
        return off  # also where what is called off is called planned
    if any(c.lower_ in FUTURE_ADJECTIVES for c in noun.children if c.dep_ == "amod"):
        return Mood.PLANNED
    if verb is None:
        return Mood.PRESENT
    if noun.dep_ in {"pobj", "dobj", "obj"} and noun.head.lower_ in {"after", "following"}:
        above = mood_of_verb(verb)
        return Mood.PAST if above in {Mood.PRESENT, Mood.PROGRESSIVE} else above
    if (
        verb.lemma_ == "be"
        and noun.dep_ == "nsubj"
        and any(
            c.lower_ == "off"
            and c.dep_ in {"acomp", "advmod", "prt", "prep", "attr"}
            and not list(c.children)
            for c in verb.children
        )
    ):
        return Mood.CANCELLED  # "the trip is off"
    while top.head.i != verb.i and top.head.i != top.i:
        top = top.head
        if any(
            c.lower_ in FUTURE_ADJECTIVES for c in top.children if c.dep_ == "amod" and top.pos_ == "NOUN"
        ):
            return Mood.PLANNED
    if verb.lemma_ in MEMORY_VERBS and top.dep_ in {"dobj", "obj", "ccomp"}:
        return Mood.PAST
    if top.dep_ in {"dobj", "nsubjpass", "nsubj", "obj"}:
        if (off := _called_off(top, verb)) is not None:
            return off
        if verb.lemma_ in {"rule", "deny"}:
            return Mood.DENIED
        if verb.lemma_ in PLANNING_VERBS | {"announce"} and top.dep_ != "nsubj":
            return Mood.PLANNED
        if verb.lemma_ in WISH_VERBS and top.dep_ != "nsubj":
            return Mood.POSSIBLE
    return mood_of_verb(verb)


def _called_off(noun: Token, verb: Token) -> Mood | None:
    """Whether a verb calls off or puts off what a noun tells."""
    if noun.dep_ not in {"dobj", "nsubjpass", "nsubj", "obj"}:
        return None
    particles = {c.lower_ for c in verb.children}
    called = verb.lemma_ in CANCEL_VERBS or (verb.lemma_ == "call" and "off" in particles)
    put = verb.lemma_ in POSTPONE_VERBS or (verb.lemma_ == "put" and particles & {"off", "back"})
    if (called or put) and (
        negated(verb) or any(c.lower_ in {"may", "might", "could"} for c in verb.children)
    ):
        return Mood.PLANNED  # not called off, or not yet
    return Mood.CANCELLED if called else Mood.POSTPONED if put else None
