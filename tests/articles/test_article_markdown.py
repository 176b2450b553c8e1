"""Markdown and its front matter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.articles import parse_markdown, read
from kg.articles.markdown import reduce_markdown
from kg.errors import ArticleError

FIXTURES = Path(__file__).parent / "fixtures"


def test_front_matter_with_other_spellings_of_keys_and_a_byte_order_mark() -> None:
    (article,) = read(FIXTURES / "front-matter-bom.md")
    assert article.headline == "Jawatan: the sultan’s guests"
    assert article.publisher == "Straits Example"
    assert article.published == date(2019, 8, 14)
    assert article.identifier == "0042"
    assert article.url == "https://straits.example/a/42"
    assert article.dateline_city == "BRUNEI"
    assert article.text.split("\n\n") == [
        "Jawatan: the sultan’s guests",
        "BRUNEI (Example News) — The sultan received two guests. They came by ship.",
        '"We slept well," they said.',
        "The first is from Oman.",
        "The second is from Kuwait.",
    ]


def test_heading_is_the_headline_and_marks_become_words() -> None:
    (article,) = read(FIXTURES / "headed.md")
    assert article.headline == "Café diplomacy in Vienna"
    assert article.text.split("\n\n") == [
        "Café diplomacy in Vienna",
        "The ministers of two states met_in_secret_ at noon.",
        "They drank tea, see https://vienna.example/tea.",
        "A note by the desk.",
        "A setext line",
        "The second day was quiet.",
    ]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("***both***", "both"),
        ("**strong *and* soft**", "strong and soft"),
        ("_soft_ and __strong__", "soft and strong"),
        ("snake_case_stays", "snake_case_stays"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        (r"\*not soft\*", "*not soft*"),
        ("[a [b] c](x)", "[a [b] c](x)"),
        ("[x](https://e.example/a_(b))", "x"),
        ("a <!-- one --> b <!-- two\n\nlines --> c", "a b c"),
        ("kept <!-- open to the end", "kept"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("Q&amp;A", "Q&A"),
        ("1. first\n2. second", "first\n\nsecond"),
        ("one\n\n---\n\ntwo", "one\n\ntwo"),
        ("```\ncode\n```", "code"),
        ("one  \ntwo", "one\n\ntwo"),
    ],
)
def test_marks(marked: str, plain: str) -> None:
    assert reduce_markdown(marked)[1] == plain


def test_title_is_not_said_twice() -> None:
    article = parse_markdown("---\ntitle: Two Met\n---\n# Two met\n\nThey met.")
    assert article.text == "Two Met\n\nThey met."


def test_rule_of_dashes_at_the_top_is_not_front_matter() -> None:
    assert parse_markdown("---\n\nTwo met.\n\n---\n\nThey left.").text == "Two met.\n\nThey left."


INVALID = {
    "not closed": ("---\ntitle: A\n\nTwo met.", "without an end", 1),
    "bad YAML": ("---\ntitle: A\ndate: 'x\n---\nTwo met.", "cannot be read", None),
    "colon in a value": ("---\ntitle: A\npublisher: Wire: North\n---\nTwo met.", "cannot be read", 3),
    "no date": ("---\ntitle: A\n\npublished: soon\n---\nTwo met.", "'soon' is not a day", 4),
    "no such day": ("---\npublished: 2024-02-30\n---\nTwo met.", "'2024-02-30' is not a day", 2),
    "two publishers": ("---\npublisher: [A, B]\n---\nTwo met.", "must be a single value", 2),
    "TOML": ("+++\ntitle = 'A'\n+++\nTwo met.", "TOML", 1),
    "deep": ("---\nx: " + "[" * 3000 + "\n---\nTwo met.", "front matter", None),
    "indented comment": ("---\na: 1\nb\n---\nTwo met.", "cannot be read", None),
}


@pytest.mark.parametrize("name", INVALID)
def test_malformed_front_matter_names_its_line(name: str) -> None:
    content, what, line = INVALID[name]
    with pytest.raises(ArticleError, match=what) as caught:
        parse_markdown(content, "a.md")
    assert caught.value.where is not None
    assert caught.value.where.startswith("a.md, line ")
    if line is not None:
        assert caught.value.where == f"a.md, line {line}"
    assert caught.value.hint


def test_values_are_never_constructed() -> None:
    article = parse_markdown("---\ntitle: !!python/object/apply:os.getcwd Two\nid: 0o17\n---\nTwo met.")
    assert article.headline == "Two"
    assert article.identifier == "0o17"
