"""Shapes of every kind: what the gate says comes and goes is what pySHACL says of the whole graph, before and after."""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Quad, Triple

from kg.errors import InputError
from kg.namespaces import RDF
from kg.stores.oxigraph import OxigraphStore
from kg.validation import Finding, check, engine
from kg.validation.compare import key
from tests.validation.anything import BASE, PREFIXES, Case, cases

# The nightly profile: HYPOTHESIS_NIGHTLY=1 for 10,000, or another number of examples.
_WANTED = int(os.environ.get("HYPOTHESIS_NIGHTLY", "0"))
EXAMPLES = 10_000 if _WANTED == 1 else _WANTED or 200


def _key(finding: Finding) -> tuple[object, ...]:
    # pySHACL tells of blank nodes in its own messages what the graph says of them.
    return key(replace(finding, template=""))


def _stored(triples: Iterable[Triple]) -> set[Triple]:
    store = pyoxigraph.Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    return {quad.triple for quad in store}


def _whole(triples: set[Triple], folder: Path) -> Counter[tuple[object, ...]]:
    return Counter(map(_key, engine.run_on_all(triples, folder=folder)))


def differences(case: Case, folder: Path) -> list[str]:
    """Where the gate and a validation of the whole graph do not agree; nothing of shapes that pySHACL refuses."""
    folder.mkdir(exist_ok=True)
    (folder / "shapes.ttl").write_text(case.shapes, encoding="utf-8")
    before, insert, delete = map(_stored, (case.before, case.insert, case.delete))
    after = (before - delete) | insert
    try:
        were, are = _whole(before, folder), _whole(after, folder)
    except InputError:
        return ["refused"]
    store = OxigraphStore()
    store.apply(insert=[Quad(t.subject, t.predicate, t.object) for t in before])
    change = [[Quad(t.subject, t.predicate, t.object) for t in some] for some in (insert, delete)]
    wrong = []
    asked = check(store, *change, folder=folder, resolved=True)
    told = {
        _key(finding): finding.state for finding in asked.findings if "Literal-" not in str(finding.shape)
    }
    for name in {*were, *are, *told}:
        state = "new" if are[name] > were[name] else "already there" if are[name] else "resolved"
        same = are[name] == were[name]
        if (name in told and told[name] != state) or (
            name not in told and not same and not (are[name] and state != "new")
        ):
            wrong.append(f"{told.get(name)} and not {state}: {name}")
    quick = check(store, *change, folder=folder)
    new = {_key(finding) for finding in quick.findings if finding.state == "new"}
    really = {name for name in are if are[name] > were[name]}
    if new != really:
        wrong.append(f"without what is resolved: {new ^ really}")
    return wrong


@pytest.mark.filterwarnings("ignore::pyshacl.errors.ShapeRecursionWarning")
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(case=cases())
def test_the_gate_is_a_validation_of_the_whole(case: Case, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp() / "anything"
    _forget()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wrong = differences(case, folder)
    assert wrong in ([], ["refused"])


def _forget() -> None:
    from kg.validation import gate, plan, shapes

    for cached in (plan.load_plan, shapes.shapes_graph, gate._index, engine._validator, engine._layer_shapes):
        cached.cache_clear()


def test_what_is_found_by_way_of_another_node_too_is_not_resolved(tmp_path: Path) -> None:
    def triple(*names: str) -> Triple:
        subject, predicate, obj = (pyoxigraph.NamedNode(BASE + name) for name in names)
        return Triple(subject, predicate if names[1] != "type" else RDF.type, obj)

    shapes = """ex:T a sh:NodeShape ; sh:targetClass ex:C ;
        sh:property [ sh:path ex:p ; sh:property [ sh:path ex:r ; sh:in ( ex:good ) ] ] ."""
    before = {
        triple("a", "type", "C"),
        triple("b", "type", "C"),
        triple("a", "p", "v"),
        triple("b", "p", "v"),
    }
    before.add(triple("v", "r", "bad"))
    gone = [
        frozenset({triple("a", "type", "C")}),
        frozenset({triple("a", "type", "C"), triple("b", "p", "v")}),
    ]
    _forget()
    for delete in gone:
        case = Case(PREFIXES + shapes, frozenset(before), frozenset(), delete)
        assert differences(case, tmp_path) == []


def test_what_a_shared_shape_found_by_way_of_another_rule_is_not_new(tmp_path: Path) -> None:
    n0, n1 = (pyoxigraph.NamedNode(f"{BASE}{name}") for name in ("n0", "n1"))
    p, q, kind = (pyoxigraph.NamedNode(f"{BASE}{name}") for name in ("p", "q", "C"))
    named = """ex:T0 a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:Shared .
        ex:T1 a sh:NodeShape ; sh:targetSubjectsOf ex:q ; sh:property ex:Shared .
        ex:Shared a sh:PropertyShape ; sh:path ex:p ; sh:class ex:C ."""
    # What is found goes by the name of the shape around it.
    nameless = """ex:T a sh:NodeShape ; sh:targetNode ex:n0 ; sh:property
        [ sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ] ,
        [ sh:path ex:p ; sh:node [ sh:property [ sh:path ex:r ; sh:maxCount 0 ] ] ] ."""
    _forget()
    before = frozenset({Triple(n0, p, n1), Triple(n0, q, n0)})
    comes, goes = frozenset({Triple(n0, RDF.type, kind)}), frozenset({Triple(n0, q, n0)})
    assert differences(Case(PREFIXES + named, before, comes, goes), tmp_path) == []
    _forget()
    comes = frozenset({Triple(n1, q, n0), Triple(n1, pyoxigraph.NamedNode(f"{BASE}r"), n0)})
    assert differences(Case(PREFIXES + nameless, before, comes, frozenset()), tmp_path) == []


def test_the_inverse_of_a_sequence_is_read_as_pyshacl_reads_it(tmp_path: Path) -> None:
    n0, n3, n4 = (pyoxigraph.NamedNode(f"{BASE}{name}") for name in ("n0", "n3", "n4"))
    p, r = (pyoxigraph.NamedNode(f"{BASE}{name}") for name in ("p", "r"))
    shapes = """ex:T a sh:NodeShape ; sh:targetNode ex:n0 ;
        sh:property [ sh:path [ sh:inversePath ( ex:p ex:r ) ] ; sh:nodeKind sh:Literal ] ."""
    for one, other in ((r, p), (p, r)):
        _forget()
        before, comes = frozenset({Triple(n4, one, n3)}), frozenset({Triple(n3, other, n0)})
        assert differences(Case(PREFIXES + shapes, before, comes, frozenset()), tmp_path) == []
