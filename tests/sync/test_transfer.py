"""What a push or a pull leaves behind: the same graph, and nothing lost that only one store had."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, Quad

from kg.errors import DivergedError, InputError, StoreError
from kg.namespaces import LOG_GRAPH, SMT, XSD, iri
from kg.operations import fingerprints, sending
from kg.operations.change import write
from kg.operations.diff import diff
from kg.operations.housekeeping import mark_of, meetings, peer_of
from kg.operations.log import Act, log
from kg.operations.new_store import create_from
from kg.operations.transfer import transfer
from kg.operations.undo import undo
from kg.stores.oxigraph import OxigraphStore
from tests.sync.datasets import datasets, memory
from tests.sync.remote import Died, Remote

PUSH = Act("push", by="Ann")


@pytest.fixture(autouse=True, scope="module")
def _small_limits() -> Iterator[None]:
    """Graphs of more than a few triples take the ways of large ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprints, "LARGE", 6)
        patch.setattr(fingerprints, "_BATCH", 8)
        patch.setattr(sending, "_FEW", 4)
        yield


def fact(number: int, graph: str = "g") -> Quad:
    return Quad(
        SMT[f"thing{number}"], SMT.b, Literal(str(number), datatype=XSD.integer), iri("claim", graph, 1)
    )


@given(datasets, datasets, st.booleans(), st.integers(1, 4), st.booleans())
def test_a_push_makes_a_server_hold_the_same(
    wanted: list[Quad], there: list[Quad], odd: bool, batch: int, together: bool
) -> None:
    source, target = memory(wanted), Remote(odd=odd, batch=batch, quads_at_once=together)
    target.behind.apply(insert=there)
    done = transfer(source, target, PUSH, force=True)
    assert done.differences == ()
    assert diff(source, target).equal
    assert mark_of(target) is None
    assert [commit.command for commit in log(target)] == (["push"] if target.requests else [])
    requests = target.requests
    again = transfer(source, target, PUSH)
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    assert target.requests == requests


@given(datasets, datasets, datasets, st.booleans(), st.booleans())
def test_a_push_that_died_goes_on(
    first: list[Quad], second: list[Quad], third: list[Quad], odd: bool, together: bool
) -> None:
    source, target = memory(first), Remote(odd=odd, quads_at_once=together)
    transfer(source, target, PUSH)
    source.apply(delete=set(source.quads()) - set(memory(second).quads()), insert=second)
    wanted = set(source.quads())
    needed = Remote(quads_at_once=together)
    needed.behind.apply(insert=list(target.behind.quads()))
    transfer(source, needed, PUSH, force=True)
    for request in range(1, needed.requests + 2):
        target.dies_at = target.requests + request
        try:
            transfer(source, target, PUSH)
        except Died:
            began = mark_of(target) is not None
            assert began or request == 1
            target.dies_at = None
            if began:
                with pytest.raises(StoreError, match="being brought"):
                    write(target, third or [fact(1)], [], Act("add"))
                with pytest.raises(StoreError, match="under way"):
                    transfer(memory(third), target, PUSH)
                with pytest.raises(StoreError, match="under way"):
                    transfer(target, memory([]), PUSH)
    target.dies_at = None
    transfer(source, target, PUSH)
    assert set(source.quads()) == wanted
    assert diff(source, target).equal
    assert mark_of(target) is None
    numbers = [commit.number for commit in log(target)]
    assert numbers == list(range(len(numbers), 0, -1))


@settings(max_examples=15)
@given(datasets, datasets, st.booleans())
def test_a_pull_is_one_commit_that_can_be_undone(wanted: list[Quad], there: list[Quad], odd: bool) -> None:
    source, target = Remote(odd=odd), memory([])
    source.behind.apply(insert=wanted)
    write(target, [quad for quad in there if quad.graph_name != DefaultGraph()], [], Act("add"))
    before = named(target)
    done = transfer(source, target, Act("pull"), force=True)
    assert diff(target, source).equal
    if done.new or done.changed or done.gone:
        assert log(target, 1)[0].command == "pull"
        undo(target)
        assert named(target) == before


@settings(max_examples=15)
@given(datasets, st.booleans(), st.booleans())
def test_a_new_folder_holds_the_same(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[Quad], odd: bool, together: bool
) -> None:
    source = Remote(odd=odd, quads_at_once=together)
    source.behind.apply(insert=wanted)
    store, done = create_from(source, tmp_path_factory.mktemp("new") / "store", Act("pull"))
    with store:
        assert diff(store, source).equal
        assert done.quads == len(memory(wanted))
        assert [meeting.peer for meeting in meetings(store)] == [peer_of(source)]
        assert transfer(source, store, Act("pull")).sent == 0


def named(store: OxigraphStore) -> set[Quad]:
    kept = (DefaultGraph(), LOG_GRAPH)
    return {quad for quad in store.quads() if quad.graph_name not in kept}


def test_what_came_in_since_is_not_overwritten() -> None:
    ann, server, bob = memory([fact(1)]), Remote(), memory([])
    transfer(ann, server, PUSH)
    transfer(server, bob, Act("pull"))
    write(bob, [fact(2, "bob")], [], Act("add"))
    assert transfer(bob, server, Act("push", by="Bob")).sent == 1
    write(ann, [fact(3, "ann")], [], Act("add"))
    with pytest.raises(DivergedError, match=r"1 graphs would be dropped and 0 overwritten.*by Bob") as caught:
        transfer(ann, server, PUSH)
    assert caught.value.exit_code == 1
    assert "kg pull" in str(caught.value)
    with pytest.raises(DivergedError):
        transfer(server, ann, Act("pull"))
    assert transfer(ann, server, PUSH, force=True).gone == 1
    assert diff(ann, server).equal
    # Bob holds what the server once held, so nothing of his is lost.
    transfer(server, bob, Act("pull"))
    assert diff(ann, bob).equal


def test_who_pulled_may_push_and_who_pushed_may_pull() -> None:
    ann, server, bob = memory([fact(1)]), Remote(), memory([])
    transfer(ann, server, PUSH)
    transfer(server, bob, Act("pull"))
    write(bob, [fact(2)], [fact(1)], Act("add"))
    transfer(bob, server, PUSH)
    transfer(server, ann, Act("pull"))
    assert diff(ann, bob).equal


def test_a_change_by_hand_is_noticed() -> None:
    ann, server = memory([fact(1)]), Remote()
    transfer(ann, server, PUSH)
    server.behind.apply(delete=[fact(1)], insert=[fact(2)])  # the count is the same
    with pytest.raises(DivergedError):
        transfer(ann, server, PUSH)


def test_what_a_server_keeps_otherwise_is_told() -> None:
    ann, server = memory([fact(1), fact(2)]), Remote(loses=[Literal("2", datatype=XSD.integer)])
    done = transfer(ann, server, PUSH)
    assert [(d.graph, d.first, d.second) for d in done.differences] == [(iri("claim", "g", 1), [fact(2)], [])]
    assert done.quads == 1
    again = transfer(ann, server, PUSH)  # the server's own doing is no change by somebody else
    assert len(again.differences) == 1


def test_the_log_stays_with_its_store() -> None:
    ann, server = memory([]), Remote()
    write(ann, [fact(1)], [], Act("add"))
    transfer(ann, server, PUSH)
    assert [(c.command, c.by, c.inserted, c.deleted) for c in log(server)] == [("push", "Ann", 1, 0)]
    with pytest.raises(StoreError, match="is not there"):
        undo(server)


def test_a_store_that_is_written_to_meanwhile() -> None:
    ann, server = memory([fact(1)]), Remote()

    def disturb(what: str, done: int, total: int) -> None:
        if what == "comparing" and not log(server):
            write(server, [fact(5, "other")], [], Act("add"))

    server.behind.apply(insert=[fact(4)])
    with pytest.raises(StoreError, match="written to while"):
        transfer(ann, server, PUSH, force=True, step=disturb)
    assert mark_of(server) is None
    assert set(server.quads(graph=iri("claim", "other", 1))) == {fact(5, "other")}


def test_two_pushes_at_once_do_not_both_end_well() -> None:
    ann, server = memory([fact(number, str(number)) for number in range(20)]), Remote()
    rival = Remote()
    rival.behind = server.behind  # the same server, seen by another process
    begun = []

    def meanwhile(what: str, done: int, total: int) -> None:
        if what == "sending" and not begun:
            begun.append(what)
            transfer(memory([fact(7)]), rival, PUSH, force=True)
            server.moving = rival.moving

    with pytest.raises(StoreError, match=r"not whole yet.*begun meanwhile"):
        transfer(ann, server, PUSH, step=meanwhile)
    assert transfer(ann, server, PUSH, force=True).differences == ()
    assert diff(ann, server).equal


def test_blank_nodes_are_refused_before_anything_is_sent() -> None:
    ann, server = memory([Quad(BlankNode("x"), SMT.a, SMT.b, SMT.g), fact(1)]), Remote()
    with pytest.raises(InputError, match="blank nodes"):
        transfer(ann, server, PUSH)
    assert len(server) == 0


def test_a_failed_new_folder_leaves_nothing(tmp_path: Path) -> None:
    source = Remote()
    source.behind.apply(insert=[Quad(BlankNode("x"), SMT.a, SMT.b, SMT.g)])
    with pytest.raises(InputError):
        create_from(source, tmp_path / "new", Act("pull"))
    assert list(tmp_path.iterdir()) == []


def test_few_requests_for_many_graphs() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprints, "LARGE", 20_000)
        patch.setattr(fingerprints, "_BATCH", 50_000)
        ann, server = memory([fact(number, str(number)) for number in range(2000)]), Remote(batch=50_000)
        transfer(ann, server, PUSH)
        assert server.requests == 3  # the mark, the graphs, the end
        change = [fact(number, str(number)) for number in range(100)]
        write(ann, [fact(-n, str(n)) for n in range(100, 200)], change, Act("add"))
        transfer(ann, server, PUSH)
        assert server.requests == 7  # mark, what goes, what comes, the end
