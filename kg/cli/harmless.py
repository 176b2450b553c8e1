"""Words of others (articles, names of files, triples) as they may be printed: nothing in them steers a terminal."""

from __future__ import annotations

import re
import unicodedata

_KINDS = frozenset({"Cc", "Cf", "Cs", "Co"})


def clean(text: str) -> str:
    r"""A text on one line, without control characters and those that turn the direction of writing.

    >>> clean("Two\nlines \x1b[31mand\u202e a trick")
    'Two lines [31mand a trick'
    """
    kept = "".join(" " if char.isspace() else char for char in text)
    return re.sub(r" +", " ", harmless(kept))


def harmless(text: str) -> str:
    r"""A text without those characters, but with its lines and spaces.

    >>> harmless("expected:\n  a name\x07")
    'expected:\n  a name'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in _KINDS)
