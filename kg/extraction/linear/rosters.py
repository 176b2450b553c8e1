"""Rosters: "Attending are A of X, B of Y and C of Z", "is host to five colleagues: …", "Expected tomorrow: …".

Whoever is named in a list of those who come has come, or will, unless the place is at home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.candidates import Candidate
from kg.extraction.linear import slots
from kg.extraction.linear.subjects import bare
from kg.extraction.modality import Mood
from kg.extraction.persons import PersonMention
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents

_COMERS = (
    r"(?:guests|colleagues|visitors|leaders|counterparts|participants|arrivals|heads of (?:state|government)|presidents|"
    r"prime ministers|premiers|ministers|foreign ministers|neighbours|neighbors|attendees|mourners|dignitaries|delegates)"
)
_TRIGGERS = re.compile(
    rf"\b(?:(?P<attending>[Aa]ttending|[Tt]aking part in|[Pp]resent at|[Pp]resent in|[Ee]xpected (?:at|in|for)|[Dd]ue (?:at|in|for)|[Cc]oming to|"
    rf"[Aa]ssembled (?:in|at|for)|[Gg]athered (?:in|at|for)|[Aa]lready (?:in|at|here))(?: [^.;:\n]{{0,70}})? (?P<v>are|were|is|was|will be)(?: also)? "
    rf"|(?P<host>(?:is|was|will be|plays|played|playing|be) host to|(?:hosts|hosted|receives|received|welcomes|welcomed)) (?:[\w-]+ ){{0,4}}{_COMERS}(?: [^.;:\n]{{0,40}})?: "
    rf"|(?P<colon>[Ee]xpected|[Dd]ue|[Aa]lready (?:here|there|in town|present|in place)|[Cc]oming|[Aa]rriving|[Aa]rrived|[Aa]ttending|[Pp]resent|[Oo]n the guest list|[Tt]o come|"
    rf"[Ii]n attendance)(?:,? (?:here|there|so far|today|tomorrow|tonight|later|in \w+|on \w+day|this \w+))?: "
    rf"|(?P<guests>\b(?:[Gg]uests|visitors|colleagues|counterparts|[Pp]articipants|(?:[Ll]eaders|[Pp]residents|[Hh]eads of (?:state|government|delegation)s?|[Pp]rime [Mm]inisters) (?:attending|taking part|present|expected)(?: [^.;:\n]{{0,50}})?)): "
    rf"|(?P<joined>(?:will be|is|was|are|were|be) joined (?:\w+ )?by )"
    rf"|(?P<followed>, followed|, joined) (?P<when>[^.;:\n]{{0,40}}?)by )"
)
_AND = re.compile(
    r"\s*(?:,|;|and|as well as|along with|plus|,\s*and|;\s*and)\s*(?:from|the|his|her|its)?\s*(?:(?:President|Prime Minister|King|Foreign Minister)s?\s*)?"
)
_AHEAD = re.compile(r"\b(?:will|is to|are to|due|tomorrow|next (?:week|month|year|\w+day)|plans|expects)\b")
_BEHIND = re.compile(
    r"\b(?:was|were|had|did|gave|hosted|received|welcomed|came|arrived|landed|met|opened|took|sat|yesterday|\w+ed)\b"
)
_LEAD = re.compile(
    r"\s*(?:the|his|her|its|Presidents?|Prime Ministers?|presidents?|prime ministers?)?\s*(?:Presidents?|Prime Ministers?|Kings?|counterpart,?)?\s*"
)


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for visits of those on a roster, in order of place."""
    for match in _TRIGGERS.finditer(reading.text):
        people = named_from(reading, match.end())
        if not people or (
            match["followed"] is None and len(people) < (1 if match["colon"] or match["attending"] else 2)
        ):
            continue
        yield from _roster(reading, match, people)


def named_from(reading: Reading, start: int) -> list[PersonMention]:
    """The list of people that begins at an offset ("A of X, the Y premier, B, and C")."""
    everyone = sorted(
        (m for p in reading.people for m in p.mentions if m.start >= start), key=lambda m: m.start
    )
    out: list[PersonMention] = []
    at = start
    for mention in everyone:
        gap = bare(reading, at, min(mention.start, mention.title_start))
        if not (_AND if out else _LEAD).fullmatch(gap):
            break
        out.append(mention)
        at = max(mention.end, mention.title_end)
    return out


def _roster(reading: Reading, match: re.Match[str], people: list[PersonMention]) -> Iterator[Candidate]:
    text = reading.text
    span = reading.doc.char_span(people[0].start, people[0].end, alignment_mode="expand")
    if span is None:
        return
    sentence = span[0].sent
    last = max(people[-1].end, people[-1].title_end)
    mood = _mood(reading, match, sentence.start_char, last)
    candidate = Candidate(
        "visit", "roster", match.start(), match.end() - 1, mood, begun=True, confidence=0.75
    )
    placed = next(
        (p for p in slots.places_between(reading, sentence.start_char, match.end())
         if re.search(r"\b(?:in|to|at) (?:the )?$", text[sentence.start_char : p.start])), None)  # fmt: skip
    scene = reading.scene_at(match.start())
    if placed is None:
        candidate.add("attends", "summit", match.start(), match.end() - 1)
        if scene is not None:  # in which town, other sentences may tell
            candidate.add(
                "to", scene.state, match.start(), match.end() - 1, f"the article is written in {scene.label}"
            )
    else:
        candidate.add("to", placed.state, placed.start, placed.end)
        if not (placed.place is None and placed.known_state):
            candidate.add("place", placed, placed.start, placed.end)
    for time in reading.times:
        within = match.start() <= time.start < match.end() or 0 <= time.start - last <= 12
        if within and not candidate.values("start") and (found := time.resolve(mood.direction)) is not None:
            candidate.add("start", found.start, time.start, time.end, found.note)
    for mention in people:
        person = mention.person
        if (
            person.public
            and person.home is not None
            and all(v.content != person.home for v in candidate.values("to"))
        ):
            candidate.add("visitor", person, mention.start, mention.end)
    if candidate.values("visitor"):
        reading.note("roster", [span[0]], "fired")
        yield candidate


def _mood(reading: Reading, match: re.Match[str], start: int, end: int) -> Mood:
    """How a list is put: by its own words, else by the verbs of its sentence."""
    words = match.group().casefold()
    told = reading.text[start : match.end()]
    if any(
        w in words for w in ("expected", "due", "coming", "to come", "arriving", "will be", "be host")
    ) or _AHEAD.search(told):
        return Mood.PLANNED
    if (
        "already" in words
        or match["v"] in {"are", "is"}
        or " is host" in f" {words}"
        or words.startswith(("hosts", "receives", "welcomes"))
    ):
        return Mood.PRESENT
    if match["v"] in {"were", "was"} or _BEHIND.search(told):
        return Mood.PAST
    return Mood.PRESENT
