"""kg restore: a store from a backup."""

from __future__ import annotations

import click

from kg.cli.group import tell_notes
from kg.cli.talk import counted, say


@click.command(short_help="Make a store from a backup.")
@click.argument("folder", metavar="FOLDER")
@click.pass_context
def command(ctx: click.Context, folder: str) -> None:
    """Make a store from the backup in FOLDER; never in the place of one that is there.

    The checksum of every file and the number of quads are compared with those of the backup.

    \b
    Examples:
      kg --store ~/summits restore ~/backups/summits-monday
      kg --store ~/before restore .kg/backups/format-1-20260101T120000
    """
    from kg.knowledge_graph import KnowledgeGraph

    graph, made = KnowledgeGraph.restore(folder, ctx.obj)
    with graph:
        tell_notes(graph)
        how = "every file as it was backed up" if made.verified else "there were no checksums to compare"
        say(f"made {made.folder}: {counted(made.quads, 'quad')}, commit {made.commit}; {how}")
