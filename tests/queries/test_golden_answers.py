"""Every stored query has an answer that is written down, and gives it again whatever the order of loading."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable

import pytest

from kg.queries import StoredQuery, bind, load, run
from kg.queries.results import format_rows
from kg.resolution import resolve
from kg.resources import files, folder
from kg.stores.base import Table
from kg.stores.oxigraph import OxigraphStore
from tests.queries.build_fixture import build
from tests.queries.cases import LOCAL, PLAIN, WITH_PARAMETERS

CASES = {**{name: (name, values) for name, values in PLAIN.items()}, **WITH_PARAMETERS}


def answer(store: OxigraphStore, query: str, values: dict[str, str]) -> str:
    found = run(store, query, values)
    assert isinstance(found, Table)
    return format_rows(found, "tsv")


@pytest.mark.parametrize("case", CASES)
def test_fixture_gives_the_golden_answer(
    case: str, store: OxigraphStore, golden: Callable[[str, str], None]
) -> None:
    golden(case, answer(store, *CASES[case]))


@pytest.mark.parametrize("name", PLAIN if files("graph", ".trig") else [])
def test_bundled_graph_gives_the_golden_answer(name: str, golden: Callable[[str, str], None]) -> None:
    from kg.bundled import open_bundled

    golden(f"bundled/{name}", answer(open_bundled(), name, PLAIN[name]))


@pytest.fixture(scope="module")
def shuffled() -> list[OxigraphStore]:
    stores = []
    for seed in (1, 2):
        quads = build()
        random.Random(seed).shuffle(quads)
        store = OxigraphStore()
        for quad in quads:
            store.inner.add(quad)
        stores.append(store)
    return stores


@pytest.mark.parametrize("name", PLAIN)
def test_order_of_loading_does_not_show(
    name: str, store: OxigraphStore, shuffled: list[OxigraphStore]
) -> None:
    expected = answer(store, name, PLAIN[name])
    assert [answer(other, name, PLAIN[name]) for other in shuffled] == [expected, expected]


@pytest.mark.parametrize("name", PLAIN)
def test_columns_are_those_of_the_header(name: str, store: OxigraphStore) -> None:
    found = run(store, name, PLAIN[name])
    assert isinstance(found, Table)
    assert found.columns == tuple(column.name for column in load(name).columns)


@pytest.mark.parametrize("name", LOCAL)
def test_every_parameter_is_asked_for_in_some_case(name: str) -> None:
    used = {parameter for query, values in CASES.values() if query == name for parameter in values}
    assert used == {parameter.name for parameter in load(name).parameters}


@pytest.mark.parametrize("name", LOCAL)
def test_plain_answer_says_something(name: str, store: OxigraphStore) -> None:
    values = {"thing": "visit:vladimir-putin-cn-2024-05-16"} if name == "evidence" else PLAIN[name]
    assert answer(store, name, values).count("\n") > 1


@pytest.mark.parametrize("name", LOCAL)
def test_unbound_text_runs_as_it_is(name: str, store: OxigraphStore) -> None:
    assert isinstance(store.query(load(name).text), Table)


@pytest.mark.parametrize("name", LOCAL)
def test_concepts_are_shown_by_their_labels_where_those_are_loaded(name: str) -> None:
    """With the ontology in the graph, planned is shown as its label says, in whatever query shows it."""
    store = OxigraphStore()
    store.inner.extend(build())
    plain = answer(store, name, PLAIN[name])
    from pyoxigraph import RdfFormat

    store.inner.load(path=str(folder("ontology") / "summitry.ttl"), format=RdfFormat.TURTLE)
    labelled = answer(store, name, PLAIN[name])
    assert len(labelled.splitlines()) == len(plain.splitlines())
    for local, label in (("Planned", "planned"), ("Occurred", "occurred"), ("Underway", "under way")):
        assert (f'"{label}"' in labelled) == (f'"{local}"' in plain), (local, label)


def test_fixture_holds_its_resolved_view(store: OxigraphStore) -> None:
    default = {quad.triple for quad in store.quads() if str(quad.graph_name) == "DEFAULT"}
    assert default == resolve(store)


def test_fixture_is_what_its_builder_builds(store: OxigraphStore) -> None:
    again = OxigraphStore()
    again.inner.extend(build())
    assert set(again.quads()) == set(store.quads())


def test_functional_properties_are_those_of_the_resolution() -> None:
    from kg.namespaces import PREFIXES, SMT
    from kg.resolution.rules import FUNCTIONAL

    text = load("contradictions").text
    listed = text.split("VALUES ?property {")[1].split("}")[0].split()
    found = {PREFIXES[name.split(":")[0]] + name.split(":")[1] for name in listed}
    # The status is derived from modalities, which have a part of the query of their own.
    assert found == {prop.value for prop in FUNCTIONAL - {SMT.status}}


# rdflib 7.6 uses names of its own that it has deprecated.
@pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning")
@pytest.mark.parametrize("name", LOCAL)
def test_another_engine_gives_the_same_answer(name: str, store: OxigraphStore, dataset: object) -> None:
    """The texts are SPARQL 1.1: rdflib, which shares no code with Oxigraph, answers them alike."""
    from rdflib import Dataset

    assert isinstance(dataset, Dataset)
    query: StoredQuery = load(name)
    values = {"thing": "visit:vladimir-putin-cn-2024-05-16"} if name == "evidence" else PLAIN[name]
    text = bind(query, values, store)
    rows = [
        tuple("" if term is None else str(term) for term in row)
        for row in dataset.query(text)  # type: ignore[misc]
    ]
    found = store.query(text)
    assert isinstance(found, Table)
    expected = [
        tuple("" if term is None else getattr(term, "value", str(term)) for term in row) for row in found.rows
    ]
    assert rows == expected


@pytest.fixture(scope="module")
def dataset(store: OxigraphStore) -> object:
    from rdflib import Dataset

    from kg.export import serialize

    dataset = Dataset()
    with warnings.catch_warnings():
        # rdflib 7.6 reads N-Quads by way of a name of its own that it has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=serialize(store.quads(), "nq"), format="nquads")
    return dataset
