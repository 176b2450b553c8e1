"""Documents that states sign, and the signing, issuing, lending and negotiating of them; anniversaries."""

from __future__ import annotations

from typing import Final

# Documents that states sign, with their kinds; those in the second table count only with a word before or
# after them that makes a document of them ("action plan", "letter of intent", "joint statement").
AGREEMENT_NOUNS: Final[dict[str, str]] = {
    "agreement": "GeneralAgreement",
    "accord": "GeneralAgreement",
    "pact": "GeneralAgreement",
    "protocol": "GeneralAgreement",
    "deal": "GeneralAgreement",
    "arrangement": "GeneralAgreement",
    "treaty": "Treaty",
    "convention": "Treaty",
    "memorandum": "Memorandum",
    "memoranda": "Memorandum",
    "memo": "Memorandum",
    "mou": "Memorandum",
    "mous": "Memorandum",
    "contract": "Contract",
    "declaration": "Declaration",
    "communique": "Declaration",
    "communiqué": "Declaration",
    "loan": "Loan",
    "charter": "OtherDocument",
    "roadmap": "OtherDocument",
    "document": "OtherDocument",
}
AGREEMENT_NOUNS_IN_CONTEXT: Final[dict[str, tuple[str, frozenset[str]]]] = {
    "plan": ("OtherDocument", frozenset({"action"})),
    "map": ("OtherDocument", frozenset({"road"})),
    "programme": ("OtherDocument", frozenset({"cooperation", "exchange", "joint", "work"})),
    "program": ("OtherDocument", frozenset({"cooperation", "exchange", "joint", "work"})),
    "letter": ("OtherDocument", frozenset({"intent"})),
    "exchange": ("OtherDocument", frozenset({"notes"})),
    "statement": ("Declaration", frozenset({"joint", "signed", "final"})),
}
AGREEMENT_MODIFIERS: Final[dict[str, str]] = {
    "bilateral": "BilateralAgreement",
    "commercial": "CommercialDeal",
    "business": "CommercialDeal",
    "regional": "RegionalAccord",
}
# Nouns that only hold documents ("the text of", "a package of", "a set of"), and words that make several of them.
DOCUMENT_CONTAINERS: Final = frozenset(
    [
        "text",
        "draft",
        "package",
        "set",
        "series",
        "number",
        "raft",
        "batch",
        "host",
        "dozen",
        "slew",
        "string",
        "handful",
        "total",
        "couple",
        "pair",
        "range",
        "bundle",
        "version",
        "terms",
        "group",
        "list",
    ]
)
QUANTIFIERS: Final = frozenset({"several", "many", "numerous", "various", "multiple", "few", "some", "more"})
SIGNING_WORDS: Final = frozenset({"sign", "ink", "initial", "conclude", "seal", "strike", "adopt", "clinch"})
# These are signing only with a document of their own for an object ("reached a deal", "exchanged memoranda").
STRIKING_WORDS: Final = frozenset({"reach", "agree", "exchange", "secure", "cement"})
ISSUING_WORDS: Final = frozenset({"issue", "release", "publish"})
LENDING_WORDS: Final = frozenset({"extend", "grant", "approve", "provide", "agree"})
NEGOTIATING_WORDS: Final = frozenset(
    ["negotiate", "finalise", "finalize", "prepare", "draft", "work", "discuss", "hammer", "thrash"]
)
SIGNING_NOUNS: Final = frozenset(
    {"signing", "signature", "conclusion", "adoption", "initialling", "ceremony", "exchange"}
)
NEGOTIATION_NOUNS: Final = frozenset({"negotiation", "talk", "work", "drafting", "finalisation"})
# Verbs that make a fact of a signing that they are told with ("witnessed the signing of").
ATTENDING_VERBS: Final = frozenset(
    [
        "witness",
        "attend",
        "oversee",
        "preside",
        "watch",
        "see",
        "mark",
        "celebrate",
        "follow",
        "culminate",
        "conclude",
        "end",
        "include",
        "host",
        "welcome",
        "hail",
        "praise",
        "result",
        "lead",
        "crown",
        "hold",
    ]
)

ANNIVERSARY_OF_RELATIONS: Final = frozenset(
    {"relation", "tie", "link", "relationship", "partnership", "friendship"}
)
