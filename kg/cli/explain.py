"""What each rule did with an article, for people who extend the rules."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cli.harmless import clean
from kg.cli.quoting import marked
from kg.cli.talk import counted, paint

if TYPE_CHECKING:
    from kg.extraction.extractor import Extraction
    from kg.extraction.trace import Step
    from kg.operations.ingest import Ingested

_COLOURS = {"kept": "green", "dropped": "red", "joined": "dim"}


def show_steps(done: Ingested) -> None:
    """Print what the rules did, in order of place: candidates, their values, and what became of them."""
    if done.extraction is None:
        return
    steps = done.extraction.steps
    dropped = sum(step.outcome == "dropped" for step in steps)
    head = f"{done.article.id}: {counted(len(steps), 'step')}, {dropped:,} of them dropped"
    print(paint(head, "bold", sys.stdout))
    for step in steps:
        print("\n".join(f"  {line}" for line in _lines(done.article.text, done.extraction, step)))


def _lines(text: str, extraction: Extraction, step: Step) -> Iterator[str]:
    rule = paint(step.rule, "bold", sys.stdout)
    yield f"{rule}: {_outcome(step)}"
    spans = [(step.start, step.end), *((s.start, s.end) for s in step.slots)]
    # The words that a value was taken from may stand in another sentence; each is shown.
    sentences = [s for s in extraction.sentences if any(s[0] < end and start < s[1] for start, end in spans)]
    for low, high in sentences or [(step.start, step.end)]:
        yield f"  {marked(text, low, high, spans, sys.stdout)}"
    width = max((len(slot.name) for slot in step.slots), default=0)
    for slot in step.slots:
        origin = f"filled in: {slot.note or 'from elsewhere in the text'}" if slot.later else slot.note
        how = paint(f"  ({clean(origin)})", "dim", sys.stdout) if origin else ""
        yield f"    {slot.name:{width}}  {clean(slot.value)}{how}"


def _outcome(step: Step) -> str:
    """What was made and what became of it: "visit, planned -> claim 2", "meeting, past, dropped: …"."""
    made = [step.kind, step.mood] if step.kind else []
    if step.outcome != "kept":
        made.append(f"{paint(step.outcome, _COLOURS[step.outcome], sys.stdout)}: {clean(step.why)}")
    elif not step.claims:
        made.append("it adds to another mention")
    words = ", ".join(made)
    if step.claims:
        numbers = " ".join(map(str, step.claims))
        words += f"{' ' if words else ''}-> claim{'s' if len(step.claims) > 1 else ''} {numbers}"
    return words
