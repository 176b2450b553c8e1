"""Names: slugs for IRIs, and the plain spelling that English newspapers print."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe",
    "Œ": "Oe", "ß": "ss", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ə": "a", "Ə": "A", "ħ": "h", "Ħ": "H",
    "‘": "'", "’": "'", "ʻ": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'", "`": "'", "´": "'", "ʹ": "'", "‑": "-", "–": "-",
})  # fmt: skip


def plain(value: str) -> str:
    """The name without accents: what most English newspapers print, and what people type.

    >>> plain("Viña del Mar"), plain("Łódź"), plain("Nuku‘alofa")
    ('Vina del Mar', 'Lodz', "Nuku'alofa")
    """
    decomposed = unicodedata.normalize("NFKD", value.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def is_ascii_letters(value: str) -> bool:
    """Whether the plain spelling could be made: other scripts leave something behind."""
    return plain(value).isascii()


def slug(value: str) -> str:
    """The name as the last part of an IRI: ASCII, lower case, hyphens.

    >>> slug("Democratic Republic of the Congo"), slug("N'Djamena"), slug("Port-au-Prince")
    ('democratic-republic-of-the-congo', 'ndjamena', 'port-au-prince')
    """
    folded = plain(value).replace("'", "").lower()
    cleaned = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if not cleaned:
        raise ValueError(f"no letter of {value!r} can stand in an IRI")
    return cleaned
