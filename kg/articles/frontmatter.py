"""YAML front matter: the lines between `---` and `---` at the top of a file.

It is composed into nodes and never constructed into objects: every value is the text that stands there (an
identifier 007 stays 007), and each has its line for messages.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from kg.articles.metadata import Metadata, metadata_of
from kg.errors import ArticleError

if TYPE_CHECKING:
    import yaml

MAX_CHARS = 65_536

_OPENING = re.compile(r"\s*---[ ]*\n(?=[ ]*(?:#[^\n]*\n[ ]*)*(?:[\w\"'-][^\n]*:|---|\.\.\.))")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ ]*$", re.MULTILINE)
_TOML = re.compile(r"\s*\+\+\+[ ]*\n")


def split_front_matter(content: str, where: str) -> tuple[Metadata, str]:
    """Metadata and the rest of a text; a text without front matter is all rest.

    A first line `---` that no `key:` follows is a rule of dashes, and part of the text. Raises ArticleError
    with the line for front matter that is not closed or not YAML.

    >>> metadata, body = split_front_matter("---\\ntitle: Talks in Bern\\n---\\nThey met.", "a.md")
    >>> metadata.headline, body
    ('Talks in Bern', 'They met.')
    """
    if _TOML.match(content):
        raise ArticleError(
            "TOML front matter", where=f"{where}, line 1", hint="write it as YAML, between ---"
        )
    opening = _OPENING.match(content)
    if opening is None:
        return Metadata(), content
    first = content.count("\n", 0, opening.end())
    closing = _CLOSING.search(content, opening.end())
    if closing is None:
        raise ArticleError(
            "front matter without an end", where=f"{where}, line {first}", hint="close it with a line ---"
        )
    matter = content[opening.end() : closing.start()]
    if len(matter) > MAX_CHARS:
        raise ArticleError(
            f"front matter of {len(matter):,} characters",
            where=f"{where}, line {first}",
            hint=f"at most {MAX_CHARS:,} are read; is a line --- missing after it?",
        )
    return _read(matter, where, first), content[closing.end() :].lstrip("\n")


def _read(matter: str, where: str, offset: int) -> Metadata:
    import yaml

    try:
        root = yaml.compose(matter, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = offset + 1 + (mark.line if mark is not None else 0)
        problem = getattr(error, "problem", None) or "not YAML"
        raise ArticleError(
            f"front matter cannot be read: {problem}",
            where=f"{where}, line {line}",
            hint="a value with a colon or a quotation mark in it must stand in quotation marks",
        ) from None
    except RecursionError:
        raise ArticleError(
            "front matter is nested too deeply",
            where=f"{where}, line {offset + 1}",
            hint="write one key a line",
        ) from None
    if root is None:
        return Metadata()
    if not isinstance(root, yaml.MappingNode):
        raise ArticleError(
            "front matter is not a list of keys and values",
            where=f"{where}, line {offset + 1}",
            hint="write lines such as `publisher: Lake Courier`",
        )
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for key, value in root.value:
        if isinstance(key, yaml.ScalarNode) and key.value not in values:
            values[key.value] = _value(value)
            lines[key.value] = offset + 1 + key.start_mark.line
    return metadata_of(values, partial(_line_of, where, lines))


def _line_of(where: str, lines: dict[str, int], key: str) -> str:
    return f"{where}, line {lines[key]}"


def _value(node: yaml.Node, depth: int = 0) -> object:
    """The text of a node; of nested ones as much as a name or a list of names needs."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        # What YAML reads as null is no value.
        return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)
    if depth >= 2:
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, depth + 1) for item in node.value[:2]]
    if isinstance(node, yaml.MappingNode):
        return {
            key.value: _value(item, depth + 1) for key, item in node.value if isinstance(key, yaml.ScalarNode)
        }
    return None
