"""What the golden tests ask: each stored query once as plainly as it can be asked, and what its parameters do."""

from __future__ import annotations

from kg.queries import load, names
from kg.stores.federation import uses_service

VISIT = "visit:vladimir-putin-cn-2024-05-16"

# What a query needs to be asked at all, of the fixture and of the bundled graph alike.
REQUIRED = {
    "evidence": {"thing": "Russia"},
    "members": {"organization": "BRICS"},
    "shared-organizations": {"state": "Russia", "other": "China"},
}
# Those that ask other endpoints are not asked here: tests/queries/test_federated.py has them.
LOCAL = [name for name in names() if not uses_service(load(name).text)]
PLAIN = {name: REQUIRED.get(name, {}) for name in LOCAL}

# name of the golden file: query, parameters; asked of the fixture only
WITH_PARAMETERS: dict[str, tuple[str, dict[str, str]]] = {
    "agreements-topic": ("agreements", {"topic": "ENERGY"}),
    "agreements-signed": ("agreements", {"since": "2024", "party": "China", "kind": "declaration", "until": "2024",
                                         "status": "occurred"}),
    "anniversaries-years": ("anniversaries", {"years": "75", "state": "China", "since": "2024", "until": "2024-12",
                                              "status": "underway"}),
    "anniversaries-none": ("anniversaries", {"years": "70"}),
    "contradictions-property": ("contradictions", {"property": "schema:endDate"}),
    "contradictions-thing": ("contradictions", {"thing": "visit:lula-da-silva-ru-2024-10"}),
    "evidence-visit": ("evidence", {"thing": VISIT}),
    "evidence-property": ("evidence", {"thing": VISIT, "property": "schema:endDate"}),
    "invitations-by": ("invitations", {"by": "Putin", "to": "Xi Jinping", "status": "occurred"}),
    "itinerary-visit": ("itinerary", {"visit": VISIT}),
    "itinerary-visitor": ("itinerary", {"visitor": "Lula", "since": "2024-10", "until": "2024-10", "status": "occurred"}),
    "leaders-all": ("leaders", {"all": "yes"}),
    "leaders-on": ("leaders", {"state": "Russia", "on": "2010", "all": "yes"}),
    "leaders-person": ("leaders", {"person": "Dmitry Medvedev"}),
    "leaders-office": ("leaders", {"office": "aide"}),
    "meetings-state": ("meetings", {"state": "Brazil", "kind": "phone call"}),
    "meetings-place": (
        "meetings",
        {"place": "Beijing", "person": "Xi", "since": "2024-05", "until": "2024-05", "status": "occurred"},
    ),
    "members-on": ("members", {"organization": "EAEU", "on": "2017"}),
    "members-role": ("members", {"organization": "SCO", "role": "dialogue partner"}),
    "organizations-member": ("organizations", {"member": "Kazakhstan"}),
    "organizations-mentioned": ("organizations", {"mentioned": "no"}),
    "organizations-kind": ("organizations", {"kind": "informal forum"}),
    "shared-organizations-on": ("shared-organizations", {"state": "RU", "other": "KZ", "on": "2014"}),
    "shared-organizations-role": (
        "shared-organizations", {"state": "Russia", "other": "Turkey", "role": "member"},
    ),
    "timeline-person": ("timeline", {"person": "Lula"}),
    "timeline-state": ("timeline", {"state": "China", "since": "2024-05-16", "until": "2024-09"}),
    "timeline-type": ("timeline", {"type": "summit", "organization": "BRICS", "status": "planned"}),
    "topics-words": ("topics", {"words": "EN", "type": "agreement", "state": "Russia"}),
    "unconfirmed-until": ("unconfirmed", {"since": "2024", "until": "2024-09", "state": "Kazakhstan", "type": "visit"}),
    "visits-to": ("visits", {"to": "China", "since": "2024"}),
    "visits-month": ("visits", {"since": "2024-07-15", "until": "2024-07-20"}),
    "visits-all": (
        "visits",
        {"visitor": "Putin", "from": "Russian", "to": "CHN", "place": "Harbin", "since": "2024-05-16",
         "until": "2024-05-16", "status": "occurred", "kind": "state"},
    ),
    "visits-none": ("visits", {"visitor": "Putin", "to": "Brazil"}),
    "who-met-whom-person": ("who-met-whom", {"person": "Xi", "status": "occurred"}),
    "who-met-whom-pair": ("who-met-whom", {"other": "Putin", "kind": "phone call", "since": "2024-10", "until": "2024"}),
}  # fmt: skip
