"""Triples that a user has, into the graph: loose ones as an addition, articles and claims as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import InputError
from kg.namespaces import DCTERMS, ID, RDF, REFERENCE_GRAPH, SMT, STORE_GRAPH, XSD, iri
from kg.operations.change import commit, has_graph, whole_change
from kg.operations.log import Act, names
from kg.progress import step
from kg.resolution.sources import DEFAULT, Changed, Quads, is_article, is_claim, is_curated
from kg.resolution.view import View
from kg.stores.base import GraphName, Store, Subject

if TYPE_CHECKING:
    from kg.validation.report import Report

_ADDITION = f"{ID}addition/"
_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Added:
    """What was added: the additions made, and how many quads came in. Both are empty where all was known."""

    additions: tuple[NamedNode, ...]
    quads: int
    report: Report | None = None


def add(
    store: Store,
    sources: Iterable[tuple[str, Iterable[Quad]]],
    *,
    by: str | None = None,
    shapes: Path | None = None,
    places: bool = False,
) -> Added:
    """Check and commit quads by the name of the file that they are from, all or nothing; `by` is who does it.

    `shapes` is a folder of shapes to check them with instead of the package's. With `places` the quads of a source are asked
    for again where something is found, to say where it stands.

    Raises ValidationError where they break the shapes, InputError for graphs that are of no kind known here
    or claims that the store holds with other triples.
    """
    sources = list(sources)
    insert, additions = planned(store, sources)
    new, delete = whole_change(store, insert)
    things = {quad.graph_name for quad in insert if is_article(quad.graph_name)}.union(additions)
    given = " ".join(Path(source).name for source, _ in sources)
    act = Act(f"add {given}", names(things), by)
    hint = "correct the file and add it again"
    files = sources if places else []
    report = commit(store, new, delete, what="the addition", hint=hint, act=act, shapes=shapes, files=files)
    return Added(tuple(additions), len(new), report)


def planned(
    store: Store, sources: Iterable[tuple[str, Iterable[Quad]]]
) -> tuple[list[Quad], list[NamedNode]]:
    """The quads of named graphs that adding some files comes to, and the additions among them."""
    insert: list[Quad] = []
    additions: list[NamedNode] = []
    for source, quads in sources:
        loose, named = _sorted_out(source, quads)
        _refuse_other_claims(store, source, named)
        fresh = _fresh(loose, View(Changed(store, Quads([*insert, *named]), Quads([]))))
        insert += named
        made = sorted({str(q.graph_name)[1:-1] for q in named if _is_addition(q.graph_name)})
        if first := next(fresh, None):
            digest = _digest(quad.triple for quad in loose)
            name = iri("addition", digest[:12])
            insert += [Quad(q.subject, q.predicate, q.object, name) for q in chain([first], fresh)]
            insert += _about(name, source, digest)
            additions.append(name)
        for value in made:
            name = NamedNode(value)
            told = Quad(name, RDF.type, SMT.Addition, STORE_GRAPH) in named
            if not told and not any(store.quads(name, RDF.type, SMT.Addition, STORE_GRAPH)):
                insert += _about(name, source, _digest(q.triple for q in named if q.graph_name == name))
            additions.append(name)
    return insert, additions


def _fresh(loose: Quads, view: View) -> Iterator[Quad]:
    """The loose triples that the view does not say already."""
    said: dict[Subject, set[Triple]] = {}
    for number, quad in enumerate(loose):
        if quad.subject not in said:
            view.rest()
            if len(said) >= _REMEMBERED:
                said.clear()
            said[quad.subject] = view.triples(quad.subject)
        if number % _REMEMBERED == 0:
            step("looking for what is new", number)
        if quad.triple not in said[quad.subject]:
            yield quad


def _sorted_out(source: str, quads: Iterable[Quad]) -> tuple[Quads, list[Quad]]:
    """Loose triples, with literals as the store keeps them, and quads of articles, claims and additions."""
    named: list[Quad] = []
    return Quads(_loose(source, quads, named)), named


def _loose(source: str, quads: Iterable[Quad], named: list[Quad]) -> Iterator[Quad]:
    """The loose ones of some quads, in the default graph; the others go to `named`."""
    for number, quad in enumerate(quads):
        if number % _REMEMBERED == 0:
            step("reading triples", number)
        graph = quad.graph_name
        if any(isinstance(term, BlankNode) for term in (quad.subject, quad.object, graph)):
            raise InputError(
                "the file has blank nodes, which could not be told apart when it is added again",
                where=source,
                hint=f"give every thing an IRI, for example under {ID}",
            )
        if graph in (DEFAULT, REFERENCE_GRAPH):
            yield Quad(quad.subject, quad.predicate, quad.object, DEFAULT)
        elif "#" not in str(graph) and (is_claim(graph) or is_article(graph) or is_curated(graph)):
            named.append(quad)
        elif graph == STORE_GRAPH:
            if _is_addition(quad.subject):
                named.append(quad)
        else:
            raise InputError(
                f"the graph {graph} is no article, claim or addition",
                where=source,
                hint="put the triples into the default graph; they become an addition",
            )


def _refuse_other_claims(store: Store, source: str, named: list[Quad]) -> None:
    """Claims never change: one that is known must hold what it held."""
    graphs: dict[GraphName, set[Triple]] = {}
    known: dict[GraphName, bool] = {}
    for quad in named:
        name = quad.graph_name
        if name not in known:
            known[name] = is_claim(name) and has_graph(store, name)
    for quad in Quads(quad for quad in named if known[quad.graph_name]):
        graphs.setdefault(quad.graph_name, set()).add(quad.triple)
    for name, triples in graphs.items():
        held = {quad.triple for quad in store.quads(graph=name)}
        if held and held != triples:
            raise InputError(
                f"the claim {name} is known with other triples, and claims never change",
                where=source,
                hint="retract the claim first, or give yours another number",
            )


def _about(name: NamedNode, source: str, digest: str) -> list[Quad]:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return [
        Quad(name, RDF.type, SMT.Addition, STORE_GRAPH),
        Quad(name, DCTERMS.created, Literal(now, datatype=XSD.dateTime), STORE_GRAPH),
        Quad(name, DCTERMS.source, Literal(Path(source).name), STORE_GRAPH),
        Quad(name, SMT.sha256, Literal(digest), STORE_GRAPH),
    ]


def _digest(triples: Iterable[Triple]) -> str:
    """Of what the file says, so that its order and prefixes do not matter."""
    return hashlib.sha256("\n".join(sorted(map(str, triples))).encode()).hexdigest()


def _is_addition(name: object) -> bool:
    return isinstance(name, NamedNode) and name.value.startswith(_ADDITION)
