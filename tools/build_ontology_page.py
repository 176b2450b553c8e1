"""Writes the tables of docs/ontology.md from the ontology.

    python tools/build_ontology_page.py           # writes the page
    python tools/build_ontology_page.py --check   # exit code 1 where the page is not current

What stands outside the two markers is written by hand and kept.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SDO, SKOS, Graph, URIRef
from rdflib.term import Node

ROOT = Path(__file__).parents[1]
ONTOLOGY = ROOT / "ontology" / "summitry.ttl"
PAGE = ROOT / "docs" / "ontology.md"
BEGIN = "<!-- from here on written by tools/build_ontology_page.py -->"
END = "<!-- end of what is written by tools/build_ontology_page.py -->"
SMT = "https://w3id.org/summitry/ontology#"


def name(graph: Graph, term: Node) -> str:
    """A term as prefix and local name, in code type."""
    return f"`{graph.namespace_manager.curie(str(term))}`"


def names(graph: Graph, subject: Node, *predicates: URIRef) -> str:
    """What the subject has for any of the predicates, in one cell."""
    found = {term for predicate in predicates for term in graph.objects(subject, predicate)}
    return ", ".join(sorted(name(graph, term) for term in found)) or " "


def own(graph: Graph, kind: URIRef) -> list[Node]:
    """The ontology's own terms of one kind, in the order of their names."""
    return sorted((s for s in graph.subjects(RDF.type, kind) if str(s).startswith(SMT)), key=str)


def text(graph: Graph, term: Node, predicate: URIRef) -> str:
    """An English text of a term, as a table cell."""
    return str(graph.value(term, predicate, any=False)).replace("|", "\\|")


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """A Markdown table."""
    rule = tuple("---" for _ in head)
    return [*(f"| {' | '.join(row)} |" for row in (head, rule, *rows)), ""]


def classes(graph: Graph) -> list[str]:
    """The table of classes."""
    rows = [
        (
            name(graph, term),
            names(graph, term, RDFS.subClassOf),
            text(graph, term, SKOS.definition),
            text(graph, term, SKOS.example),
        )
        for term in own(graph, OWL.Class)
    ]
    return ["## Classes", "", *table(("class", "is a", "what it is", "example"), rows)]


def properties(graph: Graph, kind: URIRef, title: str) -> list[str]:
    """The table of properties of one kind."""
    rows = []
    for term in own(graph, kind):
        one = "yes" if (term, RDF.type, OWL.FunctionalProperty) in graph else " "
        domain = names(graph, term, RDFS.domain, SDO.domainIncludes)
        # Where the range is left open for dates, what is meant stands in schema:rangeIncludes.
        narrow = names(graph, term, SDO.rangeIncludes)
        reach = narrow if narrow.strip() else names(graph, term, RDFS.range)
        scheme = names(graph, term, RDFS.seeAlso)
        reach = f"{reach} of {scheme}" if scheme.strip() else reach
        rows.append((name(graph, term), domain, reach, one, text(graph, term, SKOS.definition)))
    return [f"## {title}", "", *table(("property", "of", "value", "one only", "what it says"), rows)]


def schemes(graph: Graph) -> list[str]:
    """A table for each scheme of concepts."""
    lines = ["## Schemes", ""]
    for scheme in own(graph, SKOS.ConceptScheme):
        members = sorted(graph.subjects(SKOS.inScheme, scheme), key=str)
        rows = []
        for term in members:
            codes = [
                str(o)
                for p in ("cameoCode", "ploverCode")
                for o in sorted(graph.objects(term, URIRef(SMT + p)))
            ]
            rows.append(
                (
                    name(graph, term),
                    text(graph, term, SKOS.definition),
                    text(graph, term, SKOS.example),
                    ", ".join(codes) or " ",
                )
            )
        lines += [
            f"### {name(graph, scheme)}: {text(graph, scheme, RDFS.label)}",
            "",
            text(graph, scheme, SKOS.definition),
            "",
        ]
        lines += table(("concept", "what it means", "example", "CAMEO, PLOVER"), rows)
    return lines


def external(graph: Graph) -> list[str]:
    """The terms of other vocabularies that are declared."""
    rows = []
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
        terms = sorted(name(graph, s) for s in graph.subjects(RDF.type, kind) if not str(s).startswith(SMT))
        rows.append((name(graph, kind), ", ".join(terms)))
    return ["## Terms of other vocabularies", "", *table(("declared as", "terms"), rows)]


def page(graph: Graph, before: str) -> str:
    """The page: what is written by hand in `before`, and the tables."""
    head, found, rest = before.partition(BEGIN)
    if not found:
        raise SystemExit(f"{PAGE}: no line {BEGIN}")
    _, _, tail = rest.partition(END)
    lines = [
        *classes(graph),
        *properties(graph, OWL.ObjectProperty, "Properties that link things"),
        *properties(graph, OWL.DatatypeProperty, "Properties with a text, number or date"),
        *properties(graph, OWL.AnnotationProperty, "Annotations"),
        *schemes(graph),
        *external(graph),
    ]
    return "\n".join([f"{head}{BEGIN}", "", *lines, END]) + tail


def main() -> int:
    """Writes or checks the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit code 1 where the page is not current"
    )
    check = parser.parse_args().check
    before = PAGE.read_text(encoding="utf-8")
    after = page(Graph().parse(ONTOLOGY), before)
    if check and after != before:
        print(
            f"{PAGE.relative_to(ROOT)} is not current: run python tools/build_ontology_page.py",
            file=sys.stderr,
        )
        return 1
    if not check:
        PAGE.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
