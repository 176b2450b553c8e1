"""Which offices the words around a name give to a person.

"Kenyan President N.", "N., prime minister of X,", "the foreign minister of X, N.", "Presidents N. of X and M. of Y",
"the prime ministers of X and Y, N. and M.", "his Zambian counterpart, N.".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.extraction.lexicon import STATE_FORMS
from kg.extraction.name_spans import ADDRESS, ADDRESS_BEFORE
from kg.extraction.names import NameMatch
from kg.extraction.persons import Office, Person, PersonMention, owner
from kg.extraction.titles import TitlePhrase

_BETWEEN = re.compile(r", and |, | and | & ")
_AFTER_NAME = re.compile(
    r"(?:,| \(| –| —)? (?:who (?:is|was|became) (?:also )?(?:[^,;.()]{1,60} and )?|now |currently |formerly )?(?:the |its |a |an |his |her |their )?"
)
_OF_STATE = re.compile(r" (?:of |\()(?:the )?(?:(?:" + "|".join(STATE_FORMS) + r") )*(?:of (?:the )?)?")
_RELATIVE = re.compile(r"\b(?:wife|husband|spouse|Mrs|First Lady|Madame)\b\.?[^.;:]*$")
_OF_PLAIN = re.compile(r" (?:of |\()(?:the )?")


class OfficeReader:
    """Reads offices in one text, whose people have been found."""

    def __init__(
        self, text: str, matches: list[NameMatch], phrases: list[TitlePhrase], people: list[Person]
    ) -> None:
        self.text = text
        self.matches = matches
        self.phrases = phrases
        self.people = people
        self._ends = {p.end: p for p in phrases}
        self._starts = {p.start: p for p in phrases}
        self._bare_starts = {p.titles[0].start: p for p in phrases}
        self._place_by_end = {m.end: m for m in matches if owner(m) is not None}
        self._place_by_start = {m.start: m for m in matches if owner(m) is not None}
        self._listed: dict[int, tuple[TitlePhrase, NamedNode | None]] | None = None

    def read(self, person: Person, mention: PersonMention) -> list[Office]:
        """The offices that the text gives a person at a mention; the mention then covers the title too."""
        listed = self._lists().get(mention.start)
        if listed is not None:
            phrase, whose = listed
            if not phrase.owners and phrase.end + 40 > mention.start and not any(
                m.start in range(phrase.end, mention.start) for p in self.people for m in p.mentions
            ):  # fmt: skip
                mention.title_start, mention.title_end = phrase.start, mention.end
            return self._offices(phrase, whose, person, mention)
        before = self._preceding_title(mention.start)
        if before is not None and self._of_name_before(before, mention):
            before = None
        if before is not None and not before.plural:
            mention.title_start, mention.title_end = before.start, max(before.end, mention.end)
            whose = before.owners[0] if before.owners else self._of_state(mention)
            return self._offices(before, whose, person, mention)
        after = self._after(mention)
        if after is None:
            return self._in_a_row(person, mention)
        return self._offices(after, after.owners[0] if after.owners else None, person, mention)

    def look_again(self) -> None:
        """Read lists of people anew, now that it is known who is of which state."""
        self._listed = None

    def _in_a_row(self, person: Person, mention: PersonMention) -> list[Office]:
        """ "X's foreign minister N., Y's M. and Z's O.": the title goes on."""
        whose = self._possessor(mention)
        at = mention.start
        while whose is not None:
            place = self._place_by_end[at - 3]
            gap = re.search(r"(?:, and |, | and )$", self.text[max(0, place.start - 6) : place.start])
            before = next(
                (
                    m
                    for p in self.people
                    for m in p.mentions
                    if gap and m.end == place.start - len(gap.group())
                ),
                None,
            )
            if before is None:
                return []
            phrase = self._preceding_title(before.start)
            if phrase is not None:
                first = phrase.titles[0]
                return (
                    []
                    if phrase.counterpart or not phrase.owners
                    else [Office(first.title, first.kind, whose, vague=True)]
                )
            at = before.start
            if self._possessor(before) is None:
                return []
        return []

    def titled(self, start: int) -> bool:
        """Whether a title stands right before an offset."""
        return self._preceding_title(start) is not None

    def _preceding_title(self, start: int) -> TitlePhrase | None:
        """The title before a name, with or without words of address between ("King N.", "Minister Prince N.")."""
        own = ADDRESS_BEFORE.search(self.text[max(0, start - 40) : start])
        for at in [start, start - len(own.group())] if own else [start]:
            gap = re.search(r"(?:, (?:the )?|: |,? )?$", self.text[max(0, at - 6) : at])
            found = self._ends.get(at - (len(gap.group()) if gap else 0))
            if found is not None:
                return found
        return None

    def _of_name_before(self, phrase: TitlePhrase, mention: PersonMention) -> bool:
        """Whether a title with a comma after it is that of the name before it: "A, president of X, B"."""
        if "," not in self.text[phrase.end : mention.start]:
            return False
        for other in (m for p in self.people for m in p.mentions if m.end < phrase.start):
            if self._relative(other):
                continue
            gap = _AFTER_NAME.match(self.text, other.end)
            if gap and "," in gap.group() and gap.end() in {phrase.start, phrase.titles[0].start}:
                return self._preceding_title(other.start) is None
        return False

    def _relative(self, mention: PersonMention) -> bool:
        """ "his wife, N., the minister, M.": N. is no minister."""
        return _RELATIVE.search(self.text[max(0, mention.start - 40) : mention.start]) is not None

    def _of_state(self, mention: PersonMention) -> NamedNode | None:
        """The state after a name: "Queen N. of X"."""
        place = self._state_after(mention.end)
        return owner(place) if place is not None else None

    def _state_after(self, at: int) -> NameMatch | None:
        """The state after a name: "N. of X", "N. of the Republic of X", "N. (X)"."""
        for pattern in (_OF_PLAIN, _OF_STATE):
            of = pattern.match(self.text, at)
            place = self._place_by_start.get(of.end()) if of else None
            if place is not None:
                return place
        return None

    def _after(self, mention: PersonMention) -> TitlePhrase | None:
        gap = _AFTER_NAME.match(self.text, mention.end)
        if not gap or gap.group() == " " or self._relative(mention):
            return None
        phrase = self._starts.get(gap.end()) or self._bare_starts.get(gap.end())
        if phrase is None or phrase.plural or phrase.counterpart:
            return None
        follows = re.match(r"(?P<comma>,)? ", self.text[phrase.end :])
        at = phrase.end + follows.end() if follows else phrase.end
        own = ADDRESS.match(self.text, at)
        at = own.end() if own else at
        # "A, President B": the title is the next name's; "A, president of X, B": it is this one's, unless this name
        # has a title already.
        named = follows is not None and any(m.start == at for p in self.people for m in p.mentions)
        if named and (not follows or not follows["comma"] or self._preceding_title(mention.start)):
            return None
        if not phrase.owners and not phrase.ministry:
            tail = self.text[phrase.end : phrase.end + 1]
            if tail not in {",", ".", ";", ")", ""} and not self.text[phrase.end :].startswith(
                (" –", " —", " of ")
            ):
                return None
        return phrase

    # -- several people with one title -----------------------------------------------------------

    def _lists(self) -> dict[int, tuple[TitlePhrase, NamedNode | None]]:
        """For each name in a list that shares a title: the title, and whose it is."""
        if self._listed is None:
            starts = {m.start: m for p in self.people for m in p.mentions}
            ends = {m.end: m for p in self.people for m in p.mentions}
            self._listed = {}
            for phrase in (p for p in self.phrases if p.plural):
                for mention, whose in self._following(phrase, starts) or self._preceding(phrase, ends):
                    self._listed.setdefault(mention.start, (phrase, whose))
        return self._listed

    def _following(
        self, phrase: TitlePhrase, starts: dict[int, PersonMention]
    ) -> list[tuple[PersonMention, NamedNode | None]]:
        gap = re.match(r",? |: | — | – ", self.text[phrase.end :])
        at = phrase.end + gap.end() if gap else phrase.end
        found: list[tuple[PersonMention, NamedNode | None]] = []
        while True:
            own = ADDRESS.match(self.text, at)
            mention = starts.get(at) or starts.get(own.end() if own else at)
            if mention is None:
                break
            place = self._state_after(mention.end)
            possessor = self._possessor(mention)
            found.append((mention, owner(place) if place is not None else possessor))
            at = place.end if place is not None else mention.end
            at += self.text[at : at + 1] == ")"
            between = _BETWEEN.match(self.text, at)
            if between is None:
                break
            at = between.end()
        if len(found) < 2:
            return []
        if not phrase.owners and self._respective(phrase, found[-1][0].end):
            homes = self._homes_before(phrase.start)
            return [(m, homes[i] if len(homes) == len(found) else None) for i, (m, _) in enumerate(found)]
        if len(phrase.owners) == len(found):
            return [(m, whose) for (m, _), whose in zip(found, phrase.owners, strict=True)]
        if len(phrase.owners) == 1:
            return [(m, phrase.owners[0]) for m, _ in found]
        return found

    def _respective(self, phrase: TitlePhrase, end: int) -> bool:
        """ "the respective foreign ministers, N. and M.", "the foreign ministers, N. and M., respectively"."""
        before = self.text[max(0, phrase.start - 12) : phrase.start]
        return before.endswith("respective ") or self.text[end:].startswith(
            (", respectively", " respectively")
        )

    def _homes_before(self, at: int) -> list[NamedNode]:
        """The states of the people told before an offset in its sentence, in order."""
        low = max((m.end() for m in re.finditer(r"[.!?]\s+(?=[A-ZÀ-Þ])|\n", self.text[:at])), default=0)
        told = sorted(
            ((m.start, p) for p in self.people for m in p.mentions if low <= m.start < at),
            key=lambda pair: pair[0],
        )
        return list(dict.fromkeys(h for _, p in told if (h := _home(p)) is not None))

    def _preceding(
        self, phrase: TitlePhrase, ends: dict[int, PersonMention]
    ) -> Iterator[tuple[PersonMention, NamedNode | None]]:
        gap = re.search(r", (?:respectively )?the $", self.text[max(0, phrase.start - 20) : phrase.start])
        found: list[PersonMention] = []
        at = phrase.start - len(gap.group()) if gap else phrase.start
        while (mention := ends.get(at)) is not None:
            found.insert(0, mention)
            between = re.search(
                r"(?:, and |, | and | & )$", self.text[max(0, mention.start - 6) : mention.start]
            )
            if between is None:
                break
            at = mention.start - len(between.group())
        if len(found) >= 2 and len(found) == len(phrase.owners):
            yield from zip(found, phrase.owners, strict=True)

    # -- what a title means ----------------------------------------------------------------------

    def _offices(
        self, phrase: TitlePhrase, whose: NamedNode | None, person: Person, mention: PersonMention
    ) -> list[Office]:
        if phrase.counterpart:
            own = self._after(mention)  # "his Fijian counterpart, N., minister of trade"
            if own is not None and whose is not None and not own.owners:
                return [Office(t.title, t.kind, whose, own.former) for t in own.titles]
            return self._counterpart(whose, person, mention)
        hint = None if whose is not None else self._hint(phrase, mention)
        return [
            Office(
                t.title,
                t.kind,
                whose,
                phrase.former,
                t.title == "chief",
                hint,
                phrase.ministry,
                shared=phrase.plural and t.title != "minister",
            )
            for t in phrase.titles
        ]

    def _hint(self, phrase: TitlePhrase, mention: PersonMention) -> NamedNode | None:
        """Whose office it is by a pronoun or a name: "his foreign minister", "N.'s spokesman", "its chairman"."""
        earlier = [
            (m.end, p)
            for p in self.people
            for m in p.mentions
            if m.end <= phrase.start and p is not mention.person
        ]
        if phrase.possessor >= 0:
            master = self._ends.get(phrase.possessor)  # "the Indonesian president's envoy"
            if master is not None and len(master.owners) == 1:
                return master.owners[0]
            return next((_home(p) for end, p in earlier if end == phrase.possessor), None)
        paragraph = self.text.rfind("\n\n", 0, phrase.start)
        if phrase.pronoun in {"his", "her"}:
            near = [(end, home) for end, p in earlier if end > paragraph and (home := _home(p)) is not None]
            return max(near, key=lambda pair: pair[0])[1] if near else None
        if phrase.pronoun == "its":
            before = [m for m in self._place_by_end.values() if paragraph < m.end <= phrase.start]
            return owner(max(before, key=lambda m: m.end)) if before else None
        return None

    def _counterpart(self, whose: NamedNode | None, person: Person, mention: PersonMention) -> list[Office]:
        earlier = [
            (m.start, p) for p in self.people for m in p.mentions
            if m.start < mention.start and p is not person and any(not o.vague for o in p.offices)
        ]  # fmt: skip
        if whose is None or not earlier:
            return []
        model = next(o for o in max(earlier, key=lambda pair: pair[0])[1].offices if not o.vague)
        title = "Foreign Minister" if model.kind == "ForeignMinister" else model.title
        return [Office(title, model.kind, whose, vague=True)]

    def possessor(self, mention: PersonMention) -> NamedNode | None:
        """The state before a name: "Canada's N."."""
        return self._possessor(mention)

    def _possessor(self, mention: PersonMention) -> NamedNode | None:
        gap = re.search(r"['’]s $", self.text[max(0, mention.start - 3) : mention.start])
        place = self._place_by_end.get(mention.start - 3) if gap else None
        return owner(place) if place else None


def _home(person: Person) -> NamedNode | None:
    """Whom a person acts for: told, or as the reference has it last."""
    return person.home or (person.tenures[-1].within if person.tenures else None)
