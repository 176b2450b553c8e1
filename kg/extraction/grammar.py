"""Walking a dependency parse: subjects, objects, conjuncts, and which verb governs a word.

Everything here is about grammar alone; who or what a word stands for is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "obj", "dative", "attr", "oprd"})
VERBAL = frozenset({"VERB", "AUX"})


def conjuncts(token: Token) -> list[Token]:
    """The word and those coordinated with it, in order ("A, B and C" from A)."""
    out = [token]
    for child in token.children:
        if child.dep_ == "conj" or (child.dep_ == "appos" and child.pos_ == token.pos_ and _listed(child)):
            out += conjuncts(child)
    return out


def _listed(token: Token) -> bool:
    """An apposition that the parser made of a list: it has conjuncts of its own."""
    return any(c.dep_ == "conj" for c in token.children)


def governor(token: Token) -> Token | None:
    """The nearest verb above a word."""
    for ancestor in token.ancestors:
        if ancestor.pos_ in VERBAL:
            return ancestor
    return None


def subjects(verb: Token) -> list[Token]:
    """The subject of a verb: its own, or the one it shares with or takes over from the verb above it.

    A relative clause takes the noun that it describes; so does a participle ("the minister, visiting X").
    """
    seen = set()
    while verb.i not in seen:
        seen.add(verb.i)
        own = [c for c in verb.children if c.dep_ in SUBJECTS]
        if own:
            if own[0].tag_ == "WDT" and verb.dep_ == "relcl":
                return [verb.head]
            return own[:1]
        if verb.dep_ in {"relcl", "acl"} and verb.head.pos_ not in VERBAL:
            head = verb.head
            if verb.dep_ == "acl" and verb.tag_ == "VB" and head.lemma_ == "invitation":
                # "accepted his invitation to visit": whoever accepts
                accepts = head.dep_ in {"dobj", "obj"} and head.head.lemma_ in {"accept", "receive"}
                return subjects(head.head) if accepts else []
            if verb.dep_ == "acl" and verb.tag_ == "VB":  # "plans to visit": whoever plans
                return subjects_of_noun(head)
            return [head]
        if verb.dep_ in {
            "conj",
            "xcomp",
            "advcl",
            "aux",
            "auxpass",
            "ccomp",
            "dep",
            "prep",
            "pcomp",
            "parataxis",
        }:
            above = verb.head if verb.head.pos_ in VERBAL else governor(verb)
            if above is None or above.i in seen:
                return []
            if (
                verb.dep_ == "xcomp"
                and (things := [c for c in above.children if c.dep_ in {"dobj", "obj"}])
                and above.lemma_ in _CAUSES
            ):
                return things[:1]
            verb = above
            continue
        return _before(verb)
    return []


def _before(verb: Token) -> list[Token]:
    """The name that stands right before a finite verb for which the parser found no subject."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.i == verb.sent.start:
        return []
    at = verb.i - 1
    while at > verb.sent.start and (verb.doc[at].is_punct or verb.doc[at].dep_ in {"aux", "advmod", "neg"}):
        at -= 1
    return [verb.doc[at]] if verb.doc[at].pos_ == "PROPN" else []


_CAUSES = frozenset({"invite", "ask", "urge", "send", "allow", "persuade", "call"})


def subjects_of_noun(noun: Token) -> list[Token]:
    """Who does what a noun says: its possessor, an agent with by, or the subject of the verb it hangs on."""
    for child in noun.children:
        if child.dep_ == "poss":
            return [child]
    for child in noun.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ == "by":
            objects = [c for c in child.children if c.dep_ == "pobj"]
            if objects:
                return objects[:1]
    return []


def objects(verb: Token) -> list[Token]:
    """The direct objects of a verb."""
    return [c for c in verb.children if c.dep_ in OBJECTS]


_ONWARD = frozenset(
    {"off", "on", "over", "down", "up", "out", "along", "straight", "across", "again", "onwards", "onward"}
)


def prepositions(token: Token, *words: str) -> Iterator[Token]:
    """The objects of the prepositional phrases of a word, nested ones too ("in Harbin in China")."""
    for child in token.children:
        onward = child.lower_ in _ONWARD or (
            child.lower_ == "back" and token.lemma_ == "be"
        )  # who flies back goes home
        if child.dep_ in {"advmod", "prt"} and onward and child.lower_ not in words:
            yield from prepositions(child, *words)  # "was back in Harbin", "is off to Harbin"
        if child.dep_ in {"prep", "agent", "prt", "advmod", "dative"} and (
            not words or child.lower_ in words
        ):
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    yield inner
            for inner in child.children:
                if inner.dep_ in {"prep", "conj"}:  # "on to Harbin", "on trade and on energy"
                    yield from prepositions_of(inner, words)


def prepositions_of(preposition: Token, words: tuple[str, ...] = ()) -> Iterator[Token]:
    """The objects of a preposition itself ("on to Harbin")."""
    if not words or preposition.lower_ in words:
        for inner in preposition.children:
            if inner.dep_ == "pobj":
                yield inner


def phrase(token: Token) -> tuple[int, int]:
    """Character offsets of a noun phrase without its relative clauses and appositions."""
    keep = [token]
    stack = [token]
    while stack:
        for child in stack.pop().children:
            if (
                child.dep_ in {"compound", "amod", "nummod", "det", "poss", "case", "nmod", "punct"}
                and child.i < token.i
            ):
                keep.append(child)
                stack.append(child)
    keep.sort(key=lambda t: t.i)
    while len(keep) > 1 and keep[0].is_punct:
        keep.pop(0)
    return keep[0].idx, keep[-1].idx + len(keep[-1])


def negated(token: Token) -> bool:
    """Whether a verb or noun has a negation of its own ("did not visit", "no visit", "never came")."""
    return any(
        c.dep_ == "neg"
        or (c.dep_ in {"det", "advmod", "preconj", "cc"} and c.lower_ in {"no", "neither", "never", "nor"})
        for c in token.children
    )
