"""Titles of offices, and the words that stand beside them."""

from __future__ import annotations

from typing import Final

# Titles of offices, most specific first where one contains another. The value is the normal form and the
# local name of the office kind.
TITLES: Final[dict[str, tuple[str, str]]] = {
    "vice president": ("Vice President", "Minister"),
    "vice-president": ("Vice President", "Minister"),
    "president-elect": ("President-elect", "OtherOffice"),
    "acting president": ("President", "HeadOfState"),
    "interim president": ("President", "HeadOfState"),
    "transitional president": ("President", "HeadOfState"),
    "president": ("President", "HeadOfState"),
    "deputy prime minister": ("Deputy Prime Minister", "Minister"),
    "deputy premier": ("Deputy Prime Minister", "Minister"),
    "vice premier": ("Deputy Prime Minister", "Minister"),
    "prime minister": ("Prime Minister", "HeadOfGovernment"),
    "premier": ("Prime Minister", "HeadOfGovernment"),
    "head of government": ("Prime Minister", "HeadOfGovernment"),
    "taoiseach": ("Prime Minister", "HeadOfGovernment"),
    "tánaiste": ("Deputy Prime Minister", "Minister"),
    "tanaiste": ("Deputy Prime Minister", "Minister"),
    "vice chancellor": ("Vice Chancellor", "Minister"),
    "chancellor": ("Chancellor", "HeadOfGovernment"),
    "head of state": ("Head of State", "HeadOfState"),
    "supreme leader": ("Supreme Leader", "HeadOfState"),
    "leader": ("leader", "OtherOffice"),
    "ruler": ("leader", "OtherOffice"),
    "crown prince": ("Crown Prince", "OtherOffice"),
    "crown princess": ("Crown Princess", "OtherOffice"),
    "prince": ("Prince", "OtherOffice"),
    "princess": ("Princess", "OtherOffice"),
    "king": ("King", "HeadOfState"),
    "queen": ("Queen", "HeadOfState"),
    "emperor": ("Emperor", "HeadOfState"),
    "empress": ("Empress", "OtherOffice"),
    "emir": ("Emir", "HeadOfState"),
    "amir": ("Emir", "HeadOfState"),
    "sultan": ("Sultan", "HeadOfState"),
    "pope": ("Pope", "HeadOfState"),
    "grand duke": ("Grand Duke", "HeadOfState"),
    "governor-general": ("Governor-General", "OtherOffice"),
    "governor general": ("Governor-General", "OtherOffice"),
    "minister of foreign affairs": ("Foreign Minister", "ForeignMinister"),
    "minister for foreign affairs": ("Foreign Minister", "ForeignMinister"),
    "minister of external affairs": ("Foreign Minister", "ForeignMinister"),
    "minister for external affairs": ("Foreign Minister", "ForeignMinister"),
    "minister of external relations": ("Foreign Minister", "ForeignMinister"),
    "minister for foreign and european affairs and trade": ("Foreign Minister", "ForeignMinister"),
    "minister for foreign and european affairs": ("Foreign Minister", "ForeignMinister"),
    "minister for europe and foreign affairs": ("Foreign Minister", "ForeignMinister"),
    "deputy foreign minister": ("Deputy Foreign Minister", "Minister"),
    "vice foreign minister": ("Deputy Foreign Minister", "Minister"),
    "foreign minister": ("Foreign Minister", "ForeignMinister"),
    "foreign affairs minister": ("Foreign Minister", "ForeignMinister"),
    "external affairs minister": ("Foreign Minister", "ForeignMinister"),
    "foreign secretary": ("Foreign Minister", "ForeignMinister"),
    "secretary of state": ("Secretary of State", "ForeignMinister"),
    "state councilor": ("State Councilor", "Minister"),
    "state councillor": ("State Councilor", "Minister"),
    "minister of state": ("Minister of State", "Minister"),
    "state secretary": ("State Secretary", "Minister"),
    "deputy secretary of state": ("Deputy Secretary of State", "Minister"),
    "assistant secretary of state": ("Assistant Secretary of State", "Minister"),
    "undersecretary of state": ("Undersecretary of State", "Minister"),
    "under secretary of state": ("Undersecretary of State", "Minister"),
    "top diplomat": ("Foreign Minister", "ForeignMinister"),
    "chief diplomat": ("Foreign Minister", "ForeignMinister"),
    "foreign policy chief": ("foreign policy chief", "OtherOffice"),
    "high representative": ("High Representative", "OtherOffice"),
    "secretary-general": ("Secretary-General", "OrganizationHead"),
    "secretary general": ("Secretary-General", "OrganizationHead"),
    "director-general": ("Director-General", "OrganizationHead"),
    "director general": ("Director-General", "OrganizationHead"),
    "executive secretary": ("Executive Secretary", "OrganizationHead"),
    "under-secretary-general": ("Under-Secretary-General", "OtherOffice"),
    "assistant secretary-general": ("Assistant Secretary-General", "OtherOffice"),
    "deputy secretary-general": ("Deputy Secretary-General", "OtherOffice"),
    "deputy secretary general": ("Deputy Secretary-General", "OtherOffice"),
    "deputy managing director": ("Deputy Managing Director", "OtherOffice"),
    "managing director": ("Managing Director", "OrganizationHead"),
    "special representative": ("special representative", "OtherOffice"),
    "special envoy": ("special envoy", "OtherOffice"),
    "envoy": ("envoy", "OtherOffice"),
    "ambassador extraordinary and plenipotentiary": ("Ambassador", "Ambassador"),
    "permanent representative": ("Permanent Representative", "Ambassador"),
    "ambassador": ("Ambassador", "Ambassador"),
    "high commissioner": ("High Commissioner", "Ambassador"),
    "commissioner": ("Commissioner", "OtherOffice"),
    "spokesperson": ("spokesperson", "Spokesperson"),
    "spokesman": ("spokesperson", "Spokesperson"),
    "spokeswoman": ("spokesperson", "Spokesperson"),
    "press secretary": ("press secretary", "Spokesperson"),
    "chief of staff": ("chief of staff", "Aide"),
    "national security adviser": ("National Security Adviser", "Aide"),
    "national security advisor": ("National Security Adviser", "Aide"),
    "presidential aide": ("presidential aide", "Aide"),
    "presidential adviser": ("presidential adviser", "Aide"),
    "presidential advisor": ("presidential adviser", "Aide"),
    "foreign policy aide": ("foreign policy aide", "Aide"),
    "foreign policy adviser": ("foreign policy adviser", "Aide"),
    "aide": ("aide", "Aide"),
    "adviser": ("adviser", "Aide"),
    "advisor": ("adviser", "Aide"),
    "defence minister": ("Defence Minister", "Minister"),
    "defense minister": ("Defence Minister", "Minister"),
    "minister of defence": ("Defence Minister", "Minister"),
    "minister of defense": ("Defence Minister", "Minister"),
    "defence secretary": ("Defence Minister", "Minister"),
    "defense secretary": ("Secretary of Defense", "Minister"),
    "secretary of defense": ("Secretary of Defense", "Minister"),
    "finance minister": ("Finance Minister", "Minister"),
    "minister of finance": ("Finance Minister", "Minister"),
    "treasury secretary": ("Secretary of the Treasury", "Minister"),
    "trade minister": ("Trade Minister", "Minister"),
    "commerce minister": ("Commerce Minister", "Minister"),
    "chief cabinet secretary": ("Chief Cabinet Secretary", "Minister"),
    "cabinet secretary": ("Cabinet Secretary", "Minister"),
    "commerce secretary": ("Commerce Secretary", "Minister"),
    "interior minister": ("Interior Minister", "Minister"),
    "home minister": ("Home Minister", "Minister"),
    "home secretary": ("Home Secretary", "Minister"),
    "energy minister": ("Energy Minister", "Minister"),
    "economy minister": ("Economy Minister", "Minister"),
    "justice minister": ("Justice Minister", "Minister"),
    "health minister": ("Health Minister", "Minister"),
    "transport minister": ("Transport Minister", "Minister"),
    "agriculture minister": ("Agriculture Minister", "Minister"),
    "environment minister": ("Environment Minister", "Minister"),
    "climate minister": ("Climate Minister", "Minister"),
    "education minister": ("Education Minister", "Minister"),
    "culture minister": ("Culture Minister", "Minister"),
    "attorney general": ("Attorney General", "Minister"),
    "commander-in-chief": ("commander-in-chief", "OtherOffice"),
    "commander in chief": ("commander-in-chief", "OtherOffice"),
    "minister": ("minister", "Minister"),
    "speaker": ("Speaker", "OtherOffice"),
    "chairman": ("chairman", "OtherOffice"),
    "chairwoman": ("chairwoman", "OtherOffice"),
    "chairperson": ("chairperson", "OtherOffice"),
    "governor": ("Governor", "OtherOffice"),
    "senator": ("Senator", "OtherOffice"),
    "general secretary": ("General Secretary", "OtherOffice"),
}

# Words that may stand before a title and belong to it, and those that only date or colour it.
TITLE_MODIFIERS: Final = frozenset(
    {"then", "outgoing", "incoming", "visiting", "new", "current", "late", "long-time", "veteran", "federal", "newly",
     "elected", "appointed", "sitting", "incumbent", "caretaker", "embattled", "besieged", "chief", "top", "senior",
     "first", "acting", "interim", "transitional", "union",
     "resident", "non-resident", "designate", "cabinet", "re-elected"}
)  # fmt: skip
# Before a title these make it another one: "deputy foreign minister", "assistant secretary of state".
DEPUTIES: Final = frozenset({"deputy", "vice", "assistant", "associate", "under", "junior", "shadow"})
# Bodies of a government or organization between the owner and the title ("Chinese foreign ministry spokesperson").
MINISTRY_WORDS: Final = frozenset(
    {"foreign ministry", "foreign office", "foreign affairs ministry", "external affairs ministry", "defence ministry",
     "defense ministry", "interior ministry", "finance ministry", "trade ministry", "commerce ministry", "energy ministry",
     "government", "cabinet", "presidential", "royal", "papal", "prime ministerial", "parliamentary", "parliament",
     "army", "military", "ministry", "commission", "secretariat", "permanent", "state house", "treasury"}
)  # fmt: skip
# Assemblies, between the owner and the title of who presides over them ("Kazakh Senate Speaker").
ASSEMBLIES: Final = frozenset(
    {"senate", "house", "national assembly", "upper house", "lower house", "assembly"}
)
PRESIDING: Final = frozenset(
    {"Speaker", "chairman", "chairwoman", "chairperson", "President", "Secretary-General"}
)
# The leader whose spokesperson or aide these make somebody.
MASTERS: Final[dict[str, str]] = {
    "presidential": "HeadOfState", "papal": "HeadOfState", "royal": "HeadOfState", "prime ministerial": "HeadOfGovernment",
}  # fmt: skip
# Leaders of something other than a state or organization.
NOT_STATE_LEADERS: Final = frozenset(
    {"opposition", "party", "rebel", "militia", "separatist", "spiritual", "religious", "church", "business", "union",
     "community", "tribal", "protest", "labour", "gang", "team", "faction", "guerrilla", "group", "youth", "student",
     "minority", "majority", "house", "senate", "parliamentary", "congress"}
)  # fmt: skip
# "UN chief", "head of the IMF": only where an organization is named.
WEAK_TITLES: Final = ("chief", "head", "boss")
# Words that a ministry's name is made of.
PORTFOLIOS: Final = frozenset(
    ["foreign", "external", "european", "international", "regional", "affairs", "relations", "cooperation", "co-operation",
     "integration", "trade", "industry", "commerce", "economy", "economic", "economics", "finance", "planning",
     "development", "investment", "budget", "defence", "defense", "security", "interior", "internal", "home", "justice",
     "law", "energy", "petroleum", "oil", "gas", "mines", "mining", "mineral", "minerals", "resources", "natural", "water",
     "environment", "climate", "change", "agriculture", "food", "fisheries", "forestry", "rural", "transport",
     "infrastructure", "works", "public", "roads", "railways", "communications", "communication", "information",
     "technology", "digital", "science", "research", "innovation", "education", "higher", "health", "labour", "labor",
     "employment", "social", "culture", "tourism", "sports", "youth", "gender", "women", "religious", "immigration",
     "diaspora", "nationals", "expatriates", "emigration", "emigrants", "worship", "overseas", "francophonie", "action",
     "transition", "ecological", "urban", "housing", "construction", "land", "lands", "aviation", "civil", "maritime", "marine",
     "ports", "shipping", "power", "electricity", "nuclear", "heritage", "arts", "media", "welfare", "family", "children",
     "citizenship", "migration", "insular", "cultural", "emergency", "situations", "strategic", "growth", "revenue", "supply",
     "national", "population", "sport", "industrial", "transportation", "logistics", "municipal", "neighbourhood",
     "enlargement", "partnerships", "human", "manpower", "telecommunications", "hydrocarbons", "livestock", "irrigation", "solidarity", "islamic"]
)  # fmt: skip

FORMER: Final = frozenset({"former", "ex"})
