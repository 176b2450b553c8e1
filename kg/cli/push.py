"""kg push: fill another store with this graph."""

from __future__ import annotations

import click

from kg.cli.group import by_option, tell_notes, update_endpoint
from kg.cli.transfer import steps, tell


@click.command(short_help="Fill another store with this graph.")
@click.argument("target", metavar="TARGET")
@click.option("--force", is_flag=True, help="Overwrite what only TARGET has.")
@click.option(
    "--update-endpoint",
    "endpoint",
    metavar="URL",
    help="Where TARGET takes updates, if that is another address which cannot be guessed.",
)
@by_option
@click.pass_context
def command(ctx: click.Context, target: str, force: bool, endpoint: str | None, by: str | None) -> int:
    """Let TARGET, a folder or a SPARQL endpoint, hold what the store holds; only graphs that differ are sent.

    What TARGET holds and the store never held is not overwritten without --force. Interrupted, the same command
    goes on; until then nobody else can write to TARGET. At the end TARGET is read and compared. Its log stays its own.

    Exit code 1: TARGET has changed since, or it keeps some triples otherwise; they are listed.

    \b
    Examples:
      kg push https://example.org/sparql
      kg --store ~/summits push /media/disk/summits
    """
    from kg.knowledge_graph import KnowledgeGraph

    graph = KnowledgeGraph.open(ctx.obj)
    ctx.call_on_close(graph.close)
    tell_notes(graph)
    # The store is only read: where updates go can but mean TARGET, wherever it is said.
    to = endpoint or update_endpoint(ctx)
    with steps() as step:
        done = graph.push(target, force=force, by=by, update_endpoint=to, step=step)
    return tell(done)
