"""Articles that tell of events, as quads: short to write, for tests of what joins them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg import identity
from kg.claims import Claim, Modality, Passage
from kg.namespaces import RDF, RDFS, SCHEMA, SMT, XSD, iri
from kg.resolution import delta, resolve
from kg.resolution.sources import DEFAULT
from kg.stores.oxigraph import OxigraphStore, normalised

PLANNED, OCCURRED, UNDERWAY = Modality.PLANNED, Modality.OCCURRED, Modality.UNDERWAY
POSTPONED, CANCELLED, DENIED = Modality.POSTPONED, Modality.CANCELLED, Modality.DENIED
ADA, BEA, CYD = (iri("person", name) for name in ("ada-example", "bea-sample", "cyd-specimen"))
FRANCE, CHINA = iri("state", "FR"), iri("state", "CN")


def date(value: str) -> Literal:
    return Literal(value, datatype={4: XSD.gYear, 7: XSD.gYearMonth}.get(len(value), XSD.date))


def article(name: str, published: str | None, *told: tuple[Modality, list[Triple]]) -> list[Quad]:
    """An article and its claims, each about the subject of its first triple."""
    node = iri("article", name)
    quads = [Quad(node, RDF.type, SMT.Article, node)]
    if published:
        quads.append(Quad(node, SCHEMA.datePublished, date(published), node))
    for number, (modality, triples) in enumerate(told, 1):
        about = triples[0].subject
        assert isinstance(about, NamedNode)
        made = Claim(name, number, about, tuple(triples), (Passage(0, 1, "x"),), modality, 0.9)
        quads += made.quads(NamedNode(node.value + "#extraction"))
    return quads


def visit(
    name: str,
    published: str | None,
    start: str | None,
    modality: Modality,
    *,
    who: Iterable[NamedNode] = (ADA,),
    to: NamedNode = FRANCE,
    end: str | None = None,
) -> list[Quad]:
    """An article that tells of one visit, under the name that the extraction would give it."""
    return article(name, published, (modality, visit_triples(name, start, who=who, to=to, end=end)))


def visit_triples(
    name: str,
    start: str | None,
    *,
    who: Iterable[NamedNode] = (ADA,),
    to: NamedNode = FRANCE,
    end: str | None = None,
) -> list[Triple]:
    node = identity.visit(who, to, start, name)
    triples = [Triple(node, RDF.type, SMT.Visit), Triple(node, SMT.hostState, to)]
    triples += [Triple(node, SMT.visitor, person) for person in who]
    triples += [Triple(node, SCHEMA.startDate, date(start))] if start else []
    return triples + ([Triple(node, SCHEMA.endDate, date(end))] if end else [])


def meeting(
    name: str, published: str | None, start: str | None, modality: Modality, *more: tuple[NamedNode, NamedNode],
    who: Iterable[NamedNode] = (ADA, BEA),
) -> list[Quad]:  # fmt: skip
    node = identity.meeting(who, start, name)
    triples = [Triple(node, RDF.type, SMT.Meeting)]
    triples += [Triple(node, SMT.participant, person) for person in who]
    triples += [Triple(node, predicate, value) for predicate, value in more]
    triples += [Triple(node, SCHEMA.startDate, date(start))] if start else []
    return article(name, published, (modality, triples))


def summit(
    name: str, published: str | None, start: str | None, modality: Modality, *, place: str | None,
    organizer: str = "club-of-examples", end: str | None = None,
) -> list[Quad]:  # fmt: skip
    body = iri("organization", organizer)
    node = identity.summit(body, place, start, name)
    triples = [Triple(node, RDF.type, SMT.Summit), Triple(node, SCHEMA.organizer, body)]
    triples += [Triple(node, SCHEMA.location, iri("place", identity.slug(place)))] if place else []
    triples += [Triple(node, SCHEMA.startDate, date(start))] if start else []
    triples += [Triple(node, SCHEMA.endDate, date(end))] if end else []
    return article(name, published, (modality, triples))


def agreement(
    name: str, published: str | None, signed: str | None, modality: Modality, topic: str,
    kind: NamedNode = SMT.GeneralAgreement, parties: Iterable[NamedNode] = (FRANCE, CHINA),
) -> list[Quad]:  # fmt: skip
    node = identity.agreement(parties, topic, signed, name)
    triples = [Triple(node, RDF.type, SMT.Agreement), Triple(node, SMT.agreementKind, kind)]
    triples += [Triple(node, SMT.party, party) for party in parties]
    triples += [
        Triple(node, predicate, Literal(topic, language="en")) for predicate in (SMT.topic, RDFS.label)
    ]
    triples += [Triple(node, SMT.signedOn, date(signed))] if signed else []
    return article(name, published, (modality, triples))


def invitation(
    name: str, published: str | None, to: NamedNode | None, *more: tuple[Modality, list[Triple]],
    inviter: NamedNode = BEA, invitee: NamedNode = ADA,
) -> list[Quad]:  # fmt: skip
    node = identity.invitation([inviter], [invitee], identity.local(to) if to else None, name)
    triples = [
        Triple(node, RDF.type, SMT.Invitation),
        Triple(node, SMT.inviter, inviter),
        Triple(node, SMT.invitee, invitee),
    ]
    triples += [Triple(node, SMT.invitedTo, to)] if to else []
    return article(name, published, (OCCURRED, triples), *more)


def held(store: OxigraphStore) -> set[Triple]:
    """The view that a store holds."""
    return {quad.triple for quad in store.quads(graph=DEFAULT)}


def change(store: OxigraphStore, insert: Iterable[Quad], delete: Iterable[Quad] = ()) -> None:
    """Change a store and its view, as an operation would."""
    delete = list(delete)
    insert = [quad for quad in insert if not list(store.quads(*quad))]
    out, into = delta(store, insert, delete)
    store.apply(delete=[*delete, *out], insert=[*normalised(insert), *into])


def store_of(*articles: list[Quad]) -> OxigraphStore:
    """A store that was given some articles one after the other; its view is compared with a rebuilt one."""
    store = OxigraphStore()
    for quads in articles:
        change(store, quads)
        assert held(store) == resolve(store)
    return store


def events(view: Iterable[Triple]) -> dict[str, dict[str, set[str]]]:
    """What a view says of events, by name, property and value, each the last part of an IRI or a text."""
    found: dict[str, dict[str, set[str]]] = {}
    for triple in view:
        name, prop = _last(triple.subject), _last(triple.predicate)
        if prop != "joinedInto":
            found.setdefault(name, {}).setdefault(prop, set()).add(_last(triple.object))
    return found


def _last(term: object) -> str:
    value = str(getattr(term, "value", term))
    return value.replace("#", "/").rpartition("/")[2] if isinstance(term, NamedNode) else value
