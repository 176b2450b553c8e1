"""The language of diplomacy: titles, verbs and nouns that the rules look for.

Only words of the language are listed here. Names of people, states, places and organizations are facts and
come from the reference graph or from the text.
"""

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
     "first", "acting", "interim", "transitional", "union"}
)  # fmt: skip
# Before a title these make it another one: "deputy foreign minister", "assistant secretary of state".
DEPUTIES: Final = frozenset({"deputy", "vice", "assistant", "associate", "under", "junior", "shadow"})
# Bodies of a government or organization between the owner and the title ("Chinese foreign ministry spokesperson").
MINISTRY_WORDS: Final = frozenset(
    {"foreign ministry", "foreign office", "foreign affairs ministry", "external affairs ministry", "defence ministry",
     "defense ministry", "interior ministry", "finance ministry", "trade ministry", "commerce ministry", "energy ministry",
     "government", "cabinet", "presidential", "royal", "papal", "prime ministerial", "parliamentary", "parliament",
     "army", "military", "commission", "secretariat", "permanent", "state house", "treasury"}
)  # fmt: skip
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
     "diaspora", "nationals", "expatriates", "emigration", "emigrants", "worship", "overseas", "francophonie"]
)  # fmt: skip
# What states are called in their long names, before "of".
STATE_FORMS: Final = (
    "Republic", "Kingdom", "State", "Commonwealth", "Sultanate", "Emirate", "Principality", "Union", "Grand Duchy",
    "Federal", "Democratic", "Islamic", "Socialist", "People's", "People’s", "Arab", "Hashemite", "Independent", "Sovereign",
    "Plurinational", "Cooperative", "Co-operative", "Bolivarian", "United", "Confederation", "Federation",
)  # fmt: skip
FORMER: Final = frozenset({"former", "ex"})
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
GUEST_NOUNS: Final = frozenset({"guest", "visitor"})

VISIT_NOUNS: Final = frozenset(
    {"visit", "trip", "tour", "journey", "stay", "stopover", "stop", "sojourn", "pilgrimage"}
)
ARRIVAL_NOUNS: Final = frozenset({"arrival"})
VISIT_VERBS: Final = frozenset({"visit", "tour", "reach"})
# Verbs of a host: who is their object is the guest.
WELCOME_VERBS: Final = frozenset({"welcome", "greet", "host", "fete", "entertain"})
ARRIVE_VERBS: Final = frozenset({"arrive", "land", "touch"})
# Whoever is aboard arrives with them.
VEHICLE_NOUNS: Final = frozenset(
    {
        "plane",
        "aircraft",
        "jet",
        "airplane",
        "helicopter",
        "train",
        "motorcade",
        "convoy",
        "flight",
        "yacht",
        "airbus",
    }
)
TRAVEL_VERBS: Final = frozenset(
    ["travel", "go", "fly", "come", "head", "journey", "depart", "leave", "return", "venture", "cross", "drive", "jet",
     "set", "stop", "proceed", "continue", "rush", "hurry", "hasten", "sail", "motor", "race", "dash", "step", "ride",
     "repair", "trek", "decamp", "move", "descend", "commute", "shuttle", "hop", "pop", "zip", "embark"]
)  # fmt: skip
# Verbs of calling somewhere, with the particle or preposition that makes them so, and what the place follows.
CALL_VERBS: Final[dict[str, frozenset[str]]] = {
    "drop": frozenset({"in", "by"}),
    "turn": frozenset({"up"}),
    "show": frozenset({"up"}),
    "stop": frozenset({"over", "off", "by"}),
    "call": frozenset({"in"}),
    "swing": frozenset({"by", "through"}),
    "pop": frozenset({"in", "over"}),
    "pass": frozenset({"through"}),
    "roll": frozenset({"in", "up", "into"}),
    "sweep": frozenset({"in", "into"}),
    "breeze": frozenset({"in", "into"}),
    "slip": frozenset({"into"}),
    "blow": frozenset({"in", "into"}),
    "check": frozenset({"in", "into"}),
}
# What leaders are shown: told without a town, it lies where the story does.
VENUE_NOUNS: Final = frozenset(
    ["farm", "factory", "plant", "works", "work", "mill", "brewery", "dairy", "school", "museum", "hospital", "shipyard",
     "yard", "mine", "vineyard", "winery", "distillery", "quarry", "workshop", "bakery", "village", "town", "city", "island",
     "palace", "castle", "cathedral", "church", "mosque", "temple", "shrine", "monastery", "cemetery", "memorial", "university",
     "college", "campus", "stadium", "harbour", "harbor", "port", "dam", "bridge", "station", "base", "barracks", "camp",
     "estate", "cottage", "pub", "house", "market", "laboratory", "nursery", "orchard", "stable", "hall", "library",
     "airport", "airfield", "airstrip", "hotel", "lodge", "inn", "resort", "lake", "falls", "fall", "beach", "park", "reserve", "garden",
     "border", "residence", "mansion", "headquarters", "building", "site", "tower", "square", "theatre", "venue", "clinic"]
)  # fmt: skip
# Rules whose words report that a visitor has arrived.
ARRIVALS: Final = frozenset({"arrival-noun", "arrive-verb", "land-verb", "touch-verb"})
# Verbs that put somebody at a place without telling the way there.
STAY_VERBS: Final = frozenset(
    {"be", "attend", "stay", "join", "address", "participate", "take", "appear", "spend"}
)
PAY_VERBS: Final = frozenset(
    {
        "pay",
        "make",
        "begin",
        "start",
        "undertake",
        "conclude",
        "end",
        "wrap",
        "complete",
        "finish",
        "embark",
        "kick",
        "open",
        "continue",
        "hold",
        "cut",
        "extend",
    }
)
VISIT_KINDS: Final[dict[str, str]] = {
    "state": "StateVisit",
    "official": "OfficialVisit",
    "working": "WorkingVisit",
    "private": "PrivateVisit",
}
MEETING_NOUNS: Final = frozenset(
    {
        "talk",
        "meeting",
        "discussion",
        "negotiation",
        "conversation",
        "consultation",
        "dialogue",
        "encounter",
        "audience",
        "call",
        "bilateral",
    }
)
MEETING_VERBS: Final = frozenset({"meet", "confer", "huddle", "receive", "see"})
SUMMIT_NOUNS: Final = frozenset({"summit"})
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
# Nouns that act for the state that is named with them, and those that never do.
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
ANNIVERSARY_OF_RELATIONS: Final = frozenset(
    {"relation", "tie", "link", "relationship", "partnership", "friendship"}
)
SPEECH_VERBS: Final = frozenset(
    [
        "say",
        "tell",
        "add",
        "announce",
        "note",
        "stress",
        "emphasize",
        "emphasise",
        "underline",
        "state",
        "declare",
        "explain",
        "confirm",
        "point",
        "remark",
        "claim",
        "comment",
        "report",
        "highlight",
        "underscore",
        "reiterate",
        "insist",
        "argue",
        "warn",
    ]
)
# Expressions that put what follows into the future, make it unsure, call it off or deny it.
PLANNING_ADJECTIVES: Final = frozenset(
    {"set", "due", "expected", "scheduled", "slated", "planned", "likely", "poised", "bound", "supposed"}
)
PLANNING_VERBS: Final = frozenset(
    {"plan", "expect", "schedule", "prepare", "intend", "agree", "accept", "anticipate", "arrange"}
)
WISH_VERBS: Final = frozenset(
    {
        "hope",
        "want",
        "wish",
        "like",
        "love",
        "consider",
        "mull",
        "seek",
        "propose",
        "suggest",
        "urge",
        "call",
        "invite",
    }
)
# Verbs that bring the past back: what they govern has happened.
MEMORY_VERBS: Final = frozenset({"remember", "recall", "recollect", "reminisce", "commemorate"})
CANCEL_VERBS: Final = frozenset(
    {"cancel", "scrap", "abandon", "axe", "scuttle", "drop", "shelve", "abort", "ditch"}
)
POSTPONE_VERBS: Final = frozenset({"postpone", "delay", "defer", "reschedule"})
FUTURE_ADJECTIVES: Final = frozenset(
    {
        "upcoming",
        "forthcoming",
        "planned",
        "coming",
        "anticipated",
        "expected",
        "future",
        "scheduled",
        "imminent",
        "next",
    }
)
NUMBER_WORDS: Final[dict[str, int]] = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ]
    )
}
TENS: Final[dict[str, int]] = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
ORDINAL_WORDS: Final[dict[str, int]] = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
}
DIRECTIONS: Final = frozenset(
    [
        "northern",
        "southern",
        "eastern",
        "western",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "central",
    ]
)
