"""Adding, retracting and explaining, on a graph small enough to compare as a whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.articles import Article, article_quads, extraction_of
from kg.claims import Claim, Modality, Passage
from kg.errors import InputError, NotFoundError, StoreFormatError, ValidationError
from kg.knowledge_graph import KnowledgeGraph
from kg.namespaces import LOG_GRAPH, RDF, RDFS, REFERENCE_GRAPH, SCHEMA, SMT, STORE_GRAPH, XSD, iri
from kg.operations.add import add
from kg.operations.change import whole_change
from kg.operations.retract import find_graph
from kg.resolution import resolve
from kg.stores.oxigraph import OxigraphStore
from tests.commits.story import CN, FR, PERSON, VISIT, reference

TEXT = "Anna Example will visit China on January 2. Anna Example arrived in China."


@pytest.fixture
def graph() -> KnowledgeGraph:
    store = OxigraphStore()
    insert, _ = whole_change(store, reference())
    store.apply(insert=insert)
    return KnowledgeGraph(store)


def article(text: str = TEXT, day: int = 1) -> Article:
    return Article(text, publisher="Lake Courier", published=date(2031, 1, day))


def claim(
    of: Article, number: int, modality: Modality, *more: tuple[NamedNode, NamedNode | Literal]
) -> Claim:
    triples = [
        Triple(VISIT, RDF.type, SMT.Visit),
        Triple(VISIT, SMT.visitor, PERSON),
        Triple(VISIT, SMT.hostState, CN),
        Triple(VISIT, SMT.sendingState, FR),
        *(Triple(VISIT, predicate, value) for predicate, value in more),
    ]
    passage = Passage.of(of.text, 0, len(of.text) if number > 1 else of.text.find(".") + 1)
    return Claim(of.id, number, VISIT, tuple(triples), (passage,), modality, 0.9, derivation="by hand")


def quads(of: Article, *claims: Claim) -> list[Quad]:
    found = list(article_quads(of, [PERSON, CN], software_version="0"))
    for one in claims:
        found += one.quads(extraction_of(of))
    return found


DAY = (SCHEMA.startDate, Literal("2031-01-02", datatype=XSD.date))


@pytest.fixture
def told(graph: KnowledgeGraph) -> Article:
    """One article with two claims is in the graph."""
    one = article()
    add(
        graph.store,
        [("told.trig", quads(one, claim(one, 1, Modality.PLANNED, DAY), claim(one, 2, Modality.OCCURRED)))],
    )
    return one


def view(graph: KnowledgeGraph) -> set[Triple]:
    return {quad.triple for quad in graph.store.quads(graph=DefaultGraph())}


def everything(graph: KnowledgeGraph) -> set[Quad]:
    return {quad for quad in graph.store.quads() if quad.graph_name != LOG_GRAPH}


def whole(graph: KnowledgeGraph) -> set[Quad]:
    return {quad for quad in everything(graph) if quad.graph_name != STORE_GRAPH}


def test_added_articles_show_in_the_view(graph: KnowledgeGraph, told: Article) -> None:
    assert Triple(VISIT, SMT.status, SMT.Occurred) in view(graph)
    assert Triple(
        VISIT, RDFS.label, Literal("Visit of Anna Example to China, January 2031", language="en")
    ) in view(graph)
    assert view(graph) == resolve(graph.store)


def test_trig_goes_into_another_store_and_comes_out_the_same(
    graph: KnowledgeGraph, told: Article, tmp_path: Path
) -> None:
    (tmp_path / "loose.ttl").write_text(f"<{VISIT.value}> <{SMT.topic.value}> 'rivers'@en .")
    graph.add([tmp_path / "loose.ttl"])
    graph.export("trig", tmp_path / "all.trig")
    other = OxigraphStore()
    other.apply(insert=whole_change(other, reference())[0])
    second = KnowledgeGraph(other)
    done = second.add([tmp_path / "all.trig"])
    assert whole(second) == whole(graph)
    assert len(done.additions) == 1
    assert list(other.quads(done.additions[0], RDF.type, SMT.Addition, STORE_GRAPH))
    assert second.export("trig") == graph.export("trig")
    assert second.add([tmp_path / "all.trig"]).quads == 0


def test_a_view_alone_adds_nothing_to_its_own_graph(
    graph: KnowledgeGraph, told: Article, tmp_path: Path
) -> None:
    graph.export("turtle", tmp_path / "view.ttl")
    assert graph.add([tmp_path / "view.ttl"]).quads == 0


def test_an_addition_is_named_by_what_it_says(graph: KnowledgeGraph, told: Article, tmp_path: Path) -> None:
    facts = [Triple(VISIT, SMT.topic, Literal(word, language="en")) for word in ("rivers", "bridges")]
    names = []
    for number, order in enumerate((facts, facts[::-1])):
        path = tmp_path / f"{number}.nt"
        path.write_text("\n".join(f"{t} ." for t in order))
        done = graph.add([path])
        names.append(done.additions[0])
        graph.retract(done.additions[0].value)
    assert names[0] == names[1]


def test_nothing_of_a_bad_file_is_written(graph: KnowledgeGraph, told: Article, tmp_path: Path) -> None:
    before = everything(graph)
    (tmp_path / "bad.ttl").write_text(
        f"\n<{VISIT.value}> <{SMT.topic.value}> 'rivers'@en ; <{SMT.hostState.value}> <{FR.value}> .\n"
    )
    with pytest.raises(ValidationError) as caught:
        graph.add([tmp_path / "bad.ttl"])
    assert not caught.value.report.conforms
    assert everything(graph) == before


def test_a_claim_whose_words_are_not_in_the_text_is_refused(graph: KnowledgeGraph) -> None:
    one = article()
    good = claim(one, 1, Modality.PLANNED, DAY)
    changed = Passage(0, 12, "Anna Invented")
    bad = Claim(one.id, 1, VISIT, good.triples, (changed,), Modality.PLANNED, 0.9)
    with pytest.raises(ValidationError):
        add(graph.store, [("x.trig", quads(one, bad))])
    assert {q.graph_name for q in graph.store.quads()} == {DefaultGraph(), REFERENCE_GRAPH}


def test_claims_never_change(graph: KnowledgeGraph, told: Article) -> None:
    with pytest.raises(InputError, match="never change"):
        add(graph.store, [("x.trig", quads(told, claim(told, 1, Modality.PLANNED)))])


@pytest.mark.parametrize("name", ["urn:mine", "https://w3id.org/summitry/id/visit/x"])
def test_other_graphs_are_refused(graph: KnowledgeGraph, name: str) -> None:
    with pytest.raises(InputError, match="no article, claim or addition"):
        add(graph.store, [("x.trig", [Quad(VISIT, RDF.type, SMT.Visit, NamedNode(name))])])


def test_retracting_an_article_leaves_nothing_of_it(graph: KnowledgeGraph) -> None:
    before = everything(graph)
    one = article()
    add(
        graph.store,
        [("x", quads(one, claim(one, 1, Modality.PLANNED, DAY), claim(one, 2, Modality.OCCURRED)))],
    )
    done = graph.retract(one.id)
    assert len(done.claims) == 2
    assert done.facts > 4
    assert everything(graph) == before


def test_retracting_a_claim_leaves_what_others_support(graph: KnowledgeGraph, told: Article) -> None:
    graph.retract(f"claim:{told.id}/2")
    assert Triple(VISIT, SMT.status, SMT.Planned) in view(graph)
    graph.retract(f"{told.id}/1")
    assert not list(graph.store.quads(VISIT))
    assert [q for q in everything(graph) if "claim" in str(q)] == []
    assert view(graph) == resolve(graph.store)


def test_two_articles_one_event(graph: KnowledgeGraph, told: Article) -> None:
    later = article("Anna Example is back from China.", day=9)
    add(graph.store, [("y", quads(later, claim(later, 1, Modality.OCCURRED)))])
    assert len({t.subject for t in view(graph) if t.object == SMT.Visit}) == 1
    graph.retract(told.id)
    assert Triple(VISIT, SMT.status, SMT.Occurred) in view(graph)
    assert not any(t.predicate == SCHEMA.startDate for t in view(graph))


def test_a_retraction_that_breaks_the_rest_needs_force(graph: KnowledgeGraph, told: Article) -> None:
    meeting = iri("meeting", "x")
    facts = [
        Triple(meeting, RDF.type, SMT.Meeting), Triple(meeting, SMT.participant, PERSON), Triple(meeting, SMT.participant, CN),
        Triple(meeting, SCHEMA.superEvent, VISIT), Triple(meeting, SCHEMA.startDate, DAY[1]),
        Triple(meeting, SMT.status, SMT.Planned),
    ]  # fmt: skip
    add(graph.store, [("m.ttl", [Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in facts])])
    before = everything(graph)
    with pytest.raises(ValidationError) as caught:
        graph.retract(told.id)
    assert "--force" in (caught.value.hint or "")
    assert everything(graph) == before
    assert graph.retract(told.id, force=True).report is not None
    assert view(graph) == resolve(graph.store)


@pytest.mark.parametrize(
    "form", ["{id}", "article:{id}", "https://w3id.org/summitry/id/article/{id}", "<{iri}>"]
)
def test_an_article_by_any_of_its_names(graph: KnowledgeGraph, told: Article, form: str) -> None:
    assert find_graph(graph.store, form.format(id=told.id, iri=told.iri.value)) == told.iri


def test_an_unknown_article_is_answered_with_the_nearest(graph: KnowledgeGraph, told: Article) -> None:
    with pytest.raises(NotFoundError) as caught:
        graph.retract(told.id[:-3])
    assert told.id in (caught.value.hint or "")


@pytest.mark.parametrize(
    "name", ["visit:anna-example-cn-2031-01", "visit of anna example to china, january 2031"]
)
def test_why_tells_words_and_speaker(graph: KnowledgeGraph, told: Article, name: str) -> None:
    thing, label, reasons = graph.why(name, "hostState")
    assert (thing, label) == (VISIT, "Visit of Anna Example to China, January 2031")
    first = reasons[0]
    assert first.publisher == "Lake Courier"
    assert first.published == "2031-01-01"
    assert first.modality == "Planned"
    assert first.derivation == "by hand"
    assert [told.text[p.start : p.end] for p in first.passages] == [p.exact for p in first.passages]
    assert first.shown == first.triples == (Triple(VISIT, SMT.hostState, CN),)


def test_why_status_tells_of_all_claims_about_it(graph: KnowledgeGraph, told: Article) -> None:
    assert {reason.modality for reason in graph.why("visit:anna-example-cn-2031-01", "status")[2]} == {
        "Planned",
        "Occurred",
    }


def test_info_counts(graph: KnowledgeGraph, told: Article) -> None:
    facts = graph.info()
    assert (facts["articles"], facts["claims"]) == (1, 2)
    assert facts["events"] == {"Visit": {"Occurred": 1}}
    assert facts["things"]["Person"] == 1


def test_two_labels_for_two_things(graph: KnowledgeGraph, tmp_path: Path) -> None:
    twin = iri("person", "anna-example-2")
    facts = [(twin, RDF.type, SMT.Official), (twin, RDFS.label, Literal("Anna Example", language="en"))]
    graph.store.apply(insert=[Quad(*fact, DefaultGraph()) for fact in facts])
    with pytest.raises(NotFoundError, match="2 things"):
        graph.why("Anna Example")


def test_a_store_is_made_by_the_first_that_writes(tmp_path: Path) -> None:
    target = tmp_path / "store"
    KnowledgeGraph.open(target).close()
    assert not target.exists()
    with KnowledgeGraph.open(target, writable=True) as made:
        assert made.store.writable
    with KnowledgeGraph.open(target) as again:
        assert again.store.target == str(target)
        assert {q.triple for q in again.store.quads(graph=DefaultGraph())} == resolve(again.store)
    with pytest.raises(StoreFormatError):
        KnowledgeGraph.init(target)


def test_the_bundled_graph_is_the_same_from_cache_and_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.bundled import open_bundled

    monkeypatch.setenv("SUMMITRY_CACHE", str(tmp_path / "cache"))
    built, cached = open_bundled(), open_bundled()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SUMMITRY_CACHE", str(tmp_path / "file"))
    in_memory = open_bundled()
    assert in_memory.path is None
    assert set(built.quads()) == set(cached.quads()) == set(in_memory.quads())
    assert [path.name.startswith("bundled-") for path in (tmp_path / "cache").iterdir()] == [True]


def test_old_copies_are_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.bundled import KEPT_ENTRIES, open_bundled

    for number in range(8):
        (tmp_path / f"bundled-0-{number}").mkdir()
    monkeypatch.setenv("SUMMITRY_CACHE", str(tmp_path))
    open_bundled().close()
    assert len(list(tmp_path.iterdir())) == KEPT_ENTRIES


def test_what_articles_already_in_are_called_known(graph: KnowledgeGraph, told: Article) -> None:
    assert [done.outcome for done in graph.ingest([told])] == ["known"]
