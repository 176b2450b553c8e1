"""An article: its text, where it comes from, and the name it goes by in the graph."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from pyoxigraph import NamedNode

from kg.articles.datelines import Dateline, datelines
from kg.namespaces import iri

# Letters that Unicode does not take apart into a plain one and a mark.
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read.

    `text` is what all offsets refer to: headline, empty line, body (the body alone where there is no
    headline), in the form that `kg.articles.normalization` makes. `publisher` put it out; those quoted in it
    are not it. `based_on` names the original of a digest. `source` is the file it was read from, or
    '-'.

    >>> article = Article("Two presidents meet\\n\\nBERN, May 4 - They met.", headline="Two presidents meet",
    ...                   publisher="Lake Courier", published=date(2023, 5, 4))
    >>> article.id
    '2023-05-04-lake-courier-ddb59bd9fd04'
    >>> article.dateline_city, article.dateline_date
    ('BERN', datetime.date(2023, 5, 4))
    >>> article.text[article.body_start :]
    'BERN, May 4 - They met.'
    """

    text: str
    headline: str | None = None
    publisher: str | None = None
    published: date | None = None
    identifier: str | None = None
    url: str | None = None
    based_on: str | None = None
    source: str = "-"
    language: str | None = None
    sha256: str = field(init=False)
    datelines: tuple[Dateline, ...] = field(init=False, repr=False, compare=False)
    """The datelines of all paragraphs, in order; a bulletin has several."""

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "sha256", digest)
        object.__setattr__(self, "datelines", tuple(datelines(self.text, self.body_start, self.published)))

    @property
    def id(self) -> str:
        """Day, publisher and the beginning of the hash: the same article is the same one wherever it lies."""
        day = self.published.isoformat() if self.published else "undated"
        return f"{day}-{_slug(self.publisher or '') or 'unknown'}-{self.sha256[:12]}"

    @property
    def iri(self) -> NamedNode:
        """The name of the article and of the graph of its metadata."""
        return iri("article", self.id)

    @property
    def body_start(self) -> int:
        """The offset in the text at which the body begins."""
        if self.headline and self.text.startswith(f"{self.headline}\n\n"):
            return len(self.headline) + 2
        return 0

    @property
    def dateline(self) -> Dateline | None:
        """The dateline that the body begins with."""
        first = next(iter(self.datelines), None)
        return first if first is not None and first.start == self.body_start else None

    @property
    def dateline_city(self) -> str | None:
        """The city of that dateline, spelt as in the text."""
        return self.dateline.city if self.dateline else None

    @property
    def dateline_date(self) -> date | None:
        """The day of that dateline; its year is the one nearest to the day of publication."""
        return self.dateline.day if self.dateline else None


def _slug(value: str) -> str:
    folded = unicodedata.normalize("NFKD", value.casefold().translate(_LETTERS))
    plain = "".join(char for char in folded if not unicodedata.combining(char) and char not in "'’")
    return re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-")
