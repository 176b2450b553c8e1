"""Who or which states a noun phrase stands for: names, pronouns, role nouns, "the two leaders", "both sides".

Where the text leaves a choice, nothing is returned: abstaining is an answer.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.extraction import coordination, diary, roles
from kg.extraction.grammar import SUBJECTS, VERBAL, conjuncts, subjects
from kg.extraction.lexicon import COUNTERPART, GUEST_NOUNS, LEADER_TITLES, SPEECH_VERBS
from kg.extraction.names import fold
from kg.extraction.persons import Person
from kg.extraction.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token
# "N., who was accompanied by M. and P., arrived": N. did.
_COMPANY = re.compile(r", (?:who (?:is|was|has been|had been) )?(?:accompanied|joined|flanked) by\b")


@dataclass(frozen=True, slots=True)
class Referent:
    """A person with the words that name or stand for them; resolved tells how, where it is not by name."""

    person: Person
    start: int
    end: int
    resolved: str | None = None


@dataclass(frozen=True, slots=True)
class StateReferent:
    """A state or organization with the words that name it."""

    iri: NamedNode
    start: int
    end: int


# The first person; "we" is whoever speaks, with whom the text does not say.
_FIRST = frozenset({"i", "my", "me", "myself", "we", "us", "our"})

# How many sentences back a pronoun looks for who the text is about.
_REACH = 3

_PAIR_NOUNS = frozenset(
    {
        "leader",
        "president",
        "minister",
        "man",
        "premier",
        "counterpart",
        "head",
        "side",
        "pair",
        "official",
        "king",
        "chancellor",
    }
)
_STATE_PAIR_NOUNS = frozenset(
    {
        "country",
        "nation",
        "state",
        "side",
        "party",
        "neighbour",
        "neighbor",
        "government",
        "capital",
        "people",
    }
)


class Referents:
    """Resolves the noun phrases of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self._focus: dict[int, Person | None] = {}
        self._transcript: bool | None = None
        self._visitor: Person | None = None
        self._looked = False

    # -- people --------------------------------------------------------------------------------

    def people(self, token: Token, lists: bool = True) -> list[Referent]:
        """The people that a noun phrase with this head stands for, with those coordinated with it."""
        out: list[Referent] = []
        for word in conjuncts(token) if lists else [token]:
            for referent in self._one(word):
                if all(r.person is not referent.person for r in out):
                    out.append(referent)
        last = self.reading.person_at(conjuncts(token)[-1]) if lists else None
        for mention in coordination.rest(self.reading, last) if last is not None else ():
            if all(r.person is not mention.person for r in out):
                out.append(Referent(mention.person, mention.start, mention.end))
        return out

    def agents(self, verb: Token) -> list[Referent]:
        """The people who are the subject of a verb; the name right before it where the parse has another or none."""
        found = [r for s in subjects(verb) for r in self.people(s)]
        apposed = self._apposed(verb)
        if apposed is not None:
            return [apposed]
        at = verb.i - 1
        while at > verb.sent.start and verb.doc[at].dep_ in {"aux", "auxpass", "advmod", "neg"}:
            at -= 1
        if at < verb.sent.start or verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN", "VB"} or at == verb.i:
            return found
        mention = self.reading.person_at(verb.doc[at])
        if (
            mention is None
            or mention.end < verb.doc[at].idx
            or any(r.person is mention.person for r in found)
        ):
            return found
        before = self.text[max(0, mention.title_start - 12) : mention.title_start].casefold()
        if re.search(
            r"\b(?:of|by|with|for|to|from|and|on|at|as|than|that|if|after|before|when|while|said|told|like|,)(?: the| his)? $",
            before,
        ):
            return found if found or not re.search(r"\b(?:that|if|after|before|when|while)(?: the| his)? $", before) else [
                Referent(mention.person, mention.start, mention.end)]  # fmt: skip
        return [Referent(mention.person, mention.start, mention.end)]

    def _apposed(self, verb: Token) -> Referent | None:
        """ "At the invitation of M., premier of X, N., premier of Y, paid a visit": N., whatever the parse has."""
        low = verb.sent.start_char
        company = _COMPANY.search(self.text, low, verb.idx)
        if company is not None and re.search(r",(?: (?:has|had|will|is|was))* $", self.text[low : verb.idx]):
            head = verb.doc.char_span(company.start() - 1, company.start(), alignment_mode="expand")
            found = self._one(head[-1]) if head is not None else []
            return found[0] if len(found) == 1 else None
        if not self.text[low:].startswith(("At the invitation", "At the request", "Upon the invitation")):
            return None
        before = [m for p in self.reading.people for m in p.mentions if low <= m.start < verb.idx]
        last = max(before, key=lambda m: m.start, default=None)
        if last is None or len(before) < 2:
            return None
        between = self.text[last.end : verb.idx]
        return (
            Referent(last.person, last.start, last.end)
            if re.fullmatch(
                r"(?:, [^,;.]{3,90},)?(?: (?:has|had|will|is|was|to|shall|today|yesterday))* ", between
            )
            else None
        )

    def in_headline(self) -> list[Person]:
        """The people in public office whom the headline names."""
        end = self.text.find("\n\n")
        return [p for p in self.reading.people if p.public and any(m.end <= end for m in p.mentions)]

    def diarist(self, token: Token) -> Person | None:
        """Whose diary an item belongs to that has no subject of its own."""
        if not diary.is_diary(self.text) or not diary.in_item(self.text, token.idx):
            return None
        named = self.in_headline()
        return named[0] if len(named) == 1 else None

    def _one(self, token: Token) -> list[Referent]:
        mention = self.reading.person_at(token)
        if mention is not None:
            return [Referent(mention.person, mention.start, mention.end)]
        for (
            child
        ) in token.children:  # "the host, President N.", "the Amir His Highness N.": a title in apposition
            for word in [child, *(c for c in child.children if c.dep_ == "appos")]:
                if child.dep_ == "appos" and (found := self.reading.person_at(word)):
                    return [Referent(found.person, found.start, found.end)]
        if token.lower_ in {"he", "she", "his", "her", "him", "himself", "herself", "who"} | _FIRST:
            return self._pronoun(token)
        if token.lower_ in {"they", "both", "their", "two", "pair", "them"} or self._plural_pair(token):
            return self._pair(token)
        return self._role(token)

    def _pronoun(self, token: Token) -> list[Referent]:
        if token.lower_ == "who":
            return self._antecedent(token)
        if token.lower_ in _FIRST:
            person = self._speaker(token)
            return (
                [
                    Referent(
                        person,
                        token.idx,
                        token.idx + len(token),
                        f"“{token.text}” is the speaker, {person.name}",
                    )
                ]
                if person
                else []
            )
        span = (token.idx, token.idx + len(token))
        person = self._in_sentence(token) or self._in_focus(token)
        if person is not None and person is self._heading_speaker(token.idx):
            # In a transcript "he" is never who speaks.
            others = [p for at, p in self._mentions_before(token) if p is not person and p.public
                      and at >= self._paragraph(token.idx)[0]]  # fmt: skip
            person = others[-1] if others else None
        if person is None or not person.public:
            return []
        return [Referent(person, *span, resolved=f"“{token.text}” is {person.name}")]

    def _speaker(self, token: Token) -> Person | None:
        """Who says "I": the name that heads the paragraph, else the subject of the nearest verb of speech in it."""
        start, end = self._paragraph(token.idx)
        heading = self._heading_speaker(token.idx)
        if heading is not None:
            return heading
        if not self._quoted(start, token.idx):
            return None
        best: tuple[int, Person] | None = None
        for word in self.reading.doc:
            if start <= word.idx < end and word.pos_ == "VERB" and word.lemma_ in SPEECH_VERBS:
                if self._quoted(start, word.idx):
                    continue
                for subject in word.children:
                    if subject.dep_ in SUBJECTS and subject.lower_ not in {"i", "who", "we"}:
                        found = self._one(subject)
                        distance = abs(word.idx - token.idx)
                        if len(found) == 1 and (best is None or distance < best[0]):
                            best = distance, found[0].person
        return best[1] if best is not None else None

    def partner(self, token: Token, speaker: Person) -> Referent | None:
        """With whom the speaker is "we": the leader of another state named last, in this turn or right before it."""
        start = self._paragraph(token.idx)[0]
        reach = self._paragraph(start - 3)[0] if start else 0
        others = [p for at, p in self._mentions_before(token) if at >= reach and p is not speaker and p.public
                  and p.home not in {None, speaker.home}]  # fmt: skip
        if not others:
            return None
        other = others[-1]
        return Referent(
            other, token.idx, token.idx + len(token), f"“{token.text}” are {speaker.name} and {other.name}"
        )

    def _paragraph(self, offset: int) -> tuple[int, int]:
        """Where the paragraph of an offset begins and ends."""
        start = self.text.rfind("\n\n", 0, offset) + 2 if "\n\n" in self.text[:offset] else 0
        end = self.text.find("\n\n", offset)
        return start, len(self.text) if end < 0 else end

    def _heading_speaker(self, offset: int) -> Person | None:
        """The name that heads the paragraph ("PRESIDENT N.: …"), or, below it, the turn that goes on."""
        start, end = self._paragraph(offset)
        while True:
            head = re.match(r"[^\n:.!?]{1,60}(?:\.[^\n:.!?]{1,40})?:", self.text[start:end])
            if head is not None:
                named = {id(m.person): m.person for p in self.reading.people for m in p.mentions
                         if start <= m.start < start + head.end()}  # fmt: skip
                return next(iter(named.values())) if len(named) == 1 and self._turns() else None
            if start == 0 or not self._turns():
                return None
            start, end = self._paragraph(start - 3)

    def _turns(self) -> bool:
        """Whether the text is a transcript: some paragraphs open with a name or a role and a colon."""
        if self._transcript is None:
            labels = re.findall(r"(?m)^(?:[A-Z][^\n:.!?]{0,58}|Q\b[^\n:]{0,30}):", self.text)
            self._transcript = len(labels) >= 2
        return self._transcript

    def _quoted(self, start: int, offset: int) -> bool:
        """Whether a place lies between quotation marks of its paragraph."""
        before = self.text[start:offset]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1

    def _antecedent(self, token: Token) -> list[Referent]:
        """ "who": the noun that the clause describes, else the person named last before it in the sentence."""
        head = token.head.head
        found = self._one(head) if head.i < token.i and head.pos_ not in VERBAL else []
        many = any(a.lower_ in {"were", "are", "have"} for a in [token.head, *token.head.children])
        if found and many and head.dep_ == "conj":  # "King N. and Queen M., who were to come"
            found = self.people(head.head)
        if found:
            return found
        nearest = [m for m in self._mentions_before(token) if m[0] >= token.sent.start_char]
        if not nearest or not nearest[-1][1].public:
            return []
        return [
            Referent(nearest[-1][1], token.idx, token.idx + len(token), f"“who” is {nearest[-1][1].name}")
        ]

    def _in_sentence(self, token: Token) -> Person | None:
        """The person that a pronoun takes up from its own sentence: a subject before it, or the only one."""
        here = [m for m in self._mentions_before(token) if m[0] >= token.sent.start_char]
        if token.lower_ in {"him", "her"} and token.dep_ in {"dobj", "obj", "dative"}:
            # Who does it is not whom it is done to.
            doers = [m.person for s in subjects(token.head) if (m := self.reading.person_at(s)) is not None]
            here = [m for m in here if all(m[1] is not d for d in doers)]
        subject = [m for m in here if self._is_subject(m[0]) and m[1].public]
        if subject:
            return subject[-1][1]
        for word in token.sent:
            if word.i < token.i and word.dep_ in SUBJECTS and word.pos_ in {"NOUN", "PROPN"}:
                found = self._role(word)
                if len(found) == 1:
                    return found[0].person
        for word in token.sent:  # "He began in X, where N. embraced him, and then he …": the same one again
            if word.i < token.i and word.lower_ in {"he", "she"} and word.dep_ in SUBJECTS:
                return self._in_focus(word)
        return here[-1][1] if len({id(p) for _, p in here}) == 1 else None

    def _in_focus(self, token: Token) -> Person | None:
        """The person that the sentences before are about: the first subject that is one person, nearest first."""
        if token.i in self._focus:
            return self._focus[token.i]
        self._focus[token.i] = None
        sentence = token.sent
        for _ in range(_REACH):
            if sentence.start == 0:
                break
            sentence = self.reading.doc[sentence.start - 1].sent
            for word in sentence:  # who was "him" in the sentence before is who the text is about
                if word.lower_ == "him" and (before := self._pronoun(word)):
                    self._focus[token.i] = before[0].person
                    return before[0].person
            for word in sentence:
                if word.dep_ not in SUBJECTS:
                    continue
                found = self._one(word) if word.lower_ not in {"who", "they"} else []
                if len(found) == 1 and len(self.people(word)) == 1:
                    self._focus[token.i] = found[0].person
                    return found[0].person
            named = {id(p): p for p in self.reading.people for m in p.mentions
                     if sentence.start_char <= m.start < sentence.end_char}  # fmt: skip
            if len(named) == 1:
                self._focus[token.i] = next(iter(named.values()))
                return self._focus[token.i]
            if len(named) > 1:
                break
        return None

    def _mentions_before(self, token: Token) -> list[tuple[int, Person]]:
        return sorted(
            ((m.start, p) for p in self.reading.people for m in p.mentions if m.end <= token.idx),
            key=lambda pair: pair[0],
        )

    def _is_subject(self, offset: int) -> bool:
        span = self.reading.doc.char_span(offset, offset + 1, alignment_mode="expand")
        if span is None:
            return False
        token = span.root
        while token.dep_ in {"compound", "appos", "flat", "nmod", "conj"} and token.head.i != token.i:
            token = token.head
        return token.dep_ in {"nsubj", "nsubjpass", "poss"} and token.head.dep_ != "relcl"

    def _role(self, token: Token) -> list[Referent]:
        """ "the president", "the Russian leader", "the Head of State", "the visiting minister", "his host"."""
        start, end = self._phrase(token)
        words = fold(self.text[start:end])
        people = [p for _, p in self._mentions_before(token)]
        people = [p for p in dict.fromkeys(reversed(people)) if p.public]
        state = next(
            (s for t in token.subtree if t.idx < token.idx and (s := self.reading.state_at(t))), None
        ) or roles.state_of(self.reading, token)
        if token.tag_ in {"NNS", "NNPS"}:
            return []
        if token.lemma_ in {"host"} | GUEST_NOUNS:
            return self._other(token, people, start, end) or self._guest(token, state, start, end)
        if token.lemma_ in COUNTERPART:
            return self._counterpart(token, people, state, start, end)
        fitting = roles.matching(people, token, words)
        if fitting is None:
            return []
        owners = [c for c in token.children if c.dep_ == "poss"]
        if owners and owners[0].lower_ == "our" and state is None:
            speaker = self._speaker(owners[0])
            state = speaker.home if speaker is not None else self._scene_state()
        owners = [c for c in owners if c.pos_ != "PRON"]
        if owners and state is None:
            return []  # "the South's president": whose is not known
        definite = re.match(r"(the|his|her|its|their|our|visiting)\b|[a-z]+n\b", words)
        if not definite and state is None and roles.honorific(token) is None and not token.text.istitle():
            return []
        if state is not None:
            fitting = [p for p in fitting if p.home == state]
            if not fitting:  # "Francis meets Mongolia's president": the text names him later
                later = (
                    roles.matching([p for p in self.reading.people if p.home == state], token, words) or []
                )
                fitting = later if len(later) == 1 else []
        elif len(fitting) > 1:
            headed = [p for p in fitting if p in self.in_headline()]
            own = [p for p in fitting if p.home == self.reading.setting.speaks_for]
            fitting = (
                (own if len(own) == 1 else [])
                or (headed if len(headed) == 1 and diary.is_diary(self.text) else [])
                or self._salient(token, fitting)
                or roles.near(self.reading, token, fitting)
            )
        if not fitting:
            return []
        return [Referent(fitting[0], start, end, resolved=f"“{self.text[start:end]}” is {fitting[0].name}")]

    def _scene_state(self) -> NamedNode | None:
        setting = self.reading.setting
        return setting.speaks_for or (setting.place.state if setting.place else None)

    def _guest(self, token: Token, state: NamedNode | None, start: int, end: int) -> list[Referent]:
        """ "the high guest", "the distinguished visitor": who pays the visit that the article is about."""
        if not self._looked:
            self._looked, self._visitor = True, roles.main_visitor(self.reading)
        person = self._visitor
        definite = any(c.lower_ in {"the", "visiting"} for c in token.children)
        if token.lemma_ == "host" or person is None or not definite or (state and person.home != state):
            return []
        if all(m.start > token.idx for m in person.mentions):
            return []
        return [Referent(person, start, end, resolved=f"“{self.text[start:end]}” is {person.name}")]

    def _counterpart(
        self, token: Token, people: list[Person], state: NamedNode | None, start: int, end: int
    ) -> list[Referent]:
        """ "his Turkish counterpart", not named here: the colleague of that state whom the text names."""
        whose = next((c for c in token.children if c.dep_ == "poss" and c.pos_ == "PRON"), None)
        owner = self._pronoun(whose) if whose is not None else []
        if not owner or state is None:
            return []
        kinds = roles.kinds_now(owner[0].person)
        found = [p for p in people if p.home == state and roles.kinds_now(p) & kinds]
        if len(found) != 1:
            return []
        return [Referent(found[0], start, end, resolved=f"“{self.text[start:end]}” is {found[0].name}")]

    def _other(self, token: Token, people: list[Person], start: int, end: int) -> list[Referent]:
        """ "his host", "his guest": the other one of the two leaders that the text has told of."""
        whose = [c for c in token.children if c.dep_ == "poss"]
        owner = self._pronoun(whose[0]) if whose and whose[0].lower_ in {"his", "her"} else []
        if not owner:
            return []
        own = owner[0].person
        others = [p for p in people if p.public and p.home != own.home and p.home is not None][:2]
        others = [p for p in others if p.titles & LEADER_TITLES] or others
        if len({id(p) for p in others}) != 1:
            return []
        return [Referent(others[0], start, end, resolved=f"“{self.text[start:end]}” is {others[0].name}")]

    def _salient(self, token: Token, people: list[Person]) -> list[Person]:
        """Of several who may be meant, the one that the text tells most of, if by far; else nobody."""
        counts = sorted(((len(p.mentions), p) for p in people), key=lambda pair: -pair[0])
        return [counts[0][1]] if counts[0][0] >= 3 * counts[1][0] else []

    def _phrase(self, token: Token) -> tuple[int, int]:
        left = [
            t
            for t in token.subtree
            if t.i <= token.i and t.dep_ in {"det", "amod", "compound", "poss", "case", "nmod", "punct"}
        ]
        return min([t.idx for t in left] + [token.idx]), token.idx + len(token)

    def _plural_pair(self, token: Token) -> bool:
        two = any(c.lower_ in {"two", "both"} for c in token.children)
        return (
            token.lemma_ in _PAIR_NOUNS
            and (two or token.lower_ in {"pair", "sides"})
            and token.tag_ in {"NNS", "NN"}
        )

    def _pair(self, token: Token) -> list[Referent]:
        start, end = self._phrase(token)
        earlier = [
            p
            for _, p in self._mentions_before(token)
            if p.titles & LEADER_TITLES or token.lemma_ == "minister"
        ]
        if token.lemma_ == "minister":
            earlier = [p for p in earlier if any("Minister" in t for t in p.titles)]
        recent = list(dict.fromkeys(reversed(earlier)))[:3]
        pair = recent[:2]
        if not self._looked:
            self._looked, self._visitor = True, roles.main_visitor(self.reading)
        if len(recent) == 3 and self._visitor in recent and token.lemma_ != "minister":
            others = [p for p in recent if p is not self._visitor and p.home != self._visitor.home]
            pair = [p for p in recent if p is self._visitor or p in others[:1]]
        if len(pair) < 2 or pair[0].home == pair[1].home:
            return []
        note = f"“{self.text[start:end]}” are {pair[1].name} and {pair[0].name}"
        return [Referent(p, start, end, resolved=note) for p in reversed(pair)]

    # -- states --------------------------------------------------------------------------------

    def states(self, token: Token) -> list[StateReferent]:
        """The states and organizations that a noun phrase and its conjuncts name, or "both sides" stands for."""
        out: list[StateReferent] = []
        for word in conjuncts(token):
            found = self._state(word)
            out += [f for f in found if all(f.iri != o.iri for o in out)]
        return out

    def _state(self, token: Token) -> list[StateReferent]:
        span = (token.idx, token.idx + len(token))
        mention = self.reading.person_at(token)
        if mention is not None:
            home = mention.person.home
            return [StateReferent(home, mention.start, mention.end)] if home is not None else []
        state = self.reading.state_at(token)
        if state is not None:
            return [StateReferent(state, *span)]
        organization = self.reading.organization_at(token)
        if organization is not None:
            return [StateReferent(organization.iri, *span)]
        if self._state_pair(token):
            return self.pair_before(token)
        if token.lower_ in {"their", "they", "both", "two"}:
            return self.pair_before(token)
        placed = self.reading.place_at(token)
        if placed is not None and placed.state is not None and self.reading.capital(placed):
            return [StateReferent(placed.state, placed.start, placed.end)]  # "Moscow and Beijing agreed"
        referents = self._one(token)
        return [StateReferent(r.person.home, r.start, r.end) for r in referents if r.person.home is not None]

    def _state_pair(self, token: Token) -> bool:
        two = any(c.lower_ in {"two", "both"} for c in token.children)
        return token.lemma_ in _STATE_PAIR_NOUNS and (two or token.lower_ in {"sides", "parties"})

    def pair_before(self, token: Token) -> list[StateReferent]:
        """The two states that "the two countries" stands for: the nearest pair told before it."""
        pairs = [p for p in self.state_pairs() if p[0].start < token.idx]
        return list(pairs[-1]) if pairs else []

    def state_pairs(self) -> list[tuple[StateReferent, StateReferent]]:
        """Pairs of states that the text puts together: "Sino-Russian", "between A and B", "A and B"."""
        located = [
            (m.start, m.end, s) for m in self.reading.matches
            if (s := self.reading.places.state_at(m.start)) is not None
        ]  # fmt: skip
        out = []
        for (start, end, first), (start2, end2, second) in itertools.pairwise(located):
            gap = self.text[end:start2]
            if first != second and re.fullmatch(r"[-–‑]| and (?:the )?|['’]s? .{0,40}? and (?:the )?", gap):
                out.append((StateReferent(first, start, end), StateReferent(second, start2, end2)))
        return out
