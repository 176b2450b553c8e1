"""Two who write at once: neither overwrites the other, and who was lost holds nobody up for long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from pyoxigraph import DefaultGraph, Literal, Quad

from kg.errors import EndpointError, StoreError
from kg.namespaces import LOG, LOG_GRAPH, SMT
from kg.operations.add import add
from kg.operations.log import log
from kg.operations.undo import undo
from kg.stores.endpoint.layout import writer_quad
from kg.stores.endpoint.making import make
from kg.stores.endpoint.store import EndpointStore
from kg.stores.endpoint.turns import Turns
from tests.commits.story import FACTS, VISIT, begun
from tests.stores.endpoint.triple_store import TripleStore, running


@pytest.fixture
def server() -> Iterator[TripleStore]:
    with running(TripleStore()) as server:
        make(server.store(), begun(None).quads())
        yield server


def revision(store: EndpointStore) -> str:
    store.reopen()
    assert store.standing.revision is not None
    return store.standing.revision


def test_a_server_that_lets_two_updates_run_at_once_loses_nothing(server: TripleStore) -> None:
    """As Oxigraph does: the WHERE of an update is answered from how the data was when the update began."""
    server.stale = 0.02
    first = len(log(server.store()))

    def writer(name: str) -> None:
        store = server.store()
        for number in range(4):
            fact = Quad(VISIT, SMT.topic, Literal(f"{name} {number}"), DefaultGraph())
            store.settled(partial(add, store, [(f"{name}-{number}.ttl", [fact])]))

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(writer, "abc"))
    store = server.store()
    commits = log(store)
    assert [commit.number for commit in commits] == list(range(first + 12, 0, -1))
    assert len({commit.command for commit in commits}) == first + 12
    topics = {str(quad.object) for quad in store.quads(VISIT, SMT.topic, None, DefaultGraph())}
    assert {f'"{name} {number}"' for name in "abc" for number in range(4)} <= topics
    assert len(store.standing.revisions) == 1
    assert not list(server.data.quads_for_pattern(LOG_GRAPH, LOG.writer, None, LOG_GRAPH))


def test_a_commit_after_which_others_came_at_once_is_not_made_twice(server: TripleStore) -> None:
    store, other = server.store(), server.store()
    store.settled(lambda: add(store, [("first.ttl", FACTS[:1])]))
    server.afterwards = [lambda: other.settled(lambda: add(other, [("second.ttl", FACTS[1:])]))]
    store.settled(lambda: undo(store))
    assert [commit.command for commit in log(server.store())] == [
        "add second.ttl",
        "undo 1 (add first.ttl)",
        "add first.ttl",
    ]
    assert set(FACTS[1:]) <= set(server.data)


def test_many_others_who_came_at_once_make_it_unknown(server: TripleStore) -> None:
    store, other = server.store(), server.store()

    def others() -> None:
        for number in range(20):
            other.apply(insert=[Quad(VISIT, SMT.topic, Literal(f"{number}"), DefaultGraph())])

    server.afterwards = [others]
    with pytest.raises(StoreError, match="not known whether the change was made: many others"):
        store.settled(lambda: add(store, [("first.ttl", FACTS)]))


def test_who_was_lost_before_writing_is_waited_for_and_then_passed_over(server: TripleStore) -> None:
    store = server.store()
    turns = Turns(store.transport, wait=0.2)
    for mark in ("0", "z"):
        server.data.add(writer_quad(mark))
        began = time.monotonic()
        mine = turns.take(revision(store))
        assert mine is not None
        assert time.monotonic() - began >= 0.2
        assert turns.look().writers == {mine}
        turns.give_back(mine)


def test_a_turn_is_given_away_where_the_graph_was_changed(server: TripleStore) -> None:
    turns = Turns(server.store().transport, wait=5)
    assert turns.take("another") is None
    assert not turns.look().writers


def test_who_was_passed_over_writes_nothing(server: TripleStore) -> None:
    store = server.store()

    def passed_over() -> None:
        server.data.update(f"DELETE WHERE {{ GRAPH {LOG_GRAPH} {{ {LOG_GRAPH} {LOG.writer} ?w }} }}")

    server.before_guarded = [passed_over]
    with pytest.raises(StoreError, match="nothing was written"):
        store.apply(insert=FACTS)
    assert not set(FACTS) & set(server.data)


def test_an_update_that_failed_leaves_no_mark(server: TripleStore) -> None:
    store = server.store()
    server.before_guarded = [_break]
    with pytest.raises(EndpointError):
        store.settled(lambda: add(store, [("topics.ttl", FACTS)]))
    assert not list(server.data.quads_for_pattern(LOG_GRAPH, LOG.writer, None, LOG_GRAPH))
    assert not set(FACTS) & set(server.data)


def test_several_revisions_are_said_and_not_written_to(server: TripleStore) -> None:
    store = server.store()
    server.data.add(Quad(LOG_GRAPH, LOG.revision, Literal("another"), LOG_GRAPH))
    with pytest.raises(StoreError, match="2 revisions"):
        store.settled(lambda: add(store, [("topics.ttl", FACTS)]))
    fresh = server.store()
    fresh.begin_moving(delete=[], insert=[])
    fresh.end_moving(delete=[], insert=[])
    fresh.settled(lambda: add(fresh, [("topics.ttl", FACTS)]))
    assert set(FACTS) <= set(server.data)


def test_of_two_who_make_a_graph_one_goes_on() -> None:
    with running(TripleStore()) as server:
        slow = server.store()
        made = list(begun(None).quads())

        def quads() -> Iterator[Quad]:
            # The other makes the whole graph, and somebody writes to it, before this one sends the first triple.
            other = server.store()
            make(other, made)
            other.settled(lambda: add(other, [("topics.ttl", FACTS)]))
            yield from made

        with pytest.raises(StoreError, match="makes a graph there at the same time"):
            make(slow, quads())
        store = server.store()
        assert store.standing.pending is None
        assert set(FACTS) <= set(server.data)
        assert [commit.command for commit in log(store)] == ["add topics.ttl"]


def test_two_who_begin_to_make_a_graph_at_once() -> None:
    with running(TripleStore()) as server:
        stores = [server.store() for _ in range(4)]
        assert not any(store.ours for store in stores)
        made = list(begun(None).quads())

        def making(store: EndpointStore) -> bool:
            try:
                make(store, made)
            except StoreError:
                return False
            return True

        with ThreadPoolExecutor(4) as threads:
            done = list(threads.map(making, stores))
        assert any(done)
        store = server.store()
        assert store.standing.pending is None
        assert {quad for quad in store.local().quads() if quad.graph_name != LOG_GRAPH} == {
            quad for quad in made if quad.graph_name != LOG_GRAPH
        }


def _break() -> None:
    raise ConnectionResetError
