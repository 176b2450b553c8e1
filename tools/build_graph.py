"""Build graph/*.trig from articles/: one file for each article, with its article graph and its claim graphs.

    python tools/build_graph.py            writes the files
    python tools/build_graph.py --check    exits 1 where a file is not what the articles give

The files hold no derived facts: the resolved view is worked out from them when they are loaded.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pyoxigraph import Quad

from kg import __version__
from kg.articles import Article, article_quads, extraction_of, read
from kg.bundled import reference_quads
from kg.export import serialize
from kg.extraction import Extractor
from kg.operations.ingest import extractor_of
from kg.stores.oxigraph import OxigraphStore

ROOT = Path(__file__).resolve().parent.parent


def quads_of(article: Article, extractor: Extractor) -> list[Quad]:
    """The article graph and the claim graphs of one article."""
    extraction = extractor.read(article)
    quads = list(article_quads(article, extraction.mentions, software_version=__version__))
    for claim in extraction.claims:
        quads += claim.quads(extraction_of(article))
    return quads


def build() -> dict[Path, str]:
    """What each file of graph/ should hold."""
    store = OxigraphStore()
    store.apply(insert=reference_quads())
    extractor = extractor_of(store)
    out = {}
    for path in sorted((ROOT / "articles").glob("*.md")):
        quads = [q for article in read(path) for q in quads_of(article, extractor)]
        out[ROOT / "graph" / f"{path.stem}.trig"] = serialize(quads, "trig")
    return out


def main() -> int:
    """Write the files, or with --check compare them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    stale = 0
    for path, text in build().items():
        if check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                print(f"stale: {path.relative_to(ROOT)}", file=sys.stderr)
                stale += 1
        else:
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(ROOT))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
