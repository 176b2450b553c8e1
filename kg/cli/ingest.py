"""kg ingest: articles into the graph."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import click

from kg.cli.explain import show_steps
from kg.cli.group import by_option, open_graph
from kg.cli.harmless import clean
from kg.cli.progress import Progress, count_articles
from kg.cli.report import show_report
from kg.cli.review import Reviewer, stopping
from kg.cli.talk import complain, counted, paint, say

if TYPE_CHECKING:
    from kg.articles import Article
    from kg.claims import Claim
    from kg.errors import InputError
    from kg.operations.ingest import Ingested
    from kg.stores.base import Store
    from kg.validation.report import Report

_TOLD = 1000
FORMATS = ("text", "markdown", "html", "jsonlines")


@click.command(short_help="Read articles into the graph.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--format", "-F", "format", type=click.Choice(FORMATS), help="What the files are, if not clear."
)
@click.option("--dry-run", "-n", is_flag=True, help="Print the claims, write nothing.")
@click.option("--explain", is_flag=True, help="Print what each rule did, then the claims; write nothing.")
@click.option("--review", is_flag=True, help="Show each claim in its sentence, and ask whether to keep it.")
@click.option(
    "--jobs", "-j", type=click.IntRange(min=0), default=1, metavar="N",
    help="Read with N processes; 0 for as many as there are cores.  [default: 1]",
)  # fmt: skip
@by_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    format: str | None,
    dry_run: bool,
    explain: bool,
    review: bool,
    jobs: int,
    by: str | None,
) -> int:
    """Read articles, extract claims, check them, and commit each article whole or not at all.

    A FILE is text, Markdown with or without front matter, HTML or JSON Lines; a folder stands for the
    articles in it, and - for standard input. Articles that are in the graph already are skipped: a run that
    was interrupted goes on where it stopped. What could not be read or let in is listed at the end.

    \b
    Examples:
      kg ingest article.txt
      kg ingest --dry-run news/
      kg ingest --explain article.txt
      kg ingest --jobs 2 news/ archive.jsonl
      curl -s https://example.org/article.html | kg ingest -F html -
    """
    failures: list[InputError] = []
    unread = 0
    progress = Progress(lambda: count_articles(files))

    def failed(error: InputError) -> None:
        nonlocal unread
        unread += 1
        # A file of millions of lines may have nothing right in it.
        if unread <= _TOLD:
            with progress.hidden():
                complain(error.what, where=error.where, hint=error.hint)
            failures.append(error)
        elif unread == _TOLD + 1:
            with progress.hidden():
                say(f"more than {_TOLD:,} could not be read; the rest are only counted")

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
    cores = os.cpu_count() or 1
    # More processes than that are no faster, and each takes memory for the parser.
    jobs = 1 if explain else min(jobs or cores, 2 * cores)
    outcomes: Counter[str] = Counter()
    refused: list[str] = []
    try:
        with stopping(), progress:
            every = chain([first], waiting)
            for done in graph.ingest(
                every, dry_run=dry_run, review=reviewer, again=explain, jobs=jobs, by=by
            ):
                outcomes[done.outcome] += 1
                with progress.hidden():
                    if explain:
                        show_steps(done)
                    if _tell(done, graph.store):
                        refused.append(done.article.source)
                progress.step()
    except KeyboardInterrupt:
        if outcomes["added"]:
            say(f"{counted(outcomes['added'], 'article')} added; the same command goes on from there")
        raise
    if sum(outcomes.values()) + unread > 1:
        _sum_up(outcomes, refused, failures, unread)
    return 1 if failures or refused else 0


def _sum_up(outcomes: Counter[str], refused: list[str], failures: list[InputError], unread: int) -> None:
    """What became of many articles, and by name of those that did not come in."""
    numbers = {**{what: n for what, n in sorted(outcomes.items()) if n}, "not read": unread}
    say(", ".join(f"{number:,} {what}" for what, number in numbers.items() if number))
    for source in refused:
        say(f"  {clean(source)}: breaks the rules of the graph, see above")
    for error in failures:
        say(f"  {clean(error.where or 'an article')}: {clean(error.what)}")


def _tell(done: Ingested, store: Store) -> bool:
    """Report one article; True where it was not, or would not be, let in."""
    article, number = done.article, counted(len(done.claims), "claim")
    if done.outcome == "known":
        say(f"known     {_name_of(article, store)}")
    elif done.outcome == "added":
        say(f"{paint('added', 'green')}     {article.id}: {number}")
        _warn(done.report)
    elif done.outcome == "rejected":
        say(f"{paint('rejected', 'red')}  {article.id}: nothing of it was written")
        show_report(done.report, stream=sys.stderr)
        return True
    else:
        print(f"{article.id}: {number}")
        for claim in done.claims:
            print("\n".join(_claim_lines(claim)))
        _warn(done.report)
        return done.report is not None and not done.report.conforms
    return False


def _warn(report: Report | None) -> None:
    """Show what an article brings in that keeps nothing out; what was there before was shown before."""
    if report is not None:
        new = report.with_findings(finding for finding in report.findings if finding.state == "new")
        if new.findings:
            show_report(new, stream=sys.stderr)


def _name_of(article: Article, store: Store) -> str:
    """The name under which the graph knows a text: it may have come with another day or publisher."""
    from pyoxigraph import Literal, NamedNode

    from kg.namespaces import ID, SMT
    from kg.resolution.sources import is_article

    found = store.quads(None, SMT.sha256, Literal(article.sha256))
    graphs = (quad.graph_name for quad in found if is_article(quad.graph_name))
    names = {graph.value for graph in graphs if isinstance(graph, NamedNode)}
    if not names or article.iri.value in names:
        return article.id
    return f"{min(names).removeprefix(f'{ID}article/')} (the same text, here as {article.id})"


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
