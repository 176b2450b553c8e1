"""The day of a reception or call that only the dateline dates: dispatches tell what has happened that day.

"TUNIS, May 3 - President N. received the premier of X, M.": on May 3, where neither the sentence nor the visit that it
is part of has another day, and nothing says that it was before.
"""

from __future__ import annotations

import re

from kg.claims import Modality
from kg.extraction.candidates import Candidate
from kg.extraction.event import Derived, Event
from kg.extraction.modality import Mood
from kg.extraction.reading import Reading

_BEFORE = re.compile(
    r"\b(?:earlier|previous(?:ly)?|last|ago|recent(?:ly)?|since|former(?:ly)?|already|once|then|later|when|recalled|after|before"
    r"|in (?:19|20)\d\d|first met|again)\b",
    re.IGNORECASE,
)
_LEAD = 2  # paragraphs of the body that tell the news


def date_meetings(reading: Reading, events: list[Event]) -> None:
    """Give meetings of the news without any day that of the dateline."""
    if reading.setting.day is None or reading.setting.place is None:
        return
    today = reading.setting.day.isoformat()
    body = reading.text.find("\n\n") + 2 if "\n\n" in reading.text else 0
    paragraphs = [m.end() for m in re.finditer(r"\n\n", reading.text)]
    lead = next(
        (p for i, p in enumerate(p for p in paragraphs if p > body) if i == _LEAD - 1), len(reading.text)
    )
    for meeting in (e for e in events if e.kind == "meeting" and e.modality is Modality.OCCURRED):
        dated = meeting.at is not None and meeting.at.date("start") is not None
        if dated or meeting.date("start") is not None:
            continue
        for mention in meeting.mentions:
            if body <= mention.start < lead and _is_news(reading, mention):
                meeting.derived.append(Derived(
                    "start", today, ((mention.start, mention.end),), f"told as news in a dispatch of {today}"
                ))  # fmt: skip
                break


def _is_news(reading: Reading, mention: Candidate) -> bool:
    """Whether a sentence tells what has just happened: in the past tense, with no other time and no word of what was before."""
    span = reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or mention.mood is not Mood.PAST:
        return False
    sentence = span[0].sent
    times = any(sentence.start_char <= t.start < sentence.end_char for t in reading.times)
    if any(t.lower_ == "had" and t.dep_ in {"aux", "auxpass"} for t in sentence):
        return False
    return not times and _BEFORE.search(sentence.text) is None
