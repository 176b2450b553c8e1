"""Taking back an article, a claim or an addition, with what only they supported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import NotFoundError
from kg.namespaces import ID, PREFIXES, SCHEMA, STORE_GRAPH, iri
from kg.operations.change import commit, metadata_of, whole_change
from kg.operations.log import Act, names
from kg.resolution.sources import DEFAULT, is_article, is_claim
from kg.stores.base import Store

if TYPE_CHECKING:
    from kg.validation.report import Report

_KINDS = ("article", "claim", "addition")


@dataclass(frozen=True, slots=True)
class Retracted:
    """What was taken back: the graph, its claims, and how many facts left the resolved view.

    `report` has what that breaks, where it was taken back by force.
    """

    name: NamedNode
    claims: tuple[NamedNode, ...]
    facts: int
    report: Report | None = None


def retract(store: Store, what: str, *, force: bool = False, by: str | None = None) -> Retracted:
    """Remove an article, claim or addition, given by IRI, prefixed name or bare id; `by` is who does it.

    Raises NotFoundError where there is none, ValidationError where what is left would break the shapes; its findings
    name the claims and additions that still tell of the things that are broken.
    """
    name = find_graph(store, what)
    claims: list[NamedNode] = []
    if is_article(name):
        found = {q.subject for q in store.quads(None, SCHEMA.isPartOf, name) if is_claim(_named(q.subject))}
        claims = sorted((c for c in found if isinstance(c, NamedNode)), key=lambda c: c.value)
        delete = list(store.quads(graph=name))
    elif is_claim(name):
        claims = [name]
        delete = metadata_of(store, name)
    else:
        delete = [*store.quads(graph=name), *store.quads(name, graph=STORE_GRAPH)]
    for claim in claims:
        delete += store.quads(graph=claim)
    insert, removed = whole_change(store, [], delete)
    hint = "retract what depends on it too, or take it back all the same with --force"
    act = Act(f"retract {name.value.removeprefix(ID)}", names([name]), by)
    report = commit(store, insert, removed, what=f"the retraction of {what}", hint=hint, act=act, force=force)
    lost = {quad.triple for quad in removed if quad.graph_name == DEFAULT}
    lost -= {quad.triple for quad in insert if quad.graph_name == DEFAULT}
    return Retracted(name, tuple(claims), len(lost), report)


def find_graph(store: Store, what: str) -> NamedNode:
    """The article, claim or addition that goes by an IRI, a prefixed name or a bare id."""
    text = what.strip().strip("<>")
    prefix, colon, local = text.partition(":")
    candidates = [text] if text.startswith(ID) else []
    if colon and prefix in _KINDS:
        candidates.append(PREFIXES[prefix] + local)
    candidates += [f"{ID}{kind}/{text}" for kind in _KINDS]
    for candidate in candidates:
        try:
            name = NamedNode(candidate)
        except ValueError:
            continue
        if _is_kind(name) and _exists(store, name):
            return name
    store.settle()
    raise NotFoundError(f'the graph holds no article, claim or addition "{what}"', hint=_advice(store, text))


def _exists(store: Store, name: NamedNode) -> bool:
    own = next(iter(store.quads(graph=name)), None)
    if own is not None or not is_claim(name):
        return own is not None
    # A claim may say nothing but what it is about; then only its article knows of it.
    return any(is_article(quad.graph_name) for quad in store.quads(name))


def _is_kind(name: NamedNode) -> bool:
    return any(name.value.startswith(PREFIXES[kind]) for kind in _KINDS) and "#" not in name.value


def _advice(store: Store, text: str) -> str:
    from difflib import get_close_matches

    known = [n.value.removeprefix(ID).partition("/")[2] for n in store.graph_names() if _is_kind(n)]
    near = get_close_matches(text.rpartition(":")[2].removeprefix(ID), known, n=3, cutoff=0.7)
    return (
        f"perhaps {' or '.join(near)}" if near else "kg why THING shows the claims and articles behind a fact"
    )


def _named(term: object) -> NamedNode:
    return term if isinstance(term, NamedNode) else iri("none")
