"""kg ingest: articles into the graph."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kg.cli.explain import show_steps
from kg.cli.group import open_graph
from kg.cli.report import show_report
from kg.cli.review import Reviewer, stopping
from kg.cli.talk import complain, counted, paint, say

if TYPE_CHECKING:
    from kg.articles import Article
    from kg.claims import Claim
    from kg.errors import ArticleError
    from kg.operations.ingest import Ingested

FORMATS = ("text", "markdown", "html", "jsonlines")


@click.command(short_help="Read articles into the graph.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--format", "-F", "format", type=click.Choice(FORMATS), help="What the files are, if not clear."
)
@click.option("--dry-run", "-n", is_flag=True, help="Print the claims, write nothing.")
@click.option("--explain", is_flag=True, help="Print what each rule did, then the claims; write nothing.")
@click.option("--review", is_flag=True, help="Show each claim in its sentence, and ask whether to keep it.")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    format: str | None,
    dry_run: bool,
    explain: bool,
    review: bool,
) -> int:
    """Read articles, extract claims, check them, and commit each article whole or not at all.

    A FILE is text, Markdown with or without front matter, HTML or JSON Lines; a folder stands for the
    articles in it, and - for standard input. Articles that are in the graph already are skipped.

    \b
    Examples:
      kg ingest article.txt
      kg ingest --dry-run news/
      kg ingest --explain article.txt
      curl -s https://example.org/article.html | kg ingest -F html -
    """
    failures: list[ArticleError] = []

    def failed(error: ArticleError) -> None:
        complain(error.what, where=error.where, hint=error.hint)
        failures.append(error)

    def articles() -> Iterator[Article]:
        from kg.articles import read

        for file in files:
            yield from read(file, format, on_error=failed)  # type: ignore[arg-type]

    if review and (dry_run or explain):
        other = "--dry-run" if dry_run else "--explain"
        raise click.UsageError(f"--review writes what is kept, and {other} nothing: give one of them", ctx)
    dry_run = dry_run or explain
    if review and "-" in files:
        raise click.UsageError("--review asks on standard input, so the articles cannot come from there", ctx)
    # Articles are looked at before a store is made: where none can be read, nothing is left behind.
    waiting = articles()
    first = next(waiting, None)
    if first is None:
        return 2
    graph = open_graph(ctx, writable=not dry_run)
    reviewer = Reviewer(graph.store) if review else None
    rejected = 0
    with stopping():
        for part in ([first], waiting):
            for done in graph.ingest(part, dry_run=dry_run, review=reviewer, again=explain):
                if explain:
                    show_steps(done)
                rejected += _tell(done)
    return 2 if failures else 1 if rejected else 0


def _tell(done: Ingested) -> bool:
    """Report one article; True where it was not, or would not be, let in."""
    article, number = done.article, counted(len(done.claims), "claim")
    if done.outcome == "known":
        say(f"known     {article.id}")
    elif done.outcome == "added":
        say(f"{paint('added', 'green')}     {article.id}: {number}")
    elif done.outcome == "rejected":
        say(f"{paint('rejected', 'red')}  {article.id}: nothing of it was written")
        show_report(done.report, stream=sys.stderr)
        return True
    else:
        print(f"{article.id}: {number}")
        for claim in done.claims:
            print("\n".join(_claim_lines(claim)))
        if done.report is not None and not done.report.conforms:
            show_report(done.report, stream=sys.stderr)
            return True
    return False


def _claim_lines(claim: Claim) -> list[str]:
    from kg.operations.why import short

    head = f"  {claim.number}. {claim.modality.value.lower()}, confidence {claim.confidence:g}"
    lines = [head + (f", said by {short(claim.speaker.value)}" if claim.speaker else "")]
    lines += [f'     "{" ".join(p.exact.split())}"  [{p.start}:{p.end}]' for p in claim.passages]
    for triple in claim.triples:
        parts = (
            getattr(term, "value", str(term)) for term in (triple.subject, triple.predicate, triple.object)
        )
        lines.append("     " + "  ".join(short(part) for part in parts))
    if claim.derivation:
        lines.append(f"     worked out: {claim.derivation}")
    return lines
