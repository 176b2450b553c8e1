"""Who is named in a text, and which public office the text (or the reference) gives them.

A name is found where a title precedes it, where the reference knows it, or where the entity recogniser sees a
person; its office is read from the words around it: "Kenyan President N.", "N., prime minister of X,",
"the minister of foreign affairs of X, N.", "his Zambian counterpart, N.".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pyoxigraph import NamedNode

from kg.extraction.lexicon import COUNTERPART, FORMER, HONORIFICS, PARTICLES, TITLE_MODIFIERS, TITLES
from kg.extraction.names import NameMatch, Names, Tenure, fold, tokens

_WORD = r"(?:[A-ZÀ-ÞŁŚŞČĆŽŠĐİĀĒĪŌŪ][\w’']*(?:[-‑][\w’']+)*|(?:al|el|ul|ad|as|an|at)[-‑][A-Z][\w’']*|[A-Z]\.)"
_NAME = re.compile(
    rf"{_WORD}(?:(?: (?:{'|'.join(sorted(PARTICLES))}))* {_WORD})*(?: I{{1,3}}\b| IV\b| VI{{0,3}}\b| X[VI]*\b)?"
)
_TITLE = re.compile(
    r"\b(?:" + "|".join(re.escape(t) for t in sorted(TITLES, key=len, reverse=True)) + r")(?P<plural>s)?\b",
    re.IGNORECASE,
)
_PLURAL_HEAD = re.compile(
    r"\b(secretaries|ministers|heads) (of state|general|of government|of foreign affairs)\b", re.IGNORECASE
)
_COUNTERPART = re.compile(r"\b(?:" + "|".join(COUNTERPART) + r")s?\b", re.IGNORECASE)
_NOT_NAMES = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "of",
        "for",
        "and",
        "but",
        "he",
        "she",
        "they",
        "it",
        "his",
        "her",
        "their",
        "this",
        "that",
        "these",
        "those",
    ]
)


@dataclass(frozen=True, slots=True)
class Office:
    """An office as the text gives it: normal title, kind, whose it is, and whether it is a past one."""

    title: str
    kind: str
    within: NamedNode | None
    former: bool = False


@dataclass(slots=True, eq=False)
class PersonMention:
    """A place in the text where a person is named; start and end are of the name, from of name and title."""

    start: int
    end: int
    title_start: int
    title_end: int
    person: Person


@dataclass(slots=True, eq=False)
class Person:
    """A person of this article."""

    name: str
    words: tuple[str, ...]
    iri: NamedNode | None = None
    offices: list[Office] = field(default_factory=list)
    tenures: list[Tenure] = field(default_factory=list)
    state: NamedNode | None = None
    mentions: list[PersonMention] = field(default_factory=list)

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
        return bool(self.offices or self.tenures)

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
    out = []
    for match in _TITLE.finditer(text):
        plural = match.group("plural") is not None
        key = match.group().casefold().removesuffix("s") if plural else match.group().casefold()
        title, kind = TITLES[key]
        out.append(TitleSpan(match.start(), match.end(), title, kind, plural))
    return out


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
        self._title_by_end = {t.end: t for t in self.titles}
        self._title_starts = {t.start for t in self.titles}
        self._place_by_end = {
            m.end: m for m in matches if any(s.entity.kind in {"state", "organization"} for s in m.senses)
        }

    def find(self) -> list[Person]:
        """The people, with their mentions and offices, in order of their first mention."""
        spans = self._name_spans()
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

    # -- where names stand ---------------------------------------------------------------------

    def _name_spans(self) -> list[tuple[int, int]]:
        spans: set[tuple[int, int]] = set()
        for match in self.matches:
            if any(s.entity.kind == "person" for s in match.senses):
                spans.add((match.start, match.end))
        for start, end in self.recognised:
            spans |= self._trim(start, end)
        for title in self.titles:
            at = title.end
            gap = re.match(r",? (?:(?:Mr|Mrs|Ms|Dr|Sheikh|Sir)\.? )?", self.text[at : at + 12])
            if gap and not (gap.group().startswith(",") and title.title == "minister"):
                spans |= self._run(at + gap.end(), bool("," in gap.group()))
            of = re.match(r" (?:of|for) (?:the )?", self.text[at : at + 10])
            if of:
                inside = next((m for m in self.matches if m.start == at + of.end()), None)
                if inside:
                    comma = re.match(r",? ", self.text[inside.end : inside.end + 2])
                    if comma:
                        spans |= self._run(inside.end + comma.end(), True)
        for word in _COUNTERPART.finditer(self.text):
            gap = re.match(r",? ", self.text[word.end() : word.end() + 2])
            if gap:
                spans |= self._run(word.end() + gap.end(), True)
        for match in self.matches:  # "Kenya's William Ruto"
            if (
                self.text[match.end : match.end + 3] in {"'s ", "’s "}
                and match.senses[0].entity.kind == "state"
            ):
                spans |= {s for s in self._run(match.end + 3, True) if len(tokens(self.text[s[0] : s[1]])) > 1
                          and self.names.people_named(self.text[s[0] : s[1]])}  # fmt: skip
        return self._longest(spans)

    def _run(self, at: int, strict: bool) -> set[tuple[int, int]]:
        """The capitalised run at an offset; strict asks for a name of two words (after a comma)."""
        match = _NAME.match(self.text, at)
        if not match:
            return set()
        out = self._trim(match.start(), match.end())
        return {s for s in out if not strict or len(tokens(self.text[s[0] : s[1]])) > 1}

    def _trim(self, start: int, end: int) -> set[tuple[int, int]]:
        """Cut titles, honorifics, demonyms and possessives off a name; nothing where no name is left."""
        while True:
            text = self.text[start:end]
            possessive = re.search(r"['’]s?$", text)
            if possessive:
                end -= len(possessive.group())
                continue
            title = next((t for t in self.titles if t.start == start and t.end < end), None)
            if title:
                start = title.end + len(re.match(r"\W*", self.text[title.end : end]).group())  # type: ignore[union-attr]
                continue
            first = re.match(r"[\w’'-]+\.?\s+", text)
            origin = next((m for m in self.matches if m.start == start and m.end < end
                           and all(s.how == "demonym" for s in m.senses)), None)  # fmt: skip
            if first and (
                origin or fold(first.group().strip(" .")) in (HONORIFICS | _NOT_NAMES | TITLE_MODIFIERS)
            ):
                start += first.end()
                continue
            break
        inner = next((t for t in self.titles if start < t.start < end), None)
        if inner:
            end = start + len(self.text[start : inner.start].rstrip(" ,"))
        text = self.text[start:end]
        if not text or not text[0].isupper() or fold(text) in _NOT_NAMES or len(text) < 2:
            return set()
        if start in self._title_starts and any(t.start == start and t.end >= end for t in self.titles):
            return set()
        exact = next((m for m in self.matches if m.start <= start and m.end >= end), None)
        if exact and all(s.entity.kind != "person" for s in exact.senses):
            return set()
        if not re.search(r"[a-zß-ÿ]", text) and len(text) < 5:
            return set()
        return {(start, end)}

    @staticmethod
    def _longest(spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
            if all(span[1] <= o[0] or span[0] >= o[1] for o in out):
                out.append(span)
        return sorted(out)

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
            if not word[0].isupper() or fold(word) not in by_word or fold(word) in PARTICLES | _NOT_NAMES:
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
        office = self._before(person, mention) or self._after(mention)
        if office is None:
            return
        known = {(o.title, o.within) for o in person.offices}
        if (office.title, office.within) in known:
            return
        if office.within is None and any(o.title == office.title for o in person.offices):
            return
        person.offices = [o for o in person.offices if not (o.title == office.title and o.within is None)]
        person.offices.append(office)

    def _before(self, person: Person, mention: PersonMention) -> Office | None:
        at, text = mention.start, self.text
        lead = re.search(
            r"(?:\b(?:Mr|Mrs|Ms|Dr|Sir|Dame|Sheikh|Sheikha|Shaikh|Samdech|General|Gen|Lord)\.? )+$",
            text[max(0, at - 24) : at],
        )
        at -= len(lead.group()) if lead else 0
        at -= len(re.search(r"(?:, (?:the )?|,? )?$", text[max(0, at - 6) : at]).group())  # type: ignore[union-attr]
        title = self._title_by_end.get(at)
        origin: NamedNode | None = None
        if title is None:
            place = self._place_by_end.get(at)  # "Minister of Foreign Affairs of Armenia, Ararat Mirzoyan"
            if place is not None:
                of = re.search(r" (?:of|for) (?:the )?$", text[max(0, place.start - 9) : place.start])
                if of:
                    title = self._title_by_end.get(place.start - len(of.group()))
                    origin = _within(place)
                    mention.title_start = title.start if title else mention.title_start
        if title is None:
            return self._counterpart(person, mention, at)
        if title.plural and text[title.end : mention.start].startswith(","):
            return None
        mention.title_start, mention.title_end = title.start, max(title.end, mention.end)
        former = False
        left = title.start
        if origin is None:
            origin, left, former = self._origin_before(title.start)
            mention.title_start = left
        return Office(title.title, title.kind, origin, former)

    def _origin_before(self, at: int) -> tuple[NamedNode | None, int, bool]:
        """The demonym, possessive or organization before a title: (whose, where it starts, former)."""
        former = False
        while True:
            gap = re.search(r"(?:['’]s?)?[ -]+$", self.text[max(0, at - 5) : at])
            if not gap:
                return None, at, former
            end = at - len(gap.group())
            place = self._place_by_end.get(end)
            if place is not None:
                start = place.start
                word = re.search(r"(?:\b(former|then)|\bex-)[ -]?$", self.text[max(0, start - 8) : start])
                former = former or bool(word and word.group().strip(" -") != "then")
                return _within(place), start, former
            word = re.search(r"[\w-]+$", self.text[max(0, end - 20) : end])
            if word and (fold(word.group()) in TITLE_MODIFIERS | FORMER):
                former = former or fold(word.group()) in FORMER
                at = end - len(word.group())
                continue
            return None, at, former

    def _counterpart(self, person: Person, mention: PersonMention, at: int) -> Office | None:
        word = re.search(r"\b(?:counterpart|colleague)s?$", self.text[max(0, at - 14) : at], re.IGNORECASE)
        if not word:
            return None
        origin, left, _ = self._origin_before(at - len(word.group()))
        earlier = [
            (m.start, p) for p in self.people for m in p.mentions
            if m.start < mention.start and p is not person and p.offices
        ]  # fmt: skip
        if origin is None or not earlier:
            return None
        model = max(earlier, key=lambda pair: pair[0])[1].offices[0]
        mention.title_start = left
        return Office(model.title, model.kind, origin)

    def _after(self, mention: PersonMention) -> Office | None:
        match = re.match(
            r", (?:who is )?(?:the |its |a |an )?((?:then|current|former|outgoing|new) )?",
            self.text[mention.end :],
        )
        if not match:
            return None
        at = mention.end + match.end()
        former = bool(match.group(1)) and match.group(1).strip() == "former"
        place = next((m for m in self.matches if m.start == at and _within(m) is not None), None)
        origin = None
        if place is not None:
            gap = re.match(r"(?:['’]s?)? ", self.text[place.end :])
            if not gap:
                return None
            origin, at = _within(place), place.end + gap.end()
        title = next((t for t in self.titles if t.start == at and not t.plural), None)
        if title is None:
            return None
        if origin is None:
            of = re.match(r" (?:of|for) (?:the )?", self.text[title.end :])
            inside = of and next((m for m in self.matches if m.start == title.end + of.end()), None)
            if not inside:
                tail = self.text[title.end : title.end + 1]
                return Office(title.title, title.kind, None, former) if tail in {",", ".", ";"} else None
            origin = _within(inside)
        if re.match(r",? [A-Z]", self.text[title.end :]) and self._names_next(title.end):
            return None  # "A, President B": the title belongs to the next name
        return Office(title.title, title.kind, origin, former)

    def _names_next(self, at: int) -> bool:
        gap = re.match(r",? ", self.text[at:])
        return any(m.start == at + (gap.end() if gap else 0) for p in self.people for m in p.mentions)

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
            if owner is None and not person.tenures:
                owner = self.home
            person.offices[index] = Office(office.title, office.kind, owner, office.former)
        person.offices = [o for o in person.offices if o.within is not None]
        if not person.offices and person.tenures:
            states = now or person.tenures[-1:]
            person.state = states[-1].within if states else None
        possessor = next((p for m in person.mentions if (p := self._possessor(m)) is not None), None)
        person.state = person.state or possessor

    def _possessor(self, mention: PersonMention) -> NamedNode | None:
        gap = re.search(r"['’]s $", self.text[max(0, mention.start - 3) : mention.start])
        place = self._place_by_end.get(mention.start - 3) if gap else None
        return _within(place) if place else None

    def _master(self, office: Office, person: Person) -> NamedNode | None:
        """An aide or spokesperson without a state works for the leader that the article names most."""
        word = office.title.split()[0].removesuffix("ial").casefold()  # presidential → president
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


def _within(match: NameMatch) -> NamedNode | None:
    """The state or organization that a name match means, if just one."""
    found = {
        s.entity.iri for s in match.senses if s.entity.kind in {"state", "organization"} and s.how != "summit"
    }
    return next(iter(found)) if len(found) == 1 else None


def _same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names may be one person's: equal, reversed, or one within the other with its last word."""
    if set(a) == set(b):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) > 1 and set(short) <= set(long) and (short[-1] == long[-1] or short[0] == long[0])
