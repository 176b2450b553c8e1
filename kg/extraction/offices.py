"""Which office the words around a name give to a person."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from kg.extraction.lexicon import FORMER, TITLE_MODIFIERS
from kg.extraction.names import NameMatch, fold
from kg.extraction.persons import Office, Person, PersonMention, TitleSpan, owner


class OfficeReader:
    """Reads offices in one text, whose people have been found."""

    def __init__(
        self, text: str, matches: list[NameMatch], titles: list[TitleSpan], people: list[Person]
    ) -> None:
        self.text = text
        self.matches = matches
        self.titles = titles
        self.people = people
        self._title_by_end = {t.end: t for t in titles}
        self._place_by_end = {
            m.end: m for m in matches if any(s.entity.kind in {"state", "organization"} for s in m.senses)
        }

    def read(self, person: Person, mention: PersonMention) -> Office | None:
        """The office that the text gives a person at a mention; the mention then covers the title too."""
        return self._before(person, mention) or self._after(mention)

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
                    origin = owner(place)
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
                return owner(place), start, former
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
        place = next((m for m in self.matches if m.start == at and owner(m) is not None), None)
        origin = None
        if place is not None:
            gap = re.match(r"(?:['’]s?)? ", self.text[place.end :])
            if not gap:
                return None
            origin, at = owner(place), place.end + gap.end()
        title = next((t for t in self.titles if t.start == at and not t.plural), None)
        if title is None:
            return None
        if origin is None:
            of = re.match(r" (?:of|for) (?:the )?", self.text[title.end :])
            inside = of and next((m for m in self.matches if m.start == title.end + of.end()), None)
            if not inside:
                tail = self.text[title.end : title.end + 1]
                return Office(title.title, title.kind, None, former) if tail in {",", ".", ";"} else None
            origin = owner(inside)
        if re.match(r",? [A-Z]", self.text[title.end :]) and self._names_next(title.end):
            return None  # "A, President B": the title belongs to the next name
        return Office(title.title, title.kind, origin, former)

    def _names_next(self, at: int) -> bool:
        gap = re.match(r",? ", self.text[at:])
        return any(m.start == at + (gap.end() if gap else 0) for p in self.people for m in p.mentions)

    def possessor(self, mention: PersonMention) -> NamedNode | None:
        """The state before a name: "Canada's N."."""
        gap = re.search(r"['’]s $", self.text[max(0, mention.start - 3) : mention.start])
        place = self._place_by_end.get(mention.start - 3) if gap else None
        return owner(place) if place else None
