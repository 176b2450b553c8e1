"""Who does what a verb says, found by walking left from it: over appositions, times and adverbs to whom the clause opens with.

Whoever stands after a verb or a preposition is no subject, and where something else stands right before the verb nobody
is: then the text leaves a choice.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.referent import Referent

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extraction.persons import PersonMention
    from kg.extraction.reading import Reading
    from kg.extraction.referents import Referents

_PRONOUNS = frozenset({"he", "she", "they", "both", "who", "i", "we"})
# Words that a clause may open after.
_OPENERS = frozenset(
    {"that", "when", "where", "while", "as", "because", "since", "after", "before", "until", "and", "but", "then", "said", "says",
     "although", "though", "once", "or", "so", "yet", "whereas", "than", "meanwhile", "only", "also", "even", "both", "later",
     "earlier", "today", "yesterday", "tomorrow", "here", "there", "afterwards", "finally"}
)  # fmt: skip
_PUNCT = frozenset({",", ";", ":", "—", "–", "-", '"', "“", "(", "."})
_AND = re.compile(
    r",?\s*(?:,|and|as well as|along with|together with)\s*(?:the|his|her|its)?\s*(?:(?:host|guest|visitor|counterpart|colleague|neighbour|hostess),?\s*)?"
)
_TIMEWORDS = frozenset({"on", "in", "early", "late", "at", "the", "by", "of", "next"})


# What may stand before a name at the head of a clause ("His Spanish counterpart N.").
_BEFORE_NAMES = frozenset({"'s", "’s", "’", "'", "the", "visiting", "new", "his", "her", "their", "counterpart", "counterparts",
                           "colleague", "colleagues"})  # fmt: skip
_OFFICERS = re.compile(
    r"\b(?:presidents|premiers|chancellors|kings|ministers|leaders|heads of (?:state|government)) of (?:the )?[A-ZÀ-Þ][^,;:.]{2,40} and (?:the )?[A-ZÀ-Þ][\w ]{2,30}, $"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does it, and the character at which the clause opens."""

    people: tuple[Referent, ...]
    start: int


def before(reading: Reading, referents: Referents, at: int) -> Subject | None:
    """The subject of a verb group that begins with the token at an index."""
    doc = reading.doc
    low = doc[at].sent.start
    i = _over_times(reading, at - 1, low)
    if i < low:
        return None
    word = doc[i]
    if word.lower_ in {"and", "but", "then", "or"}:
        while i > low and doc[i].lower_ in {"and", "but", "then", "or", ","}:
            i -= 1
        return _earlier(reading, referents, i, low)
    if word.lower_ in {",", ")"}:
        return _over_aside(reading, referents, i, low)
    if word.lower_ in {"-", "–", "—"} and i > low:  # "the premiers of X and Y - A and B - landed"
        mention = reading.person_at(doc[i - 1])
        return _group(reading, mention, low) if mention is not None else None
    return _at(reading, referents, word, low)


def _over_times(reading: Reading, i: int, low: int) -> int:
    """Left over a time with its preposition ("N. on Tuesday flew")."""
    doc = reading.doc
    if i >= low and reading.times_at(doc[i]):
        while i >= low and (reading.times_at(doc[i]) or doc[i].lower_ in _TIMEWORDS):
            i -= 1
    return i


def _at(reading: Reading, referents: Referents, word: Token, low: int) -> Subject | None:
    """The subject that ends with a word."""
    mention = reading.person_at(word)
    if mention is None:  # "Mia Mottley of Barbados", "the president of Rwanda"
        back = word.i
        while back > low and (
            reading.state_at(reading.doc[back]) or reading.doc[back].lower_ in {"the", "of", "and"}
        ):
            back -= 1
            if reading.doc[back + 1].lower_ == "of" and (mention := reading.person_at(reading.doc[back])):
                break
    if mention is not None:
        return _group(reading, mention, low)
    if word.lower_ in _PRONOUNS or word.pos_ == "NOUN":
        found = referents.people(word, lists=False)
        start = (
            word.idx if word.lower_ in _PRONOUNS else min([found[0].start, word.idx] if found else [word.idx])
        )
        if word.lower_ == "who":
            found = _antecedents(reading, word, low) or found
        elif not _opens(reading, start, low):
            return None
        return Subject(tuple(found), start) if found else None
    return None


def _antecedents(reading: Reading, who: Token, low: int) -> list[Referent]:
    """ "A and B, who had both arrived": everybody of the list, where the verb is not of one."""
    i = who.i - 1
    while i > low and (
        reading.doc[i].is_punct or reading.state_at(reading.doc[i]) or reading.doc[i].lower_ in {"of", "the"}
    ):
        i -= 1
    mention = reading.person_at(reading.doc[i])
    if mention is None:
        return []
    many = {t.lower_ for t in reading.doc[who.i + 1 : who.i + 4]} & {"both", "all", "were", "are", "have"}
    people = _list(reading, mention, low) if many else [mention]
    return [Referent(m.person, m.start, m.end) for m in people if m.person.public]


def _over_aside(reading: Reading, referents: Referents, i: int, low: int) -> Subject | None:
    """ "N., premier of X, flew": left over what stands between commas."""
    doc = reading.doc
    closes = doc[i].lower_ == ")"
    named = _at(reading, referents, doc[i - 1], low) if i > low and not closes else None
    if named is not None and len(named.people) > 1:  # "A and his host, B, talked"
        return named
    if not closes and (officer := reading.person_at(doc[i - 1])) is not None:
        # "The presidents of A and B, N. and M., are due": who they are stands between the commas
        people = _list(reading, officer, low)
        begin = min(people[0].start, people[0].title_start)
        if len(people) > 1 and _OFFICERS.search(reading.text, doc[low].idx, begin):
            return Subject(tuple(Referent(m.person, m.start, m.end) for m in people), doc[low].idx)
    for k in range(i - 1, low, -1):
        if doc[k].lower_ not in ({"("} if closes else {","}):
            if doc[k].lower_ in {";", ":"}:
                return None
            continue
        found = _at(reading, referents, doc[k - 1], low)
        if found is not None:
            return found
        if i - k > 40:
            return None
    return None


def _earlier(reading: Reading, referents: Referents, i: int, low: int) -> Subject | None:
    """ "N. met M. and flew": whom the nearest clause before opens with."""
    doc = reading.doc
    while i >= low:
        word = doc[i]
        if word.lower_ in {";", ":"}:
            return None
        if word.lower_ in _PRONOUNS - {"who", "both"} or reading.person_at(word) is not None:
            found = _at(reading, referents, word, low)
            if found is not None and _acts(reading, found, i):
                return found
            mention = reading.person_at(word)
            if mention is not None:
                while i > low and reading.person_at(doc[i - 1]) is mention:
                    i -= 1
        elif (
            word.dep_ in {"nsubj", "nsubjpass"}
            and word.pos_ in {"NOUN", "PROPN"}
            and word.ent_type_ != "DATE"
        ):
            return _at(reading, referents, word, low)
        i -= 1
    return None


def _acts(reading: Reading, found: Subject, i: int) -> bool:
    """Whether a verb or an apposition follows: whoever opens the clause does something in it."""
    doc = reading.doc
    return i + 1 < len(doc) and (
        doc[i + 1].pos_ in {"VERB", "AUX", "ADV", "PART"}
        or doc[i + 1].lower_ in {",", "of", "(", "on", "today"}
    )


def _group(reading: Reading, mention: PersonMention, low: int) -> Subject | None:
    people = _list(reading, mention, low)
    start = min(people[0].start, people[0].title_start)
    if not _opens(reading, start, low):
        return None
    found = tuple(Referent(m.person, m.start, m.end) for m in people)
    return Subject(found, start)


def _list(reading: Reading, last: PersonMention, low: int) -> list[PersonMention]:
    """The list of people that ends with one ("A of X, B and C")."""
    first = reading.doc[low].idx
    everyone = sorted(
        (m for p in reading.people for m in p.mentions if first <= m.start < last.start),
        key=lambda m: m.start,
    )
    out = [last]
    for mention in reversed(everyone):
        gap = bare(reading, max(mention.end, mention.title_end), min(out[0].start, out[0].title_start))
        if mention.person is out[0].person or not _AND.fullmatch(gap):
            break
        out.insert(0, mention)
    if len(out) > 1 and not any(re.search(r"\b(?:and|with|as well as)\b", bare(
            reading, max(a.end, a.title_end), min(b.start, b.title_start))) for a, b in itertools.pairwise(out)):  # fmt: skip
        return [last]
    return out


def bare(reading: Reading, start: int, end: int) -> str:
    """The text between two offsets without the states whose people are named ("of Grenada", "Guyana's", "Kenyan")."""
    text = reading.text[start:end]
    spans = sorted({(m.start, m.end) for m in reading.matches if start <= m.start and m.end <= end
                    and reading.places.state_at(m.start) is not None}, reverse=True)  # fmt: skip
    for s, e in spans:
        head = re.sub(r"\bof (?:the )?$", "", text[: s - start])
        text = head + re.sub(r"^['’]s?", "", text[e - start :])
    return re.sub(r"\s+", " ", text)


def _opens(reading: Reading, start: int, low: int) -> bool:
    """Whether a clause may open at an offset."""
    span = reading.doc.char_span(start, start + 1, alignment_mode="expand")
    if span is None:
        return False
    i = span[0].i - 1
    while i >= low and (reading.state_at(reading.doc[i]) or reading.doc[i].lower_ in _BEFORE_NAMES):
        i -= 1
    if i < low:
        return True
    word = reading.doc[i]
    if word.lower_ in {"and", ","} and _after_preposition(reading, i, low):
        return False
    return (
        word.lower_ in _OPENERS | _PUNCT
        or reading.times_at(word)
        or word.is_space
        or bool(reading.places.at(word.idx))
    )


def _after_preposition(reading: Reading, i: int, low: int) -> bool:
    """Whether "and" goes on with an object: "with the mayor and N." is no new clause."""
    return False
