"""Who invites and who is invited: people, else states and organizations, by the words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction import coordination
from kg.extraction.candidates import Candidate
from kg.extraction.grammar import conjuncts
from kg.extraction.lexicon import PUBLIC_BODIES
from kg.extraction.persons import Person
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.signers import signers
from kg.extraction.speech import speaker_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_Actor = tuple[object, int, int, "str | None"]


def actors_of(reading: Reading, referents: Referents, token: Token) -> list[_Actor]:
    """The people that a word stands for, or else the states and organizations."""
    out: list[_Actor] = []
    for word in conjuncts(token):
        people = [r for r in referents.people(word, lists=False) if r.person.public]
        out += [(r.person, r.start, r.end, r.resolved) for r in people]
        if people or word.pos_ == "PRON" or word.lower_ in {"his", "her", "their", "its"}:
            continue
        if reading.person_at(word) is None:
            states = signers(reading, referents, [word]).parties if word.i == token.i else []
            out += [(s.iri, s.start, s.end, None) for s in states]
    return out


def person_or_body(reading: Reading, referents: Referents, token: Token) -> bool:
    """Whether "an invitation to" names who is invited, and not where or what to."""
    found = actors_of(reading, referents, token)
    return any(isinstance(f[0], Person) for f in found) or (
        bool(found) and token.lemma_.casefold() in PUBLIC_BODIES
    )


def _other(reading: Reading, referents: Referents, candidate: Candidate, token: Token) -> list[_Actor]:
    """ "invited him", "invited his Japanese counterpart": the one other person told of before."""
    known = [v.content for slot in ("inviter", "invitee") for v in candidate.values(slot)]
    if token.lower_ not in {"him", "her"} and token.lemma_ not in {"counterpart", "colleague"}:
        return []
    if any(c.dep_ == "appos" for c in token.children) or reading.person_at(token) is not None:
        return []
    state = next((s for c in token.children if (s := reading.state_at(c)) is not None), None)
    sentences = [s.start_char for s in token.doc.sents if s.start_char <= token.idx]
    for low in sentences[-1:-4:-1]:
        people = [
            p for p in reading.people if p.public and p not in known and (state is None or p.home == state)
            and any(low <= m.start < token.idx for m in p.mentions)
        ]  # fmt: skip
        if len(people) > 1:
            return []
        if people:
            words = f"“{token.text}” is {people[0].name}"
            return [(people[0], token.idx, token.idx + len(token), words)]
    return []


def put(reading: Reading, referents: Referents, candidate: Candidate, slot: str, tokens: list[Token]) -> None:
    """Put those whom words stand for into a slot of an invitation, or the role that they have in a visit told elsewhere."""
    for token in tokens:
        found = _other(reading, referents, candidate, token) or actors_of(reading, referents, token)
        if token.lower_ in {"i", "we"} and (speaker := speaker_of(referents, token.head)) is not None:
            found = [(speaker, token.idx, token.idx + len(token), f"“{token.text}” is {speaker.name}")]
        if slot == "invitee" and (mention := reading.person_at(token)) is not None:
            first = coordination.first_of(reading, mention)
            if first.person is not mention.person and first.person.public:
                found = [(first.person, first.start, first.end, None), *found]
        for content, start, end, note in found:
            candidate.add(slot, content, start, end, note)  # type: ignore[arg-type]
        if not found and token.lemma_ in {"host", "guest", "counterpart", "visitor", "colleague"}:
            candidate.add(f"{slot}-role", token.lemma_, token.idx, token.idx + len(token))
