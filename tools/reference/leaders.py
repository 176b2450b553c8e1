"""ontology/reference/leaders.ttl and organization-heads.ttl: people, their offices, and when they held them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from . import tables
from .names import plain, slug
from .organizations import PUBLIC_RECORD
from .people import hyphenless, plausible, printed
from .states import FACTBOOK, State
from .turtle import date, document, english, name, text

# Dissolved states, under the state that texts of today put in their place.
SUCCESSORS = {"SU": "RU", "YU": "RS", "CSHH": "CZ", "DD": "DE", "YD": "YE"}
FORMERLY = {"SU": "the Soviet Union", "YU": "Yugoslavia", "CSHH": "Czechoslovakia", "DD": "East Germany"}
FORMERLY["YD"] = "South Yemen"
SOURCES = {"wikidata": "Wikidata", "factbook": FACTBOOK, "archigos": "Archigos 4.1"}
RESTRICTED = {"wikipedia": "Wikipedia, lists of state leaders", "reign": "REIGN, March 2021"}
MONARCHS = {"King", "Queen", "Emir", "Sultan", "Emperor", "Grand Duke", "Prince"}
KINDS = {
    "head_of_state": {"HeadOfState"},
    "head_of_government": {"HeadOfGovernment"},
    "both": {"HeadOfState", "HeadOfGovernment"},
}
# Titles that say more than the column of kinds does.
FIXED_KINDS = {
    "Prime Minister": {"HeadOfGovernment"},
    "Chancellor": {"HeadOfGovernment"},
    "Foreign Minister": {"ForeignMinister"},
    "Pope": {"HeadOfState"},
}
# Crowns and offices that one person holds besides the one of home: see docs/reference-facts.md.
HOME = {"Elizabeth II": "GB", "Charles III": "GB"}
COUNCILS = {"BA"}
_ACTING = re.compile(r"(?i)(acting|interim|caretaker|provisional|transitional|transition|de facto) (.+)")
ARTICLE = re.compile(
    r"United|Netherlands$|Philippines$|Maldives$|Bahamas$|Gambia$|Comoros$|Seychelles$|Marshall|Solomon|Cook"
    r"|Democratic Republic|Dominican|Central African|Republic of"
)


@dataclass
class Tenure:
    """One person's time in one office."""

    title: str
    within: str
    kinds: set[str]
    begin: str
    end: str
    comment: str
    sources: list[str]


@dataclass
class Person:
    """A person with all their times in office."""

    label: str
    state: str
    other_names: set[str] = field(default_factory=set)
    wikidata: str = ""
    tenures: list[Tenure] = field(default_factory=list)
    local: str = ""
    is_leader: bool = True


def read(directory: Path) -> list[Person]:
    """The heads of state and government: the source table, changed as leaders.toml says, and what is added."""
    facts = tables.curated("leaders.toml")
    people: dict[tuple[str, str], Person] = {}
    by_number: dict[str, Person] = {}
    for row in _rows(directory, facts):
        state = SUCCESSORS.get(row["iso2"], row["iso2"])
        label, others = _named(row, state, facts["people"])
        person = people.get((state, plain(label))) or by_number.get(row["wikidata"])
        if person and person.wikidata and row["wikidata"] not in ("", person.wikidata):
            person = None
        if person is None:
            person = Person(label, state)
            namesake = (state, plain(label)) in people
            people[state, f"{label} {row['wikidata']}" if namesake else plain(label)] = person
        person.wikidata = person.wikidata or row["wikidata"]
        if person.wikidata:
            by_number[person.wikidata] = person
        person.other_names |= {other for other in others if other != person.label}
        person.tenures.append(_tenure(row, facts["titles"]))
    for row in tables.curated_rows("leaders-added.tsv"):
        person = people.setdefault((row["state"], plain(row["person"])), Person(row["person"], row["state"]))
        person.other_names |= set(tables.split(row["other_names"]))
        kinds, sources = set(row["kinds"].split()), [row["source"]]
        person.tenures.append(
            Tenure(row["title"], row["state"], kinds, row["from"], row["until"], row["comment"], sources)
        )
    found = list(people.values())
    _settle_names(found)
    _settle_identity(found)
    for person in found:
        person.tenures = _merged(person.tenures)
    return found


def _rows(directory: Path, facts: dict) -> list[tables.Row]:
    rows = tables.source(directory, "leaders.tsv")
    key = lambda row: (row["state"], row["person"], row["start"])  # noqa: E731
    drops = {key(each) for each in facts["drop"]}
    changes = {key(each): each for each in facts["change"]}
    known = {(row["iso2"], row["person"], row["start"]) for row in rows}
    for each in sorted({*drops, *changes} - known):
        raise ValueError(f"leaders.toml: no such row {each}")
    for each in sorted(set(facts["people"]) - {f"{row['iso2']} {row['person']}" for row in rows}):
        raise ValueError(f"leaders.toml: nobody called {each}")
    kept = []
    for row in rows:
        here = (row["iso2"], row["person"], row["start"])
        sources = set(row["source"].split("+"))
        # What one source alone says may be taken over only where its terms allow it.
        if here in drops or sources <= {"wikipedia"} or sources <= {"reign"}:
            continue
        if HOME.get(row["person"], row["iso2"]) != row["iso2"] or "co-prince" in row["office_title"].lower():
            continue
        change = changes.get(here, {})
        row["office_title"] = change.get("title", row["office_title"])
        row["start"] = change.get("from", _allowed(row["start"], row["start_basis"], sources))
        row["end"] = change.get("until", _allowed(row["end"], row["end_basis"], sources))
        row["changed"] = "yes" if change else ""
        kept.append(row)
    return kept


def _allowed(value: str, basis: str, sources: set[str]) -> str:
    """The date; only its year where just a restricted source has the day."""
    restricted = basis == "wikipedia" or (basis == "effective" and "archigos" not in sources)
    # The regents of San Marino take office on the first of April and of October.
    return value[:4] if restricted and value[5:] not in ("04-01", "10-01") else value


def _named(row: tables.Row, state: str, people: dict) -> tuple[str, set[str]]:
    entry = people.get(f"{row['iso2']} {row['person']}")
    given = row["person"]
    if entry is None:
        chosen = [printed(given, state)]
        aliases = [alias for alias in tables.split(row["aliases"]) if plausible(alias, chosen[0])]
        aliases.append(given)
    else:
        chosen, aliases = list(entry), []
    label = chosen[0]
    names = {*chosen, *aliases}
    if state in ("KP", "KR"):
        names |= {hyphenless(each) for each in chosen}
    return label, {*names, *(plain(each) for each in names)}


def _tenure(row: tables.Row, titles: dict[str, str]) -> Tenure:
    title, remarks = row["office_title"], []
    acting = _ACTING.fullmatch(title)
    if acting and title not in titles:
        word = "transitional" if acting[1].lower() == "transition" else acting[1]
        title, remarks = acting[2][0].upper() + acting[2][1:], [f"{word.capitalize()}."]
    title = titles.get(title, title)
    code = row["iso2"]
    if title == "Chairman of the Council of Ministers" and code not in COUNCILS:
        title = "Prime Minister"
    state = SUCCESSORS.get(code, code)
    if state != code:
        remarks.append(f"Of {FORMERLY[code]}, under the name of the state of today.")
    kinds = FIXED_KINDS.get(title, KINDS[row["office_kind"]] | ({"Monarch"} if title in MONARCHS else set()))
    sources = [SOURCES[source] for source in row["source"].split("+") if source in SOURCES]
    if not sources:
        sources = [RESTRICTED[source] for source in row["source"].split("+")]
    if row["changed"]:
        sources.append(PUBLIC_RECORD)
    return Tenure(title, state, set(kinds), row["start"], row["end"], " ".join(remarks), sources)


def _settle_names(people: list[Person]) -> None:
    """Another name that two people of a state would share is nobody's, unless it is one's label."""
    owners: dict[tuple[str, str], set[int]] = defaultdict(set)
    for person in people:
        for each in {person.label, *person.other_names}:
            owners[person.state, plain(each).lower()].add(id(person))
    for person in people:
        person.other_names = {
            other
            for other in person.other_names
            if other != person.label and len(owners[person.state, plain(other).lower()]) == 1
        } | ({plain(person.label)} - {person.label})


def _settle_identity(people: list[Person]) -> None:
    """IRIs: the slug of the label; of namesakes the earliest in office has it alone, the others with their state."""
    taken: set[str] = set()
    for person in sorted(people, key=_seniority):
        local = slug(person.label)
        for candidate in (local, f"{local}-{person.state.lower()}", f"{local}-{person.state.lower()}-2"):
            if candidate not in taken:
                person.local = candidate
                break
        else:
            raise ValueError(f"too many people called {person.label}")
        taken.add(person.local)


def _seniority(person: Person) -> tuple[str, str, str, str]:
    return min(tenure.begin for tenure in person.tenures), person.state, person.label, person.wikidata


def _merged(tenures: list[Tenure]) -> list[Tenure]:
    """Rows that tell the same time in the same office twice become one."""
    merged: list[Tenure] = []
    for tenure in sorted(tenures, key=lambda each: (each.within, each.title, each.begin, each.end or "9")):
        last = merged[-1] if merged else None
        if last and (last.within, last.title) == (tenure.within, tenure.title):
            overlap = not last.end or tenure.begin < last.end or tenure.begin == last.begin
            if overlap:
                last.end = "" if not last.end or not tenure.end else max(last.end, tenure.end)
                last.kinds |= tenure.kinds
                last.sources = sorted({*last.sources, *tenure.sources})
                continue
        merged.append(tenure)
    return merged


def read_heads(people: list[Person]) -> list[Person]:
    """The heads of organizations; whoever led a state too is the same person."""
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        for each in {plain(person.label), *(plain(other) for other in person.other_names)}:
            by_name[each].append(person)
    taken = {person.local for person in people}
    heads: dict[str, Person] = {}
    for row in tables.curated_rows("organization-heads.tsv"):
        known = by_name.get(plain(row["person"]), [])
        if len(known) > 1:
            raise ValueError(f"organization-heads.tsv: several people called {row['person']}")
        if row["person"] not in heads:
            others = {*tables.split(row["other_names"]), plain(row["person"])} - {row["person"]}
            head = Person(row["person"], "", others, is_leader=bool(known))
            head.local = known[0].local if known else slug(row["person"])
            if not known and head.local in taken:
                raise ValueError(f"organization-heads.tsv: {row['person']} has the IRI of someone else")
            heads[row["person"]] = head
        kinds, sources = {"OrganizationHead"}, [f"{PUBLIC_RECORD}; dates to the year"]
        heads[row["person"]].tenures.append(
            Tenure(row["title"], row["organization"], kinds, row["from"], row["until"], "", sources)
        )
    return list(heads.values())


def build(people: list[Person], states: dict[str, State], header: list[str]) -> str:
    """The file of people, offices and tenures; people who are told of elsewhere are only said to hold the office."""
    facts = tables.curated("leaders.toml")
    subjects: dict[str, dict[str, list[str]]] = {}
    kinds: dict[str, set[str]] = defaultdict(set)
    for person in people:
        for tenure in person.tenures:
            kinds[_office(tenure, states)] |= tenure.kinds
    for person in people:
        node = name("person", person.local)
        held = sorted({_office(tenure, states) for tenure in person.tenures})
        subjects[node] = {"org:holds": [name("office", office) for office in held]}
        if person.state or not person.is_leader:
            subjects[node] |= {
                "a": [name("smt", "Leader" if person.is_leader else "Official")],
                "rdfs:label": [english(person.label)],
                "skos:altLabel": [english(other) for other in person.other_names],
                "skos:exactMatch": [name("wd", person.wikidata)] if person.wikidata else [],
            }
        for tenure in person.tenures:
            office = _office(tenure, states)
            stem = f"{person.local}-{office}-{tenure.begin[:4] or 'undated'}"
            subject = name("tenure", stem)
            if subject in subjects:
                subject = name("tenure", f"{person.local}-{office}-{tenure.begin}")
            if subject in subjects:
                raise ValueError(f"two tenures would have the IRI {subject}")
            subjects[subject] = {
                "a": [name("smt", "Tenure")],
                "org:member": [node],
                "smt:inOffice": [name("office", office)],
                "smt:from": [date(tenure.begin)] if tenure.begin else [],
                "smt:until": [date(tenure.end)] if tenure.end else [],
                "rdfs:comment": [english(tenure.comment)] if tenure.comment else [],
                "dcterms:source": [text(source) for source in tenure.sources],
            }
            in_state = tenure.within in states
            within = states[tenure.within].label if in_state else tenure.within
            needs_article = ARTICLE.match(within) if in_state else " " in within
            article = "the " if needs_article else ""
            others = facts["other"].get(f"{tenure.title}/{tenure.within}", [])
            subjects[name("office", office)] = {
                "a": [name("smt", "Office")],
                "rdfs:label": [english(f"{tenure.title} of {article}{within}")],
                "skos:altLabel": [english(other) for other in others],
                "org:postIn": [
                    name("state", tenure.within) if in_state else name("organization", slug(tenure.within))
                ],
                "smt:officeKind": [name("smt", kind) for kind in kinds[office]],
            }
    return document(header, subjects)


def _office(tenure: Tenure, states: dict[str, State]) -> str:
    within = states[tenure.within].label if tenure.within in states else tenure.within
    return slug(f"{tenure.title} of {within}")
