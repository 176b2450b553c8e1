"""Who is taken somewhere, sent or left: "was shown round the port", "was driven up from X", "has sent his foreign minister, N."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate
from kg.extraction.grammar import VERBAL
from kg.extraction.lexicon import VENUE_NOUNS
from kg.extraction.linear import slots, subjects
from kg.extraction.linear.rosters import named_from
from kg.extraction.linear.told import settled
from kg.extraction.linear.verbs import triggers
from kg.extraction.modality import Mood
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents

if TYPE_CHECKING:
    from spacy.tokens import Token

_LED = frozenset({"shown", "driven", "flown", "taken", "led", "guided", "escorted", "carried", "ferried", "whisked", "walked", "rowed",
                  "brought", "conducted", "piped", "feted", "mobbed", "cheered", "serenaded"})  # fmt: skip
_ROUND = r" (?:a?round|through|over|across|into|to|up to|out to|down to|in|at|about) "
_THING = re.compile(
    r" (?:a?round|through|over|into|to|up to|out to|down to|about) (?:the |a |an )(?:[\w-]+ ){0,2}?(?P<noun>[a-z]+)\b"
)


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for visits in a reading that no other rule has read, in order of place."""
    told = settled(reading, "visit")
    for token in triggers(reading.doc):
        if token.idx in told:
            continue
        if token.lower_ in _LED and token.i > token.sent.start:
            yield from _led(reading, referents, token)
        elif token.lower_ in {"sent", "sends", "sending", "dispatched", "send"} and token.pos_ in VERBAL:
            yield from _sent(reading, referents, token)


def _led(reading: Reading, referents: Referents, token: Token) -> Iterator[Candidate]:
    at = token.i
    words: set[str] = set()
    while at > token.sent.start and reading.doc[at - 1].lower_ in {"was", "were", "is", "are", "been", "being", "be", "has", "have", "had", "will",
                                                                  "later", "then", "also", "first", "both", "to"}:  # fmt: skip
        at -= 1
        words.add(reading.doc[at].lower_)
    if not words & {"was", "were", "been", "be", "is", "are"} or "to" in words:
        return
    mood = Mood.PLANNED if "will" in words else Mood.PAST
    end = token.idx + len(token)
    placed = slots.destination(reading, end, _ROUND)
    thing = _THING.match(reading.text, end)
    scene = reading.scene_at(token.idx)
    if (
        placed is None
        and thing is not None
        and thing["noun"] in VENUE_NOUNS
        and scene is not None
        and scene.state is not None
    ):
        placed = Placed(token.idx, end, scene.label, scene.place, scene.state, scene.known_state)
    subject = subjects.before(reading, referents, at)
    if placed is None or subject is None:
        return
    candidate = Candidate("visit", "led-there", token.idx, end, mood, begun=True, confidence=0.7)
    candidate.add("to", placed.state, placed.start, placed.end)
    if not (placed.place is None and placed.known_state):
        candidate.add("place", placed, placed.start, placed.end)
    for r in subject.people:
        if r.person.public and r.person.home is not None:
            candidate.add("visitor", r.person, r.start, r.end, r.resolved)
    slots.add_times(reading, candidate, subject.start, token.idx, max(end, placed.end), mood.direction)
    if candidate.values("visitor"):
        reading.note("led-there", [token], "fired")
        yield candidate


def _sent(reading: Reading, referents: Referents, token: Token) -> Iterator[Candidate]:
    """ "has sent his foreign minister, N., to the summit": N. goes there."""
    before = {t.lower_ for t in reading.doc[max(token.sent.start, token.i - 4) : token.i]}
    if before & {"not", "never", "might", "may", "could", "would", "was", "were", "be", "been"}:
        return
    end = token.idx + len(token)
    people = named_from(reading, end)
    if len(people) != 1 or people[0].person.home is None or not people[0].person.public:
        return
    mention = people[0]
    last = max(mention.end, mention.title_end)
    placed = slots.destination(reading, last, r",? (?:to|in) ") or slots.destination(
        reading, last, r",? to the [\w -]{0,30}?(?:in|at) "
    )
    planned = token.lower_ in {"sending", "sends"} or (
        token.lower_ == "send" and bool(before & {"will", "to"})
    )
    mood = Mood.PLANNED if planned else Mood.PERFECT
    candidate = Candidate("visit", "sent-there", token.idx, end, mood, confidence=0.75)
    candidate.add("visitor", mention.person, mention.start, mention.end)
    if placed is not None:
        candidate.add("to", placed.state, placed.start, placed.end)
        if not (placed.place is None and placed.known_state):
            candidate.add("place", placed, placed.start, placed.end)
    elif re.match(
        r",? (?:instead|in his place|in her place|to the summit|to the meeting|to represent)|[.;,]",
        reading.text[last:],
    ):
        candidate.add("attends", "summit", token.idx, end)
    else:
        return
    slots.add_times(reading, candidate, token.idx, token.idx, last, mood.direction)
    reading.note("sent-there", [token], "fired")
    yield candidate
