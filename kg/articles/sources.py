"""Where articles come from: files, folders, standard input; and which reader is for which."""

from __future__ import annotations

import codecs
import itertools
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias, get_args

from kg.articles.encoding import decode
from kg.articles.html import decode_html, parse_html
from kg.articles.jsonlines import MAX_LINE_BYTES, parse_lines
from kg.articles.markdown import parse_markdown
from kg.articles.model import Article
from kg.articles.text import parse_text
from kg.errors import ArticleError, InputError, MissingExtraError

Format: TypeAlias = Literal["text", "markdown", "html", "jsonlines"]
OnError: TypeAlias = Callable[[InputError], None]

FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonlines",
    ".ndjson": "jsonlines",
}
MAX_BYTES = 16_000_000
"""The largest file of one article: a page is mostly not text."""

_HTML = re.compile(r"\s*(?:<!doctype html|<html\b|<\?xml\b[^>]*\?>\s*<(?:!doctype )?html\b)", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n")
_JSON = re.compile(r'\s*(?:\[\s*)?\{\s*["}]')


def read(
    source: str | os.PathLike[str],
    format: Format | None = None,
    *,
    on_error: OnError | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Article]:
    """Read the articles of a file, of all files in a folder, or, for "-", of standard input.

    The format follows from the file's suffix; without a known one, and for standard input, from the first
    characters: front matter is Markdown, `<html` HTML, `{` JSON Lines, everything else plain text. A folder
    is read with its subfolders, in the order of the names; hidden files, README files and other suffixes are
    passed over. Raises ArticleError for what cannot be read; with `on_error` the error goes there
    and reading continues with the next file or line. `stdin` stands in for standard input.

    >>> import io
    >>> [article.text for article in read("-", stdin=io.BytesIO(b"The two presidents met."))]
    ['The two presidents met.']
    """
    if format is not None and format not in FORMATS:
        raise ArticleError(f"no format {format!r}", hint=f"choose one of {', '.join(FORMATS)}")
    name = os.fspath(source)
    try:
        if not name:
            raise ArticleError("a name that is empty", hint="give a file, a folder, or - for standard input")
        if name == "-" and isinstance(source, str):
            yield from _from_stream(stdin or sys.stdin.buffer, "-", format, None, on_error)
        elif Path(name).is_dir():
            yield from _from_folder(Path(name), format, on_error)
        else:
            yield from _from_file(Path(name), format, on_error)
    except (ArticleError, MissingExtraError) as error:
        # Without what pages need, the other files can still be read.
        if on_error is None:
            raise
        on_error(error)


def files_of(folder: Path) -> list[Path]:
    """The files of a folder that `read` reads, in its order.

    >>> files_of(Path("no such folder"))
    []
    """
    found: list[Path] = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(root, name)
            for name in names
            if Path(name).suffix.lower() in SUFFIXES
            and not name.startswith(".")
            and Path(name).stem.lower() != "readme"
            and not _waits(Path(root, name))
        ]
    return sorted(found, key=lambda path: path.parts)


def _waits(path: Path) -> bool:
    """Whether it is a pipe, a socket or a device: in a folder nobody means these. A link to nothing is an error later."""
    try:
        return path.exists() and not path.is_file()
    except OSError:
        return False


def sniff(head: bytes) -> Format:
    """The format that the first bytes of an article speak for, conservatively: plain text if in doubt.

    >>> sniff(b"<!DOCTYPE html>"), sniff(b'{"text": 1}'), sniff(b"---\\ntitle: A"), sniff(b"{sic} he said")
    ('html', 'jsonlines', 'markdown', 'text')
    """
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    start = head.decode("utf-16" if utf16 else "utf-8-sig", "ignore")
    if _HTML.match(start):
        return "html"
    if _FRONT_MATTER.match(start):
        return "markdown"
    return "jsonlines" if _JSON.match(start) else "text"


def _from_folder(folder: Path, format: Format | None, on_error: OnError | None) -> Iterator[Article]:
    files = files_of(folder)
    if not files:
        raise ArticleError(
            "the folder holds no articles",
            where=str(folder),
            hint=f"files that are read: {' '.join(SUFFIXES)}",
        )
    for path in files:
        yield from read(path, format, on_error=on_error)


def _from_file(path: Path, format: Format | None, on_error: OnError | None) -> Iterator[Article]:
    try:
        with path.open("rb") as stream:
            kind = format or SUFFIXES.get(path.suffix.lower())
            yield from _from_stream(stream, str(path), kind, path.name, on_error)
    except FileNotFoundError:
        address = re.match(r"https?:/", str(path))
        hint = "addresses are not fetched: save the page, or pipe it in as -" if address else "check the path"
        # A path keeps one of the slashes of an address.
        where = str(path).replace(":/", "://", 1) if address else str(path)
        raise ArticleError("no such file", where=where, hint=hint) from None
    except (OSError, ValueError) as error:
        # ValueError: a path with a zero character in it.
        reason = getattr(error, "strerror", None) or str(error)
        raise ArticleError(
            f"the file cannot be read: {reason}", where=str(path), hint="check its permissions"
        ) from None


def _from_stream(
    stream: BinaryIO, where: str, format: Format | None, file_name: str | None, on_error: OnError | None
) -> Iterator[Article]:
    head = _head(stream) if format is None else []
    format = format or sniff(b"".join(head))
    if format == "jsonlines":
        yield from parse_lines(itertools.chain(head, _lines(stream)), where, on_error)
        return
    first = b"".join(head)
    data = first + stream.read(MAX_BYTES + 1 - len(first))
    if len(data) > MAX_BYTES:
        raise ArticleError(
            f"more than {MAX_BYTES:,} bytes", where=where, hint="give one article a file, or JSON Lines"
        )
    if not data.strip():
        raise ArticleError("the article is empty", where=where, hint="give a file that holds text")
    if format == "html":
        yield parse_html(decode_html(data, where), where, file_name=file_name)
    elif format == "markdown":
        yield parse_markdown(decode(data, where), where, file_name=file_name)
    else:
        yield parse_text(decode(data, where), where, file_name=file_name)


def _head(stream: BinaryIO) -> list[bytes]:
    """The lines up to the first two that are not empty: enough to tell the formats apart."""
    lines: list[bytes] = []
    while sum(1 for line in lines if line.strip()) < 2 and sum(map(len, lines)) < 65_536:
        line = stream.readline(MAX_LINE_BYTES + 1)
        if not line:
            break
        lines.append(line)
    return lines


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; one that is too long comes once, cut, and its rest is passed over."""
    while line := stream.readline(MAX_LINE_BYTES + 1):
        yield line
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES + 1)
