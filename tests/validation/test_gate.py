"""The gate: what it finds in a change, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.namespaces import PREFIXES, RDF, REFERENCE_GRAPH, SCHEMA, SMT, STORE_GRAPH, XSD, iri
from kg.stores.oxigraph import OxigraphStore
from kg.validation import Finding, check, engine
from kg.validation.full import validate_store
from kg.validation.report import compact

WORLD = """
state:RU a smt:State ; rdfs:label "Russia"@en ; smt:isoAlpha2 "RU" .
state:CN a smt:State ; rdfs:label "China"@en ; smt:isoAlpha2 "CN" .
office:president-of-russia a smt:Office ; rdfs:label "President of Russia"@en ; org:postIn state:RU .
person:putin a smt:Leader ; rdfs:label "Putin"@en ; org:holds office:president-of-russia .
place:beijing-cn a smt:Place ; rdfs:label "Beijing"@en ; smt:inState state:CN .
relation:cn-ru a smt:DiplomaticRelation ; smt:between state:CN, state:RU ;
    smt:establishedOn "1949-10-02"^^xsd:date .
visit:1 a smt:Visit ; smt:visitor person:putin ; smt:hostState state:CN ; schema:location place:beijing-cn ;
    schema:startDate "2024-05-16"^^xsd:date .
anniversary:75-cn-ru a smt:Anniversary ; smt:anniversaryOf relation:cn-ru ; smt:ordinal 75 ;
    schema:startDate "2024"^^xsd:gYear .
"""


def quads(text: str, graph: NamedNode | DefaultGraph | None = None) -> list[Quad]:
    head = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())
    return [
        Quad(quad.subject, quad.predicate, quad.object, graph or DefaultGraph())
        for quad in parse(head + text, format=RdfFormat.TURTLE)
    ]


@pytest.fixture
def store() -> OxigraphStore:
    store = OxigraphStore()
    store.apply(insert=quads(WORLD))
    return store


def shapes(findings: Collection[Finding]) -> set[str]:
    return {compact(finding.shape).removeprefix("smtsh:") for finding in findings}


@pytest.mark.parametrize(
    ("insert", "delete", "expected"),
    [
        ("", "", set()),
        ('visit:1 schema:endDate "2024-05-17"^^xsd:date .', "", set()),
        ('visit:1 schema:endDate "2024-04"^^xsd:gYearMonth .', "", {"DiplomaticEvent-endNotBeforeStart"}),
        (
            'visit:1 schema:endDate "2024-02-30"^^xsd:date .',
            "",
            {"DiplomaticEvent-endDate", "Literal-lexicalForm", "DiplomaticEvent-endNotBeforeStart"},
        ),
        ("place:beijing-cn smt:inState state:RU .", "", {"Place-inState"}),
        ("place:beijing-cn smt:inState state:RU .", "place:beijing-cn smt:inState state:CN .", {"Visit-locationInHost"}),
        ("office:president-of-russia org:postIn state:CN .", "office:president-of-russia org:postIn state:RU .", {"Visit-visitorNotAtHome"}),
        (
            'relation:cn-ru smt:establishedOn "1950"^^xsd:gYear .',
            'relation:cn-ru smt:establishedOn "1949-10-02"^^xsd:date .',
            {"Anniversary-ordinalAgrees"},
        ),
        ("", "person:putin a smt:Leader .", {"Visit-visitor", "Office-holder"}),
        ("", "state:CN a smt:State .", {"State-type", "Visit-hostState", "Place-inState", "DiplomaticRelation-between"}),
        ("visit:1 smt:vistor person:putin .", "", {"Word-inOntology"}),
        ("person:putin org:holds person:putin .", "", {"Leader-holds"}),
        ('state:XX a smt:State ; rdfs:label "X" ; smt:isoAlpha2 "RU" .', "", {"State-isoAlpha2Unique"}),
    ],
)  # fmt: skip
def test_change(store: OxigraphStore, insert: str, delete: str, expected: set[str]) -> None:
    report = check(store, quads(insert), quads(delete))
    assert shapes(report.findings) == expected
    assert report.conforms is (not expected)


def test_check_leaves_the_store_as_it_is(store: OxigraphStore) -> None:
    before = set(store.quads())
    check(store, quads("visit:2 a smt:Visit ."), quads("visit:1 a smt:Visit ."))
    assert set(store.quads()) == before


def test_what_a_change_does_not_touch_is_not_reported(store: OxigraphStore) -> None:
    store.apply(insert=quads("visit:broken a smt:Visit ."))
    assert check(store, quads('visit:1 smt:topic "trade"@en .')).conforms
    # What was wrong with it before keeps nothing out; who asks is told.
    more = quads('visit:broken smt:topic "trade"@en .')
    assert check(store, more).conforms
    asked = check(store, more, resolved=True)
    assert asked.conforms
    assert {finding.state for finding in asked.findings} == {"already there"}


def test_what_a_change_mends_is_resolved(store: OxigraphStore) -> None:
    store.apply(insert=quads("visit:2 a smt:Visit ; smt:visitor person:putin ."))
    report = check(store, quads("visit:2 smt:hostState state:CN, state:RU ."), resolved=True)
    states = {compact(finding.shape): finding.state for finding in report.findings}
    assert states["smtsh:Visit-hostStateOrLacks"] == "resolved"
    assert states["smtsh:Visit-hostState"] == "new"
    gone = check(store, [], quads("visit:2 a smt:Visit ; smt:visitor person:putin ."), resolved=True)
    assert {finding.state for finding in gone.findings} == {"resolved"}
    assert gone.conforms


def test_what_is_there_already_is_no_change(store: OxigraphStore) -> None:
    seen: list[object] = []

    def run(triples: set[Triple], focus: Mapping[str, Collection[NamedNode]]) -> list[Finding]:
        seen.append(focus)
        return []

    check(store, quads(WORLD), run=run)
    check(store, [], quads("visit:9 a smt:Visit ."), run=run)
    assert seen == []


def test_a_quad_that_is_deleted_and_inserted_stays(store: OxigraphStore) -> None:
    triple = quads("visit:1 smt:hostState state:CN .")
    assert check(store, triple, triple).conforms


def test_other_spellings_of_a_number_are_no_second_value(store: OxigraphStore) -> None:
    assert check(store, quads('anniversary:75-cn-ru smt:ordinal "+075"^^xsd:integer .')).conforms
    gone = check(store, [], quads('anniversary:75-cn-ru smt:ordinal "075"^^xsd:integer .'))
    assert gone.conforms


def test_little_is_read_however_large_the_store_is(store: OxigraphStore) -> None:
    many = [
        quad
        for number in range(300)
        for quad in quads(
            f"visit:x{number} a smt:Visit ; smt:visitor person:putin ; smt:hostState state:CN ."
        )
    ]
    store.apply(insert=many)
    sizes: list[int] = []

    def run(triples: set[Triple], focus: Mapping[str, Collection[NamedNode]]) -> list[Finding]:
        sizes.append(len(triples))
        return []

    # A host state that is none: what breaks nothing is not given to the shapes at all.
    check(store, quads("visit:2 a smt:Visit ; smt:visitor person:putin ; smt:hostState person:xi ."), run=run)
    assert 0 < sizes[0] < 30


ARTICLE, CLAIM = iri("article", "a"), iri("claim", "a", "1")
TEXT = """
article:a a smt:Article ; smt:sha256 "5d9f2a0ce7b6e5b5f3a3a1b8d41a4b5f6c7d8e9f0a1b2c3d4e5f60718293a4b5" ;
    smt:text "Putin arrived in Beijing." .
<CLAIM> a smt:Claim ; schema:about visit:1 ; smt:modality smt:Occurred ; smt:confidence 0.90 ;
    schema:isPartOf article:a ; prov:wasGeneratedBy <urn:x> ; prov:wasQuotedFrom <CLAIM#p> .
<CLAIM#p> a oa:SpecificResource ; oa:hasSource article:a ; oa:hasSelector <CLAIM#q>, <CLAIM#o> .
<CLAIM#o> a oa:TextPositionSelector ; oa:start 6 ; oa:end 13 .
<CLAIM#q> a oa:TextQuoteSelector ; oa:exact "arrived" .
""".replace("CLAIM", CLAIM.value)


def test_claims_are_checked_in_the_graph_of_their_article(store: OxigraphStore) -> None:
    article = quads(TEXT, ARTICLE)
    assert len(check(store, article)) == 0
    store.apply(insert=article)
    wrong = [Quad(ARTICLE, SMT.text, Literal("Putin departed."), ARTICLE)]
    right = [Quad(ARTICLE, SMT.text, Literal("Putin arrived in Beijing."), ARTICLE)]
    assert shapes(check(store, wrong, right).findings) == {"Passage-words"}


def test_strict_shapes_do_not_hold_in_claim_and_article_graphs(store: OxigraphStore) -> None:
    loose = quads("visit:7 a smt:Visit ; smt:hostState state:CN, state:RU .")
    for graph in (CLAIM, ARTICLE, REFERENCE_GRAPH):
        moved = [Quad(quad.subject, quad.predicate, quad.object, graph) for quad in loose]
        assert len(check(store, moved)) == 0


def test_literals_are_checked_in_every_graph(store: OxigraphStore) -> None:
    wrong = Quad(iri("visit", "7"), SCHEMA.startDate, Literal("2024-02-30", datatype=XSD.date), CLAIM)
    assert shapes(check(store, [wrong]).findings) == {"Literal-lexicalForm"}


def test_additions_are_checked_in_the_store_graph(store: OxigraphStore) -> None:
    made = Quad(iri("addition", "1"), RDF.type, SMT.Addition, STORE_GRAPH)
    assert shapes(check(store, [made]).findings) == {"Addition-created", "Addition-source", "Addition-sha256"}


def test_whole_store_agrees_with_the_gate(store: OxigraphStore) -> None:
    broken = quads("visit:2 a smt:Visit . place:x smt:inState visit:2 .") + quads(
        TEXT.replace("oa:start 6", "oa:start 7"), ARTICLE
    )
    empty = OxigraphStore()
    before = check(empty, [*quads(WORLD), *broken])
    store.apply(insert=broken)
    whole = validate_store(store)
    assert whole == before
    assert shapes(whole.findings) >= {"Visit-visitorOrLacks", "Place-type", "Place-inState", "Passage-words"}


def test_text_with_backslashes_does_not_break_the_messages() -> None:
    wrong = quads(
        r'visit:1 a smt:Visit ; schema:startDate "\\1" ; smt:hostState "\\g<x>", state:CN ; smt:lacks "\\q" .'
    )
    assert len(check(OxigraphStore(), wrong)) > 3


def test_terms_reach_the_shapes_unrepaired() -> None:
    term = engine.to_rdflib(Literal("2024-05-16T12:00:00Z", datatype=XSD.date))
    assert str(term) == "2024-05-16T12:00:00Z"
