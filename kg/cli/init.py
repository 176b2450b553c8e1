"""kg init: make a store."""

from __future__ import annotations

import click

from kg.cli.group import update_endpoint
from kg.cli.talk import counted, say


@click.command(short_help="Make a store.")
@click.option("--empty", is_flag=True, help="Leave the bundled articles out; reference facts only.")
@click.pass_context
def command(ctx: click.Context, empty: bool) -> None:
    """Make a store: reference facts and the bundled articles.

    Commands that write do this by themselves where there is no store.

    \b
    Examples:
      kg init
      kg --store ~/summits init --empty
    """
    from kg.knowledge_graph import KnowledgeGraph

    with KnowledgeGraph.init(ctx.obj, empty=empty, update_endpoint=update_endpoint(ctx)) as graph:
        say(f"made {graph.store.target}: {counted(len(graph.store), 'quad')}")
