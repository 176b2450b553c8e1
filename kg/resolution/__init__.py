"""The default graph: reference facts, additions, and what all live claims add up to.

It is derived. `resolve` works it out from the named graphs; `delta` says what a change of named graphs means
for it, looking only at the things that the change can touch. Both are pure: they read, and return triples.
What several articles tell under several names and `Joins` finds to be one event is one thing there.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad, Triple

from kg.namespaces import SCHEMA, SMT
from kg.progress import step
from kg.resolution.rules import LABEL_INPUTS, WITH_STATUS
from kg.resolution.sources import (
    DEFAULT,
    Changed,
    Quads,
    Source,
    is_article,
    is_claim,
    is_curated,
)
from kg.resolution.told import kind_of
from kg.resolution.view import View
from kg.stores.base import GraphName, Subject

__all__ = ["delta", "resolve"]


def resolve(source: Source | Iterable[Quad], subjects: Iterable[Subject] | None = None) -> set[Triple]:
    """The resolved view of the named graphs of a store or of some quads, or of some `subjects` only.

    >>> from kg.namespaces import REFERENCE_GRAPH
    >>> [str(t.object) for t in resolve([Quad(SMT.a, SMT.b, SMT.c, REFERENCE_GRAPH)])]
    ['<https://w3id.org/summitry/ontology#c>']
    """
    evidence = Quads(source) if isinstance(source, Iterable) else source
    view = View(evidence)
    if subjects is not None:
        return {triple for subject in subjects for triple in view.triples(subject)}
    triples: set[Triple] = set()
    things: set[Subject] = set()
    kinds: dict[GraphName, str] = {}
    for quad in evidence.quads():
        graph = quad.graph_name
        kind = kinds.get(graph)
        if kind is None:
            kind = kinds[graph] = "claim" if is_claim(graph) else "curated" if is_curated(graph) else "other"
        if kind == "claim":
            things.add(quad.subject)
        elif kind == "curated":
            # Curated triples stand as they are: only what may get a label or a status, or may be told under
            # several names, needs working out.
            if quad.object in WITH_STATUS or kind_of(quad.subject) or kind_of(quad.object):
                things.add(quad.subject)
            else:
                triples.add(quad.triple)
    for thing in things:
        triples |= view.triples(thing)
    return triples


def delta(store: Source, insert: Iterable[Quad], delete: Iterable[Quad]) -> tuple[list[Quad], list[Quad]]:
    """What a change of named graphs means for the default graph: quads to delete from it, quads to insert.

    The store is not changed; the change itself is not part of what is returned.

    >>> from kg.namespaces import REFERENCE_GRAPH
    >>> fact = Quad(SMT.a, SMT.b, SMT.c, REFERENCE_GRAPH)
    >>> [len(quads) for quads in delta(Quads([]), [fact], [])]
    [0, 1]
    """
    inserted, deleted = Quads(insert), Quads(delete)
    after = Changed(store, inserted, deleted)
    view = View(after)
    waiting = _touched(store, inserted, deleted)
    waiting |= _joined_anew(View(store), store, view, after, waiting)
    seen: set[Subject] = set()
    relations: set[Subject] = set()
    out: list[Quad] = []
    into: list[Quad] = []
    while waiting:
        subject = waiting.pop()
        if subject in seen:
            continue
        seen.add(subject)
        view.rest()
        step("working out what it means", len(seen), len(seen) + len(waiting))
        names = view.joins.names(subject) if isinstance(subject, NamedNode) else (subject,)
        waiting |= {names[0]} - seen
        old = {quad.triple for quad in store.quads(subject, None, None, DEFAULT)}
        new = view.triples(subject)
        gone, come = old - new, new - old
        out += [Quad(t.subject, t.predicate, t.object, DEFAULT) for t in gone]
        into += [Quad(t.subject, t.predicate, t.object, DEFAULT) for t in come]
        if subject in relations or any(triple.predicate in LABEL_INPUTS for triple in gone | come):
            # Someone may be named after this thing; an anniversary even after the states of its relation.
            named = [quad for name in names for quad in after.quads(None, None, name)]
            relations |= {quad.subject for quad in named if quad.predicate == SMT.between}
            waiting |= {quad.subject for quad in named} - seen
            again = {quad.subject for quad in named if quad.predicate == SMT.between} & seen
            waiting |= {q.subject for relation in again for q in after.quads(None, None, relation)} - seen
    return out, into


def _joined_anew(
    before: View, store: Source, view: View, after: Source, touched: Iterable[Subject]
) -> set[Subject]:
    """The things whose view a change alters because they, or what they speak of, go by another name after it."""
    things: set[Subject] = set()
    seen: set[NamedNode] = set()
    waiting = {thing for thing in touched if isinstance(thing, NamedNode) and kind_of(thing)}
    while waiting:
        thing = waiting.pop()
        # Whatever had or has a say together with this thing may be joined with something else now.
        before.rest()
        view.rest()
        had = before.joins.pool(thing)
        names = had.union(*map(view.joins.pool, had)) - seen
        seen |= names
        for name in names:
            old = next((q.object for q in store.quads(name, SMT.joinedInto, None, DEFAULT)), name)
            new = view.joins.canonical(name)
            if isinstance(old, NamedNode) and isinstance(new, NamedNode) and old != new:
                things |= {name, old, new}
                # What speaks of it says the new name; and invitations to it may be joined because of that.
                for quad in after.quads(None, None, name):
                    if quad.graph_name != DEFAULT:
                        things.add(quad.subject)
                        if kind_of(quad.subject) == "invitation" and isinstance(quad.subject, NamedNode):
                            waiting.add(quad.subject)
    return things


def _touched(store: Source, inserted: Quads, deleted: Quads) -> set[Subject]:
    """The things whose view a change may alter, apart from those that are named after them."""
    things: set[Subject] = set()
    claims: set[NamedNode] = set()
    articles: set[NamedNode] = set()
    for change in (inserted, deleted):
        for quad in change:
            graph = quad.graph_name
            if is_claim(graph) and isinstance(graph, NamedNode):
                things.add(quad.subject)
                claims.add(graph)
            elif is_curated(graph):
                things.add(quad.subject)
            elif is_article(graph) and isinstance(quad.subject, NamedNode):
                if is_claim(quad.subject):
                    claims.add(quad.subject)
                elif quad.predicate == SCHEMA.datePublished:
                    articles.add(quad.subject)
    for source in (store, inserted, deleted):
        for article in articles:
            claims |= {
                quad.subject
                for quad in source.quads(None, SCHEMA.isPartOf, article)
                if isinstance(quad.subject, NamedNode)
            }
    for source in (store, inserted, deleted):
        for claim in claims:
            things |= {quad.subject for quad in source.quads(None, None, None, claim)}
            things |= {
                quad.object
                for quad in source.quads(claim, SCHEMA.about)
                if isinstance(quad.object, NamedNode)
            }
    return things
