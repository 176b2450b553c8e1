"""A JSON text as a tree whose parts know where they stand; the json module of Python throws that away."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from kg.rdf_positions.place import Place
from kg.rdf_positions.tokens import UnreadableError

_PART = re.compile(
    r'[ \t\r\n]*+(?:(?P<mark>[{}\[\],:])|(?P<string>"(?:[^"\\]|\\.)*+")|(?P<other>[^\s{}\[\],:"]++))',
    re.DOTALL,
)


@dataclass(slots=True)
class Json:
    """A value: its kind ("object", "array", "string", "number" or "other"), and where it begins.

    `text` is what a string says, or a number or word as it is written.
    """

    kind: str
    place: Place
    text: str = ""
    members: list[tuple[str, Place, Json]] = field(default_factory=list)
    items: list[Json] = field(default_factory=list)

    def get(self, key: str) -> Json | None:
        """The value of a key of an object; the last, where it is repeated."""
        return next((value for name, _, value in reversed(self.members) if name == key), None)


def read_json(text: str) -> Json:
    r"""The tree of a JSON text that was found to be well-formed; raises UnreadableError for others.

    >>> tree = read_json('{"a":\n [1, "\\u00e9"]}')
    >>> [(item.text, *item.place) for item in tree.get("a").items]
    [('1', 2, 3), ('é', 2, 6)]
    """
    lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(offset: int) -> Place:
        line = bisect_right(lines, offset)
        return Place(line, offset - lines[line - 1] + 1)

    root = Json("array", Place(1, 1))
    around = [root]
    key: tuple[str, Place] | None = None
    at = 0
    while (found := _PART.match(text, at)) is not None:
        at = found.end()
        mark = found["mark"]
        if mark in (",", ":"):
            continue
        if mark in ("}", "]"):
            around.pop()
            if not around:
                raise UnreadableError("a bracket too many")
            continue
        start = place(found.start(found.lastgroup or 0))
        inner = around[-1]
        if mark is None and found["string"] and inner.kind == "object" and key is None:
            key = (_string(found["string"]), start)
            continue
        value = _value(found, start)
        if inner.kind == "object":
            if key is None:
                raise UnreadableError("a value without a key")
            inner.members.append((*key, value))
            key = None
        else:
            inner.items.append(value)
        if mark:
            around.append(value)
    if len(root.items) != 1 or text[at:].strip():
        raise UnreadableError("more than one value")
    return root.items[0]


def _value(found: re.Match[str], start: Place) -> Json:
    if found["mark"]:
        return Json("object" if found["mark"] == "{" else "array", start)
    if found["string"]:
        return Json("string", start, _string(found["string"]))
    word = found["other"]
    return Json("other" if word in ("true", "false", "null") else "number", start, word)


def _string(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    try:
        return str(json.loads(token, strict=False))
    except ValueError as error:
        raise UnreadableError(str(error)) from None
