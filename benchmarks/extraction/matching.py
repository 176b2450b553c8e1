"""What an article was found to tell, laid beside what its gold file says: which values are right.

A fact is a row with slots, and a list makes several slots of one name. Rows of one kind are paired greedily by the
slots they share, and a pair must share a key slot (a visit its visitor or its destination). A date counts half where
one is the beginning of the other.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

KEYS: dict[str, frozenset[str]] = {
    "leaders": frozenset({"name"}),
    "visits": frozenset({"visitors", "to"}),
    "meetings": frozenset({"participants"}),
    "summits": frozenset({"organization"}),
    "invitations": frozenset({"by", "to"}),
    "agreements": frozenset({"parties", "topic"}),
    "anniversaries": frozenset({"years"}),
    "organizations": frozenset({"name"}),
}
# The slots that are compared, in the order in which they are printed; others in a gold file are notes.
SLOTS: dict[str, tuple[str, ...]] = {
    "leaders": ("name", "office", "of"),
    "visits": ("visitors", "from", "to", "places", "start", "end", "status", "kind"),
    "meetings": ("participants", "place", "date", "status"),
    "summits": ("organization", "place", "date", "status"),
    "invitations": ("by", "to"),
    "agreements": ("parties", "topic", "status", "date"),
    "anniversaries": ("years", "between"),
    "organizations": ("name",),
}
DATES = frozenset({"start", "end", "date"})

Counts: TypeAlias = dict[str, dict[str, list[float]]]
"""Kind, slot: [values right, values in the gold, values found]."""


@dataclass(slots=True)
class Value:
    """One value of a slot under all its names; `credit` is what of it the gold confirms (0, a half or 1)."""

    slot: str
    names: tuple[str, ...]
    triples: tuple[Any, ...] = ()
    credit: float = 0.0


@dataclass(slots=True)
class Row:
    """One fact: its values, the thing it is about, and (set by `lay_beside`) whether it has a partner."""

    values: list[Value] = field(default_factory=list)
    about: Any = None
    paired: bool = False


class Normaliser:
    """Brings names to one form: case, accents, punctuation and a leading article do not count."""

    def __init__(self, *files: Path) -> None:
        self._same: dict[str, str] = {}
        for file in files:
            groups = json.loads(file.read_text(encoding="utf-8"))
            for group in (g for g in groups.values() if isinstance(g, dict)):
                for name, others in group.items():
                    for other in others:
                        self._same[self(other)] = self(name)

    def __call__(self, text: str) -> str:
        bare = self._bare(text)
        return self._same.get(bare, bare)

    def _bare(self, text: str) -> str:
        letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        words = re.sub(r"[^a-z0-9]+", " ", "".join(letters).casefold()).strip()
        return words.removeprefix("the ")


def gold_rows(gold: Mapping[str, Any], normalise: Normaliser) -> dict[str, list[Row]]:
    """The rows of a gold file, by kind."""
    return {kind: [_gold_row(kind, entry, normalise) for entry in gold.get(kind, [])] for kind in KEYS}


def _gold_row(kind: str, entry: Any, normalise: Normaliser) -> Row:
    fact = {"name": entry} if kind == "organizations" else dict(entry)
    if kind == "agreements":
        fact["topic"] = fact.get("topic") or fact.get("title_or_topic")
    row = Row(about=entry)
    for slot, content in fact.items():
        if slot not in SLOTS[kind] or content in (None, [], "", "unspecified"):
            continue
        for item in content if isinstance(content, list) else [content]:
            row.values.append(Value(slot, (normalise(str(item)),)))
    return row


def lay_beside(gold: Mapping[str, list[Row]], found: Mapping[str, list[Row]]) -> Counts:
    """Pair the rows of each kind, set the credit of every value of both sides, and count them."""
    counts: Counts = {}
    for kind in KEYS:
        ours, theirs = found.get(kind, []), gold.get(kind, [])
        _pair(kind, theirs, ours)
        counts[kind] = slots = {}
        for slot in SLOTS[kind]:
            right = sum(v.credit for v in _of(theirs, slot))
            slots[slot] = [right, len(list(_of(theirs, slot))), len(list(_of(ours, slot)))]
    return counts


def _of(rows: list[Row], slot: str) -> Iterator[Value]:
    return (value for row in rows for value in row.values if value.slot == slot)


def _pair(kind: str, gold: list[Row], found: list[Row]) -> None:
    candidates = []
    for i, wanted in enumerate(gold):
        for j, got in enumerate(found):
            matches = list(_matches(wanted, got))
            if any(value.slot in KEYS[kind] for value, _, _ in matches):
                candidates.append((-sum(credit for _, _, credit in matches), i, j, matches))
    for _, i, j, matches in sorted(candidates, key=lambda c: c[:3]):
        if gold[i].paired or found[j].paired:
            continue
        gold[i].paired = found[j].paired = True
        for value, other, credit in matches:
            value.credit = other.credit = credit


def _matches(gold: Row, found: Row) -> Iterator[tuple[Value, Value, float]]:
    """Each value of the gold with the best one found that no other has taken."""
    used: set[int] = set()
    for value in gold.values:
        scores = ((agreement(value, other), i) for i, other in enumerate(found.values) if i not in used)
        credit, index = max(scores, default=(0.0, -1))
        if credit > 0:
            used.add(index)
            yield value, found.values[index], credit


def agreement(one: Value, other: Value) -> float:
    """How far two values agree: 1 the same, a half for dates of which one is narrower, 0 not.

    >>> agreement(Value("date", ("2024-05",)), Value("date", ("2024-05-16",)))
    0.5
    """
    if one.slot != other.slot:
        return 0.0
    if one.slot in DATES:
        a, b = one.names[0], other.names[0]
        return 1.0 if a == b else 0.5 if a.startswith(b) or b.startswith(a) else 0.0
    if one.slot == "topic":
        wanted, got = ({w for n in v.names for w in n.split() if len(w) > 3} for v in (one, other))
        return 1.0 if wanted and len(wanted & got) >= min(2, len(wanted)) else 0.0
    return 1.0 if set(one.names) & set(other.names) else 0.0
