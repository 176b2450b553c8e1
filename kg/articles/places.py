"""Where in its file an article has some words."""

from __future__ import annotations

import re
from pathlib import Path

from kg.articles.encoding import decode
from kg.errors import ArticleError

_LINE = re.compile(r"(?P<file>.+), line (?P<line>[0-9]+)")
# The place is where words begin; so many of them are as good as all.
_WORDS = 40


def file_of(source: str) -> tuple[str | None, int | None]:
    """The file of an article, and its line where that is known; of standard input there is none.

    >>> file_of("news.jsonl, line 7"), file_of("a.txt"), file_of("-")
    (('news.jsonl', 7), ('a.txt', None), (None, None))
    """
    found = _LINE.fullmatch(source)
    if found is not None:
        return file_of(found["file"])[0], int(found["line"])
    return (None if source in ("", "-") else source), None


def place_of(source: str, words: str) -> tuple[int, int] | None:
    """Line and column of some words of an article in the file that it was read from; None where they are not there once.

    Readers put lines together and take marks out, so any space may stand between two words.
    """
    parts = words.split()[:_WORDS]
    if not parts:
        return None
    path = Path(source)
    try:
        # What can be read only once, a pipe, was.
        text = decode(path.read_bytes(), source) if path.is_file() else ""
    except (OSError, ArticleError, ValueError):
        return None
    found = list(re.finditer(r"\s+".join(map(re.escape, parts)), text))
    if len(found) != 1:
        return None
    start = found[0].start()
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
