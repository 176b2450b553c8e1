"""ontology/reference/seats.ttl and offices.ttl: what stands for a government, and titles that tell whose they are."""

from __future__ import annotations

from . import tables
from .leaders import ARTICLE
from .names import slug
from .organizations import PUBLIC_RECORD
from .states import USAGE, State
from .turtle import document, english, name, text


def build_seats(states: dict[str, State], header: list[str]) -> str:
    """The file of the seats: names that stand for the state that is governed from there."""
    subjects: dict[str, dict[str, list[str]]] = {}
    seen: dict[str, str] = {}
    for row in tables.curated_rows("seats.tsv"):
        code = row["state"]
        if code not in states:
            raise ValueError(f"seats.tsv: no state {code!r}")
        names = [row["name"], *tables.split(row["other_names"])]
        for each in names:
            if seen.setdefault(each, code) != code:
                raise ValueError(f"seats.tsv: {each!r} stands for {seen[each]} and {code}")
        subjects[name("state", code)] = {"smt:metonym": [english(each) for each in names]}
    return document(header, subjects)


def build_offices(states: dict[str, State], header: list[str]) -> str:
    """The file of the offices that are listed without their holders."""
    subjects: dict[str, dict[str, list[str]]] = {}
    for row in tables.curated_rows("offices.tsv"):
        state = states[row["state"]]
        article = "the " if ARTICLE.match(state.label) else ""
        subjects[name("office", slug(f"{row['title']} of {state.label}"))] = {
            "a": [name("smt", "Office")],
            "rdfs:label": [english(f"{row['title']} of {article}{state.label}")],
            "skos:altLabel": [english(other) for other in tables.split(row["other_titles"])],
            "smt:officeKind": [name("smt", row["kind"])],
            "org:postIn": [name("state", row["state"])],
            "dcterms:source": [text(PUBLIC_RECORD), text(USAGE)],
        }
    return document(header, subjects)
