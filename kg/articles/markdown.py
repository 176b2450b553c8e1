"""Markdown: front matter, and a body of which only the words are kept.

Comments, images, and what is struck out are left out (a newspaper strikes out what it takes back); links,
emphasis, headings, quotations, lists and code become their text. A paragraph becomes one line. Only what
articles are written with is understood, not the whole of CommonMark.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from kg.articles.assembly import assemble
from kg.articles.frontmatter import split_front_matter
from kg.articles.model import Article
from kg.articles.normalization import clean

# Bounds on lengths keep each of these linear on hostile input.
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[[^\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,200}\])"), ""),
    (re.compile(r"\[\^[^\]\s]{1,50}\]"), ""),
    (re.compile(r"\[([^\]\[]{1,1000})\]\([^()\n]{0,1000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)"), r"\1"),
    (re.compile(r"\[([^\]\[]{1,1000})\]\[[^\]\n]{0,200}\]"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>"), r"\1"),
    (re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>]{0,1000})?/?>"), ""),
    (re.compile(r"~~(?=\S)[^~]{1,2000}~~"), ""),
    (re.compile(r"(`{1,3})(?!`)([^`]{1,1000})\1(?!`)"), r"\2"),
    (re.compile(r"\*\*\*(?=\S)([^*]{1,2000}?)(?<=\S)\*\*\*"), r"\1"),
    (re.compile(r"\*\*(?=\S)([^*]{0,1000}(?:\*[^*]{1,500}\*[^*]{0,1000})?)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"\*(?=\S)([^*]{1,2000})(?<=\S)\*"), r"\1"),
    (re.compile(r"(?<!\w)___?(?=\S)([^\n]{1,300}?)(?<=\S)___?(?!\w)"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_]{1,2000})(?<=\S)_(?!\w)"), r"\1"),
)  # fmt: skip
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# Zero characters have been refused before, so this cannot occur in the text.
_ESCAPED = re.compile("\0([0-9]+)\0")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]{1,200}\]: *\S{1,2000}(?: +[\"'(].*)?$")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,50}\]: *")
_HEADING = re.compile(r" {0,3}#{1,6}(?: +|$)")
_ITEM = re.compile(r" *(?:[-*+]|\d{1,3}[.)]) +(?=\S)")
_QUOTE = re.compile(r"^ {0,3}(?:> ?)+")
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,}|=+ *)$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")


def parse_markdown(content: str, where: str = "-", *, file_name: str | None = None) -> Article:
    """The article of a Markdown text. Raises ArticleError, with the line for malformed front matter.

    Where front matter gives no title, a first heading is the headline.

    >>> article = parse_markdown("---\\npublisher: Lake Courier\\n---\\n# Talks in Bern\\n\\nThey *met*.")
    >>> article.headline, article.publisher, article.text
    ('Talks in Bern', 'Lake Courier', 'Talks in Bern\\n\\nThey met.')
    """
    metadata, body = split_front_matter(clean(content, where), where)
    headline, reduced = reduce_markdown(body)
    if metadata.headline is None and headline:
        metadata = replace(metadata, headline=headline)
    return assemble(clean(reduced, where), metadata, where, file_name=file_name)


def reduce_markdown(body: str) -> tuple[str | None, str]:
    """The text of a heading at the top, and the words of the whole, a paragraph a line.

    >>> reduce_markdown("# Talks\\n\\nThey [met](https://e.example)\\nin **Bern**. <!-- check -->")
    ('Talks', 'Talks\\n\\nThey met in Bern.')
    """
    body = _ESCAPE.sub(lambda found: f"\0{ord(found[1])}\0", _without_comments(body))
    blocks: list[str] = []
    headings: list[int] = []
    lines: list[str] = []

    def close() -> None:
        if text := _inline(" ".join(lines)):
            blocks.append(text)
        lines.clear()

    for raw in body.split("\n"):
        line = _QUOTE.sub("", raw)
        if _RULE.match(line):
            if lines and line.strip()[0] in "=-":
                # A line of these under a paragraph makes it a heading.
                close()
                headings.append(len(blocks) - 1)
            close()
        elif _FENCE.match(line) or not line.strip():
            close()
        elif _DEFINITION.match(line) and not _FOOTNOTE.match(line):
            continue
        elif heading := _HEADING.match(line):
            close()
            lines.append(line[heading.end() :].rstrip().rstrip("#").rstrip())
            close()
            headings.append(len(blocks) - 1)
        else:
            if item := _ITEM.match(line) or _FOOTNOTE.match(line):
                close()
                line = line[item.end() :]
            lines.append(line.strip())
            if raw.endswith(("  ", "\\")):
                lines[-1] = lines[-1].rstrip("\\")
                close()
    close()
    return blocks[0] if headings[:1] == [0] and blocks else None, "\n\n".join(blocks)


def _inline(text: str) -> str:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    text = _ESCAPED.sub(lambda found: chr(int(found[1])), html.unescape(text))
    return " ".join(text.split())


def _without_comments(text: str) -> str:
    """Without <!-- … -->; a comment that is not closed goes on to the end, as in HTML."""
    kept: list[str] = []
    start = 0
    while (opening := text.find("<!--", start)) >= 0:
        kept.append(text[start:opening])
        closing = text.find("-->", opening + 4)
        if closing < 0:
            return "".join(kept)
        start = closing + 3
    return "".join(kept) + text[start:]
