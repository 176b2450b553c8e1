"""People and offices as one article has them, and the titles in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.extraction.lexicon import TITLES
from kg.extraction.names import NameMatch, Tenure

_TITLE = re.compile(
    r"\b(?:" + "|".join(re.escape(t) for t in sorted(TITLES, key=len, reverse=True)) + r")(?P<plural>s)?\b",
    re.IGNORECASE,
)


# Only in capitals, and not of the clock.
_SHORT = {"PM": ("Prime Minister", "HeadOfGovernment"), "FM": ("Foreign Minister", "ForeignMinister"),
          "DPM": ("Deputy Prime Minister", "Minister")}  # fmt: skip
_SHORT_TITLE = re.compile(r"(?<!\d )(?<![\d:.])\b(?:PM|FM|DPM)\b(?= [A-Z])")


@dataclass(frozen=True, slots=True)
class Office:
    """An office as the text gives it: normal title, kind, whose it is, and whether it is a past one.

    A vague one ("counterpart", "chief") gives way to what the reference knows. `hint` is whose it may be where the
    title does not say ("his foreign minister"); `ministry` the body that it names ("foreign ministry spokesman"). A
    shared one is told of several people at once, of whom each may hold it in another state ("the foreign ministers, N. and M.").
    """

    title: str
    kind: str
    within: NamedNode | None
    former: bool = False
    vague: bool = False
    hint: NamedNode | None = None
    ministry: str = ""
    shared: bool = False


@dataclass(slots=True, eq=False)
class PersonMention:
    """A place in the text where a person is named; start and end are of the name, from of name and title."""

    start: int
    end: int
    title_start: int
    title_end: int
    person: Person


# Kinds of office that are always of a state.
_OF_STATES = frozenset({"Minister", "ForeignMinister", "Ambassador"})


@dataclass(slots=True, eq=False)
class Person:
    """A person of this article."""

    name: str
    words: tuple[str, ...]
    iri: NamedNode | None = None
    offices: list[Office] = field(default_factory=list)
    tenures: list[Tenure] = field(default_factory=list)
    state: NamedNode | None = None
    ownerless: list[Office] = field(default_factory=list)  # of a state that the text does not tell
    mentions: list[PersonMention] = field(default_factory=list)
    listed: bool = False  # named by state in a list of leaders

    @property
    def home(self) -> NamedNode | None:
        """The state or organization that the person acts for."""
        for office in self.offices:
            if office.within is not None:
                return office.within
        return self.state

    @property
    def public(self) -> bool:
        """Whether a public office is known: from the text, or from the reference."""
        return bool(self.offices or self.tenures or self.listed)

    @property
    def diplomat(self) -> bool:
        """Whether the text calls the person foreign minister, of whatever state."""
        return any(o.kind == "ForeignMinister" for o in (*self.offices, *self.ownerless))

    @property
    def unplaced(self) -> Office | None:
        """An office that is always one of a state, where the text does not say of which."""
        return next((o for o in reversed(self.ownerless) if o.kind in _OF_STATES), None)

    @property
    def official(self) -> bool:
        """Whether the person may be told of by a pronoun or a title: in public office, if of a state that is not told."""
        return self.public or self.diplomat

    @property
    def leads(self) -> bool:
        """Whether the person is told of as head of state or of government, or is a royal or the Pope."""
        kinds = {o.kind for o in self.offices} or {t.kind for t in self.tenures}
        royal = any(t.endswith(("King", "Queen", "Prince", "Princess", "Pope")) for t in self.titles)
        return royal or bool(kinds & {"HeadOfState", "HeadOfGovernment"})

    @property
    def posted(self) -> bool:
        """Whether an embassy abroad is the office that the person goes by: being there is no visit."""
        return bool(self.titles) and self.titles <= {
            "Ambassador",
            "High Commissioner",
            "Consul General",
            "Consul",
        }

    @property
    def titles(self) -> set[str]:
        """The normal titles the person goes by here."""
        return {o.title for o in self.offices} | {t.title for t in self.tenures}


@dataclass(frozen=True, slots=True)
class TitleSpan:
    """A title in the text."""

    start: int
    end: int
    title: str
    kind: str
    plural: bool


def find_titles(text: str) -> list[TitleSpan]:
    """The titles in a text, in order.

    >>> [(t.title, t.plural) for t in find_titles("Prime Minister A met the foreign ministers of B and C")]
    [('Prime Minister', False), ('Foreign Minister', True)]
    """
    out = [
        TitleSpan(m.start(), m.end(), *_SHORT[m.group()], plural=False) for m in _SHORT_TITLE.finditer(text)
    ]
    for match in _TITLE.finditer(text):
        plural = match.group("plural") is not None
        key = match.group().casefold().removesuffix("s") if plural else match.group().casefold()
        title, kind = TITLES[key]
        out.append(TitleSpan(match.start(), match.end(), title, kind, plural))
    return sorted(out, key=lambda t: t.start)


def owner(match: NameMatch) -> NamedNode | None:
    """The state or organization that a name match means, if just one."""
    found = {
        s.entity.iri for s in match.senses if s.entity.kind in {"state", "organization"} and s.how != "summit"
    }
    return next(iter(found)) if len(found) == 1 else None
