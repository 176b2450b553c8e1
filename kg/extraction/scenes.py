"""Where and when the parts of a text are written from: its dateline, those of a bulletin's stories, and headings of places.

"Here", "in town" and "arrived on Monday" mean the scene of the part that they stand in.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from pyoxigraph import NamedNode

from kg.articles.datelines import find_dateline
from kg.extraction.names import Names
from kg.extraction.places import Placed, PlaceFinder
from kg.extraction.time_words import WEEKDAYS

_MARKS = re.compile(r"(?:[*#_>•–-]+ ?)*")
# What an office of a state calls itself; newspapers name states too ("… Times"), but do not speak for them.
_OFFICE = re.compile(
    r"\b(?:ministry|ministère|presiden(?:cy|tial)|president of|government|office of|press office|press service|embassy|cabinet|"
    r"state department|department of (?:state|foreign)|foreign (?:office|affairs)|prime minister|royal (?:court|palace)|state house|chancellery)\b",
    re.IGNORECASE,
)
# The weekday of a dateline: CORK, Friday. … or Cork (Tuesday) – …
_WEEKDAY_LINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*){0,2})(?:, [A-ZÀ-Þ][\w ]{2,24})?(?:, | \()"
    r"(?P<day>(?i:mon|tues|wednes|thurs|fri|satur|sun)day)\)?(?: ?[-–—]{1,2} |[.:] )(?=\W?[A-ZÀ-Þ])"
)
_OPENING = 400
_HEADING = 70
_LEAD = 900
_INTO = re.compile(r"\b(?:in|to|into|across|around|through)(?: the)?(?: [a-z]+(?:ern)?)? $")


@dataclass(frozen=True, slots=True)
class Scene:
    """A part of a text from an offset on: where it is written, and the day that it is seen from."""

    start: int
    place: Placed | None
    day: date | None
    local: bool = False  # a village that the story is about, not where reporters write from


def find_scenes(text: str, places: PlaceFinder, dateline: str | None, day: date | None) -> list[Scene]:
    """The parts of a text, in order; the first is the whole, where no other begins."""
    whole = Scene(0, _whole(text, places, dateline), day)
    out = [whole]
    first = True
    for start, end in _paragraphs(text):
        at = start + len(_MARKS.match(text, start).group())  # type: ignore[union-attr]
        if "\n" not in text[start:end] and _is_heading(text[start:end]):
            place = _only_place(text, at, end, places)
            if not first:
                out.append(Scene(start, place or whole.place, day))
        else:
            weekday = _WEEKDAY_LINE.match(text, at)
            if weekday is not None and weekday.end() <= end:
                placed = places.named(weekday["place"]) or _unknown_town(text, places, weekday["place"], at)
                seen = _weekday(weekday["day"], day)
                if placed is not None and placed.state is not None:
                    if whole.place is None and len(out) == 1 and start < _OPENING:
                        out[0] = whole = Scene(0, placed, seen)
                    else:
                        out.append(Scene(start, placed, seen))
                    first = False
                    continue
            found = find_dateline(text, at, day, alone=False)
            if found is not None and found.city is not None and found.end <= end:
                place = places.named(found.city)
                if place is not None and place != whole.place:
                    out.append(Scene(start, place, found.day or day))
        first = False
    return out


def scene_at(scenes: list[Scene], offset: int) -> Scene:
    """The part of a text that an offset lies in."""
    return next(s for s in reversed(scenes) if s.start <= offset or s is scenes[0])


def _weekday(name: str, day: date | None) -> date | None:
    """The day of a dateline that gives only a weekday: the last such day before the text came out."""
    return day and day - timedelta(days=(day.weekday() - WEEKDAYS.index(name.casefold())) % 7)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[^\n](?:[^\n]|\n(?!\n))*", text)]


def _is_heading(line: str) -> bool:
    """Whether a line of its own is a heading: short, and no sentence."""
    return len(line) <= _HEADING and not re.search(r"[.!?]\W*$", line.strip()) and ":" not in line[:-3]


def _only_place(text: str, start: int, end: int, places: PlaceFinder) -> Placed | None:
    """The place that fills a heading: "**Lagos**", "## Accra, Ghana"."""
    placed = places.at(start)
    rest = text[placed.end : end] if placed is not None and placed.start == start else "none"
    rest = re.sub(r"[*#_:\s]+", " ", rest).strip()
    other = places.at(end - 1 - (len(text[start:end]) - len(text[start:end].rstrip("*#_: "))))
    if rest.startswith(",") and placed is not None and other is not None and other.state == placed.state:
        return placed
    return placed if not rest else None


def _whole(text: str, places: PlaceFinder, dateline: str | None) -> Placed | None:
    if dateline is None:
        return _headline_city(text, places)
    return places.named(dateline) or _unknown_town(text, places, dateline)


def _unknown_town(text: str, places: PlaceFinder, dateline: str, start: int = 0) -> Placed | None:
    """A town of the dateline that no reference knows: it lies in the state that the lead puts its people in."""
    told = [
        p
        for p in places.mentioned()
        if start <= p.start < start + _LEAD and p.state is not None and _INTO.search(text[: p.start])
    ]
    counts: Counter[NamedNode] = Counter(p.state for p in told if p.state is not None)
    named = {p.state for p in told if p.known_state}
    best = counts.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1] and len(named) != 1):
        return None
    state = next(iter(named)) if len(named) == 1 and None not in named else best[0][0]
    return places.learn(dateline, state) if state is not None else None


def _headline_city(text: str, places: PlaceFinder) -> Placed | None:
    """The one city that a headline names: where the text has no dateline, it is where the news is."""
    headline, gap, _ = text.partition("\n\n")
    if not gap or len(headline) > 200:
        return None
    cities = {
        p.place: p
        for p in places.mentioned()
        if p.start < len(headline)
        and p.place is not None
        and not text[: p.start].endswith((" from ", " From "))
    }
    return next(iter(cities.values())) if len(cities) == 1 else None


def state_of_office(publisher: str | None, names: Names) -> NamedNode | None:
    """The state that a publisher speaks for, if it is an office of one: "Ministry of Foreign Affairs, Colombo"."""
    if publisher is None or not _OFFICE.search(publisher):
        return None
    for match in names.find(publisher):
        for sense in match.senses:
            if sense.entity.kind == "state":
                return sense.entity.iri
            if sense.entity.iri in names.capital_of:
                return names.capital_of[sense.entity.iri]
    return None
