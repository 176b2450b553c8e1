"""SERVICE asks whom the user allows, and nobody else, however the query is written."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import EndpointError, InputError, QuerySyntaxError, QueryTimeoutError, StoreError
from kg.namespaces import SMT, XSD
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
@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_nobody_is_asked_who_is_not_allowed(
    store: OxigraphStore, other: Endpoint, allowed: set[str], silent: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        run_text(store, joined(other.address, silent), allow_service=allowed)
    assert other.host in caught.value.what
    assert f"--allow-service {other.host}" in (caught.value.hint or "")
    with pytest.raises(QuerySyntaxError, match="SERVICE"):
        store.query(joined(other.address, silent))
    assert other.asked == []


def test_all_hosts_are_looked_at_before_any_is_asked(store: OxigraphStore, other: Endpoint) -> None:
    text = joined(other.address).replace("WHERE {", "WHERE { SERVICE <http://example.org/> { ?o ?y ?z }")
    with pytest.raises(QuerySyntaxError, match=r"example\.org"):
        run_text(store, text, allow_service={other.host})
    assert other.asked == []


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_no_redirect_leads_to_another_host(store: OxigraphStore, other: Endpoint, silent: str) -> None:
    """Also not to one that is allowed, since the user named the first."""
    with endpoint(THERE) as third:
        third.elsewhere = other.address
        text = joined(third.address.replace("/sparql", "/redirect"), silent)
        allowed = {third.host, other.host}
        if silent:
            assert run_text(store, text, allow_service=allowed) == Table(("x",), [(None,)])
        else:
            with pytest.raises(StoreError, match="redirect"):
                run_text(store, text, allow_service=allowed)
        assert len(third.asked) == 1
    assert other.asked == []


@pytest.mark.parametrize(
    ("path", "words"),
    [("/500", "500"), ("/html", "HTML|web page"), ("/cut", "cut|broke"), ("/redirect", "redirect")],
)
def test_faults_of_a_service_name_it(store: OxigraphStore, other: Endpoint, path: str, words: str) -> None:
    other.elsewhere = "http://example.org/"
    address = other.address.replace("/sparql", path)
    with pytest.raises(EndpointError, match=words) as caught:
        run_text(store, joined(address), allow_service={other.host})
    assert caught.value.where == address
    assert run_text(store, joined(address, "SILENT"), allow_service={other.host}) == Table(("x",), [(None,)])


def test_refused_connection_is_no_fault_of_the_store(store: OxigraphStore) -> None:
    with endpoint() as gone:
        pass
    with pytest.raises(EndpointError) as caught:
        run_text(store, joined(gone.address), allow_service={gone.host})
    assert caught.value.where == gone.address
    assert len(store) == 1


def test_a_slow_service_takes_no_longer_than_the_query_may(store: OxigraphStore, other: Endpoint) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryTimeoutError):
        run_text(
            store, joined(other.address.replace("/sparql", "/slow")), timeout=0.5, allow_service={other.host}
        )
    assert time.monotonic() - begun < 2.5


def test_the_pattern_alone_is_sent(store: OxigraphStore, other: Endpoint) -> None:
    """The service learns nothing of the graph, and the usual prefixes need no declaration there either."""
    text = (
        f"PREFIX my: <{SMT.d.value}> BASE <http://example.org/>\n"
        f"SELECT ?x {{ ?s smt:b ?o SERVICE <{other.address}> {{ # }}\n"
        '  ?o my: ?x . FILTER(STR(?x) != "}" && smt:a != <b>) } ?s ?p ?o }'
    )
    assert run_text(store, text, timeout=20, allow_service={other.host}) == Table(
        ("x",), [(Literal("Łódź"),)]
    )
    (asked,) = other.asked
    assert "PREFIX smt:" in asked
    assert "smt:b" not in asked
    assert asked.endswith('FILTER(STR(?x) != "}" && smt:a != <b>) }')


def test_two_clauses_that_ask_the_same_ask_once(store: OxigraphStore, other: Endpoint) -> None:
    clause = f"SERVICE <{other.address}> {{ ?o smt:d ?x }}"
    text = f"SELECT ?x {{ {{ ?s smt:b ?o {clause} }} UNION {{ ?s smt:b ?o {clause} }} }}"
    found = run_text(store, text, allow_service={other.host})
    assert isinstance(found, Table)
    assert len(found.rows) == 2
    assert len(other.asked) == 1


def test_rows_mean_what_they_mean_to_the_service(store: OxigraphStore) -> None:
    """Unbound cells, several rows, quotes and escapes, languages and types; no columns at all."""
    odd = [
        Literal('a"b\\u0041\n}'),
        Literal("习", language="zh"),
        Literal("1.50", datatype=XSD.decimal),
        SMT.e,
    ]
    with endpoint(*(Quad(SMT.c, SMT.d, term) for term in odd), Quad(SMT.e, SMT.f, SMT.g)) as other:
        text = (
            f"SELECT ?x ?y {{ smt:a smt:b ?o SERVICE <{other.address}> "
            "{ ?o smt:d ?x OPTIONAL { ?x smt:f ?y } } }"
        )
        found = run_text(store, text, allow_service={other.host})
        assert isinstance(found, Table)
        # Decimals in their canonical form, as in any answer of the engine.
        assert {str(row[0]) for row in found.rows} == {str(term).replace("1.50", "1.5") for term in odd}
        assert [row[1] for row in found.rows if row[1] is not None] == [SMT.g]
        for thing, known in (("smt:e", True), ("smt:nothing", False)):
            text = f"ASK {{ smt:a smt:b ?o SERVICE <{other.address}> {{ {thing} smt:f smt:g }} }}"
            assert run_text(store, text, allow_service={other.host}) is known


def test_blank_nodes_of_a_service_are_no_nodes_of_ours(store: OxigraphStore) -> None:
    with endpoint(Quad(BlankNode("n"), SMT.d, SMT.e)) as other:
        text = f"SELECT ?n {{ SERVICE <{other.address}> {{ ?n smt:d smt:e }} }}"
        found = run_text(store, text, allow_service={other.host})
    assert isinstance(found, Table)
    ((node,),) = found.rows
    assert isinstance(node, NamedNode)
    assert node.value.startswith(f"http://{other.host}/.well-known/genid/")


def test_more_than_can_be_joined_is_told(store: OxigraphStore) -> None:
    long = [Quad(SMT.c, SMT.d, Literal(str(n) + "x" * 1000)) for n in range(1100)]
    told = pytest.raises(StoreError, match=r"more than can be joined \([0-9,]+ rows\)")
    with endpoint(*long) as other, told as caught:
        run_text(store, joined(other.address), allow_service={other.host})
    assert caught.value.where == other.address


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
    text = f"SELECT * {{ {pattern} }}"
    with pytest.raises(QuerySyntaxError, match="SERVICE"):
        OxigraphStore().query(text)
    for allowed in ((), ("example.org",)):
        with pytest.raises(QuerySyntaxError, match="SERVICE"):
            run_text(OxigraphStore(), text, allow_service=allowed)


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
    """What the guard reads and what is asked are the same."""
    tricky = f"http://{other.host}/sparql?x=http://example.org/"
    assert run_text(store, joined(tricky), allow_service={other.host}) == Table(("x",), [(Literal("Łódź"),)])
    assert len(other.asked) == 1
