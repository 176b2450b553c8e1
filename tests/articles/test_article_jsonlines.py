"""JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kg.articles import parse_lines, read
from kg.errors import ArticleError

FIXTURES = Path(__file__).parent / "fixtures"


def test_export_of_a_database() -> None:
    first, second, third = read(FIXTURES / "export.jsonl")
    assert (first.headline, first.publisher) == ("Minister in Hanoi", "Delta Example")
    assert first.published == date(2020, 2, 5)
    assert (first.url, first.identifier) == ("https://delta.example/1", "17")
    assert first.text == "Minister in Hanoi\n\nThe minister arrived in Hanoi.\n\nShe leaves on Friday."
    assert (second.dateline_city, second.dateline_date) == ("DOHA", date(2020, 1, 30))
    assert third.id.startswith("undated-unknown-")


INVALID = {
    "cut": (b'{"text": "Two met."', "not JSON"),
    "array": (b'["Two met."]', "not list"),
    "no text": (b'{"title": "Two"}', "no text among the keys title"),
    "empty text": (b'{"text": "  "}', "empty"),
    "bad date": (b'{"text": "Two met.", "date": "soon"}', "'soon' is not a day"),
    "ambiguous date": (b'{"text": "Two met.", "date": "05/06/2024"}', "not a day"),
    "zero character": (b'{"text": "Two\\u0000met."}', "U\\+0000"),
    "half of a pair": (b'{"text": "\\ud83d"}', "U\\+D83D"),
    "Latin-1": (b'{"text": "caf\xe9"}', "not UTF-8: byte 0xE9"),
    "deep": (b"[" * 100_000, "JSON"),
    "huge number": (b'{"text": "Two", "id": ' + b"9" * 5000 + b"}", "JSON"),
    "binary": (b'{"text"\0', "binary"),
    "list as title": (b'{"text": "Two met.", "title": ["a", "b"]}', "single value"),
}


@pytest.mark.parametrize("name", INVALID)
def test_error_names_file_and_line_and_reading_can_go_on(name: str) -> None:
    line, what = INVALID[name]
    lines = [b'{"text": "One."}\n', line + b"\n", b'{"text": "Three."}\n']
    with pytest.raises(ArticleError, match=what) as caught:
        list(parse_lines(lines, "a.jsonl"))
    assert (caught.value.where or "").startswith("a.jsonl, line 2")
    errors: list[ArticleError] = []
    assert [article.text for article in parse_lines(lines, "a.jsonl", errors.append)] == ["One.", "Three."]
    assert len(errors) == 1


def test_lines_are_read_one_by_one() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b'{"text": "Two met."}'

    assert next(parse_lines(endless())).text == "Two met."


def test_whole_json_file_is_explained() -> None:
    with pytest.raises(ArticleError) as caught:
        list(parse_lines([b"{\n", b'"text": "Two met."\n', b"}\n"], "a.jsonl"))
    assert "jq -c" in (caught.value.hint or "")


def test_nothing_at_all() -> None:
    with pytest.raises(ArticleError, match="empty"):
        list(parse_lines([b"\n"], "a.jsonl"))


def test_a_value_over_many_lines_is_one_error() -> None:
    lines = [b"[\n", b' {"text": "Two met."},\n', b' {"text": "Three met."}\n', b"]\n"]
    errors: list[ArticleError] = []
    with pytest.raises(ArticleError, match="over many lines"):
        list(parse_lines(lines, "a.jsonl", errors.append))
    assert errors == []


def test_places_in_values_are_not_lines_of_the_file() -> None:
    lines = [
        b'{"text": "Two met."}',
        b'{"text": "Two\\u0007 met."}',
        b'{"text": "caf\xe9"}',
        b'{"text": "x y", "title": "\\u001b"}',
    ]
    errors: list[ArticleError] = []
    list(parse_lines(lines, "a.jsonl", errors.append))
    assert [error.where for error in errors] == [
        "a.jsonl, line 2, key text, character 4",
        "a.jsonl, line 3",
        "a.jsonl, line 4, key title, character 1",
    ]
