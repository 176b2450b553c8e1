"""The gate: whether a change may join the graph, judged by what it can touch and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple
from pyoxigraph import Store as Memory

from kg.namespaces import ID, RDF, STORE_GRAPH
from kg.progress import step
from kg.stores.base import GraphName, Store, Term
from kg.validation.compare import Run, all_ways, compared
from kg.validation.lexical import check_literals
from kg.validation.neighbourhood import Both, Changed, DefaultGraphOf, Source, Triples, When
from kg.validation.plan import load_plan
from kg.validation.reach import Focus, Index, surroundings, touched
from kg.validation.report import Finding, Report
from kg.validation.screen import unsure
from kg.validation.vocabulary import check_words

ARTICLES = ID + "article/"
_THINGS = 1000


def check(
    store: Store,
    insert: Iterable[Quad],
    delete: Iterable[Quad] = (),
    *,
    folder: Path | None = None,
    run: Run | None = None,
    sound: Collection[NamedNode] = (),
    resolved: bool = False,
) -> Report:
    """What a change brings into what the shapes find in the graph that it would join.

    Exactly what a validation of the whole graph would find more than before is "new"; what was found before about the
    same things is "already there"; and with `resolved` also told is what would no longer be found, and what is
    already there about everything that the change is about.

    Quads of the default graph (the resolved view), of article graphs and of the store's own graph are held
    against the shapes; in the other graphs only the literals and the words of our own are looked at.
    A quad in both `insert` and `delete` stays. New graphs that are `sound` were found to be so before (see
    `is_sound`), and are not looked at again. `folder` is where the shapes are, if not in the package.

    Raises InputError for shapes that cannot be used, and StoreError where the store fails.

    >>> from kg.namespaces import RDF, SMT, iri
    >>> from kg.stores.oxigraph import OxigraphStore
    >>> new = [Quad(iri("visit", "1"), RDF.type, SMT.Visit), Quad(iri("visit", "1"), SMT.lacks, SMT.visitor)]
    >>> for finding in check(OxigraphStore(), new).findings:
    ...     print(finding.message)
    A visit must have a host state, or say that it lacks one (smt:lacks smt:hostState): visit:1.
    """
    run = _settled(store, run or _in_process(folder))
    insert = [quad for quad in insert if quad.graph_name not in sound] if sound else list(insert)
    findings = [*check_literals(insert).findings, *check_words(insert).findings]
    for layer, (new, old) in _by_layer(insert, delete).items():
        source = DefaultGraphOf(store) if layer == "resolved" else _named(store, new + old)
        graph = Changed(source, _stored(new), _stored(old))
        if not graph.triples:
            continue
        index = _index(folder, layer)
        shares = _Shares(index, graph, resolved=resolved, whole=resolved)
        told = compared(index.shapes, graph, shares, run, resolved=resolved)
        if not resolved and _is_ambiguous(index, shares.rules):
            told = _all_considered(index, graph, told, run)
        findings += told
    return Report.of(findings)


@lru_cache(maxsize=16)
def _index(folder: Path | None, layer: str) -> Index:
    return Index(load_plan(folder).of_layer(layer))


def _is_ambiguous(index: Index, rules: Collection[str]) -> bool:
    return any((shape.nested or shape.shared) and shape.iri in rules for shape in index.shapes)


def _all_considered(index: Index, graph: Changed, told: list[Finding], run: Run) -> list[Finding]:
    """What is new may have been found before by way of a rule, or of another node, that it no longer is found by."""
    things = {finding.focus for finding in told if finding.state == "new"}
    if not things:
        return told
    again = compared(index.shapes, graph, [all_ways(index.shapes, graph, things)], run, resolved=True)
    return [finding for finding in told if finding.focus not in things] + [
        finding for finding in again if finding.focus in things and finding.state != "resolved"
    ]


class _Shares:
    """The nodes that each rule has to look at after a change, a few thousand things of it at a time.

    What many changed triples touch is what each of them touches; so a large change is followed in shares, and what is
    remembered is which rules have looked at a node. `rules` are those that had anything to look at so far.
    """

    def __init__(self, index: Index, graph: Changed, *, resolved: bool, whole: bool = False) -> None:
        self._index, self._graph, self._resolved, self._whole = index, graph, resolved, whole
        self.rules: set[str] = set()

    def __iter__(self) -> Iterator[Focus]:
        about: dict[Term, list[Triple]] = {}
        for triple in self._graph.triples:
            about.setdefault(triple.subject, []).append(triple)
        rules = {shape.iri: 1 << number for number, shape in enumerate(self._index.shapes)}
        looked_at: dict[Term, int] = {}
        left = iter(about)
        done = 0
        while subjects := set(islice(left, _THINGS)):
            step("checking", done, len(about))
            done += len(subjects)
            triples = (triple for subject in subjects for triple in about[subject])
            nodes = touched(self._index, self._graph, triples, resolved=self._resolved)
            if self._whole:
                _whole_things(self._index, self._graph, nodes, subjects)
            if len(about) > _THINGS:
                for name, some in nodes.items():
                    nodes[name] = {node for node in some if not looked_at.get(node, 0) & rules[name]}
                for name, some in nodes.items():
                    for node in some:
                        looked_at[node] = looked_at.get(node, 0) | rules[name]
            self.rules.update(name for name, some in nodes.items() if some)
            yield nodes


def _whole_things(index: Index, graph: Changed, nodes: Focus, subjects: set[Term]) -> None:
    """All that the change is about is looked at whole, for what is there already, by the rules that may be aimed at it."""
    aimed: dict[Term, list[str]] = {}
    for triple in graph.match(subjects, RDF.type.value, inverse=False, when=When.EITHER):
        kind, thing = triple.object, triple.subject
        if kind not in aimed:
            kinds = graph.above(kind, When.EITHER)
            aimed[kind] = [shape.iri for shape in index.shapes if not kinds.isdisjoint(shape.classes)]
        for name in aimed[kind]:
            nodes.setdefault(name, set()).add(thing)
    for shape in index.shapes:
        if shape.subjects_of or shape.objects_of or shape.nodes:
            nodes[shape.iri] = nodes.get(shape.iri, set()) | subjects


def is_sound(quads: Iterable[Quad]) -> bool:
    """Whether nothing at all is found in new graphs by themselves, which takes no store.

    >>> from kg.namespaces import RDF, SMT, iri
    >>> is_sound([Quad(iri("claim", "1"), RDF.type, SMT.Claim, iri("article", "1"))])
    False
    """
    quads = list(quads)
    if check_literals(quads).findings or check_words(quads).findings:
        return False
    shapes = load_plan().of_layer("article")
    for name in {quad.graph_name for quad in quads if _is_of_articles(quad.graph_name)}:
        own = Triples(_stored([quad for quad in quads if quad.graph_name == name]))
        nodes = {triple.subject for triple in own.all if isinstance(triple.subject, NamedNode)}
        focus, triples = surroundings(shapes, Changed(own, (), ()), set(nodes))
        if unsure(shapes, triples, focus):
            return False
    return True


def _is_of_articles(graph: GraphName) -> bool:
    return isinstance(graph, NamedNode) and (graph == STORE_GRAPH or graph.value.startswith(ARTICLES))


def _in_process(folder: Path | None) -> Run:
    def run(triples: set[Triple], focus: Mapping[str, Collection[Term]]) -> list[Finding]:
        from kg.validation import engine

        return engine.run(triples, focus, folder=folder)

    return run


def _settled(store: Store, run: Run) -> Run:
    """The same, but not before all that it is given has been read."""

    def settled(triples: set[Triple], focus: Mapping[str, Collection[Term]]) -> list[Finding]:
        store.settle()
        return run(triples, focus)

    return settled


def _by_layer(insert: Iterable[Quad], delete: Iterable[Quad]) -> dict[str, tuple[list[Quad], list[Quad]]]:
    """The change by layers: the resolved view, and the article graphs with the store's own graph."""
    layers: dict[str, tuple[list[Quad], list[Quad]]] = {"resolved": ([], []), "article": ([], [])}
    for side, quads in enumerate((insert, delete)):
        for quad in quads:
            if isinstance(quad.graph_name, DefaultGraph):
                layers["resolved"][side].append(quad)
            elif _is_of_articles(quad.graph_name):
                layers["article"][side].append(quad)
    return {layer: sides for layer, sides in layers.items() if any(sides)}


def _named(store: Store, changed: Iterable[Quad]) -> Source:
    """The triples of the named graphs that a change is about: what an article claims stands in its graph.

    These are small and read at once; the store's own graph, which grows with every change, is looked up in.
    """
    graphs = {quad.graph_name for quad in changed}
    triples = Triples(
        quad.triple for graph in graphs - {STORE_GRAPH} for quad in store.quads(None, None, None, graph)
    )
    return Both(triples, DefaultGraphOf(store, STORE_GRAPH)) if STORE_GRAPH in graphs else triples


def _stored(quads: Iterable[Quad]) -> set[Triple]:
    """The triples as a store holds them, so that 0.90 is no second value beside 0.9."""
    memory = Memory()
    memory.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return {quad.triple for quad in memory}
