"""kg log: what was done to the graph."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from kg.cli.group import open_graph
from kg.cli.harmless import clean
from kg.cli.talk import paint, say

if TYPE_CHECKING:
    from kg.operations.log import Commit

_SHOWN = 3


@click.command(short_help="Show what was done to the graph.")
@click.option("--number", "-n", type=click.IntRange(min=1), metavar="N", help="Only the last N commits.")
@click.option(
    "--format", "-F", "format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.pass_context
def command(ctx: click.Context, number: int | None, format: str) -> None:
    """Show the commits, newest first: number, when, what, triples in and out, and who it was if that was told.

    Triples are counted in all graphs: claims, what is known of articles, and the resolved view. Articles of one
    batch are one commit.

    \b
    Examples:
      kg log
      kg log -n 5 --format json
    """
    commits = open_graph(ctx).log(number)
    if format == "json":
        print(json.dumps([commit._asdict() for commit in commits], indent=2, ensure_ascii=False))
        return
    if not commits:
        say("no commits yet")
    for commit in commits:
        for line in _lines(commit):
            print(line)


def _lines(commit: Commit) -> list[str]:
    when = commit.when.replace("T", " ")
    by = f"  by {clean(commit.by)}" if commit.by else ""
    head = paint(f"{commit.number:>5}", "bold", sys.stdout)
    lines = [f"{head}  {when}  +{commit.inserted:,} -{commit.deleted:,}  {clean(commit.command)}{by}"]
    if len(commit.things) > 1 or commit.command == "ingest":
        lines += [f"         {clean(thing)}" for thing in commit.things[:_SHOWN]]
    if len(commit.things) > _SHOWN:
        lines.append(f"         and {len(commit.things) - _SHOWN:,} more (--format json shows them)")
    return lines
