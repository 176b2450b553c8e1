"""SERVICE asks whom the user allows, and nobody else, however the query is written."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import InputError, QuerySyntaxError, QueryTimeoutError, StoreError
from kg.namespaces import SMT
from kg.queries.running import form, run_text
from kg.stores.base import Table
from kg.stores.federation import host, hosts, services, without_service
from kg.stores.oxigraph import OxigraphStore
from tests.stores.small_endpoint import Endpoint, endpoint

HERE = Quad(SMT.a, SMT.b, SMT.c)
THERE = Quad(SMT.c, SMT.d, Literal("Łódź"))


@pytest.fixture
def other() -> Iterator[Endpoint]:
    """Another endpoint, which knows more."""
    with endpoint(THERE) as found:
        yield found


@pytest.fixture
def store() -> OxigraphStore:
    """A store with one triple."""
    store = OxigraphStore()
    store.apply(insert=[HERE])
    return store


def joined(address: str, silent: str = "") -> str:
    return f"SELECT ?x WHERE {{ smt:a smt:b ?o SERVICE {silent} <{address}> {{ ?o <{SMT.d.value}> ?x }} }}"


def test_rows_are_joined_with_those_of_an_allowed_host(store: OxigraphStore, other: Endpoint) -> None:
    found = run_text(store, joined(other.address), allow_service={other.host})
    assert found == Table(("x",), [(Literal("Łódź"),)])
    assert len(other.asked) == 1  # reading the query asks nobody


def test_ask_and_construct_may_federate(store: OxigraphStore, other: Endpoint) -> None:
    text = f"{{ ?s ?p ?o SERVICE <{other.address}> {{ ?o <{SMT.d.value}> ?x }} }}"
    assert run_text(store, f"ASK {text}", allow_service={other.host}) is True
    assert run_text(
        store, f"CONSTRUCT {{ ?s ?p ?x }} WHERE {text}", timeout=20, allow_service={other.host}
    ) == [Quad(SMT.a, SMT.b, Literal("Łódź")).triple]
    assert len(other.asked) == 2


@pytest.mark.parametrize("allowed", [set(), {"127.0.0.1"}, {"localhost"}, {"example.org"}])
def test_nobody_is_asked_who_is_not_allowed(store: OxigraphStore, other: Endpoint, allowed: set[str]) -> None:
    for text in (joined(other.address), joined(other.address, "SILENT")):
        for ask in (store.query, lambda t, **k: run_text(store, t, **k)):
            with pytest.raises(QuerySyntaxError) as caught:
                ask(text, allow_service=allowed)
            assert other.host in caught.value.what
            assert f"--allow-service {other.host}" in (caught.value.hint or "")
    assert other.asked == []


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_no_redirect_is_followed(store: OxigraphStore, other: Endpoint, silent: str) -> None:
    """Also not to a host that is allowed: the engine follows none, whatever the version we may have."""
    with endpoint(THERE) as third:
        third.elsewhere = other.address
        text = joined(third.address.replace("/sparql", "/redirect"), silent)
        if silent:
            found = run_text(store, text, allow_service={third.host})
            assert isinstance(found, Table)
            assert len(found.rows) == 1
            assert found.rows[0][0] is None
        else:
            with pytest.raises(StoreError, match="redirect"):
                run_text(store, text, allow_service={third.host})
        assert len(third.asked) == 1
    assert other.asked == []


@pytest.mark.parametrize(
    ("path", "words"),
    [("/500", "500"), ("/html", "text/html"), ("/cut", "bytes"), ("/redirect", "redirect")],
)
def test_faults_of_a_service_name_it(store: OxigraphStore, other: Endpoint, path: str, words: str) -> None:
    address = other.address.replace("/sparql", path)
    with pytest.raises(StoreError) as caught:
        run_text(store, joined(address), allow_service={other.host})
    assert words in caught.value.what
    assert caught.value.where == address
    assert "\n" not in caught.value.what
    assert "restore" not in (caught.value.hint or "")  # nothing is wrong with the store


def test_refused_connection_is_no_fault_of_the_store(store: OxigraphStore) -> None:
    with endpoint() as gone:
        pass
    with pytest.raises(StoreError, match="service that the query asks failed"):
        run_text(store, joined(gone.address), allow_service={gone.host})
    assert len(store) == 1


def test_a_slow_service_takes_no_longer_than_the_query_may(store: OxigraphStore, other: Endpoint) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryTimeoutError):
        run_text(
            store, joined(other.address.replace("/sparql", "/slow")), timeout=0.3, allow_service={other.host}
        )
    assert time.monotonic() - begun < 2.5


ADDRESS = "<http://127.0.0.1:9/>"
GLUED = [
    f"?s ?p ?o.SERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"?s ?p ?o.service{ADDRESS}{{ ?a ?b ?c }}",
    f"?s ?p 1SERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"?s ?p 1.SERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"?s ?p 1.5e3SERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"?s ?p true.SERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"?s ?p trueSERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"?s ?p <urn:x>.SERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"?s ?p 'x'.SERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"?s ?p 'x'@en.SERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"?s ?p smt:.SERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"?s ?p smt:a SERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"FILTER(1=1)SERVICE{ADDRESS}{{ ?a ?b ?c }}",
    f"SERVICESILENT{ADDRESS}{{ ?a ?b ?c }}",
    f"SERVICE SILENT{ADDRESS}{{ ?a ?b ?c }}",
    f"SERVICE#?\n#<http://x/>\n{ADDRESS}{{ ?a ?b ?c }}",
    "SERVICEsmt:x{ ?a ?b ?c }",
    "SERVICE smt:x { ?a ?b ?c }",
    "SERVICESILENTsmt:x#\n{ ?a ?b ?c }",
    "?s ?p true.SERVICEsmt:x { ?a ?b ?c }",
    "?s ?p ?o.SERVICE?o{ ?a ?b ?c }",
    "SERVICE $o { ?a ?b ?c }",
    "BASE <http://127.0.0.1:9/> SERVICE <x> { ?a ?b ?c }",
    "SERVICE <file:///etc/passwd> { ?a ?b ?c }",
    "SERVICE <ftp://example.org/> { ?a ?b ?c }",
    "SERVICE <http:///x> { ?a ?b ?c }",
    "SERVICE <http://u:p@example.org/> { ?a ?b ?c }",
    "SERVICE <http://example.org@127.0.0.1:9/> { ?a ?b ?c }",
    "SERVICE <http://127.0.0.1\\u003A9/> { ?a ?b ?c }",
    "\\u0053ERVICE <http://127.0.0.1:9/> { ?a ?b ?c }",
    "SERVICE <http://[::1/> { ?a ?b ?c }",
    "SERVICE <http://127.0.0.1:99999/> { ?a ?b ?c }",
    "SERVICE",
    "SERVICE <http://example.org/> { SERVICE ?inner { ?a ?b ?c } }",
]


@pytest.mark.parametrize("pattern", GLUED)
def test_nothing_gets_past_the_guard(pattern: str) -> None:
    """The engine reads keywords wherever one can stand; another host being allowed opens nothing."""
    for allowed in ((), ("example.org",)):
        for ask in (OxigraphStore().query, run_text_of_empty):
            with pytest.raises(QuerySyntaxError, match="SERVICE"):
                ask(f"SELECT * {{ {pattern} }}", allow_service=allowed)


def run_text_of_empty(text: str, *, allow_service: tuple[str, ...]) -> object:
    return run_text(OxigraphStore(), text, allow_service=allow_service)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?service <urn:SERVICE> 'SERVICE <http://a/> {' } # SERVICE <http://a/> {}",
        "SELECT * { ?s smt:service ?o . ?o smt:selfservice <urn:x> { ?a ?b ?c } }",
        "SELECT * { GRAPH smt:service { ?s ?p ?o } }",
        "PREFIX service: <urn:x> SELECT * { ?s service:service service: . GRAPH <urn:a> { ?a ?b ?c } }",
    ],
)
def test_the_word_may_be_used(text: str) -> None:
    assert services(text) == []
    assert isinstance(OxigraphStore().query(text), Table)


def test_every_clause_counts() -> None:
    text = "ASK { SERVICE <https://a.org/> { SERVICE SILENT <http://b.org:81/> {} } SERVICE <https://A.org:443/x> {} }"
    with pytest.raises(QuerySyntaxError, match=r"b\.org:81"):
        form(text, {"a.org"})
    assert form(text, hosts(["A.ORG", "b.org:81"])) == "ask"


def test_places_of_mistakes_are_those_of_the_text() -> None:
    text = "SELECT * {\n  SERVICE # SERVICE\n SILENT <http://a.org/> { ?s ?p ?o } FILTR(1) }"
    with pytest.raises(QuerySyntaxError) as caught:
        form(text, {"a.org"})
    column = text.splitlines()[2].index("FILTR") + 1
    assert (caught.value.where or "").startswith(f"line 3, column {column}\n")
    assert len(without_service(text)) == len(text)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("a.org", "a.org"),
        ("A.org:8080", "a.org:8080"),
        (" a.org:443 ", "a.org"),
        ("a.org:80", "a.org"),
        ("[::1]:81", "[::1]:81"),
    ],
)
def test_hosts_are_compared_without_case_and_usual_ports(given: str, name: str) -> None:
    assert host(given) == name


@pytest.mark.parametrize(
    "given", ["", "https://a.org", "a.org/sparql", "a@b.org", "a.org:x", "a.org:0", "?", "a.org#x", "a b"]
)
def test_what_is_no_host_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="is not a host"):
        host(given)


def test_address_is_asked_as_it_is_written(other: Endpoint, store: OxigraphStore) -> None:
    """What the guard reads and what the engine asks are the same."""
    tricky = f"http://{other.host}/sparql?x=http://example.org/#@example.org"
    found = store.query(joined(tricky), allow_service={other.host})
    assert isinstance(found, Table)
    assert found.rows == [(Literal("Łódź"),)]
    assert NamedNode(tricky).value == tricky
