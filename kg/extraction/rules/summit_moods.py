"""How a summit is put: planned, on, over, called off; and the verbs that say where and when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.grammar import VERBAL, governor, negated, prepositions
from kg.extraction.lexicon import (
    CANCEL_VERBS,
    FUTURE_ADJECTIVES,
    POSTPONE_VERBS,
)
from kg.extraction.modality import Mood, mood_of_noun, mood_of_verb

if TYPE_CHECKING:
    from spacy.tokens import Token


BEGIN = frozenset({"open", "begin", "start", "kick", "convene", "gather", "underway"})
END = frozenset({"close", "end", "conclude", "wrap", "finish", "adjourn"})
HELD = frozenset({"hold", "take", "host", "schedule", "stage", "set", "plan", "meet"}) | BEGIN | END
# Verbs whose day is a day of the summit.
TAKE_PART = frozenset(
    {
        "attend",
        "join",
        "address",
        "chair",
        "participate",
        "have",
        "bring",
        "welcome",
        "co-host",
        "preside",
        "assemble",
    }
)
_BEFORE = frozenset({"ahead", "before", "eve", "prepare", "preparation", "preparations"})


def holding_verbs(noun: Token) -> list[Token]:
    """The verbs that say where and when a summit is: "to be held in", "opens in", "takes place in", "hosts"."""
    # "the summit of A, to be held in X": the parser hangs it on A
    above = [c for bearer in bearers(noun) for c in bearer.children if c.dep_ in {"relcl", "acl"}]
    if noun.dep_ in {"nsubj", "nsubjpass", "dobj"} and noun.head.pos_ in VERBAL:
        above.append(noun.head)
    chain = []
    for verb in above:
        link: Token | None = verb
        while link is not None:
            chain.append(link)
            link = next((c for c in link.children if c.dep_ == "xcomp" and c.pos_ in VERBAL), None)
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and under_way(noun.head):
        return [noun.head]
    return [
        v for v in chain if v.lemma_.casefold() in HELD and not (v.lemma_ == "meet" and noun.dep_ == "dobj")
    ]


def opening(noun: Token) -> Token:
    """ "for the official opening of the summit": the opening, else the summit itself."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return above if above.lemma_ in {"opening", "ceremony", "start"} else noun


def bearers(noun: Token) -> list[Token]:
    """The words that the parser may hang the place of a summit on: itself, and what it is of ("Heads of Government Meeting")."""
    return [noun, *prepositions(noun, "of"), *([opening(noun)] if opening(noun) != noun else [])]


def under_way(verb: Token) -> bool:
    """ "is underway", "is under way", "is in progress"."""
    return any(c.lower_ in {"underway", "ongoing"} for c in verb.children) or any(
        t.lower_ in {"way", "progress"} for t in prepositions(verb, "under", "in")
    )


def is_on(noun: Token) -> bool:
    """ "is attending the summit", "is presiding over the summit", "the summit underway in X": it is on."""
    verb = governor(noun)
    if any(c.lower_ == "underway" for word in bearers(noun) for c in word.children):
        return True
    return (
        verb is not None
        and (
            noun.dep_ == "dobj"
            or (noun.dep_ == "pobj" and noun.head.head == verb and noun.head.lower_ in {"in", "over", "at"})
        )
        and verb.lemma_ in {"attend", "address", "preside", "chair", "participate", "take"}
        and mood_of_verb(verb) is Mood.PROGRESSIVE
        and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)
    )


def gathered(noun: Token) -> bool:
    """ "leaders gathered in X for the summit"."""
    verb = governor(noun)
    return (
        verb is not None
        and noun.head.lower_ == "for"
        and noun.head.head == verb
        and verb.lemma_ in {"gather", "convene", "assemble", "meet"}
    )


def mood_of_summit(noun: Token, holding: list[Token]) -> Mood:
    """How the summit is put; what is said of somebody's going there does not touch it."""
    words = {c.lower_ for c in noun.children if c.dep_ in {"amod", "compound", "nmod"}}
    verb = governor(noun)
    if words & {"cancelled", "canceled", "postponed", "delayed"}:
        return mood_of_noun(noun)
    if (
        verb is not None
        and noun.head == verb
        and verb.lemma_ in CANCEL_VERBS | POSTPONE_VERBS | {"call", "put"}
    ):
        return mood_of_noun(noun)
    if holding:
        if holding[0].dep_ == "acl" and holding[0].lemma_ in {"set", "schedule", "plan", "slate"}:
            return Mood.PLANNED  # "the summit set for May 3"
        to = any(c.lower_ == "to" and c.dep_ == "aux" for c in holding[0].children)
        return Mood.PLANNED if to and holding[0].dep_ in {"acl", "relcl"} else mood_of_verb(holding[0])
    if any(a.lower_ in _BEFORE for a in noun.ancestors if a.sent == noun.sent and abs(a.i - noun.i) < 4):
        return Mood.PLANNED
    if any(w.lower_ in {"last", "previous", "past"} for c in noun.children for w in [c, *c.children]):
        return Mood.PAST
    if words & FUTURE_ADJECTIVES:
        return Mood.PLANNED
    if verb is None:
        return Mood.PRESENT
    if _on_the_way(noun, verb):
        return Mood.PRESENT
    mood = mood_of_verb(verb)
    if mood in {Mood.DENIED, Mood.POSSIBLE, Mood.CANCELLED, Mood.POSTPONED}:
        past = any(c.lower_ in {"did", "had", "could"} for c in verb.children)
        return Mood.PAST if past or (verb.tag_ == "VBD" and not negated(verb)) else Mood.PRESENT
    return mood


def _on_the_way(noun: Token, verb: Token) -> bool:
    """ "left for X to attend the summit", "arrived in X for the summit": who has set out tells nothing of its end."""
    first = list(verb.doc.sents)[:4]
    if not first or verb.i >= first[-1].end:
        return False
    purpose = verb.dep_ in {"advcl", "xcomp"} and verb.tag_ == "VB" and verb.head.lemma_ in _SET_OUT
    return purpose or (verb.lemma_ in _SET_OUT and noun.dep_ == "pobj" and noun.head.lower_ in {"for", "of"})


_SET_OUT = frozenset({"leave", "depart", "arrive", "fly", "travel", "land", "head"})
