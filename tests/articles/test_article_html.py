"""Web pages."""

from __future__ import annotations

import builtins
import logging
import socket
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.articles import parse_html, read
from kg.errors import ArticleError, MissingExtraError

FIXTURES = Path(__file__).parent / "fixtures"


def test_page(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("trafilatura", reason="needs the extra html")

    def refuse(*args: Any, **options: Any) -> None:
        raise AssertionError("reading a page must not open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    (article,) = read(FIXTURES / "page.html")
    assert article.headline == "Grand Duke opens bridge with German guest"
    assert article.publisher == "Moselle Example"
    assert article.published == date(2021, 10, 7)
    assert article.url == "https://moselle.example/2021/bridge"
    assert article.language == "en-GB"
    assert article.dateline_city == "GREVENMACHER"
    paragraphs = article.text.split("\n\n")
    assert len(paragraphs) == 4
    assert paragraphs[0] == article.headline
    assert "shook hands & looked" in paragraphs[2]
    assert "Copyright" not in article.text


def test_page_in_a_declared_encoding(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="needs the extra html")
    page = tmp_path / "a.html"
    words = "Встреча в Казани прошла спокойно."
    page.write_bytes(f"<html><meta charset=windows-1251><body><p>{words}</p></body></html>".encode("cp1251"))
    (article,) = read(page)
    assert article.text == words


@pytest.mark.parametrize("declared", ["rot13", "utf-7", "punycode", "nonsense", "big5"])
def test_page_that_does_not_keep_to_its_encoding_is_refused(tmp_path: Path, declared: str) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(
        f"<html><meta charset={declared}><body><p>".encode() + b"caf\xe9 \xff\xff</p></body></html>"
    )
    with pytest.raises(ArticleError, match=r"offset \d+"):
        list(read(page))


@pytest.mark.parametrize(
    "page", ["<html></html>", "<html>", "<", "<html><body><script>1</script></body></html>"]
)
def test_page_without_an_article(page: str, caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("trafilatura", reason="needs the extra html")
    with caplog.at_level(logging.WARNING), pytest.raises(ArticleError) as caught:
        parse_html(page, "a.html")
    assert caught.value.where == "a.html"
    assert not caplog.records


def test_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without(name: str, *args: Any, **options: Any) -> Any:
        if name == "trafilatura":
            raise ModuleNotFoundError("No module named 'trafilatura'", name=name)
        return original(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError) as caught:
        parse_html("<html><p>Two met.</p></html>", "a.html")
    assert caught.value.hint == "pip install 'summitry[html]'"
    assert "trafilatura" in caught.value.what
