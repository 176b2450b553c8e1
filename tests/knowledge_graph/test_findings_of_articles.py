"""What keeps an article or a retraction out: the thing by its name, the words that say it, and where they stand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, Quad, Triple

from kg.articles import Article
from kg.articles.places import file_of, place_of
from kg.errors import ValidationError
from kg.extraction import Extraction
from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import RDF, SCHEMA, SMT, XSD, iri
from kg.operations.add import add
from kg.operations.ingest import Ingested, ingest
from kg.operations.review import settle
from kg.operations.undo import undo
from kg.stores.oxigraph import OxigraphStore
from kg.validation.report import Finding, Known, Report
from kg.validation.reports import written
from tests.commits.story import CN, PERSON, VISIT, Reader, article, begun, take_in

DAY = Literal("2031-01-02", datatype=XSD.date)


class Wrong(Reader):
    """Reads of a topic without words, and of a kind of visit that is none."""

    def read(self, of: Article) -> Extraction:
        """Two claims, each with something wrong."""
        first, second = super().read(of).claims
        topic = Triple(VISIT, SMT.topic, Literal("", language="en"))
        kind = Triple(VISIT, SMT.visitKind, CN)
        return Extraction(
            [
                replace(first, triples=(*first.triples, topic)),
                replace(second, triples=(*second.triples, kind)),
            ],
            [PERSON, CN],
            [],
        )


def taken(store: OxigraphStore, of: Article, **options: object) -> Ingested:
    (done,) = ingest(store, [of], extractor=Wrong, **options)  # type: ignore[arg-type]
    return done


def by_path(report: Report | None) -> dict[str | None, Finding]:
    assert report is not None
    return {finding.path: finding for finding in report.findings}


@pytest.fixture
def store() -> OxigraphStore:
    return begun(None)


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_refused_article(store: OxigraphStore, tmp_path: Path, dry_run: bool) -> None:
    of = article(1)
    file = tmp_path / "visit.txt"
    # As an editor may break the lines; the reader puts them together.
    file.write_text("Jan 1, 2031\n\n" + of.text.replace("She arrived", "She\n  arrived"))
    done = taken(store, replace(of, source=str(file)), dry_run=dry_run)
    assert done.outcome == ("dry run" if dry_run else "rejected")
    assert done.report is not None
    assert not done.report.conforms
    topic = by_path(done.report)["smt:topic"]
    assert [origin.graph for origin in topic.origins] == [iri("claim", of.id, 1)]
    assert topic.origins[0].article == of.iri
    assert topic.origins[0].passages[0].exact == of.text
    assert topic.location == (str(file), 3, 1, Known.WORDS)
    kind = by_path(done.report)["smt:visitKind"]
    assert (kind.value, [origin.graph for origin in kind.origins]) == (CN, [iri("claim", of.id, 2)])
    assert kind.hint is not None
    assert "smt:StateVisit" in kind.hint
    shown = done.report.to_text()
    assert f"{file}:3:1: The topic of an event must not be an empty text." in shown
    assert f"told by claim:{of.id}/1: “Anna Example will visit China on" in shown
    assert "must be one of those that the ontology lists, not China." in shown


def test_the_other_formats_tell_of_it_too(store: OxigraphStore) -> None:
    of = article(1)
    report = taken(store, of, dry_run=True).report
    assert report is not None
    claim = iri("claim", of.id, 1).value
    assert claim in written(report, "turtle")
    assert f"Told by claim:{of.id}/1" in written(report, "junit")
    (result,) = [
        r
        for r in json.loads(written(report, "sarif"))["runs"][0]["results"]
        if r["properties"].get("path") == "smt:topic"
    ]
    assert result["relatedLocations"][0]["logicalLocations"][0]["fullyQualifiedName"] == claim
    (entry,) = [f for f in json.loads(written(report, "json"))["findings"] if f.get("path") == "smt:topic"]
    assert entry["origins"] == [
        {
            "graph": claim,
            "article": of.iri.value,
            "words": [{"exact": of.text, "start": 0, "end": len(of.text)}],
        }
    ]


def test_what_a_reviewer_keeps_is_told_of_in_the_same_way(store: OxigraphStore) -> None:
    found: list[Report] = []

    def review(of: Article, extraction: Extraction, attempt: object) -> object:
        reviewed = settle(store, extraction.claims, {}, by="Ann")
        found.append(attempt(reviewed))  # type: ignore[operator]
        return reviewed

    done = taken(store, article(1), review=review)
    assert by_path(done.report)["smt:topic"].origins
    assert found == [done.report]
    assert found[0].to_text() == done.report.to_text()  # type: ignore[union-attr]


def test_of_several_articles_each_has_its_own_warnings(store: OxigraphStore) -> None:
    class Alone(Reader):
        """Reads of a meeting with one participant, which is only warned of."""

        def read(self, of: Article) -> Extraction:
            """One claim of another meeting for each article."""
            one = super().read(of).claims[0]
            meeting = iri("meeting", of.id)
            assert of.published is not None
            day = Literal(of.published.replace(month=of.published.day).isoformat(), datatype=XSD.date)
            facts = [(RDF.type, SMT.Meeting), (SMT.participant, PERSON), (SCHEMA.startDate, day)]
            triples = tuple(Triple(meeting, *fact) for fact in facts)
            return Extraction([replace(one, about=meeting, triples=triples)], [], [])

    every = [replace(article(day), source=f"{day}.jsonl, line {day}") for day in range(1, 6)]
    done = list(ingest(store, every, extractor=Alone))  # type: ignore[arg-type]
    assert [one.outcome for one in done] == ["added"] * 5
    assert store.head < 5, "several are one commit"
    for day, one in enumerate(done, 1):
        assert one.report is not None
        (finding,) = one.report.findings
        assert finding.focus == iri("meeting", one.article.id)
        assert finding.location == (f"{day}.jsonl", day, None, Known.WORDS)


def test_a_refused_retraction_names_what_depends_on_it(store: OxigraphStore) -> None:
    list(take_in(store, 1))
    meeting = iri("meeting", "x")
    facts = [
        (meeting, RDF.type, SMT.Meeting), (meeting, SMT.participant, PERSON), (meeting, SMT.participant, CN),
        (meeting, SCHEMA.superEvent, VISIT), (meeting, SCHEMA.startDate, DAY), (meeting, SMT.status, SMT.Planned),
    ]  # fmt: skip
    done = add(store, [("meetings.ttl", [Quad(*fact, DefaultGraph()) for fact in facts])])
    graph = KnowledgeGraph(store)
    with pytest.raises(ValidationError) as refused:
        graph.retract(article(1).id)
    shown = refused.value.report.to_text()
    assert "What an event is part of must be an event: Visit of Anna Example to China, January 2031." in shown
    assert (
        f"told by {done.additions[0].value.rpartition('/id/')[2].replace('/', ':', 1)}: from meetings.ttl"
        in shown
    )
    assert "try: " in shown
    forced = graph.retract(article(1).id, force=True).report
    assert forced is not None
    assert forced.to_text() == shown
    # Taking back asks nothing: the graph was as it will be, whatever the shapes say of that.
    undo(store)
    undo(store)


def test_the_whole_store_tells_the_articles_behind_its_findings(store: OxigraphStore) -> None:
    list(take_in(store, 1))
    wrong = Quad(VISIT, SMT.visitKind, CN, iri("claim", article(1).id, 2))
    store.apply(insert=[wrong, Quad(VISIT, SMT.visitKind, CN, DefaultGraph())])
    report = KnowledgeGraph(store).validate()
    assert [origin.graph for origin in by_path(report)["smt:visitKind"].origins] == [wrong.graph_name]


def test_where_words_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("One.\nTwo words,  more.\nTwo again, one.\n")
    assert place_of(str(path), "words, more") == (2, 5)
    assert place_of(str(path), "Two") is None, "there is more than one"
    assert place_of(str(path), "three") is None
    assert place_of(str(tmp_path / "none"), "One") is None
    assert file_of("a, line b.txt") == ("a, line b.txt", None)
    assert file_of("-, line 3") == (None, 3)
