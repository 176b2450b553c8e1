"""Triples that a user has, into the graph: loose ones as an addition, articles and claims as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import InputError
from kg.namespaces import DCTERMS, ID, RDF, REFERENCE_GRAPH, SMT, STORE_GRAPH, XSD, iri
from kg.operations.change import commit, whole_change
from kg.operations.log import Act, names
from kg.resolution.sources import DEFAULT, Changed, Quads, is_article, is_claim, is_curated
from kg.resolution.view import View
from kg.stores.base import GraphName, Store

if TYPE_CHECKING:
    from kg.validation.report import Report

_ADDITION = f"{ID}addition/"


@dataclass(frozen=True, slots=True)
class Added:
    """What was added: the additions made, and how many quads came in. Both are empty where all was known."""

    additions: tuple[NamedNode, ...]
    quads: int
    report: Report | None = None


def add(
    store: Store,
    sources: Iterable[tuple[str, Sequence[Quad]]],
    *,
    by: str | None = None,
    shapes: Path | None = None,
    places: bool = False,
) -> Added:
    """Check and commit quads by the name of the file that they are from, all or nothing; `by` is who does it.

    `shapes` is a folder of shapes to check them with instead of the package's. With `places` the files are looked at
    again for the lines that findings are about.

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
        after = Changed(store, Quads([*insert, *named]), Quads([]))
        view = View(after)
        entailed = {t for subject in {t.subject for t in loose} for t in view.triples(subject)}
        fresh = [triple for triple in loose if triple not in entailed]
        insert += named
        made = sorted({str(q.graph_name)[1:-1] for q in named if _is_addition(q.graph_name)})
        if fresh:
            digest = _digest(loose)
            name = iri("addition", digest[:12])
            insert += [Quad(t.subject, t.predicate, t.object, name) for t in fresh]
            insert += _about(name, source, digest)
            additions.append(name)
        for value in made:
            name = NamedNode(value)
            told = Quad(name, RDF.type, SMT.Addition, STORE_GRAPH) in named
            if not told and not any(store.quads(name, RDF.type, SMT.Addition, STORE_GRAPH)):
                insert += _about(name, source, _digest(q.triple for q in named if q.graph_name == name))
            additions.append(name)
    return insert, additions


def _sorted_out(source: str, quads: Iterable[Quad]) -> tuple[list[Triple], list[Quad]]:
    """Loose triples, with literals as the store keeps them, and quads of articles, claims and additions."""
    loose: list[Quad] = []
    named: list[Quad] = []
    for quad in quads:
        graph = quad.graph_name
        if any(isinstance(term, BlankNode) for term in (quad.subject, quad.object, graph)):
            raise InputError(
                "the file has blank nodes, which could not be told apart when it is added again",
                where=source,
                hint=f"give every thing an IRI, for example under {ID}",
            )
        if graph in (DEFAULT, REFERENCE_GRAPH):
            loose.append(Quad(quad.subject, quad.predicate, quad.object, DEFAULT))
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
    return [quad.triple for quad in Quads(loose)], named


def _refuse_other_claims(store: Store, source: str, named: list[Quad]) -> None:
    """Claims never change: one that is known must hold what it held."""
    graphs: dict[GraphName, set[Triple]] = {}
    for quad in Quads(named):
        if is_claim(quad.graph_name):
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
