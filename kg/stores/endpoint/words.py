"""What a server says of an error, cut to a line, with control characters shown as escapes."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 200


def one_line(text: str, longest: int = _LONGEST) -> str:
    """The first line that says something, without control characters.

    >>> one_line("\\n  Bad\\x1b[31m query\\nSELECT")
    'Bad\\\\x1b[31m query'
    """
    for line in text.splitlines():
        if line := " ".join(line.split()):
            escaped = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in line)
            return escaped if len(escaped) <= longest else escaped[: longest - 1] + "…"
    return ""


def words_of(body: bytes, content_type: str) -> str:
    """What a server says of an error, as text; of a web page its title or heading.

    >>> words_of(b"<html><title>Oh &amp; no</title><p>x", "text/html")
    'Oh & no'
    """
    text = body.decode("utf-8", "replace")
    if "html" not in content_type and not text.lstrip()[:100].lower().startswith(("<!doctype html", "<html")):
        return text
    from html import unescape

    for pattern in (r"<xmp[^>]*>(.*?)<", r"<title[^>]*>(.*?)<", r"<h\d[^>]*>(.*?)<", r"<body[^>]*>(.*)"):
        found = re.search(pattern, text, re.DOTALL | re.IGNORECASE)
        if found and (plain := re.sub(r"<[^>]*>", " ", found[1]).strip()):
            return unescape(plain)
    return ""
