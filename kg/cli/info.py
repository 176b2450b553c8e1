"""kg info: what the store holds."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from kg.cli.group import open_graph
from kg.cli.talk import paint


@click.command(short_help="Show what the store holds.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Show what the store holds: articles, claims, events by kind and status, versions, size.

    \b
    Examples:
      kg info
      kg info --json
    """
    facts = open_graph(ctx).info()
    if as_json:
        print(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    for line in _lines(facts):
        print(line)


def _lines(facts: dict[str, Any]) -> list[str]:
    size = facts["bytes"]
    on_disk = f", {size / 1_000_000:.1f} MB" if size else ""
    lines = [
        paint(str(facts["target"]), "bold", sys.stdout),
        f"  {facts['quads']:,} quads{on_disk}; store format {facts['format'] or '-'}; kg {facts['software']}",
        f"  articles   {facts['articles']:>8,}",
        f"  claims     {facts['claims']:>8,}",
        f"  additions  {facts['additions']:>8,}",
        "",
        paint("Events", "bold", sys.stdout),
    ]
    for kind, status in facts["events"].items():
        told = ", ".join(f"{number:,} {name.lower()}" for name, number in status.items())
        lines.append(f"  {kind:<16} {sum(status.values()):>6,}  ({told})")
    if not facts["events"]:
        lines.append("  none yet: kg ingest FILE reads articles")
    lines += ["", paint("Things", "bold", sys.stdout)]
    lines += [f"  {kind:<16} {number:>6,}" for kind, number in facts["things"].items()]
    return lines
