"""kg validate: what the shapes say of new triples."""

from __future__ import annotations

import os
import sys
from functools import partial

import click

from kg import progress
from kg.cli.group import open_graph
from kg.cli.progress import shown
from kg.cli.reading import max_size_option, read_through
from kg.cli.report import report_options, say_notes, shapes_option, show_report
from kg.cli.talk import say


@click.command(short_help="Check triples against the shapes.")
@click.argument("files", metavar="FILE...", nargs=-1)
@report_options
@max_size_option
@click.option(
    "--alone", is_flag=True, help="Check against ontology, shapes and reference facts, not against the store."
)
@click.option("--all", "whole", is_flag=True, help="Check all that the store holds, not files.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes for --all; by default one for each core.",
)
@shapes_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    format: str,
    output: str | None,
    all_findings: bool,
    alone: bool,
    whole: bool,
    jobs: int | None,
    shapes: str | None,
) -> int:
    """Check new triples against the shapes, in the light of the graph they would join. Nothing is written.

    Findings that were there before, and those that the triples resolve, are marked so; only new violations count.
    Where there is no store, and with --alone, they are checked against ontology, shapes and reference facts.

    With --all, what the store holds is checked, all of it: the resolved view, the articles, every literal.

    Exit code 0: they may join; 1: findings keep them out; 2: a file cannot be read.

    \b
    Examples:
      kg validate meetings.ttl
      kg validate --format json meetings.ttl
      kg validate --format sarif -o findings.sarif data/*.ttl
      kg validate --all
    """
    if whole == bool(files) or (whole and alone):
        raise click.UsageError("give files, or --all without files and without --alone")
    read_through(files)
    if alone:
        # A store that is locked, or none of ours, is no hindrance then.
        from kg.bundled import open_bundled
        from kg.knowledge_graph import KnowledgeGraph

        graph = KnowledgeGraph(open_bundled(articles=False))
        ctx.call_on_close(graph.close)
    else:
        graph = open_graph(ctx)
    with shown():
        if whole:
            report = graph.validate(
                shapes=shapes, jobs=jobs or os.cpu_count() or 1, step=partial(progress.step, "checking")
            )
        else:
            report = graph.validate(files, alone=alone, shapes=shapes)
    say_notes(shapes)
    say(f"checked {'' if whole else 'against '}{report.context}")
    show_report(report, stream=sys.stdout, format=format, output=output, all_findings=all_findings)
    return 0 if report.conforms else 1
