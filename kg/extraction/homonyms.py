"""Names that are part of other names: the "America" of Latin America, the "Mexico" of the Gulf of Mexico, the "May" of a premier.

A name match or an expression of time that is only a piece of the name of something else means nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extraction.dates import TimeExpression
    from kg.extraction.names import NameMatch
    from kg.extraction.persons import Person

# What stands before or after the name of a state and makes that of a continent, a sea, a people or a province of it.
_BEFORE = re.compile(
    r"\b(?:(?:Latin|South|North|Central|Meso|Native|African|Spanish)[ -](?=Americ)"
    r"|(?:Gulf|Sea|Bay|Strait|Straits|Bight) of (?=[A-Z])|New (?=Mexic))"
)
_AFTER = re.compile(r" (?:Ocean|Sea|Gulf|Channel)\b")
# A house or street that is called after a town stands where it stands.
_BUILDING = re.compile(r" (?:House|Hotel|Lodge|Street|Road|Avenue|Hall)\b(?! of)")


def without_parts(text: str, doc: Doc, matches: Iterable[NameMatch]) -> list[NameMatch]:
    """The matches that name something themselves.

    Left out are states within the names of seas and continents, towns within those of houses and streets, and, at the head of a sentence, cities that are
    common words there ("Nice words", "Male voters").
    """
    common = {t.idx for t in doc if t.is_sent_start and t.pos_ in {"ADJ", "ADV", "INTJ"}}
    return [m for m in matches if not (_is_common(m, common) or _is_part(text, m))]


def _is_common(match: NameMatch, common: set[int]) -> bool:
    return (
        match.start in common and match.text.isalpha() and all(s.entity.kind == "place" for s in match.senses)
    )


def _is_part(text: str, match: NameMatch) -> bool:
    if all(s.entity.kind == "place" for s in match.senses) and _BUILDING.match(text, match.end):
        return True
    if any(s.entity.kind != "state" for s in match.senses):
        return False
    low = max(0, match.start - 20)
    whole = any(low + m.end() == match.start for m in _BEFORE.finditer(text[low : match.end]))
    return whole or _AFTER.match(text, match.end) is not None


# Before a month, not before a person.
_MONTHLY = re.compile(
    r"\b(?:in|since|until|till|early|mid|late|last|next|this|during|of|from)[ -]$", re.IGNORECASE
)


def no_surnames(text: str, times: Iterable[TimeExpression], people: Iterable[Person]) -> list[TimeExpression]:
    """The expressions of time that are not the names of people: with a "Theresa May" in the text, "by May" is hers."""
    named = list(people)
    spans = [(m.start, m.end) for p in named for m in p.mentions]
    surnames = {p.words[-1] for p in named if len(p.words) > 1}

    def is_name(time: TimeExpression) -> bool:
        if time.kind != "month":
            return False
        bare = time.text.casefold() in surnames and not _MONTHLY.search(
            text[max(0, time.start - 8) : time.start]
        )
        return bare or any(time.start < e and s < time.end for s, e in spans)

    return [t for t in times if not is_name(t)]
