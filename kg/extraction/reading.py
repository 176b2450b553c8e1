"""One article as it was read: the parse, the names, people, places and times in it, and who "he" is.

Rules ask a Reading what stands at a word; they never look names up themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.extraction import homonyms, localities, relative_days
from kg.extraction.dates import TimeExpression, find_durations, find_times
from kg.extraction.grammar import VERBAL
from kg.extraction.names import Entity, NameMatch, Names
from kg.extraction.people import PeopleFinder
from kg.extraction.persons import Person, PersonMention
from kg.extraction.places import Placed, PlaceFinder
from kg.extraction.scenes import Scene, find_scenes, scene_at, state_of_office

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extraction.candidates import Candidate


_NOMINAL = frozenset({"nsubj", "nsubjpass", "poss", "dobj", "pobj", "conj", "agent"})
# Nouns that take up a state or a town told before.
_LAND_NOUNS = frozenset({"country", "kingdom", "republic", "nation", "archipelago", "emirate", "sultanate"})
_NAMED_TOWNS = frozenset({"town", "city", "village", "resort", "port", "capital", "island"})
_TOWN_NOUNS = frozenset({"town", "city", "village"})


@dataclass(frozen=True, slots=True)
class Note:
    """What a rule did at a place of the text, for `--explain`: fired, dropped or joined to another, and why."""

    rule: str
    start: int
    end: int
    outcome: str
    why: str = ""
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format that the text makes up of several ("US-Nordic"): its name, and others it may go by."""

    label: str
    others: tuple[str, ...]


@dataclass(slots=True)
class Setting:
    """What is known of the article besides its text: the day it is seen from, and where it is written."""

    day: date | None = None
    place: Placed | None = None
    speaks_for: NamedNode | None = None  # the state whose office published it


@dataclass
class Reading:
    """Everything that the rules can ask about an article."""

    text: str
    doc: Doc
    names: Names
    setting: Setting
    matches: list[NameMatch]
    people: list[Person]
    places: PlaceFinder
    times: list[TimeExpression]
    durations: list[tuple[int, int, int]]
    notes: list[Note] = field(default_factory=list)
    formats: dict[NamedNode, Format] = field(default_factory=dict)
    scenes: list[Scene] = field(default_factory=list)
    words: list[Token] = field(
        default_factory=list
    )  # of the doc, which makes them anew each time it is walked
    _person_at: dict[int, PersonMention] = field(default_factory=dict)
    _time_roots: dict[tuple[int, int], tuple[Token | None, int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, text: str, doc: Doc, names: Names, day: date | None, dateline: str | None = None,
        publisher: str | None = None,
    ) -> Reading:  # fmt: skip
        """Find names, people, places and times in a parsed text, seen from a day (and a dateline city)."""
        matches = homonyms.without_parts(text, doc, names.find(text))
        recognised = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PERSON"]
        unknown = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "GPE"]
        places = PlaceFinder(text, names, matches, unknown)
        scenes = find_scenes(text, places, dateline, day)
        where = scenes[0].place
        words = list(doc)
        proper = [t.idx for t in words if t.pos_ == "PROPN" and t.dep_ in _NOMINAL]
        office = state_of_office(publisher, names)
        home = where.state if where else office

        guessed = dateline is None and where is not None and where.end <= text.find("\n\n")

        def home_at(offset: int) -> NamedNode | None:
            place = scene_at(scenes, offset).place
            if guessed and place == where:  # the city of a headline is as often where somebody goes
                place = None
            return place.state if place is not None else office

        finder = PeopleFinder(text, names, matches, recognised, day, home, proper, home_at)
        people = finder.find()
        if where is None and office is None:
            town = localities.find(text, places, matches, people)
            if town is not None:
                where = town
                scenes[0] = Scene(0, town, scenes[0].day, local=True)
        places.without([(m.start, m.end) for p in people for m in p.mentions])
        times = find_times(text, day, [(s.start, s.day) for s in scenes])
        times = homonyms.no_surnames(text, times, people)
        times = relative_days.framed(text, times, scenes[0].day)
        hanging = relative_days.find(text, times)
        times = [t for t in times if all(t.end <= h.start or h.end <= t.start for h in hanging)]
        reading = cls(
            text, doc, names, Setting(scenes[0].day, where, office), matches, people, places,
            sorted([*times, *hanging], key=lambda t: t.start), find_durations(text), scenes=scenes, words=words,
        )  # fmt: skip
        for person in people:
            for mention in person.mentions:
                span = doc.char_span(
                    mention.title_start, max(mention.end, mention.title_end), alignment_mode="expand"
                )
                for token in span or ():
                    reading._person_at[token.i] = mention
        return reading

    def scene_at(self, offset: int) -> Placed | None:
        """Where the part of the text is written that an offset lies in: its dateline, or that of the whole."""
        return scene_at(self.scenes, offset).place

    # -- what stands at a word -----------------------------------------------------------------

    def person_at(self, token: Token) -> PersonMention | None:
        """The mention that covers a word, its title included."""
        return self._person_at.get(token.i)

    def state_at(self, token: Token) -> NamedNode | None:
        """The state that a word names, by name or demonym."""
        return self.places.state_at(token.idx)

    def organization_at(self, token: Token) -> Entity | None:
        """The organization that a word is part of the name of."""
        for match in self.matches:
            if match.start <= token.idx < match.end:
                found = [s.entity for s in match.senses if s.entity.kind == "organization"]
                if found and not self.person_at(token):
                    return found[0]
        return None

    def place_at(self, token: Token) -> Placed | None:
        """The place or state that a noun names as a location; "here" is the dateline."""
        if token.lower_ == "here":
            return self.scene_at(token.idx)
        if token.lower_ == "there" and token.dep_ != "expl":
            return self.place_before(token)
        if self.person_at(token) is not None:
            return None
        found = self.places.at(token.idx)
        if found is None and token.pos_ in {"PROPN", "NOUN"}:
            for child in token.children:  # "Beijing's Great Hall": the city that owns the building
                if child.dep_ in {"compound", "poss", "nmod"} and child.i < token.i and child.pos_ == "PROPN":
                    found = found or self.places.at(child.idx)
        return found or (self._described(token) if token.pos_ == "NOUN" else None)

    def _described(self, token: Token) -> Placed | None:
        """ "the Thai capital", "the country", "in town": a place told by a noun that is no name."""
        lemma, span = token.lemma_.casefold(), (token.idx, token.idx + len(token))
        words = [c for c in token.children if c.dep_ in {"amod", "compound", "poss", "nmod", "prep"}]
        if lemma in _NAMED_TOWNS:  # "the capital city of X", "the resort of X"
            for of in (c for c in words if c.lower_ == "of"):
                for name in of.children:
                    placed = self.places.at(name.idx) if name.dep_ == "pobj" else None
                    if placed is not None and not placed.known_state:
                        return placed
        if lemma == "capital":
            states = [s for c in words for w in [c, *c.children] if (s := self.state_at(w)) is not None]
            if not states and not words:
                before = self._told_before(token)
                states = [before.state] if before is not None and before.state is not None else []
            city = next((c for c, of in self.names.capital_of.items() if states and of == states[0]), None)
            if city is not None and city in self.names.entities:
                return Placed(*span, self.names.entities[city].label, city, states[0])
        elif words or (not any(c.lower_ in {"the", "this"} for c in token.children) and lemma != "town"):
            return None
        elif lemma in _LAND_NOUNS:
            before = self._told_before(token)
            if before is not None and before.state is not None:
                return Placed(*span, "", None, before.state, known_state=True)
        elif lemma in _TOWN_NOUNS:
            before = self._told_before(token)
            town = before if before is not None and not before.known_state else self.scene_at(token.idx)
            if town is not None and town.state is not None and not town.known_state:
                return Placed(*span, town.label, town.place, town.state)
        return None

    def _told_before(self, token: Token) -> Placed | None:
        """The place told last before a word in its sentence or the one before, else the scene."""
        first = token.sent.start
        low = self.doc[first - 1].sent.start_char if first else 0
        told = [p for p in self.places.mentioned() if low <= p.start < token.idx and p.state is not None]
        titles = [(m.title_start, max(m.end, m.title_end)) for p in self.people for m in p.mentions]
        told = [p for p in told if not any(s <= p.start < e for s, e in titles)]
        return told[-1] if told else self.scene_at(token.idx)

    def place_before(self, token: Token) -> Placed | None:
        """The place that "there" takes up: the town told last before it, in this sentence or the one before."""
        paragraph = self.text.rfind("\n\n", 0, token.idx) + 1
        first = token.sent.start
        told: list[Placed] = []
        for _ in range(2):  # a sentence without a place does not change where "there" is
            low = self.doc[first - 1].sent.start_char if first else 0
            told = [p for p in self.places.mentioned() if low <= p.start < token.idx]
            if told or low <= paragraph or not first:
                break
            first = self.doc[first - 1].sent.start
        towns = [p for p in told if p.place is not None]
        return (towns or told)[-1] if told else None

    def where(self, verb: Token) -> Placed | None:
        """The place that a clause with "where" or "there" describes: "flew to X, where he met N."."""
        for child in verb.children:
            if child.lower_ == "there" and child.dep_ in {"advmod", "pobj"}:
                return self.place_before(child)
        clause = verb
        while clause.dep_ in {"conj", "xcomp"} and clause.head.pos_ in VERBAL:
            clause = clause.head
        if any(c.lower_ == "where" for c in clause.children):
            heads = [clause.head, *clause.head.children] if clause.dep_ in {"relcl", "advcl"} else []
            for head in heads:
                if head.i < clause.i and (placed := self.place_at(head)) is not None:
                    return placed
            word = next(c for c in clause.children if c.lower_ == "where")
            return self.place_before(word)
        return None

    def capital(self, placed: Placed) -> bool:
        """Whether a place is the capital of its state."""
        return placed.place in self.names.capital_of

    # -- times -----------------------------------------------------------------------------------

    def times_of(self, token: Token) -> list[TimeExpression]:
        """The expressions of time that say when a verb or event noun is, by the parse, nearest first."""
        out = []
        sentence = token.sent.start
        for time in self.times:
            root, start = self._root_of(time)
            if root is None or start != sentence:
                continue
            distance = self._reaches(root, token)
            if distance is not None:
                out.append((distance, time))
        return [t for _, t in sorted(out, key=lambda pair: (pair[0], pair[1].start))]

    def _root_of(self, time: TimeExpression) -> tuple[Token | None, int]:
        """The head of the words of a time, and where its sentence starts; asked again and again, found once."""
        found = self._time_roots.get((time.start, time.end))
        if found is None:
            span = self.doc.char_span(time.start, time.end, alignment_mode="expand")
            found = (None, -1) if span is None else (span.root, span.root.sent.start)
            self._time_roots[time.start, time.end] = found
        return found

    def times_at(self, token: Token) -> bool:
        """Whether a word is part of an expression of time."""
        return any(t.start <= token.idx < t.end for t in self.times)

    def _reaches(self, root: Token, token: Token) -> int | None:
        steps, current, crossed = 0, root, 0
        chain = {token.i}
        verb = token
        while (
            verb.dep_
            in {
                "xcomp",
                "pobj",
                "dobj",
                "prep",
                "acomp",
                "attr",
                "pcomp",
                "advcl",
                "nsubjpass",
                "nsubj",
                "agent",
            }
            and verb.head.i != verb.i
        ):
            if verb.pos_ in VERBAL and verb.dep_ == "advcl" and verb.tag_ not in {"VB", "VBG"}:
                break
            if (
                verb.dep_ == "pcomp"
                and verb.head.lower_ in {"after", "before"}
                and self.text[: verb.head.idx].endswith(
                    (" week ", " weeks ", " day ", " days ", " month ", " months ", " year ", " years ")
                )
            ):
                break  # "a week after receiving N.": not the day of what came later
            verb = verb.head
            chain.add(verb.i)
            if verb.pos_ in VERBAL and verb.dep_ not in {"xcomp"}:
                break
        while True:
            if current.i in chain:
                return steps + crossed
            if current.head.i == current.i:
                return None
            if current.pos_ in VERBAL and current != root:
                crossed += 5
                if current.dep_ in {"ccomp", "relcl", "conj", "acl", "advcl"}:
                    return None
            current = current.head
            steps += 1
            if steps > 8:
                return None

    def duration_of(self, token: Token) -> tuple[int, int, int] | None:
        """A duration that describes an event noun ("two-day visit", "visit of three days") or follows a verb."""
        for start, end, days in self.durations:
            span = self.doc.char_span(start, end, alignment_mode="expand")
            if span is None or span.root.sent.start != token.sent.start:
                continue
            head = span.root
            for _ in range(3):
                if head.i == token.i:
                    return start, end, days
                if head.dep_ == "prep" and head.lower_ not in {"of", "for", "lasting"}:
                    break  # "the second journey in a week"
                if head.dep_ not in {
                    "compound",
                    "amod",
                    "nummod",
                    "nmod",
                    "pobj",
                    "prep",
                    "poss",
                    "npadvmod",
                }:
                    break
                head = head.head
            if head.i == token.i:
                return start, end, days
        return None

    # -- notes -----------------------------------------------------------------------------------

    def note(self, rule: str, tokens: Iterable[Token], outcome: str, why: str = "") -> None:
        """Keep what a rule did, for `--explain`."""
        spans = [(t.idx, t.idx + len(t)) for t in tokens]
        self.notes.append(Note(rule, min(s for s, _ in spans), max(e for _, e in spans), outcome, why))

    def drop(self, candidate: Candidate, why: str, outcome: str = "dropped") -> None:
        """Keep that a candidate goes no further, and why, for `--explain`."""
        self.notes.append(Note(candidate.rule, candidate.start, candidate.end, outcome, why, candidate))
