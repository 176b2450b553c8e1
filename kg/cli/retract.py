"""kg retract: take back an article, a claim or an addition."""

from __future__ import annotations

import sys

import click

from kg.cli.group import by_option, open_graph, tell_notes, update_endpoint
from kg.cli.progress import shown
from kg.cli.report import findings, show_report
from kg.cli.talk import counted, say


@click.command(short_help="Take back an article, claim or addition.")
@click.argument("what", metavar="ARTICLE|CLAIM|ADDITION")
@click.option("--force", is_flag=True, help="Even where what is left breaks the shapes.")
@by_option
@click.pass_context
def command(ctx: click.Context, what: str, force: bool, by: str | None) -> int:
    """Take back an article, a claim or an addition, and what only it supported.

    Name it by IRI, by prefixed name or by its bare id, as kg why shows it.

    \b
    Examples:
      kg retract claim:2024-05-16-menafn-0a1b2c3d4e5f/3
      kg retract 2024-05-16-menafn-0a1b2c3d4e5f
    """
    from kg.knowledge_graph import KnowledgeGraph
    from kg.operations.retract import find_graph

    # Nothing is opened for writing, and no store is made, for something that is not there.
    with KnowledgeGraph.open(ctx.obj, update_endpoint=update_endpoint(ctx)) as known:
        tell_notes(known)
        find_graph(known.store, what)
    with findings():
        graph = open_graph(ctx, writable=True)
        with shown():
            done = graph.retract(what, force=force, by=by)
        say(f"retracted {done.name.value}")
        say(f"  {counted(len(done.claims), 'claim')}, {counted(done.facts, 'fact')} left the resolved view")
        if done.report is not None and done.report.findings:
            show_report(done.report, stream=sys.stderr)
        return 0
    return 1
