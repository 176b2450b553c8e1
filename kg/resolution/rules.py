"""What the resolved view knows of the vocabulary: which properties have one value, which things a status.

Tests compare these constants with the shapes and the ontology.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from kg.claims import Modality
from kg.namespaces import SCHEMA, SMT

# Properties of which an event, agreement, invitation, relation or anniversary has at most one value.
FUNCTIONAL: Final[frozenset[NamedNode]] = frozenset(
    {
        SCHEMA.startDate,
        SCHEMA.endDate,
        SMT.hostState,
        SMT.sendingState,
        SMT.visitKind,
        SMT.meetingKind,
        SMT.agreementKind,
        SMT.signedOn,
        SMT.concludedAt,
        SMT.ordinal,
        SMT.establishedOn,
        SMT.invitedTo,
        SMT.anniversaryOf,
        SMT.status,
    }
)

# Of these a shorter value and a longer one that begins with it agree, and the longer says more.
DATES: Final[frozenset[NamedNode]] = frozenset(
    {SCHEMA.startDate, SCHEMA.endDate, SMT.signedOn, SMT.establishedOn}
)

EVENTS: Final[frozenset[NamedNode]] = frozenset(
    {SMT.DiplomaticEvent, SMT.Visit, SMT.Meeting, SMT.Summit, SMT.Anniversary}
)
WITH_STATUS: Final[frozenset[NamedNode]] = EVENTS | {SMT.Agreement, SMT.Invitation}
LABELLED: Final[frozenset[NamedNode]] = EVENTS | {SMT.Invitation}

# A change of one of these in the view of a thing can change the derived label of those that refer to it.
LABEL_INPUTS: Final[frozenset[NamedNode]] = frozenset(
    {NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), SMT.between}
)

# Claims of these modalities say that something is not so, or may not be so: they stay out of the view.
LEFT_OUT: Final[frozenset[NamedNode]] = frozenset({Modality.DENIED.term, Modality.POSSIBLE.term})

# The modalities that give a status, the strongest first.
STATUS_ORDER: Final[tuple[NamedNode, ...]] = tuple(
    modality.term
    for modality in (
        Modality.OCCURRED,
        Modality.CANCELLED,
        Modality.POSTPONED,
        Modality.UNDERWAY,
        Modality.PLANNED,
    )
)

# What a claim of one of these modalities tells took place, or was called off.
HAPPENED: Final[frozenset[NamedNode]] = frozenset({Modality.OCCURRED.term, Modality.UNDERWAY.term})
OFF: Final[frozenset[NamedNode]] = frozenset({Modality.POSTPONED.term, Modality.CANCELLED.term})
