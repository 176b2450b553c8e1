"""The forms of verbs of going, arriving, staying and meeting, and how the words before one put it: planned, done, denied.

The tagger takes "flies" for insects and "lands" for countries; the forms of these few verbs are known, so it need not be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.modality import Mood

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Base, third person, past, participle, -ing: the form that each word is.
_FORMS = ("base", "s", "past", "participle", "ing")
_IRREGULAR = {
    "get": "get gets got gotten getting",
    "fly": "fly flies flew flown flying",
    "go": "go goes went gone going",
    "come": "come comes came come coming",
    "travel": "travel travels travelled travelled travelling",
    "drive": "drive drives drove driven driving",
    "ride": "ride rides rode ridden riding",
    "set": "set sets set set setting",
    "leave": "leave leaves left left leaving",
    "spend": "spend spends spent spent spending",
    "stop": "stop stops stopped stopped stopping",
    "meet": "meet meets met met meeting",
    "see": "see sees saw seen seeing",
    "sit": "sit sits sat sat sitting",
    "hold": "hold holds held held holding",
    "have": "have has had had having",
    "confer": "confer confers conferred conferred conferring",
    "speak": "speak speaks spoke spoken speaking",
    "be": "be is was been being",
    "begin": "begin begins began begun beginning",
    "pay": "pay pays paid paid paying",
    "make": "make makes made made making",
    "send": "send sends sent sent sending",
}
_REGULAR = (
    "head", "land", "arrive", "return", "visit", "tour", "journey", "proceed", "continue", "move", "cross", "sail", "jet",
    "depart", "attend", "receive", "host", "touch", "venture", "join", "follow", "end", "conclude", "finish", "start",
    "step", "walk", "talk", "call", "stay",
)  # fmt: skip
_EXTRA = {"traveled": ("travel", "past"), "traveling": ("travel", "ing"), "are": ("be", "s"), "am": ("be", "s"),
          "were": ("be", "past"), "jetted": ("jet", "past"), "jetting": ("jet", "ing")}  # fmt: skip


def _table() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for verb, forms in _IRREGULAR.items():
        for word, form in zip(forms.split(), _FORMS, strict=True):
            table.setdefault(word, (verb, form))
    for verb in _REGULAR:
        stem = verb.removesuffix("e")
        past = f"{stem}ed"
        table.update(
            {verb: (verb, "base"), f"{verb}s": (verb, "s"), past: (verb, "past"), f"{stem}ing": (verb, "ing")}
        )
    return table | _EXTRA | {"touches": ("touch", "s")}


_TABLE = _table()
_ADVERBS = frozenset(
    {"also", "then", "later", "now", "just", "already", "still", "first", "finally", "next", "afterwards", "thereafter",
     "instead", "both", "all", "each", "even", "again", "since", "once", "only", "either", "subsequently", "promptly",
     "immediately", "straight", "directly", "personally", "himself", "herself", "themselves", "recently",
     "always", "last", "ever", "long", "ago", "separately", "jointly", "together", "eventually", "soon"}
)  # fmt: skip
_AUX = frozenset({"is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "having", "will", "shall", "would", "to",
                  "'s", "’s", "'ll", "’ll", "'d", "did", "does", "do", "go", "goes", "am"})  # fmt: skip
_PLANS = frozenset({"due", "set", "expected", "scheduled", "planned", "slated", "plans", "planning", "plan", "intends", "likely",
                    "booked", "preparing", "about", "agreed", "promised", "announced", "hopes"})  # fmt: skip
_UNSURE = frozenset(
    {"may", "might", "could", "can", "should", "would", "hopes", "hope", "hoped", "wants", "wanted", "wishes"}
)
_NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly", "without", "cannot"})
_IF = frozenset({"if", "unless", "whether", "should"})


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with the words that put it: from the first auxiliary or adverb on, up to and with the verb."""

    first: int
    last: int
    verb: str
    form: str
    mood: Mood
    passive: bool = False


# Other words at which something may be told from left to right.
_TRIGGERS = frozenset(
    {"due", "expected", "awaited", "talks", "meeting", "meetings", "lunch", "dinner", "breakfast", "consultations", "discussions",
     "audience", "asked", "asks", "shown", "driven", "taken", "led", "guided", "escorted", "carried", "ferried", "whisked", "rowed",
     "brought", "conducted", "piped", "feted", "mobbed", "cheered", "serenaded", "dispatched"}
)  # fmt: skip


def triggers(doc: Doc) -> list[Token]:
    """The words of a text at which something may be told, found once for all rules of this kind."""
    found: list[Token] | None = doc.user_data.get("linear")
    if found is None:
        found = [t for t in doc if t.lower_ in _TABLE or t.lower_ in _TRIGGERS]
        doc.user_data["linear"] = found
    return found


def form_of(token: Token) -> tuple[str, str] | None:
    """The verb and the form that a word may be, where it is one of those that count."""
    return _TABLE.get(token.lower_)


def group_at(token: Token) -> VerbGroup | None:
    """The verb group that ends in a word, or None where it is no verb that counts or a noun ("the visit", "his return")."""
    found = form_of(token)
    if found is None or _is_noun(token):
        return None
    verb, form = found
    doc, at = token.doc, token.i
    words: list[str] = []
    while at > token.sent.start:
        word = doc[at - 1].lower_
        if word in _AUX | _ADVERBS | _NOT | _UNSURE or (
            word in _PLANS and (words[:1] == ["to"] or (at < token.i and "to" in words))
        ):
            words.insert(0, word)
            at -= 1
        else:
            break
    while (
        at < token.i
        and words
        and words[0] in {"to"}
        and doc[at].lower_ == "to"
        and doc[at - 1].pos_ in {"NOUN"}
    ):
        break
    mood, passive = _mood(verb, form, words, doc, at)
    if mood is None:
        return None
    return VerbGroup(at, token.i, verb, form, mood, passive)


def _is_noun(token: Token) -> bool:
    """Whether a form that may be a noun too is one here: after an article or adjective, or with a possessor."""
    if token.i == token.sent.start:
        return False
    before = token.nbor(-1)
    if before.lower_ in {"the", "a", "an", "his", "her", "their", "this", "that", "of", "its", "'s", "’s", "no", "our", "my", "for",
                         "state", "official", "first", "working", "return", "in", "on", "by", "at"}:  # fmt: skip
        return token.lower_ not in {"arrived", "landed", "flew", "went", "came"} or before.lower_ not in {
            "'s",
            "’s",
            "that",
            "first",
        }
    return before.pos_ == "ADJ" and token.pos_ == "NOUN"


def _mood(verb: str, form: str, words: list[str], doc: Doc, at: int) -> tuple[Mood | None, bool]:
    before = {doc[i].lower_ for i in range(max(doc[at].sent.start, at - 6), at)}
    told = set(words)
    if (
        told & _NOT
        or told & {"hopes", "hope", "hoped", "wants", "wanted", "wishes"}
        or before & {"if", "unless", "whether"}
    ):
        return None, False
    passive = form in {"past", "participle"} and bool(told & {"was", "were", "been", "being", "be", "is", "are"}) and verb in {
        "receive", "meet", "see", "host", "visit", "join", "send"}  # fmt: skip
    if form == "base" or (form == "past" and verb == "set" and "to" in told):
        if not told & {"will", "shall", "to", "'ll", "’ll", "would", "did"}:
            # "A and B follow tomorrow": the present tense of several
            plural = at > doc[at].sent.start and (
                doc[at - 1].pos_ == "PROPN" or doc[at - 1].lower_ in {"they", "both", "all", "we", "i", "who"}
            )
            return (Mood.PRESENT if plural and not told & _UNSURE else None), False
        if "did" in told:
            return Mood.PAST, False
        if told & {"will", "shall", "'ll", "’ll"}:
            return Mood.PLANNED, False
        if "have" in told:
            return None, False  # "was to have gone"
        if told & {"was", "were"} or told & _UNSURE - {"would"}:
            return None, False  # "was to go": and did not, or did; the text has to say so
        if told & {"is", "are", "'s", "’s"} or told & _PLANS:
            return Mood.PLANNED, False
        return None, False
    if told & {"will", "shall", "'ll", "’ll"}:
        return (Mood.PLANNED, passive)
    if told & {"may", "might", "could", "should", "would", "can"}:
        return None, False
    if "to" in told and "be" in told:
        return (Mood.PLANNED, passive) if told & {"is", "are"} | told & _PLANS else (None, False)
    if "to" in told:
        return None, False
    if form == "s":
        return Mood.PRESENT, False
    if form == "ing":
        if told & {"is", "are", "'s", "’s", "am"}:
            return Mood.PROGRESSIVE, False
        return (Mood.PAST, False) if told & {"was", "were"} else (None, False)
    if passive:
        if told & {"is", "are"}:
            return Mood.PRESENT, True
        return Mood.PAST, True
    if told & {"has", "have"}:
        return Mood.PERFECT, False
    if form == "participle":
        return (Mood.PAST, False) if told & {"had", "having"} else (None, False)
    return Mood.PAST, False
