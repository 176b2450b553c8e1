"""Whose an office is that does not say so, by the company in which its holder is told.

"Kenyan Foreign Minister N. and Defence Minister M.": both are of Kenya. "President N., accompanied by Foreign Minister
M.": of the state of N. "N. exchanged letters with Foreign Minister M. of X" in a text of two states: N. is of the other.
"""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from kg.extraction.names import NameMatch
from kg.extraction.persons import Office, Person, owner

_JOINED = re.compile(
    r"(?:\)|,)*(?:, | and |, and |, as well as | as well as | along with | & )(?:the |his |her )?$"
)
_TAKEN_ALONG = re.compile(
    r"\b(?:accompanied|escorted|flanked|assisted) by\b|\bdelegation,? (?:that |which )?(?:includ|compris|consist)(?:es|ed|ing)\b"
)
# Who says what is told before is in no list: "…, and President M., foreign ministry spokesman N. said".
_SAYS = re.compile(
    r",? (?:has |had )?(?:said|says|announced|told|confirmed|added|stated|noted|declared|wrote|tweeted)\b"
)
# "The Kenyan delegation includes", "the delegation that came with the Kenyan president, which includes".
_DELEGATION = re.compile(
    r"\b(?:delegation|entourage)\b[^.;:]{0,60}?\b(?:includ|compris|consist|made up|composed)(?:e[sd]?|ing|s|ed)?\b"
)
_SENTENCE = re.compile(r"(?<![A-Z]\.)(?<=[.!?])\s+(?=[A-ZÀ-Þ“\"])|\n\n")
_HEADS = frozenset({"HeadOfState", "HeadOfGovernment"})


def home_of(
    text: str, person: Person, office: Office, people: list[Person], matches: list[NameMatch]
) -> NamedNode | None:
    """The state of whom a minister is told with; heads of state and government are told with those of others."""
    if office.kind in _HEADS or office.shared:
        return None
    for mention in person.mentions:
        start = min(mention.start, mention.title_start)
        low = max(
            (m.end() for m in _SENTENCE.finditer(text, max(0, start - 600), start)),
            default=max(0, start - 600),
        )
        before = sorted(
            ((max(m.end, m.title_end), p) for p in people for m in p.mentions
             if low <= m.start and m.end <= start and p is not person),
            key=lambda pair: pair[0],
        )  # fmt: skip
        end, other = before[-1] if before else (low, None)
        if (
            other is not None
            and other.home is not None
            and all(o.title != office.title for o in other.offices)
            and len(text[end:start]) < 16
            and _JOINED.fullmatch(text[end:start])
            and not ("," in text[end:start] and _SAYS.match(text, max(mention.end, mention.title_end)))
        ):
            return other.home
        if (whose := _delegation(text, low, start, matches)) is not None:
            return whose
        along = list(_TAKEN_ALONG.finditer(text, low, start))
        if along:
            leaders = [p for at, p in before if at <= along[-1].start() and p.home is not None]
            if not leaders and re.match(r"\W*(?:He|She|They) (?:\w+ ){1,2}accompanied\b", text[low:start]):
                leaders = _told_first(text, low, people)
            if leaders and not any(o.title == office.title for o in leaders[-1].offices):
                return leaders[-1].home
    return None


def _delegation(text: str, low: int, start: int, matches: list[NameMatch]) -> NamedNode | None:
    """The one state by which the delegation is named that an official is told to be in."""
    found = list(_DELEGATION.finditer(text, low, start))
    if not found:
        return None
    told = found[-1]
    before = [m for m in matches if m.end == told.start() - 1 or m.end == told.start() - 3]
    within = [m for m in matches if told.start() <= m.start < told.end()]
    owners = {o for m in before or within if (o := owner(m)) is not None}
    return next(iter(owners)) if len(owners) == 1 else None


def _told_first(text: str, at: int, people: list[Person]) -> list[Person]:
    """Whom the paragraph of an offset tells of first: who "they" are that came with others."""
    paragraph = text.rfind("\n\n", 0, at) + 2 if "\n\n" in text[:at] else 0
    named = sorted(
        ((m.start, p) for p in people for m in p.mentions if paragraph <= m.start < at),
        key=lambda pair: pair[0],
    )
    return [p for _, p in named[:1] if p.home is not None]


def other_of_two(
    person: Person, office: Office, people: list[Person], states: set[NamedNode]
) -> NamedNode | None:
    """In a text of two states, the one whose holder of that office is not the colleague who is told with it."""
    colleagues = {
        p.home for p in people for o in p.offices
        if p is not person and o.title == office.title and o.within is not None and o.within == p.home
    }  # fmt: skip
    if len(person.words) < 2 or office.kind == "Ambassador":  # who is sent to a state is often of a third
        return None
    if len(states) != 2 or len(colleagues) != 1:
        return None
    rest = states - colleagues
    return next(iter(rest)) if len(rest) == 1 else None
