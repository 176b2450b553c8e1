"""Files, folders, standard input, and bytes that are no article."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from kg.articles import read
from kg.errors import ArticleError, InputError, MissingExtraError


def texts(data: bytes, **options: object) -> list[str]:
    return [article.text for article in read("-", stdin=io.BytesIO(data), **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"---\ntitle: Met\n---\nTwo *met*.", ["Met\n\nTwo met."]),
        (b"Two *met*.", ["Two *met*."]),
        (b'\n{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."]),
        (b"{sic} Two met.", ["{sic} Two met."]),
        (b"<b>Two</b> met.", ["<b>Two</b> met."]),
        ("\ufeffTwo met.".encode(), ["Two met."]),
        ("Два met.".encode("utf-16"), ["Два met."]),
        ("---\ntitle: Met\n---\nTwo *met*.".encode("utf-16"), ["Met\n\nTwo met."]),
        ("Two met.".encode("utf-32"), ["Two met."]),
    ],
)
def test_standard_input_is_recognised_by_its_first_characters(data: bytes, expected: list[str]) -> None:
    assert texts(data) == expected


def test_html_on_standard_input() -> None:
    pytest.importorskip("trafilatura", reason="needs the extra html")
    assert texts(b"\n<!doctype html><html><body><p>Two presidents met by the lake.</p></body></html>") == [
        "Two presidents met by the lake."
    ]


def test_format_can_be_given() -> None:
    assert texts(b"Two *met*.", format="markdown") == ["Two met."]
    assert texts(b'{"text": "One."}', format="text") == ['{"text": "One."}']
    with pytest.raises(ArticleError, match="no format 'pdf'"):
        texts(b"Two met.", format="pdf")


def test_a_path_is_never_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text("From a file.", encoding="utf-8")
    assert [article.text for article in read(Path("-"))] == ["From a file."]


def test_folder_is_read_in_order_and_without_what_is_no_article(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", "README.md", ".hidden.txt", ".git/d.txt", "image.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"This is {name}.", encoding="utf-8")
    found = list(read(tmp_path))
    assert [article.text for article in found] == ["This is a.md.", "This is b.txt.", "This is sub/c.txt."]
    assert found[0].source == str(tmp_path / "a.md")


def test_folder_reading_goes_on_after_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xe9")
    (tmp_path / "b.txt").write_bytes(b"Two met.")
    errors: list[ArticleError] = []
    assert [article.text for article in read(tmp_path, on_error=errors.append)] == ["Two met."]
    assert [error.where for error in errors] == [f"{tmp_path / 'a.txt'}, line 1"]
    with pytest.raises(ArticleError):
        list(read(tmp_path))


def test_date_in_the_name_of_a_file_is_the_last_resort(tmp_path: Path) -> None:
    dated = tmp_path / "2024-05-16-talks.txt"
    dated.write_text("Two met.", encoding="utf-8")
    assert [str(article.published) for article in read(dated)] == ["2024-05-16"]
    dated.write_text("17 May 2024\n\nTwo met.", encoding="utf-8")
    assert [str(article.published) for article in read(dated)] == ["2024-05-17"]
    other = tmp_path / "talks-2024-05-16.txt"
    other.write_text("Two met.", encoding="utf-8")
    assert [article.published for article in read(other)] == [None]


BYTES = {
    "empty": (b"", "empty"),
    "white space": (b" \r\n\t ", "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "empty"),
    "binary": (b"%PDF-1.7\0\1", "zero byte at offset 8"),
    "Windows-1252": (b"It\x92s caf\xe9", "byte 0x92 at offset 2"),
    "Latin-1 further down": (b"Two met.\ncaf\xe9", "byte 0xE9 at offset 12"),
    "cut UTF-16": ("Two".encode("utf-16") + b"\0", "not UTF-16"),
    "cut UTF-8": ("é".encode()[:1], "byte 0xC3 at offset 0"),
    "PDF without a zero": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF"),
    "UTF-16 without a mark": ("Two presidents met.".encode("utf-16-be"), "UTF-16BE"),
    "signs only": (b"(" * 100_000 + b"Two met.", "signs in a row"),
    "control character": (b"Two\x07", "U\\+0007"),
    "too large": (b"x" * 16_000_001, "16,000,000 bytes"),
}


@pytest.mark.parametrize("name", BYTES)
@pytest.mark.parametrize("suffix", ["txt", "md", "other"])
def test_bytes_that_are_no_article(tmp_path: Path, name: str, suffix: str) -> None:
    data, what = BYTES[name]
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    with pytest.raises(ArticleError, match=what) as caught:
        list(read(path))
    assert (caught.value.where or "").startswith(str(path))
    assert caught.value.hint


def test_wrong_encoding_hints_at_a_conversion(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"One.\nIt\x92s two.")
    with pytest.raises(ArticleError) as caught:
        list(read(path))
    assert caught.value.where == f"{path}, line 2"
    assert "iconv" in (caught.value.hint or "")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        list(read(tmp_path / "none.txt"))


def test_address_is_not_fetched() -> None:
    with pytest.raises(ArticleError) as caught:
        list(read("https://wire.example/77"))
    assert "not fetched" in (caught.value.hint or "")
    assert caught.value.where == "https://wire.example/77"


def test_an_empty_name_is_not_the_folder_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"Two presidents met.")
    with pytest.raises(ArticleError, match="empty"):
        list(read(""))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Two presidents met.")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to("nowhere")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    errors: list[InputError] = []
    assert len(list(read(tmp_path, on_error=errors.append))) == 1
    assert [error.where for error in errors] == [str(tmp_path / "c.txt")]


def test_impossible_path() -> None:
    with pytest.raises(ArticleError):
        list(read("a\0b.txt"))


def test_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    with pytest.raises(ArticleError, match="holds no articles") as caught:
        list(read(tmp_path))
    assert ".md" in (caught.value.hint or "")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Two met.", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ArticleError, match="cannot be read"):
        list(read(path))


def test_a_damaged_file_with_a_byte_order_mark_is_not_called_windows(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Two met.".encode("utf-16") + b"\n")
    with pytest.raises(ArticleError, match="not UTF-16") as caught:
        list(read(path))
    assert "damaged" in (caught.value.hint or "")


def test_a_list_of_articles_in_one_json_value_is_no_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'[{"title": "Talks in Bern", "text": "Two presidents met."}]')
    with pytest.raises(ArticleError, match="not list") as caught:
        list(read(path))
    assert "jq" in (caught.value.hint or "")


def test_a_page_without_its_reader_does_not_stop_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (tmp_path / "a.html").write_bytes(b"<html><p>Two presidents met.")
    (tmp_path / "b.txt").write_bytes(b"Two presidents met.")
    errors: list[InputError] = []
    assert [article.text for article in read(tmp_path, on_error=errors.append)] == ["Two presidents met."]
    assert [type(error) for error in errors] == [MissingExtraError]
    with pytest.raises(MissingExtraError):
        list(read(tmp_path))
