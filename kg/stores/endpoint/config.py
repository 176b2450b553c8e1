"""kg.toml: names for stores, so that `--store NAME` works."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final, NamedTuple

from kg.errors import InputError

NAME: Final = "kg.toml"
_KEYS: Final = ("query", "update", "graph-store", "timeout", "user")
_SECRET: Final = ("password", "passwd", "token", "secret", "credentials")


class Table(NamedTuple):
    """What kg.toml says of a store; `where` is the file and table."""

    where: str
    query: str
    update: str | None = None
    graph_store: str | None = None
    timeout: float | None = None
    user: str | None = None


def find_config(given: Path | None = None) -> Path | None:
    """The file that counts: the one given, $KG_CONFIG, or kg.toml here or in a folder above, up to the home folder.

    Raises InputError where $KG_CONFIG names no file, and for a kg.toml that another user put there.
    """
    if given is not None:
        return given
    if named := os.environ.get("KG_CONFIG"):
        file = Path(named)
        if not file.is_file():
            raise InputError("$KG_CONFIG names no file", where=named, hint="correct or unset it")
        return file
    try:
        here = Path.cwd()
    except OSError:
        return None
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home raises where there is none
    for folder in (here, *here.parents):
        file = folder / NAME
        if file.is_file():
            _refuse_foreign(file)
            return file
        if folder == home:
            break
    return None


def table_of(file: Path, name: str) -> Table | None:
    """What the file says of a store, None where it does not know it. Raises InputError for what is wrong there."""
    stores = _read(file).get("stores", {})
    if not isinstance(stores, dict):
        raise InputError("stores is no table", where=str(file), hint="write [stores.NAME]")
    table = stores.get(name)
    if table is None:
        return None
    where = f"{file}, [stores.{name}]"
    if not isinstance(table, dict):
        raise InputError(f"stores.{name} is no table", where=str(file), hint=f"write [stores.{name}]")
    for key in table:
        if any(word in key.lower() for word in _SECRET):
            raise InputError(
                f'"{key}" does not belong into kg.toml, which others may read',
                where=where,
                hint=f"set {variable(name, 'USER')} and {variable(name, 'PASSWORD')} (or {variable(name, 'TOKEN')}), "
                "or use ~/.netrc",
            )
        if key not in _KEYS:
            raise InputError(f'unknown key "{key}"', where=where, hint=f"known are {', '.join(_KEYS)}")
    if "query" not in table:
        raise InputError('the key "query" is missing', where=where, hint="query = ADDRESS for SPARQL queries")
    for key in _KEYS:
        wanted = (int, float) if key == "timeout" else str
        value = table.get(key)
        if key in table and (not isinstance(value, wanted) or isinstance(value, bool) or not value):
            kind = "a number of seconds" if key == "timeout" else "a text"
            raise InputError(f'"{key}" must be {kind}', where=where, hint="correct it")
    timeout = table.get("timeout")
    if timeout is not None and not 0 < timeout < 1e9:
        raise InputError('"timeout" must be a number of seconds above 0', where=where, hint="correct it")
    return Table(
        where, table["query"], table.get("update"), table.get("graph-store"), timeout, table.get("user")
    )


def variable(name: str, what: str) -> str:
    """The environment variable for a named store.

    >>> variable("our-team", "PASSWORD")
    'KG_OUR_TEAM_PASSWORD'
    """
    return f"KG_{name.upper().replace('-', '_')}_{what}"


def _read(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"kg.toml cannot be read: {error.strerror}", where=str(file), hint="check its permissions"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        # What stands in the line is not repeated: somebody may have put a password there.
        at = str(error).rpartition("(at ")[2].rstrip(")") if "(at " in str(error) else "see there"
        raise InputError(f"kg.toml is no TOML: {at}", where=str(file), hint="see https://toml.io") from None


def _refuse_foreign(file: Path) -> None:
    """A kg.toml that somebody else put into a shared folder could send our password to their server."""
    if not hasattr(os, "geteuid"):
        return
    if file.stat().st_uid not in (os.geteuid(), 0):
        raise InputError(
            "kg.toml belongs to another user, and is not trusted",
            where=str(file),
            hint=f"if you trust it, say so with KG_CONFIG={file}",
        )
