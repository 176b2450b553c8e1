"""Agreements: documents that are signed, to be signed, or negotiated, one by one, with their parties.

A collective ("eight documents") is handed on with its number; it gives way where members of it are named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extraction.candidates import Candidate, Value
from kg.extraction.grammar import VERBAL, conjuncts, governor, objects, phrase, prepositions, subjects
from kg.extraction.lexicon import AGREEMENT_MODIFIERS, NEGOTIATING_WORDS, SIGNING_WORDS
from kg.extraction.modality import Mood
from kg.extraction.reading import Reading
from kg.extraction.referents import Referents
from kg.extraction.rules.signing import Act, act_of_verb, act_on, kind_of_document
from kg.extraction.rules.topics import Naming, Topic, naming
from kg.extraction.rules.when import add_times
from kg.extraction.signers import on_behalf, signers

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS = frozenset({"one", "another", "other", "first", "second", "third", "fourth", "others"})
_SUBJECTS_OF = frozenset({"subject", "topic", "theme", "focus"})


def find(reading: Reading, referents: Referents) -> Iterator[Candidate]:
    """Candidates for agreements, in order of place."""
    last: list[Candidate] = []
    group: Candidate | None = None  # the collective that members may follow
    for token in reading.words:
        if kind_of_document(token) is not None and not _modifier(token) and not _abbreviation(token):
            found = list(_named(reading, referents, token, last, group))
            yield from found
            last = found or last
            if found and found[0].values("number"):
                group = found[0]
        elif token.lower_ in _PARTS and (group is not None or _beside(token, last)):
            yield from _part(reading, token, group if group is not None else last[-1])
        elif token.lower_ in {"it", "them"} and last and token.head.pos_ in VERBAL:
            _again(reading, token, last)


def _abbreviation(token: Token) -> bool:
    """ "a memorandum of understanding (MoU)": the same once more."""
    inside = token.i and token.nbor(-1).text == "(" and token.i + 1 < len(token.doc)
    return bool(inside) and token.nbor(1).text == ")"


def _tells_topic(noun: Token) -> Token | None:
    """ "The agreements were on fishing and tea", "the memorandums signed cover health": the verb that says so."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be" or verb.i < noun.i:
        return None
    return (
        verb
        if any(c.dep_ == "prep" and c.lower_ in {"on", "about"} and c.i > verb.i for c in verb.children)
        else None
    )


def _modifier(token: Token) -> bool:
    """ "treaty obligations", "loan agreement": the word only describes another."""
    signing = token.head.lemma_ in {"signing", "signature"}
    return token.dep_ in {"compound", "nmod", "poss"} and token.head.i > token.i and not signing


def _named(
    reading: Reading, referents: Referents, noun: Token, last: list[Candidate], group: Candidate | None
) -> Iterator[Candidate]:
    act = act_on(noun)
    names = naming(reading, noun, act.word if act is not None and act.word.pos_ in VERBAL else None)
    if group is not None and (copula := _tells_topic(noun)) is not None:
        listed = naming(reading, noun, copula)
        if listed.titles[0][1] is not None and noun.idx - group.start < 1200:
            for title, about in listed.titles:
                yield _copy(group, title, about, noun)
            return
    inverted = _subjects_named(reading, noun)
    if inverted and (act is not None or group is not None):
        told = next(_documents(reading, referents, noun, act, names)) if act is not None else group
        assert told is not None
        for each in inverted:
            yield _copy(told, f"{_singular(noun)} on {each.text}", each, noun)
        return
    if act is None:
        if any(c.dep_ == "neg" or c.lower_ == "no" for c in noun.children):
            reading.note("agreement-noun", [noun], "dropped", "there is none")
            return
        if group is not None and _member(noun, names, group):
            for title, about in names.titles:
                yield _copy(group, title, about, noun)
            return
        if last and _goes_on(reading, noun, last[-1]):
            for title, about in names.titles:
                yield _copy(last[-1], title, about, noun)
            return
        reading.note("agreement-noun", [noun], "dropped", "nothing is told of its signing")
        return
    if _definite(noun) and names.titles[0][1] is None and _bare(names, noun) and _coreferent(noun, last):
        for candidate in last:
            _retell(reading, candidate, act)
            for party in on_behalf(reading, act.word):
                candidate.add("party", party.iri, party.start, party.end)
        reading.note(act.rule, [noun], "joined", "tells more of the document before")
        return
    yield from _documents(reading, referents, noun, act, names)


def _documents(
    reading: Reading, referents: Referents, noun: Token, act: Act, names: Naming
) -> Iterator[Candidate]:
    who = signers(reading, referents, list(act.signers))
    verbs = [act.word, act.word.head] if act.word.dep_ == "xcomp" else [act.word]
    if behalf := [party for verb in verbs for party in on_behalf(reading, verb)]:
        who.parties = behalf
    owners = [noun, *prepositions(noun, "of")]  # "a memorandum of cooperation with N."
    between = signers(
        reading, referents, [t for o in owners for t in prepositions(o, "between", "with", "among")]
    )
    own = [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod", "poss"}]
    adjectives = [s for c in own for t in conjuncts(c) if (s := reading.state_at(t)) is not None]
    for title, topic in names.titles:
        candidate = Candidate("agreement", act.rule, noun.idx, noun.idx + len(noun), act.mood)
        if topic is not None:
            candidate.add("topic", topic.text, topic.start, topic.end)
        candidate.add("title", title, names.start, names.end)
        candidate.add("kind", _kind(noun), noun.idx, noun.idx + len(noun))
        for party in (*who.parties, *between.parties):
            candidate.add("party", party.iri, party.start, party.end)
        if len(set(adjectives)) == 2:
            for child in own:
                for token in conjuncts(child):
                    candidate.add("party", reading.state_at(token), token.idx, token.idx + len(token))
        if names.collective:
            candidate.add("number", title, names.start, names.end)
        if who.outsiders or between.outsiders:
            candidate.add("outsider", "outsider", noun.idx, noun.idx + len(noun))
        if who.club and not who.parties:
            candidate.add("club", "club", noun.idx, noun.idx + len(noun))
        if act.rule != "negotiation-noun":  # the day of the talks is not that of the signing
            _times(reading, candidate, act)
        reading.note(act.rule, [noun], "fired")
        yield candidate


def _times(reading: Reading, candidate: Candidate, act: Act) -> None:
    """The day of the act, or of the clause that it hangs on ("went to P. on Friday, where they signed")."""
    word = act.word
    for _ in range(4):
        add_times(reading, candidate, word, act.mood.direction)
        if candidate.slots.pop("end", None) and (start := candidate.first("start")):
            day = str(start.content)[:7]  # on one of several days
            candidate.slots["start"] = [Value(day, start.start, start.end, start.note)]
        if candidate.values("start") or word.head.i == word.i:
            return
        if word.dep_ in {"relcl", "acl"}:
            above = governor(word)
            if above is None or (word.tag_ == "VBN" and not any(c.lower_ == "where" for c in word.children)):
                return
            word = above
        elif word.dep_ in {"conj", "advcl", "xcomp", "pobj", "dobj", "prep"} and word.head.pos_ in VERBAL | {
            "ADP"
        }:
            word = word.head if word.head.pos_ in VERBAL else word.head.head
        else:
            return


def _kind(noun: Token) -> str:
    kind = kind_of_document(noun) or "GeneralAgreement"
    for child in noun.children:
        if child.lower_ in AGREEMENT_MODIFIERS and child.dep_ in {"amod", "compound"}:
            return AGREEMENT_MODIFIERS[child.lower_] if kind == "GeneralAgreement" else kind
        if child.lower_ == "loan" and child.dep_ == "compound":
            return "Loan"
    return kind


# -- documents told of in the words of an earlier one ----------------------------------------------------------


def _copy(model: Candidate, title: str, topic: Topic | None, noun: Token) -> Candidate:
    """A member of a collective: its own name, and the fate, day and parties of the collective."""
    out = Candidate(
        "agreement", "member-of-collective", noun.idx, noun.idx + len(noun), model.mood, within=model
    )
    if topic is not None:
        out.add("topic", topic.text, topic.start, topic.end)
        out.add("title", title, topic.start, topic.end)
    else:
        out.add("title", title, noun.idx, noun.idx + len(noun))
    kind = kind_of_document(noun)
    out.add("kind", kind or str(model.values("kind")[0].content), noun.idx, noun.idx + len(noun))
    for slot in ("party", "start", "outsider", "club"):
        for value in model.values(slot):
            out.add(slot, value.content, value.start, value.end, value.note)
    return out


def _member(noun: Token, names: Naming, group: Candidate) -> bool:
    """ "… eight documents are to be signed; an agreement on transit is the one that …"."""
    if _listed(noun, group):
        return True
    if names.titles[0][1] is None:
        return False
    before = noun.doc.char_span(group.start, group.end, alignment_mode="expand")
    near = before is not None and 0 <= noun.sent.start - before[0].sent.end <= 1
    same = before is not None and before[0].sent.start == noun.sent.start
    determiner = next((c.lower_ for c in noun.children if c.dep_ == "det"), "a")
    return (near or same) and determiner in {"a", "an", "one", "another"}


def _listed(noun: Token, group: Candidate) -> bool:
    """A line of a list below "the following documents were signed:", each of which begins with a document."""
    text = noun.doc.text
    line = text.rfind("\n", 0, noun.idx) + 1
    if line <= group.start or noun.idx - line > 60:
        return False
    opening = text[group.start : line].split("\n", 1)[0].rstrip()
    rest = text[group.start + len(opening) : line].strip()
    if not opening.endswith(":") and (":\n" not in rest or rest.index(":\n") > 300):
        return False
    if opening.endswith(":"):
        lines = [t for t in rest.split("\n") if t]
    else:
        lines = [t for t in rest[rest.index(":\n") + 1 :].split("\n") if t]
    return all(len(t) < 260 for t in lines) and not any(
        t.pos_ in VERBAL and t.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        for t in noun.doc.char_span(line, noun.idx, alignment_mode="contract") or ()
    )


def _goes_on(reading: Reading, noun: Token, last: Candidate) -> bool:
    """ "signed a letter of intent on A, a declaration on B; and an agreement on C", which the parser has lost."""
    if not noun.sent.start_char <= last.start < noun.idx or last.mood not in {
        Mood.PAST,
        Mood.PERFECT,
        Mood.PLANNED,
    }:
        return False
    if next((c.lower_ for c in noun.children if c.dep_ == "det"), "") not in {"a", "an", "another"}:
        return False
    between = noun.doc.text[last.end : noun.left_edge.idx]
    if any(t.pos_ in VERBAL and t.tag_ in {"VBD", "VBZ", "VBP", "MD"}
           for t in noun.doc.char_span(last.end, noun.left_edge.idx, alignment_mode="contract") or ()):  # fmt: skip
        return False
    return between.rstrip().endswith((",", ";", " and", " as well as", " also")) and len(between) < 200


def _part(reading: Reading, token: Token, last: Candidate) -> Iterator[Candidate]:
    """ "two agreements: one on A, another on B"."""
    before = token.doc.char_span(last.start, last.end, alignment_mode="expand")
    if before is None or not 0 <= token.sent.start - before[0].sent.start <= 60:
        return
    for lead in (
        c for c in token.children if c.dep_ == "prep" and c.lower_ in {"on", "for", "about", "covering"}
    ):
        names = naming(reading, token, None)
        for _, topic in names.titles:
            if topic is not None and lead.i > token.i:
                yield _copy(last, f"{_singular(before.root)} on {topic.text}", topic, before.root)
        return
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    for thing in after.children if after.lower_ == "on" and after.dep_ == "prep" else ():
        if thing.dep_ == "pobj":  # "an agreement on A and another on B": the parser hangs B on the agreement
            start, end = phrase(thing)
            about = Topic(start, end, reading.text[start:end])
            yield _copy(last, f"{_singular(before.root)} on {about.text}", about, before.root)


def _beside(token: Token, last: list[Candidate]) -> bool:
    """ "a memorandum on A and one on B"."""
    return (
        bool(last)
        and token.lower_ in {"one", "another"}
        and token.nbor(-1).lower_ in {"and", ","}
        and token.sent.start_char <= last[-1].start < token.idx
    )


def _subjects_named(reading: Reading, noun: Token) -> list[Topic]:
    """ "A, B and C were the subjects of the memoranda": the topics stand before the verb."""
    owner = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if owner is None or owner.lemma_ not in _SUBJECTS_OF or owner.head.lemma_ not in {"be", "form", "make"}:
        return []
    out: list[Topic] = []
    for subject in subjects(owner.head):
        low, high = subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge)
        at = low
        for piece in reading.text[low:high].replace(" and ", ", ").split(", "):
            start = reading.text.index(piece, at)
            if piece:
                out.append(Topic(start, start + len(piece), piece))
            at = start + len(piece)
    return out


def _singular(noun: Token) -> str:
    return {"memoranda": "memorandum", "mous": "MoU"}.get(noun.lower_, noun.lower_.removesuffix("s"))


def _definite(noun: Token) -> bool:
    return any(
        c.lower_ in {"the", "this", "that", "these", "those", "both"}
        for c in noun.children
        if c.dep_ == "det"
    )


def _bare(names: Naming, noun: Token) -> bool:
    return names.titles[0][0].casefold() == noun.lower_ or names.collective


def _coreferent(noun: Token, last: list[Candidate]) -> bool:
    """ "the pact" takes up the last document told, however it was called."""
    return bool(last) and noun.tag_ in {"NN", "NNS", "NNP"}


def _again(reading: Reading, pronoun: Token, last: list[Candidate]) -> None:
    """ "they intend to sign it before May": more is told of the document before."""
    verb = pronoun.head
    signing = verb.lemma_ in SIGNING_WORDS and pronoun in objects(verb)
    passive = verb.lemma_ in SIGNING_WORDS | NEGOTIATING_WORDS and pronoun.dep_ == "nsubjpass"
    if not (signing or passive):
        return
    before = pronoun.doc.char_span(last[-1].start, last[-1].end, alignment_mode="expand")
    if before is None or pronoun.sent.start - before[0].sent.end > 1:
        return
    act = act_of_verb(verb, passive)
    if act is not None:
        for candidate in last:
            _retell(reading, candidate, act)
        reading.note(act.rule, [pronoun], "joined", "tells more of the document before")


def _retell(reading: Reading, candidate: Candidate, act: Act) -> None:
    """A later telling adds the day, and that what was planned is now signed."""
    done = {Mood.PAST, Mood.PERFECT}
    if candidate.mood not in done and act.mood in done:
        candidate.slots.pop("start", None)
        candidate.mood = act.mood
    if not candidate.values("start") and (candidate.mood in done) == (act.mood in done):
        _times(reading, candidate, act)
