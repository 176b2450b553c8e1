"""ontology/reference/places.ttl: capitals, large cities, and places known for diplomacy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from . import tables
from .names import is_ascii_letters, plain, slug
from .states import USAGE, State
from .turtle import decimal, document, english, geonames, name, text

GEONAMES = "GeoNames"
# Territories without an entry of their own: the state that answers for their foreign affairs.
ADMINISTERED_BY = {"HK": "CN", "MO": "CN", "GL": "DK", "SJ": "NO", "NC": "FR", "PF": "FR", "PR": "US"}
# Signs of a transliteration system that no newspaper prints: such a name is not kept as another name.
_SCHOLARLY = re.compile("[āēīōūŏŭĀĒĪŌŪḩḨşţŢḑḐẕẔ`‘’ʻ]|[^\u0000-\u024f\u1e00-\u1eff]")


@dataclass
class Place:
    """One place, with everything that its entry will say."""

    local: str
    label: str
    other_names: list[str]
    state: str
    latitude: str
    longitude: str
    population: str
    geonames: str
    is_capital: bool
    sources: list[str]


def read(directory: Path, states: dict[str, State]) -> list[Place]:
    """All places: the source table without places-left-out.tsv, named as places.tsv says."""
    left_out = {
        (row["state"], left)
        for row in tables.curated_rows("places-left-out.tsv")
        for left in tables.split(row["names"])
    }
    changes = {(row["state"], row["table_name"]): row for row in tables.curated_rows("places.tsv")}
    rows = tables.source(directory, "cities.tsv")
    known = {(row["iso2"], row["name"]) for row in rows}
    for key in sorted({*left_out, *changes} - known):
        raise ValueError(f"the curated tables name {key}, which the source table does not have")
    # Capitals and then the largest take the plain IRI; a later place of that name in that state gets its number.
    rows = [row for row in rows if (row["iso2"], row["name"]) not in left_out]
    rows.sort(key=lambda row: ("capital" not in row["why"], -int(row["population"] or 0), row["source"]))
    places: dict[str, Place] = {}
    for row in rows:
        place = _place(row, changes.get((row["iso2"], row["name"])), states)
        if place.local in places:
            place.local = f"{place.local}-{place.geonames}"
        if place.local in places or place.local.endswith("-"):
            raise ValueError(f"two places would have the IRI {place.local}")
        places[place.local] = place
    return list(places.values()) + _regions(places, states)


def _place(row: tables.Row, change: tables.Row | None, states: dict[str, State]) -> Place:
    state = ADMINISTERED_BY.get(row["iso2"], row["iso2"])
    if state not in states:
        raise ValueError(f"{row['name']}: no state {state}")
    label = change["label"] if change else plain(row["name"])
    others = tables.split(change["other_names"]) if change else []
    if not change and is_ascii_letters(row["name"]) and not _SCHOLARLY.search(row["name"]):
        others.append(row["name"])
    others += [plain(other) for other in (label, *others)]
    if label.endswith("-si"):
        raise ValueError(f"{label}: the label has the word for city")
    number = row["source"].removeprefix("geonames:")
    # A site without an entry of its own carries the nearest town's number: good for coordinates, not as identity.
    borrowed = "nearest town" in row["why"]
    return Place(
        local=f"{slug(label)}-{state.lower()}",
        label=label,
        other_names=sorted({other for other in others if other != label}),
        state=state,
        latitude=row["lat"],
        longitude=row["lon"],
        population="" if borrowed else row["population"],
        geonames="" if borrowed else number,
        is_capital=row["why"].startswith("capital") and row["iso2"] in states,
        sources=[GEONAMES, USAGE] if change else [GEONAMES],
    )


def _regions(places: dict[str, Place], states: dict[str, State]) -> list[Place]:
    """Islands, regions and sites that the source table of cities has not: without coordinates."""
    regions = []
    taken = set(places)
    for row in tables.curated_rows("regions.tsv"):
        local = f"{slug(row['label'])}-{row['state'].lower()}"
        if local in taken or row["state"] not in states:
            raise ValueError(f"regions.tsv: {row['label']} is there already, or its state is not")
        taken.add(local)
        others = tables.split(row["other_names"])
        others += [plain(other) for other in (row["label"], *others)]
        unlike = sorted({other for other in others if other != row["label"]})
        regions.append(
            Place(local, row["label"], unlike, row["state"], "", "", "", "", False, [row["source"]])
        )
    return regions


def capitals(places: list[Place], states: dict[str, State]) -> dict[str, list[str]]:
    """The local names of the capitals by code of the state."""
    found = {code: [] for code in states}
    named = {(place.state, place.label): place.local for place in places}
    for code, state in states.items():
        if state.capitals:
            found[code] = [named[code, capital] for capital in state.capitals]
    for place in places:
        if place.is_capital and not states[place.state].capitals:
            found[place.state].append(place.local)
    return found


def build(places: list[Place], header: list[str]) -> str:
    """The file."""
    subjects = {}
    for place in places:
        properties = {
            "a": [name("smt", "Place")],
            "rdfs:label": [english(place.label)],
            "skos:altLabel": [english(other) for other in place.other_names],
            "smt:inState": [name("state", place.state)],
            "smt:population": [place.population] if place.population else [],
            "geo:lat": [decimal(place.latitude)] if place.latitude else [],
            "geo:long": [decimal(place.longitude)] if place.longitude else [],
            "skos:exactMatch": [geonames(place.geonames)] if place.geonames else [],
            "dcterms:source": [text(source) for source in place.sources],
        }
        subjects[name("place", place.local)] = {key: values for key, values in properties.items() if values}
    return document(header, subjects)
