"""What can be said of a SPARQL text without running it: is it an update, is it too deep, where is its mistake.

Only names and punctuation are looked at: comments, strings and IRIs cannot hide or fake a keyword. Whether a query
leaves the machine is for kg.stores.federation to say.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from kg.errors import QuerySyntaxError
from kg.namespaces import PREFIXES

# Longest-match order matters: what a token swallows cannot be mistaken for a keyword. A backslash outside a
# string escapes the next character of a local name (ex:a\#b is no comment).
TOKEN = re.compile(
    r"""
      (?P<skip> \#[^\n\r]*
        | <[^<>"{}|^`\\\x00-\x20]*>
        | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
        | @[A-Za-z0-9-]+ | [?$][\w·\u0300-\u036f\u203f\u2040]+ )
    | (?P<name> (?:[\w.%:·-]|\\.)+ )
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_POSITION = re.compile(r"^error at (\d+):(\d+): ?(.*)$", re.DOTALL)

# The engine's parser and planner recurse and have a stack of some megabytes: measured, EXISTS nested a thousand
# times ends the process, and so do 4,000 of these in a row. Shorter texts than this cannot hold as many.
MAX_DEPTH: Final = 100
MAX_STEPS: Final = 1000
MAX_LENGTH: Final = 1_000_000
_SHORT: Final = 600
_STEPS = frozenset({"UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "GRAPH", "VALUES", "LATERAL", "EXISTS"})
_STEP_SIGNS = frozenset("!|&+-*/^")


def keywords(text: str) -> list[str]:
    """The bare words of a SPARQL text, upper-cased, without prefixed names, variables, strings and comments.

    >>> keywords("SELECT ?service { ?s ex:service 'SERVICE' } # SERVICE")
    ['SELECT']
    """
    return [
        match["name"].upper().rstrip(".")
        for match in TOKEN.finditer(text)
        if match["name"] and ":" not in match["name"]
    ]


def is_update(text: str) -> bool:
    """Whether a text is a SPARQL update and not a query.

    >>> is_update("PREFIX ex: <http://example.org/> INSERT DATA { ex:a ex:b ex:c }")
    True
    """
    for word in keywords(text):
        if word in _UPDATES:
            return True
        if word in _FORMS:
            return False
    return False


def refuse_too_nested(text: str) -> None:
    """Raise QuerySyntaxError for a query whose parsing would take more stack than there is, or is too long.

    >>> refuse_too_nested("ASK {" + "FILTER EXISTS {" * 900 + "}" * 901)
    Traceback (most recent call last):
    ...
    kg.errors.QuerySyntaxError: the query has more than 100 brackets in one another; line 1; write it flatter
    """
    if len(text) <= _SHORT:
        return
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(
            f"the query has more than {MAX_LENGTH:,} characters",
            hint="add what it lists with kg add, and ask for that",
        )
    depth = steps = at = 0
    for found in TOKEN.finditer(text):
        for offset in range(at, found.start()):
            depth, steps = _deeper(text, offset, depth, steps)
        at = found.end()
        steps += bool(found["name"]) and found["name"].upper() in _STEPS
    for offset in range(at, len(text)):
        depth, steps = _deeper(text, offset, depth, steps)
    if steps > MAX_STEPS:
        raise QuerySyntaxError(
            f"the query has more than {MAX_STEPS:,} operators and clauses",
            hint="ask several queries; VALUES and IN take long lists",
        )


def _deeper(text: str, offset: int, depth: int, steps: int) -> tuple[int, int]:
    char = text[offset]
    if char in "([{":
        depth += 1
        if depth > MAX_DEPTH:
            line = text.count("\n", 0, offset) + 1
            raise QuerySyntaxError(
                f"the query has more than {MAX_DEPTH} brackets in one another",
                where=f"line {line}",
                hint="write it flatter",
            )
    elif char in ")]}":
        depth -= 1
    elif char in _STEP_SIGNS:
        steps += 1
    return depth, steps


def syntax_error(text: str, message: str) -> QuerySyntaxError:
    """The error for a query that the engine cannot parse, with line, column and the words found there.

    >>> error = syntax_error("SELECT ?x {\\n ?x foo ?y }", "error at 2:10: expected OPTIONAL")
    >>> error.what, error.where
    ('the query is not well-formed near "?x foo ?y }"', 'line 2, column 2')
    """
    if is_update(text):
        return QuerySyntaxError(
            "this is an update, and only queries are answered (SELECT, ASK, CONSTRUCT, DESCRIBE)",
            hint="change the graph with kg add, kg ingest or kg retract",
        )
    if not text.strip():
        return QuerySyntaxError(
            "the query is empty", hint="give a SELECT, ASK, CONSTRUCT or DESCRIBE query (see kg query --help)"
        )
    found = _POSITION.match(message)
    if found is None:
        return QuerySyntaxError(f"the query is not well-formed: {message}")
    line, column = _position(text, int(found[1]), int(found[2]), found[3])
    rest = (text.splitlines()[line - 1 :] or [""])[0][column - 1 :].strip()
    what = f'the query is not well-formed near "{rest[:60]}"' if rest else "the query ends too early"
    if "contains a variable that is unbound" in found[3]:
        what = "the query selects a variable that is not grouped by"
    if (prefix := _undeclared(text)) is not None:
        what = f'the query uses the prefix "{prefix}:", which is not declared'
    return QuerySyntaxError(
        what,
        where=f"line {line}, column {column}",
        hint="check it against https://www.w3.org/TR/sparql11-query/",
    )


def _position(text: str, line: int, column: int, expected: str) -> tuple[int, int]:
    """Where the parser gave up; of expected keywords the engine says where the longest would have ended."""
    words = expected.removeprefix("expected one of ").removeprefix("expected ").split(", ")
    if all(re.fullmatch(r"[A-Za-z_]+|\[_\]", word) for word in words):
        starts = [0]
        for part in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(part))
        longest = max(len(word) for word in words if word != "[_]") if words != ["[_]"] else 1
        offset = max(0, starts[min(line, len(starts)) - 1] + column - 1 - longest)
        before = text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
    return line, column


def _undeclared(text: str) -> str | None:
    names = [m["name"] for m in TOKEN.finditer(text) if m["name"] and ":" in m["name"]]
    declared = set(PREFIXES)
    words = [m["name"] for m in TOKEN.finditer(text) if m["name"]]
    declared.update(after[:-1] for word, after in pairwise(words) if word.upper() == "PREFIX")
    return next((p for n in names if (p := n.split(":", 1)[0]) not in declared and p != "_"), None)
