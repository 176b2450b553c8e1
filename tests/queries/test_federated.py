"""Stored queries that ask another endpoint: here one on loopback stands for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import QuerySyntaxError
from kg.namespaces import RDFS, SKOS
from kg.queries import load, names, run
from kg.queries.results import format_rows
from kg.resources import folder
from kg.stores.base import Table
from kg.stores.federation import services, uses_service
from kg.stores.oxigraph import OxigraphStore
from tests.queries.build_fixture import BR, CN, RU, TR, build
from tests.queries.cases import LOCAL
from tests.stores.small_endpoint import Endpoint, endpoint

WIKIDATA = "https://query.wikidata.org/sparql"
CODE = NamedNode("http://www.wikidata.org/prop/direct/P297")
ITEMS = {RU: "Q159", CN: "Q148", BR: "Q155", TR: "Q43"}
LABELS = {
    "Q159": {"fr": "Russie", "ru": "Россия", "pl": "Rosja"},
    "Q148": {"fr": "Chine", "ru": "КНР", "zh-hans": "中华人民共和国"},
    "Q155": {"fr": "Brésil"},
    "Q43": {"fr": "Turquie"},
    "Q142": {"fr": "France"},  # no state of the graph
}


def item(number: str) -> NamedNode:
    return NamedNode(f"http://www.wikidata.org/entity/{number}")


@pytest.fixture
def wikidata() -> Iterator[Endpoint]:
    """What Wikidata would answer from, about a few states. Türkiye has two codes, which may not give two rows."""
    codes = [*((number, "XX") for number in LABELS), ("Q43", "TR")]
    with endpoint(
        *(Quad(item(number), CODE, Literal(code)) for number, code in codes),
        *(
            Quad(item(number), RDFS.label, Literal(text, language=language))
            for number, labels in LABELS.items()
            for language, text in labels.items()
        ),
        # Without a code, and so not in the answer.
        Quad(item("Q15180"), RDFS.label, Literal("Union soviétique", language="fr")),
    ) as found:
        yield found


@pytest.fixture
def store() -> OxigraphStore:
    """The graph of the golden answers, in which states have their Wikidata items."""
    store = OxigraphStore()
    store.inner.extend(build())
    store.inner.extend(Quad(state, SKOS.exactMatch, item(number)) for state, number in ITEMS.items())
    store.inner.add(Quad(CN, SKOS.exactMatch, NamedNode("https://sws.geonames.org/1814991/")))
    return store


@pytest.fixture
def asking_here(wikidata: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Endpoint:
    """The stored queries, but with this endpoint for Wikidata."""
    for path in folder("queries").glob("*.rq"):
        shutil.copy(path, tmp_path)
    text = (tmp_path / "wikidata-labels.rq").read_text(encoding="utf-8")
    assert text.count(f"<{WIKIDATA}>") == 1
    (tmp_path / "wikidata-labels.rq").write_text(
        text.replace(f"<{WIKIDATA}>", f"<{wikidata.address}>"), encoding="utf-8"
    )
    monkeypatch.setattr("kg.queries.stored.bundled", lambda _: tmp_path)
    return wikidata


def test_only_these_ask_others() -> None:
    assert set(names()) - set(LOCAL) == {"wikidata-labels"}
    assert services(load("wikidata-labels").text) == [WIKIDATA]
    assert not any(uses_service(load(name).text) for name in LOCAL)


@pytest.mark.parametrize(
    ("case", "values"),
    [
        ("wikidata-labels", {"language": "fr"}),
        ("wikidata-labels-chinese", {"language": "zh-hans", "state": "China"}),
        ("wikidata-labels-none", {"language": "eo"}),
    ],
)
def test_gives_the_golden_answer(
    case: str,
    values: dict[str, str],
    asking_here: Endpoint,
    store: OxigraphStore,
    golden: Callable[[str, str], None],
) -> None:
    found = run(store, "wikidata-labels", values, allow_service={asking_here.host})
    assert isinstance(found, Table)
    assert found.columns == tuple(column.name for column in load("wikidata-labels").columns)
    golden(case, format_rows(found, "tsv"))
    (query,) = asking_here.asked
    assert f'"{values["language"]}"' in query
    assert "w3id.org/summitry/id" not in query  # nothing of the graph is told


def test_wikidata_is_not_asked_unless_it_is_allowed(store: OxigraphStore) -> None:
    with pytest.raises(QuerySyntaxError, match=r"query\.wikidata\.org.*--allow-service query\.wikidata\.org"):
        run(store, "wikidata-labels", {"language": "fr"})


def test_command_needs_the_flag(
    asking_here: Endpoint, store: OxigraphStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kg.cli.main import main

    place = tmp_path / "store"
    OxigraphStore.create(place, store.quads()).close()
    ask = ["--store", str(place), "query", "wikidata-labels", "language=fr", "--format", "csv"]
    assert main(ask) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"--allow-service {asking_here.host}" in told.err
    assert asking_here.asked == []
    assert main([*ask, "--allow-service", "example.org", "--allow-service", asking_here.host]) == 0
    assert "Brésil" in capsys.readouterr().out
    assert main([*ask, "--allow-service", asking_here.address]) == 2
    assert "is not a host" in capsys.readouterr().err
    asking_here.elsewhere = WIKIDATA
    assert len(asking_here.asked) == 1


def test_method_takes_hosts(asking_here: Endpoint, store: OxigraphStore) -> None:
    from kg import KnowledgeGraph

    found = KnowledgeGraph(store).query(
        "wikidata-labels", {"language": "pl"}, allow_service=[asking_here.host.upper()]
    )
    assert isinstance(found, Table)
    assert [row[2] for row in found.rows] == [Literal("Rosja", language="pl")]
