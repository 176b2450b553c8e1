"""Who is named in a text, and which public office the text (or the reference) gives them.

A name is found where a title precedes it, where the reference knows it, or where the entity recogniser sees a
person; its office is read from the words around it: "Kenyan President N.", "N., prime minister of X,",
"the minister of foreign affairs of X, N.", "his Zambian counterpart, N.".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from pyoxigraph import NamedNode

from kg.extraction import associates, ministries
from kg.extraction.identities import Identities, misspelling, same_title
from kg.extraction.lexicon import MASTERS, PARTICLES
from kg.extraction.name_spans import NOT_NAMES, NameSpans
from kg.extraction.names import NameMatch, Names, fold, normal_title, tokens
from kg.extraction.offices import OfficeReader
from kg.extraction.persons import Office, Person, PersonMention, find_titles, owner
from kg.extraction.titles import find_phrases


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
        proper: Iterable[int] = (),
        home_at: Callable[[int], NamedNode | None] | None = None,
    ) -> None:
        self.text = text
        self.names = names
        self.day = day
        self.home = home
        self.home_at = home_at or (lambda offset: home)
        self.matches = matches
        self.recognised = list(recognised)
        self.proper = set(proper)
        self.titles = find_titles(text)
        self.phrases = find_phrases(text, matches, self.titles)
        self.people: list[Person] = []
        self._offices = OfficeReader(text, matches, self.phrases, self.people)
        self._identities = Identities(names, day)

    def find(self) -> list[Person]:
        """The people, with their mentions and offices, in order of their first mention."""
        spans = NameSpans(
            self.text, self.names, self.matches, self.titles, self.phrases, self.recognised
        ).find()
        full = [s for s in spans if len(tokens(self.text[s[0] : s[1]])) > 1]
        for start, end in full:
            self._mention(start, end)
        self._couples(full)
        for start, end in spans:
            if (start, end) not in full:
                self._single(start, end)
        self._later_surnames()
        self._officials_by_surname()
        for person in self.people:
            person.mentions.sort(key=lambda m: m.start)
        self.people.sort(key=lambda p: p.mentions[0].start)
        # In order of place, since "his counterpart" holds the office that was told last.
        for mention in sorted((m for p in self.people for m in p.mentions), key=lambda m: m.start):
            self._read_office(mention.person, mention)
        states = self._states()
        for person in self.people:
            self._identities.link(person)
            if person.iri is None and not person.offices and len(person.words) == 1:
                whose = next(
                    (w for m in person.mentions if (w := self._offices.possessor(m)) is not None), None
                )
                person.iri = self._identities.in_office(
                    person.words[0], {whose} if whose else states, any_word=whose is not None
                )
                person.tenures = self.names.tenures[person.iri] if person.iri else []
        self._merge()
        self._offices.look_again()
        for mention in sorted((m for p in self.people for m in p.mentions), key=lambda m: m.start):
            self._read_office(mention.person, mention, again=True)
        # Those whom the reference knows first, since others may be their spokespeople.
        for person in sorted(
            self.people, key=lambda p: (p.iri is None, all(o.within is None for o in p.offices))
        ):
            self._complete(person)
        self._beside_leaders()
        return self.people

    def _beside_leaders(self) -> None:
        """Who is named by state alone ("N. of Mozambique") in one list with leaders of other states is one of them."""
        mentions = sorted((m for p in self.people for m in p.mentions), key=lambda m: m.start)
        for person in self.people:
            if person.public or person.state is None or len(person.words) < 2:
                continue
            first = person.mentions[0]
            at = mentions.index(first)
            for other, gap in (
                *(((mentions[at - 1], self._gap(mentions[at - 1], first)),) if at else ()),
                *(
                    ((mentions[at + 1], self._gap(first, mentions[at + 1])),)
                    if at + 1 < len(mentions)
                    else ()
                ),
            ):
                other_home = other.person.home
                if other.person.public and other_home not in {None, person.state} and _LISTED.fullmatch(gap):
                    person.listed = True

    def _gap(self, first: PersonMention, second: PersonMention) -> str:
        """The text between two names without the states that they are of."""
        start, end = max(first.end, first.title_end), min(second.start, second.title_start)
        text = self.text[start:end]
        for match in sorted(self.matches, key=lambda m: -m.start):
            if start <= match.start and match.end <= end and owner(match) is not None:
                head = re.sub(r"\b(?:of|from) (?:the )?$", "", text[: match.start - start])
                text = head + re.sub(r"^['’]s?", "", text[match.end - start :])
        return " ".join(text.split())

    # -- who they are --------------------------------------------------------------------------

    def _mention(self, start: int, end: int) -> None:
        words = tuple(tokens(self.text[start:end]))
        person = next((p for p in self.people if _same_name(p.words, words)), None)
        person = person or next((p for p in self.people if self._same_known(p, words)), None)
        if person is None:
            person = Person(self.text[start:end], words)
            self.people.append(person)
        elif len(words) > len(person.words):
            person.name, person.words = self.text[start:end], words
        self._add(person, start, end)

    def _same_known(self, person: Person, words: tuple[str, ...]) -> bool:
        """Whether two spellings are of one person of the reference, or one is the other misspelt."""
        if misspelling(person.words, words):
            return not (
                self.names.people.get(frozenset(words)) and self.names.people.get(frozenset(person.words))
            )
        mine = set(self.names.people.get(frozenset(words), []))
        return bool(mine) and mine == set(self.names.people.get(frozenset(person.words), []))

    def _add(self, person: Person, start: int, end: int) -> None:
        if all(m.start != start for m in person.mentions):
            person.mentions.append(PersonMention(start, end, start, end, person))

    def _single(self, start: int, end: int) -> None:
        word = tokens(self.text[start:end])[0]
        bearers = [p for p in self.people if word in p.words]
        if len(bearers) > 1:
            bearers = self._weighty(bearers)
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

    def _couples(self, full: list[tuple[int, int]]) -> None:
        """ "Ana and Luis Vargas": where the reference knows an Ana Vargas, she is named too."""
        for start, end in full:
            words = self.text[start:end].split()
            before = re.search(
                r"(?<![\w'’-])([A-ZÀ-Þ][\w’-]+) (?:and|&) $", self.text[max(0, start - 30) : start]
            )
            if before is None or len(words) < 2:
                continue
            name = f"{before[1]} {words[-1]}"
            if not self.names.people_named(name):
                continue
            at = start - len(before.group())
            person = next((p for p in self.people if p.words == tuple(tokens(name))), None)
            if person is None:
                person = Person(name, tuple(tokens(name)))
                self.people.append(person)
            self._add(person, at, at + len(before[1]))

    def _later_surnames(self) -> None:
        """Bare surnames that neither a title nor the recogniser marked."""
        taken = sorted((m.start, m.end) for p in self.people for m in p.mentions)
        taken += [(m.start, m.end) for m in self.matches]
        by_word: dict[str, list[Person]] = {}
        for person in self.people:
            for word in (person.words[0], person.words[-1], *self._bynames(person)):
                if len(word) > 1 and person not in by_word.setdefault(word, []):
                    by_word[word].append(person)
        for found in re.finditer(r"[^\W\d_][\w’-]*", self.text):
            word = found.group().removesuffix("’s")
            if not word[0].isupper() or fold(word) not in by_word or fold(word) in PARTICLES | NOT_NAMES:
                continue
            start, end = found.start(), found.start() + len(word)
            if any(s < end and start < e for s, e in taken):
                continue
            people = self._weighty(by_word[fold(word)])
            before = [p for p in people if p.mentions[0].start < start] or people
            self._add(
                max(before, key=lambda p: max((m.start for m in p.mentions if m.start < start), default=-1)),
                start,
                end,
            )

    def _bynames(self, person: Person) -> list[str]:
        """The middle names that the reference has as a name of its own for the person."""
        known = set(self.names.people_named(person.name))
        return [w for w in person.words[1:-1] if known & set(self.names.people.get(frozenset({w}), ()))]

    def _weighty(self, bearers: list[Person]) -> list[Person]:
        """Of people with one surname those who have a title or whom the reference knows, if there are any."""
        return [
            p for p in bearers
            if self.names.people_named(p.name) or any(self._offices.titled(m.start) for m in p.mentions)
        ] or bearers  # fmt: skip

    def _states(self) -> set[NamedNode]:
        """The states and organizations that the text names, those of its cities too."""
        out = {s for m in self.matches if (s := owner(m)) is not None} | ({self.home} if self.home else set())
        for match in self.matches:
            places = {s.entity.iri for s in match.senses if s.entity.kind == "place"}
            out |= {self.names.capital_of[p] for p in places if p in self.names.capital_of}
        return out

    def _officials_by_surname(self) -> None:
        """Those whom the text calls by surname alone, in office that day in a state that it names."""
        states = self._states()
        taken = [(m.start, m.end) for m in self.matches] + [
            (m.start, m.end) for p in self.people for m in p.mentions
        ]
        found: dict[NamedNode, list[tuple[int, int]]] = {}
        for match in re.finditer(r"(?<![\w’'-])[A-ZÀ-Þ][\w’-]{2,}(?![\w-])(?! [A-ZÀ-Þ])", self.text):
            word = match.group().removesuffix("’s")
            start, end = match.start(), match.start() + len(word)
            if fold(word) not in self.names.surnames or any(s < end and start < e for s, e in taken):
                continue
            if re.search(r"[A-ZÀ-Þ][\w’-]+\.? $", self.text[max(0, start - 15) : start]):
                continue  # the end of a longer name that is somebody else's
            who = self._identities.in_office(fold(word), states)
            if who is not None:
                found.setdefault(who, []).append((start, end))
        for who, spans in found.items():
            if len(spans) < 2 and spans[0][0] not in self.proper:
                continue
            label = self.text[spans[0][0] : spans[0][1]]
            person = Person(label, (fold(label),), iri=who, tenures=self.names.tenures[who])
            self.people.append(person)
            for start, end in spans:
                self._add(person, start, end)

    def _merge(self) -> None:
        """One person for each person of the reference."""
        first: dict[NamedNode, Person] = {}
        for person in list(self.people):
            if person.iri is None or (other := first.setdefault(person.iri, person)) is person:
                continue
            for mention in person.mentions:
                mention.person = other
            other.mentions = sorted([*other.mentions, *person.mentions], key=lambda m: m.start)
            other.offices += [o for o in person.offices if o not in other.offices]
            if len(person.words) > len(other.words):
                other.name, other.words = person.name, person.words
            self.people.remove(person)

    # -- which office --------------------------------------------------------------------------

    def _read_office(self, person: Person, mention: PersonMention, again: bool = False) -> None:
        """Read the offices at a mention; again, with the people known, for those that a pronoun gives an owner."""
        for office in self._offices.read(person, mention):
            if again:
                old = next((o for o in person.offices if o.title == office.title and o.within is None), None)
                if (
                    old is not None
                    and old.hint is None
                    and (office.hint is not None or office.within is not None)
                ):
                    person.offices[person.offices.index(old)] = office
                continue
            known = {(o.title, o.within) for o in person.offices}
            if (office.title, office.within) in known:
                continue
            if office.within is None and any(o.title == office.title for o in person.offices):
                continue
            person.offices = [o for o in person.offices if not (o.title == office.title and o.within is None)]
            person.offices.append(office)

    def _complete(self, person: Person) -> None:
        """Give an office without an owner the owner that the reference or the article's setting gives."""
        now = [t for t in person.tenures if t.covers(self.day)]
        for index, office in enumerate(person.offices):
            if office.within is not None:
                continue
            person.offices[index] = Office(
                office.title, office.kind, self._owner(person, office), office.former
            )
        known = {t.within for t in person.tenures}
        person.ownerless = [o for o in person.offices if o.within is None and not o.vague and not o.former]
        person.offices = [
            o for o in person.offices if o.within is not None and not (o.vague and o.within in known)
        ]
        if not person.offices and person.tenures:
            states = now or person.tenures[-1:]
            person.state = states[-1].within if states else None
        possessor = next((p for m in person.mentions if (p := self._offices.possessor(m)) is not None), None)
        person.state = person.state or possessor

    def _owner(self, person: Person, office: Office) -> NamedNode | None:
        now = [t for t in person.tenures if t.covers(self.day)]
        for tenure in (*now, *person.tenures):
            if same_title(tenure, office.title):
                return tenure.within
        if office.hint is not None:
            return office.hint
        lone = self.names.owner_of_title.get(normal_title(office.title))
        if lone is not None:
            return lone
        if office.kind in {"Aide", "Spokesperson"} and (not office.ministry or office.ministry in MASTERS):
            return self._master(office, person)
        if person.tenures and (now or office.kind not in _OF_BODIES):
            homes = {t.within for t in now or person.tenures}
            return next(iter(homes)) if len(homes) == 1 else None
        # "The foreign minister" of no state that is named is that of the state in which the story is written.
        first = min((m.title_start for m in person.mentions), default=0)
        whose = (
            self._beside(person, office)
            or self._where(first)
            or associates.home_of(self.text, person, office, self.people, self.matches)
        )
        whose = whose or ministries.owner_before(self.text, office, first, self.matches, self.names)
        whose = whose or associates.other_of_two(person, office, self.people, self._named_states())
        stays = not office.shared and office.kind != "Ambassador"
        return whose or (self._at_home(office, self.home_at(first)) if stays else None)

    def _named_states(self) -> set[NamedNode]:
        """The states that the text names."""
        return {
            s.entity.iri
            for m in self.matches
            for s in m.senses
            if s.entity.kind == "state" and owner(m) is not None
        }

    def _at_home(self, office: Office, state: NamedNode | None) -> NamedNode | None:
        """The state of the story, unless it has no such office: a prime minister in a capital of presidents is a guest."""
        offices = self.names.offices
        if office.title == "Foreign Minister" and ("secretary of state", state) in offices:
            return None
        other = ("prime minister", state) not in offices and ("president", state) in offices
        if office.title == "Vice President" and ("president", state) not in offices:
            return None
        return None if office.title == "Prime Minister" and other else state

    def _where(self, start: int) -> NamedNode | None:
        """ "to Washington, where President N. receives him": of the state of that capital."""
        before = re.search(r", where (?:the )?$", self.text[max(0, start - 14) : start])
        if before is None:
            return None
        end = start - len(before.group())
        for match in self.matches:
            if match.end == end:
                states = {
                    self.names.capital_of[s.entity.iri]
                    for s in match.senses
                    if s.entity.iri in self.names.capital_of
                }
                return next(iter(states)) if len(states) == 1 else None
        return None

    def _beside(self, person: Person, office: Office) -> NamedNode | None:
        """Royal couples and the like: "Belgian King N. and Queen M."."""
        if office.title not in _COUPLES | {"Crown Prince"}:
            return None
        first = min(person.mentions, key=lambda m: m.start)
        for other in (p for p in self.people if p is not person):
            if any(o.title == office.title for o in other.offices):
                continue  # "King A and Bahraini King B" are no couple
            for mention in other.mentions:
                between = {
                    self.text[mention.end : first.title_start],
                    self.text[first.end : mention.title_start],
                }
                between |= {f" {self._gap(mention, first)} ", f" {self._gap(first, mention)} "}
                if between & {" and ", " and his wife, ", ", ", " and his queen, "}:
                    return other.home
        royal = {
            o.home
            for o in self.people
            if o is not person
            and any(f.title in _COUPLES | {"Crown Prince"} and f.within is not None for f in o.offices)
        }
        return next(iter(royal)) if len(royal) == 1 and not person.tenures else None

    def _master(self, office: Office, person: Person) -> NamedNode | None:
        """An aide or spokesperson without a state works for the leader that the article names most."""
        kind = MASTERS.get(office.ministry)
        if office.title.startswith("presidential"):
            kind = "HeadOfState"
        leaders = [
            p for p in self.people if p is not person and p.home is not None
            if ({o.kind for o in p.offices} | {t.kind for t in p.tenures if t.covers(self.day)})
            & ({kind} if kind else {"HeadOfState", "HeadOfGovernment"})
            and not (office.ministry == "papal" and "Pope" not in p.titles)
        ]  # fmt: skip
        if not leaders:
            return None
        counts = sorted({len(p.mentions) for p in leaders}, reverse=True)
        top = [p for p in leaders if len(p.mentions) == counts[0]]
        return top[0].home


# Kinds of office that are as often of an organization as of a state.
_OF_BODIES = frozenset({"OrganizationHead", "OtherOffice", "Ambassador"})
_LISTED = re.compile(
    r"(?:,|and|, and|, as well as|as well as|met|meets|has met|having met|joined|joining|received|sees|saw|,? who (?:met|received|saw)|together with|alongside)"
)
_COUPLES = frozenset({"Queen", "Princess", "Prince", "King", "Crown Princess", "Empress"})


def _same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names may be one person's: equal, reversed, or one within the other with its last word."""
    if set(a) == set(b):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) > 1 and set(short) <= set(long) and (short[-1] == long[-1] or short[0] == long[0])
