"""Small towns that no reference knows, in stories of local newspapers: "Tinahely still talks about the day the president came".

Without a dateline the story is in the village that it is about, and that lies in the state of those who are at home in
the story: most of the leaders and towns that it names besides the guest's own.
"""

from __future__ import annotations

import re
from collections import Counter

from pyoxigraph import NamedNode

from kg.extraction.names import NameMatch
from kg.extraction.persons import Person
from kg.extraction.places import Placed, PlaceFinder

_TOWN = re.compile(
    r"\b(?:in|to|of|at|through|near|from|for|into|around) (?P<name>[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ](?: [A-ZÀ-Þ][\w-]+)?)(?=[\s,.;:’'])"
)
_LOCAL = re.compile(
    r"\b(?:village|parish|hamlet|town|townland|valley|here|locals?|villagers|townspeople|our)\b"
)
_NO_TOWN = re.compile(
    r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|^(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Christmas|Easter|Mass|Main|Parliament|Parliament|Catholic|Christian|English|Street|State|The|Mr|Mrs|President|King|Queen|God|Father|Mayor|Sir|Lord)\b"
)
_OPENING = 900
# By how much the state must be ahead of any other.
_AHEAD = 2


def find(text: str, places: PlaceFinder, matches: list[NameMatch], people: list[Person]) -> Placed | None:
    """The town that a story without a dateline is about, learnt as one of the state that the story is set in."""
    name = _name(text, places, matches, people)
    state = _state(places, people) if name is not None else None
    return places.learn(name, state) if name is not None and state is not None else None


def _name(text: str, places: PlaceFinder, matches: list[NameMatch], people: list[Person]) -> str | None:
    headline = text[: max(text.find("\n\n"), 0)]
    taken = [(m.start, m.end) for m in matches] + [
        (min(m.start, m.title_start), max(m.end, m.title_end))
        for p in people
        if p.public or len(p.words) > 1
        for m in p.mentions
    ]
    counts: Counter[str] = Counter()
    for match in _TOWN.finditer(text, 0, _OPENING):
        start, end = match.span("name")
        if any(s < end and start < e for s, e in taken) or _NO_TOWN.match(match["name"]) or places.at(start):
            continue
        counts[re.sub(r"['’]s$", "", match["name"])] += 1
    for name in counts:
        counts[name] = len(re.findall(rf"\b{re.escape(name)}\b", text)) + 3 * bool(
            re.search(rf"\b{re.escape(name)}\b", headline)
        )
    best = counts.most_common(1)
    if not best or not _LOCAL.search(text) or (best[0][1] < 2 and len(re.findall(r"\bhere\b", text)) < 1):
        return None
    return best[0][0]


def _state(places: PlaceFinder, people: list[Person]) -> NamedNode | None:
    public = [p for p in people if p.public and p.home is not None and "/state/" in p.home.value]
    if not public:
        return None
    guest = max(public, key=lambda p: (len(p.mentions), -p.mentions[0].start))
    counts: Counter[NamedNode] = Counter()
    for person in public:
        if person.home is not None:
            counts[person.home] += 2
    for placed in places.mentioned():
        if placed.state is not None:
            counts[placed.state] += 1
    if guest.home is not None:
        counts.pop(guest.home, None)
    best = counts.most_common(2)
    if not best or (len(best) > 1 and best[0][1] < best[1][1] + _AHEAD):
        return None
    return best[0][0]
