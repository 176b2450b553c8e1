"""Visits read from left to right: who "flies to Lima on Tuesday", "was in Oslo for the day", "is still due in Prague".

Only what no rule over the parse has told of the same verb is added, and it is told with less confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.lexicon import VISIT_KINDS
from kg.extraction.linear import slots, subjects
from kg.extraction.linear.guests import GUEST, following, our_guest
from kg.extraction.linear.told import settled
from kg.extraction.linear.verbs import VerbGroup, group_at, triggers
from kg.extraction.linear.visitors import AT_ONCE, agrees, done, put, visitors
from kg.extraction.modality import Mood
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.referent import Referent
from kg.extraction.referents import Referents

if TYPE_CHECKING:
    from spacy.tokens import Token

_TO = r" (?:to|into) "
_PREPOSITIONS: dict[str, str] = {
    **dict.fromkeys(("fly", "go", "come", "travel", "journey", "proceed", "continue", "move", "cross", "sail", "jet", "drive", "ride",
                     "venture", "step", "walk"), _TO),
    "get": " into ", "head": r" (?:to|into|for) ", "leave": " for ", "depart": " (?:for|to) ", "set": " for ",
    "arrive": " (?:in|at|on) ", "land": " (?:in|at|on) ", "touch": " down (?:in|at|on) ",
    "visit": " ", "tour": " ",
    "stop": " (?:in|at) ", "stay": " (?:in|at|on) ", "spend": r" [^,;.:§]{0,40}(?:§ )?(?:in|at|on) ", "be": " (?:in|at) ",
}  # fmt: skip
_GONE = frozenset({"arrive", "land", "touch", "fly", "go", "come", "travel", "cross", "step", "walk", "spend", "stop", "stay", "be",
                   "leave", "depart", "sail", "jet", "drive", "venture", "journey"})  # fmt: skip
# With these, where nothing says where to, it is where the story is.
_TO_THE_SCENE = frozenset({"arrive", "land", "come", "fly", "get"})
_IN = re.compile(r" (?:in|down|here)\b")
_PLACE_AHEAD = re.compile(r"(?: [\w-]+){0,3} (?:to|into|in|at|from|for) (?:the )?[A-ZÀ-Þ]")
_HOME = re.compile(
    r"(?:fl(?:y|ies|ew)|go(?:es)?|went|head(?:s|ed)|travel(?:s|led)?|return(?:s|ed|ing)?|flying|going|heading)(?: back)? home\b|returning\b"
)
_FOR_HOME = re.compile(
    r"(?:leave|leaves|leaving|left|depart(?:s|ed|ing)?|set(?:s|ting)? (?:out|off)) for home\b"
)
_HOURS_LATER = re.compile(
    r"(?: again)? (?:just )?(?:a few|several|some|two|three|four|five|six) hours later\b"
)
_CALLED_OFF = re.compile(
    r"\b(?:cancel\w*|call\w* (?:it |them )?off|put\w* (?:\w+ ){0,2}(?:off|back)|postpon\w*|drop\w*|scrap\w*|shelv\w*|not|never|instead|no longer|stay\w* (?:at )?home|off)\b"
)
_VISIT = re.compile(r" (?:an?|his|her|their|the) (?:[\w-]+ ){0,4}?(?P<noun>visit|tour|trip|stay)\b")


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for visits in a reading that no other rule has read, in order of place."""
    told = settled(reading, "visit")
    for token in triggers(reading.doc):
        if token.idx in told:
            continue
        if token.lower_ in {"due", "expected", "awaited"}:
            yield from _awaited(reading, referents, token)
            continue
        group = group_at(token)
        if group is None or group.passive:
            continue
        if group.verb == "follow":
            yield from following(reading, referents, token, group)
            continue
        if group.verb == "be" and (guest := GUEST.match(reading.text, token.idx + len(token))) is not None:
            yield from our_guest(reading, referents, token, group, guest.end())
            continue
        if group.verb in {"leave", "depart"} or _HOME.match(reading.text, token.idx):
            yield from _leaving(reading, referents, token, group)
        if group.verb in {"begin", "start", "end", "conclude", "finish", "pay", "make"}:
            yield from _visiting(reading, referents, token, group, told)
        elif group.verb in _PREPOSITIONS:
            yield from _going(reading, referents, token, group)


def _leaving(reading: Reading, referents: Referents, token: Token, group: VerbGroup) -> Iterator[Candidate]:
    """ "and leaves on Tuesday", "flew home the same evening": the day ends the visit that was told before."""
    end = token.idx + len(token)
    home = _HOME.match(reading.text, token.idx) or _FOR_HOME.match(reading.text, token.idx)
    end = home.end() if home is not None else end
    hours = _HOURS_LATER.match(reading.text, end)
    if hours is not None:  # the day of the coming is that of the going
        low = token.sent.start_char
        times = [
            t for t in reading.times if low <= t.start < token.idx and t.kind in {"day", "weekday", "deictic"}
        ]
        time = times[-1] if times else None
    else:
        time = next(
            (
                t
                for t in reading.times
                if AT_ONCE.fullmatch(reading.text[end : t.start]) and t.start - end < 20
            ),
            None,
        )
    if time is None or (home is None and group.verb not in {"leave", "depart"}):
        return
    subject = subjects.before(reading, referents, group.first)
    mood = Mood.PLANNED if group.mood in {Mood.PRESENT, Mood.PROGRESSIVE} else group.mood
    span = time.resolve(mood.direction)
    if subject is None or span is None or len(span.start) != 10:
        return
    candidate = Candidate("visit", "linear-departure", token.idx, end, mood, over=True, confidence=0.75)
    visitors(candidate, subject)
    candidate.add("end", span.start, time.start, time.end, span.note)
    if candidate.values("visitor"):
        reading.note(candidate.rule, [token], "fired")
        yield candidate


def _visiting(
    reading: Reading, referents: Referents, token: Token, group: VerbGroup, told: set[int]
) -> Iterator[Candidate]:
    """ "N. began a three-day state visit on Wednesday": with no place told, where the story is."""
    end = token.idx + len(token)
    noun = _VISIT.match(reading.text, end)
    if noun is None or noun.start("noun") in told:
        return
    placed = slots.destination(reading, noun.end(), r" (?:to|in|of) ")
    scene = reading.scene_at(token.idx)
    if (
        placed is None
        and scene is not None
        and scene.state is not None
        and not re.match(r" (?:to|in) [A-Z]", reading.text[noun.end() :])
    ):
        placed = Placed(
            noun.start("noun"), noun.end(), scene.label, scene.place, scene.state, scene.known_state
        )
    subject = subjects.before(reading, referents, group.first)
    if placed is None or subject is None:
        return
    candidate = Candidate(
        "visit", "linear-visit", token.idx, noun.end(), group.mood, begun=True, confidence=0.75
    )
    put(candidate, placed)
    visitors(candidate, subject)
    slots.add_times(
        reading, candidate, subject.start, token.idx, max(noun.end(), placed.end), group.mood.direction
    )
    for word in noun.group().replace("-", " ").split():
        if word in VISIT_KINDS:
            candidate.add("kind", VISIT_KINDS[word], noun.start(), noun.end())
    for low, high, days in reading.durations:
        if noun.start() <= low < noun.end():
            candidate.add("days", str(days), low, high)
    if group.verb in {"end", "conclude", "finish"}:
        candidate.over = True
        for value in candidate.slots.pop("start", []):
            if len(str(value.content)) == 10:
                candidate.add("end", value.content, value.start, value.end, value.note)
    yield from done(reading, candidate, token)


def _going(reading: Reading, referents: Referents, token: Token, group: VerbGroup) -> Iterator[Candidate]:
    end = token.idx + len(token)
    placed = slots.destination(reading, end, _PREPOSITIONS[group.verb])
    if placed is None and group.verb == "be":
        placed = slots.destination(reading, end, " back (?:in|at) ")
    here = placed is None and group.verb in _TO_THE_SCENE
    if placed is None and not here:
        return
    if placed is not None and group.verb == "be" and placed.place is None:
        return  # "is in Germany": of things too
    if placed is not None and re.search(r"\bback\b", reading.text[end : placed.start]) and group.verb != "be":
        return  # "flies back to X": home, or to where he was before
    subject = subjects.before(reading, referents, group.first)
    if subject is None or not agrees(group, subject):
        return
    if here:
        placed = _scene(reading, token, end, group)
        if placed is None:
            return
    assert placed is not None
    mood = group.mood
    going = group.verb not in {"be", "stay", "spend"}
    if (mood is Mood.PRESENT and going and token.idx > reading.text.find("\n\n") > 0) or (
        mood is Mood.PROGRESSIVE and group.verb in {"come", "arrive", "leave", "depart", "fly", "go"}
    ):
        mood = Mood.PLANNED
    candidate = Candidate("visit", f"linear-{group.verb}", token.idx, end, mood, confidence=0.75)
    candidate.begun = group.verb in _GONE
    put(candidate, placed)
    visitors(candidate, subject)
    slots.add_times(reading, candidate, subject.start, token.idx, max(end, placed.end), mood.direction)
    if group.verb in {"be", "spend"} and mood is Mood.PAST:
        candidate.over = True
    yield from done(reading, candidate, token)


def _scene(reading: Reading, token: Token, end: int, group: VerbGroup) -> Placed | None:
    """Where the story is, for who arrives with no place told."""
    rest = reading.text[end : slots.clause_end(reading, end)]
    if (
        _PLACE_AHEAD.match(rest)
        or (group.verb in {"fly", "get"} and not _IN.match(rest))
        or group.verb == "come"
    ):
        return None
    plain = slots.without_times(reading, end, slots.clause_end(reading, end))
    if group.verb in {"arrive", "land"} and re.match(r" (?:\w+ )?(?:in|at|on|to) (?:the )?[A-Z]", plain):
        return None
    scene = reading.scene_at(token.idx)
    if scene is None or scene.state is None:
        return None
    return Placed(token.idx, end, scene.label, scene.place, scene.state, scene.known_state)


def _awaited(reading: Reading, referents: Referents, token: Token) -> Iterator[Candidate]:
    """ "A, B and C are still due in Prague on Thursday"; "due in Lisbon on Monday, he"; "N. is due on Friday"."""
    end = token.idx + len(token)
    if re.match(r" (?:to|back home)\b", reading.text[end:]):
        return
    at = token.i
    words: list[str] = []
    while at > token.sent.start and reading.doc[at - 1].lower_ in {
        "is",
        "are",
        "still",
        "also",
        "already",
        "now",
        "both",
        "all",
    }:
        at -= 1
        words.append(reading.doc[at].lower_)
    aside = not words and at > token.sent.start and reading.doc[at - 1].lower_ == ","
    if not {"is", "are"} & set(words) and not aside:
        return
    placed = slots.destination(reading, end, " (?:in|at|back in) ")
    if aside and (
        placed is None
        or _CALLED_OFF.search(
            reading.text, token.sent.start_char, min(token.sent.end_char + 120, len(reading.text))
        )
    ):
        return
    if placed is None:
        scene = reading.scene_at(token.idx)
        rest = reading.text[end : slots.clause_end(reading, end)]
        if scene is None or scene.state is None or re.search(r"\b(?:in|at|to) (?:the )?[A-Z]", rest):
            return
        if not re.match(
            r" (?:here|on|in|later|early|late|this|next|today|tomorrow|too|as well|for|as)\b|[,.;]", rest
        ):
            return
        placed = Placed(token.idx, end, scene.label, scene.place, scene.state, scene.known_state)
    if aside:  # "N., due in X on Monday, has …"
        mention = reading.person_at(reading.doc[at - 2]) if at - 2 >= token.sent.start else None
        who = [Referent(mention.person, mention.start, mention.end)] if mention is not None else []
        subject = subjects.Subject(tuple(who), token.idx) if who else None
    else:
        subject = subjects.before(reading, referents, at)
    if subject is None:
        return
    candidate = Candidate("visit", "linear-awaited", token.idx, end, Mood.PLANNED, confidence=0.75)
    put(candidate, placed)
    visitors(candidate, subject)
    slots.add_times(reading, candidate, subject.start, token.idx, max(end, placed.end), "future")
    yield from done(reading, candidate, token)
