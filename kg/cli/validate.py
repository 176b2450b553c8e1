"""kg validate: what the shapes say of new triples."""

from __future__ import annotations

import json
import sys

import click

from kg.cli.group import open_graph
from kg.cli.report import show_report


@click.command(short_help="Check triples against the shapes.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--format", "-F", "format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], format: str) -> int:
    """Check new triples against the shapes, in the light of the graph they would join. Nothing is written.

    Exit code 0: they may join; 1: findings keep them out; 2: a file cannot be read.

    \b
    Examples:
      kg validate meetings.ttl
      kg validate --format json meetings.ttl
    """
    report = open_graph(ctx).validate(files)
    if format == "json":
        print(json.dumps(report.to_dict(), indent=2, ensure_ascii=False))
    else:
        show_report(report, stream=sys.stdout)
    return 0 if report.conforms else 1
