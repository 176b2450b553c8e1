"""Articles into claims, and claims into the graph, one article at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Quad

from kg import __version__
from kg.claims import Claim
from kg.errors import ValidationError
from kg.namespaces import REFERENCE_GRAPH, SMT, iri
from kg.operations.change import check, commit, has_graph, whole_change
from kg.operations.findings import explained
from kg.operations.log import Act, names
from kg.operations.origins import by_article
from kg.operations.review import Review, Reviewed
from kg.resolution.sources import is_article
from kg.stores.base import Store
from kg.validation.report import Report

if TYPE_CHECKING:
    from kg.articles import Article
    from kg.extraction import Extractor
    from kg.extraction.extractor import Extraction

# Enough that the shapes' fixed cost is spread; few enough that an interrupted run has little to do again.
_BATCH = 32

Outcome: TypeAlias = Literal["added", "known", "dry run", "rejected"]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one article.

    `known`: its text is in the graph already. `rejected`: its claims break the shapes (see `report`) and
    nothing of it was written. `dry run`: nothing was written because nothing was to be; then `extraction`
    has what each rule did. Of what was added the `report` has the warnings, if there are any. Findings name the
    claims that bring them in, and where in the file of the article their words stand.
    """

    article: Article
    outcome: Outcome
    claims: tuple[Claim, ...] = ()
    report: Report | None = None
    extraction: Extraction | None = None


def ingest(
    store: Store,
    articles: Iterable[Article],
    *,
    extractor: Callable[[], Extractor],
    dry_run: bool = False,
    review: Review | None = None,
    again: bool = False,
    jobs: int = 1,
    batch: int = _BATCH,
    by: str | None = None,
) -> Iterator[Ingested]:
    """Extract, check and commit articles, each whole or not at all, in their order.

    `review` is asked for each article what of its claims to keep; see kg.operations.review. With `again` (and
    `dry_run`) articles that are in the graph are read too. With more than one of `jobs` as many processes read the
    articles; what comes into the store is the same. At most `batch` articles are committed together: an outcome is
    told when its batch is in the store, in one commit, which says `by` whom.
    """
    read = _read(store, articles, extractor, again=again and dry_run, jobs=jobs)
    if dry_run or review is not None:
        for article, extraction, _ in read:
            if extraction is None:
                yield Ingested(article, "known")
            else:
                yield _one(store, article, extraction, dry_run=dry_run, review=review, by=by)
    else:
        with store.many():
            yield from _in_batches(store, read, batch, by)


def _in_batches(
    store: Store, read: Iterable[tuple[Article, Extraction | None, bool]], most: int, by: str | None
) -> Iterator[Ingested]:
    """Commit what was read: the first articles one by one, later ones several at a time, in their order.

    To look at many changes at once takes the shapes hardly longer than to look at one. Where they find something,
    the articles of the batch are looked at one by one, so that each comes in or stays out for itself.
    """
    batch: list[tuple[Article, Extraction, bool]] = []
    size = 1
    for article, extraction, sound in read:
        if any(article.sha256 == other.sha256 for other, *_ in batch):
            yield from _settled(store, batch, by)
            batch = []
        if extraction is None or store.settled(lambda: known(store, article)):  # noqa: B023 - done at once
            yield from _settled(store, batch, by)
            batch = []
            yield Ingested(article, "known")
            continue
        batch.append((article, extraction, sound))
        if len(batch) >= size:
            yield from _settled(store, batch, by)
            batch, size = [], min(2 * size, most)
    yield from _settled(store, batch, by)


def _settled(store: Store, batch: list[tuple[Article, Extraction, bool]], by: str | None) -> list[Ingested]:
    return store.settled(lambda: list(_together(store, batch, by)))


def _together(
    store: Store, batch: list[tuple[Article, Extraction, bool]], by: str | None
) -> Iterator[Ingested]:
    if len(batch) > 1:
        quads = [quad for article, extraction, _ in batch for quad in quads_of(article, extraction)]
        sound = {
            name
            for article, extraction, is_sound in batch
            if is_sound and not has_graph(store, iri("article", article.id))
            for name in (iri("article", article.id), *(claim.iri for claim in extraction.claims))
        }
        insert, delete = whole_change(store, quads)
        try:
            every = [article for article, *_ in batch]
            act = _act(every, by)
            what = "several articles"
            report = (
                commit(store, insert, delete, what=what, hint="", sound=sound, act=act, articles=every)
                or Report()
            )
        except ValidationError:
            pass
        else:
            shared = by_article(report.findings, [article.iri for article in every])
            for article, extraction, _ in batch:
                own = report.with_findings(shared[article.iri])
                yield Ingested(article, "added", tuple(extraction.claims), own)
            return
    for article, extraction, _ in batch:
        yield _one(store, article, extraction, dry_run=False, review=None, by=by)


def _act(articles: list[Article], by: str | None) -> Act:
    return Act("ingest", names(iri("article", article.id) for article in articles), by)


def quads_of(article: Article, extraction: Extraction) -> list[Quad]:
    """All that an article states and that is known of it: the quads of its graph, and those of its claims."""
    from kg.articles import article_quads, extraction_of

    now = datetime.now(UTC)
    own = article_quads(article, extraction.mentions, software_version=__version__, ingested_on=now)
    return [*own, *(quad for claim in extraction.claims for quad in claim.quads(extraction_of(article)))]


def _read(
    store: Store, articles: Iterable[Article], extractor: Callable[[], Extractor], *, again: bool, jobs: int
) -> Iterator[tuple[Article, Extraction | None, bool]]:
    """Articles with what was read from them, or None where the store has them already and not `again`; and whether
    what they state by themselves was checked."""
    if jobs > 1:
        from kg.operations.parallel import read_all

        yield from read_all(
            articles,
            extractor(),
            jobs,
            lambda article: not again and store.settled(lambda: known(store, article)),
        )
        return
    for article in articles:
        there = not again and store.settled(lambda: known(store, article))  # noqa: B023 - done at once
        yield article, None if there else extractor().read(article), False


def _one(
    store: Store,
    article: Article,
    extraction: Extraction,
    *,
    dry_run: bool,
    review: Review | None,
    by: str | None,
) -> Ingested:
    """Check and commit what was read from one article."""
    from kg.articles import article_quads, extraction_of

    claims, reviewed = tuple(extraction.claims), None
    moment = None if dry_run else datetime.now(UTC)
    quads = list(
        article_quads(article, extraction.mentions, software_version=__version__, ingested_on=moment)
    )

    def change(of: Iterable[Claim], reviewed: Reviewed | None) -> tuple[list[Quad], list[Quad]]:
        told = [quad for claim in of for quad in claim.quads(extraction_of(article))]
        record = reviewed.quads(extraction_of(article)) if reviewed is not None else ()
        return whole_change(store, [*quads, *told, *record])

    def checked(of: Iterable[Claim], reviewed: Reviewed | None) -> Report:
        insert, delete = change(of, reviewed)
        report = check(store, insert, delete)
        return explained(report, store, change=insert, gone=delete, articles=[article])

    if review is not None:
        reviewed = review(article, extraction, lambda r: store.settled(lambda: checked(r.claims, r)))
        claims = reviewed.claims
    if dry_run:
        report = store.settled(lambda: checked(claims, reviewed))
        return Ingested(article, "dry run", claims, report, extraction)
    act = _act([article], by)

    def committed() -> Report | None:
        insert, delete = change(claims, reviewed)
        hint = "see the findings"
        return commit(store, insert, delete, what=article.source, hint=hint, act=act, articles=[article])

    try:
        written = store.settled(committed)
    except ValidationError as error:
        return Ingested(article, "rejected", claims, error.report)
    return Ingested(article, "added", claims, written)


def known(store: Store, article: Article) -> bool:
    """Whether the graph holds an article with exactly this text."""
    found = store.quads(None, SMT.sha256, RdfLiteral(article.sha256))
    return any(is_article(quad.graph_name) for quad in found)


def extractor_of(store: Store) -> Extractor:
    """An extractor with the names of the reference facts of a store: what it reads does not depend on what was read before."""
    from kg.extraction import Extractor, Names

    @cache  # types and labels are asked for several times
    def pairs(predicate: NamedNode) -> list[tuple[NamedNode, NamedNode | RdfLiteral]]:
        return [
            (quad.subject, quad.object)
            for quad in store.quads(None, predicate, None, REFERENCE_GRAPH)
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | RdfLiteral)
        ]

    return Extractor(Names(pairs))
