"""Counts of an earlier run, kept in a file, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.extraction.matching import SLOTS, Counts


def save(path: Path, name: str, counts: Mapping[str, Counts]) -> None:
    """Keep the counts of these articles of a set; those of others stay as they are.

    Slots with nothing in the gold and nothing found are left out, and so is a kind without slots.
    """
    kept = _load(path)
    kept.setdefault(name, {}).update({slug: _filled(one) for slug, one in counts.items()})
    lines = []
    for group in sorted(kept):
        entries = [f"    {json.dumps(slug)}: {json.dumps(kept[group][slug])}" for slug in sorted(kept[group])]
        lines.append(f"  {json.dumps(group)}: {{\n" + ",\n".join(entries) + "\n  }")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def differences(path: Path, name: str, counts: Mapping[str, Counts]) -> Iterator[str]:
    """Lines that say what changed since the counts were kept; none where nothing is kept of these articles."""
    kept = _load(path).get(name, {})
    both = [slug for slug in counts if slug in kept]
    if not both:
        return
    yield f"\nbefore and now, in {len(both)} articles that were measured before"
    changed = False
    for kind, slots in SLOTS.items():
        for slot in slots:
            before = _sum(_values(kept[slug], kind, slot) for slug in both)
            now = _sum(_values(counts[slug], kind, slot) for slug in both)
            if before != now:
                changed = True
                yield f"    {kind + '.' + slot:24} {_both(before, now)}"
    for slug in both:
        before = _sum(_values(kept[slug], kind, slot) for kind, slots in SLOTS.items() for slot in slots)
        now = _sum(_values(counts[slug], kind, slot) for kind, slots in SLOTS.items() for slot in slots)
        if before != now:
            yield f"    {slug:36} {_both(before, now)}"
    if not changed:
        yield "    no difference"


def _both(before: list[float], now: list[float]) -> str:
    wrong = [values[2] - values[0] for values in (before, now)]
    return f"right {before[0]:g} -> {now[0]:g} of {now[1]:g}, wrong {wrong[0]:g} -> {wrong[1]:g}"


def _sum(values: Iterator[list[float]]) -> list[float]:
    return [float(sum(column)) for column in zip(*values, strict=True)]


def _values(counts: Mapping[str, Mapping[str, list[float]]], kind: str, slot: str) -> list[float]:
    return list(counts.get(kind, {}).get(slot, [0.0, 0.0, 0.0]))


def _filled(counts: Counts) -> dict[str, dict[str, list[float]]]:
    filled = {k: {s: v for s, v in slots.items() if v[1] or v[2]} for k, slots in counts.items()}
    return {kind: slots for kind, slots in filled.items() if slots}


def _load(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
