"""What must hold of the files in ontology/reference/, whoever wrote them."""

from __future__ import annotations

import re
import warnings
from collections import Counter, defaultdict
from pathlib import Path

import pycountry
import pyoxigraph as ox
import pytest
import rdflib

from kg.namespaces import DCTERMS, ORG, PREFIXES, RDF, RDFS, SKOS, SMT, WD

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "ontology" / "reference").glob("*.ttl"))
STATES = 193 + 2 + 4  # members of the United Nations, observers, and those that news treats as states
# Words for the people of two states; a text has to say more before it can be told which is meant.
SHARED_DEMONYMS = {"Congolese", "Dominican", "Dominicans", "Korean", "Koreans"}

Told = dict[ox.NamedNode, list]


class Facts(dict[ox.NamedNode, Told]):
    """Subject → predicate → objects, of all files together; and the same by type."""

    def __init__(self) -> None:
        super().__init__()
        self.of_type: dict[str, dict[ox.NamedNode, Told]] = defaultdict(dict)
        for file in FILES:
            for quad in ox.parse(path=str(file)):
                self.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
        for node, told in self.items():
            for kind in told.get(RDF.type, []):
                self.of_type[kind.value.removeprefix(SMT.base)][node] = told


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts()


def values(told: dict, *predicates: ox.NamedNode) -> list[str]:
    return [each.value for predicate in predicates for each in told.get(predicate, [])]


def test_the_files_are_there() -> None:
    names = {file.name for file in FILES}
    assert {
        "states.ttl", "places.ttl", "organizations.ttl", "memberships.ttl", "leaders.ttl", "organization-heads.ttl",
        "seats.ttl", "offices.ttl",
    } <= names  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_two_parsers_read_the_same(file: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = rdflib.Graph()
        graph.parse(file)
    triples = {(quad.subject, quad.predicate, quad.object) for quad in ox.parse(path=str(file))}
    assert len(triples) == len(graph) > 0
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_header_names_sources_and_generator(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    header = "\n".join(line for line in lines if line.startswith("#"))
    assert "Sources:" in header
    assert "tools/build_reference.py" in header
    assert re.search(r"CC0|CC BY|public domain", header)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_subjects_are_in_order_with_one_value_a_line(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    body = [line for line in lines if line and not line.startswith(("#", "@prefix"))]
    subjects = [line for line in body if not line.startswith(" ")]
    assert subjects == sorted(subjects)
    told = [line for line in body if line.startswith(" ")]
    assert all(re.match(r"    \S", line) and line.endswith((" ;", " .")) for line in told)
    bare = [re.sub(r'"(?:[^"\\]|\\.)*"', '""', line) for line in body]
    assert not [line for line in bare if "," in line]
    declared = dict(re.findall(r"@prefix (\S*): <(\S*)>", "\n".join(lines)))
    assert declared.items() <= PREFIXES.items()


def test_number_of_states(facts: Facts) -> None:
    assert len(facts.of_type["State"]) == STATES


def test_every_state_has_its_words(facts: Facts) -> None:
    for node, told in facts.of_type["State"].items():
        code = values(told, SMT.isoAlpha2)
        assert [node.value.rsplit("/", 1)[-1]] == code
        assert len(values(told, RDFS.label)) == 1, code
        assert len(values(told, SMT.isoAlpha3)) == 1, code
        assert values(told, SMT.demonymAdjective), code
        assert values(told, SMT.demonymNoun) or code == ["VA"]
        assert any(match.value.startswith(WD.base) for match in told[SKOS.exactMatch]), code


def test_codes_are_those_of_iso_3166(facts: Facts) -> None:
    for told in facts.of_type["State"].values():
        short, long = values(told, SMT.isoAlpha2, SMT.isoAlpha3)
        if short == "XK":
            assert long == "XKX"  # in use, but not assigned
            continue
        country = pycountry.countries.get(alpha_2=short)
        assert country is not None, short
        assert country.alpha_3 == long


def test_codes_and_matches_are_unique(facts: Facts) -> None:
    for kind in ("State", "Place", "Organization", "Leader"):
        counted: Counter[str] = Counter()
        for told in facts.of_type[kind].values():
            counted.update(values(told, SMT.isoAlpha2, SMT.isoAlpha3, SKOS.exactMatch))
        assert [value for value, number in counted.items() if number > 1] == [], kind


def test_capitals_lie_in_their_state(facts: Facts) -> None:
    for node, told in facts.of_type["State"].items():
        assert told.get(SMT.capital), node
        for place in told[SMT.capital]:
            assert facts[place][SMT.inState] == [node]


def test_no_two_states_share_a_name(facts: Facts) -> None:
    owners = defaultdict(set)
    for node, told in facts.of_type["State"].items():
        for each in values(told, RDFS.label, SKOS.altLabel):
            owners[each].add(node.value)
    assert {each: nodes for each, nodes in owners.items() if len(nodes) > 1} == {}


def test_only_listed_demonyms_are_shared(facts: Facts) -> None:
    owners = defaultdict(set)
    for node, told in facts.of_type["State"].items():
        for each in values(told, SMT.demonymNoun, SMT.demonymAdjective):
            owners[each].add(node.value)
    assert {each for each, nodes in owners.items() if len(nodes) > 1} == SHARED_DEMONYMS


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UK", "GB"), ("Britain", "GB"), ("U.S.", "US"), ("Türkiye", "TR"), ("DRC", "CD"), ("Burma", "MM"),
        ("Holy See", "VA"), ("Swaziland", "SZ"), ("Côte d'Ivoire", "CI"), ("Cabo Verde", "CV"), ("Holland", "NL"),
        ("St Kitts and Nevis", "KN"), ("Soviet Union", "RU"), ("Timor-Leste", "TL"), ("PRC", "CN"),
    ],
)  # fmt: skip
def test_states_answer_to_the_names_news_uses(facts: Facts, name: str, code: str) -> None:
    found = [
        values(told, SMT.isoAlpha2)
        for told in facts.of_type["State"].values()
        if name in values(told, RDFS.label, SKOS.altLabel)
    ]
    assert found == [[code]]


def test_places_are_in_a_state_and_on_the_map(facts: Facts) -> None:
    states = facts.of_type["State"]
    for node, told in facts.of_type["Place"].items():
        (state,) = told[SMT.inState]
        assert state in states
        code = state.value[-2:].lower()
        assert re.search(rf"-{code}(-\d+)?$", node.value), node
        assert len(values(told, RDFS.label)) == 1
        assert len(told.get(SKOS.altLabel, [])) <= 6, node


def test_places_come_under_the_names_news_uses(facts: Facts) -> None:
    labels = {
        node.value.rsplit("/", 1)[-1]: values(told, RDFS.label)[0]
        for node, told in facts.of_type["Place"].items()
    }
    assert labels["kyiv-ua"] == "Kyiv"
    assert labels["kazan-ru"] == "Kazan"
    assert labels["the-hague-nl"] == "The Hague"
    assert labels["washington-us"] == "Washington"
    assert not [label for label in labels.values() if label.endswith(("-si", "-shi"))]


def test_memberships_are_of_things_that_exist(facts: Facts) -> None:
    members = {*facts.of_type["State"], *facts.of_type["Organization"]}
    for node, told in facts.of_type["Membership"].items():
        (member,), (organization,) = told[ORG.member], told[ORG.organization]
        (role,) = told[SMT.membershipRole]
        assert member in members, node
        assert organization in facts.of_type["Organization"], node
        assert member != organization, node
        assert role.value.startswith(SMT.base)


def test_nothing_ends_before_it_begins(facts: Facts) -> None:
    for kind in ("Membership", "Tenure"):
        for node, told in facts.of_type[kind].items():
            begin, end = values(told, SMT["from"]), values(told, SMT.until)
            assert len(begin) <= 1, node
            assert len(end) <= 1, node
            if begin and end:
                length = min(len(begin[0]), len(end[0]))
                assert begin[0][:length] <= end[0][:length], node


def test_brics_as_of_2025(facts: Facts) -> None:
    def those(role: str) -> set[str]:
        return {
            told[ORG.member][0].value[-2:]
            for told in facts.of_type["Membership"].values()
            if told[ORG.organization][0].value.endswith("/brics")
            and told[SMT.membershipRole] == [SMT[role]]
            and not told.get(SMT.until)
        }

    assert those("Member") == {"BR", "RU", "IN", "CN", "ZA", "EG", "ET", "IR", "AE", "ID"}
    assert those("Invited") == {"SA"}
    assert those("Partner") == {"BO", "BY", "CU", "KZ", "MY", "NG", "TH", "UG", "UZ", "VN"}


def test_dates_of_the_eurasian_economic_union(facts: Facts) -> None:
    found = {
        (told[ORG.member][0].value[-2:], values(told, SMT.membershipRole)[0].rsplit("#", 1)[-1]): values(
            told, SMT["from"]
        )
        for told in facts.of_type["Membership"].values()
        if told[ORG.organization][0].value.endswith("/eurasian-economic-union")
    }
    assert found == {
        ("AM", "Member"): ["2015-01-02"],
        ("BY", "Member"): ["2015-01-01"],
        ("KG", "Member"): ["2015-08-12"],
        ("KZ", "Member"): ["2015-01-01"],
        ("RU", "Member"): ["2015-01-01"],
        ("MD", "Observer"): ["2018-05-14"],
        ("CU", "Observer"): ["2020-12-11"],
        ("UZ", "Observer"): ["2020-12-11"],
        ("IR", "Observer"): ["2024-12-26"],
    }


@pytest.mark.parametrize(
    ("organization", "number"),
    [("united-nations", 193), ("nato", 32), ("european-union", 27), ("asean", 11), ("g7", 7), ("g20", 21),
     ("shanghai-cooperation-organisation", 10), ("commonwealth", 56), ("visegrad-group", 4), ("arab-league", 22)],
)  # fmt: skip
def test_number_of_members(facts: Facts, organization: str, number: int) -> None:
    members = [
        node
        for node, told in facts.of_type["Membership"].items()
        if told[ORG.organization][0].value.endswith(f"/{organization}")
        and told[SMT.membershipRole] == [SMT.Member]
        and not told.get(SMT.until)
    ]
    assert len(members) == number


def test_tenures_are_of_people_in_offices(facts: Facts) -> None:
    people = {*facts.of_type["Leader"], *facts.of_type["Official"]}
    offices = facts.of_type["Office"]
    for node, told in facts.of_type["Tenure"].items():
        (person,), (office,) = told[ORG.member], told[SMT.inOffice]
        assert person in people, node
        assert office in offices, node
        assert office in facts[person][ORG.holds], node
        assert len(told[SMT["from"]]) == 1, node


def test_offices_belong_somewhere(facts: Facts) -> None:
    homes = {*facts.of_type["State"], *facts.of_type["Organization"]}
    held = {office for told in facts.values() for office in told.get(ORG.holds, [])}
    for node, told in facts.of_type["Office"].items():
        (home,) = told[ORG.postIn]
        assert home in homes
        assert told[SMT.officeKind]
        assert node in held or told.get(DCTERMS.source), "an office without holders says where it is from"


@pytest.mark.parametrize(
    ("office", "day", "person"),
    [
        ("president-of-russia", "2024-05-16", "vladimir-putin"),
        ("president-of-china", "2024-05-16", "xi-jinping"),
        ("president-of-russia", "1991-01-15", "mikhail-gorbachev"),
        ("prime-minister-of-turkey", "2003-01-10", "abdullah-gul"),
        ("pope-of-vatican-city", "2023-09-01", "francis"),
        ("chancellor-of-germany", "2015-06-07", "angela-merkel"),
        ("king-of-united-kingdom", "2023-05-06", "charles-iii"),
        ("supreme-leader-of-north-korea", "2018-04-27", "kim-jong-un"),
        ("secretary-general-of-nato", "2025-01-01", "mark-rutte"),
        ("prime-minister-of-ireland", "2011-05-23", "enda-kenny"),
    ],
)
def test_who_held_the_office(facts: Facts, office: str, day: str, person: str) -> None:
    def covers(told: dict) -> bool:
        begin, end = values(told, SMT["from"])[0], (values(told, SMT.until) or ["9999"])[0]
        return begin <= day[: len(begin)] and day[: len(end)] <= end

    found = {
        told[ORG.member][0].value.rsplit("/", 1)[-1]
        for told in facts.of_type["Tenure"].values()
        if told[SMT.inOffice][0].value.rsplit("/", 1)[-1] == office and covers(told)
    }
    assert found == {person}


def test_seats_stand_for_one_state(facts: Facts) -> None:
    owners: dict[str, set[ox.NamedNode]] = defaultdict(set)
    for node, told in facts.items():
        for seat in values(told, SMT.metonym):
            owners[seat].add(node)
    assert owners["Kremlin"] == {ox.NamedNode(f"{PREFIXES['state']}RU")}
    assert all(len(states) == 1 and states <= set(facts.of_type["State"]) for states in owners.values())
