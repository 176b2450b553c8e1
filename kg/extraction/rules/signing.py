"""What is done with a document: signed, to be signed, negotiated, or said not to be.

From the noun that names the document the parse is climbed to the word that tells its fate: a verb of signing or
of negotiating, or a noun such as "signing". A document of which nothing of the kind is told is merely in force or quoted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.grammar import VERBAL, governor, negated, prepositions, subjects, subjects_of_noun
from kg.extraction.lexicon import (
    AGREEMENT_NOUNS,
    AGREEMENT_NOUNS_IN_CONTEXT,
    ATTENDING_VERBS,
    CANCEL_VERBS,
    DOCUMENT_CONTAINERS,
    ISSUING_WORDS,
    LENDING_WORDS,
    NEGOTIATING_WORDS,
    NEGOTIATION_NOUNS,
    PLANNING_VERBS,
    POSTPONE_VERBS,
    SIGNING_NOUNS,
    SIGNING_WORDS,
    STRIKING_WORDS,
)
from kg.extraction.modality import Mood, mood_of_noun, mood_of_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = frozenset({"dobj", "obj", "nsubjpass", "nsubj", "attr", "oprd", "dep"})
_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
_MEMBERS = frozenset({"including", "include", "like", "as", "among"})


@dataclass(frozen=True, slots=True)
class Act:
    """What is done with a document: the word that says so, how it is put, and the words for who does it."""

    word: Token
    mood: Mood
    signers: tuple[Token, ...]
    rule: str


def kind_of_document(token: Token) -> str | None:
    """The kind of document that a noun names, or None where it names none."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    for form in (token.lower_, token.lemma_.casefold(), token.lower_.removesuffix("s")):
        if form in AGREEMENT_NOUNS:
            return AGREEMENT_NOUNS[form]
        if form in AGREEMENT_NOUNS_IN_CONTEXT:
            kind, words = AGREEMENT_NOUNS_IN_CONTEXT[form]
            around = {c.lower_ for c in token.children if c.i < token.i}
            around |= {t.lower_ for t in prepositions(token, "of")}
            signed = token.dep_ in {"dobj", "nsubjpass", "pobj", "conj"} and form == "statement"
            verb = governor(token)
            signed = signed and verb is not None and verb.lemma_ in {"sign", "adopt", "ink"}
            return kind if around & words or signed else None
    return None


def act_on(noun: Token) -> Act | None:
    """What is done with the document that a noun names: told by its own clause, or by the words above it."""
    return _own_clause(noun) or _above(noun) or _parted(noun)


# -- the document's own clause: "signed in 2019", "which is being negotiated", "expected to be signed" ----------


def _own_clause(noun: Token) -> Act | None:
    clauses = [c for c in noun.children if c.dep_ in {"relcl", "acl"}]
    clauses += [  # "the treaty on rail between A and B, signed in May": hung on a word of the topic
        t for t in noun.subtree
        if t.dep_ == "acl" and t.tag_ == "VBN" and t not in clauses and t.doc[t.i - 1].text == ","
        and not kind_of_document(t.head)
    ]  # fmt: skip
    for clause in clauses:
        for verb in _chain(clause):
            lemma = verb.lemma_.casefold()
            if lemma not in SIGNING_WORDS | NEGOTIATING_WORDS:
                continue
            passive = verb.tag_ == "VBN"
            own_object = any(c.dep_ in {"dobj", "obj"} and c.tag_ not in {"WDT", "WP"} for c in verb.children)
            if not passive and own_object:
                continue
            act = act_of_verb(verb, passive, ready=clause)
            if act is not None:
                return act
    return None


def _chain(verb: Token) -> Iterator[Token]:
    yield verb
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp", "conj", "acomp"} and child.i > verb.i:
            yield from _chain(child)


# -- the words above it ----------------------------------------------------------------------------------------


def _above(noun: Token) -> Act | None:
    top, joined = noun, False
    for _ in range(7):
        head = top.head
        if head.i == top.i:
            return None
        if top.dep_ in {"conj", "appos"} and head.pos_ in _NOUNS:
            top, joined = head, True
            continue
        if top.dep_ in {"compound", "nmod"} and head.lemma_ in SIGNING_NOUNS:
            return _nominal(head)
        if top.dep_ in {"pobj", "pcomp"} or (top.dep_ == "conj" and head.dep_ == "pobj"):
            preposition = head
            owner = preposition.head
            if preposition.dep_ == "conj" and owner.pos_ == "ADP":
                owner = owner.head
            word = preposition.lower_
            if owner.pos_ in VERBAL:
                if joined and owner.lemma_ in SIGNING_WORDS and any(map(kind_of_document, owner.children)):
                    return act_of_verb(owner, any(c.dep_ == "auxpass" for c in owner.children))
                return _by_preposition(owner, word)
            if owner.lemma_ in SIGNING_NOUNS and word in {"of", "for", "on"}:
                return _nominal(owner)
            if owner.lemma_ in NEGOTIATION_NOUNS and word in {"on", "over", "about", "for", "of", "towards"}:
                return _negotiation(owner)
            if (word == "of" and owner.lemma_ in DOCUMENT_CONTAINERS) or word in _MEMBERS or joined:
                top = owner
                continue
            return None
        if top.dep_ in _OBJECTS and head.pos_ in VERBAL:
            return _by_verb(top, head)
        if top.dep_ == "dobj" and head.lower_ == "including":
            top = head
            continue
        return None
    return None


def _parted(noun: Token) -> Act | None:
    """ "to sign, on behalf of N., a treaty": what stands between keeps the parser from seeing the object."""
    first = noun.left_edge
    if (
        first.i == noun.sent.start
        or first.nbor(-1).text != ","
        or first.lower_ not in {"a", "an", "the", "two", "three"}
    ):
        return None
    before = [t for t in noun.doc[noun.sent.start : first.i] if t.pos_ in VERBAL]
    verb = before[-1] if before else None
    if verb is None or verb.lemma_.casefold() not in SIGNING_WORDS or verb.nbor(1).text != ",":
        return None
    if any(c.dep_ in {"dobj", "obj", "auxpass"} for c in verb.children):
        return None
    return act_of_verb(verb, passive=False)


def _by_verb(top: Token, verb: Token) -> Act | None:
    lemma = verb.lemma_.casefold()
    passive = any(c.dep_ == "auxpass" for c in verb.children) or top.dep_ == "nsubjpass"
    is_object = top.dep_ in {"dobj", "obj", "oprd", "dep"} or passive
    if lemma in SIGNING_WORDS and (is_object or (top.dep_ == "nsubj" and verb.tag_ == "VBN")):
        return act_of_verb(verb, passive)
    if lemma in NEGOTIATING_WORDS and is_object:
        return act_of_verb(verb, passive)
    if is_object and _strikes(lemma, top):
        return act_of_verb(verb, passive)
    for below in _below(verb):  # "documents are to be signed", "is ready for signing"
        if below.pos_ in VERBAL and below.tag_ == "VBN" and below.lemma_ in SIGNING_WORDS | NEGOTIATING_WORDS:
            return act_of_verb(below, passive=True)
        if below.pos_ == "NOUN" and below.lemma_ in {"signing", "signature", "negotiation"}:
            mood = mood_of_verb(verb)
            known = mood in {Mood.PRESENT, Mood.PLANNED, Mood.PAST, Mood.PROGRESSIVE} and not negated(verb)
            return Act(verb, Mood.PLANNED, (), "signing-noun") if known else None
    return None


def _strikes(lemma: str, top: Token) -> bool:
    """Verbs that need the right document for an object: "reached a deal", "issued a joint statement on"."""
    kind = kind_of_document(top)
    if lemma in STRIKING_WORDS:
        bare = not any(c.dep_ in {"det", "nummod", "amod", "compound", "poss"} for c in top.children)
        plural = top.tag_ in {"NNS", "NNPS"} or top.lower_ in {"memoranda", "mous"}
        return kind is not None and (plural or not bare)
    if lemma in ISSUING_WORDS:
        quoted = any(c.dep_ in {"acl", "relcl", "advcl"} and c.tag_ == "VBG" for c in top.subtree)
        return kind == "Declaration" and not quoted and any(True for _ in prepositions(top, "on"))
    return lemma in LENDING_WORDS and kind == "Loan"


def _below(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in {"xcomp", "acomp", "attr"} or (
            child.dep_ == "prep" and child.lower_ in {"for", "under", "in"}
        ):
            yield child
            for inner in child.children:
                if inner.dep_ in {"xcomp", "pobj", "prep"} and inner.i > child.i:
                    yield inner
                    yield from (t for t in inner.children if t.dep_ == "pobj")


def _by_preposition(verb: Token, word: str) -> Act | None:
    lemma = verb.lemma_.casefold()
    if lemma in SIGNING_WORDS and word in {"including", "with", "as"}:
        return act_of_verb(verb, any(c.dep_ == "auxpass" for c in verb.children))
    if lemma == "enter" and word == "into":
        return act_of_verb(verb, False)
    if lemma in {"put", "affix", "set"} and word == "to":
        names = {"name", "signature", "pen", "seal", "initial"}
        return act_of_verb(verb, False) if any(c.lemma_ in names for c in verb.children) else None
    if lemma in {"work", "negotiate", "talk"} and word in {"on", "over", "about", "towards"}:
        return act_of_verb(verb, False)
    return None


# -- moods -----------------------------------------------------------------------------------------------------


def act_of_verb(verb: Token, passive: bool, ready: Token | None = None) -> Act | None:
    lemma = verb.lemma_.casefold()
    mood = mood_of_verb(verb)
    words = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
    if ready is not None and verb.i == ready.i and verb.dep_ == "acl" and not negated(verb):
        mood = Mood.PLANNED if "to" in words else Mood.PAST  # "to be signed in May", "signed in May"
    if "to" in words and mood is Mood.PRESENT:  # a headline: "A and B to sign treaty"
        mood = Mood.PLANNED
    if marks & {"when", "once", "until", "till"} and mood is not Mood.PAST:
        return None  # "when it is signed": whether it will be is left open
    if _unreal(verb):
        mood = Mood.POSTPONED
    if lemma in NEGOTIATING_WORDS:
        going_on = verb.tag_ == "VBG" or "being" in words or lemma in {"work", "finalise", "finalize"}
        if mood in {Mood.PAST, Mood.PERFECT} and not (going_on and verb.tag_ != "VBD"):
            return None
        if lemma == "discuss":
            return None
        mood = Mood.PLANNED if mood not in {Mood.DENIED, Mood.CANCELLED, Mood.POSSIBLE} else mood
        if "failed" in marks:
            return None
    if verb.head.lemma_ in {"fail", "refuse", "decline"} and verb.dep_ == "xcomp":
        mood = Mood.DENIED
    agents = tuple(prepositions(verb, "by"))
    signers = agents if passive else (*subjects(verb), *agents)
    return Act(verb, mood, (*signers, *prepositions(verb, "with")), "signing-verb")


def _unreal(verb: Token) -> bool:
    """ "was to have signed", "had been due to sign": what a change of plans has overtaken."""
    words = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    if {"to", "have"} <= words:
        return True
    above = verb.head
    if verb.dep_ != "xcomp":
        return False
    planning = above.lemma_ in PLANNING_VERBS | {"schedule", "due", "set"} or above.tag_ in {"JJ", "VBN"}
    return planning and any(c.lower_ == "had" for t in (above, above.head) for c in [t, *t.children])


def _nominal(noun: Token) -> Act | None:
    """ "the signing of": a fact after it or where somebody attends it, a plan where it is prepared or awaited."""
    signers = (*subjects_of_noun(noun), *prepositions(noun, "by"))
    if negated(noun):
        return Act(noun, Mood.DENIED, signers, "signing-noun")
    mood = mood_of_noun(noun)
    if mood in {Mood.PLANNED, Mood.CANCELLED, Mood.POSTPONED, Mood.DENIED, Mood.POSSIBLE}:
        return Act(noun, mood, signers, "signing-noun")
    verb = governor(noun)
    if noun.dep_ == "pobj":
        word = noun.head.lower_
        if word in {"after", "following", "since"}:
            return Act(noun, Mood.PAST, signers, "signing-noun")
        if word in {"before", "until", "for", "towards", "of"} and (
            verb is None or verb.lemma_ not in ATTENDING_VERBS
        ):
            return Act(noun, Mood.PLANNED, signers, "signing-noun") if word != "of" else None
    if verb is None:
        return None
    if verb.lemma_ in CANCEL_VERBS | POSTPONE_VERBS:
        return None
    if _awaited(verb):
        return Act(noun, Mood.PLANNED, signers, "signing-noun")
    takes_place = noun.dep_ in {"nsubj", "nsubjpass"} and verb.lemma_ in {"take", "hold", "follow", "occur"}
    if verb.lemma_ in ATTENDING_VERBS or takes_place or noun.dep_ in {"nsubj"}:
        return Act(noun, mood, signers, "signing-noun")
    return None


def _awaited(verb: Token) -> bool:
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
        "prepare",
    }


def _negotiation(noun: Token) -> Act | None:
    """ "negotiations on a treaty": planned, unless they are denied, broken off or only asked for."""
    verb = governor(noun)
    mood = mood_of_noun(noun)
    stopped = verb is not None and verb.lemma_ in {"suspend", "break", "halt", "freeze", "end", "stop", "collapse", "fail", "stall"}  # fmt: skip
    if stopped or mood in {Mood.DENIED, Mood.POSSIBLE, Mood.CANCELLED}:
        return None
    begun = verb is not None and verb.lemma_ in {
        "begin",
        "start",
        "launch",
        "open",
        "resume",
        "continue",
        "conclude",
    }
    if noun.lemma_ == "talk" and not begun and mood in {Mood.PAST, Mood.PERFECT}:
        return None  # "held talks on a treaty": no more than talked about
    signers = [*prepositions(noun, "between", "with")]
    if verb is not None and noun.dep_ in {"dobj", "obj", "pobj"}:
        signers += subjects(verb)
    return Act(noun, Mood.PLANNED, tuple(signers), "negotiation-noun")
