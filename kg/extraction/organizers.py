"""Whose summit a summit is: told beside the word, by a joint name ("EU-Japan"), or by what the text is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg import identity
from kg.extraction.grammar import governor, prepositions, subjects
from kg.extraction.names import NameMatch
from kg.extraction.reading import Format, Reading
from kg.namespaces import iri

if TYPE_CHECKING:
    from spacy.tokens import Token

# Words that may stand between an organization and its summit without making it another gathering.
_PLAIN = (
    r"(?:\d+(?:st|nd|rd|th)|(?:twenty-|thirty-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth"
    r"|\w+tieth)|annual|biennial|regular|ordinary|plenary|informal|formal|extraordinary|emergency|special|virtual|regional|upcoming"
    r"|forthcoming|coming|latest|last|previous|past|recent|next|current|historic|key|major|main|full|leaders|leader"
    r"|leadership|heads? of state|heads? of government|state|\w+-day|day-long|one|two|three|year|month|week|this|jubilee"
    r"|anniversary|inaugural|economic|security|landmark|crucial|planned|scheduled|long-planned|big|grand|own|ongoing|crunch"
    r"|back-to-back|postponed|cancelled|canceled|delayed|high|stakes|level|pivotal|rare|virtual|autumn|spring|summer|winter|mid-year|year-end)['’]?(?:s\b)?"
)
_GAP = re.compile(rf"\)?(?:['’]s?)?(?:[ -]+{_PLAIN})*[ -]+", re.IGNORECASE)
_PLAIN_WORD = re.compile(_PLAIN, re.IGNORECASE)
_OF = re.compile(
    r",? (?:of|for) (?:the )?(?:(?:authority|assembly|conference|council) of (?:the )?)?"
    r"(?:(?:leaders|presidents|heads? of (?:the )?states?(?: (?:and|or|&) (?:of )?(?:the )?(?:heads? of )?governments?)?"
    r"|heads? of governments?) (?:of|from) (?:the )?)?"
    r"(?:(?:\w+-(?:member|nation|strong)|regional|wider|enlarged) )*",
    re.IGNORECASE,
)
# Gatherings that are not of leaders, whatever they are called.
_OTHERS = re.compile(
    r"\b(?:CEOs?|business|youth|ministers?|ministerial|mayors?|parliamentar\w+|speakers?|investment|investors?|media|sports?"
    r"|civil society|people|peoples|women|tech|academic|judicial|defence|defense|finance|trade|labour|health|food|education"
    r"|cultural|cybersecurity|interfaith|religious)['’]?s? (?:\w+ )?$",
    re.IGNORECASE,
)
_CHUNK = re.compile(
    r"(?:[A-Z][\w.&’']*(?: [A-Z][\w.&’']*){0,3}|C5)(?:[-–‑+][A-Z\d][\w.&’']*(?: (?!Summit)[A-Z][\w.&’']*){0,2})+$"
)
_BODIES = frozenset(
    {
        "bloc",
        "group",
        "grouping",
        "organization",
        "organisation",
        "alliance",
        "forum",
        "club",
        "union",
        "body",
    }
)
_PARTIES = frozenset(
    {
        "leader",
        "president",
        "premier",
        "minister",
        "counterpart",
        "partner",
        "head",
        "country",
        "nation",
        "state",
    }
)
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "both"})


@dataclass(frozen=True, slots=True)
class Organizer:
    """An organization with the words that name it, and how it was worked out where they do not stand with the summit."""

    iri: NamedNode
    start: int
    end: int
    note: str | None = None


class Organizers:
    """Finds whose the summits of one reading are; asked in order of place."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self.headline = reading.text.find("\n\n") if 0 < reading.text.find("\n\n") < 200 else 0
        self._told: list[Organizer] = []

    def of(self, noun: Token) -> list[Organizer]:
        """The organizers of a summit: one, several where the word is a plural, or none."""
        start = noun.idx
        if _OTHERS.search(self.text[max(0, start - 40) : start]):
            return []
        found = self._joint(noun) or self._beside(noun)
        if found:
            self._told += found
            return found
        if self._of_two(noun) or noun.lower_ == "summits":
            return []
        other = self._default(noun)
        return [other] if other is not None else []

    def named(self, match: NameMatch) -> list[Organizer]:
        """The organizer of a gathering that has a name of its own ("CHOGM")."""
        entity = self._organization(match)
        found = [Organizer(entity, match.start, match.end)] if entity is not None else []
        self._told += found
        return found

    # -- told with the word ----------------------------------------------------------------------

    def _beside(self, noun: Token) -> list[Organizer]:
        end = noun.idx + len(noun)
        inside = next((m for m in self.reading.matches if m.start <= noun.idx < m.end), None)
        if inside is not None:
            return [Organizer(o, inside.start, inside.end) for o in [self._organization(inside)] if o]
        plural = noun.lower_ == "summits"
        found = self._before(noun.idx, plural)
        if found:
            return found
        of = _OF.match(self.text, end)
        out: list[Organizer] = []
        at = of.end() if of else -1
        while (match := self._match_at(at)) is not None and (one := self._organization(match)) is not None:
            if all(o.iri != one for o in out):
                out.append(Organizer(one, match.start, match.end))
            if not plural:
                break
            gap = re.match(
                r"(?: \([A-Z\d-]+\))?(?: on \w+(?: \d+)?| in \w+)?(?:,| and|, and) (?:of )?(?:the )?",
                self.text[match.end :],
            )
            at = match.end + gap.end() if gap else -1
        return out

    def _before(self, start: int, plural: bool) -> list[Organizer]:
        """ "the 15th BRICS annual summit", "NATO's Vilnius summit", "the G7 and NATO summits"."""
        out: list[Organizer] = []
        for match in reversed([m for m in self.reading.matches if m.end <= start and m.end > start - 80]):
            gap = self.text[match.end : start]
            if _GAP.fullmatch(gap) or (out and plural and re.fullmatch(r",? (?:and )?(?:the )?", gap)):
                one = self._organization(match)
                if one is not None:
                    out.append(Organizer(one, match.start, match.end))
                    if not plural:
                        break
                elif all(s.entity.kind != "place" for s in match.senses):
                    break
                start = match.start
            else:
                break
        return out

    def _match_at(self, offset: int) -> NameMatch | None:
        return next((m for m in self.reading.matches if m.start == offset), None)

    def _organization(self, match: NameMatch) -> NamedNode | None:
        """The organization that a name means; of several the one that goes by the name without "summit"."""
        found = [s.entity.iri for s in match.senses if s.entity.kind == "organization"]
        if len(set(found)) > 1:
            short = re.sub(r"\s+(?:leaders['’]? )?summit$", "", match.text, flags=re.IGNORECASE)
            plain = {s.entity.iri for m in self.reading.names.find(short) for s in m.senses}
            found = [f for f in found if f in plain] or found
        return found[0] if found else None

    def _joint(self, noun: Token) -> list[Organizer]:
        """A format of several ("African Union-European Union summit", "US-Nordic summit"); not of two states."""
        whole = self.text[max(0, noun.idx - 80) : noun.idx]
        before = re.sub(rf"(?:[ -]{_PLAIN})* $", "", whole, flags=re.IGNORECASE)
        cut = whole[len(before) :]
        before = re.sub(r"^.*\b(?:The|An?|This|That|At|In|For|During)(?= )", "", before)
        chunk = _CHUNK.search(before.lstrip())
        if chunk is None:
            return []
        end = noun.idx - len(cut)
        start = end - len(chunk.group())
        parts = re.split(r"[-–‑+]", chunk.group())
        labels, kinds, at = [], [], start
        for part in parts:
            sense = next(
                (
                    s
                    for m in self.reading.names.find(part)
                    if m.start == 0 and m.end == len(part)
                    for s in m.senses
                ),
                None,
            )
            kinds.append(sense.entity.kind if sense and sense.how != "summit" else "")
            labels.append(sense.entity.label if sense and kinds[-1] else part)
            at += len(part) + 1
        known = next(
            (m for m in self.reading.names.find(chunk.group()) if m.end - m.start == len(chunk.group())), None
        )
        if known is not None or len(parts) < 2 or not any(kinds) or kinds.count("state") == len(kinds) == 2:
            return []
        if "person" in kinds:
            return []
        ad_hoc = f"{chunk.group()} summit"
        joined = "-".join(labels)
        label = joined if "organization" in kinds else ad_hoc
        node = iri("organization", identity.slug(label))
        others = tuple(sorted({joined, ad_hoc, chunk.group(), f"{joined} summit"} - {label}))
        self.reading.formats[node] = Format(label, others)
        return [Organizer(node, start, end)]

    def _of_two(self, noun: Token) -> bool:
        """Whether it is one of two leaders or states, or of a mountain."""
        if noun.head.lemma_ in {"reach", "climb", "scale", "conquer"}:
            return True
        if any(c.lower_ in {"bilateral", "trilateral", "inter-korean"} for c in noun.children):
            return True
        if any(True for _ in prepositions(noun, "between", "of")):
            return True
        # "a summit with African leaders", but "a summit with many challenges ahead"
        if any(t.pos_ in {"PROPN", "PRON"} or t.lemma_ in _PARTIES or self.reading.state_at(t)
               for t in prepositions(noun, "with")):  # fmt: skip
            return True
        if any(self.reading.person_at(c) for c in noun.children if c.dep_ in {"compound", "nmod"}):
            return True
        before = self.text[max(0, noun.idx - 40) : noun.idx]
        return re.search(r"[A-Z]\w+[-–‑][A-Z]\w+ (?:\w+ )?$", before) is not None

    # -- worked out ------------------------------------------------------------------------------

    def _default(self, noun: Token) -> Organizer | None:
        """Whose "the summit" is: of the sentence, of the headline, of the paragraph, of the lead; or nobody's."""
        words = [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod"} and c.i < noun.i]
        words = [w for w in words if not self.reading.times_at(w) and w.lower_ not in {"day", "hour"}]
        if any(
            not _PLAIN_WORD.fullmatch(w.text) and not self._is_place(w) and w.lower_ != "-" for w in words
        ):
            return None
        if any(w.lower_ in {"another", "every", "any", "no", "future"} for w in noun.children):
            return None
        article = {c.lower_ for c in noun.children if c.dep_ in {"det", "poss"}}
        paragraph = self.text.rfind("\n\n", 0, noun.idx)
        sentence = noun.sent.start_char
        told = [o for o in self._told if o.start >= sentence]
        if article & _DEFINITE and told:
            return self._noted(told[-1])
        here = self._held(max(paragraph, 0), noun.idx)
        poss = {c.lower_ for c in noun.children if c.dep_ == "poss"}
        if "their" in poss:  # of leaders named before it in the sentence
            near = self._held(sentence, noun.idx)
            return self._noted(near[-1]) if near else None
        if "its" in poss or any(c.dep_ == "poss" and c.lemma_ in _BODIES for c in noun.children):
            # "its summit", "the bloc's annual summit": the body may also be named later in the sentence
            near = (
                self._held(sentence, noun.idx)[-1:] or self._held(noun.idx, noun.sent.end_char) or here[-1:]
            )
            return self._noted(near[0]) if len(near) == 1 else None
        if "a" in article or "an" in article:
            whose = self._of_leaders(noun)
            if whose is not None:
                return self._noted(whose)
            told = [o for o in self._told if o.end <= self.headline]
            return self._noted((here or told)[0]) if len(here or told) == 1 else None
        head = self._held(0, self.headline)
        if len(head) == 1:
            return self._noted(head[0])
        near = self._held(sentence, noun.idx)
        if len(near) == 1:
            return self._noted(near[0])
        told = [o for o in self._told if o.start >= paragraph]
        if told:
            return self._noted(told[-1])
        if len(here) == 1:
            return self._noted(here[0])
        if self._told:
            return self._noted(self._told[-1]) if len({o.iri for o in self._told}) == 1 else None
        lead = list(self.reading.doc.sents)[:3]
        first = self._held(0, min(lead[-1].end_char, noun.idx))
        return self._noted(first[0]) if len(first) == 1 else None

    def _of_leaders(self, noun: Token) -> Organizer | None:
        """ "leaders of A opened a summit", "A's leaders gathered for a summit": that of A."""
        verb = governor(noun)
        for subject in subjects(verb) if verb is not None else []:
            if subject.lemma_.casefold() in {"leader", "head", "president"} and subject.i < noun.i:
                return self.of_leaders(subject)
        return None

    def of_leaders(self, leaders: Token) -> Organizer | None:
        """The organization that leaders are those of: "the leaders of A", "A leaders"; None where none or several are named."""
        end = leaders.idx + len(leaders)
        before = self._before(leaders.idx, plural=False)
        of = re.match(
            r" (?:of (?:state(?: and (?:of )?government)?|government) )?(?:of|from) (?:the )?",
            self.text[end:],
        )
        match = self._match_at(end + of.end()) if of else None
        told = self._organization(match) if match is not None else None
        if match is not None and told is not None:
            before.append(Organizer(told, match.start, match.end))
        known = [o for o in before if o.iri in self.reading.names.summiteers]
        return known[0] if len({o.iri for o in known}) == 1 else None

    def _is_place(self, word: Token) -> bool:
        return self.reading.places.at(word.idx) is not None

    def _held(self, start: int, end: int) -> list[Organizer]:
        """The organizations named between two offsets that are known to hold summits, each once."""
        out: list[Organizer] = []
        for match in self.reading.matches:
            if start <= match.start and match.end <= end:
                one = self._organization(match)
                if (
                    one in self.reading.names.summiteers
                    and all(o.iri != one for o in out)
                    and one is not None
                ):
                    out.append(Organizer(one, match.start, match.end))
        return out

    def _noted(self, organizer: Organizer) -> Organizer:
        entity = self.reading.names.entities.get(organizer.iri)
        known = self.reading.formats.get(organizer.iri)
        label = entity.label if entity else known.label if known else identity.local(organizer.iri)
        return Organizer(organizer.iri, organizer.start, organizer.end, f"the summit is that of {label}")
