"""Which person of the reference a person of the text is: by name, office and day; nobody where more than one fits."""

from __future__ import annotations

import difflib
import re
from datetime import date

from pyoxigraph import NamedNode

from kg.extraction.names import Names, Tenure, normal_title
from kg.extraction.persons import Person

# How alike two spellings of a name must be, where the office says that the same person is meant.
_ALIKE = 0.8
_LONG = 5


class Identities:
    """Finds people of the reference, seen from the day of an article."""

    def __init__(self, names: Names, day: date | None) -> None:
        self.names = names
        self.day = day

    def link(self, person: Person) -> None:
        """Give a person the IRI and the tenures that the reference has, if just one of its people fits."""
        fitting = self._one_now([c for c in self._named(person) if self._fits(person, c)])
        if len(fitting) != 1 and not person.iri:
            fitting = self._misspelt(person)
        if len(fitting) == 1:
            person.iri = fitting[0]
            person.tenures = self.names.tenures[fitting[0]]

    def in_office(self, surname: str, states: set[NamedNode], any_word: bool = False) -> NamedNode | None:
        """The only person of this surname (or with this word in the name) in office that day in one of some states."""
        index = self.names.people_by_token if any_word else self.names.surnames
        found = {
            c for c in index.get(surname, ())
            if any(t.within in states and t.covers(self.day) for t in self.names.tenures[c])
        }  # fmt: skip
        return next(iter(found)) if len(found) == 1 and self.day is not None else None

    def _named(self, person: Person) -> list[NamedNode]:
        candidates = self.names.people_named(person.name)
        if candidates:
            return candidates
        # "L. Oyun-Erdene": the initial says nothing.
        told = [w for w in person.words if len(w) > 1] or list(person.words)
        pools = [self.names.people_by_token.get(w) or self._plain(w) for w in told]
        common = sorted(set.intersection(*pools), key=str) if pools else []
        if len(person.words) == 1:
            return [c for c in common if self._fits(person, c, strict=True)]
        if common:
            return common
        # A longer name than the reference has: "Samdech Techo N. M.", where the office is the same one.
        words = set(person.words)
        longer = {
            c for pool in pools for c in pool if any(f <= words and len(f) > 1 for f in self.names.forms[c])
        }
        return sorted((c for c in longer if self._fits(person, c, strict=True)), key=str)

    def _plain(self, word: str) -> set[NamedNode]:
        """Those whose name has a word without the e that stands for two dots or a stroke: Stoere is Støre."""
        plain = re.sub(r"(?<=[aou])e", "", word)
        return self.names.people_by_token.get(plain, set()) if plain != word else set()

    def _one_now(self, people: list[NamedNode]) -> list[NamedNode]:
        if len(people) > 1:
            current = [c for c in people if any(t.covers(self.day) for t in self.names.tenures[c])]
            return current or people
        return people

    def _misspelt(self, person: Person) -> list[NamedNode]:
        """Who holds the office that the text gives, where the name is nearly theirs."""
        offices = {
            (normal_title(o.title), o.within) for o in person.offices if o.within is not None and not o.former
        }
        found = set()
        for title, within in offices:
            for tenure in self.names.holders.get(within, ()) if within is not None else ():
                if normal_title(tenure.title) == title and tenure.covers(self.day):
                    found.add(tenure.person)
        return [c for c in sorted(found, key=str) if self._alike(person, c)] if len(found) <= _LONG else []

    def _alike(self, person: Person, candidate: NamedNode) -> bool:
        last = person.words[-1]
        for form in self.names.forms[candidate]:
            near = any(_near(word, last) for word in form)
            if near and (
                len(person.words) == 1 or any(_ratio(a, b) for a in form for b in person.words[:-1])
            ):
                return True
        return False

    def _fits(self, person: Person, candidate: NamedNode, strict: bool = False) -> bool:
        tenures = self.names.tenures[candidate]
        within = {o.within for o in person.offices if o.within is not None}
        if within and not within & {t.within for t in tenures}:
            return False
        if not strict:
            return True
        titles = {normal_title(o.title) for o in person.offices}
        past = any(o.former for o in person.offices)
        return any(
            (past or t.covers(self.day)) and (normal_title(t.title) in titles or t.within in within)
            for t in tenures
        )


def same_title(tenure: Tenure, title: str) -> bool:
    """Whether a tenure is in an office of this title."""
    return normal_title(tenure.title) == normal_title(title)


def _near(a: str, b: str) -> bool:
    """Whether two surnames differ by one letter (two where they are long)."""
    if a == b:
        return True
    short = min(len(a), len(b))
    if short < _LONG or abs(len(a) - len(b)) > 1 + (short > 7):
        return False
    kept = sum(
        block.size for block in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    )
    return max(len(a), len(b)) - kept <= 1 + (short > 7)


def _ratio(a: str, b: str) -> bool:
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def misspelling(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of several words are one, misspelt in one long word.

    >>> misspelling(("alberto", "fernandes"), ("alberto", "fernandez")), misspelling(("kim", "jong"), ("kim", "yong"))
    (True, False)
    """
    different = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) > 1 and len(different) == 1 and _near(*different[0])
