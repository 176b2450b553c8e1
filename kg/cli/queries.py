"""kg queries: what can be asked by name."""

from __future__ import annotations

import json
import sys
from textwrap import fill
from typing import TYPE_CHECKING

import click

from kg.cli.talk import paint

if TYPE_CHECKING:
    from kg.queries.stored import StoredQuery


@click.command(short_help="List the stored queries.")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON, with everything.")
@click.pass_context
def command(ctx: click.Context, name: str | None, as_json: bool) -> None:
    """List the stored queries with summary and parameters, or show all about the one called NAME.

    \b
    Examples:
      kg queries
      kg queries visits
    """
    from kg.queries.stored import catalog, load

    found = [load(name)] if name else catalog()
    if as_json:
        print(json.dumps([_as_json(query) for query in found], indent=2, ensure_ascii=False))
    elif name:
        print("\n".join(_details(found[0])))
    else:
        for query in found:
            print(f"{paint(query.name, 'bold', sys.stdout)}")
            print(fill(query.summary, 96, initial_indent="  ", subsequent_indent="  "))
            if query.parameters:
                told = "  ".join(f"{p.name}={p.type.upper()}{'*' * p.required}" for p in query.parameters)
                print(fill(told, 96, initial_indent="    ", subsequent_indent="    "))
        print("\n* is required; kg queries NAME shows more, kg query NAME asks")


def _details(query: StoredQuery) -> list[str]:
    from kg.queries.parameters import TYPES

    lines = [paint(query.name, "bold", sys.stdout), f"  {query.summary}"]
    if query.description:
        lines += ["", fill(query.description, 96, initial_indent="  ", subsequent_indent="  ")]
    if query.parameters:
        lines += ["", "Parameters"]
    for parameter in query.parameters:
        notes = [TYPES.get(parameter.type, parameter.type)]
        notes += ["required"] if parameter.required else []
        notes += [f"default {parameter.default}"] if parameter.default is not None else []
        lines.append(f"  {parameter.name:<14} {parameter.description} ({'; '.join(notes)})")
    lines += ["", "Columns"]
    lines += [f"  {column.name:<14} {column.description}" for column in query.columns]
    return [*lines, "", "Example", f"  {query.example}"]


def _as_json(query: StoredQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [parameter._asdict() for parameter in query.parameters],
        "columns": [column._asdict() for column in query.columns],
        "example": query.example,
        "sparql": query.text,
    }
