"""kg add: triples into the graph."""

from __future__ import annotations

import sys

import click

from kg.cli.group import by_option, open_graph
from kg.cli.progress import shown
from kg.cli.reading import max_size_option, read_through
from kg.cli.report import findings, report_options, say_notes, shapes_option, show_report
from kg.cli.talk import counted, say


@click.command(short_help="Add triples that pass the check.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@by_option
@report_options
@max_size_option
@shapes_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    by: str | None,
    format: str,
    output: str | None,
    all_findings: bool,
    shapes: str | None,
) -> int:
    """Check the triples of some files, and commit them whole or not at all.

    Only violations that are new keep them out; warnings are shown.
    Triples become an addition, which can be retracted; articles and claims of a TriG or N-Quads file, as
    written by kg export, are taken over as they are.

    \b
    Examples:
      kg add meetings.ttl
      kg add summits.trig
    """
    read_through(files)
    with findings(format=format, output=output, all_findings=all_findings):
        graph = open_graph(ctx, writable=True)
        with shown():
            done = graph.add(files, by=by, shapes=shapes)
        say_notes(shapes)
        if not done.quads:
            say("nothing new: the graph holds all of it")
            return 0
        say(f"added {counted(done.quads, 'quad')}")
        for name in done.additions:
            say(f"  {name.value}")
        if done.report is not None and done.report.findings:
            show_report(done.report, stream=sys.stderr, all_findings=all_findings)
        return 0
    return 1
