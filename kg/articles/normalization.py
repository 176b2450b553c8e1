"""The one form of a text that offsets count in.

1. Line ends become `\\n`; spaces of every width and tabs become a space.
2. Characters that cannot be seen (soft hyphens, zero-width spaces, direction marks) go.
3. Unicode normalisation form C: a letter and its accent are one code point.
4. Lines lose the space around them, runs of spaces become one, runs of empty lines one empty line.

A text in this form comes out as it went in, so offsets do not move when it is stored and read again.
Control characters are refused, not dropped: they mean that the file is not what it is taken for.
"""

from __future__ import annotations

import re
import unicodedata

from kg.errors import ArticleError

_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNSEEN = dict.fromkeys(
    [0xAD, 0x200B, 0x2060, 0xFEFF, 0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_SPACES = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
# C0 and C1 controls, halves of surrogate pairs, and the code points that XML and RDF have no place for.
_REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"\n{3,}")


def clean(raw: str, where: str, *, part: bool = False) -> str:
    """Steps 1 to 3. Raises ArticleError, with line and column, for a control character.

    `part` says that the text is only a part of the file, such as a value: its lines are not those of the file,
    and the place is told by counting characters.

    >>> clean("Cafe\\u0301\\r\\nco\\u00adoperation", "-")
    'Café\\ncooperation'
    """
    text = _NEWLINES.sub("\n", raw)
    refused = _REFUSED.search(text)
    if refused is not None:
        code = ord(refused[0])
        line = text.count("\n", 0, refused.start()) + 1
        column = refused.start() - text.rfind("\n", 0, refused.start())
        raise ArticleError(
            f"a character that no text should hold: U+{code:04X}",
            where=f"{where}, character {refused.start() + 1}"
            if part
            else f"{where}, line {line}, column {column}",
            hint="the text was probably written in Windows-1252: convert it to UTF-8 from that"
            if 0x80 <= code <= 0x9F
            else "remove it, or check that the file is text",
        )
    return unicodedata.normalize("NFC", text.translate(_UNSEEN)).translate(_SPACES)


def tidy(text: str) -> str:
    """Step 4, for a text that is clean.

    >>> tidy("  One   line. \\n\\n\\n\\n Another. ")
    'One line.\\n\\nAnother.'
    """
    lines = (" ".join(part for part in line.split(" ") if part) for line in text.split("\n"))
    text = _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n")
    # What is taken out of Markdown may bring a letter and an accent together.
    return unicodedata.normalize("NFC", text)


def one_line(value: str, where: str) -> str:
    """A value such as a headline in the same form, on one line.

    >>> one_line("Leaders\\n  meet", "-")
    'Leaders meet'
    """
    return " ".join(tidy(clean(value, where, part=True)).split())
