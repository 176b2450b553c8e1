"""New names for events whose identifying facts a reviewer changed.

The IRI of an event spells who, where and when, and the next article that tells of the same event will make the
same one. An event that was moved to another month must not stay under the name of the old one, or it would run
together with another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from pyoxigraph import NamedNode

from kg import identity
from kg.claims import Claim
from kg.namespaces import RDF, RDFS, SCHEMA, SMT, iri
from kg.stores.base import Term

Values: TypeAlias = dict[NamedNode, list[Term]]
Name: TypeAlias = Callable[[Term], str]

# What the name of a thing of each class is made from.
_IDENTIFYING: Final[dict[NamedNode, tuple[NamedNode, ...]]] = {
    SMT.Visit: (SMT.visitor, SMT.hostState, SCHEMA.startDate),
    SMT.Meeting: (SMT.participant, SCHEMA.startDate),
    SMT.Summit: (SCHEMA.organizer, SCHEMA.location, SCHEMA.startDate),
    SMT.Agreement: (SMT.party, SMT.topic, RDFS.label, SMT.signedOn),
    SMT.Invitation: (SMT.inviter, SMT.invitee),
    SMT.DiplomaticRelation: (SMT.between,),
}


def renamed(before: Sequence[Claim], after: Sequence[Claim], name: Name) -> dict[NamedNode, NamedNode]:
    """The events that need another name after a review, with that name.

    Where the new one cannot be worked out, it is the old one with the id of the article, which is no other's.

    >>> renamed([], [], str)
    {}
    """
    old, new = _values(before), _values(after)
    names: dict[NamedNode, NamedNode] = {}
    for node, values in new.items():
        kind = next((k for k in _IDENTIFYING if k in values.get(RDF.type, [])), None)
        if kind is None or node not in old:
            continue
        if all(_same(old[node].get(p, []), values.get(p, [])) for p in _IDENTIFYING[kind]):
            continue
        article = after[0].article
        was, now = (_minted(kind, each, article, name) for each in (old[node], values))
        if was == node and now is not None:
            names[node] = now
        elif not node.value.endswith(article):
            names[node] = iri(_folder(node), f"{node.value.rpartition('/')[2]}-{article}")
    return {node: name for node, name in names.items() if node != name}


def _values(claims: Iterable[Claim]) -> dict[NamedNode, Values]:
    found: dict[NamedNode, Values] = {}
    for claim in claims:
        for triple in claim.triples:
            if isinstance(triple.subject, NamedNode):
                values = found.setdefault(triple.subject, {}).setdefault(triple.predicate, [])
                if triple.object not in values:
                    values.append(triple.object)
    return found


def _same(old: list[Term], new: list[Term]) -> bool:
    return set(old) == set(new)


def _minted(kind: NamedNode, values: Values, article: str, name: Name) -> NamedNode | None:
    """The name that an event with these values would get; None for kinds whose names say more than that."""

    def nodes(predicate: NamedNode) -> list[NamedNode]:
        return [term for term in values.get(predicate, []) if isinstance(term, NamedNode)]

    dates = [getattr(term, "value", "") for term in values.get(SCHEMA.startDate, [])]
    start = max(dates, key=lambda day: (len(day), -dates.index(day)), default=None)
    if kind == SMT.Visit:
        return identity.visit(nodes(SMT.visitor), next(iter(nodes(SMT.hostState)), None), start, article)
    if kind == SMT.Meeting:
        return identity.meeting(nodes(SMT.participant), start, article)
    if kind == SMT.Summit and nodes(SCHEMA.organizer):
        place = next(iter(nodes(SCHEMA.location)), None)
        return identity.summit(nodes(SCHEMA.organizer)[0], name(place) if place else None, start, article)
    if kind == SMT.DiplomaticRelation:
        return identity.relation(nodes(SMT.between))
    return None


def _folder(node: NamedNode) -> str:
    return node.value.rpartition("/")[0].rpartition("/")[2]
