"""Plain text, as newspapers and syndicators deliver it; front matter may stand before it."""

from __future__ import annotations

from kg.articles.assembly import assemble
from kg.articles.frontmatter import split_front_matter
from kg.articles.model import Article
from kg.articles.normalization import clean, tidy

_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 45, 100
_SENTENCE_ENDS = (".", "!", "?", ":", '"', "”", "'", "’", ")")


def parse_text(content: str, where: str = "-", *, file_name: str | None = None) -> Article:
    """The article of a plain text. Raises ArticleError for an empty, too long or malformed one.

    >>> article = parse_text("MOSCOW, Sept 2, 2024 (Newsco) - The two presidents met.")
    >>> article.publisher, article.published, article.dateline_city
    ('Newsco', datetime.date(2024, 9, 2), 'MOSCOW')
    """
    metadata, body = split_front_matter(clean(content, where), where)
    return assemble(unwrap(tidy(body)), metadata, where, file_name=file_name)


def unwrap(text: str) -> str:
    """A tidy text with paragraphs that were broken into lines of one length put together again.

    Lines that are short, long, or all end like a sentence are left as they are: they may be a list,
    or one paragraph a line.

    >>> print(unwrap("The presidents of two countries met by the lake\\nfor an hour."))
    The presidents of two countries met by the lake for an hour.
    """
    return "\n\n".join(_unwrap(block) for block in text.split("\n\n"))


def _unwrap(block: str) -> str:
    lines = block.split("\n")
    broken = lines[:-1]
    if (
        broken
        and all(_SHORTEST_WRAPPED <= len(line) <= _LONGEST_WRAPPED for line in broken)
        and len(lines[-1]) <= _LONGEST_WRAPPED
        and not all(line.endswith(_SENTENCE_ENDS) for line in broken)
    ):
        return " ".join(lines)
    return block
