"""Findings as people can act on them: where they come from, what they are about by name, what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import RdfSyntaxError
from kg.namespaces import FOAF, RDFS, SCHEMA, SKOS
from kg.resolution.labels import chosen
from kg.resolution.sources import Changed, Quads, is_curated
from kg.stores.base import Store
from kg.validation.hints import with_hints
from kg.validation.lexical import check_dropped
from kg.validation.locate import ReadFile, locator, unnamed
from kg.validation.report import Finding, Known, Location, Report

if TYPE_CHECKING:
    from kg.articles import Article

_NAMES = (RDFS.label, FOAF.name, SCHEMA.name, SKOS.prefLabel, SCHEMA.headline)


def explained(
    report: Report,
    store: Store,
    files: Iterable[tuple[str, Iterable[Quad]]] = (),
    change: Iterable[Quad] = (),
    gone: Iterable[Quad] = (),
    *,
    articles: Iterable[Article] = (),
    shapes: Path | None = None,
) -> Report:
    """A report with the places of its findings, the names of its things, what tells of them, and hints.

    Places are those in some files of triples, or those of the words in the files of some articles. `change` is what
    comes into the graph, with all that follows from it (things get names there that they have nowhere else), and
    `gone` what leaves it, names too. `shapes` is the folder of the shapes, if not the package's.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> explained(Report(), OxigraphStore()).names
    {}
    """
    if not report.findings:
        return report
    store.settle()
    from kg.operations.origins import with_origins
    from kg.rdf_files import format_of

    read = [ReadFile(name, format_of(Path(name)), _AsFarAsItGoes(quads)) for name, quads in files]
    change, gone = Quads(change), Quads(gone)
    fresh = {quad.graph_name for quad in change}
    # Of what the files themselves say the line is known.
    told = {graph for graph in fresh if is_curated(graph)} if read else set()
    report = report.located(locator(read, report.findings)) if read else report
    report = with_origins(report, Changed(store, change, gone), fresh, told)
    report = with_hints(report.located(_by_words(articles)), folder=shapes)
    return replace(report, names=_names(report, store, read, [*change, *gone]))


def _by_words(articles: Iterable[Article]) -> Callable[[Finding], Location | None]:
    """For Report.located: where in the file of its article the words of a claim stand that brings a finding in."""
    from kg.articles.places import file_of, place_of

    known = {article.iri: article for article in articles}

    def where(finding: Finding) -> Location | None:
        for origin in finding.origins if finding.file is None else ():
            article = known.get(origin.article) if origin.article is not None else None
            file, line = file_of(article.source) if article is not None else (None, None)
            if file is None:
                continue
            # A line that holds a whole article is not read again for the words.
            words = origin.passages[0].exact if origin.passages and line is None else ""
            place = place_of(file, words)
            if place is not None:
                return Location(file, *place, Known.WORDS)
            return Location(file, line, None, Known.FILE if line is None else Known.WORDS)
        return None

    return where


class _AsFarAsItGoes:
    """Quads that are read from a file again; if it has become another one, nothing is told of it, and no error."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._quads = quads

    def __iter__(self) -> Iterator[Quad]:
        with suppress(RdfSyntaxError):
            yield from self._quads


def dropped(files: Iterable[str]) -> Report:
    """What the parser of JSON-LD leaves out of some files without a word.

    >>> dropped(["mine.ttl"]).findings
    ()
    """
    found = Report()
    for name in files:
        if name.lower().endswith((".json", ".jsonld")):
            found += check_dropped(name)
    return found


def _names(report: Report, store: Store, files: list[ReadFile], change: Iterable[Quad]) -> dict[str, str]:
    things = {
        term
        for each in report.findings
        for term in (each.focus, each.value, *each.found)
        if isinstance(term, NamedNode)
    }
    names: dict[str, str] = {}
    best: dict[str, int] = {}
    for file in files:
        for quad in file.quads:
            thing, name = quad.subject, quad.object
            if not isinstance(thing, NamedNode) or thing not in things or quad.predicate not in _NAMES:
                continue
            if isinstance(name, Literal) and name.value:
                # An English name, or one without a language, before those in other languages.
                rank = _NAMES.index(quad.predicate) + 10 * (name.language not in (None, "en"))
                if rank < best.get(thing.value, 100):
                    best[thing.value] = rank
                    names[thing.value] = name.value
    given: dict[NamedNode, list[Literal]] = {}
    for quad in change:
        if quad.predicate != RDFS.label or not isinstance(quad.graph_name, DefaultGraph):
            continue
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            given.setdefault(quad.subject, []).append(quad.object)
    told = {NamedNode(name) for name in names}
    for thing in sorted(things - told, key=str):
        label = chosen(given.get(thing, [])) or _label(store, thing)
        if label is not None:
            names[thing.value] = label
    for nameless, place in unnamed(files, things - told).items():
        # What the graph would call it ("Visit") tells less than where to look.
        names[nameless] = f"the thing without a name in line {place.line}"
    return names


def _label(store: Store, thing: NamedNode) -> str | None:
    return chosen(quad.object for quad in store.quads(thing, RDFS.label, None, DefaultGraph()))
