"""Web pages: the article in them is found by trafilatura (extra `html`). Nothing is fetched."""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from kg.articles.assembly import assemble
from kg.articles.dates import parse_date
from kg.articles.encoding import decode
from kg.articles.metadata import Metadata
from kg.articles.model import Article
from kg.articles.normalization import clean, one_line
from kg.errors import ArticleError, MissingExtraError

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^<>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I
)
_LANGUAGE = re.compile(
    r"<html\b[^<>]{0,500}?\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\b", re.I
)
# Encodings that pages are written in; others that Python knows (rot13, utf-7) have no place in a page.
_ENCODINGS = re.compile(
    r"(?:windows-?|cp)(?:125\d|874)|iso-?8859-?\d{1,2}|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr)",
    re.I,
)
MAX_ELEMENTS = 25_000
MAX_ATTRIBUTES = 2_000
_ELEMENT = re.compile(r"<[A-Za-z]")
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")
_QUOTED = re.compile(r""" "[^"]*" | '[^']*' """, re.VERBOSE)
_LATIN = re.compile(r"iso-?8859-?1|us-ascii", re.I)
_LOGGERS = ("trafilatura", "htmldate", "justext", "courlan")


def parse_html(content: str, where: str = "-", *, file_name: str | None = None) -> Article:
    """The article of a page, with headline, site, date, address and language as the page gives them.

    Raises MissingExtraError without trafilatura, and ArticleError where no article is found.

    >>> page = "<html lang='en'><h1>Talks in Bern</h1><p>Two presidents met by the lake.</p></html>"
    >>> article = parse_html(page)
    >>> article.text, article.language
    ('Talks in Bern\\n\\nTwo presidents met by the lake.', 'en')
    """
    try:
        import trafilatura

        lxml_error: type[Exception] = importlib.import_module("lxml.etree").LxmlError
    except ImportError as error:
        raise MissingExtraError(
            f"reading HTML needs a package that is not installed: {error.name or error}",
            where=where,
            hint="pip install 'summitry[html]'",
        ) from error
    _refuse_overgrown(content, where)
    # Zero-width and control characters are looked for in what is left, not in scripts and styles.
    page = content.replace("\0", "")
    try:
        with _quiet():
            found = trafilatura.bare_extraction(
                page,
                with_metadata=True,
                include_comments=False,
                include_tables=False,
                date_extraction_params={"extensive_search": False, "original_date": True},
            )
    except (lxml_error, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ArticleError(
            f"the page cannot be read: {error}", where=where, hint="save the article as text"
        ) from error
    text = getattr(found, "text", None)
    if not text:
        raise ArticleError("no article found in the page", where=where, hint="save the article as text")
    language = _LANGUAGE.search(content[:10_000])
    metadata = Metadata(
        headline=_value(found, "title", where),
        publisher=_value(found, "sitename", where),
        published=parse_date(_value(found, "date", where) or ""),
        url=_value(found, "url", where),
        language=language[1] if language else None,
    )
    paragraphs = clean(text, where).split("\n")
    return assemble("\n\n".join(paragraphs), metadata, where, file_name=file_name)


def _refuse_overgrown(content: str, where: str) -> None:
    """Raise ArticleError for a page that would be read for minutes: time grows with elements, and faster with attributes."""
    elements = sum(1 for _ in _ELEMENT.finditer(content))
    if elements > MAX_ELEMENTS:
        raise ArticleError(
            f"a page of {elements:,} elements",
            where=where,
            hint=f"at most {MAX_ELEMENTS:,} are read; save the article as text",
        )
    for tag in _LONG_TAG.finditer(content):
        if len(_QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES:
            raise ArticleError(
                f"an element with more than {MAX_ATTRIBUTES:,} attributes",
                where=where,
                hint="save the article as text",
            )


def decode_html(data: bytes, where: str) -> str:
    """The characters of a page: UTF-8, or the encoding that it declares.

    >>> decode_html("<meta charset='windows-1252'><p>Café".encode("cp1252"), "-")[-4:]
    'Café'
    """
    found = _CHARSET.search(data[:2048])
    declared = found[1].decode("ascii") if found else ""
    if _LATIN.fullmatch(declared):
        # Browsers read pages that claim Latin-1 so, and pages are written for browsers.
        declared = "windows-1252"
    return decode(data, where, declared=declared if _ENCODINGS.fullmatch(declared) else None)


def _value(found: object, name: str, where: str) -> str | None:
    value = getattr(found, name, None)
    return (one_line(value, where) or None) if isinstance(value, str) else None


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what the libraries log: the error of the command says it once."""
    before = {name: logging.getLogger(name).level for name in _LOGGERS}
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
