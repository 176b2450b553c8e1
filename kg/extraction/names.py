"""The names that the reference graph knows, and where they stand in a text.

`Names` is built from the reference facts once and asked many times. It holds no rules of its own: that "Kenyan"
means Kenya, that Kazan lies in Russia and who was president when are facts of the graph.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.namespaces import ORG, RDF, RDFS, SKOS, SMT

Pairs = Callable[[NamedNode], Iterable[tuple[NamedNode, NamedNode | Literal]]]
"""For a predicate, all its (subject, object) pairs in the reference facts."""

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_GAP = re.compile(r"(?:[ \u00a0]|[-‑'’ʻʼ‘.&/]|\. |, (?=D\.?C)|\s)?")
_MAX_TOKENS = 9
_OWNERS = frozenset({"state", "organization"})


def fold(text: str) -> str:
    """Lower case without accents, for comparing names.

    >>> fold("Erdoğan"), fold("CÔTE"), fold("Łukasz")
    ('erdogan', 'cote', 'lukasz')
    """
    if text.isascii():
        return text.lower()
    text = text.translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae"}
    | dict.fromkeys("ʻʼʽ‘’ʾʿ`´", "'")
)


def normal_title(title: str) -> str:
    """A title for comparing: Secretary-General and Secretary General are one.

    >>> normal_title("Secretary-General")
    'secretary general'
    """
    return title.casefold().replace("-", " ")


def tokens(text: str) -> list[str]:
    """The folded words of a name.

    >>> tokens("Côte d'Ivoire"), tokens("U.S."), tokens("Jean-Claude Juncker")
    (['cote', 'd', 'ivoire'], ['us'], ['jean', 'claude', 'juncker'])
    """
    return [word.replace(".", "") for word in _TOKEN.findall(fold(text))]


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing of the reference graph: kind is state, place, organization or person."""

    kind: str
    iri: NamedNode
    label: str


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a name; how is name, demonym, prefix ('Sino-'), metonym ('Kremlin') or summit (a name of its summits)."""

    entity: Entity
    how: str
    form: str


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in a text, with every meaning it may have."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person's time in an office of a state or organization."""

    person: NamedNode
    office: NamedNode
    within: NamedNode
    kind: str
    title: str
    start: str
    end: str

    def covers(self, day: date | None) -> bool:
        """Whether the tenure may include the day, at the precision of its dates; no day is always covered."""
        if day is None:
            return True
        text = day.isoformat()
        return (not self.start or self.start <= text[: len(self.start)]) and (
            not self.end or self.end >= text[: len(self.end)]
        )


class Names:
    """An index of the names in the reference facts.

    `pairs` answers, for a predicate, all (subject, object) pairs; a dict of lists will do:

    >>> ru = NamedNode("https://w3id.org/summitry/id/state/RU")
    >>> facts = {RDF.type: [(ru, SMT.State)], RDFS.label: [(ru, Literal("Russia"))],
    ...          SMT.demonymAdjective: [(ru, Literal("Russian"))]}
    >>> names = Names(lambda predicate: facts.get(predicate, []))
    >>> [(m.text, m.senses[0].how) for m in names.find("Russian trade with Russia")]
    [('Russian', 'demonym'), ('Russia', 'name')]
    """

    def __init__(self, pairs: Pairs) -> None:
        self.entities: dict[NamedNode, Entity] = {}
        self._senses: dict[str, list[Sense]] = defaultdict(list)
        self._starts: dict[str, int] = defaultdict(int)
        self.state_of_place: dict[NamedNode, NamedNode] = {}
        self.capital_of: dict[NamedNode, NamedNode] = {}
        self.population: dict[NamedNode, int] = {}
        self.tenures: dict[NamedNode, list[Tenure]] = defaultdict(list)
        self.people: dict[frozenset[str], list[NamedNode]] = defaultdict(list)
        self.people_by_token: dict[str, set[NamedNode]] = defaultdict(set)
        self.officials: set[NamedNode] = set()
        self.forms: dict[NamedNode, list[frozenset[str]]] = defaultdict(list)
        self.surnames: dict[str, set[NamedNode]] = defaultdict(set)
        self.holders: dict[NamedNode, list[Tenure]] = defaultdict(list)
        self.offices: dict[tuple[str, NamedNode], NamedNode] = {}
        self.summiteers: set[NamedNode] = set()
        self.forums: set[NamedNode] = set()
        self.owner_of_title: dict[str, NamedNode] = {}
        self._load(pairs)

    def _load(self, pairs: Pairs) -> None:
        kinds = {
            SMT.State: "state",
            SMT.Place: "place",
            SMT.Organization: "organization",
            SMT.Leader: "person",
            SMT.Official: "person",
        }
        kind_of = {s: kinds[o] for s, o in pairs(RDF.type) if isinstance(o, NamedNode) and o in kinds}
        labels = {s: o.value for s, o in pairs(RDFS.label)}
        self.officials = {s for s, o in pairs(RDF.type) if o == SMT.Official}
        for node, kind in kind_of.items():
            self.entities[node] = Entity(kind, node, labels.get(node, ""))
        for how, predicate in (
            ("name", RDFS.label),
            ("name", SKOS.altLabel),
            ("demonym", SMT.demonymAdjective),
            ("demonym", SMT.demonymNoun),
            ("prefix", SMT.demonymPrefix),
            ("metonym", SMT.metonym),
            ("summit", SMT.summitName),
        ):
            for node, literal in pairs(predicate):
                entity = self.entities.get(node)
                if entity is not None:
                    self._add(entity, how, literal.value)
        self.summiteers = {node for node, _ in pairs(SMT.summitName)}
        self.forums = {node for node, kind in pairs(SMT.organizationKind) if kind == SMT.InformalForum}
        for place, within in pairs(SMT.inState):
            if isinstance(within, NamedNode):
                self.state_of_place[place] = within
        for state, city in pairs(SMT.capital):
            if isinstance(city, NamedNode):
                self.capital_of.setdefault(city, state)
                self.state_of_place.setdefault(city, state)
        for town, number in pairs(SMT.population):
            self.population[town] = int(number.value)
        self._load_offices(pairs, labels)

    def _load_offices(self, pairs: Pairs, labels: dict[NamedNode, str]) -> None:
        within = {s: o for s, o in pairs(ORG.postIn) if isinstance(o, NamedNode)}
        kinds: dict[NamedNode, list[str]] = defaultdict(list)
        for office, concept in pairs(SMT.officeKind):
            kinds[office].append(concept.value.rsplit("#", 1)[-1])
        start = {s: o.value for s, o in pairs(SMT["from"])}
        end = {s: o.value for s, o in pairs(SMT.until)}
        member = {s: o for s, o in pairs(ORG.member) if isinstance(o, NamedNode)}
        titles = {office: re.split(r" of | for ", labels.get(office, ""))[0] for office in within}
        for office, home in within.items():
            entity = self.entities.get(home)
            whole = re.sub(
                r" of (?:the )?$", "", labels.get(office, "").removesuffix(entity.label if entity else "")
            )
            if entity is not None and entity.kind == "state" and whole != labels.get(office, ""):
                titles[office] = whole  # "Secretary of State of the United States"
            self.offices[normal_title(titles[office]), home] = office
        held = {post for _, post in pairs(SMT.inOffice)}
        alone = [
            (normal_title(titles[office]), home) for office, home in within.items() if office not in held
        ]
        self.owner_of_title = {t: home for t, home in alone if sum(t == other for other, _ in alone) == 1}
        for node, post in pairs(SMT.inOffice):
            if not isinstance(post, NamedNode) or node not in member or post not in within:
                continue
            # An office that is head of state and of government is asked for as the former.
            kind = max(kinds[post], default="OtherOffice")
            tenure = Tenure(
                member[node], post, within[post], kind, titles[post],
                start.get(node, ""), end.get(node, ""),
            )  # fmt: skip
            self.tenures[tenure.person].append(tenure)
            self.holders[tenure.within].append(tenure)

    def _add(self, entity: Entity, how: str, form: str) -> None:
        words = tokens(form)
        if not words:
            return
        if words[0] == "the" and len(words) > 1:
            words = words[1:]
        if entity.kind == "person":
            self.people[frozenset(words)].append(entity.iri)
            self.forms[entity.iri].append(frozenset(words))
            for word in words:
                self.people_by_token[word].add(entity.iri)
            if len(words) < 2:
                return  # a lone given name or surname is decided in context, not here
            self.surnames[words[-1]].add(entity.iri)
            if len(words) == 2:  # Fumio Kishida is also Kishida Fumio
                self._sense(list(reversed(words)), Sense(entity, how, " ".join(reversed(form.split()))))
        self._sense(words, Sense(entity, how, form))

    def _sense(self, words: list[str], sense: Sense) -> None:
        key = " ".join(words)
        if all(s.entity != sense.entity or s.how != sense.how for s in self._senses[key]):
            self._senses[key].append(sense)
        self._starts[words[0]] = max(self._starts[words[0]], len(words))

    def city_state(self, state: NamedNode | None) -> NamedNode | None:
        """The capital of a state that goes by the name of its capital ("Singapore"), else None."""
        for city, of in self.capital_of.items():
            if of == state and city in self.entities and state in self.entities:
                names = self.entities[city].label.casefold(), self.entities[state].label.casefold()
                return city if names[0].startswith(names[1]) or names[1].startswith(names[0]) else None
        return None

    def find(self, text: str) -> Iterator[NameMatch]:
        """The names in a text, the longest first where they overlap, in order of place.

        A form such as "Indo-" counts only where another state or an organization follows ("Indo-French", not
        "Indo-Pacific").
        """
        waiting: list[NameMatch] = []
        for match in self._find(text):
            if waiting and not (
                match.start == waiting[-1].end + 1 and match.senses[0].entity.kind in _OWNERS
            ):
                waiting = []
            if all(s.how == "prefix" for s in match.senses):
                waiting.append(match)
                continue
            yield from waiting
            waiting = []
            yield match

    def _find(self, text: str) -> Iterator[NameMatch]:
        found = list(_TOKEN.finditer(text))
        folded = [fold(m.group()).replace(".", "") for m in found]
        i = 0
        while i < len(found):
            if not (found[i].group()[0].isupper() and folded[i] in self._starts):
                i += 1
                continue
            best: tuple[int, tuple[Sense, ...]] | None = None
            key = ""
            for j in range(i, min(len(found), i + min(_MAX_TOKENS, self._starts[folded[i]]))):
                if j > i:
                    gap = text[found[j - 1].end() : found[j].start()]
                    if not _GAP.fullmatch(gap):
                        break
                key = f"{key} {folded[j]}" if key else folded[j]
                surface = text[found[i].start() : found[j].end()]
                senses = tuple(s for s in self._senses.get(key, ()) if _cased_alike(s.form, surface))
                if senses:
                    best = (j, senses)
            if best is None:
                i += 1
                continue
            j, senses = best
            start, end = found[i].start(), found[j].end()
            if all(s.how == "prefix" for s in senses) and text[end : end + 1] not in {"-", "‑", "–"}:
                i += 1
                continue
            yield NameMatch(start, end, text[start:end], senses)
            i = j + 1

    def people_named(self, name: str) -> list[NamedNode]:
        """People whose label or other name has just these words, in any order (Kishida Fumio, Fumio Kishida)."""
        return sorted(set(self.people.get(frozenset(tokens(name)), [])), key=str)


def _cased_alike(form: str, surface: str) -> bool:
    """Acronyms match only in capitals ('US' is not 'us' or 'Us'); other names may also be in all capitals."""
    letters = [c for c in form if c.isalpha()]
    if len(letters) <= 6 and all(c.isupper() for c in letters):
        return all(c.isupper() for c in surface if c.isalpha())
    if surface.isupper() and len(surface) < 4:
        return False
    capitals = [w[0].isupper() for w in re.findall(r"[^\W\d_]+", form) if len(w) > 3]
    seen = [w[0].isupper() for w in re.findall(r"[^\W\d_]+", surface) if len(w) > 3]
    return len(capitals) != len(seen) or all(s or not c for c, s in zip(capitals, seen, strict=True))
