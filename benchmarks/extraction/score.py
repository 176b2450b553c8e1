"""Precision, recall and calibration of the extraction, measured on annotated articles.

    python benchmarks/extraction/score.py --set dev --half a        development articles
    python benchmarks/extraction/score.py --set wire --half a       wire stories
    python benchmarks/extraction/score.py --half a --save           keep the counts to compare later runs with
    python benchmarks/extraction/score.py --half a --calibration    confidences against the gold

Each run is compared with the counts in results.json, as far as that holds its articles.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.extraction import calibration, history  # noqa: E402
from benchmarks.extraction.matching import SLOTS, Counts, Row  # noqa: E402
from benchmarks.extraction.running import HERE, SETS, Result, run  # noqa: E402


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of the counts of several articles."""
    out: Counts = {kind: {slot: [0.0, 0.0, 0.0] for slot in slots} for kind, slots in SLOTS.items()}
    for one in counts:
        for kind, slots in one.items():
            for slot, values in slots.items():
                out[kind][slot] = [a + b for a, b in zip(out[kind][slot], values, strict=True)]
    return out


def summed(values: Iterable[list[float]]) -> list[float]:
    """Values right, in the gold, found, over several slots or kinds."""
    return [float(sum(column)) for column in zip(*values, strict=True)] or [0.0, 0.0, 0.0]


def of_all(counts: Counts) -> list[float]:
    """Values right, in the gold, found, over everything."""
    return summed(v for slots in counts.values() for v in slots.values())


def ratios(values: list[float]) -> str:
    """Precision, recall, F1 and the counts behind them.

    >>> ratios([2, 4, 2])
    'P 1.00  R 0.50  F1 0.67  (2 right of 4 in gold, 2 found)'
    """
    right, gold, found = values
    p, r = right / found if found else 1.0, right / gold if gold else 1.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return f"P {p:.2f}  R {r:.2f}  F1 {f1:.2f}  ({right:g} right of {gold:g} in gold, {found:g} found)"


def show_totals(counts: Counts, *, slots: bool) -> None:
    """Print a line for each kind, and with `slots` one for each slot of it."""
    for kind, by_slot in counts.items():
        print(f"{kind:28} {ratios(summed(by_slot.values()))}")
        for slot, values in by_slot.items() if slots else ():
            if values[1] or values[2]:
                print(f"    {slot:24} {ratios(values)}")
    print(f"{'ALL':28} {ratios(of_all(counts))}")


def show_rows(result: Result) -> None:
    """Print the rows of an article: `=` is paired, `-` missed, `+` not in the gold; values in brackets are wrong or missed."""
    for kind in SLOTS:
        for sign, rows in (("-", result.gold[kind]), ("+", result.found.get(kind, []))):
            for row in rows:
                print(
                    f"    {'=' if row.paired else sign} {'gold ' if sign == '-' else 'found'} {kind}: {_text(row)}"
                )


def _text(row: Row) -> str:
    texts = []
    for value in row.values:
        name = value.names[0] if value.names else "?"
        marked = {1.0: name, 0.0: f"[{name}]"}.get(value.credit, f"({name})")
        texts.append(f"{value.slot} {marked}")
    return ", ".join(texts)


def main() -> int:
    """Run the extraction and print what it scores; 1 where an article was refused."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", choices=SETS, default="dev", help="which articles (default: dev)")
    parser.add_argument("--half", choices="ab", help="only one half; b is held aside from development")
    parser.add_argument("--only", default="", help="comma-separated names, or the numbers they begin with")
    parser.add_argument("--slots", action="store_true", help="print every slot, too")
    parser.add_argument("--calibration", action="store_true", help="judge the confidences of the claims")
    parser.add_argument("--save", action="store_true", help="keep the counts for comparison")
    parser.add_argument("--results", type=Path, default=HERE / "results.json", help="where they are kept")
    parser.add_argument("-v", action="store_true", help="print the rows side by side (never of half b)")
    args = parser.parse_args()

    articles = SETS[args.set]
    slugs = articles.slugs(args.half, [name for name in args.only.split(",") if name])
    if not slugs:
        parser.error("no such article")
    open_slugs = set(articles.slugs("a"))
    results = []
    for result in run(articles, slugs):
        results.append(result)
        print(f"{result.slug:36} {ratios(of_all(result.counts))}")
        if args.v and result.slug in open_slugs:
            show_rows(result)
    print()
    counts = {result.slug: result.counts for result in results}
    show_totals(total(counts.values()), slots=args.slots)
    print("\n".join(history.differences(args.results, args.set, counts)))
    if args.calibration:
        print("\n".join(calibration.tables(calibration.judge(results))))
    if args.save:
        history.save(args.results, args.set, counts)
    return int(any(result.outcome == "rejected" for result in results))


if __name__ == "__main__":
    sys.exit(main())
