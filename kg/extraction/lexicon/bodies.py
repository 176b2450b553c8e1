"""Nouns that act for the state that is named with them, and those that never do."""

from __future__ import annotations

from typing import Final

PUBLIC_BODIES: Final = frozenset(
    [
        "government",
        "ministry",
        "minister",
        "president",
        "premier",
        "chancellor",
        "king",
        "leader",
        "side",
        "delegation",
        "official",
        "authority",
        "agency",
        "parliament",
        "department",
        "administration",
        "cabinet",
        "counterpart",
        "colleague",
        "ambassador",
        "embassy",
        "envoy",
        "representative",
        "commission",
        "committee",
        "service",
        "secretariat",
        "state",
        "diplomat",
        "chief",
        "head",
        "army",
        "military",
        "police",
        "treasury",
        "regulator",
        "negotiator",
    ]
)
PRIVATE_BODIES: Final = frozenset(
    [
        "company",
        "firm",
        "university",
        "bank",
        "corporation",
        "airline",
        "city",
        "municipality",
        "mayor",
        "rebel",
        "club",
        "operator",
        "manufacturer",
        "producer",
        "business",
        "enterprise",
        "institute",
        "museum",
        "chamber",
        "group",
        "giant",
        "consortium",
        "shipyard",
        "port",
        "supplier",
        "maker",
        "builder",
        "union",
        "developer",
        "investor",
    ]
)
# Bodies that a recogniser of names takes for people ("Division", "the Nigerian Delegation").
NAMES_OF_BODIES: Final = frozenset(
    ["assembly", "parliament", "senate", "ministry", "delegation", "division", "department", "committee", "council",
     "commission", "government", "embassy", "secretariat", "authority", "agency", "office", "bureau", "court", "cabinet",
     "congress", "party", "union", "forum", "summit", "airport", "university", "institute", "foundation", "centre", "center"]
)  # fmt: skip
