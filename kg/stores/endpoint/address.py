"""Where a SPARQL server is: its addresses for queries, updates and whole graphs, and who asks.

A target is an http(s) address, or the name of a table in kg.toml:

    [stores.team]
    query = "https://kg.example.org/sparql"
    update = "https://kg.example.org/update"          # the other keys may be left out
    graph-store = "https://kg.example.org/data"
    timeout = 120
    user = "ada"

Passwords and tokens never come from here: kg.stores.endpoint.credentials.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from kg.errors import InputError
from kg.stores.endpoint.config import Table, find_config, table_of
from kg.stores.endpoint.credentials import Credentials, credentials_for

TIMEOUT: Final = 60.0
"""Seconds that an answer may take where nothing else is said."""
SAFE: Final = "%/:=&?~#+!$,;'@()*[]"
"""What stays as it is in an address besides letters and digits."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_BARE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*:[0-9]+(/|$)")
"""An address whose http:// was forgotten."""


class Address(NamedTuple):
    """The addresses of a server, and what is needed to ask it.

    `name` is what users know it by. `guessed` names those of "update" and "graph-store" that nobody gave:
    conventions of servers gave them (`guesses`).
    """

    name: str
    query: str
    update: str
    graph_store: str | None
    credentials: Credentials
    timeout: float = TIMEOUT
    guessed: frozenset[str] = frozenset()

    @property
    def user(self) -> str | None:
        """Who asks, if that is known."""
        return self.credentials.user


def is_url(target: str) -> bool:
    """Whether a target is an address rather than a folder or name.

    >>> is_url("https://example.org/sparql"), is_url(".kg")
    (True, False)
    """
    return target.lower().startswith(("http://", "https://"))


def endpoint_of(target: str, *, update: str | None = None, config: Path | None = None) -> Address | None:
    """The address that a target is, or None for a folder.

    A name of kg.toml counts only where no folder (or file) of that name is. Raises InputError for HOST:PORT/PATH, lest a
    folder is made of it.

    >>> endpoint_of(".kg") is None
    True
    """
    if is_url(target):
        return address_of(target, update=update, config=config)
    if Path(target).exists():
        return None
    if _BARE.match(target):
        raise InputError(
            "this is no folder, and an address begins with http:// or https://",
            where=target,
            hint=f"write http://{target}; or ./{target} for a folder of that name",
        )
    if not _NAME.fullmatch(target):
        return None
    file = find_config(config)
    if file is None or table_of(file, target) is None:
        return None
    return address_of(target, update=update, config=file)


def address_of(target: str, *, update: str | None = None, config: Path | None = None) -> Address:
    """The address of an http(s) URL, or of a name in kg.toml (`config` is the file to look in).

    `update` replaces the address for updates. Raises InputError for an address that is none or that holds a password, for a
    name that kg.toml does not have, and for what is wrong in kg.toml.

    >>> address_of("http://localhost:7878/query").update
    'http://localhost:7878/update'
    """
    if is_url(target):
        return _address(None, Table("", query=target), update)
    file = find_config(config)
    if file is None:
        raise InputError(
            f'"{target}" is no address, and there is no kg.toml that could name one',
            hint="give an http(s) address, or write kg.toml with a table [stores.NAME] (docs/stores.md)",
        )
    table = table_of(file, target)
    if table is None:
        raise InputError(
            f'there is no store named "{target}"',
            where=str(file),
            hint=f"add a table [stores.{target}] with query = ADDRESS, or give the address itself",
        )
    return _address(target, table, update)


def _address(name: str | None, table: Table, update: str | None) -> Address:
    where = table.where or None
    query = checked(table.query, where)
    guessed_update, guessed_store = guesses(query)
    guessed = set()
    given_update, given_store = update or table.update, table.graph_store
    if given_update is None:
        guessed.add("update")
    if given_store is None and guessed_store is not None:
        guessed.add("graph-store")
    return Address(
        name or shown(query),
        query,
        checked(given_update, None if update else where) if given_update else guessed_update,
        checked(given_store, where) if given_store else guessed_store,
        credentials_for(name, urlsplit(query).hostname or "", user=table.user),
        table.timeout or TIMEOUT,
        frozenset(guessed),
    )


def guesses(query: str) -> tuple[str, str | None]:
    """Where servers take updates and whole graphs, by their conventions; None where they have none.

    >>> guesses("http://h:7878/query")  # Oxigraph
    ('http://h:7878/update', 'http://h:7878/store')
    >>> guesses("http://h:8890/sparql-auth")  # Virtuoso
    ('http://h:8890/sparql-auth', 'http://h:8890/sparql-graph-crud-auth')
    >>> guesses("http://h:3030/visits/sparql")  # Fuseki
    ('http://h:3030/visits/update', 'http://h:3030/visits/data')
    >>> guesses("http://h:7200/repositories/visits")[0]  # GraphDB, RDF4J
    'http://h:7200/repositories/visits/statements'
    """
    parts = urlsplit(query)
    path = parts.path.rstrip("/")
    folder, _, last = path.rpartition("/")

    def at(changed: str) -> str:
        return urlunsplit((parts.scheme, parts.netloc, changed, "", ""))

    if last == "sparql-auth":
        return query, at(f"{folder}/sparql-graph-crud-auth")
    if last == "sparql" and not folder:
        return query, at("/sparql-graph-crud")
    if last == "query" and not folder:
        return at("/update"), at("/store")
    if last in ("sparql", "query"):
        return at(f"{folder}/update"), at(f"{folder}/data")
    if folder.endswith("/repositories"):
        return at(f"{path}/statements"), at(f"{path}/rdf-graphs/service")
    return query, None


def shown(url: str) -> str:
    """An address as it may be shown: without user, password and parameters, which may be keys.

    >>> shown("https://ada:secret@example.org/sparql?key=1")
    'https://example.org/sparql'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "(an address that cannot be read)"
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def checked(url: str, where: str | None = None) -> str:
    """An address that can be asked; raises InputError for others.

    >>> checked("http://example.org/a b")
    'http://example.org/a%20b'
    >>> checked("http://ada:secret@example.org/sparql")
    Traceback (most recent call last):
    ...
    kg.errors.InputError: the address holds a user or password; http://example.org/sparql; leave them out and set KG_USER and KG_PASSWORD, or write them into ~/.netrc
    """
    where = f"{where}: {shown(url)}" if where else shown(url)
    hint = "write it as https://HOST/PATH"
    if not is_url(url):
        raise InputError("the address is not http or https", where=where, hint=hint)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InputError("the address cannot be read", where=where, hint=hint) from error
    if "@" in parts.netloc:
        raise InputError(
            "the address holds a user or password",
            where=where,
            hint="leave them out and set KG_USER and KG_PASSWORD, or write them into ~/.netrc",
        )
    if not host or port == 0 or re.search(r"[\x00-\x20\x7f]", parts.netloc):
        raise InputError("the address has no host", where=where, hint=hint)
    try:
        netloc = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    except UnicodeError as error:
        raise InputError("the host of the address cannot be read", where=where, hint=hint) from error
    return urlunsplit((parts.scheme, netloc, quote(parts.path, safe=SAFE), quote(parts.query, safe=SAFE), ""))
