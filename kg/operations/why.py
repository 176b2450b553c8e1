"""The claims behind a fact: who said it, where, in which words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Triple

from kg.claims import Passage
from kg.errors import NotFoundError, ParameterError
from kg.namespaces import (
    DCTERMS,
    ID,
    OA,
    PREFIXES,
    PROV,
    RDFS,
    REFERENCE_GRAPH,
    SCHEMA,
    SKOS,
    SMT,
    STORE_GRAPH,
)
from kg.operations.provenance import ReviewRecord, rejected_about, review_of
from kg.resolution.joining import Joins
from kg.resolution.sources import DEFAULT, Source, is_claim, is_curated
from kg.resolution.told import kind_of
from kg.resolution.view import View
from kg.stores.base import Store, Term


@dataclass(frozen=True, slots=True)
class Reason:
    """One claim about a thing, or one addition or reference fact; or the record of a claim that was rejected.

    `graph` is the claim (or that record, the addition, or the reference graph); `triples` what it says of the thing;
    `shown` those of them that the resolved view holds. `told_as` is the name of the thing there, `joined` says
    why it means this thing where the name is another than that of the view, or why several articles use the name.
    The rest is None or empty where it is not known.
    """

    graph: NamedNode
    triples: tuple[Triple, ...]
    shown: tuple[Triple, ...]
    passages: tuple[Passage, ...] = ()
    article: NamedNode | None = None
    headline: str | None = None
    publisher: str | None = None
    published: str | None = None
    speaker: NamedNode | None = None
    speaker_name: str | None = None
    modality: str | None = None
    confidence: float | None = None
    derivation: str | None = None
    rule: str | None = None
    source: str | None = None
    told_as: NamedNode | None = None
    joined: str | None = None
    review: ReviewRecord | None = None


def why(store: Store, thing: str, prop: str | None = None) -> tuple[NamedNode, str, list[Reason]]:
    """The thing meant, its label, and the reasons for what the graph says of it, the earliest article first.

    A thing that articles tell under several names is meant by each of them. Raises NotFoundError where no thing or
    property goes by that name; nearest names are offered.
    """
    joins = View(store).joins
    names = joins.names(find_thing(store, thing))
    predicate = find_property(store, names, prop) if prop else None
    reasons = sorted(
        (reason for name in names for reason in _reasons(store, joins, name, names[0], predicate)),
        key=lambda r: (r.article is not None, r.published or "", r.graph.value.rpartition("/")[0],
                       len(r.graph.value), r.graph.value),
    )  # fmt: skip
    if kind_of(names[0]) and len({reason.article for reason in reasons if reason.article}) > 1:
        because = {name: joins.reason(name) for name in names}
        reasons = [replace(r, joined=because[r.told_as] if r.told_as else None) for r in reasons]
    return names[0], label_of(store, names[0]) or names[0].value, reasons


def _reasons(
    store: Store, joins: Joins, name: NamedNode, node: NamedNode, predicate: NamedNode | None
) -> Iterator[Reason]:
    """The reasons that speak of a thing under one name; `node` is its name in the view."""
    by_graph: dict[NamedNode, list[Triple]] = {}
    shown = {quad.triple for quad in store.quads(node, predicate, None, DEFAULT)}
    for quad in store.quads(name, predicate):
        if isinstance(quad.graph_name, NamedNode) and (
            is_claim(quad.graph_name) or is_curated(quad.graph_name)
        ):
            by_graph.setdefault(quad.graph_name, []).append(quad.triple)
    if predicate in (None, SMT.status):
        # A status comes from the modality of claims, also of those that say nothing else about the thing.
        for quad in store.quads(None, SCHEMA.about, name):
            if isinstance(quad.subject, NamedNode) and is_claim(quad.subject) and quad.graph_name != DEFAULT:
                by_graph.setdefault(quad.subject, [])
    if predicate is None:
        for record in rejected_about(store, name):
            yield _of_claim(store, record, (), ())
    for graph, triples in by_graph.items():
        told = tuple(sorted(triples, key=str))
        seen = tuple(t for t in told if Triple(node, t.predicate, joins.canonical(t.object)) in shown)
        if is_claim(graph):
            yield replace(_of_claim(store, graph, told, seen), told_as=name)
        else:
            yield Reason(graph, told, seen, source=_source(store, name, graph), told_as=name)


def _of_claim(store: Store, claim: NamedNode, told: tuple[Triple, ...], seen: tuple[Triple, ...]) -> Reason:
    facts = {q.predicate: q.object for q in store.quads(claim) if q.graph_name not in (DEFAULT, claim)}
    article = _node(facts.get(SCHEMA.isPartOf))
    about = {q.predicate: q.object for q in store.quads(article, graph=article)} if article else {}
    speaker = _node(facts.get(PROV.wasAttributedTo))
    modality, confidence = _node(facts.get(SMT.modality)), _text(facts.get(SMT.confidence))
    return Reason(
        claim,
        told,
        seen,
        passages=passages_of(store, claim),
        article=article,
        headline=_text(about.get(SCHEMA.headline)),
        publisher=_text(about.get(SCHEMA.publisher)),
        published=_text(about.get(SCHEMA.datePublished)),
        speaker=speaker,
        speaker_name=label_of(store, speaker) if speaker else None,
        modality=modality.value.rpartition("#")[2] if modality else None,
        confidence=float(confidence) if confidence else None,
        derivation=_text(facts.get(SMT.derivation)),
        rule=_text(facts.get(SMT.rule)),
        review=review_of(store, claim),
    )


def passages_of(source: Source, claim: NamedNode) -> tuple[Passage, ...]:
    """The words of a claim, in the order of its article."""
    return tuple(sorted(_passages(source, claim), key=lambda p: p.start))


def _passages(store: Source, claim: NamedNode) -> Iterator[Passage]:
    for quad in store.quads(claim, PROV.wasQuotedFrom):
        if not isinstance(quad.object, NamedNode):
            continue
        selectors = [q.object for q in store.quads(quad.object, OA.hasSelector)]
        named = [selector for selector in selectors if isinstance(selector, NamedNode)]
        facts = {q.predicate: q.object for selector in named for q in store.quads(selector)}
        start, end = _text(facts.get(OA.start)), _text(facts.get(OA.end))
        if start and end:
            words = {name: _text(facts.get(OA[name])) or "" for name in ("exact", "prefix", "suffix")}
            yield Passage(int(start), int(end), **words)


def find_thing(store: Store, name: str) -> NamedNode:
    """The thing that goes by an IRI, a prefixed name, or a label (in any case, if just one has it); a
    person also by the last name."""
    text = name.strip()
    candidates = []
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES:
        candidates.append(PREFIXES[prefix] + local)
    candidates += [text] if colon else [ID + text]
    for candidate in candidates:
        try:
            node = NamedNode(candidate)
        except ValueError:
            continue
        if next(iter(store.quads(node)), None) is not None:
            return node
    named = _labels(store)
    found = sorted(named.get(text.casefold(), ()))
    if len(found) == 1:
        return NamedNode(found[0])
    if found:
        raise NotFoundError(
            f'{len(found)} things are called "{name}"',
            hint=f"choose one: {', '.join(short(v) for v in found[:5])}",
        )
    from difflib import get_close_matches

    from kg.queries.lookup import find, fold

    try:
        return find("person", text, store)  # by a last name, without accents, as queries take it
    except ParameterError:
        pass
    words = f" {fold(text)} "
    parts = [n for n in named if words.strip() and words in f" {fold(n)} "]
    near = sorted(parts, key=lambda n: (len(n), n)) or get_close_matches(
        text.casefold(), named, n=3, cutoff=0.5
    )
    things = list(dict.fromkeys(min(named[n]) for n in near))[:3]
    offers = [f'"{label_of(store, NamedNode(thing))}" ({short(thing)})' for thing in things]
    raise NotFoundError(
        f'the graph holds nothing called "{name}"',
        hint=f"perhaps {' or '.join(offers)}" if offers else "kg query visits lists visits, kg queries more",
    )


def find_property(store: Store, names: tuple[NamedNode, ...], name: str) -> NamedNode:
    """The property of a thing, given by its names, that goes by an IRI, a prefixed name, or its last part."""
    known = {q.predicate.value for node in names for q in store.quads(node)} | {SMT.status.value}
    known.discard(SMT.joinedInto.value)
    text = name.strip().strip("<>")
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES:
        text = PREFIXES[prefix] + local
    for value in sorted(known):
        last = value.replace("#", "/").rpartition("/")[2]
        if value == text or last.casefold() == text.casefold():
            return NamedNode(value)
    has = ", ".join(sorted({short(value) for value in known}))
    raise NotFoundError(f'nothing is said of the "{name}" of {short(names[0].value)}', hint=f"it has {has}")


def label_of(store: Store, node: NamedNode) -> str | None:
    """The label of a thing in the resolved view."""
    from kg.resolution.labels import chosen

    return chosen(quad.object for quad in store.quads(node, RDFS.label, None, DEFAULT))


def short(value: str) -> str:
    """An IRI with a prefix, for people.

    >>> short("https://w3id.org/summitry/id/state/RU")
    'state:RU'
    """
    best = max(
        (p for p in PREFIXES if value.startswith(PREFIXES[p])), key=lambda p: len(PREFIXES[p]), default=""
    )
    return f"{best}:{value[len(PREFIXES[best]) :]}" if best else value


def _labels(store: Store) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for predicate in (RDFS.label, SKOS.altLabel):
        for quad in store.quads(None, predicate, None, DEFAULT):
            if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode):
                named.setdefault(quad.object.value.casefold(), set()).add(quad.subject.value)
    return named


def _source(store: Store, node: NamedNode, graph: NamedNode) -> str | None:
    if graph == REFERENCE_GRAPH:
        found = store.quads(node, DCTERMS.source, None, REFERENCE_GRAPH)
    else:
        found = store.quads(graph, DCTERMS.source, None, STORE_GRAPH)
    return min((t for q in found if (t := _text(q.object))), default=None)


def _node(term: Term | None) -> NamedNode | None:
    return term if isinstance(term, NamedNode) else None


def _text(term: Term | None) -> str | None:
    return term.value if isinstance(term, Literal | NamedNode) else None
