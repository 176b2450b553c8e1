"""Anniversaries: "the 75th anniversary of …", "marks 30 years of …"; not "established ties 30 years ago"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import conjuncts, governor, phrase, prepositions, subjects
from kg.extraction.lexicon import ANNIVERSARY_OF_RELATIONS, NUMBER_WORDS, ORDINAL_WORDS, TENS
from kg.extraction.modality import Mood
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents, StateReferent

if TYPE_CHECKING:
    from pyoxigraph import NamedNode
    from spacy.tokens import Token

_ORDINAL = re.compile(
    rf"(?P<number>\d{{1,4}})(?:st|nd|rd|th)|(?P<years>\d{{1,3}}|{'|'.join([*TENS, *NUMBER_WORDS])})[- ]years?"
    rf"|(?:(?P<tens>{'|'.join(TENS)})[- ])?(?P<word>{'|'.join(ORDINAL_WORDS)})|(?P<centenary>hundredth)",
    re.IGNORECASE,
)
_MARKING = frozenset({"mark", "celebrate", "commemorate"})
_BEGINNINGS = frozenset(
    ["establishment", "start", "beginning", "opening", "normalisation", "normalization", "restoration", "resumption"]
)  # fmt: skip
_SPANS = {"year": 1, "decade": 10, "century": 100}


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for anniversaries, in order of place."""
    for token in reading.words:
        lemma = token.lemma_.casefold()
        if lemma == "anniversary":
            yield from _anniversary(reading, referents, token)
        elif (
            lemma in _SPANS
            and token.head.lemma_ in _MARKING
            and (token.dep_ == "dobj" or token.dep_ == "nsubjpass")
        ):
            number = number_of_years(token)
            things = [*prepositions(token, "of", "since"), *prepositions(token.head, "since")]
            if number and things:
                yield from _finish(reading, referents, token, number, phrase(token)[0], things)
            else:
                reading.note("anniversary-noun", [token], "dropped", "not told how many years, or of what")


def _anniversary(reading: Reading, referents: Referents, noun: Token) -> Iterator[Candidate]:
    before = reading.text[max(0, noun.idx - 32) : noun.idx]
    found = list(_ORDINAL.finditer(before))
    number = _value(found[-1]) if found else None
    if number is None or "wedding" in before:
        reading.note("anniversary-noun", [noun], "dropped", "no ordinal")
        return
    owners = [noun]
    if noun.dep_ in {"compound", "nmod"}:  # "the 140th-anniversary celebrations of relations"
        owners.append(noun.head)
    things = [t for owner in owners for t in prepositions(owner, "of", "since", "for")]
    start = noun.idx - len(before) + found[-1].start()
    yield from _finish(reading, referents, noun, number, start, things)


def _value(match: re.Match[str]) -> int | None:
    if match["number"]:
        return int(match["number"])
    if match["centenary"]:
        return 100
    if match["years"]:
        return _count(match["years"])
    unit = ORDINAL_WORDS[match["word"].casefold()]
    return unit + (TENS[match["tens"].casefold()] if match["tens"] else 0)


def _count(text: str) -> int | None:
    text = text.casefold()
    if text.isdigit():
        return int(text)
    tens, _, unit = text.partition("-")
    if tens in TENS:
        return TENS[tens] + NUMBER_WORDS.get(unit, 0)
    return NUMBER_WORDS.get(text)


def number_of_years(noun: Token) -> int | None:
    """How many years a phrase means: "30 years", "six decades", "half a century"; None where it does not tell."""
    unit = _SPANS[noun.lemma_.casefold()]
    words = list(noun.doc[max(noun.sent.start, noun.i - 4) : noun.i])
    if any(t.lower_ == "half" for t in words):
        return unit // 2 or None
    number = next((n for t in reversed(words) if t.like_num and (n := _count(t.text))), None)
    joined = re.search(r"([a-z]+-[a-z]+|\S+) $", noun.doc.text[max(0, noun.idx - 24) : noun.idx])
    number = (_count(joined[1]) if joined else None) or number
    if number is None and unit == 100 and any(t.lower_ == "a" for t in words):
        number = 1
    return number * unit if number else None


def _finish(
    reading: Reading, referents: Referents, noun: Token, number: int, start: int, things: list[Token]
) -> Iterator[Candidate]:
    candidate = Candidate("anniversary", "anniversary-noun", start, noun.idx + len(noun), Mood.PAST)
    candidate.add("ordinal", str(number), start, noun.idx + len(noun))
    inner = [
        t for thing in things
        for t in (thing, *(prepositions(thing, "of") if thing.lemma_.casefold() in _BEGINNINGS else ()))
    ]  # fmt: skip
    of = next((t for t in inner if t.lemma_.casefold().removesuffix("s") in ANNIVERSARY_OF_RELATIONS), None)
    what = of if of is not None else next(iter(things), None)
    if what is not None and not reading.times_at(what):
        first, last = phrase(things[0] if of is None else what)
        candidate.add("of", reading.text[first:last], first, last)
    if of is not None:
        pair = _pair(referents, noun, of, things)
        for state in pair:
            candidate.add("between", state.iri, state.start, state.end)
        if not pair:
            candidate.add("open", "between", of.idx, of.idx + len(of))
    else:
        owner = _owner(reading, referents, noun, things)
        if owner is not None:
            candidate.add("organization", owner.iri, owner.start, owner.end)
    reading.note("anniversary-noun", [noun], "fired")
    yield candidate


def _pair(referents: Referents, noun: Token, of: Token, things: list[Token]) -> list[StateReferent]:
    """The two states whose relations they are; nobody where the text leaves it open."""
    pair: list[StateReferent] = []
    for scope in (of, *things, noun):
        for thing in prepositions(scope, "between", "with", "among"):
            pair += [s for s in referents.states(thing) if all(s.iri != p.iri for p in pair)]
        if pair:
            break
    if len(pair) < 2:
        verb = governor(noun)
        for subject in subjects(verb) if verb is not None else ():
            pair += [s for s in referents.states(subject) if all(s.iri != p.iri for p in pair)]
    if len(pair) != 2:
        sentence = noun.sent
        every = referents.state_pairs()
        near = [p for p in every if sentence.start_char <= p[0].start < sentence.end_char]
        pairs = near or [p for p in every if p[0].start < noun.idx][-1:]
        pair = list(pairs[0]) if pairs else []
    if not pair:  # "Kenyan leaders and their French colleagues marked … of relations between the two"
        named: dict[NamedNode, StateReferent] = {}
        for token in noun.sent:
            state = referents.reading.state_at(token)
            if state is not None:
                named.setdefault(state, StateReferent(state, token.idx, token.idx + len(token)))
        pair = list(named.values()) if len(named) == 2 else []
    return pair[:2]


def _owner(reading: Reading, referents: Referents, noun: Token, things: list[Token]) -> StateReferent | None:
    """The one state or organization that has an anniversary: of its own, of its founding or its independence."""
    holders = [c for owner in (noun, *things) for c in owner.children if c.dep_ == "poss"]
    named = [h for h in holders if h.pos_ != "PRON"]
    verb = governor(noun)
    if any(h.lower_ == "its" for h in holders) and verb is not None:
        named += subjects(verb)
    named += [t for thing in things for t in (thing, *prepositions(thing, "of"))]
    for token in named:
        found: list[StateReferent] = []
        for word in conjuncts(token):
            organization = reading.organization_at(word)
            state = reading.state_at(word) if word.pos_ == "PROPN" else None
            iri = organization.iri if organization is not None else state
            if iri is not None:
                found.append(StateReferent(iri, word.idx, word.idx + len(word)))
        if found:
            return found[0] if len(found) == 1 else None
    return None
