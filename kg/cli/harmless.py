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


def harmless_data(text: str) -> str:
    r"""A text in a format such as CSV or Turtle, as a terminal may get it: what steers it is shown as \ufffd.

    >>> harmless_data("a\tb\r\nc\rd\x1b[2J\u202e")
    'a\tb\r\nc�d�[2J�'
    """
    text = re.sub(r"\r(?!\n)", "\ufffd", text)
    if text.isascii() and "\x1b" not in text and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(
        "\ufffd"
        if char not in "\r\n\t" and (unicodedata.category(char) in ("Cc", "Cs") or char in _TURNING)
        else char
        for char in text
    )


# Marks that turn the direction of what follows; the joiners that scripts need are no danger.
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
