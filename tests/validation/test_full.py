"""Full validation: as plain pySHACL finds on faulty graphs, the same by one process and by several."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, Quad

from benchmarks.graphs import graph
from kg.errors import StoreError
from kg.namespaces import RDF, SCHEMA, SMT
from kg.resolution.sources import is_article
from kg.stores.oxigraph import OxigraphStore
from kg.validation import parallel
from kg.validation.engine import to_rdflib
from kg.validation.full import validate_store
from kg.validation.parallel import validate_folder
from kg.validation.shapes import shapes_graph
from tests.conftest import NIGHTLY

SEEDS = 200 if NIGHTLY else 6


def plain(quads: list[Quad], layer: str) -> set[tuple[str, ...]]:
    """What pySHACL itself finds, with all shapes of a layer: focus, shape, constraint, value and severity."""
    from pyshacl import validate
    from rdflib import Graph, Namespace, URIRef

    sh, shapes = Namespace("http://www.w3.org/ns/shacl#"), Graph()
    shapes += shapes_graph()
    from kg.validation.plan import load_plan

    for shape in load_plan().shapes:
        if layer not in shape.graphs:
            for target in (sh.targetClass, sh.targetSubjectsOf):
                shapes.remove((URIRef(shape.iri), target, None))
    data = Graph()
    for quad in quads:
        data.add((to_rdflib(quad.subject), URIRef(quad.predicate.value), to_rdflib(quad.object)))  # type: ignore[arg-type]
    _, found, _ = validate(data, shacl_graph=shapes, inplace=True, advanced=False)
    assert isinstance(found, Graph)
    return {
        (
            *(str(found.value(r, sh[name])) for name in ("focusNode", "sourceShape", "sourceConstraintComponent", "value")),
            str(found.value(r, sh.resultSeverity)).split("#")[1],
        )
        for r in found.objects(None, sh.result)
    }  # fmt: skip


def spoilt(quads: list[Quad], dice: random.Random) -> list[Quad]:
    """Some triples of the view lost, some with the value of another triple, so that all kinds of things are wrong."""
    view = [q for q in quads if q.graph_name == DefaultGraph()]
    out = set(quads)
    for quad in dice.sample(view, 40):
        out.discard(quad)
        if dice.random() < 0.6:
            other = dice.choice(view)
            value = other.object if dice.random() < 0.7 else Literal("")
            predicate = dice.choice([quad.predicate, quad.predicate, SCHEMA.location, RDF.type, SMT.visitor])
            out.add(Quad(quad.subject, predicate, value))
    return sorted(out, key=str)


def _plain_text(term: object) -> str:
    return str(getattr(term, "value", term))


def agree(quads: list[Quad]) -> set[str]:
    """Whether full validation finds in some quads what pySHACL finds; answers the shapes that are broken."""
    store = OxigraphStore()
    store.inner.extend(quads)
    kept = list(store.quads())
    graphs = {q.graph_name for q in kept if is_article(q.graph_name)}
    expected = plain([q for q in kept if q.graph_name == DefaultGraph()], "resolved")
    for name in graphs:
        expected |= plain([q for q in kept if q.graph_name == name], "article")
    found = {
        (str(f.focus)[1:-1], f.shape.value, str(f.component), _plain_text(f.value), f.severity.value)
        for f in validate_store(store).findings
        if not f.shape.value.endswith("#Literal-lexicalForm")
    }
    assert found == expected
    return {shape for _, shape, *_ in found}


@pytest.fixture(scope="module")
def faulty() -> list[Quad]:
    """A graph in which a third of the stories break a rule."""
    return sorted(set(graph(11_500, seed=0, faults=0.3)), key=str)


def test_the_findings_are_those_of_plain_pyshacl(faulty: list[Quad]) -> None:
    assert len(agree(spoilt(faulty, random.Random(0)))) > 5


def test_so_they_are_in_pieces_of_graphs(faulty: list[Quad]) -> None:
    """Pieces are small and have much that is missing in them, so that many can be compared."""
    broken = set()
    for seed in range(SEEDS):
        dice = random.Random(seed)
        view: dict[str, list[Quad]] = {}
        articles: dict[str, list[Quad]] = {}
        for quad in faulty:
            if quad.graph_name == DefaultGraph():
                view.setdefault(str(quad.subject), []).append(quad)
            elif is_article(quad.graph_name):
                articles.setdefault(str(quad.graph_name), []).append(quad)
        some = [
            quads
            for things, most in ((view, 150), (articles, 1))
            for quads in dice.sample([*things.values()], most)
        ]
        broken |= agree(spoilt([quad for quads in some for quad in quads], dice))
    assert len(broken) > 15


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("full") / "store"
    OxigraphStore.create(path, graph(14_000, faults=1)).close()
    return path


def test_several_processes_find_the_same_and_tell_how_far_they_are(folder: Path) -> None:
    with OxigraphStore(folder, writable=False) as store:
        alone = validate_store(store)
    steps: list[tuple[int, int]] = []
    assert validate_folder(folder, 3, step=lambda done, total: steps.append((done, total))) == alone
    assert not alone.conforms
    assert steps[-1][0] == steps[-1][1] > 0


def test_processes_that_see_different_states_begin_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "_together", lambda *_: None)
    with pytest.raises(StoreError, match="changes faster"):
        validate_folder(folder, 2)


def test_a_store_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        validate_folder(tmp_path / "none", 2)
