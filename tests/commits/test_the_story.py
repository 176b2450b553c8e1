"""The commits of a story, one after the other: what the log says of them, and what undo makes of them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.errors import NotFoundError
from kg.export import FORMATS, contents, serialize
from kg.namespaces import LOG_GRAPH
from kg.operations.info import info
from kg.operations.ingest import ingest
from kg.operations.log import log
from kg.operations.retract import retract
from kg.operations.undo import undo
from kg.resolution import resolve
from kg.resolution.sources import DEFAULT
from kg.stores.oxigraph import OxigraphStore
from tests.commits.story import LENGTH, Reader, article, begun, chapter, digest, take_in


def exports(store: OxigraphStore) -> dict[tuple[str, bool], str]:
    return {
        (format, all_graphs): serialize(contents(store, format, all_graphs=all_graphs), format)
        for format in FORMATS
        for all_graphs in (False, True)
    }


@pytest.fixture
def store() -> OxigraphStore:
    return begun(None)


def test_it_ends_where_it_began_and_every_commit_changes_something(store: OxigraphStore) -> None:
    first = exports(store)
    seen = [digest(store)]
    while store.head < LENGTH:
        before = store.head
        for _ in chapter(store, before):
            before += 1
            assert store.head == before, "a step is a commit"
            seen.append(digest(store))
            assert {q.triple for q in store.quads(graph=DEFAULT)} == resolve(store)
    assert exports(store) == first
    assert all(one != other for one, other in pairwise(seen))
    assert [c.number for c in log(store)] == list(range(LENGTH, 0, -1))
    assert len({c.command for c in log(store)}) > 8


@pytest.mark.parametrize("back", ["retract", "undo"])
def test_ingest_then_taking_back_gives_the_exports_from_before(store: OxigraphStore, back: str) -> None:
    list(take_in(store, 1))
    before = exports(store)
    list(take_in(store, 2))
    assert exports(store) != before
    if back == "undo":
        undo(store)
    else:
        retract(store, article(2).id)
    assert exports(store) == before


def test_undo_after_undo_makes_every_commit_again(store: OxigraphStore) -> None:
    while store.head < 3 * LENGTH:
        at = store.head
        before = exports(store)
        next(chapter(store, at // 3))
        after = exports(store)
        last, made = undo(store)
        assert exports(store) == before
        assert (made.undoes, made.number) == (last.number, last.number + 1)
        assert (made.inserted, made.deleted) == (last.deleted, last.inserted)
        undo(store)
        assert exports(store) == after


def test_nothing_to_undo_is_said(store: OxigraphStore) -> None:
    with pytest.raises(NotFoundError, match="no commit"):
        undo(store)


def test_a_record_says_what_when_and_who(store: OxigraphStore) -> None:
    told = list(ingest(store, [article(1), article(2), article(3)], extractor=Reader, by="Ann"))  # type: ignore[arg-type]
    last, first = log(store)
    assert (first.command, first.by, first.things) == ("ingest", "Ann", (told[0].article.iri.value,))
    assert last.things == tuple(sorted(one.article.iri.value for one in told[1:]))
    assert first.deleted == 0
    named = sum(1 for q in store.quads() if told[0].article.id in str(q.graph_name))
    assert first.inserted > named > 0
    assert first.when.startswith("20")
    assert log(store, 1) == [last]


def test_only_the_last_commit_keeps_what_undoing_it_takes(store: OxigraphStore) -> None:
    list(take_in(store, 1, 2))
    retract(store, article(1).id)
    deltas = [q for q in store.quads(graph=LOG_GRAPH) if str(q.predicate).endswith("#delta>")]
    assert {str(q.subject)[-2] for q in deltas} == {str(store.head)}


def test_counts_leave_the_log_out(store: OxigraphStore) -> None:
    before = info(store)
    list(take_in(store, 1))
    retract(store, article(1).id)
    assert info(store) == before
