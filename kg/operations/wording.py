"""Claims in plain words: names for IRIs, a sentence for what a claim states, and its triples one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.claims import Claim, Modality
from kg.namespaces import ORG, RDF, RDFS, SCHEMA, SMT
from kg.resolution.labels import chosen, derived_label, readable
from kg.resolution.rules import EVENTS, LABELLED
from kg.resolution.sources import DEFAULT
from kg.stores.base import Store, Term

# What a property is called in a list of what a claim states, and in a sentence (None: the value alone).
NAMES: Final[dict[NamedNode, tuple[str, str | None]]] = {
    SMT.visitor: ("visitor", "visitor"),
    SMT.hostState: ("to", "to"),
    SMT.sendingState: ("from", "from"),
    SMT.host: ("host", "hosted by"),
    SMT.participant: ("participant", "with"),
    SCHEMA.organizer: ("organizer", "organized by"),
    SMT.party: ("party", "party"),
    SMT.inviter: ("inviter", "invited by"),
    SMT.invitee: ("invitee", "invited"),
    SMT.invitedTo: ("invited to", "to"),
    SCHEMA.startDate: ("starts", "starts"),
    SCHEMA.endDate: ("ends", "ends"),
    SMT.signedOn: ("signed on", "signed on"),
    SCHEMA.location: ("place", "in"),
    SCHEMA.superEvent: ("part of", "part of"),
    SMT.occasion: ("occasion", "on the occasion of"),
    SMT.concludedAt: ("concluded at", "concluded at"),
    SMT.visitKind: ("kind", None),
    SMT.meetingKind: ("kind", None),
    SMT.agreementKind: ("kind", None),
    SMT.officeKind: ("kind of office", None),
    SMT.topic: ("topic", "about"),
    SMT.ordinal: ("number", "number"),
    SMT.between: ("between", "between"),
    SMT.anniversaryOf: ("anniversary of", "of"),
    SCHEMA.about: ("framework", "within"),
    RDFS.label: ("name", "called"),
    ORG.holds: ("holds", "holds the office"),
    ORG.postIn: ("office in", "office in"),
    SMT.inState: ("lies in", "lies in"),
}
# What the name of an event says already.
_IN_NAMES: Final = frozenset(
    {SMT.visitor, SMT.hostState, SMT.participant, SCHEMA.organizer, SMT.inviter, SMT.invitee, SMT.invitedTo,
     SMT.anniversaryOf, SMT.between, SMT.ordinal, RDFS.label}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One triple of a claim as people read it."""

    triple: Triple
    name: str
    value: str


class Wording:
    """Names for what the claims of one article speak of; those of the graph go first.

    >>> from kg.namespaces import iri
    >>> from kg.stores.oxigraph import OxigraphStore
    >>> Wording(OxigraphStore(), []).name(iri("state", "FR")), Wording(OxigraphStore(), []).name(SMT.StateVisit)
    ('FR', 'state visit')
    """

    def __init__(self, store: Store, claims: Iterable[Claim]) -> None:
        self._store = store
        self._values: dict[Term, dict[NamedNode, set[Term]]] = {}
        for claim in claims:
            for triple in claim.triples:
                values = self._values.setdefault(triple.subject, {})
                values.setdefault(triple.predicate, set()).add(triple.object)

    def things(self) -> dict[NamedNode, dict[NamedNode, set[Term]]]:
        """What the claims speak of, with its values by property."""
        return {node: values for node, values in self._values.items() if isinstance(node, NamedNode)}

    def name(self, term: Term) -> str:
        """What a person would call a thing, a concept or a value."""
        if isinstance(term, Literal):
            return term.value
        if not isinstance(term, NamedNode):
            return str(term)
        own = self._values.get(term, {})
        label = chosen(own.get(RDFS.label, ()))
        if own.get(RDF.type, set()) & LABELLED:
            # The names of events follow from what is said of them, and that is under review.
            label = self.event_name(own) or label
        label = label or chosen(q.object for q in self._store.quads(term, RDFS.label, None, DEFAULT))
        if label is None and term.value.startswith(SMT.base):
            return worded(term.value.removeprefix(SMT.base))
        return label or readable(term)

    def event_name(self, values: dict[NamedNode, set[Term]]) -> str | None:
        """The name of an event or invitation with these values, without its date."""
        undated = {predicate: found for predicate, found in values.items() if predicate != SCHEMA.startDate}
        label = derived_label(undated, self.name, lambda term: self._values.get(term, {}))
        return label.value if label is not None else None

    def statement(self, claim: Claim) -> str:
        """What a claim states, as a phrase: "Visit of X to Y, planned, starts 2024-05-16"."""
        own: dict[NamedNode, set[Term]] = {}
        for triple in claim.triples:
            if triple.subject == claim.about:
                own.setdefault(triple.predicate, set()).add(triple.object)
        kinds = own.get(RDF.type, set())
        whole = self.name(claim.about)
        named = kinds & LABELLED and self.event_name(own) == whole
        head = whole if named or not kinds & EVENTS else f"About the {whole[:1].lower()}{whole[1:]}"
        parts = [] if claim.modality is Modality.ASSERTED else [claim.modality.value.lower()]
        said = _IN_NAMES if named or not kinds & LABELLED else frozenset({RDFS.label})
        for row in self.rows(claim):
            triple = row.triple
            if (
                triple.subject != claim.about
                or triple.predicate in said
                or row.value in head.split(" in ")[1:]
            ):
                continue
            words = NAMES.get(triple.predicate, (row.name, row.name))[1]
            parts.append(f"{words} {row.value}" if words else row.value)
        if kinds & {SMT.Leader, SMT.Official} and parts:
            return f"{head} {'; '.join(parts)}"
        if SMT.Agreement in kinds:
            head = f"Agreement: {head}"
        return ", ".join([head, *parts])

    def rows(self, claim: Claim) -> list[Row]:
        """The triples of a claim that say more than what kind of thing something is."""
        return list(self._rows(claim))

    def _rows(self, claim: Claim) -> Iterator[Row]:
        for triple in claim.triples:
            if triple.predicate == RDF.type:
                continue
            name = NAMES.get(triple.predicate, (worded(_local(triple.predicate)), None))[0]
            if triple.subject != claim.about:
                name = f"{self.name(triple.subject)}: {name}"
            yield Row(triple, name, self.name(triple.object))


def worded(name: str) -> str:
    """A name of the ontology as words.

    >>> worded("StateVisit"), worded("hostState")
    ('state visit', 'host state')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def corrections(before: Claim, after: Claim, wording: Wording) -> list[str]:
    """What changed from one state of a claim to another, in words; what only describes new things is left out."""
    out = []
    if before.modality is not after.modality:
        out.append(f"status: was {before.modality.value.lower()}, now {after.modality.value.lower()}")
    staying = {t.subject for t in before.triples} & {t.subject for t in after.triples}
    gone = [r for r in wording.rows(before) if r.triple not in after.triples and r.triple.subject in staying]
    come = [r for r in wording.rows(after) if r.triple not in before.triples and r.triple.subject in staying]
    for row in gone:
        twin = next(
            (c for c in come if (c.triple.subject, c.triple.predicate) == (row.triple.subject, row.triple.predicate)),
            None,
        )  # fmt: skip
        if twin is not None:
            come.remove(twin)
        out.append(f"{row.name}: was {row.value}, {f'now {twin.value}' if twin else 'dropped'}")
    return out + [f"{row.name}: was not said, now {row.value}" for row in come]


def _local(node: NamedNode) -> str:
    return node.value.replace("#", "/").rpartition("/")[2]
