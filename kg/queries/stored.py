"""The stored queries: one `.rq` file each, with a header that says what it asks for and answers.

>>> load("visits").summary
'Who visited which state, where, when, of what kind, and whether it took place.'
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from kg.errors import QueryNotFoundError, QuerySyntaxError
from kg.queries import header
from kg.queries.header import Header, Item
from kg.resources import folder as bundled

# Where the value of a parameter goes. As it stands the block leaves the variable unbound, so that the text
# runs as it is on any SPARQL 1.1 endpoint.
BLOCK = re.compile(r"VALUES \?_(\w+) \{ UNDEF \}")
_VARIABLE = re.compile(r"[?$]_(\w+)")
_KEYS = {"summary", "description", "tags", "parameters", "columns", "example"}


class Parameter(NamedTuple):
    """What a stored query can be asked with; `type` is one of kg.queries.parameters.TYPES."""

    name: str
    type: str
    description: str
    required: bool = False
    default: str | None = None


class Column(NamedTuple):
    """What a stored query answers in one column."""

    name: str
    description: str


class StoredQuery(NamedTuple):
    """A stored query; `text` is plain SPARQL 1.1, in which no parameter is bound."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    example: str
    text: str


def names(folder: Path | None = None) -> list[str]:
    """The names of all stored queries, in alphabetical order.

    >>> "visits" in names()
    True
    """
    return sorted(path.stem for path in (folder or bundled("queries")).glob("*.rq"))


def load(name: str, folder: Path | None = None) -> StoredQuery:
    """One stored query by its name; reads only its file.

    Raises QueryNotFoundError, with the names that are nearest, where there is none; QuerySyntaxError where
    header and text do not fit together.

    >>> [parameter.name for parameter in load("members").parameters]
    ['organization', 'role', 'on']
    """
    place = folder or bundled("queries")
    # A name is never a path: what is not the stem of a file in the folder is not found.
    known = names(place)
    if name not in known:
        raise _not_found(name, known)
    return _read(place / f"{name}.rq")


def catalog(folder: Path | None = None) -> list[StoredQuery]:
    """All stored queries, in alphabetical order.

    >>> len(catalog()) == len(names())
    True
    """
    place = folder or bundled("queries")
    return [_read(place / f"{name}.rq") for name in names(place)]


def _read(path: Path) -> StoredQuery:
    try:
        lines, text = header.split(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise _broken(path, f"the file is not UTF-8 (byte {error.start})") from None
    except OSError as error:
        raise _broken(path, f"the file cannot be read: {error.strerror}") from None
    head = header.read(lines, path.name)
    if unknown := sorted(set(head) - _KEYS):
        raise _broken(path, f'"{unknown[0]}" is not a key of a header')
    query = StoredQuery(
        name=path.stem,
        summary=_text(head, "summary", path),
        description=_text(head, "description", path) if "description" in head else "",
        tags=tuple(str(tag) for tag in _list(head, "tags")),
        parameters=tuple(_parameter(item, path) for item in _list(head, "parameters")),
        columns=tuple(Column(**_fields(item, Column._fields, path)) for item in _list(head, "columns")),
        example=_text(head, "example", path),
        text=text,
    )
    _check(query, path)
    return query


def _check(query: StoredQuery, path: Path) -> None:
    """Every parameter has its block, and every variable that looks like one is declared."""
    declared = [parameter.name for parameter in query.parameters]
    if len(set(declared)) < len(declared):
        raise _broken(path, "a parameter is declared twice")
    blocks = set(BLOCK.findall(query.text))
    for name in declared:
        if name not in blocks:
            raise _broken(path, f"the parameter {name} has no block VALUES ?_{name} {{ UNDEF }}")
    for name in _VARIABLE.findall(query.text):
        if name not in declared:
            raise _broken(path, f"?_{name} is not declared as a parameter")


def _parameter(item: Item, path: Path) -> Parameter:
    fields = dict(item) if isinstance(item, dict) else {}
    required = fields.pop("required", False)
    default = fields.pop("default", None)
    texts = _fields(fields, ("name", "type", "description"), path)
    if not isinstance(required, bool):
        raise _broken(path, f'"required" of {texts["name"]} must be true or false')
    if isinstance(default, bool):
        default = str(default).lower()
    return Parameter(**texts, required=required, default=default)


def _fields(item: Item, wanted: tuple[str, ...], path: Path) -> dict[str, str]:
    if not isinstance(item, dict) or set(item) != set(wanted):
        raise _broken(path, f"an item of a list must have {', '.join(wanted)}: {item}")
    return {key: str(value) for key, value in item.items()}


def _text(head: Header, key: str, path: Path) -> str:
    value = head.get(key)
    if not isinstance(value, str):
        raise _broken(path, f'the header has no text "{key}"')
    return value


def _list(head: Header, key: str) -> list[Item]:
    value = head.get(key, [])
    return value if isinstance(value, list) else [value]


def _broken(path: Path, what: str) -> QuerySyntaxError:
    return QuerySyntaxError(what, where=path.name, hint="docs/queries.md has the form of a stored query")


def _not_found(name: str, known: list[str]) -> QueryNotFoundError:
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), known, n=3, cutoff=0.5) or [k for k in known if name.lower() in k]
    hint = f"did you mean {' or '.join(near)}?" if near else "kg queries lists them"
    return QueryNotFoundError(f'there is no stored query "{name}"', hint=hint)
