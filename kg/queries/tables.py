"""Rows as tables for people: aligned text, and Markdown."""

from __future__ import annotations

import unicodedata
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.queries.terms import short
from kg.stores.base import Table, Term

_GAP: Final = "  "
_LEAST: Final = 8  # columns are not made narrower than this
_NUMBERS: Final = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "decimal", "double", "float")
)


def cell_text(term: Term | None, *, prefixes: bool = True) -> str:
    """A term as a person would write it: literals bare, IRIs with a prefix where one is known.

    >>> cell_text(NamedNode("https://w3id.org/summitry/ontology#Visit")), cell_text(Literal("x", language="en"))
    ('smt:Visit', 'x')
    """
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return short(term) if prefixes else term.value
    if isinstance(term, Literal):
        return term.value
    return str(term)


def format_table(table: Table, *, width: int | None = None) -> str:
    """Rows as an aligned table; where `width` is given, cells are wrapped so that lines fit into it.

    >>> print(format_table(Table(("who", "n"), [(Literal("Ann"), Literal(10)), (None, Literal(9))])), end="")
    who   n
    ---  --
    Ann  10
          9
    """
    if not table.columns:
        return "\n" * max(1, len(table.rows))
    rows = [[_visible(cell_text(term)) for term in row] for row in table.rows]
    right = [_is_numeric(table, index) for index in range(len(table.columns))]
    widths = [
        max([display_width(name), *(display_width(row[index]) for row in rows)])
        for index, name in enumerate(table.columns)
    ]
    if width is not None:
        widths = _fitted(widths, width - len(_GAP) * (len(widths) - 1))
    lines: list[str] = []
    for cells in [list(table.columns), ["-" * column for column in widths], *rows]:
        lines += _lines(cells, widths, right)
    return "".join(f"{line}\n" for line in lines)


def format_markdown(table: Table) -> str:
    """Rows as a Markdown table.

    >>> print(format_markdown(Table(("a", "b"), [(Literal("x|y"), Literal(1))])), end="")
    | a | b |
    | --- | ---: |
    | x\\|y | 1 |
    """
    marks = ["---:" if _is_numeric(table, index) else "---" for index in range(len(table.columns))]
    rows = [[_markdown(cell_text(term)) for term in row] for row in table.rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [list(table.columns), marks, *rows])


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> display_width("Xi"), display_width("习近平"), display_width("e\\u0301")
    (2, 6, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _visible(text: str) -> str:
    """One line without control characters: the words of an article cannot steer a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if char in "\n\r\t" else "\ufffd" if unicodedata.category(char) == "Cc" or char in _BIDI else char
        for char in text
    )


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _is_numeric(table: Table, index: int) -> bool:
    terms = [row[index] for row in table.rows if row[index] is not None]
    return bool(terms) and all(isinstance(t, Literal) and t.datatype.value in _NUMBERS for t in terms)


def _fitted(widths: list[int], room: int) -> list[int]:
    """Widths that fit into `room`, taken from the widest columns first."""
    widths = list(widths)
    while sum(widths) > room:
        widest = max(widths)
        if widest <= _LEAST:
            break
        # The widest shrink to the next in width, or all together to what is left.
        same = [index for index, column in enumerate(widths) if column == widest]
        below = max([column for column in widths if column < widest], default=_LEAST)
        step = max(1, min(widest - max(below, _LEAST), -(-(sum(widths) - room) // len(same))))
        for index in same:
            widths[index] -= step
    return widths


def _lines(cells: list[str], widths: list[int], right: list[bool]) -> list[str]:
    wrapped = [_wrapped(cell, column) for cell, column in zip(cells, widths, strict=True)]
    lines = []
    for index in range(max((len(parts) for parts in wrapped), default=0)):
        padded = []
        for parts, column, to_right in zip(wrapped, widths, right, strict=True):
            part = parts[index] if index < len(parts) else ""
            blank = " " * (column - display_width(part))
            padded.append(blank + part if to_right else part + blank)
        lines.append(_GAP.join(padded).rstrip())
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` columns, broken at blanks where there are any."""
    if display_width(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if display_width(joined) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for char in word:
            if display_width(lines[-1] + char) > width:
                lines.append("")
            lines[-1] += char
    return lines


def _markdown(text: str) -> str:
    for char in "\\|<>*_`[]":
        text = text.replace(char, f"\\{char}")
    return " ".join(text.split())
