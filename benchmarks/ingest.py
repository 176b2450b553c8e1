"""How fast articles are read: extraction against spaCy alone, two processes against one, and the memory it takes.

    python benchmarks/ingest.py [--number 100] [--rounds 3]

(a) The whole extraction of texts against spaCy's own pipeline (the installed model with all its components) on the same
texts, in turn within one process: the median of the ratios of their processor times, which other load disturbs less. (b) `kg ingest --jobs 2` against `--jobs 1` on the same
articles, in turn: the median of the ratios of the wall times, all start-up included. (c) The peak memory of all
processes of `kg ingest --jobs 2` for that many articles and for three times as many.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.generate_articles import write


def of_extraction(folder: Path, rounds: int) -> tuple[float, float]:
    """The ratio of the extraction to spaCy alone, and words a second of the extraction."""
    from kg.articles import read
    from kg.bundled import open_bundled
    from kg.operations.ingest import extractor_of

    articles = list(read(str(folder)))
    extractor = extractor_of(open_bundled())
    nlp = extractor.load()
    words = sum(len(article.text.split()) for article in articles)
    extractor.read(articles[0])
    ratios, rates = [], []
    for _ in range(rounds):
        begun = time.process_time()
        for article in articles:
            nlp(article.text)
        alone = time.process_time() - begun
        begun = time.process_time()
        for article in articles:
            extractor.read(article)
        whole = time.process_time() - begun
        ratios.append(whole / alone)
        rates.append(words / whole)
    return statistics.median(ratios), statistics.median(rates)


def ingest(folder: Path, jobs: int) -> float:
    """The wall time of `kg ingest` into a new store."""
    with tempfile.TemporaryDirectory() as store:
        command = [sys.executable, "-m", "kg", "--store", f"{store}/s", "ingest", "--jobs", str(jobs)]
        begun = time.perf_counter()
        subprocess.run([*command, str(folder)], check=True, capture_output=True)
        return time.perf_counter() - begun


def peak(folder: Path) -> float:
    """The peak memory of the largest process of `kg ingest --jobs 2`, in MiB, measured in a process of its own."""
    code = (
        "import resource, subprocess, sys, tempfile\n"
        "with tempfile.TemporaryDirectory() as s:\n"
        "    subprocess.run([sys.executable, '-m', 'kg', '--store', s + '/s', 'ingest', '-j', '2', sys.argv[1]],"
        " check=True, capture_output=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    out = subprocess.run([sys.executable, "-c", code, str(folder)], check=True, capture_output=True).stdout
    return int(out) / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, {options.number} articles, {options.rounds} rounds")
    with tempfile.TemporaryDirectory() as name:
        some, more = Path(name, "some"), Path(name, "more")
        write(some, options.number)
        write(more, 3 * options.number)
        ratio, rate = of_extraction(some, options.rounds)
        print(f"(a) extraction / spaCy alone: {ratio:.2f}   ({rate:,.0f} words/s)")
        pairs = [(ingest(some, 1), ingest(some, 2)) for _ in range(options.rounds)]
        print(f"(b) one process / two: {statistics.median(a / b for a, b in pairs):.2f}   {pairs}")
        print(
            f"(c) peak memory: {peak(some):.0f} MiB for {options.number}, {peak(more):.0f} MiB for {3 * options.number}"
        )


if __name__ == "__main__":
    main()
