"""kg pull: fill this store from another one."""

from __future__ import annotations

import click

from kg.cli.group import by_option, tell_notes, update_endpoint
from kg.cli.transfer import steps, tell


@click.command(short_help="Fill this store from another one.")
@click.argument("target", metavar="TARGET")
@click.option("--force", is_flag=True, help="Overwrite what only this store has.")
@by_option
@click.pass_context
def command(ctx: click.Context, target: str, force: bool, by: str | None) -> int:
    """Let the store hold what TARGET, a folder or a SPARQL endpoint, holds. Where there is no store, one is made.

    A folder gets it whole or not at all; kg undo takes it back. What the store holds and TARGET never held is not
    overwritten without --force.

    Exit code 1: the store has changed since, and would lose what only it has.

    \b
    Examples:
      kg pull https://example.org/sparql
      kg --store ~/summits pull /media/disk/summits
    """
    from kg.knowledge_graph import KnowledgeGraph

    with steps() as step:
        graph, done = KnowledgeGraph.pull(
            target, ctx.obj, force=force, by=by, update_endpoint=update_endpoint(ctx), step=step
        )
    with graph:
        tell_notes(graph)
        return tell(done)
