"""kg query: ask a stored query by its name, or any SPARQL query."""

from __future__ import annotations

import sys
from math import inf
from pathlib import Path

import click

from kg.cli.answer import TIMEOUT, show, values
from kg.cli.group import open_graph
from kg.errors import InputError

FORMATS = (
    "table", "json", "csv", "tsv", "xml", "markdown", "turtle", "trig", "nt", "nq", "jsonld", "rdfxml",
)  # fmt: skip

_MAX_BYTES = 4_000_000


def _names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """What a shell offers: names of stored queries, then the parameters of the one that was named."""
    from kg.queries.stored import load, names

    given = ctx.params.get("name")
    if param.name == "name" or not given:
        return [name for name in names() if name.startswith(incomplete)]
    offered = [f"{parameter.name}=" for parameter in load(given).parameters]
    return [name for name in offered if name.startswith(incomplete)]


@click.command(short_help="Ask a stored query, or SPARQL.")
@click.argument("name", required=False, shell_complete=_names)
@click.argument("parameters", metavar="[PARAM=VALUE]...", nargs=-1, shell_complete=_names)
@click.option("--sparql", "-e", metavar="SPARQL", help="Ask this query.")
@click.option("--file", "-f", metavar="FILE", help="Ask the query in FILE; - for standard input.")
@click.option(
    "--format",
    "-F",
    "format",
    type=click.Choice(FORMATS),
    metavar="FORMAT",
    help="table, json, csv, tsv, xml or markdown; for CONSTRUCT and DESCRIBE turtle, trig, nt, nq, jsonld "
    "or rdfxml.  [default: table or turtle]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    default=TIMEOUT,
    show_default=True,
    help="Give up after so long; 0 is never.",
)
@click.option(
    "--allow-service",
    "allow_service",
    multiple=True,
    metavar="HOST",
    help="Let SERVICE ask this host (HOST or HOST:PORT); can be given several times.",
)
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    parameters: tuple[str, ...],
    sparql: str | None,
    file: str | None,
    format: str | None,
    timeout: float,
    allow_service: tuple[str, ...],
) -> None:
    """Ask a stored query by its NAME, or a SPARQL query of your own.

    kg queries lists the stored ones with their parameters. A parameter takes a name as well as an IRI. The
    prefixes of the graph (smt:, schema:, state:, visit: and so on) need no declaration.

    \b
    Examples:
      kg query visits to=China since=2024
      kg query visits --format csv > visits.csv
      kg query -e 'SELECT ?visit { ?visit a smt:Visit }'
      kg query -f question.rq
      kg query wikidata-labels language=fr --allow-service query.wikidata.org
    """
    text = _text(ctx, name, parameters, sparql, file)
    given = values(list(parameters))
    graph = open_graph(ctx)
    limit = timeout or inf
    if text is not None:
        show(graph.query(text, text=True, timeout=limit, allow_service=allow_service), format)
    else:
        show(graph.query(name, given, timeout=limit, allow_service=allow_service), format)


def _text(
    ctx: click.Context, name: str | None, parameters: tuple[str, ...], sparql: str | None, file: str | None
) -> str | None:
    """The SPARQL text that was given in one of three ways; None for a stored query."""
    given = [way for way in (name, sparql, file) if way is not None]
    if len(given) > 1 or (parameters and name is None):
        raise click.UsageError("give a NAME with parameters, or -e SPARQL, or -f FILE", ctx)
    if name is not None:
        return None
    if sparql is not None:
        return sparql
    if file is None and sys.stdin.isatty():
        raise click.UsageError("no query: give a NAME (kg queries lists them), -e SPARQL or -f FILE", ctx)
    if file in (None, "-"):
        return _decoded(sys.stdin.buffer.read(_MAX_BYTES + 1), "standard input")
    try:
        with Path(str(file)).open("rb") as stream:
            return _decoded(stream.read(_MAX_BYTES + 1), str(file))
    except OSError as error:
        raise InputError(
            f"the query cannot be read: {error.strerror}", where=file, hint="check the path"
        ) from error


def _decoded(data: bytes, where: str) -> str:
    if len(data) > _MAX_BYTES:
        raise InputError(
            f"the query has more than {_MAX_BYTES:,} bytes", where=where, hint="is it a query at all?"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"the query is not UTF-8 (byte {error.start})", where=where, hint="save it as UTF-8"
        ) from error
