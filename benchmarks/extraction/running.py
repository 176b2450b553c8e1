"""The articles of a set, read by the extraction in one process, each as if it were the only one in a store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.extraction.found import Found
from benchmarks.extraction.matching import Counts, Normaliser, Row, gold_rows, lay_beside
from kg.articles import Article, read
from kg.bundled import bundled_quads
from kg.claims import Claim
from kg.operations.ingest import extractor_of, ingest
from kg.stores.oxigraph import OxigraphStore

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class ArticleSet:
    """A folder with `articles/` and `gold/`; the numbers that the names of half a begin with; files of aliases."""

    folder: Path
    half_a: frozenset[str]
    aliases: tuple[Path, ...]

    def slugs(self, half: str | None = None, only: Sequence[str] = ()) -> list[str]:
        """The names of its articles, in order; `only` may give names or the numbers they begin with."""
        names = sorted(path.stem for path in (self.folder / "gold").glob("*.json"))
        if half is not None:
            names = [n for n in names if (_number(n) in self.half_a) == (half == "a")]
        return [n for n in names if not only or n in only or _number(n) in only]

    def article(self, slug: str) -> Article:
        """The article of that name."""
        paths = (self.folder / "articles" / f"{slug}{suffix}" for suffix in (".md", ".txt"))
        return next(read(next(path for path in paths if path.exists())))


SETS = {
    "dev": ArticleSet(
        HERE, frozenset({"01", "03", "05", "07", "15", "21", "23", "29"}), (HERE / "names.json",)
    ),
    "wire": ArticleSet(
        HERE / "wire",
        # 16 and on are held aside: nobody who changes the extraction has read them.
        frozenset(f"{number:02}" for number in range(1, 16)),
        (HERE / "names.json", HERE / "wire" / "names.json"),
    ),
    "dense": ArticleSet(
        HERE / "dense",
        frozenset(f"{number:02}" for number in range(1, 9)),
        (HERE / "names.json", HERE / "dense" / "names.json"),
    ),
}


@dataclass(slots=True)
class Result:
    """What became of one article: its rows and those of the gold, laid beside each other, and its claims."""

    slug: str
    outcome: str
    gold: dict[str, list[Row]]
    found: dict[str, list[Row]]
    counts: Counts
    claims: tuple[Claim, ...] = field(default=())


def run(articles: ArticleSet, slugs: Sequence[str]) -> Iterator[Result]:
    """Read the articles one after the other, and score each against its gold."""
    normalise = Normaliser(*(path for path in articles.aliases if path.exists()))
    store = OxigraphStore()
    store.inner.bulk_extend(bundled_quads(articles=False))
    before = set(store.quads())
    extractor = extractor_of(store)
    # One by one: each has to be alone in the store when it is scored.
    steps = ingest(store, (articles.article(slug) for slug in slugs), extractor=lambda: extractor, batch=1)
    for slug, done in zip(slugs, steps, strict=True):
        # An article that the shapes refuse leaves nothing, and scores as if nothing had been found.
        found = Found(store, normalise).rows() if done.outcome == "added" else {}
        if done.outcome == "rejected":
            print(f"{slug}: rejected by the shapes", file=sys.stderr)
        path = articles.folder / "gold" / f"{slug}.json"
        gold = gold_rows(json.loads(path.read_text(encoding="utf-8")), normalise)
        yield Result(slug, done.outcome, gold, found, lay_beside(gold, found), done.claims)
        after = set(store.quads())
        store.apply(delete=after - before, insert=before - after)


def _number(slug: str) -> str:
    return slug.partition("-")[0]
