"""What is said to people: on standard error, in colour only on a terminal."""

from __future__ import annotations

import os
import sys
from typing import IO, Final

_CODES: Final = {"red": "31", "green": "32", "yellow": "33", "dim": "2", "bold": "1"}


def say(text: str = "") -> None:
    """A line to standard error."""
    print(text, file=sys.stderr)


def complain(what: str, *, where: str | None = None, hint: str | None = None) -> None:
    """An error: what, where, and what to try, each on a line of its own."""
    from kg.cli.harmless import clean, harmless

    say(f"{paint('Error:', 'red')} {harmless(what)}")
    if where:
        say(f"  where: {clean(where)}")
    if hint:
        say(f"  try: {harmless(hint)}")


def tell_notes(graph: object) -> None:
    """Say what happened to a store that a user should know: a commit was interrupted, the format is another."""
    notes: list[str] = getattr(getattr(graph, "store", None), "notes", [])
    while notes:
        say(f"Note: {notes.pop(0)}")


def paint(text: str, colour: str, stream: IO[str] | None = None) -> str:
    """Text in a colour, where the stream (standard error if not given) is a terminal that wants colours.

    >>> paint("Error:", "red")
    'Error:'
    """
    stream = stream or sys.stderr
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty():
        return text
    return f"\x1b[{_CODES[colour]}m{text}\x1b[0m"


def debugging() -> bool:
    """Whether the user wants to see tracebacks."""
    return os.environ.get("KG_DEBUG", "") not in ("", "0")


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "claim"), counted(2000, "claim")
    ('1 claim', '2,000 claims')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
