"""kg undo: take back the last commit."""

from __future__ import annotations

import click

from kg.cli.group import by_option, open_graph, tell_notes, update_endpoint
from kg.cli.harmless import clean
from kg.cli.progress import shown
from kg.cli.talk import say


@click.command(short_help="Take back the last commit.")
@by_option
@click.pass_context
def command(ctx: click.Context, by: str | None) -> None:
    """Take back the last commit, whatever it was: an addition, a batch of articles, a retraction.

    That is a commit too, so a second undo makes the change again.

    \b
    Examples:
      kg undo
      kg undo --by Anna
    """
    from kg.errors import NotFoundError
    from kg.knowledge_graph import KnowledgeGraph

    with KnowledgeGraph.open(ctx.obj, update_endpoint=update_endpoint(ctx)) as known:
        tell_notes(known)
        # No store is made, and none opened for writing, where nothing can be taken back.
        if not known.log(1):
            raise NotFoundError(
                "there is no commit to take back", where=known.store.target, hint="kg log shows the commits"
            )
    graph = open_graph(ctx, writable=True)
    with shown():
        last, made = graph.undo(by=by)
    say(f"took back commit {last.number}: {clean(last.command)}")
    say(f"  {made.inserted:,} triples in, {made.deleted:,} out; kg undo once more takes that back")
