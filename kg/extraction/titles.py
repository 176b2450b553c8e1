"""Titles of offices in a text, with the words around them that tell whose office it is.

"the visiting Kenyan foreign minister", "Prime Minister and Minister of Defence of Fiji", "the German and Polish
presidents", "Secretary-General of the United Nations", "his Zambian counterpart".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.extraction.lexicon import (
    ASSEMBLIES,
    COUNTERPART,
    DEPUTIES,
    FORMER,
    MINISTRY_WORDS,
    NOT_STATE_LEADERS,
    PORTFOLIOS,
    PRESIDING,
    STATE_FORMS,
    TITLE_MODIFIERS,
    WEAK_TITLES,
)
from kg.extraction.names import NameMatch, fold
from kg.extraction.persons import TitleSpan, owner

COUNTERPART_KIND = "Counterpart"
_ROYAL = frozenset({"King", "Queen", "Prince", "Princess", "Emperor", "Sultan", "Emir"})
_COUNTERPART = re.compile(r"\b(?:" + "|".join(sorted(COUNTERPART)) + r")(s)?\b", re.IGNORECASE)
_PORTFOLIO = "(?:" + "|".join(sorted(PORTFOLIOS, key=len, reverse=True)) + ")"
_PORTFOLIOS = rf"{_PORTFOLIO}(?:(?:, | and |, and | & | ){_PORTFOLIO})*"
_MINISTER_OF = re.compile(rf"\bministers? (?:of|for|in charge of) (?:the )?({_PORTFOLIOS})\b", re.IGNORECASE)
# "trade and industry minister", "foreign affairs secretary", "Trade Commissioner".
_MINISTER = re.compile(
    rf"\b({_PORTFOLIOS}) (ministers?|(?:cabinet |principal |permanent )?secretary|commissioner)\b",
    re.IGNORECASE,
)
# "Secretary of Commerce", "cabinet secretary for health", "Commissioner for Trade": of what, it has to say.
_SECRETARY_OF = re.compile(
    rf"\b(?:(?:assistant|deputy|under|cabinet|principal|permanent) )?(secretary|commissioner) (?:of|for) (?:the )?({_PORTFOLIOS})\b",
    re.IGNORECASE,
)
# The assembly that a speaker or chairwoman heads: it says what the office is of, not whose.
_BODY = re.compile(
    rf"(?: of| for| at|,) (?:the )?(?:[a-z-]+ |Grand |Supreme |People['’]s ){{0,2}}(?:Ministry (?:of|for) (?i:{_PORTFOLIOS})|"
    r"Foreign Ministry|National Assembly|(?:Federal |National )?Parliament|Senate|House of Representatives|"
    r"House of Commons|Chamber of Deputies|State Duma|Federation Council|Federal Council|Great Hural|State Council|"
    r"Council of Ministers|Cabinet)\b"
)
_BODY_OF = re.compile(
    rf"(?:['’]s)? (?:NA|N\.A\.|National Assembly|Parliament|Senate|Commission|Council|Secretariat|Assembly|Foreign Ministry|(?i:{_PORTFOLIO}) [Mm]inistry|[Gg]overnment|"
    rf"Ministry (?:of|for) (?i:{_PORTFOLIOS}))(?![\w-])(?: \([A-Z.]+\))?"
)
_MINISTRY = re.compile(
    rf"(?:\b(?:{'|'.join(sorted(MINISTRY_WORDS, key=len, reverse=True))}))$", re.IGNORECASE
)
_OF = re.compile(
    r" (?P<word>of|for|to|at|in) (?:the )?(?:(?:"
    + "|".join(STATE_FORMS)
    + r")(?: "
    + "|".join(STATE_FORMS)
    + r")* of (?:the )?)?"
)
_OF_PLAIN = re.compile(r" (?P<word>of|for|to|at|in|from) (?:the )?")
_LINK = re.compile(r" and (?:the )?| & | ?/ ?| ")


@dataclass(frozen=True, slots=True)
class TitlePhrase:
    """A title with its surroundings: start and end of all of it, the titles, whose they are, in order."""

    start: int
    end: int
    titles: tuple[TitleSpan, ...]
    owners: tuple[NamedNode, ...] = ()
    former: bool = False
    pronoun: str = ""
    possessor: int = -1
    ministry: str = ""
    words: str = field(default="")

    @property
    def plural(self) -> bool:
        """Whether the title is of several people."""
        return self.titles[-1].plural

    @property
    def counterpart(self) -> bool:
        """Whether it says no more than "counterpart"."""
        return self.titles[0].kind == COUNTERPART_KIND


def find_phrases(text: str, matches: list[NameMatch], titles: list[TitleSpan]) -> list[TitlePhrase]:
    """The titles of a text (as find_titles has them) with whose they are, in order."""
    return _Finder(text, matches, titles).find()


class _Finder:
    def __init__(self, text: str, matches: list[NameMatch], titles: list[TitleSpan]) -> None:
        self.text = text
        self.titles = titles
        self._by_start = {m.start: m for m in matches}
        self._by_end = {m.end: m for m in matches if owner(m) is not None}
        things = [m for m in matches if all(s.entity.kind != "person" for s in m.senses)]
        self._inside = {i for m in things for i in range(m.start, m.end)}

    def find(self) -> list[TitlePhrase]:
        spans = [s for s in self._spans() if s.start not in self._inside]
        out: list[TitlePhrase] = []
        i = 0
        while i < len(spans):
            chain = [spans[i]]
            while i + 1 < len(spans) and self._linked(chain[-1], spans[i + 1]):
                i += 1
                if spans[i].title not in _ROYAL or chain[-1].title in _ROYAL:
                    chain.append(spans[i])
                else:
                    break  # "Foreign Minister Prince N.": the second is part of how he is addressed
            i += 1
            phrase = self._phrase(chain)
            if phrase is not None:
                out.append(phrase)
        return out

    def _spans(self) -> list[TitleSpan]:
        spans = list(self.titles)
        for match in _MINISTER_OF.finditer(self.text):
            words = match.group(1)
            foreign = re.search(r"\b(?:foreign|external)\b", words, re.IGNORECASE)
            whole = f"Minister of {words}" if words[0].isupper() else f"minister of {words}"
            title = "Foreign Minister" if foreign else whole
            if len(_words(words)) == 1 and not foreign:
                title = f"{words.title()} Minister"
            own = TitleSpan(
                match.start(), match.end(), title, "ForeignMinister" if foreign else "Minister",
                match.group()[8:9].casefold() == "s",
            )  # fmt: skip
            clash = [s for s in spans if s.start < own.end and own.start < s.end]
            if not any(s.end - s.start >= own.end - own.start and s.title != "minister" for s in clash):
                spans = [s for s in spans if s not in clash] + [own]
        spans = self._of_portfolios(spans)
        for match in _COUNTERPART.finditer(self.text):
            spans.append(
                TitleSpan(match.start(), match.end(), "counterpart", COUNTERPART_KIND, bool(match.group(1)))
            )
        for match in re.finditer(r"\b(?:" + "|".join(WEAK_TITLES) + r")\b", self.text):
            spans.append(TitleSpan(match.start(), match.end(), "chief", "OrganizationHead", False))
        return sorted(spans, key=lambda s: s.start)

    def _of_portfolios(self, spans: list[TitleSpan]) -> list[TitleSpan]:
        """With the titles that a list of portfolios makes: "Commerce and Industry Minister", "Secretary of Energy"."""
        found = [(m, m.group(1), m.group(2)) for m in _MINISTER.finditer(self.text)]
        found += [(m, m.group(2), m.group(1)) for m in _SECRETARY_OF.finditer(self.text)]
        for match, words, head in found:
            foreign = re.search(r"\b(?:foreign|external)\b", words, re.IGNORECASE) is not None
            deputy = match.group().split(" ")[0].casefold() in {"assistant", "deputy", "under"}
            minister = head.casefold().startswith("minister")
            if foreign and not deputy and head.casefold() != "commissioner":
                title, kind = "Foreign Minister", "ForeignMinister"
            else:
                text = match.group().removesuffix("s") if minister else match.group()
                title, kind = text if text[0].isupper() else text.title() if minister else text, "Minister"
            own = TitleSpan(match.start(), match.end(), title, kind, head.casefold() == "ministers")
            clash = [s for s in spans if s.start < own.end and own.start < s.end]
            if all(
                s.start >= own.start and s.end <= own.end and s.end - s.start < own.end - own.start
                for s in clash
            ):
                spans = [s for s in spans if s not in clash] + [own]
        return spans

    def _linked(self, left: TitleSpan, right: TitleSpan) -> bool:
        if left.plural or right.plural or COUNTERPART_KIND in {left.kind, right.kind}:
            return False
        return _LINK.fullmatch(self.text[left.end : right.start]) is not None

    def _phrase(self, chain: list[TitleSpan]) -> TitlePhrase | None:
        first = chain[0]
        owners, start, former, more = self._before(first.start, first.title)
        after, end = self._after(chain[-1])
        owners = owners or after
        deputy = more.get("deputy", "")
        if first.title == "leader" and more.get("not a state"):
            return None
        if first.title == "chief" and not (owners and more.get("organization")):
            return None
        if deputy:
            chain = [
                TitleSpan(s.start, s.end, f"{_deputy(deputy, s)} {s.title}", "Minister", s.plural)
                if s is first
                else s
                for s in chain
            ]
        return TitlePhrase(
            start, end, tuple(chain), tuple(owners), former, more.get("pronoun", ""),
            int(more.get("possessor", -1)), more.get("ministry", ""), self.text[start:end],
        )  # fmt: skip

    def _before(self, at: int, title: str) -> tuple[list[NamedNode], int, bool, dict[str, str]]:
        """Whose a title is by the words before it; where they begin; whether it is a past one; what else they say."""
        former, more, start = False, dict[str, str](), at
        while True:
            gap = re.search(r"(?P<own>['’]s?)?[ \u00a0-]+$", self.text[max(0, at - 4) : at])
            if not gap:
                return [], start, former, more
            end = at - len(gap.group())
            place = self._by_end.get(end)
            if place is not None:
                owners, start = self._list_before(place)
                left = re.search(
                    r"\b(former|then|ex)[ -]$", self.text[max(0, start - 8) : start], re.IGNORECASE
                )
                if left:
                    former = former or left.group(1).casefold() != "then"
                if any(s.entity.kind == "organization" for s in place.senses):
                    more["organization"] = "yes"
                return owners, start, former, more
            ministry = _MINISTRY.search(self.text[max(0, end - 40) : end])
            word = ministry or re.search(r"[\w’'-]+$", self.text[max(0, end - 20) : end])
            if not word:
                return [], start, former, more
            name = fold(word.group())
            if name == "assembly" and fold(self.text[max(0, end - 17) : end]).endswith("national assembly"):
                word = re.search(r"\w+ \w+$", self.text[:end]) or word
            if gap["own"]:
                more["possessor"] = str(end)
                return [], start, former, more
            if name in {"his", "her", "its", "their", "whose"}:
                more["pronoun"] = name
                return [], start, former, more
            if name in NOT_STATE_LEADERS and not (name in ASSEMBLIES and title in PRESIDING):
                more["not a state"] = name
                return [], start, former, more
            if ministry is not None:
                more["ministry"] = name
            elif name in ASSEMBLIES and title in PRESIDING:
                pass
            elif name in DEPUTIES:
                more["deputy"] = name
            elif name in TITLE_MODIFIERS | FORMER:
                former = former or name in FORMER
            else:
                return [], start, former, more
            at = start = end - len(word.group())

    def _list_before(self, place: NameMatch) -> tuple[list[NamedNode], int]:
        """The owners that end with a match: "Kenyan", "the German and Polish"."""
        owners = [o for o in [owner(place)] if o is not None]
        start = place.start
        while True:
            gap = re.search(r"(?:, (?:and )?| and | & )(?:the )?$", self.text[max(0, start - 10) : start])
            before = self._by_end.get(start - len(gap.group())) if gap else None
            if before is None or not any(s.how == "demonym" for s in (*before.senses, *place.senses)):
                return owners, start
            if not all(any(s.how == "demonym" for s in m.senses) for m in (before, place)):
                return owners, start
            found = owner(before)
            if found is None:
                return owners, start
            owners.insert(0, found)
            start, place = before.start, before

    def _after(self, span: TitleSpan) -> tuple[list[NamedNode], int]:
        """The owners after a title, "of A, B and C", and where the phrase ends."""
        end = span.end
        body = _BODY.match(self.text, end)
        end = body.end() if body else end
        of = _OF_PLAIN.match(self.text, end)
        place = self._by_start.get(of.end()) if of else None
        if place is None:  # "of the Republic of X", where the long name is not one that the reference has
            of = _OF.match(self.text, end)
            place = self._by_start.get(of.end()) if of else None
        if of is None or place is None or owner(place) is None:
            return [], end
        if of["word"] == "from" and span.kind != COUNTERPART_KIND:
            return [], end  # "his counterpart from X, N.", not "the minister from X"
        own = of["word"] in {"of", "for", "from"} or (of["word"] == "at" and span.kind != "Ambassador")
        if of["word"] == "in":
            return [], end
        owners = [o for o in [owner(place)] if o is not None and own]
        end = place.end
        body = _BODY_OF.match(self.text, end)
        end += len(body.group()) if body else 0
        to = re.match(r" (?:to|in) (?:the )?", self.text[end:]) if span.kind == "Ambassador" else None
        posted = self._by_start.get(end + to.end()) if to else None
        end = posted.end if posted is not None else end
        while span.plural:
            gap = re.match(r"(?:, (?:and )?| and | & )(?:the )?(?:Republic of )?", self.text[end:])
            place = self._by_start.get(end + len(gap.group())) if gap else None
            found = owner(place) if place is not None else None
            if place is None or found is None or any(s.how == "demonym" for s in place.senses):
                break
            owners.append(found)
            end = place.end
        return owners, end


def _deputy(word: str, title: TitleSpan) -> str:
    """ "vice minister" is a deputy minister, a "vice chairman" is called so."""
    vice = word == "vice" and title.title not in PRESIDING
    return "Deputy" if vice else word.title()


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"\w+", text) if w.casefold() not in {"and", "the"}]
