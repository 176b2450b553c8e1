"""Who is named in a text, and which public office the text (or the reference) gives them.

A name is found where a title precedes it, where the reference knows it, or where the entity recogniser sees a
person; its office is read from the words around it: "Kenyan President N.", "N., prime minister of X,",
"the minister of foreign affairs of X, N.", "his Zambian counterpart, N.".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pyoxigraph import NamedNode

from kg.extraction.lexicon import PARTICLES
from kg.extraction.name_spans import NOT_NAMES, NameSpans
from kg.extraction.names import NameMatch, Names, fold, tokens
from kg.extraction.offices import OfficeReader
from kg.extraction.persons import Office, Person, PersonMention, find_titles


class PeopleFinder:
    """Finds the people of one article."""

    def __init__(
        self,
        text: str,
        names: Names,
        matches: list[NameMatch],
        recognised: Iterable[tuple[int, int]],
        day: date | None,
        home: NamedNode | None,
    ) -> None:
        self.text = text
        self.names = names
        self.day = day
        self.home = home
        self.matches = matches
        self.recognised = list(recognised)
        self.titles = find_titles(text)
        self.people: list[Person] = []
        self._offices = OfficeReader(text, matches, self.titles, self.people)

    def find(self) -> list[Person]:
        """The people, with their mentions and offices, in order of their first mention."""
        spans = NameSpans(self.text, self.names, self.matches, self.titles, self.recognised).find()
        full = [s for s in spans if len(tokens(self.text[s[0] : s[1]])) > 1]
        for start, end in full:
            self._mention(start, end)
        for start, end in spans:
            if (start, end) not in full:
                self._single(start, end)
        self._later_surnames()
        for person in self.people:
            person.mentions.sort(key=lambda m: m.start)
        self.people.sort(key=lambda p: p.mentions[0].start)
        for person in self.people:
            for mention in person.mentions:
                self._read_office(person, mention)
        for person in self.people:
            self._link(person)
        for person in self.people:
            self._complete(person)
        return self.people

    # -- who they are --------------------------------------------------------------------------

    def _mention(self, start: int, end: int) -> None:
        words = tuple(tokens(self.text[start:end]))
        person = next((p for p in self.people if _same_name(p.words, words)), None)
        if person is None:
            person = Person(self.text[start:end], words)
            self.people.append(person)
        elif len(words) > len(person.words):
            person.name, person.words = self.text[start:end], words
        self._add(person, start, end)

    def _add(self, person: Person, start: int, end: int) -> None:
        if all(m.start != start for m in person.mentions):
            person.mentions.append(PersonMention(start, end, start, end, person))

    def _single(self, start: int, end: int) -> None:
        word = tokens(self.text[start:end])[0]
        bearers = [p for p in self.people if word in p.words]
        if len(bearers) > 1:
            before = [p for p in bearers if any(m.start < start for m in p.mentions)]
            bearers = sorted(
                before or bearers,
                key=lambda p: -max((m.start for m in p.mentions if m.start < start), default=0),
            )[:1]
        if bearers:
            self._add(bearers[0], start, end)
            return
        person = Person(self.text[start:end], (word,))
        self.people.append(person)
        self._add(person, start, end)

    def _later_surnames(self) -> None:
        """Bare surnames that neither a title nor the recogniser marked."""
        taken = sorted((m.start, m.end) for p in self.people for m in p.mentions)
        taken += [(m.start, m.end) for m in self.matches]
        by_word: dict[str, list[Person]] = {}
        for person in self.people:
            for word in (person.words[0], person.words[-1]):
                if len(word) > 1 and person not in by_word.setdefault(word, []):
                    by_word[word].append(person)
        for found in re.finditer(r"[^\W\d_][\w’-]*", self.text):
            word = found.group().removesuffix("’s")
            if not word[0].isupper() or fold(word) not in by_word or fold(word) in PARTICLES | NOT_NAMES:
                continue
            start, end = found.start(), found.start() + len(word)
            if any(s < end and start < e for s, e in taken):
                continue
            people = by_word[fold(word)]
            before = [p for p in people if p.mentions[0].start < start] or people
            self._add(
                max(before, key=lambda p: max((m.start for m in p.mentions if m.start < start), default=-1)),
                start,
                end,
            )

    # -- which office --------------------------------------------------------------------------

    def _read_office(self, person: Person, mention: PersonMention) -> None:
        office = self._offices.read(person, mention)
        if office is None:
            return
        known = {(o.title, o.within) for o in person.offices}
        if (office.title, office.within) in known:
            return
        if office.within is None and any(o.title == office.title for o in person.offices):
            return
        person.offices = [o for o in person.offices if not (o.title == office.title and o.within is None)]
        person.offices.append(office)

    # -- what the reference knows ---------------------------------------------------------------

    def _link(self, person: Person) -> None:
        """Find the person in the reference, by name, office and day; leave it where more than one fits."""
        candidates = self.names.people_named(person.name)
        if not candidates:
            pools = [self.names.people_by_token.get(w, set()) for w in person.words]
            candidates = sorted(set.intersection(*pools), key=str) if pools else []
            if len(person.words) == 1:
                candidates = [c for c in candidates if self._fits(person, c, strict=True)]
        fitting = [c for c in candidates if self._fits(person, c)]
        if len(fitting) > 1:
            current = [c for c in fitting if any(t.covers(self.day) for t in self.names.tenures[c])]
            fitting = current or fitting
        if len(fitting) == 1:
            person.iri = fitting[0]
            person.tenures = self.names.tenures[fitting[0]]

    def _fits(self, person: Person, candidate: NamedNode, strict: bool = False) -> bool:
        tenures = self.names.tenures[candidate]
        within = {o.within for o in person.offices if o.within is not None}
        if within and not within & {t.within for t in tenures}:
            return False
        if not strict:
            return True
        titles = {o.title for o in person.offices}
        return any(t.covers(self.day) and (t.title in titles or t.within in within) for t in tenures)

    def _complete(self, person: Person) -> None:
        """Give an office without an owner the owner that the reference or the article's setting gives."""
        now = [t for t in person.tenures if t.covers(self.day)]
        for index, office in enumerate(person.offices):
            if office.within is not None:
                continue
            owner = next((t.within for t in now if t.title == office.title), None)
            owner = owner or next((t.within for t in person.tenures if t.title == office.title), None)
            if owner is None and office.kind in {"Aide", "Spokesperson"}:
                owner = self._master(office, person)
            if owner is None and not person.tenures and office.kind not in {"Aide", "Spokesperson"}:
                owner = self.home
            person.offices[index] = Office(office.title, office.kind, owner, office.former)
        person.offices = [o for o in person.offices if o.within is not None]
        if not person.offices and person.tenures:
            states = now or person.tenures[-1:]
            person.state = states[-1].within if states else None
        possessor = next((p for m in person.mentions if (p := self._offices.possessor(m)) is not None), None)
        person.state = person.state or possessor

    def _master(self, office: Office, person: Person) -> NamedNode | None:
        """An aide or spokesperson without a state works for the leader that the article names most."""
        word = office.title.split()[0].removesuffix("ial").casefold()  # presidential → president
        if re.search(r"\bpapal\s+$", self.text[: person.mentions[0].title_start], re.IGNORECASE):
            return next((p.home for p in self.people if "Pope" in p.titles), None)
        leaders = [
            p for p in self.people if p is not person
            for o in p.offices if o.kind in {"HeadOfState", "HeadOfGovernment"} and o.within is not None
            if not office.title.startswith("presidential") or o.title.casefold() == word
        ]  # fmt: skip
        if not leaders:
            return None
        counts = sorted({len(p.mentions) for p in leaders}, reverse=True)
        top = [p for p in leaders if len(p.mentions) == counts[0]]
        return top[0].home


def _same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names may be one person's: equal, reversed, or one within the other with its last word."""
    if set(a) == set(b):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) > 1 and set(short) <= set(long) and (short[-1] == long[-1] or short[0] == long[0])
