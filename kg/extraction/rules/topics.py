"""What a document is about, in the words of the text, and whether they name one document or several.

"memorandums on A, B and C" are three documents, "a memorandum on A, B and C" is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.dates import count
from kg.extraction.grammar import VERBAL, conjuncts, phrase, prepositions
from kg.extraction.lexicon import DOCUMENT_CONTAINERS, PUBLIC_BODIES, QUANTIFIERS
from kg.extraction.reading import Reading
from kg.extraction.rules.signing import kind_of_document

if TYPE_CHECKING:
    from spacy.tokens import Token

_ABOUT = frozenset(
    {"on", "about", "concerning", "regarding", "covering", "for", "to", "in", "under", "of", "against"}
)
_STRONG = frozenset({"on", "about", "concerning", "regarding", "covering", "against"})
_NOT_TOPICS = frozenset(
    ["sideline", "margin", "behalf", "basis", "occasion", "eve", "side", "condition", "presence", "ceremony", "time", "end", "future", "framework", "term", "visit", "trip", "meeting", "talk", "summit", "understanding", "intent", "week", "month", "year", "day", "place", "front", "capital", "palace", "table", "way", "part", "process", "addition", "turn", "return", "principle", "force", "kind", "type"]
)  # fmt: skip
_FIELDS = frozenset({"field", "area", "sphere", "sector", "domain", "issue"})
_MONEY = frozenset(
    {"worth", "million", "billion", "dollar", "euro", "yuan", "yen", "pound", "rupee", "ruble", "rouble"}
)
_KINDS_OF = frozenset({"understanding", "intent", "note", "cooperation", "collaboration", "partnership"})
# A topic ends where the parse goes on with who, when, where or why.
_STOP = re.compile(
    r"(?:,? (?:between|during|after|before|following|while|when|which|that|who|where|as well as|worth|under which|"
    r"in the presence|(?:was|were|is|are|has|have|had|will)(?: also| be| been)?|at a|at the|with (?:his|her|their)|by the end|, said|signed|according|as part)\b|[;:(—–]| - |\n|[\"“”]).*",
    re.DOTALL,
)
_SPLIT = re.compile(r",? as well as (?:on )?|, and (?:on )?|, (?:on )?")


@dataclass(frozen=True, slots=True)
class Topic:
    """What one document is about."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Naming:
    """How a text names documents: a title for each, with what each is about where that is told."""

    titles: tuple[tuple[str, Topic | None], ...]
    start: int
    end: int
    collective: bool = False


def naming(reading: Reading, noun: Token, act: Token | None) -> Naming:
    """The documents that a noun names, one by one."""
    start, end = _title_start(reading, noun), noun.idx + len(noun)
    end = _of_name(reading, noun, end)
    title = reading.text[start:end]
    number = _number(noun)
    plural = noun.tag_ in {"NNS", "NNPS"} or noun.lower_ in {"memoranda", "mous"} or number is not None
    lead = _lead(reading, noun, act)
    if lead is None:
        several = plural and not _own_name(noun, title)
        if several:
            start = min([start, *(t.idx for t in _quantity(noun))])
            if noun.dep_ == "pobj" and noun.head.head.lemma_ in DOCUMENT_CONTAINERS:
                start = noun.head.head.idx  # "a number of agreements"
            return Naming(((reading.text[start:end], None),), start, end, collective=True)
        return Naming(((title, None),), start, end)
    word, topic = lead
    whole = _topic_end(reading, topic, noun)
    first = topic.left_edge.idx if topic.left_edge.i > word.i else phrase(topic)[0]
    first = max(first, word.idx + len(word) + 1)
    text = reading.text[first:whole]
    parts = _parts(reading, first, text, topic) if plural else [Topic(first, whole, text)]
    if number is not None and number < len(parts):
        parts = [Topic(first, whole, text)]
    if len(parts) == 1:
        contiguous = not reading.text[end : word.idx].strip() and word.lower_ in _ABOUT
        label = (
            reading.text[start:whole]
            if contiguous and not plural
            else f"{_one(title, noun, plural)} {word.lower_ if word.lower_ in _ABOUT - {'covering'} else 'on'} {text}"
        )
        return Naming(((label, parts[0]),), start, max(end, whole))
    one = _one(title, noun, plural)
    between = word.lower_ if word.lower_ in _ABOUT - {"covering"} else "on"
    return Naming(tuple((f"{one} {between} {p.text}", p) for p in parts), start, max(end, whole))


def _lead(reading: Reading, noun: Token, act: Token | None) -> tuple[Token, Token] | None:
    """The word that leads to the topic and the head of the topic ("on", "trade")."""
    found: list[tuple[Token, Token]] = []
    owners = [noun]
    owners += [t for c in noun.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj"]
    owners += [c for c in noun.children if c.dep_ in {"prep", "acl"} and c.lower_ == "including"]
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in {"signing", "signature"}:
        owners.append(
            noun.head.head
        )  # "the signing of a memorandum on trade": the parser hangs it on the signing
    short = re.match(
        r" (?:of \w+ )?\((\w+)\)", reading.text[noun.idx + len(noun) : noun.idx + len(noun) + 40]
    )
    if short:  # "a memorandum of understanding (MoU) on trade": the topic hangs on the abbreviation
        owners += [
            t for t in noun.doc[noun.i + 1 : noun.i + 7] if t.text == short[1] and t.nbor(-1).text == "("
        ]
    if act is not None and (act.i < noun.i or act.lemma_ == "be"):
        owners.append(act)  # "signed an agreement in P. on trade": the parser hangs it on the verb
        owners += [c for c in act.children if c.dep_ in {"prep", "advcl"} and c.lower_ == "including"]
    for owner in owners:
        for child in owner.children:
            if child.i < noun.i or child.lower_ not in _ABOUT | {"to"}:
                continue
            fields = child.lower_ == "in" and any(t.lemma_ in _FIELDS for t in child.children)
            if child.lower_ not in _STRONG | {"for"} and owner.i != noun.i and not fields:
                continue
            if owner is act and any(
                kind_of_document(t) and t.nbor(-1).text != "(" for t in reading.doc[noun.i + 1 : child.i]
            ):
                continue
            found += [
                (child, inner)
                for inner in child.children
                if inner.dep_ in {"pobj", "dobj", "pcomp"} and _is_topic(reading, inner, child.lower_, noun)
            ]
        if found:
            break
    after = reading.doc[noun.i + 1 : noun.i + 3]
    for token in after if not found else ():  # "agreements, covering A and B": the parser hangs it elsewhere
        if token.lower_ in _STRONG and all(
            t.is_punct or t.i == token.i for t in reading.doc[noun.i + 1 : token.i]
        ):
            found += [
                (token, t) for t in token.children
                if t.dep_ in {"pobj", "dobj"} and _is_topic(reading, t, token.lower_, noun)
            ]  # fmt: skip
    for token in noun.subtree if not found else ():  # "a contract worth 20 million for the delivery of"
        if token.lower_ == "for" and token.head.lemma_ in _MONEY and token.i > noun.i:
            found += [
                (token, t) for t in token.children if t.dep_ == "pobj" and _is_topic(reading, t, "for", noun)
            ]  # fmt: skip
    if not found:  # "an accord that would settle the status of", "a deal to build a railway"
        for child in noun.children:
            if child.dep_ == "relcl" and any(c.lower_ in {"would", "will"} for c in child.children):
                told = [c for c in child.children if c.dep_ in {"dobj", "obj"} and c.pos_ == "NOUN"]
                if told:
                    return child, told[0]
        for child in (*noun.children, *(act.children if act is not None else ())):
            if child.dep_ in {"acl", "relcl", "xcomp", "advcl"} and child.tag_ == "VB" and child.i > noun.i:
                mark = next((c for c in child.children if c.lower_ == "to"), None)
                if mark is not None and mark.i == noun.i + 1 and noun.tag_ not in {"NNS", "NNPS"}:
                    return mark, child
        return None
    word, topic = min(found, key=lambda pair: pair[0].i)
    if topic.lemma_ in _FIELDS:  # "in the fields of energy and sport"
        topic = next(prepositions(topic, "of"), topic)
    return word, topic


def _is_topic(reading: Reading, token: Token, word: str, noun: Token) -> bool:
    if (
        reading.times_at(token)
        or token.pos_ in {"PRON", "NUM", "SYM"}
        or token.lemma_.casefold() in _NOT_TOPICS
    ):
        return False
    if word in {"in", "under", "to"} and (token.pos_ == "PROPN" or reading.place_at(token) is not None):
        return False
    if word == "of":
        if (
            token.lemma_.casefold() in _KINDS_OF | PUBLIC_BODIES | {"month", "year"}
            or token.lower_ == "ministries"
        ):
            return False
        return token.pos_ == "NOUN" and reading.state_at(token) is None
    if word == "for" and (
        reading.state_at(token) is not None
        or reading.person_at(token) is not None
        or reading.organization_at(token)
    ):
        return False  # "signed the memorandum for Kenya"
    money = any(c.pos_ in {"SYM", "NUM"} or c.lower_ == "$" for c in token.children)
    return not (
        word in {"for", "of"} and money and token.lemma_ in {"dollar", "euro", "yen", "pound", "year"}
    )


def _topic_end(reading: Reading, topic: Token, noun: Token) -> int:
    """Where the topic ends: after its phrases and those coordinated with it, before time, place and circumstance."""
    words = [topic]
    stack = [topic]
    while stack:
        for child in stack.pop().children:
            if child.i < topic.i and child.dep_ == "prep":
                continue
            if child.dep_ in {"relcl", "advcl", "appos", "parataxis", "nsubj"} or kind_of_document(child):
                continue
            if child.pos_ in VERBAL and child.dep_ == "conj" and topic.pos_ not in VERBAL:
                continue
            words.append(child)
            stack.append(child)
    if topic.head.pos_ == "ADP":  # "on A and on B"
        words += [
            t for c in topic.head.children if c.dep_ == "conj" and c.pos_ == "ADP" and not kind_of_document(c)
            for t in c.subtree if not any(a.dep_ in {"relcl", "advcl"} for a in (t, *t.ancestors) if a.i > c.i)
        ]  # fmt: skip
    words += [t for c in conjuncts(noun)[1:] if not kind_of_document(c) and c.pos_ == "NOUN" for t in c.subtree
              if t.dep_ not in {"relcl", "advcl"}]  # fmt: skip
    last = max(t.idx + len(t) for t in words if not t.is_punct)
    while hyphen := re.match(r"[-‑–]\w+", reading.text[last:]):  # "co-operation", which the tokenizer splits
        last += hyphen.end()
    last = min(last, noun.sent.end_char)
    start = topic.idx
    text = _STOP.sub("", reading.text[start:last])
    last = start + len(text)
    for time in reading.times:
        if start < time.start < last:
            before = re.sub(
                r"[ ,]*(?:\b(?:on|in|by|of|for|from|at|this|late|early|until))?(?: the)?\s*$",
                "",
                reading.text[start : time.start],
            )
            last = min(last, start + len(before))
    text = reading.text[start:last]
    for match in re.finditer(
        r",? (?:in|at|with) (?:the |its |his |her |their )?(?:[\w-]+ ){0,2}(?=[A-ZÀ-Þ])", text
    ):
        if match.start() and _circumstance(reading, start + match.end(), match.group()):
            text = text[: match.start()]
            break
    document = re.search(
        r",? (?:and|as well as|,) (?:also )?(?:an?|the|two|three|several|another) [\w\s-]{0,40}?"
        r"(?:agreement|memorand|treaty|protocol|pact|accord|declaration|contract|deal|plan|statement)"
        r"|,? and (?:one|another|others) (?:on|for|about|covering) ", text, re.IGNORECASE
    )  # fmt: skip
    if document:
        text = text[: document.start()]
    return start + len(re.sub(r"(?:\s+(?:and|or|as well as))?[\s,.]+$|\s+(?:and|or)$", "", text))


def _circumstance(reading: Reading, at: int, words: str) -> bool:
    """Whether a name after a preposition says where or with whom a document is signed, not what it is about."""
    placed = reading.places.at(at)
    if " with " in words:
        return placed is not None or any(m.start <= at < m.end for p in reading.people for m in p.mentions)
    return placed is not None and placed.place is not None


def _parts(reading: Reading, start: int, text: str, topic: Token) -> list[Topic]:
    """The members of a list of topics; "A, B and C, and D" is cut at commas only."""
    spans: list[tuple[int, int]] = []
    at = 0
    for match in _SPLIT.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, len(text)))
    oxford = bool(re.search(r", and | as well as ", text))
    if not oxford:
        low, high = spans[-1]
        tail = list(re.finditer(r" and (?:on |for )?", text[low:high]))
        if tail and (len(spans) > 1 or _coordinated(topic)):
            cut = tail[-1]
            spans[-1:] = [(low, low + cut.start()), (low + cut.end(), high)]
    return [Topic(start + a, start + b, text[a:b]) for a, b in spans if text[a:b].strip()]


def _coordinated(topic: Token) -> bool:
    """Whether "A and B" are two things by the parse, not one ("science and technology cooperation")."""
    if topic.head.pos_ == "ADP" and any(c.dep_ == "conj" and c.pos_ == "ADP" for c in topic.head.children):
        return True
    return any(c.dep_ == "conj" and c.pos_ in {"NOUN", "PROPN"} for c in topic.children)


# -- the noun itself -------------------------------------------------------------------------------------------


_LEADING = re.compile(
    r"^(?:(?:the|a|an|this|that|these|those|their|its|his|her|our|another|any|new|landmark|historic|major|separate|"
    r"similar|long-awaited|so-called|more|other|also|key|several|some|many|various|numerous|\d+|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|a dozen|of|different)[ ,]+)+",
    re.IGNORECASE,
)


def _title_start(reading: Reading, noun: Token) -> int:
    start, end = phrase(noun)
    for child in noun.children:
        if child.dep_ == "poss":
            start = max(start, child.right_edge.idx + len(child.right_edge) + 1)
    text = reading.text[start:end]
    lead = _LEADING.match(text)
    return start + (lead.end() if lead and lead.end() < len(text) else 0)


def _of_name(reading: Reading, noun: Token, end: int) -> int:
    """ "memorandum of understanding", "letter of intent", "Treaty of Friendship": the name goes on."""
    for child in noun.children:
        if child.lower_ == "of" and child.i == noun.i + 1:
            for thing in child.children:
                if thing.dep_ == "pobj" and (
                    thing.lemma_.casefold() in _KINDS_OF
                    or ((noun.pos_ == "PROPN" or noun.text[0].isupper()) and thing.text[0].isupper()
                    and reading.state_at(thing) is None)
                ):  # fmt: skip
                    last = [t for t in conjuncts(thing) if t.text[0].isupper() or t is thing][-1]
                    return max(end, phrase(last)[1])
    return end


def _own_name(noun: Token, title: str) -> bool:
    """Whether a plural is a name of one document ("the Geneva Conventions")."""
    return noun.tag_ == "NNPS" and title[:1].isupper() and " " in title


def _quantity(noun: Token) -> list[Token]:
    return [c for c in noun.children if c.i < noun.i and (c.dep_ == "nummod" or c.lower_ in QUANTIFIERS)]


def _number(noun: Token) -> int | None:
    for child in noun.children:
        if child.dep_ == "nummod" and child.i < noun.i:
            return count(child.text)
    head = noun.head.head if noun.dep_ == "pobj" else noun
    if head.lemma_ in DOCUMENT_CONTAINERS:
        return next((count(c.text) for c in head.children if c.dep_ == "nummod"), None)
    return None


def _one(title: str, noun: Token, plural: bool) -> str:
    """The title in the singular, for a member of a list."""
    if not plural:
        return title
    word = {"memoranda": "memorandum", "mous": "MoU"}.get(noun.lower_)
    if word is None:
        word = noun.text.removesuffix("s") if noun.text.endswith("s") else noun.text
    return title.replace(noun.text, word, 1)
