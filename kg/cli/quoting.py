"""Words of an article as they are shown: marked in their sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import IO

from kg.cli.harmless import clean
from kg.cli.talk import paint


def marked(
    text: str, start: int, end: int, spans: Iterable[tuple[int, int]], stream: IO[str] | None = None
) -> str:
    """A stretch of a text with some spans of it in colour, or between »…« where the stream has no colours.

    >>> marked("They met in Bern today.", 0, 23, [(12, 16)])
    'They met in »Bern« today.'
    """
    stream = stream or sys.stderr
    pieces, at = [], start
    for low, high in _merged(spans):
        low, high = max(low, at, start), min(high, end)
        if low >= high:
            continue
        words = clean(text[low:high])
        coloured = paint(words, "yellow", stream)
        pieces += [clean(text[at:low]), coloured if coloured != words else f"»{words}«"]
        at = high
    return "".join([*pieces, clean(text[at:end])]).strip()


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged
