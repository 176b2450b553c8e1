"""Visits, arrivals and journeys; meetings and summits, which bring them about."""

from __future__ import annotations

from typing import Final

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
ARRIVALS: Final = frozenset(
    {
        "arrival-noun",
        "arrive-verb",
        "land-verb",
        "touch-verb",
        "linear-arrive",
        "linear-land",
        "since-presence",
        "press-conference",
    }
)
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
