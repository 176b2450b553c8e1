"""SERVICE: which other endpoints a SPARQL text would ask, and whether it may.

No store sees such a text: engines and servers resolve SERVICE each in its way, and the embedded one cannot be told not
to. Whom a user allows is asked by kg.stores.endpoint.services, and the rest is refused. The embedded engine reads
keywords wherever one can stand, also without a blank before or behind (`?o.SERVICE`, `1SERVICE`, `SERVICEex:a`), so
whatever could be read as SERVICE counts as one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import InputError, QuerySyntaxError
from kg.stores.sparql_text import ESCAPE, TOKEN, keywords

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_WORD: Final = "SERVICE"
_BLANK: Final = r"(?:\s|\#[^\n\r]*(?:[\n\r]|$))*"
# What a clause must look like to be allowed: an address in full, without escapes.
_TARGET = re.compile(rf"{_BLANK}(?:SILENT{_BLANK})?<([^<>\"{{}}|^`\\\x00-\x20]+)>", re.IGNORECASE)
_OPENS = re.compile(rf"{_BLANK}\{{")
_CLAUSE = re.compile(rf"SERVICE(?P<blank>{_BLANK})(?P<silent>SILENT)?", re.IGNORECASE)
_PORTS: Final = {"http": 80, "https": 443}


class Clause(NamedTuple):
    """One SERVICE clause: where it begins and ends, whom it asks, and the pattern between its braces."""

    start: int
    end: int
    address: str
    silent: bool
    pattern: str


def services(text: str) -> list[str | None]:
    """The addresses that the SERVICE clauses of a query name; None for one that is a variable or not given in full.

    >>> services("SELECT * { SERVICE SILENT <https://example.org/sparql> { ?s ?p ?o } }")
    ['https://example.org/sparql']
    >>> services("SELECT * { ?s ?p ?o.SERVICE?s { ?a ?b ?c } }")
    [None]
    >>> services("SELECT ?service { ?service a ex:service } # SERVICE")
    []
    """
    if "service" not in text.lower() and "\\" not in text:
        return []
    found = [address for _, address in _clauses(text)]
    # Whether or not an engine decodes \uXXXX before it reads: neither reading may hide a clause.
    decoded = ESCAPE.sub(_decoded, text)
    return found if decoded == text else found + [address for _, address in _clauses(decoded)]


def uses_service(text: str) -> bool:
    """Whether a query would ask another endpoint.

    >>> uses_service("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    True
    """
    return bool(services(text))


def refuse_service(text: str, allowed: Collection[str] = ()) -> None:
    """Raise QuerySyntaxError where a query would ask a host that is not allowed (see `host`).

    >>> refuse_service("ASK { SERVICE <https://example.org/sparql> { ?s ?p ?o } }", {"example.org"})
    >>> refuse_service("ASK { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ...
    kg.errors.QuerySyntaxError: the query asks example.org (SERVICE), which is not allowed; https://example.org/sparql; \
if it may leave this machine, allow it with --allow-service example.org
    """
    for address in services(text):
        split = _split(address) if address is not None else None
        if split is None or address is None:
            raise QuerySyntaxError(
                "SERVICE must name the endpoint that it asks: a full http or https address in angle brackets, no variable",
                where=address,
                hint="write SERVICE <https://host/sparql> { … }, and allow the host with --allow-service HOST",
            )
        name = _named(split)
        if name not in allowed:
            raise QuerySyntaxError(
                f"the query asks {name} (SERVICE), which is not allowed",
                where=address,
                hint=f"if it may leave this machine, allow it with --allow-service {name}",
            )


def host(text: str) -> str:
    """A host that may be asked as it is compared: in lower case, with its port unless that is the usual one.

    Raises InputError for what is no HOST or HOST:PORT.

    >>> host("Query.Wikidata.org"), host("localhost:8080"), host("example.org:443")
    ('query.wikidata.org', 'localhost:8080', 'example.org')
    """
    name = text.strip()
    split = _split(f"http://{name}/")
    if split is None or split.path != "/" or split.query or split.fragment or len(name.split()) != 1:
        raise InputError(
            f'"{text}" is not a host',
            hint="give HOST or HOST:PORT, such as query.wikidata.org, without https://",
        )
    return _named(split)


def hosts(texts: Iterable[str]) -> frozenset[str]:
    """All of several hosts, as `host` has them."""
    return frozenset(host(text) for text in texts)


def clauses(text: str) -> list[Clause]:
    """The SERVICE clauses of a query that are in no other one; the text must be well-formed, and its hosts allowed.

    >>> clauses("ASK { SERVICE SILENT <http://a.org/> { ?s ?p '}' SERVICE <http://b.org/> { } } }")[0].pattern
    " ?s ?p '}' SERVICE <http://b.org/> { } "
    """
    found: list[Clause] = []
    for start, address in _clauses(text):
        target = _TARGET.match(text, start + len(_WORD))
        opened = _OPENS.match(text, target.end()) if target else None
        if address is None or target is None or opened is None or (found and start < found[-1].end):
            continue
        end = _closed(text, opened.end() - 1)
        silent = "SILENT" in keywords(target[0])
        found.append(Clause(start, end, address, silent, text[opened.end() : end - 1]))
    return found


def without_service(text: str) -> str:
    """The same query with GRAPH for SERVICE: what a parser says of it holds for the query, and nobody is asked.

    Every character stays in its place. Only for a text whose clauses are all allowed.

    >>> without_service("ASK { SERVICE SILENT <http://a.org/> { } }")
    'ASK { GRAPH          <http://a.org/> { } }'
    """
    for start, _ in reversed(list(_clauses(text))):
        found = _CLAUSE.match(text, start)
        if found is not None:
            plain = "GRAPH  " + found["blank"] + " " * len(found["silent"] or "")
            text = text[:start] + plain + text[found.end() :]
    return text


def _clauses(text: str) -> Iterator[tuple[int, str | None]]:
    """Where something stands that may be SERVICE, and the address that follows it, if one does."""
    for token in TOKEN.finditer(text):
        name = token["name"]
        if not name or _WORD not in name.upper():
            continue
        prefix, colon, local = name.upper().partition(":")
        if not colon:
            # Whatever bare word it ends: one such as 1SERVICE is read as two.
            target = _TARGET.match(text, token.end()) if prefix.endswith(_WORD) else None
            yield token.end() - len(_WORD), target[1] if target else None
        elif (_WORD in prefix and _OPENS.match(text, token.end())) or re.search(
            r"\.SERVICE(SILENT)?$", local
        ):
            yield token.start(), None


def _closed(text: str, opened: int) -> int:
    """The place behind the brace that closes the one at `opened`."""
    depth, at = 0, opened
    for token in [*TOKEN.finditer(text, opened), None]:
        for offset in range(at, token.start() if token else len(text)):
            depth += (text[offset] == "{") - (text[offset] == "}")
            if depth == 0:
                return offset + 1
        at = token.end() if token else at
    return len(text)


def _decoded(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else "?"


def _split(address: str) -> SplitResult | None:
    """The parts of a web address; None where it is none, or has a user's name in it."""
    from urllib.parse import urlsplit

    try:
        split = urlsplit(address)
        usable = split.scheme in _PORTS and split.hostname and "@" not in split.netloc and split.port != 0
    except ValueError:
        return None
    return split if usable else None


def _named(split: SplitResult) -> str:
    name = split.hostname or ""
    name = f"[{name}]" if ":" in name else name
    return name if split.port in (None, _PORTS[split.scheme], 443) else f"{name}:{split.port}"
