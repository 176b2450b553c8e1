"""kg backup: a copy of the store."""

from __future__ import annotations

import click

from kg.cli.group import open_graph
from kg.cli.talk import counted, say


@click.command(short_help="Copy the store into a folder.")
@click.argument("folder", metavar="FOLDER")
@click.pass_context
def command(ctx: click.Context, folder: str) -> None:
    """Copy the store as it is now into a new FOLDER, with its log, whole or not at all.

    Others may read and write meanwhile. The copy can be asked like any store (kg --store FOLDER query ...).

    \b
    Examples:
      kg backup ~/backups/summits-monday
      kg --store ~/summits backup /media/disk/summits
    """
    made = open_graph(ctx).backup(folder)
    say(f"copied {counted(made.quads, 'quad')} (commit {made.commit}) to {folder}: {made.bytes / 1e6:.1f} MB")
