"""The tokens of Turtle, TriG, N-Triples and N-Quads, each with the line and the column at which it begins.

Only for files that a parser has read without complaint: what a token may be is drawn a little wider here than
the grammar draws it, and a file that does not fit ends the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from mmap import mmap
from typing import NamedTuple

from kg.rdf_positions.place import Place


class UnreadableError(ValueError):
    """The text is none that this reader knows; the places found until then are good."""


class Token(NamedTuple):
    """A kind (see `_TOKEN`), the text, and where it begins."""

    kind: str
    text: str
    place: Place


# Bytes and not letters, so that a large file need not be decoded as a whole. Whatever is beyond ASCII may stand
# in a name; possessive repeats, so that no text makes the expression go back.
_SPACE = re.compile(rb"(?:[ \t\r\n]|\#[^\r\n]*)++")
_WORD = rb"[\w\x80-\xff-]"
_LOCAL = rb"(?:[\w:\x80-\xff-]|%[0-9A-Fa-f]{2}|\\.)"
_TOKEN = re.compile(
    rb"""
      (?P<long>   \"{3} (?: [^"\\] | \\. | "(?!"") )*+ \"{3} | '{3} (?: [^'\\] | \\. | '(?!'') )*+ '{3} )
    | (?P<string> " (?: [^"\\\r\n] | \\. )*+ " | ' (?: [^'\\\r\n] | \\. )*+ ' )
    | (?P<iri>    < [^\x00-\x20<>"{}|^`]*+ > )
    | (?P<directive> @(?:prefix|base|version)\b )
    | (?P<tag>    @[A-Za-z]+(?:-+[A-Za-z0-9]+)* )
    | (?P<blank>  _:(?:WORD|:)(?:(?:WORD|:)|\.+(?=WORD|:))*+ )
    | (?P<name>   (?:[A-Za-z\x80-\xff](?:WORD|\.+(?=WORD|\.*:))*+)?:(?:LOCAL(?:LOCAL|\.+(?=LOCAL))*+)? )
    | (?P<double> [+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+ )
    | (?P<decimal>[+-]?[0-9]*\.[0-9]+ )
    | (?P<integer>[+-]?[0-9]+ )
    | (?P<type>   \^\^ )
    | (?P<word>   [A-Za-z]+ )
    | (?P<mark>   [][(){},;.] )
    """.replace(b"WORD", _WORD).replace(b"LOCAL", _LOCAL),
    re.VERBOSE | re.DOTALL,
)


def tokens(data: bytes | mmap) -> Iterator[Token]:
    r"""The tokens of a text, without comments. Raises UnreadableError where it goes on with something else.

    >>> [(token.kind, token.text, *token.place) for token in tokens(b'ex:a\n "x" . # end')]
    [('name', 'ex:a', 1, 1), ('string', '"x"', 2, 2), ('mark', '.', 2, 6)]
    """
    at, line, column = 0, 1, 1
    while at < len(data):
        space = _SPACE.match(data, at)
        if space is not None:
            line, column = advanced(space[0], line, column)
            at = space.end()
            if at == len(data):
                return
        found = _TOKEN.match(data, at)
        if found is None or found.lastgroup is None:
            raise UnreadableError(f"line {line}, column {column}")
        yield Token(found.lastgroup, found[0].decode(errors="replace"), Place(line, column))
        line, column = advanced(found[0], line, column)
        at = found.end()


def advanced(passed: bytes, line: int, column: int) -> tuple[int, int]:
    """The line and column after some bytes that begin at a line and column; only \\n ends a line."""
    newlines = passed.count(b"\n")
    if newlines:
        line, column, passed = line + newlines, 1, passed[passed.rindex(b"\n") + 1 :]
    return line, column + (len(passed) if passed.isascii() else len(passed.decode(errors="replace")))
