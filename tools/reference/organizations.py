"""ontology/reference/organizations.ttl and memberships.ttl."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from . import tables
from .names import slug
from .states import FACTBOOK, USAGE
from .turtle import date, document, english, name, text

PUBLIC_RECORD = "public record"
WAR = "Correlates of War, Intergovernmental Organizations v3"
WHOLE = "(all)"
# The roles of the source table in the words of the ontology.
ROLES = {
    "member": "Member",
    "observer": "Observer",
    "dialogue partner": "DialoguePartner",
    "associate member": "AssociateMember",
    "candidate": "Candidate",
    "former": "FormerMember",
    "suspended": "SuspendedMember",
}
# A role that the Factbook first lists so many years after another source says it began: the two agree.
AGREEMENT = 3
# The later in this order, the more a name has to say to tell two undated memberships apart.
_FIRST = ("Member", "SuspendedMember", "FormerMember", "Candidate", "AssociateMember", "Observer")


@dataclass
class Membership:
    """One stretch of time of one member in one organization."""

    organization: str
    member: str
    role: str
    begin: str
    end: str
    comment: str
    sources: list[str] = field(default_factory=list)

    def local(self, *, with_role: bool) -> str:
        """The last part of its IRI."""
        member = self.member.removeprefix("org:")
        member = slug(member) if member != self.member else member.lower()
        when = self.begin[:4] or "undated"
        role = f"-{re.sub('(?<=.)(?=[A-Z])', '-', self.role).lower()}" if with_role else ""
        return f"{slug(self.organization)}-{member}-{when}{role}"


def build_organizations(header: list[str]) -> str:
    """The file of the organizations."""
    subjects = {}
    for label, entry in tables.curated("organizations.toml").items():
        names = {other for other in entry["names"] if other != label}
        subjects[name("organization", slug(label))] = {
            "a": [name("smt", "Organization")],
            "rdfs:label": [english(label)],
            "skos:altLabel": [english(other) for other in names],
            "smt:summitName": [english(summit) for summit in entry["summits"]],
            "smt:organizationKind": [name("smt", entry["kind"])],
            "skos:exactMatch": [name("wd", entry["wikidata"])] if "wikidata" in entry else [],
            "dcterms:source": [text(PUBLIC_RECORD), text(USAGE)],
        }
    return document(header, subjects)


def read_memberships(directory: Path, states: set[str]) -> list[Membership]:
    """All memberships: the curated ones, and those of the source table that they do not cover."""
    organizations = tables.curated("organizations.toml")
    by_acronym = {entry["table"]: label for label, entry in organizations.items() if "table" in entry}
    rows = [
        row
        for row in tables.source(directory, "memberships.tsv")
        if row["acronym"] in by_acronym and row["iso2"] in states
    ]
    attested = {
        (by_acronym[row["acronym"]], row["iso2"], ROLES[row["role"]])
        for row in rows
        if FACTBOOK in row["source"]
    }
    memberships: list[Membership] = []
    covered: set[tuple[str, str]] = set()
    for row in tables.curated_rows("memberships.tsv"):
        label = row["organization"]
        if label not in organizations:
            raise ValueError(f"memberships.tsv: no organization {label!r}")
        if row["members"] == WHOLE:
            covered.add((label, WHOLE))
            continue
        members = [row["members"]] if row["members"].startswith("org:") else row["members"].split()
        for member in members:
            if member not in states and member.removeprefix("org:") not in organizations:
                raise ValueError(f"memberships.tsv: {label} has an unknown member {member!r}")
            covered.add((label, member))
            sources = [row["source"]]
            if (label, member, row["role"]) in attested:
                sources.append(FACTBOOK)
            memberships.append(
                Membership(label, member, row["role"], row["from"], row["until"], row["comment"], sources)
            )
    for row in rows:
        label = by_acronym[row["acronym"]]
        if (label, WHOLE) not in covered and (label, row["iso2"]) not in covered:
            memberships += _from_table(label, row)
    return memberships


def _from_table(label: str, row: tables.Row) -> list[Membership]:
    """The row of the source table as a membership, or nothing where only one restricted source has it."""
    cell = row["source"]
    if FACTBOOK not in cell:
        return []
    begin, end = row["start"], row["end"]
    # Only one source dates most rows, and it is known to err: its year stays where a second one agrees.
    twice = "country_converter" in cell or _agrees(begin, row["attested_from"])
    if not twice:
        begin = ""
    if end and (begin > end or "COW ends" in cell):
        end = ""
    sources = [FACTBOOK, WAR] if begin and "COW" in cell else [FACTBOOK]
    return [Membership(label, row["iso2"], ROLES[row["role"]], begin, end, "", sources)]


def _agrees(begin: str, first_edition: str) -> bool:
    if not begin or not first_edition:
        return False
    # The first edition that was looked at is of 1990: what it lists may be of any age.
    return int(first_edition[:4]) > 1990 and 0 <= int(first_edition[:4]) - int(begin[:4]) <= AGREEMENT


def build_memberships(memberships: list[Membership], header: list[str]) -> str:
    """The file of the memberships."""
    subjects: dict[str, dict[str, list[str]]] = {}
    rank = {role: number for number, role in enumerate(_FIRST)}
    order = sorted(memberships, key=lambda each: (rank.get(each.role, len(rank)), each.local(with_role=True)))
    for each in order:
        subject = name("membership", each.local(with_role=False))
        if subject in subjects:
            subject = name("membership", each.local(with_role=True))
        if subject in subjects:
            raise ValueError(f"two memberships would have the IRI {subject}")
        if each.end and each.begin and each.end < each.begin[: len(each.end)]:
            raise ValueError(f"{subject} ends before it begins")
        organization = each.member.removeprefix("org:")
        is_state = organization == each.member
        subjects[subject] = {
            "a": [name("smt", "Membership")],
            "org:member": [
                name("state", each.member) if is_state else name("organization", slug(organization))
            ],
            "org:organization": [name("organization", slug(each.organization))],
            "smt:membershipRole": [name("smt", each.role)],
            "smt:from": [date(each.begin)] if each.begin else [],
            "smt:until": [date(each.end)] if each.end else [],
            "rdfs:comment": [english(each.comment)] if each.comment else [],
            "dcterms:source": [text(source) for source in each.sources],
        }
    return document(header, subjects)
