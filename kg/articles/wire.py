"""What agencies and syndicators put around a story: credits before it, codes and end marks after it.

The rules know forms, not names:

- a whole date before the text, with an agency in brackets, a label (`Published:`) or a line of its own;
- an agency in brackets, in capitals, before the first words;
- a last line `AGENCY` + day, month, year + digits + `ID` + number;
- a line that only says that the story is over.

They are not part of the article's text, and what they say becomes metadata. A dateline stays where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.articles.datelines import find_dateline, is_agency
from kg.articles.dates import DAY_OF_YEAR, TIME, in_year

_LABEL = (
    r"(?i:(?:(?:first |last )?(?:published|posted|released|issued|updated)|dated?|publication date)(?: on)?)"
)
_CREDIT = re.compile(
    rf"(?P<label>{_LABEL}(?P<colon>:)? ?)?"
    rf"(?:(?P<day>{DAY_OF_YEAR})(?:{TIME})?)?"
    r"(?: ?\((?P<agency>[^()\n]{2,40})\))?"
    r" ?(?P<end>\||(?=\n|$)|)[ \n]*"
)
_CODE = re.compile(
    r"(?:^|\s)(?P<agency>[A-Z]{2,12})(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})\d{0,24}ID(?P<id>\d{1,20})$"
)
_END_MARK = re.compile(r"\n[-–—/*# ]*(?:#{2,}|\*{3,}|30|(?i:ends?|enditem|end item))[-–—/*# ]*$")
_BYLINE = re.compile(r"(?i:by) [^\W\d_][^\n.]{1,60}(?:\n+|$)")


@dataclass(frozen=True, slots=True)
class Credit:
    """What the wrapping of a story says."""

    publisher: str | None = None
    published: date | None = None
    identifier: str | None = None

    def or_else(self, other: Credit) -> Credit:
        """This credit, with the gaps filled from another."""
        return Credit(
            self.publisher or other.publisher,
            self.published or other.published,
            self.identifier or other.identifier,
        )


def take_trailer(text: str) -> tuple[str, Credit]:
    """A tidy text without a syndication code and end marks at its end, and what the code says.

    >>> take_trailer("They met.\\n\\nNEWSCO02092024000012345ID77")
    ('They met.', Credit(publisher='NEWSCO', published=datetime.date(2024, 9, 2), identifier='77'))
    """
    credit = Credit()
    while True:
        if found := _CODE.search(text[-80:]):
            try:
                day = date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return text, credit
            credit = credit.or_else(Credit(found["agency"], day, found["id"]))
            shorter = text[: max(0, len(text) - 80) + found.start()]
        else:
            mark = _END_MARK.search(text[-40:])
            if mark is None:
                return text, credit
            shorter = text[: max(0, len(text) - 40) + mark.start()]
        text = shorter.rstrip()


def take_credit(text: str) -> tuple[str, Credit]:
    """A tidy text without the credits before its first words, and what they say.

    >>> take_credit("date 2024-09-02 (NEWSCO) They met.")
    ('They met.', Credit(publisher='NEWSCO', published=datetime.date(2024, 9, 2), identifier=None))
    >>> take_credit("2 September 2024 was a Monday.")
    ('2 September 2024 was a Monday.', Credit(publisher=None, published=None, identifier=None))
    """
    byline = _BYLINE.match(text)
    start = byline.end() if byline else 0
    if find_dateline(text, start) is not None:
        return text, Credit()
    found = _CREDIT.match(text, start)
    if found is None or not _is_credit(found):
        return text, Credit()
    day = in_year(found["day"], None) if found["day"] else None
    if found["day"] and day is None:
        return text, Credit()
    return text[:start] + text[found.end() :], Credit(found["agency"], day)


def _is_credit(found: re.Match[str]) -> bool:
    day, agency = found["day"], found["agency"]
    if agency is not None and not is_agency(agency):
        return False
    alone = found.end() == len(found.string) or "\n" in found[0]
    if day is None:
        # Without a date only a name in capitals is safe: "(Kyiv) The president" is no credit.
        return agency is not None and found["label"] is None and agency.isupper()
    return bool(agency or found["colon"] or found["end"] or alone)
