"""Where names of people stand in a text: after titles, where the reference knows them, where the parser sees one."""

from __future__ import annotations

import re

from kg.extraction.lexicon import (
    ARRIVE_VERBS,
    HONORIFICS,
    MEETING_VERBS,
    NAMES_OF_BODIES,
    PARTICLES,
    PAY_VERBS,
    SIGNING_WORDS,
    SPEECH_VERBS,
    STRIKING_WORDS,
    TITLE_MODIFIERS,
    TRAVEL_VERBS,
    VISIT_VERBS,
    WELCOME_VERBS,
)
from kg.extraction.names import NameMatch, Names, fold, tokens
from kg.extraction.persons import TitleSpan
from kg.extraction.time_words import MONTH_OF, WEEKDAYS
from kg.extraction.titles import TitlePhrase

_WORD = r"(?:[A-Z]\.(?= [A-Z])|[A-ZÀ-ÞŁŚŞČĆŽŠĐİĀĒĪŌŪ][\w’']*(?:[-‑][\w’']+)*|d['’][A-ZÀ-Þ]\w+|(?:al|el|ul|ad|as|an|at)[-‑][A-Z][\w’']*|[A-Z]\.)"
_NAME = re.compile(
    rf"{_WORD}(?:(?: [“\"]{_WORD}[”\"])?(?: (?:{'|'.join(sorted(PARTICLES))}))* {_WORD})*(?: I{{1,3}}\b| IV\b| VI{{0,3}}\b| X[VI]*\b)?"
)
_BEFORE_TITLE = re.compile(
    rf"(?<![\w.’'-])({_WORD}(?:(?: (?:{'|'.join(sorted(PARTICLES))}))* {_WORD}){{1,3}}), (?:who is )?(?:the )?$"
)
# "H.E. Mr ", "Dr. ", "His Excellency ": what may stand between a title and a name.
_ADDRESS = (
    r"(?:(?:H\.\s?E\.|H\.\s?R\.\s?H\.|H\.\s?M\.|(?:" + "|".join(sorted(HONORIFICS - {"king", "queen"}, key=len, reverse=True))
    + r")\b\.?),? )*"
)  # fmt: skip
ADDRESS = re.compile(_ADDRESS, re.IGNORECASE)
ADDRESS_BEFORE = re.compile(r"(?<![\w-])" + _ADDRESS.removesuffix("*") + "+$", re.IGNORECASE)
# What a name runs into in a headline that writes every word with a capital: "N. Arrives At Summit".
_HEADLINE_VERBS = (
    MEETING_VERBS
    | VISIT_VERBS
    | WELCOME_VERBS
    | ARRIVE_VERBS
    | TRAVEL_VERBS
    | PAY_VERBS
    | SIGNING_WORDS
    | STRIKING_WORDS
    | SPEECH_VERBS
)
_HEADLINE_WORD = re.compile(
    " (?:(?:"
    + "|".join(sorted(v + ("es" if v.endswith(("h", "s")) else "s") for v in _HEADLINE_VERBS))
    + "|invites|accepts|thanks|congratulates|hails|urges|vows|seeks|calls|plans|to|at|in|on|with|for|from|over|after|during|and)(?![\\w-]))",
    re.IGNORECASE,
)
# Months that are first names too.
_MONTH_NAMES = frozenset({"jan", "april", "may", "june", "august", "mar"})
_DAYS = frozenset((*WEEKDAYS, "today", "yesterday", "tomorrow"))
# Words of address that are nobody's name where another name follows.
_ADDRESSES = frozenset(
    {"sheikh", "shaikh", "sheikha", "hon", "rt", "h.e", "his", "her", "dr", "mr", "mrs", "ms"}
)
NOT_NAMES = frozenset(
    (
        *MONTH_OF,
        *WEEKDAYS,
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "of",
        "for",
        "and",
        "but",
        "he",
        "she",
        "they",
        "it",
        "his",
        "her",
        "their",
        "this",
        "that",
        "these",
        "those",
        "majesty",
        "majesties",
        "highness",
        "holiness",
        "excellency",
        "sides",
        "parties",
        "side",
        "heads",
    )
)

# Words that the capitals of a headline make look like a piece of a name.
_IN_TITLE_CASE = re.compile(
    r" (?:To|Arrives?|Arrived|Visits?|Visited|Leaves?|Departs?|Departed|Returns?|Returned|Begins?|Starts?|Ends?|Concludes?|Meets?|"
    r"Lands?|Heads?|Travels?|Flies|Embarks?|Hosts?|Welcomes?|Receives?|Holds?|Attends?|Calls?|Says?|Signs?|Postpones?|Cancels?|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Set|Due|Back|In|On|At|For|With|After|Ahead|And|Will|Is|Wraps?|Kicks?|Makes?|Pays?|Urges?|Vows?|Joins?|Tours?|Invites?)\b(?! (?:I|II|V|X)\b)"
)


class NameSpans:
    """Finds the spans of names in one text; `recognised` are those that the entity recogniser took for people."""

    def __init__(
        self,
        text: str,
        names: Names,
        matches: list[NameMatch],
        titles: list[TitleSpan],
        phrases: list[TitlePhrase],
        recognised: list[tuple[int, int]],
    ) -> None:
        self.text = text
        self.names = names
        self.matches = matches
        self.titles = titles
        self.phrases = phrases
        self.recognised = recognised
        self._title_starts = {t.start for t in titles}
        self._headline_end = text.find("\n\n")

    def find(self) -> list[tuple[int, int]]:
        """The spans, the longest where they overlap, in order."""
        spans: set[tuple[int, int]] = set()
        for match in self.matches:
            if any(s.entity.kind == "person" for s in match.senses):
                whole = {(match.start, match.end)}
                spans |= (
                    (self._trim(match.start, match.end) or whole)
                    if match.start in self._title_starts
                    else whole
                )
        for start, end in self.recognised:
            spans |= self._trim(start, end)
        for phrase in self.phrases:
            at = phrase.end
            gap = re.match(r",? |: |, namely ", self.text[at:])
            if gap is None:
                continue
            own = ADDRESS.match(self.text, at + gap.end())
            at = own.end() if own else at + gap.end()
            comma = gap.group() != " "
            if not (comma and phrase.titles[-1].title == "minister"):
                spans |= self._run(at, comma)
                spans |= self._list(at) if phrase.plural else set()
            if phrase.owners and not phrase.plural:  # "N., the foreign minister of X"
                left = max(0, phrase.start - 60)
                for name in _BEFORE_TITLE.finditer(self.text[left : phrase.start]):
                    spans |= {s for s in self._trim(left + name.start(1), left + name.end(1))
                              if len(tokens(self.text[s[0] : s[1]])) > 1}  # fmt: skip
        for match in self.matches:  # "Kenya's William Ruto"
            if (
                self.text[match.end : match.end + 3] in {"'s ", "’s "}
                and match.senses[0].entity.kind == "state"
            ):
                state = match.senses[0].entity.iri
                for start, end in self._run(match.end + 3, False):
                    words = tokens(self.text[start:end])
                    known = self.names.people_named(self.text[start:end]) or (
                        len(words) == 1 and any(
                            t.within == state for p in self.names.people_by_token.get(words[0], ()) for t in self.names.tenures[p]
                        )
                    )  # fmt: skip
                    if known:
                        spans.add((start, end))
        return self._longest(spans)

    def _list(self, at: int) -> set[tuple[int, int]]:
        """The full names of a list with one title: "the ministers A, B and C"."""
        out: set[tuple[int, int]] = set()
        while (name := _NAME.match(self.text, at)) is not None:
            found = self._run(at, True)
            out |= found
            between = re.compile(r"(?: \([^()]{2,40}\)| of (?:the )?[A-ZÀ-Þ]\w+)?(?:, and |, | and )").match(
                self.text, name.end()
            )
            if not found or between is None:
                break
            at = between.end()
        return out

    def _run(self, at: int, strict: bool) -> set[tuple[int, int]]:
        """The capitalised run at an offset; strict asks for a name of two words (after a comma)."""
        match = _NAME.match(self.text, at)
        if not match:
            return set()
        out = self._trim(match.start(), match.end())
        return {s for s in out if not strict or len(tokens(self.text[s[0] : s[1]])) > 1}

    def _trim(self, start: int, end: int) -> set[tuple[int, int]]:
        """Cut titles, honorifics, demonyms and possessives off a name; nothing where no name is left."""
        while True:
            text = self.text[start:end]
            verb = _HEADLINE_WORD.search(text) if end <= self._headline_end else None
            if verb:
                end = start + verb.start()
                continue
            letters = re.search(r",? (?:MP|MEP|QC|KC|SC|OBE|CBE|GCFR|CGH)\b\.?$", text)
            if letters:  # what stands behind a name and is no part of it
                end = start + letters.start()
                continue
            last = re.search(r"\W+(\w+)\W*$", text)
            if last and fold(last.group(1)) in _DAYS:  # "met N. Friday afternoon"
                end = start + last.start()
                continue
            possessive = re.search(r"['’]s?$", text)
            if possessive:
                end -= len(possessive.group())
                continue
            phrase = next((p for p in self.phrases if p.start < start < p.end < end), None)
            if phrase:  # "Prime Minister of X N.", where the recogniser took X for a part of the name
                start = phrase.end + len(re.match(r"\W*", self.text[phrase.end : end]).group())  # type: ignore[union-attr]
                continue
            title = next((t for t in self.titles if t.start == start and t.end < end), None)
            if title:
                start = title.end + len(re.match(r"\W*", self.text[title.end : end]).group())  # type: ignore[union-attr]
                continue
            address = ADDRESS.match(self.text, start, end)
            if (
                address is not None and start < address.end() < end
            ):  # "H.E. N.", which the recogniser left together
                start = address.end()
                continue
            first = re.match(r"[\w’'-]+\.?\s+", text)
            origin = next((m for m in self.matches if m.start == start and m.end < end
                           and all(s.how == "demonym" for s in m.senses)), None)  # fmt: skip
            initial = first is not None and re.match(r"A\.? [A-Z]\.? ", text) is not None  # "A M N."
            if (
                first
                and not initial
                and (
                    origin
                    or fold(first.group().strip(" ."))
                    in (HONORIFICS | NOT_NAMES | TITLE_MODIFIERS) - _MONTH_NAMES
                )
            ):
                start += first.end()
                continue
            break
        verb = _IN_TITLE_CASE.search(self.text, start, end)
        if verb is not None:  # a headline in title case: "N. To Visit X", "N. Arrives in X"
            end = verb.start()
        inner = next((t for t in self.titles if start < t.start < end), None)
        if inner:
            end = start + len(self.text[start : inner.start].rstrip(" ,"))
        text = self.text[start:end]
        if not text or not text[0].isupper() or fold(text) in NOT_NAMES | HONORIFICS or len(text) < 2:
            return set()
        if NAMES_OF_BODIES & set(tokens(text)):
            return set()
        if any(t.start <= start and t.end >= end for t in self.titles):
            return set()
        exact = next((m for m in self.matches if m.start <= start and m.end >= end), None)
        if exact and all(s.entity.kind != "person" for s in exact.senses):
            return set()
        if not re.search(r"[a-zß-ÿ]", text) and len(text) < 5:
            return set()
        if fold(text.rstrip(".")) in _ADDRESSES and re.match(r"\.? (?:[A-ZÀ-Þ]|bin |al-)", self.text[end:]):
            return set()  # "Emir Sheikh N.": an address before the name, which is found by itself
        return {(start, end)}

    @staticmethod
    def _longest(spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
            if all(span[1] <= o[0] or span[0] >= o[1] for o in out):
                out.append(span)
        return sorted(out)
