"""What holds for any input: offsets hold, and only ArticleError is raised."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles import Article, Format, article_quads, from_quads, parse_markdown, parse_text, read
from kg.articles.normalization import clean, tidy
from kg.claims import Passage
from kg.errors import ArticleError

PIECES = st.sampled_from(
    [
        "MOSCOW, Sept 2 (Newsco) - ",
        "date 2024-05-16 (NEWSCO) ",
        "\n\nNEWSCO16052024000045ID11",
        "16 May 2024\n",
        "---\n",
        "title: Two met\n",
        "published: 2024-05-16\n",
        "+++\n",
        "By Ada Example\n",
        "ENDS",
        "Two met.",
        "# ",
        "**",
        "_",
        "[a](b)",
        "<!--",
        "-->",
        "<html>",
        "<p>",
        '{"text": "',
        '"}',
        "&amp;",
        "&#0;",
        "&#x92;",
        "\r\n",
        "\n\n",
        " ",
        "\u00a0",
        "\u200b",
        "e\u0301",
        "\u0301",
        "\ufeff",
        "\\",
        "\0",
        "(",
        ")",
        "/",
        "[",
        "| ",
    ]
)
CONTENT = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=14).map("".join)


def parsed(content: str, kind: str) -> Article | None:
    try:
        return parse_text(content) if kind == "text" else parse_markdown(content)
    except ArticleError:
        return None


@pytest.mark.parametrize("kind", ["text", "markdown"])
@given(content=CONTENT, data=st.data())
@settings(max_examples=250, deadline=None)
def test_offsets_hold(kind: str, content: str, data: st.DataObject) -> None:
    article = parsed(content, kind)
    if article is None:
        return
    text = article.text
    # The form is a fixed point: storing and reading again moves no offset.
    assert tidy(clean(text, "-")) == text
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    passage = Passage.of(text, start, end)
    again = from_quads(article_quads(article))
    assert again.text[passage.start : passage.end] == passage.exact
    assert again.id == article.id
    for found in article.datelines:
        assert 0 <= found.start < found.end <= len(text)
        assert found.city is None or found.city in text[found.start : found.end]
    if article.headline:
        assert text[: article.body_start] == f"{article.headline}\n\n"


@pytest.mark.parametrize("format", [None, "text", "markdown", "jsonlines"])
@given(data=st.one_of(st.binary(max_size=60), CONTENT.map(lambda text: text.encode("utf-8", "replace"))))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(format: Format | None, data: bytes) -> None:
    errors: list[ArticleError] = []
    for article in read("-", format, stdin=io.BytesIO(data), on_error=errors.append):
        assert article.text
    for error in errors:
        assert error.what
        assert error.where
        assert error.hint


@given(data=st.one_of(st.binary(max_size=60), CONTENT.map(lambda text: text.encode("utf-8", "replace"))))
@settings(max_examples=100, deadline=None)
def test_any_bytes_as_a_page(data: bytes) -> None:
    pytest.importorskip("trafilatura", reason="needs the extra html")
    errors: list[ArticleError] = []
    found = list(read("-", "html", stdin=io.BytesIO(b"<html><body>" + data), on_error=errors.append))
    assert len(found) + len(errors) == 1
