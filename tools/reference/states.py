"""ontology/reference/states.ttl: the states, their names, codes, words for their people, capitals."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from . import tables
from .names import plain
from .turtle import decimal, document, english, geonames, name, text

FACTBOOK = "CIA World Factbook"
CODES = "datasets/country-codes"
CLDR = "Unicode CLDR"
USAGE = "common English usage"
# Codes of the source tables that are not ISO 3166-1, and of states that its table of states lacks.
ALPHA3 = {"CK": "COK", "NU": "NIU"}


@dataclass
class State:
    """One state, with everything that its entry will say."""

    alpha2: str
    alpha3: str
    label: str
    other_names: list[str]
    nouns: list[str]
    adjectives: list[str]
    prefixes: list[str]
    capitals: list[str]
    wikidata: str
    geonames: str
    latitude: str
    longitude: str
    comment: str
    sources: list[str] = field(default_factory=list)


def read(directory: Path) -> dict[str, State]:
    """All states by their two-letter code: the source table, changed as states.toml says."""
    changes = tables.curated("states.toml")
    rows = {row["iso2"]: row for row in tables.source(directory, "states.tsv")}
    for code, alpha3 in ALPHA3.items():
        rows[code] = dict.fromkeys(next(iter(rows.values())), "") | {"iso2": code, "iso3": alpha3}
    return {code: _state(row, changes.get(code, {})) for code, row in sorted(rows.items())}


def _state(row: tables.Row, change: dict) -> State:
    code = row["iso2"]
    label = change.get("label", row["common_name"])
    official = change.get("official", row["official_name"])
    others = [official, *change.get("names", [])]
    if label != row["common_name"]:
        others.append(row["common_name"])
    others += [plain(other) for other in (label, *others)]
    nouns = change.get("nouns", tables.split(row["demonym_nouns"])) + change.get("more_nouns", [])
    adjectives = change.get("adjectives", tables.split(row["demonym_adjectives"]))
    sources = [change["source"], USAGE] if "source" in change else [FACTBOOK, CODES, CLDR]
    if change and USAGE not in sources:
        sources.append(USAGE)
    return State(
        alpha2=code,
        alpha3=row["iso3"],
        label=label,
        other_names=sorted({other for other in others if other and other != label}),
        nouns=nouns,
        adjectives=adjectives + change.get("more_adjectives", []),
        prefixes=change.get("prefixes", []),
        capitals=change.get("capitals", []),
        wikidata=change.get("wikidata", row["wikidata"]),
        geonames=row["geonames"],
        latitude=change.get("latitude", row["lat"]),
        longitude=change.get("longitude", row["lon"]),
        comment=change.get("comment", ""),
        sources=sources,
    )


def build(states: dict[str, State], capitals: dict[str, list[str]], header: list[str]) -> str:
    """The file; capitals are the local names of the places by code of the state."""
    subjects: dict[str, dict[str, list[str]]] = {}
    for code, state in states.items():
        if not capitals.get(code):
            raise ValueError(f"{state.label}: no capital among the places")
        matches = [name("wd", state.wikidata)]
        if state.geonames:
            matches.append(geonames(state.geonames))
        properties = {
            "a": [name("smt", "State")],
            "rdfs:label": [english(state.label)],
            "skos:altLabel": [english(other) for other in state.other_names],
            "smt:isoAlpha2": [text(code)],
            "smt:isoAlpha3": [text(state.alpha3)],
            "smt:demonymNoun": [english(noun) for noun in state.nouns],
            "smt:demonymAdjective": [english(adjective) for adjective in state.adjectives],
            "smt:demonymPrefix": [english(f"{prefix}-") for prefix in state.prefixes],
            "smt:capital": [name("place", capital) for capital in capitals[code]],
            "geo:lat": [decimal(state.latitude)],
            "geo:long": [decimal(state.longitude)],
            "skos:exactMatch": matches,
            "rdfs:comment": [english(state.comment)] if state.comment else [],
            "dcterms:source": [text(source) for source in state.sources],
        }
        subjects[name("state", code)] = {key: values for key, values in properties.items() if values}
    return document(header, subjects)
