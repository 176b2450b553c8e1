"""Whether confidences keep their word: claims by confidence, rule and kind of thing against the gold.

A claim states the values that its triples give to slots, and the status that its modality gives. Its share is what the
gold confirms of them (dates that agree in their shorter part count); it is right where all of them are. Claims that
state no slot that is scored, and denied or possible ones, which the resolved view leaves out, are not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.extraction.matching import Value
from benchmarks.extraction.running import Result
from kg.claims import Claim, Modality

_LEFT_OUT = frozenset({Modality.DENIED, Modality.POSSIBLE})


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim with the number of values that it states and how many of them the gold confirms."""

    kind: str
    rule: str
    confidence: float
    stated: int
    right: int
    slots: tuple[tuple[str, bool], ...]


def judge(results: Iterable[Result]) -> list[Judged]:
    """Every claim of these articles that states something that is scored."""
    judged = []
    for result in results:
        if result.outcome != "added":
            continue
        values: dict[object, list[tuple[str, Value]]] = {}
        for kind, rows in result.found.items():
            for row in rows:
                for value in row.values:
                    for triple in value.triples:
                        values.setdefault(triple, []).append((kind, value))
                    if value.slot == "status":
                        values.setdefault((row.about, value.triples[0].object), []).append((kind, value))
        for claim in result.claims:
            stated = list(_stated(claim, values))
            if stated:
                checks = tuple((f"{kind}.{value.slot}", value.credit > 0) for kind, value in stated)
                right = sum(good for _, good in checks)
                rule = claim.rule or "-"
                judged.append(Judged(stated[0][0], rule, claim.confidence, len(stated), right, checks))
    return judged


def _stated(claim: Claim, values: dict[object, list[tuple[str, Value]]]) -> Iterable[tuple[str, Value]]:
    if claim.modality in _LEFT_OUT:
        return
    # That a speaker or visitor is a leader comes along with many claims; it is judged where it is the point.
    own = [t for t in claim.triples if t.subject == claim.about] + [
        t for t in claim.triples if t.subject != claim.about and t.predicate.value.endswith("#between")
    ]
    seen = set()
    for key in [*own, (claim.about, claim.modality.term)]:
        for kind, value in values.get(key, ()):
            if id(value) not in seen:
                seen.add(id(value))
                yield kind, value


def tables(judged: list[Judged]) -> Iterable[str]:
    """The lines of the report: by confidence, by rule, by kind and slot, and the overall error."""
    yield "\nclaims by confidence"
    yield from _table(judged, lambda j: f"{min(int(j.confidence * 10 + 1e-6), 10) / 10:.1f}", reverse=True)
    yield "\nclaims by kind and rule"
    yield from _table(judged, lambda j: f"{j.kind} {j.rule}")
    yield "\nvalues by kind and slot"
    slots: dict[str, list[bool]] = {}
    for claim in judged:
        for slot, good in claim.slots:
            slots.setdefault(slot, []).append(good)
    yield f"{'':34} {'values':>7} {'right':>6}"
    for slot in sorted(slots):
        yield f"{slot:34} {len(slots[slot]):7} {sum(slots[slot]) / len(slots[slot]):6.2f}"
    stated = sum(j.stated for j in judged)
    if stated:
        gap = sum(j.stated * (j.confidence - j.right / j.stated) for j in judged) / stated
        brier = sum(
            j.right * (1 - j.confidence) ** 2 + (j.stated - j.right) * j.confidence**2 for j in judged
        )
        yield f"\nmean confidence less share right {gap:+.3f}; Brier score {brier / stated:.3f}"


def _table(judged: list[Judged], key: Callable[[Judged], str], *, reverse: bool = False) -> Iterable[str]:
    groups: dict[str, list[Judged]] = {}
    for claim in judged:
        groups.setdefault(key(claim), []).append(claim)
    yield f"{'':34} {'claims':>7} {'wholly':>7} {'values':>7} {'right':>6} {'at least':>8} {'stated':>7}"
    for name in sorted(groups, reverse=reverse):
        group = groups[name]
        stated, right = sum(j.stated for j in group), sum(j.right for j in group)
        wholly = sum(j.stated == j.right for j in group) / len(group)
        mean = sum(j.confidence * j.stated for j in group) / stated
        yield (
            f"{name:34} {len(group):7} {wholly:7.2f} {stated:7} {right / stated:6.2f} "
            f"{lower_bound(right, stated):8.2f} {mean:7.2f}"
        )


def lower_bound(right: float, of: int, deviations: float = 1.0) -> float:
    """A cautious share for few cases: the lower end of the Wilson interval.

    >>> round(lower_bound(4, 4), 2), round(lower_bound(95, 100), 2)
    (0.8, 0.92)
    """
    share, square = right / of, deviations**2
    middle = share + square / (2 * of)
    spread = deviations * (share * (1 - share) / of + square / (4 * of * of)) ** 0.5
    return float((middle - spread) / (1 + square / of))
