"""kg why: the claims behind a fact."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from kg.cli.group import open_graph
from kg.cli.harmless import clean, harmless
from kg.cli.talk import paint

if TYPE_CHECKING:
    from kg.operations.why import Reason


@click.command(short_help="Show the claims behind a fact.")
@click.argument("thing")
@click.argument("prop", metavar="[PROPERTY]", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def command(ctx: click.Context, thing: str, prop: str | None, as_json: bool) -> None:
    """Show the claims behind a THING, or behind one PROPERTY of it: words, article, date, speaker, modality.

    THING is a label, the last name of a person, an IRI or a prefixed name; PROPERTY an IRI, a prefixed name or its last part.
    Where several articles tell of an event, the first lines say what joined them.

    \b
    Examples:
      kg why "Visit of Vladimir Putin to China, May 2024"
      kg why state:CN label
    """
    node, label, reasons = open_graph(ctx).why(thing, prop)
    if as_json:
        shown = {"thing": node.value, "label": label, "reasons": [_as_json(reason) for reason in reasons]}
        print(json.dumps(shown, indent=2, ensure_ascii=False))
        return
    from kg.operations.why import short

    print(f"{paint(clean(label), 'bold', sys.stdout)}  {clean(short(node.value))}")
    if not reasons:
        print("\n  nothing speaks for it by itself; it follows from what is said of other things")
    for line in _joined(reasons):
        print(f"  {harmless(line)}")
    for reason in reasons:
        print()
        head, *lines = _lines(reason)
        for line in [paint(head, "bold", sys.stdout), *lines]:
            print(f"  {line}")


def _joined(reasons: list[Reason]) -> list[str]:
    """Which articles tell of it, under which names, and why they mean the same."""
    from kg.operations.why import short

    told = {
        (r.article, r.told_as): f"{_origin(r)} ({short(r.told_as.value)})\n      {r.joined}"
        for r in reasons
        if r.article is not None and r.told_as is not None and r.joined
    }
    articles = {article for article, _ in told}
    return [f"told by {len(articles)} articles:", *(f"  {line}" for line in told.values())] if told else []


def _origin(reason: Reason) -> str:
    return ", ".join([reason.publisher or "unknown publisher", reason.published or "undated"])


def _lines(reason: Reason) -> list[str]:
    from kg.operations.why import short

    lines = [short(reason.graph.value)]
    if reason.article is not None:
        lines.append(_origin(reason) + (f": {reason.headline}" if reason.headline else ""))
        how = [reason.modality.lower()] if reason.modality else []
        how += [f"confidence {reason.confidence:g}"] if reason.confidence is not None else []
        how += [f"said by {reason.speaker_name or reason.speaker.value}"] if reason.speaker else []
        lines += ["; ".join(how)] if how else []
    elif reason.source:
        lines.append(f"source: {reason.source}")
    lines += [f'"{" ".join(p.exact.split())}"  [{p.start}:{p.end}]' for p in reason.passages]
    if reason.derivation:
        lines.append(f"worked out: {reason.derivation}")
    if reason.review is not None:
        lines += reason.review.in_words()
    for triple in reason.triples:
        value = getattr(triple.object, "value", str(triple.object))
        note = "" if triple in reason.shown else "  (not in the resolved view)"
        lines.append(f"  {short(triple.predicate.value)}  {short(value)}{note}")
    return [harmless(line).replace("\n", " ") for line in lines]


def _as_json(reason: Reason) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "graph": reason.graph.value,
        "article": reason.article.value if reason.article else None,
        "headline": reason.headline,
        "publisher": reason.publisher,
        "published": reason.published,
        "speaker": reason.speaker.value if reason.speaker else None,
        "modality": reason.modality,
        "confidence": reason.confidence,
        "derivation": reason.derivation,
        "rule": reason.rule,
        "source": reason.source,
        "toldAs": reason.told_as.value if reason.told_as else None,
        "joined": reason.joined,
        "review": asdict(reason.review) if reason.review else None,
        "passages": [{"start": p.start, "end": p.end, "exact": p.exact} for p in reason.passages],
        "triples": [
            {
                "property": t.predicate.value,
                "value": getattr(t.object, "value", str(t.object)),
                "shown": t in reason.shown,
            }
            for t in reason.triples
        ],
    }
