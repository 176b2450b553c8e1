"""Asking and showing the answer: what `kg query` does once its command line is read."""

from __future__ import annotations

import os
import sys
from typing import Final

from kg.cli.talk import say, tell_notes
from kg.errors import InputError

TIMEOUT: Final = 60.0
"""Seconds after which a query is given up where nothing else is said."""


def ask_by_name(target: str | None, name: str, parameters: list[str]) -> None:
    """Ask a stored query with parameters as they were typed (name=value), and print a table."""
    from kg.knowledge_graph import KnowledgeGraph

    given = values(parameters)
    with KnowledgeGraph.open(target) as graph:
        tell_notes(graph)
        show(graph.query(name, given, timeout=TIMEOUT), None)


def show(answer: object, format: str | None) -> None:
    """Print an answer; tables are fitted to the terminal."""
    from kg.queries.results import format_answer

    terminal = sys.stdout.isatty()
    width = os.get_terminal_size(sys.stdout.fileno()).columns if terminal else None
    text = format_answer(answer, format, width=width)  # type: ignore[arg-type]
    if terminal:
        # Other programs get every character as it is; a terminal would obey some.
        from kg.cli.harmless import harmless_data

        text = harmless_data(text)
    sys.stdout.write(text)
    if terminal and getattr(answer, "rows", None) == []:
        say("(no rows)")


def values(parameters: list[str]) -> dict[str, str]:
    """Parameters as a mapping.

    >>> values(["to=China", "since=2024"])
    {'to': 'China', 'since': '2024'}
    """
    found: dict[str, str] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise InputError(
                f'"{parameter}" is no parameter', hint="write parameters as name=value, for example to=China"
            )
        if name in found:
            raise InputError(f'the parameter "{name}" is given twice', hint="give it once")
        found[name] = value
    return found
