"""kg push: fill another store with this graph."""

from __future__ import annotations

import click

from kg.cli.group import by_option, open_graph
from kg.cli.transfer import steps, tell


@click.command(short_help="Fill another store with this graph.")
@click.argument("target", metavar="TARGET")
@click.option("--force", is_flag=True, help="Overwrite what only TARGET has.")
@by_option
@click.pass_context
def command(ctx: click.Context, target: str, force: bool, by: str | None) -> int:
    """Let TARGET, a folder or a SPARQL endpoint, hold what the store holds; only graphs that differ are sent.

    What TARGET holds and the store never held is not overwritten without --force. Interrupted, the same command
    goes on; until then nobody else can write to TARGET. At the end TARGET is read and compared. Its log stays its own.

    Exit code 1: TARGET has changed since, or it keeps some triples otherwise; they are listed.

    \b
    Examples:
      kg push https://example.org/sparql
      kg --store ~/summits push /media/disk/summits
    """
    with steps() as step:
        done = open_graph(ctx).push(target, force=force, by=by, step=step)
    return tell(done)
