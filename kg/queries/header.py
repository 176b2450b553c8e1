"""The `#+` header of a stored query: a small, strict part of YAML.

Known are scalars, folded text (`>-`), lists of scalars and lists of mappings, two levels deep. What YAML
would read as something other than text or a truth value is refused, so that this reader and a YAML library always
agree; it takes a tenth of a millisecond, and importing a YAML library takes 25.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from kg.errors import QuerySyntaxError

Scalar: TypeAlias = str | bool
Item: TypeAlias = Scalar | dict[str, Scalar]
Header: TypeAlias = dict[str, Scalar | list[Item]]

MARK = "#+"
_KEY = re.compile(r"([A-Za-z][\w-]*):(?: +(.*))?$")
# Plain scalars that YAML reads as numbers, dates or nothing, or that could be read as a boolean.
_NOT_TEXT = re.compile(
    r"[-+.]?\d[\d_.,:eExXoa-fA-F+-]*|~|=|<<|null|yes|no|on|off|y|n|true|false|[-+]?\.(?:inf|nan)",
    re.IGNORECASE,
)
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"


def split(text: str, where: str = "header") -> tuple[list[str], str]:
    """The lines of the header without their mark, and the query that follows.

    >>> split("#+ summary: All of it.\\nSELECT * { ?s ?p ?o }")
    (['summary: All of it.'], 'SELECT * { ?s ?p ?o }')

    Raises QuerySyntaxError where the header goes on after an empty line: half of it would be lost without a word.
    """
    lines = text.splitlines(keepends=True)
    header: list[str] = []
    for line in lines:
        if not line.startswith(MARK):
            break
        header.append(line[len(MARK) :].removeprefix(" ").rstrip())
    rest = "".join(lines[len(header) :]).lstrip("\n")
    if header and rest.lstrip().startswith(MARK):
        raise QuerySyntaxError(
            f'the header goes on after an empty line, which must start with "{MARK}" too',
            where=f"{where}, line {len(header) + 1}",
            hint="docs/queries.md has the form of a header",
        )
    return header, rest


def read(lines: list[str], where: str = "header") -> Header:
    """The header as a mapping.

    >>> read(["summary: Who met whom.", "tags:", "  - people"])
    {'summary': 'Who met whom.', 'tags': ['people']}

    Raises QuerySyntaxError, with `where` and the line, for anything that is not in the known part of YAML.
    """
    return _Reader(lines, where).document()


class _Reader:
    def __init__(self, lines: list[str], where: str) -> None:
        self._lines = lines
        self._where = where
        self._at = 0

    def document(self) -> Header:
        found: Header = {}
        while self._at < len(self._lines):
            key, rest = self._pair(self._lines[self._at])
            if key in found:
                raise self._error(f'"{key}" is given twice')
            self._at += 1
            if rest == ">-":
                found[key] = self._folded()
            elif rest is None:
                found[key] = self._list()
            else:
                found[key] = self._scalar(rest, self._at - 1)
        return found

    def _folded(self) -> str:
        parts: list[str] = []
        while self._at < len(self._lines) and self._lines[self._at].startswith("  "):
            part = self._lines[self._at][2:]
            if not part or part[0].isspace():
                raise self._error("folded text must be indented by two spaces and have no empty lines")
            parts.append(part)
            self._at += 1
        if not parts:
            raise self._error("folded text is missing")
        return " ".join(parts)

    def _list(self) -> list[Item]:
        items: list[Item] = []
        while self._at < len(self._lines) and self._lines[self._at].startswith("  - "):
            first = self._lines[self._at][4:]
            if _KEY.match(first):
                items.append(self._mapping(first))
            else:
                items.append(self._scalar(first, self._at))
                self._at += 1
        if not items:
            raise self._error('a list is missing: its items start with two spaces and "- "')
        return items

    def _mapping(self, first: str) -> dict[str, Scalar]:
        found: dict[str, Scalar] = {}
        line = first
        while True:
            key, rest = self._pair(line)
            if rest is None:
                raise self._error(f'"{key}" has no value')
            if key in found:
                raise self._error(f'"{key}" is given twice')
            found[key] = self._scalar(rest, self._at)
            self._at += 1
            following = self._lines[self._at] if self._at < len(self._lines) else ""
            if not following.startswith("    "):
                return found
            line = following[4:]

    def _pair(self, line: str) -> tuple[str, str | None]:
        match = _KEY.match(line)
        if match is None:
            raise self._error(f'"{line.strip()}" is not "key: value"')
        return match[1], match[2] or None

    def _scalar(self, text: str, at: int) -> Scalar:
        if text in ("true", "false"):
            return text == "true"
        if len(text) > 1 and text[0] == text[-1] == '"' and not set(text[1:-1]) & set('"\\'):
            return text[1:-1]
        if (
            not text
            or text[0] in _INDICATORS
            or ": " in text
            or " #" in text
            or text.endswith(":")
            or _NOT_TEXT.fullmatch(text)
        ):
            raise self._error(
                f"{text!r} must stand in double quotes, without quotes or backslashes in it", at
            )
        return text

    def _error(self, what: str, at: int | None = None) -> QuerySyntaxError:
        line = min(self._at if at is None else at, len(self._lines) - 1) + 1
        return QuerySyntaxError(
            what, where=f"{self._where}, line {line}", hint="docs/queries.md has the form of a header"
        )
