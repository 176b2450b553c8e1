"""A store on a server is the same store: the same commits, the same answers, and nothing half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import EndpointError, InputError, StoreError, StoreFormatError, ValidationError
from kg.export import contents, serialize
from kg.namespaces import ID, LOG, LOG_GRAPH, ORG, RDF, RDFS, SMT, STORE_GRAPH, iri
from kg.operations.add import add
from kg.operations.log import log
from kg.stores.endpoint.layout import RESOLVED_GRAPH
from kg.stores.endpoint.making import make
from kg.stores.endpoint.store import EndpointStore
from kg.validation import check
from tests.commits.story import CN, FACTS, LENGTH, PERSON, VISIT, begun, chapter, digest
from tests.stores.endpoint.triple_store import TripleStore, running

FOREIGN = Quad(NamedNode("urn:their"), NamedNode("urn:own"), Literal("triple"), NamedNode("urn:graph"))
LOOSE = Quad(NamedNode("urn:their"), NamedNode("urn:own"), Literal("other"), DefaultGraph())
KINDS: dict[str, Callable[[], TripleStore]] = {
    "default graph apart": TripleStore,
    "union of all graphs": lambda: TripleStore(union=True),
    "no whole graphs": lambda: TripleStore(whole_graphs=False),
    "shared with others": lambda: _shared(TripleStore()),
    "a union shared with others": lambda: _shared(TripleStore(union=True)),
}


def _shared(server: TripleStore) -> TripleStore:
    server.data.extend([FOREIGN, LOOSE])
    return server


@pytest.fixture(params=sorted(KINDS))
def server(request: pytest.FixtureRequest) -> Iterator[TripleStore]:
    with running(KINDS[request.param]()) as server:
        yield server


@pytest.fixture
def plain() -> Iterator[TripleStore]:
    with running(TripleStore()) as server:
        yield server


def made(server: TripleStore) -> EndpointStore:
    store = server.store()
    make(store, begun(None).quads())
    return store


def same(store: EndpointStore, other: str) -> bool:
    """Whether a store on a server holds what another holds, but for times, the log and where the view is."""
    copy = store.local()
    for quad in list(copy.quads(STORE_GRAPH, LOG.resolvedGraph)):
        copy.inner.remove(quad)
    return digest(copy) == other


def test_a_story_goes_as_in_memory(server: TripleStore) -> None:
    store, memory = made(server), begun(None)
    while memory.head < LENGTH:
        head = memory.head
        for _ in chapter(memory, head):
            pass
        for _ in chapter(store, head):
            pass
        assert store.head == memory.head
        assert same(store, digest(memory))
    ours = [commit._replace(when="") for commit in log(store)]
    assert ours == [commit._replace(when="") for commit in log(memory)]
    assert serialize(contents(store.local(), "trig"), "trig") == serialize(contents(memory, "trig"), "trig")


def test_what_others_keep_there_is_neither_seen_nor_touched() -> None:
    with running(_shared(TripleStore())) as server:
        store = made(server)
        assert store.resolved == RESOLVED_GRAPH
        for made_before in range(5):
            for _ in chapter(store, made_before):
                pass
        assert {FOREIGN, LOOSE} <= set(server.data)
        assert store.query("ASK { <urn:their> ?p ?o }") is False
        assert store.query("ASK { GRAPH ?g { <urn:their> ?p ?o } }") is False
        assert not any(quad.subject == FOREIGN.subject for quad in store.local().quads())
        assert NamedNode("urn:graph") not in set(store.graph_names())


@pytest.mark.parametrize("union", [False, True])
def test_plain_queries_see_the_resolved_view(union: bool) -> None:
    with running(TripleStore(union=union)) as server:
        store, memory = made(server), begun(None)
        assert (store.resolved == RESOLVED_GRAPH) is union
        for query in (
            "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } "
            f"FILTER(?g NOT IN ({LOG_GRAPH}, {STORE_GRAPH})) }} GROUP BY ?g",
            "SELECT ?s ?label { ?s a smt:State ; rdfs:label ?label } ORDER BY ?label",
        ):
            assert store.query(query) == memory.query(query)
        for query in ("CONSTRUCT WHERE { ?s rdfs:label ?l }", "DESCRIBE state:FR"):
            assert set(store.query(query)) == set(memory.query(query))  # type: ignore[arg-type]


def test_an_addition_takes_few_requests(plain: TripleStore) -> None:
    made(plain)
    store = plain.store()
    facts = [Quad(VISIT, SMT.topic, Literal(f"topic {n}", language="en"), DefaultGraph()) for n in range(10)]
    store.settled(lambda: add(store, [("topics.ttl", facts)]))
    assert store.transport.requests <= 10
    assert sum(1 for text in plain.seen[-3:] if text.startswith("DELETE")) == 1


def test_the_gate_finds_the_same_in_few_requests_about_a_thing_that_many_speak_of(plain: TripleStore) -> None:
    store, memory = made(plain), begun(None)
    offices = [iri("office", f"o{number}") for number in range(60)]
    many = [Quad(office, ORG.postIn, CN, DefaultGraph()) for office in offices]
    many += [Quad(PERSON, ORG.holds, office, DefaultGraph()) for office in offices]
    for each in (store, memory):
        each.apply(insert=many)
    change = [Quad(CN, RDF.type, SMT.State, DefaultGraph())]
    before = store.transport.requests
    found = store.settled(lambda: check(store, [], change))
    assert store.transport.requests - before <= 10
    assert found == check(memory, [], change)
    assert found.findings


def test_a_bad_addition_is_refused_and_nothing_is_sent(server: TripleStore) -> None:
    store = made(server)
    before = set(server.data)
    bad = [Quad(VISIT, SMT.visitKind, Literal("jolly"), DefaultGraph())]
    with pytest.raises(ValidationError):
        store.settled(lambda: add(store, [("bad.ttl", bad)]))
    assert set(server.data) == before


def test_who_read_what_is_no_longer_so_reads_again(plain: TripleStore) -> None:
    store, other = made(plain), plain.store()
    plain.meanwhile = [lambda: other.settled(lambda: add(other, [("first.ttl", FACTS[:1])]))]
    added = store.settled(lambda: add(store, [("both.ttl", FACTS)]))
    # The first of the two facts had come in by then, so only the other is in the second addition.
    (name,) = added.additions
    assert [quad.object for quad in store.quads(graph=name)] == [FACTS[1].object]
    assert [commit.command for commit in log(store)] == ["add both.ttl", "add first.ttl"]


def test_a_change_made_by_itself_on_a_stale_read_is_refused(plain: TripleStore) -> None:
    store, other = made(plain), plain.store()
    plain.meanwhile = [lambda: other.apply(insert=FACTS[:1])]
    with pytest.raises(StoreError, match="somebody else changed the graph"):
        store.apply(insert=FACTS[1:])
    assert FACTS[0] in set(plain.data)
    assert FACTS[1] not in set(plain.data)


def test_others_who_never_stop_are_given_way_to(plain: TripleStore) -> None:
    store, other = made(plain), plain.store()
    number = iter(range(100))

    def again() -> None:
        other.apply(insert=[Quad(VISIT, SMT.topic, Literal(f"{next(number)}"), DefaultGraph())])
        plain.meanwhile = []

    def work() -> None:
        plain.meanwhile = [again]
        store.apply(insert=FACTS)

    with pytest.raises(StoreError, match="each of 20 times"):
        store.settled(work)
    assert not set(FACTS) & set(plain.data)


def test_a_lost_reply_does_not_lose_or_repeat_a_commit(plain: TripleStore) -> None:
    store = made(plain)
    plain.lose = True
    store.settled(lambda: add(store, [("topics.ttl", FACTS)]))
    assert [commit.number for commit in log(store)] == [1]
    assert set(FACTS) <= set(plain.data)


def test_an_update_that_never_arrives_is_told(plain: TripleStore) -> None:
    store = made(plain)
    before = set(plain.data)
    plain.fail_after = 0
    with pytest.raises(EndpointError):
        store.settled(lambda: add(store, [("topics.ttl", FACTS)]))
    assert set(plain.data) == before


@pytest.mark.parametrize("updates", [0, 1, 2, 3, 5, 6, 7, 8, 99])
def test_a_large_change_that_is_cut_off_is_made_whole_by_the_next_writer(updates: int) -> None:
    facts = [Quad(VISIT, SMT.topic, Literal(f"topic {n}"), DefaultGraph()) for n in range(1500)]
    memory = begun(None)
    with running(TripleStore(most=900)) as server:
        store = made(server)
        server.fail_after = updates
        try:
            store.settled(lambda: add(store, [("topics.ttl", facts)]))
        except StoreError:
            cut = True
        else:
            cut = False
        server.fail_after = None
        second = server.store()
        second.changes.wait = 0
        second.settled(lambda: add(second, [("more.ttl", FACTS)]))
        third = server.store(writable=False)
        commands = [commit.command for commit in log(third)]
        whole = commands == ["add more.ttl", "add topics.ttl"]
        assert whole or (cut and commands == ["add more.ttl"])
        if whole:
            add(memory, [("topics.ttl", facts)])
        add(memory, [("more.ttl", FACTS)])
        assert same(third, digest(memory))
        assert third.standing.pending is None


def test_a_writer_that_was_taken_for_lost_changes_nothing_any_more(plain: TripleStore) -> None:
    store = made(plain)
    plain.data.add(Quad(LOG_GRAPH, LOG.pending, Literal("a+b"), LOG_GRAPH))
    from kg.stores.endpoint.updates import batches

    for text in batches([], FACTS, store.resolved, pending="a"):
        store.transport.update(text)
    assert not set(FACTS) & set(plain.data)


def test_a_graph_that_is_being_made_is_not_written_to(plain: TripleStore) -> None:
    store = plain.store()
    plain.fail_after = 2
    with pytest.raises(EndpointError):
        make(store, begun(None).quads())
    plain.fail_after = None
    assert plain.store(writable=False).notes
    other = plain.store()
    other.changes.wait = 0
    with pytest.raises(StoreError, match="being brought there, or that was cut off"):
        other.settled(lambda: add(other, [("topics.ttl", FACTS)]))
    again = plain.store()
    make(again, begun(None).quads())
    assert same(again, digest(begun(None)))
    with pytest.raises(StoreFormatError, match="there is a graph already"):
        make(again, [])


def test_a_server_without_a_graph_of_ours_is_asked_as_it_is(plain: TripleStore) -> None:
    plain.data.extend([LOOSE, FOREIGN])
    (note,) = plain.store(writable=False).notes
    assert "holds no graph of Summitry" in note
    store = plain.store()
    assert store.query("ASK { <urn:their> <urn:own> ?o }") is True
    assert store.query("ASK { GRAPH <urn:graph> { <urn:their> <urn:own> ?o } }") is True
    with pytest.raises(StoreError, match="no graph of Summitry to change"):
        store.settled(lambda: add(store, [("topics.ttl", FACTS)]))


def test_a_graph_of_a_newer_version_is_refused(plain: TripleStore) -> None:
    made(plain)
    plain.data.update(
        "DELETE { GRAPH ?g { ?s <https://schema.org/schemaVersion> ?o } } "
        "INSERT { GRAPH ?g { ?s <https://schema.org/schemaVersion> 99 } } "
        "WHERE { GRAPH ?g { ?s <https://schema.org/schemaVersion> ?o } }"
    )
    with pytest.raises(StoreFormatError, match="format 99"):
        plain.store()


def test_a_server_whose_default_graph_became_the_union_is_noticed(plain: TripleStore) -> None:
    made(plain)
    plain.union = True
    with pytest.raises(StoreError, match="plain queries see all named graphs"):
        plain.store()


def test_anonymous_things_are_not_sent(plain: TripleStore) -> None:
    store = made(plain)
    with pytest.raises(InputError, match="blank nodes"):
        store.apply(insert=[Quad(ox.BlankNode(), RDFS.label, Literal("x"), DefaultGraph())])


def test_what_is_open_for_reading_is_not_changed(plain: TripleStore) -> None:
    made(plain)
    with pytest.raises(StoreError, match="reading only"):
        plain.store(writable=False).apply(insert=FACTS)


def test_the_base_of_names_is_the_one_of_the_package() -> None:
    assert RESOLVED_GRAPH.value.startswith(ID)
