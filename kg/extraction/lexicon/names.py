"""Words in and around names: honorifics, particles, the long names of states; and nouns for a person by role."""

from __future__ import annotations

from typing import Final

# What states are called in their long names, before "of".
STATE_FORMS: Final = (
    "Republic", "Kingdom", "State", "Commonwealth", "Sultanate", "Emirate", "Principality", "Union", "Grand Duchy",
    "Federal", "Democratic", "Islamic", "Socialist", "People's", "People’s", "Arab", "Hashemite", "Independent", "Sovereign",
    "Plurinational", "Cooperative", "Co-operative", "Bolivarian", "United", "Confederation", "Federation",
)  # fmt: skip

HONORIFICS: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "sheikh",
        "sheikha",
        "shaikh",
        "king",
        "queen",
        "prince",
        "princess",
        "emperor",
        "samdech",
        "his",
        "her",
        "majesty",
        "excellency",
        "highness",
        "royal",
        "hon",
        "honourable",
        "honorable",
        "right",
        "general",
        "gen",
        "col",
        "colonel",
        "field",
        "marshal",
        "comrade",
        "madam",
        "professor",
        "prof",
        "pope",
        "sultan",
        "emir",
        "amir",
        "m",
        "mme",
        "monsieur",
        "hrh",
        "hm",
        "hh",
        "h.e",
        "techo",
        "ayatollah",
        "grand",
        "imam",
        "shri",
        "smt",
        "admiral",
        "adm",
        "lt",
        "capt",
        "captain",
        "brigadier",
        "engineer",
        "eng",
        "rt",
        "dato",
        "datuk",
        "ratu",
        "alhaji",
        "cardinal",
        "baroness",
        "then",
        "amb",
        "seri",
        "tun",
    ]
)
PARTICLES: Final = frozenset(
    [
        "bin",
        "ibn",
        "bint",
        "al",
        "el",
        "ul",
        "ud",
        "ad",
        "an",
        "as",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "do",
        "dos",
        "du",
        "la",
        "le",
        "y",
        "e",
        "ter",
        "ten",
        "af",
        "zu",
        "abu",
        "ben",
    ]
)
COUNTERPART: Final = frozenset({"counterpart", "colleague", "opposite number", "homologue"})

# Nouns that stand for a person by role and are no title, or one of several.
ROLE_NOUNS: Final[dict[str, frozenset[str]]] = {
    "monarch": frozenset({"King", "Queen", "Emperor", "Emir", "Sultan", "Grand Duke"}),
    "pontiff": frozenset({"Pope"}),
    "pm": frozenset({"Prime Minister"}),
    "crown prince": frozenset({"Crown Prince"}),
    "prince": frozenset({"Prince", "Crown Prince"}),
    "crown princess": frozenset({"Crown Princess"}),
    "princess": frozenset({"Princess", "Crown Princess"}),
}
LEADER_TITLES: Final = frozenset(
    {"President", "Prime Minister", "Chancellor", "King", "Queen", "Emperor", "Emir", "Sultan", "Pope", "leader",
     "Supreme Leader", "Head of State", "Grand Duke", "Crown Prince"}
)  # fmt: skip

# Whom an address without a name may stand for ("His Majesty").
HONORIFIC_TITLES: Final[dict[str, frozenset[str]]] = {
    "majesty": frozenset({"King", "Queen", "Sultan", "Emperor", "Empress"}),
    "highness": frozenset({"Emir", "Crown Prince", "Prince", "Princess", "Crown Princess", "Grand Duke", "Prime Minister"}),
    "holiness": frozenset({"Pope"}),
    "excellency": frozenset({"President", "Prime Minister", "Chancellor", "Foreign Minister", "Sultan"}),
}  # fmt: skip
# Words for who is received, and how they may be called.
GUEST_NOUNS: Final = frozenset({"guest", "visitor", "dignitary"})
