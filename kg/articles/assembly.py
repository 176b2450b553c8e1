"""From a text and what is known about it to an Article; all readers end here."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from kg.articles.datelines import find_dateline
from kg.articles.dates import parse_date
from kg.articles.metadata import Metadata
from kg.articles.model import Article
from kg.articles.normalization import tidy
from kg.articles.wire import Credit, take_credit, take_trailer
from kg.errors import ArticleError

MAX_CHARS = 1_000_000
"""The longest text of one article. A file beyond it is hardly one article."""

_HEADLINE_CHARS = 140
# The tokenizer takes punctuation off a word sign by sign, and looks at the rest again each time: a run of 8,000
# signs takes it 20 seconds.
_SIGNS = re.compile(r"(?:[^\w\s]|_){1001}")
_FILE_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")


def assemble(content: str, metadata: Metadata, where: str, *, file_name: str | None = None) -> Article:
    """The article of a text that is clean (see `normalization`).

    What the metadata says wins over what stands around the text, and that over the name of the file
    (`2024-05-16-….md`). Raises ArticleError for a text that is empty or too long.

    >>> article = assemble("Two presidents meet\\n\\n4 May 2023\\n\\nThey met in Bern.", Metadata(), "-")
    >>> article.text, article.published
    ('Two presidents meet\\n\\nThey met in Bern.', datetime.date(2023, 5, 4))
    """
    if len(content) > MAX_CHARS:
        raise ArticleError(
            f"an article of {len(content):,} characters",
            where=where,
            hint=f"at most {MAX_CHARS:,} are read as one article; split it, one article a file or a line",
        )
    signs = _SIGNS.search(content)
    if signs is not None:
        raise ArticleError(
            f"more than 1,000 signs in a row without a letter, beginning {content[signs.start() :][:12]!r}",
            where=where,
            hint="take them out, if this is an article at all",
        )
    body, after = take_trailer(tidy(content))
    body, credit = take_credit(body)
    headline = metadata.headline
    if headline is None:
        headline, body = _take_headline(body)
    elif body.partition("\n")[0].casefold() == headline.casefold():
        body = body.partition("\n")[2].lstrip("\n")
    body, second = take_credit(body)
    credit = credit.or_else(second).or_else(after).or_else(_of_dateline(body))
    body = tidy(body)
    if not any(char.isalnum() for char in body):
        raise ArticleError(
            "the article has a headline but no text" if headline else "the article is empty",
            where=where,
            hint="give a file that holds the article's text",
        )
    known = replace(
        metadata,
        headline=headline,
        publisher=metadata.publisher or credit.publisher,
        published=metadata.published or credit.published or _of_file(file_name),
        identifier=metadata.identifier or credit.identifier,
    )
    return Article(
        text=f"{headline}\n\n{body}" if headline else body,
        headline=known.headline,
        publisher=known.publisher,
        published=known.published,
        identifier=known.identifier,
        url=known.url,
        based_on=known.based_on,
        source=where,
        language=known.language,
    )


def _take_headline(body: str) -> tuple[str | None, str]:
    """A first line that looks like a headline: short, an empty line after it, no full stop at its end."""
    first, _, rest = body.partition("\n\n")
    if (
        not rest
        or "\n" in first
        or len(first) > _HEADLINE_CHARS
        or len(first.split()) < 2
        or first.endswith((".", ",", ";", ":", "-", "–", "—", ".”", '."', ".'", ".’"))
        or first[0].islower()
        or parse_date(first) is not None
        or find_dateline(body) is not None
    ):
        return None, body
    return first, rest


def _of_dateline(body: str) -> Credit:
    found = find_dateline(body)
    if found is None:
        return Credit()
    # Without the day of publication only a dateline with a year has a day.
    return Credit(found.agency, found.day)


def _of_file(name: str | None) -> date | None:
    found = _FILE_DATE.match(PurePath(name).name) if name else None
    return parse_date(found[1]) if found else None
