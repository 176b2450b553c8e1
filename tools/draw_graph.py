"""Draw docs/graph.svg: the events of the bundled graph and what they are linked to, from the data.

    python tools/draw_graph.py            writes the picture
    python tools/draw_graph.py --check    exits 1 where it is not what the graph gives

Columns are people, events, and states, organizations and places; rows are ordered so that lines stay short.
"""

from __future__ import annotations

import argparse
import sys
from html import escape
from pathlib import Path

from pyoxigraph import NamedNode

from kg import KnowledgeGraph
from kg.bundled import open_bundled
from kg.namespaces import RDF, RDFS
from kg.stores.base import Table

TARGET = Path(__file__).resolve().parent.parent / "docs" / "graph.svg"
QUERY = """
SELECT DISTINCT ?event ?kind ?property ?thing ?type WHERE {
  VALUES ?kind { smt:Visit smt:Meeting smt:Summit smt:Agreement smt:Invitation smt:Anniversary }
  ?event a ?kind ; ?property ?thing .
  ?thing a ?type .
  VALUES ?type { smt:Leader smt:Official smt:State smt:Place smt:Organization smt:DiplomaticRelation
                 smt:Visit smt:Meeting smt:Summit smt:Agreement smt:Invitation smt:Anniversary }
}
"""
COLUMN = {"Leader": 0, "Official": 0, "Visit": 1, "Meeting": 1, "Summit": 1, "Agreement": 1, "Invitation": 1,
          "Anniversary": 1, "DiplomaticRelation": 2, "State": 2, "Organization": 2, "Place": 2}  # fmt: skip
COLOUR = {0: "#dbeafe", 1: "#fef3c7", 2: "#dcfce7"}
LEFT = (20, 330, 760)
WIDTH = (200, 330, 230)
ROW, HEIGHT = 58, 34


def local(node: object) -> str:
    """The last part of an IRI."""
    return str(getattr(node, "value", node)).replace("#", "/").rsplit("/", 1)[-1]


def edges(graph: KnowledgeGraph) -> list[tuple[NamedNode, str, NamedNode]]:
    """The links to draw: (event, property, thing)."""
    answer = graph.query(QUERY, text=True)
    assert isinstance(answer, Table)
    found = {
        (r[0], local(r[2]), r[3])
        for r in answer.rows
        if isinstance(r[0], NamedNode) and isinstance(r[3], NamedNode)
    }
    return sorted(found, key=lambda e: (str(e[0]), e[1], str(e[2])))  # type: ignore[return-value]


def draw() -> str:
    """The picture as SVG."""
    graph = KnowledgeGraph(open_bundled())
    links = edges(graph)
    kinds, labels = {}, {}
    for node in {n for a, _, b in links for n in (a, b)}:
        types = [local(q.object) for q in graph.store.quads(node, RDF.type, None)]
        kinds[node] = next(t for t in COLUMN if t in types)
        names = sorted(q.object.value for q in graph.store.quads(node, RDFS.label, None))  # type: ignore[union-attr]
        labels[node] = names[0] if names else local(node)
    rows: dict[NamedNode, int] = {}
    columns: list[list[NamedNode]] = [[], [], []]
    for node in sorted(kinds, key=lambda n: (list(COLUMN).index(kinds[n]), str(n))):
        columns[COLUMN[kinds[node]]].append(node)
    for _ in range(4):  # place each node near the middle of what it is linked to
        for column in (1, 0, 2):
            order = {}
            for i, node in enumerate(columns[column]):
                near = [
                    rows[o]
                    for a, _, b in links
                    for o in ((b,) if a == node else (a,) if b == node else ())
                    if o in rows
                ]
                order[node] = (sum(near) / len(near) if near else i, str(node))
            columns[column].sort(key=lambda n: order[n])
            rows.update({n: i for i, n in enumerate(columns[column])})
    tallest = max(map(len, columns))
    at = {
        n: (LEFT[c], 50 + ROW * (i + (tallest - len(columns[c])) / 2))
        for c in range(3)
        for i, n in enumerate(columns[c])
    }
    return "\n".join(_svg(links, kinds, labels, at, tallest)) + "\n"


def _svg(links, kinds, labels, at, tallest):  # type: ignore[no-untyped-def]
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1010 {80 + ROW * tallest}" font-family="sans-serif" font-size="13">'
    yield "<title>The bundled graph: events, and who and what they are linked to</title>"
    yield '<rect width="100%" height="100%" fill="white"/>'
    for i, title in enumerate(("People", "Events and agreements", "States, organizations, places")):
        yield f'<text x="{LEFT[i]}" y="28" font-weight="bold">{title}</text>'
    for a, name, b in links:
        (xa, ya), (xb, yb) = at[a], at[b]
        ca, cb = COLUMN[kinds[a]], COLUMN[kinds[b]]
        if ca == cb:
            x = LEFT[ca]
            path = f"M{x} {ya + 17:.0f} C{x - 60} {ya + 17:.0f} {x - 60} {yb + 17:.0f} {x} {yb + 17:.0f}"
        else:
            x1, x2 = (xa, xb + WIDTH[cb]) if xb < xa else (xa + WIDTH[ca], xb)
            middle = (x1 + x2) / 2
            path = f"M{x1} {ya + 17:.0f} C{middle:.0f} {ya + 17:.0f} {middle:.0f} {yb + 17:.0f} {x2} {yb + 17:.0f}"
        yield f'<path d="{path}" fill="none" stroke="#94a3b8"><title>{escape(labels[a])} {name} {escape(labels[b])}</title></path>'
    for node, (x, y) in at.items():
        column = COLUMN[kinds[node]]
        text = labels[node] if len(labels[node]) < 46 else labels[node][:44] + "…"
        yield f'<rect x="{x}" y="{y:.0f}" width="{WIDTH[column]}" height="{HEIGHT}" rx="6" fill="{COLOUR[column]}" stroke="#475569"/>'
        yield f'<text x="{x + 10}" y="{y + 15:.0f}">{escape(text)}</text>'
        yield f'<text x="{x + 10}" y="{y + 28:.0f}" font-size="10" fill="#475569">{kinds[node]}</text>'
    yield "</svg>"


def main() -> int:
    """Write the picture, or with --check compare it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    text = draw()
    if parser.parse_args().check:
        return int(not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
    print(TARGET.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
