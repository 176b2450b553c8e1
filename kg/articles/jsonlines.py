"""JSON Lines: one article a line, read as a stream."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterable, Iterator

from kg.articles.assembly import MAX_CHARS, assemble
from kg.articles.encoding import decode
from kg.articles.metadata import metadata_of
from kg.articles.model import Article
from kg.articles.normalization import clean, tidy
from kg.articles.text import unwrap
from kg.errors import ArticleError

MAX_LINE_BYTES = 12 * MAX_CHARS
"""A character may take twelve bytes, as a pair of escapes."""

_AS_LINES = "make lines of it, one article a line: jq -c '.[]? // .' FILE > FILE.jsonl"
_TEXT_KEYS = ("text", "body", "content", "articleBody", "article", "full_text")


def parse_lines(
    lines: Iterable[bytes], where: str = "-", on_error: Callable[[ArticleError], None] | None = None
) -> Iterator[Article]:
    """The articles of lines such as {"title": …, "text": …, "publisher": …, "date": …, "url": …, "id": …}.

    Empty lines are skipped. A line that cannot be read raises ArticleError, which names it; with `on_error`
    the error goes there, and reading continues with the next line.

    >>> lines = [b'{"text": "They met.", "date": "2024-09-02"}']
    >>> [article.published.isoformat() for article in parse_lines(lines)]
    ['2024-09-02']
    """
    found = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise ArticleError(
                "JSON Lines in UTF-16", where=where, hint="convert it: iconv -f UTF-16 -t UTF-8"
            )
        if not found and line.strip() in (b"[", b"{"):
            # Each of its lines would be an error of its own.
            raise ArticleError(
                "one JSON value over many lines, not one a line",
                where=f"{where}, line {number}",
                hint=_AS_LINES,
            )
        found = True
        try:
            article = _article(line, number, f"{where}, line {number}")
        except ArticleError as error:
            if on_error is None:
                raise
            on_error(error)
        else:
            yield article
    if not found:
        raise ArticleError("no articles: the input is empty", where=where, hint="one JSON object a line")


def _article(line: bytes, number: int, where: str) -> Article:
    if len(line) > MAX_LINE_BYTES:
        raise ArticleError(
            f"a line of more than {MAX_LINE_BYTES:,} bytes", where=where, hint="one article a line"
        )
    try:
        record = json.loads(decode(line, where, part=True))
    except json.JSONDecodeError as error:
        whole = " (a file that is one JSON value: jq -c '.[]? // .' makes lines of it)" if number == 1 else ""
        raise ArticleError(
            f"not JSON: {error.msg.lower()} at column {error.colno}",
            where=where,
            hint=f"one JSON object a line{whole}",
        ) from None
    except (ValueError, RecursionError) as error:
        # What else is in Python's words advises Python's users.
        what = (
            "values nested too deeply" if isinstance(error, RecursionError) else "a number of too many digits"
        )
        raise ArticleError(f"not usable JSON: {what}", where=where, hint="one JSON object a line") from None
    if not isinstance(record, dict):
        raise ArticleError(
            f"an article must be a JSON object, not {type(record).__name__}",
            where=where,
            hint=_AS_LINES if isinstance(record, list) else 'write {"text": "…", "title": "…"}',
        )
    key = next((key for key in _TEXT_KEYS if isinstance(record.get(key), str)), None)
    if key is None:
        raise ArticleError(
            f"no text among the keys {', '.join(sorted(record)[:8]) or '(none)'}"[:200],
            where=where,
            hint=f"the text stands under one of {', '.join(_TEXT_KEYS)}",
        )
    metadata = metadata_of(record, lambda name: f"{where}, key {name}")
    return assemble(unwrap(tidy(clean(record[key], f"{where}, key {key}", part=True))), metadata, where)
