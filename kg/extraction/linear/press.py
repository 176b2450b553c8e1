"""Joint press conferences: of two leaders who speak in turn one is the host, the other has come, and the two have talked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.candidates import Candidate
from kg.extraction.modality import Mood
from kg.extraction.persons import Person
from kg.extraction.places import Placed
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents

_HOSTING = re.compile(
    r"\b(?:[Mm]y|[Oo]ur) (?:\w+ )?(?:guest|visitor)\b|\b(?:I|we) (?:\w+ ){0,2}welcom\w+\b|\b[Ww]elcome to\b|\b(?:pleasure|pleased|delighted|honour|honor|glad|happy|privilege) (?:\w+ ){0,2}to (?:welcome|receive|host|have)\b"
)
_COMING = re.compile(
    r"\b[Tt]hank(?:s| you)?\b[^.;]{0,60}\b(?:for (?:inviting|asking|having|receiving|welcoming|hosting)\b|(?:your|the|this) (?:\w+ )?(?:welcome|invitation|hospitality|reception)\b)"
    r"|\b(?:be|being|come|coming|returned?|am|are) (?:back )?(?:here )?in your (?:\w+ )?(?:country|city|capital)\b"
)
_TALKED = re.compile(
    r"\b[Ww]e (?:have |had |have just |also |both |just |'ve |’ve )*(?:discussed|talked|met|held|spoke|spoken|spent|exchanged|reviewed|covered|"
    r"signed|reaffirmed|addressed|decided|looked at|gone over|put our|had (?:a|an|very|good|excellent|long|frank|productive))\b"
    r"|\b(?:our|today's|today’s|these) (?:\w+ )?(?:talks|discussions|discussion|meeting|conversation|conversations|consultations)\b"
)
_HERE = re.compile(
    r"\b(?:to us in|here in|to us here in|[Ww]elcome to|today in|to have \w+ in|with us in) (?:our \w+ )?(?=[A-ZÀ-Þ])"
)


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for the visit and the talks behind a transcript of two leaders, in order."""
    turns = referents.pronouns.turns
    if not turns.told() or reading.setting.day is None:
        return
    spoken: dict[int, tuple[Person, list[str]]] = {}
    for match in re.finditer(r"[^\n](?:[^\n]|\n(?!\n))*", reading.text):
        speaker = turns.heading_speaker(match.start())
        if (
            speaker is not None
            and speaker.public
            and speaker.home is not None
            and "/state/" in speaker.home.value
        ):
            spoken.setdefault(id(speaker), (speaker, []))[1].append(match.group())
    if len(spoken) != 2:
        return
    (a, said_a), (b, said_b) = spoken.values()
    if a.home == b.home:
        return
    host = _host(reading, a, " ".join(said_a), b, " ".join(said_b))
    if host is None:
        return
    guest = b if host is a else a
    mention = next((m for m in guest.mentions if m.start > reading.text.find("\n\n")), guest.mentions[0])
    where = _city(reading, host)
    note = f"{host.name} is the host, and {guest.name} the guest of the press conference"
    visit = Candidate(
        "visit", "press-conference", mention.start, mention.end, Mood.PERFECT, begun=True, confidence=0.8
    )
    visit.add("visitor", guest, mention.start, mention.end)
    visit.add("to", host.home, mention.start, mention.end, note)
    if where is not None:
        visit.add("place", where, where.start, where.end)
    yield visit
    talked = _TALKED.search(" ".join(said_a + said_b))
    if talked is None:
        return
    own = host.mentions[0]
    meeting = Candidate("meeting", "press-conference", mention.start, mention.end, Mood.PAST, confidence=0.8)
    meeting.add("participant", host, own.start, own.end)
    meeting.add("participant", guest, mention.start, mention.end)
    meeting.add(
        "start",
        reading.setting.day.isoformat(),
        mention.start,
        mention.end,
        "told at the press conference of that day",
    )
    if where is not None:
        meeting.add("place", where, where.start, where.end)
    yield meeting


def _host(reading: Reading, a: Person, said_a: str, b: Person, said_b: str) -> Person | None:
    """Who is at home: by what the two say to each other, else by whose office has published it."""
    for host, guest, own, others in ((a, b, said_a, said_b), (b, a, said_b, said_a)):
        if (_HOSTING.search(own) or _COMING.search(others)) and not (
            _HOSTING.search(others) or _COMING.search(own)
        ):
            return host if reading.setting.speaks_for not in {guest.home} else None
    scene = reading.setting.place.state if reading.setting.place is not None else None
    home = reading.setting.speaks_for or scene
    return next((p for p in (a, b) if p.home == home), None)


def _city(reading: Reading, host: Person) -> Placed | None:
    scene = reading.setting.place
    if scene is not None and scene.state == host.home and scene.place is not None:
        return scene
    for match in _HERE.finditer(reading.text):
        placed = reading.places.at(match.end())
        if placed is not None and placed.place is not None and placed.state == host.home:
            return placed
    return None
