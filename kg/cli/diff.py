"""kg diff: how two graphs differ."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from kg.cli.harmless import clean
from kg.cli.talk import counted, paint, say, tell_notes

if TYPE_CHECKING:
    from kg.operations.diff import Diff, Fact, Unit
    from kg.stores.base import Term

_SHOWN: Final = 20
_TRIPLES: Final = 6
_PLACES: Final = {"first": "only in A", "second": "only in B", "both": "different"}


@click.command(short_help="Show how two graphs differ.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--format", "-F", "format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option("--all", "everything", is_flag=True, help="Show everything, however much it is.")
@click.pass_context
def command(ctx: click.Context, a: str, b: str, format: str, everything: bool) -> int:
    """Show how the graphs A and B differ: stores (folders, SPARQL endpoints) or files as kg export writes them.

    By claims, articles, additions and reference facts, and by what the resolved views hold of each thing. The log
    of a store and its notes are not compared.

    Exit code 0: they are equal; 1: they differ.

    \b
    Examples:
      kg diff .kg https://example.org/sparql
      kg diff --format json yesterday.trig .kg
    """
    from kg.knowledge_graph import KnowledgeGraph

    graph = KnowledgeGraph.comparable(a)
    ctx.call_on_close(graph.close)
    tell_notes(graph)
    found = graph.diff(b)
    for note in found.left_out:
        say(f"Note: {clean(note)}")
    if format == "json":
        print(json.dumps(_as_json(found), indent=2, ensure_ascii=False))
    else:
        for text in _lines(found, None if everything else _SHOWN):
            print(text)
        if found.equal:
            say("they are equal")
    return 0 if found.equal else 1


def _lines(found: Diff, shown: int | None) -> Iterator[str]:
    if found.equal:
        return
    yield f"A: {clean(found.first)}"
    yield f"B: {clean(found.second)}"
    for title, units in (
        ("claims", found.claims),
        ("articles", found.articles),
        ("additions", found.additions),
        ("other graphs", found.others),
    ):
        if units:
            numbers = [sum(unit.place == place for unit in units) for place in _PLACES]
            said = [f"{n:,} {word}" for n, word in zip(numbers, _PLACES.values(), strict=True) if n]
            yield "\n" + paint(f"{title}: {', '.join(said)}", "bold", sys.stdout)
            for unit in units[:shown]:
                yield from _unit(unit, shown)
            yield from _more(units, shown)
    for title, facts in (("reference facts", found.reference), ("resolved view", found.view)):
        if facts:
            yield "\n" + paint(f"{title}: {counted(len(facts), 'fact')} different", "bold", sys.stdout)
            yield from _facts(facts[:shown])
            yield from _more(facts, shown)


def _unit(unit: Unit, shown: int | None) -> Iterator[str]:
    from kg.operations.why import short

    about = f"  {clean(unit.label)}" if unit.label else ""
    about += f" ({clean(short(unit.about.value))})" if unit.about is not None and unit.label else ""
    yield f"  {_PLACES[unit.place]}  {clean(short(unit.name.value))}{about}"
    if unit.place != "both":
        return
    limit = None if shown is None else _TRIPLES
    for side, quads in (("A", unit.first), ("B", unit.second)):
        for quad in quads[:limit]:
            subject = "" if quad.subject == unit.name else f"{clean(short(_plain(quad.subject)))}  "
            yield f"      {side}  {subject}{clean(short(quad.predicate.value))}  {_text(quad.object)}"
        yield from _more(quads, limit, f"      {side}  ")


def _facts(facts: Sequence[Fact]) -> Iterator[str]:
    from kg.operations.why import short

    last = None
    for fact in facts:
        if fact.thing != last:
            last = fact.thing
            name = clean(short(_plain(fact.thing)))
            yield f"  {clean(fact.label)}  {name}" if fact.label else f"  {name}"
        values = [", ".join(map(_text, side)) or "-" for side in (fact.first, fact.second)]
        yield f"      {clean(short(fact.property.value))}  A: {values[0]}  B: {values[1]}"


def _more(items: Sequence[object], shown: int | None, indent: str = "  ") -> Iterator[str]:
    if shown is not None and len(items) > shown:
        yield f"{indent}and {len(items) - shown:,} more (--all shows them)"


def _text(term: Term) -> str:
    from pyoxigraph import Literal, NamedNode

    from kg.operations.why import short

    if isinstance(term, NamedNode):
        return clean(short(term.value))
    if isinstance(term, Literal):
        kind = f"@{term.language}" if term.language else ""
        if not kind and not term.datatype.value.endswith("#string"):
            kind = f"^^{short(term.datatype.value)}"
        return clean(f'"{term.value}"{kind}')
    return clean(str(term))


def _plain(term: Term) -> str:
    return str(getattr(term, "value", term))


def _as_json(found: Diff) -> dict[str, Any]:
    def units(some: Sequence[Unit]) -> list[dict[str, Any]]:
        return [
            {
                "name": unit.name.value,
                "place": unit.place,
                "about": unit.about.value if unit.about else None,
                "label": unit.label,
                "first": [str(quad.triple) for quad in unit.first],
                "second": [str(quad.triple) for quad in unit.second],
            }
            for unit in some
        ]

    def facts(some: Sequence[Fact]) -> list[dict[str, Any]]:
        return [
            {
                "thing": _plain(fact.thing),
                "label": fact.label,
                "property": fact.property.value,
                "first": [str(term) for term in fact.first],
                "second": [str(term) for term in fact.second],
            }
            for fact in some
        ]

    return {
        "first": found.first,
        "second": found.second,
        "equal": found.equal,
        "claims": units(found.claims),
        "articles": units(found.articles),
        "additions": units(found.additions),
        "others": units(found.others),
        "reference": facts(found.reference),
        "view": facts(found.view),
        "leftOut": list(found.left_out),
    }
