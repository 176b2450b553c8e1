"""Parameters: what people type becomes the right term, and never anything but a term."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.errors import ParameterError
from kg.namespaces import SMT, XSD, iri
from kg.queries import Parameter, bind, load, run
from kg.queries.parameters import Value, term
from kg.queries.terms import serialised
from kg.stores.base import Table
from kg.stores.oxigraph import OxigraphStore

HOSTILE = [
    '"} ; DROP ALL #',
    '" } } SELECT * { ?s ?p ?o } #',
    "'''\"\"\"",
    "\\",
    '\\"',
    "\\u0022 } DROP ALL #",
    "\\\\u0022",
    "\\U00000022",
    "a\nb\r\tc",
    "\x00\x07\x7f",
    "{ UNDEF }",
    "VALUES ?_topic { UNDEF }",
    "?_topic",
    "\\1 \\g<0>",
    "𝄞 é ‮",
    "",
]


def parameter(type: str) -> Parameter:
    return Parameter("it", type, "")


def found(store: OxigraphStore, type: str, value: Value) -> NamedNode | Literal:
    return term(parameter(type), value, store)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_one_literal(hostile: str, store: OxigraphStore) -> None:
    before = len(store)
    answer = store.query(f"SELECT ?x WHERE {{ VALUES ?x {{ {serialised(Literal(hostile))} }} }}")
    assert isinstance(answer, Table)
    assert answer.rows == [(Literal(hostile),)]
    table = run(store, "agreements", {"topic": hostile})
    assert isinstance(table, Table)
    # The empty text is contained in every other; nothing else of the above is in a title or topic.
    assert len(table.rows) == (2 if hostile == "" else 0)
    assert len(store) == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('\\"u{}?_\n')))
@example("\\\x07")
@example("\\u")
def test_any_text_comes_back_as_it_was(text: str) -> None:
    answer = OxigraphStore().query(f"SELECT ?x WHERE {{ VALUES ?x {{ {serialised(Literal(text))} }} }}")
    assert isinstance(answer, Table)
    assert answer.rows == [(Literal(text),)]


@pytest.mark.parametrize("hostile", [text for text in HOSTILE if text])
@pytest.mark.parametrize("type", ["state", "person", "thing", "date", "boolean", "status", "event", "claim"])
def test_hostile_text_is_no_value_of_other_types(type: str, hostile: str, store: OxigraphStore) -> None:
    with pytest.raises(ParameterError):
        found(store, type, hostile)


@pytest.mark.parametrize(
    "text", ["http://x/> } DROP ALL #", "<http://x/y z>", "state:CN>", "http://x/\\u003e"]
)
def test_hostile_iris_are_refused(text: str, store: OxigraphStore) -> None:
    with pytest.raises(ParameterError):
        found(store, "iri", text)


def test_lone_surrogates_are_refused(store: OxigraphStore) -> None:
    with pytest.raises(ParameterError, match="Unicode"):
        bind(load("agreements"), {"topic": "\udc80"}, store)


@pytest.mark.parametrize(
    ("type", "text", "expected"),
    [
        ("date", "2024-05-16", Literal("2024-05-16", datatype=XSD.date)),
        ("date", "2024-05", Literal("2024-05", datatype=XSD.gYearMonth)),
        ("date", " 2024 ", Literal("2024", datatype=XSD.gYear)),
        ("date", date(2024, 2, 29), Literal("2024-02-29", datatype=XSD.date)),
        ("integer", "75", Literal(75)),
        ("integer", 75, Literal(75)),
        ("integer", "+007", Literal(7)),
        ("boolean", "yes", Literal(True)),
        ("boolean", "False", Literal(False)),
        ("boolean", True, Literal(True)),
        ("string", " as is ", Literal(" as is ")),
        ("status", "planned", SMT.Planned),
        ("status", "under way", SMT.Underway),
        ("status", "smt:Occurred", SMT.Occurred),
        ("visit-kind", "State visit", SMT.StateVisit),
        ("visit-kind", "state", SMT.StateVisit),
        ("meeting-kind", "phone-call", SMT.PhoneCall),
        ("event-type", "summit", SMT.Summit),
        ("iri", "schema:startDate", NamedNode("https://schema.org/startDate")),
        ("iri", "urn:x:y", NamedNode("urn:x:y")),
        ("state", NamedNode("https://w3id.org/summitry/id/state/CN"), iri("state", "CN")),
        ("article", "article:2024-05-16-wire-000000000001", iri("article", "2024-05-16-wire-000000000001")),
        ("claim", "claim:2024-05-16-wire-000000000001/1", iri("claim", "2024-05-16-wire-000000000001", 1)),
    ],
)
def test_values_become_terms(
    type: str, text: Value, expected: NamedNode | Literal, store: OxigraphStore
) -> None:
    assert found(store, type, text) == expected


@pytest.mark.parametrize(
    ("type", "text", "told"),
    [
        ("date", "yesterday", "2024-05-16, 2024-05 or 2024"),
        ("date", "2024-5-16", "2024-05-16, 2024-05 or 2024"),
        ("date", "2024-02-30", "no such date"),
        ("date", "2024-13", "no such date"),
        ("date", "٢٠٢٤", "2024-05-16, 2024-05 or 2024"),
        ("integer", "many", "whole number"),
        ("integer", "1e3", "whole number"),
        ("integer", "9" * 19, "whole number"),
        ("boolean", "maybe", "yes or no"),
        ("status", "denied", "planned, underway, occurred"),
        ("visit-kind", "royal", "state visit, official visit"),
        ("article", "some article", "IRI of an article"),
        ("claim", "claim:none/1", "the graph holds no claim"),
        ("state", "state:XX", "the graph holds no state"),
        ("person", "state:CN", "the graph holds no person"),
        ("event", "agreement:commercial-deals", "the graph holds no event"),
        ("iri", "Putin", "IRI, in full or with a prefix"),
    ],
)
def test_ill_typed_values_say_what_is_expected(type: str, text: str, told: str, store: OxigraphStore) -> None:
    with pytest.raises(ParameterError, match=told) as caught:
        found(store, type, text)
    assert caught.value.where == "parameter it"
    assert text[:5] in str(caught.value) or type in str(caught.value)


def test_unknown_parameter_gets_the_nearest(store: OxigraphStore) -> None:
    with pytest.raises(ParameterError, match='no parameter "visiter"; did you mean visitor'):
        bind(load("visits"), {"visiter": "Putin"}, store)


def test_missing_required_parameter_is_named(store: OxigraphStore) -> None:
    with pytest.raises(ParameterError, match='"members" needs organization'):
        bind(load("members"), {"role": "member"}, store)


def test_every_block_of_a_parameter_is_bound_and_no_other(store: OxigraphStore) -> None:
    query = load("leaders")
    text = bind(query, {"person": "Putin"}, store)
    blocks = query.text.count("VALUES ?_person { UNDEF }")
    assert blocks > 1
    assert text.count(f"VALUES ?_person {{ {iri('person', 'vladimir-putin')} }}") == blocks
    assert text.count("UNDEF") == query.text.count("UNDEF") - blocks


def test_default_is_bound_where_nothing_is_given(store: OxigraphStore) -> None:
    query = load("visits")
    changed = query._replace(
        parameters=tuple(p._replace(default="planned") if p.name == "status" else p for p in query.parameters)
    )
    assert "VALUES ?_status { <https://w3id.org/summitry/ontology#Planned> }" in bind(changed, {}, store)
    assert "ontology#Occurred> }" in bind(changed, {"status": "occurred"}, store)
