"""What tells of the thing of a finding: a claim and its words, an addition, or the reference facts."""

from __future__ import annotations

from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from kg.claims import Passage
from kg.namespaces import ID, PREFIXES

_WORDS = 200


class Origin(NamedTuple):
    """Where the graph has from what a finding is about.

    `graph` is a claim, an addition, an article or the reference graph. Of a claim also its article, with headline, and the words that
    it is read from; of an addition the name of the file that it came in.
    """

    graph: NamedNode
    article: NamedNode | None = None
    headline: str | None = None
    passages: tuple[Passage, ...] = ()
    source: str | None = None

    def in_words(self) -> str:
        """The origin on one line, for people.

        >>> from kg.namespaces import iri
        >>> words = Passage(8, 23, "arrived in Bern")
        >>> Origin(iri("claim", "2024-05-16-courier-0a1b", 3), passages=(words,)).in_words()
        'claim:2024-05-16-courier-0a1b/3: “arrived in Bern” [8:23]'
        """
        value = self.graph.value
        kind, slash, rest = value.removeprefix(ID).partition("/")
        name = (
            f"{kind}:{rest}" if value.startswith(ID) and slash and kind in PREFIXES else "the reference facts"
        )
        details = [_quoted(passage) for passage in self.passages]
        if not details and self.headline:
            details = [f"“{self.headline}”"]
        if self.source:
            details.append(f"from {self.source}")
        return name + (f": {' … '.join(details)}" if details else "")

    def to_dict(self) -> dict[str, Any]:
        """The origin for JSON; keys that have nothing to say are left out."""
        entries = {
            "graph": self.graph.value,
            "article": None if self.article is None else self.article.value,
            "headline": self.headline,
            "words": [{"exact": p.exact, "start": p.start, "end": p.end} for p in self.passages] or None,
            "source": self.source,
        }
        return {key: value for key, value in entries.items() if value is not None}


def _quoted(passage: Passage) -> str:
    words = " ".join(passage.exact.split())
    if len(words) > _WORDS:
        words = words[: _WORDS - 1] + "…"
    return f"“{words}” [{passage.start}:{passage.end}]"
