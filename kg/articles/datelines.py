"""Datelines: the place, day and agency before the first words of a story.

    ULAANBAATAR, Sept 2 - …      MOSCOW (Reuters) - …      Beijing, May 16 (Xinhua) -- …
    MINSK, May 23. /TASS/. …     ABUJA - …                 OTTAWA (alone on its line)
    Santiago, 9 December 2016. … New Delhi, Aug 22: …      NEW DELHI: …
    Male [Maldives], May 6 (ANI): …
    LIMA (AP) _ …                08 OCTOBER 2019 (SUVA) --- …

A dateline stays in the text: the city in it is where the story happens. No list of cities is used here; a
place that is not a city (`NEWSROOM - …`) is for the reader's gazetteer to reject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.articles.dates import DAY, has_year, in_year

_WORD = r"[^\W\d_][\w.'’-]{0,30}"
_PLACE = rf"{_WORD}(?:[ /]{_WORD}){{0,3}}"
_REGION = rf"(?:, (?!{DAY}){_WORD}(?: {_WORD}){{0,2}})?(?: \[[\w. ]{{2,20}}\])?"
_AGENCY = r"(?:\((?P<round>[^()\n]{2,40})\)|/(?P<slashed>[^/\n]{2,40})/)"
_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACE}){_REGION})?"
    rf"(?:(?:^|,? )(?P<day>{DAY}))?"
    rf"(?:(?:^|[.,]? ?){_AGENCY})?"
    r"(?P<end> ?(?:-{1,3}|[–—―_])(?=\s|(?<=[–—―])\S)|(?:\.| ?:)(?=\s)|(?=\n|$))"
)
_DAY_FIRST = re.compile(
    rf"(?P<day>{DAY}) \((?P<place>{_PLACE})\)(?P<end> ?(?:-{{1,3}}|[–—―_])(?=\s|(?<=[–—―])\S)|[.:](?=\s))"
)

# What stands in capitals before a dash, or in brackets, and is neither a place nor an agency.
_LABELS = frozenset(
    """
    ANALYSIS ANSWER BACKGROUND BACKGROUNDER BREAKING BRIEF BRIEFS CORRECTED CORRECTION CORRECTS EDITORIAL
    END ENDS EXCLUSIVE EXPLAINER FACTBOX FOCUS GRAPHIC INTERVIEW LEAD LIVE MORE NEWS NOTE OPINION PHOTO
    PHOTOS PICTURED QUESTION READ REFILE REPEAT REPEATS ROUNDUP SUMMARY TIMELINE UPDATE UPDATED UPDATES VIDEO
    WATCH WRAPUP MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY JANUARY FEBRUARY MARCH APRIL JUNE
    JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER
    """.split()  # noqa: SIM905 (sixty quoted words are harder to read)
)
_SMALL = frozenset(("al", "and", "da", "de", "del", "des", "di", "do", "du", "la", "of", "the", "y"))


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline that stands at `text[start:end]`, the dash or full stop after it included.

    `city` is spelt as in the text; `day` has its year from the day of
    publication where the dateline gives none (None where neither is known).
    """

    start: int
    end: int
    city: str | None = None
    day: date | None = None
    agency: str | None = None
    whole_day: bool = False
    """Whether the dateline itself gives the year."""


def find_dateline(
    text: str, start: int = 0, published: date | None = None, *, alone: bool = True
) -> Dateline | None:
    """The dateline that begins at an offset of the text, or None.

    With `alone`, one that fills its line, as city or as city and day, counts too.

    >>> found = find_dateline("MOSCOW, Sept 2 (Reuters) - The two met.", published=date(2024, 9, 3))
    >>> found.city, found.day.isoformat(), found.agency, found.end
    ('MOSCOW', '2024-09-02', 'Reuters', 26)
    >>> find_dateline("NATO's chief - a Norwegian - spoke.") is None
    True
    """
    if found := _DAY_FIRST.match(text, start):
        if not _is_place(found["place"], certain=True):
            return None
        city, day = found["place"], found["day"]
        return Dateline(
            start,
            found.end(),
            city,
            in_year(day, published),
            whole_day=has_year(day),
        )
    found = _DATELINE.match(text, start)
    if found is None or found.end() == start:
        return None
    place, day, agency = found["place"], found["day"], found["round"] or found["slashed"]
    if agency is not None and not is_agency(agency):
        return None
    if place is None and agency is None:
        return None
    if place is not None and not _is_place(place, certain=bool(day or agency)):
        return None
    if not _ends(found["end"], place, day, agency, alone):
        return None
    city = place.split("/")[0].rstrip() if place else None
    return Dateline(
        start,
        found.end(),
        city,
        in_year(day, published) if day else None,
        agency,
        whole_day=bool(day and has_year(day)),
    )


def datelines(text: str, start: int = 0, published: date | None = None) -> Iterator[Dateline]:
    """The datelines of all paragraphs from an offset on: a bulletin has one for each of its stories.

    >>> [found.city for found in datelines("ABUJA - One.\\n\\nNIAMEY - Two.")]
    ['ABUJA', 'NIAMEY']
    """
    first = True
    while 0 <= start < len(text):
        # A city alone on its line opens a story; further down such lines are headings or speakers.
        if found := find_dateline(text, start, published, alone=first):
            yield found
        first = False
        gap = text.find("\n\n", start)
        start = gap + 2 if gap >= 0 else -1


def is_agency(value: str) -> bool:
    """Whether words in brackets look like the name of a news agency.

    >>> is_agency("Xinhua"), is_agency("MENAFN - ANI"), is_agency("Moscow time"), is_agency("Update")
    (True, True, False, False)
    """
    words = [word for word in re.split(r"[ /]+|(?<=\w)-(?=\w)|-(?= |$)", value.strip()) if word]
    if not 1 <= len(words) <= 4 or words[0].strip(".").upper() in _LABELS:
        return False
    return all(re.fullmatch(r"[^\W_][\w.&'’]*", word) and not word[0].islower() for word in words) and any(
        char.isalpha() for char in value
    )


def _is_place(place: str, *, certain: bool) -> bool:
    words = re.split(r"[ /]", place)
    if any(word.strip(".").upper() in _LABELS for word in words):
        return False
    if place.isupper():
        return len(place) >= 3
    return certain and all(word[0].isupper() or word in _SMALL for word in words) and words[0][0].isupper()


def _ends(end: str, place: str | None, day: str | None, agency: str | None, alone: bool) -> bool:
    end = end.lstrip()
    if end in (".", ":"):
        if agency is not None:
            return place is not None or day is not None
        # "NEW DELHI: …" opens a story; further down such words are those of a speaker.
        return place is not None and (
            day is not None or (end == ":" and alone and place.isupper() and len(place.split()) <= 2)
        )
    if not end:
        return alone and place is not None and (day is not None or len(place.split()) <= 3)
    return True
