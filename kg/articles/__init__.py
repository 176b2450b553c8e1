"""Articles: what they are, and how they are read from text, Markdown, HTML and JSON Lines.

from kg.articles import read

for article in read("news/"):
    print(article.id, article.published, article.text[:40])
"""

from __future__ import annotations

from kg.articles.datelines import Dateline
from kg.articles.html import parse_html
from kg.articles.jsonlines import parse_lines
from kg.articles.markdown import parse_markdown
from kg.articles.model import Article
from kg.articles.rdf import article_quads, extraction_of, from_quads
from kg.articles.sources import FORMATS, Format, read
from kg.articles.text import parse_text

__all__ = [
    "FORMATS",
    "Article",
    "Dateline",
    "Format",
    "article_quads",
    "extraction_of",
    "from_quads",
    "parse_html",
    "parse_lines",
    "parse_markdown",
    "parse_text",
    "read",
]
