"""kg export: the graph as text."""

from __future__ import annotations

import sys

import click

from kg.cli.group import open_graph

FORMATS = ("turtle", "trig", "nt", "nq", "jsonld", "rdfxml")


@click.command(short_help="Write the graph out.")
@click.option("--format", "-F", "format", type=click.Choice(FORMATS), default="turtle", show_default=True)
@click.option("--output", "-o", metavar="FILE", help="Write to FILE, whole or not at all.")
@click.option("--all-graphs", is_flag=True, help="Also the reference graph and the store's notes.")
@click.pass_context
def command(ctx: click.Context, format: str, output: str | None, all_graphs: bool) -> None:
    """Write the graph out, byte for byte the same for the same graph.

    turtle, nt, jsonld and rdfxml hold the resolved view; trig and nq also every article and claim, and can be
    put into another store with kg add.

    \b
    Examples:
      kg export > summits.ttl
      kg export --format trig -o summits.trig
    """
    graph = open_graph(ctx)
    if output is not None and output != "-":
        graph.export(format, output, all_graphs=all_graphs)
        return
    for piece in graph.export_pieces(format, all_graphs=all_graphs):
        sys.stdout.write(piece)
