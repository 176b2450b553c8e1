"""The schemes whose concepts a parameter can take, so that `status=planned` needs no look into a store.

A test compares them with the ontology.
"""

from __future__ import annotations

from typing import Final

# type of parameter: local names of the concepts (of classes for event-type)
CONCEPTS: Final[dict[str, tuple[str, ...]]] = {
    "status": ("Planned", "Underway", "Occurred", "Postponed", "Cancelled"),
    "modality": (
        "Planned", "Underway", "Occurred", "Postponed", "Cancelled", "Denied", "Possible", "Asserted",
    ),
    "visit-kind": ("StateVisit", "OfficialVisit", "WorkingVisit", "PrivateVisit"),
    "meeting-kind": ("Talks", "PhoneCall", "SigningCeremony", "UnspecifiedMeeting"),
    "office-kind": (
        "HeadOfState", "HeadOfGovernment", "Minister", "ForeignMinister", "Monarch", "Spokesperson", "Aide",
        "Ambassador", "OrganizationHead", "OtherOffice",
    ),
    "organization-kind": (
        "TreatyBasedOrganization", "InformalForum", "EconomicUnion", "Alliance", "FinancialInstitution",
        "SpecializedAgency",
    ),
    "agreement-kind": (
        "BilateralAgreement", "CommercialDeal", "RegionalAccord", "Treaty", "Memorandum", "Contract",
        "Declaration", "Loan", "GeneralAgreement", "OtherDocument",
    ),
    "membership-role": (
        "Member", "Observer", "Partner", "DialoguePartner", "AssociateMember", "Candidate", "FormerMember",
        "SuspendedMember", "Invited",
    ),
    "event-type": ("Visit", "Meeting", "Summit", "Anniversary", "Agreement", "Invitation"),
}  # fmt: skip

# The scheme of each type; event-type has none, its values are classes.
SCHEMES: Final[dict[str, str]] = {
    "status": "StatusScheme",
    "modality": "ModalityScheme",
    "visit-kind": "VisitKindScheme",
    "meeting-kind": "MeetingKindScheme",
    "office-kind": "OfficeKindScheme",
    "organization-kind": "OrganizationKindScheme",
    "agreement-kind": "AgreementKindScheme",
    "membership-role": "MembershipRoleScheme",
}


def key(text: str) -> str:
    """A concept's name without case, spaces and hyphens.

    >>> key("Head of State") == key("HeadOfState") == key("head-of-state")
    True
    """
    return "".join(char for char in text.casefold() if char.isalnum())


def concept(type: str, text: str) -> str | None:
    """The local name that a text stands for, also without a last word like Visit.

    >>> concept("visit-kind", "state"), concept("status", "under way"), concept("status", "maybe")
    ('StateVisit', 'Underway', None)
    """
    names = {key(name): name for name in CONCEPTS[type]}
    wanted = key(text)
    if wanted in names:
        return names[wanted]
    endings = {"visit-kind": "visit", "organization-kind": "organization", "meeting-kind": "meeting"}
    return names.get(wanted + endings[type]) if type in endings else None


def choices(type: str) -> list[str]:
    """What can be given for a type, as words.

    >>> choices("visit-kind")
    ['state visit', 'official visit', 'working visit', 'private visit']
    """
    return ["".join(f" {c.lower()}" if c.isupper() else c for c in name).strip() for name in CONCEPTS[type]]
