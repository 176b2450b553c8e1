"""For whom somebody signs: states and organizations, not firms, universities or cities.

The words for a signer give a state (by name, by a public body of it, by its leader), an outsider (a firm), or
nothing that names anybody ("they", "the two sides"), which is left to what the text tells around it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extraction.grammar import conjuncts, prepositions
from kg.extraction.lexicon import PRIVATE_BODIES, PUBLIC_BODIES
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents, StateReferent

if TYPE_CHECKING:
    from spacy.tokens import Token

_GENERIC = frozenset(
    {"they", "them", "both", "two", "pair", "side", "sides", "we", "it", "who", "which", "that"}
)
_CLUB = frozenset({"leader", "member", "participant", "delegate", "head", "summit", "bloc", "country", "state", "minister"})  # fmt: skip


@dataclass(slots=True)
class Signers:
    """Who signs: parties by name; whether outsiders are among them; whether "the leaders" of a club may be meant."""

    parties: list[StateReferent] = field(default_factory=list)
    outsiders: bool = False
    club: bool = False


def signers(reading: Reading, referents: Referents, tokens: list[Token]) -> Signers:
    """What the words for those who sign say of the parties."""
    out = Signers()
    for token in tokens:
        if reading.times_at(token):
            continue
        for word in conjuncts(token):
            found = _of(reading, referents, word)
            for child in word.children:  # "with its neighbour, N."
                if not found and child.dep_ == "appos":
                    found = _of(reading, referents, child)
            for party in found:
                if all(party.iri != p.iri for p in out.parties):
                    out.parties.append(party)
            if not found:
                out.outsiders |= _outsider(reading, word)
                two = any(c.lower_ in {"two", "both"} for c in word.children)
                lemma = word.lemma_.casefold().removesuffix("s")  # a tagger's proper noun keeps its plural
                out.club |= lemma in _CLUB and word.tag_ in {"NNS", "NN", "NNPS"} and not two
    return out


def on_behalf(reading: Reading, verb: Token) -> list[StateReferent]:
    """ "signed it on behalf of N.": for whom it is signed, whatever the home of who does."""
    out: list[StateReferent] = []
    for behalf in (t for t in prepositions(verb, "on") if t.lower_ == "behalf"):
        for thing in prepositions(behalf, "of"):
            body, state = reading.organization_at(thing), reading.state_at(thing)
            iri = body.iri if body is not None else state
            if iri is not None:
                out.append(StateReferent(iri, thing.idx, thing.idx + len(thing)))
    return out


def _of(reading: Reading, referents: Referents, word: Token) -> list[StateReferent]:
    lemma = word.lemma_.casefold()
    mention = reading.person_at(word)
    if mention is not None:
        home = mention.person.home
        return (
            [StateReferent(home, mention.start, mention.end)]
            if home is not None and mention.person.public
            else []
        )
    organization = reading.organization_at(word)
    if organization is not None:
        return [StateReferent(organization.iri, word.idx, word.idx + len(word))]
    if lemma in PRIVATE_BODIES and not (
        lemma == "bank" and any(c.lower_ == "central" for c in word.children)
    ):
        return []
    state = reading.state_at(word)
    if state is not None:
        return [StateReferent(state, word.idx, word.idx + len(word))]
    placed = reading.place_at(word)
    if (
        placed is not None and placed.state is not None and placed.start <= word.idx < placed.end
        and (reading.capital(placed) or placed.known_state)
    ):  # fmt: skip
        return [StateReferent(placed.state, placed.start, placed.end)]
    if lemma in {"he", "she"} or word.lower_ in {"his", "her"}:
        people = [r for r in referents.people(word, lists=False) if r.person.home is not None]
        return [StateReferent(r.person.home, r.start, r.end) for r in people if r.person.home is not None]
    if lemma in PUBLIC_BODIES | _CLUB or word.lower_ in {"ministry", "ministries"}:
        named = _named_with(reading, word)
        if named:
            return named
        people = [r for r in referents.people(word, lists=False) if r.person.home is not None]
        if len(people) == 1 and not _plural(word):
            return [StateReferent(r.person.home, r.start, r.end) for r in people if r.person.home is not None]
    return []


def _named_with(reading: Reading, word: Token) -> list[StateReferent]:
    """The states or organizations named with a body: "Kenyan ministry", "the ministers of A and B", "G7 leaders"."""
    out: list[StateReferent] = []
    loose = [t for t in word.subtree if t.i < word.i and t.pos_ in {"PROPN", "ADJ"}]
    near = [c for c in word.children if c.dep_ in {"amod", "compound", "poss", "nmod"}]
    near += [t for c in near for t in conjuncts(c)[1:]]
    for prep in prepositions(word, "of", "for", "from"):
        near += conjuncts(prep)
        near += [c for c in prep.children if c.dep_ in {"poss", "compound"}]
    if all(reading.state_at(t) is None and reading.organization_at(t) is None for t in near):
        near = loose  # the parser has tangled "A's ministry of X and B's ministry of Y"
    for token in near:
        organization = reading.organization_at(token)
        state = reading.state_at(token)
        iri = organization.iri if organization is not None else state
        if iri is not None and all(iri != o.iri for o in out):
            out.append(StateReferent(iri, token.idx, token.idx + len(token)))
    return out


def _plural(word: Token) -> bool:
    return word.tag_ in {"NNS", "NNPS"}


def _outsider(reading: Reading, word: Token) -> bool:
    """Whether a word names somebody who is no state: a firm, a city, a private person."""
    if word.lower_ in _GENERIC or word.pos_ in {"PRON", "NUM", "DET"}:
        return False
    if word.lemma_.casefold() in PRIVATE_BODIES:
        return True
    if word.lower_.endswith("s") and word.lower_.removesuffix("s") in _CLUB:  # "the Heads of State"
        return False
    return word.pos_ == "PROPN"
