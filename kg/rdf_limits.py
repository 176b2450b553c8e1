"""What a file of triples may be before a parser sees it: how large, how deeply nested, which entities.

The parsers of the engine are native code: a triple term nested ten thousand deep ends the process without a word,
and entities in entities grow until the memory is gone. So the text is looked at first, at its brackets, tags and
declarations only, in an amount of memory that does not depend on it.
"""

from __future__ import annotations

import mmap
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

from kg.errors import RdfSyntaxError

MAX_BYTES: Final = 25_000_000
"""What one file may hold without being asked for. What is checked as one change is held in memory (PER_TRIPLE)."""
PER_TRIPLE: Final = 5_000
"""Bytes of memory, about, that adding a triple takes; checking it takes four fifths of that. Measured: decision 0010."""
MAX_DEPTH: Final = 200
"""How many brackets, tags or JSON values may stand in one another."""
MAX_TERM: Final = 16 * 1024 * 1024
"""The longest line of N-Triples, or term, that the engine reads."""
_GROWTH: Final = (
    20  # how many times larger the triples, written in full, may be than the file that abbreviates them
)

_limit: ContextVar[int] = ContextVar("largest file of triples", default=MAX_BYTES)

# Brackets of Turtle and its relatives; what is swallowed before them cannot hold any.
_BRACKET = re.compile(
    rb"""\\.|#[^\n\r]*|<[^<>"{}|^`\\\x00-\x20]*>|(?P<open><<\(?|[\[({])|(?P<close>\)>>|>>|[\])}])"""
    rb"""|\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*+\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*+'''"""
    rb"""|"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+'""",
    re.DOTALL,
)
_TAG = re.compile(
    rb"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|(?P<close></)"""
    rb"""|(?P<open><[^!?/\s<>](?:[^"'<>]|"[^"]*"|'[^']*')*+>)""",
    re.DOTALL,
)
_ENTITY = re.compile(rb"""<!ENTITY\s+([^\s%&;"']+)\s+"([^"]*)"\s*>""")
_REFERENCE = re.compile(rb"&([^\s#&;][^\s&;]*);")
_BUILT_IN: Final = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """Let files of another size be read as far as the block goes; 0 is any size.

    >>> with at_most(10):
    ...     largest()
    10
    """
    before = _limit.set(size)
    try:
        yield
    finally:
        _limit.reset(before)


def largest() -> int:
    """How many bytes a file may have now; 0 is any number."""
    return _limit.get()


def check_kind_and_size(path: Path) -> None:
    """Raise RdfSyntaxError for what is no file (a pipe would be waited for) or too large; nothing is read.

    Raises OSError where there is none.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise RdfSyntaxError(
            "this is no file but a pipe or device, which cannot be read twice",
            where=str(path),
            hint="save what comes out of it, and give that file",
        )
    if largest() and found.st_size > largest():
        raise too_large(path, f"the file has {found.st_size / 1e6:,.0f} MB")


def too_large(path: Path, what: str) -> RdfSyntaxError:
    """The error for more than may be read at once."""
    return RdfSyntaxError(
        f"{what}, and what is checked and added as one change may have {largest() / 1e6:,.0f}",
        where=str(path),
        hint="split it (N-Triples: split -l 100000), or raise --max-size where there is memory for it, "
        f"{PER_TRIPLE / 1000:.0f} GB for a million triples; for a whole graph of kg, copy the store itself",
    )


def check_nesting(path: Path) -> None:
    """Raise RdfSyntaxError where brackets of Turtle, TriG, N-Triples or N-Quads are nested too deeply."""
    with _mapped(path) as text:
        if sum(_at_least(text, sign, MAX_DEPTH) for sign in (b"[", b"(", b"{", b"<<")) <= MAX_DEPTH:
            return
        depth = 0
        for found in _BRACKET.finditer(text):
            if found["open"]:
                depth += 1
                if depth > MAX_DEPTH:
                    raise too_deep(path, "brackets", found.start())
            elif found["close"]:
                depth = max(0, depth - 1)


def check_xml(path: Path) -> None:
    """Raise RdfSyntaxError for entities that lie outside the file, hold others or grow too much, and deep elements."""
    with _mapped(path) as text:
        _check_entities(text, path)
        depth = 0
        for found in _TAG.finditer(text):
            if found["close"]:
                depth -= 1
            elif found["open"] and not found["open"].endswith(b"/>"):
                depth += 1
                if depth > MAX_DEPTH:
                    raise too_deep(path, "elements", found.start())


def check_json_depth(data: Any, path: Path) -> None:
    """Raise RdfSyntaxError where values of JSON stand too deeply in one another.

    >>> check_json_depth([[1], {"a": []}], Path("mine.jsonld"))
    """
    waiting, depth = [data], 0
    while waiting:
        depth += 1
        if depth > MAX_DEPTH:
            raise too_deep(path, "values of JSON")
        waiting = [
            inner
            for value in waiting
            if isinstance(value, list | dict)
            for inner in (value if isinstance(value, list) else value.values())
        ]


class Growth:
    """Counts what quads come to in full, since a prefix of a megabyte may stand for a thousand of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._room = _GROWTH * max(path.stat().st_size, 1_000_000) if largest() else None

    def add(self, characters: int) -> None:
        """So many characters more; raises RdfSyntaxError where it is too much."""
        if self._room is not None:
            self._room -= characters
            if self._room < 0:
                raise RdfSyntaxError(
                    f"the triples are more than {_GROWTH} times as large as the file, by what it abbreviates",
                    where=str(self._path),
                    hint="use shorter prefixes, or --max-size 0 where this is meant",
                )


def _check_entities(text: mmap.mmap, path: Path) -> None:
    if text.find(b"<!ENTITY") < 0:
        return
    declared: dict[bytes, int] = {}
    at = -1
    while (at := text.find(b"<!ENTITY", at + 1)) >= 0:
        found = _ENTITY.match(text, at)
        if found is None:
            raise RdfSyntaxError(
                "an entity of the file lies outside of it, and nothing is fetched",
                where=_place(text, path, at),
                hint='write entities as <!ENTITY name "value">, or their values in their place',
            )
        if any(name[1] not in _BUILT_IN for name in _REFERENCE.finditer(found[2])):
            raise RdfSyntaxError(
                "an entity of the file holds other entities, which could grow without end",
                where=_place(text, path, at),
                hint="write its value in full",
            )
        declared[found[1]] = max(len(found[2]), declared.get(found[1], 0))
    grown = sum(declared.get(name[1], 0) for name in _REFERENCE.finditer(text))
    if grown > _GROWTH * max(len(text), 1_000_000):
        raise RdfSyntaxError(
            f"the entities of the file make it more than {_GROWTH} times as large",
            where=str(path),
            hint="write shorter entities",
        )


def _at_least(text: mmap.mmap, sign: bytes, enough: int) -> int:
    """How often a sign stands in a text, or a number above `enough`."""
    number, at = 0, -1
    while number <= enough and (at := text.find(sign, at + 1)) >= 0:
        number += 1
    return number


def too_deep(path: Path, what: str, at: int | None = None) -> RdfSyntaxError:
    """The error for things that stand too deeply in one another, at a byte where that is known."""
    where = str(path) if at is None else f"{path}, byte {at}"
    return RdfSyntaxError(
        f"more than {MAX_DEPTH} {what} stand in one another", where=where, hint="give the inner things names"
    )


def _place(text: mmap.mmap, path: Path, at: int) -> str:
    return f"{path}, line {text[:at].count(10) + 1}"


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap]:
    with path.open("rb") as file:
        text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        yield text
    finally:
        text.close()
