"""Random shapes of every constraint component, random graphs and random changes of them, for Hypothesis."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import RDF, RDFS, XSD

BASE = "https://example.org/"
PREFIXES = f"""@prefix ex: <{BASE}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <{RDF.base}> .
@prefix rdfs: <{RDFS.base}> .
@prefix xsd: <{XSD.base}> .
"""
CLASSES = [f"ex:C{number}" for number in range(4)]
PROPERTIES = ["ex:p", "ex:q", "ex:r"]
NODES = [NamedNode(f"{BASE}n{number}") for number in range(5)] + [BlankNode("b0"), BlankNode("b1")]
VALUES = [
    Literal("a"),
    Literal("abc", language="en"),
    Literal("b", language="en"),
    Literal("b", language="de"),
    Literal("1", datatype=XSD.integer),
    Literal("5", datatype=XSD.integer),
    Literal("2.5", datatype=XSD.decimal),
    Literal("2024-05-16", datatype=XSD.date),
]
_NAMED = [f"ex:n{number}" for number in range(5)]
_TERMS = [*_NAMED, '"a"', '"b"@en', "1", "5", "2.5"]


@dataclass(frozen=True)
class Case:
    """Shapes as Turtle, a graph, and what comes to it and goes from it."""

    shapes: str
    before: frozenset[Triple]
    insert: frozenset[Triple]
    delete: frozenset[Triple]


def _full(name: str) -> NamedNode:
    return NamedNode(BASE + name.removeprefix("ex:"))


classes, properties = st.sampled_from(CLASSES), st.sampled_from(PROPERTIES)
terms = st.sampled_from(_TERMS)
small = st.integers(0, 2)


def _paths() -> st.SearchStrategy[str]:
    return st.recursive(
        properties,
        lambda inner: st.one_of(
            inner.map(lambda p: f"[ sh:inversePath {p} ]"),
            st.tuples(inner, inner).map(lambda pair: f"( {pair[0]} {pair[1]} )"),
            st.tuples(inner, inner).map(lambda pair: f"[ sh:alternativePath ( {pair[0]} {pair[1]} ) ]"),
            inner.map(lambda p: f"[ sh:zeroOrMorePath {p} ]"),
            inner.map(lambda p: f"[ sh:oneOrMorePath {p} ]"),
            inner.map(lambda p: f"[ sh:zeroOrOnePath {p} ]"),
        ),
        max_leaves=3,
    )


# One that hangs on $this, in all manners; and some that do not.
_QUERIES = [
    "SELECT $this WHERE { $this ex:p ?x . ?x ex:q $this }",
    "SELECT $this ?value WHERE { $this ex:p/ex:q ?value }",
    "SELECT $this ?value WHERE { $this ex:p ?value FILTER NOT EXISTS { ?value ex:q ?y } }",
    "SELECT $this WHERE { $this ex:p+ ?x . ?x ex:r ?y FILTER (?x != $this) }",
    "SELECT $this WHERE { ?x ex:p* $this . ?x ex:r ?y }",
    "SELECT $this WHERE { { $this ex:p ?x } UNION { ?x ex:q $this } }",
    "SELECT $this ?value WHERE { $this ?p ?value . ?value ex:r ?y }",
    "SELECT $this WHERE { $this ex:p ?x . OPTIONAL { ?x ex:q ?y } FILTER (!BOUND(?y)) }",
    "SELECT $this WHERE { OPTIONAL { $this ex:p ?x } ?x ex:q ?y }",
    "SELECT $this WHERE { $this ex:p ?x . ?a ex:q ?b . FILTER (?x = ?b) }",
    "SELECT $this WHERE { $this ex:p ?x . ex:n0 ex:q ?y }",
    "SELECT $this (COUNT(?x) AS ?value) WHERE { $this ex:p ?x } GROUP BY $this HAVING (COUNT(?x) > 1)",
    "SELECT $this WHERE { $this ex:p ?x . ?x a/rdfs:subClassOf* ex:C1 }",
    "SELECT $this WHERE { $this !ex:p ?x . ?x ex:p ?y }",
    "SELECT $this WHERE { FILTER EXISTS { $this ex:p ?x . FILTER NOT EXISTS { ?x ex:r ?z } } }",
    'SELECT $this WHERE { $this ex:p "a" }',
]
_PATH_QUERIES = ["SELECT $this ?value WHERE { $this $PATH ?value . ?value ex:r ?y }"]


def _query(text: str) -> str:
    return f'sh:sparql [ sh:select """PREFIX ex: <{BASE}> PREFIX rdfs: <{RDFS.base}> {text}""" ]'


def _of_values(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Constraints of node and property shapes; `inner` are the shapes that they can refer to."""
    lists = st.lists(inner, min_size=1, max_size=2).map(" ".join)
    return st.one_of(
        classes.map(lambda c: f"sh:class {c}"),
        st.sampled_from(["xsd:integer", "xsd:string", "xsd:date", "rdf:langString"]).map(
            lambda d: f"sh:datatype {d}"
        ),
        st.sampled_from(["IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "IRIOrLiteral"]).map(
            lambda k: f"sh:nodeKind sh:{k}"
        ),
        st.sampled_from(["minExclusive", "minInclusive", "maxExclusive", "maxInclusive"]).map(
            lambda k: f"sh:{k} 2"
        ),
        st.sampled_from(
            ["sh:minLength 2", "sh:maxLength 1", 'sh:pattern "^A"; sh:flags "i"', 'sh:pattern "1"']
        ),
        st.just('sh:languageIn ( "en" )'),
        st.sampled_from(["equals", "disjoint"]).flatmap(lambda k: properties.map(lambda p: f"sh:{k} {p}")),
        terms.map(lambda t: f"sh:hasValue {t}"),
        st.lists(terms, min_size=1, max_size=4, unique=True).map(lambda some: f"sh:in ( {' '.join(some)} )"),
        inner.map(lambda s: f"sh:not {s}"),
        st.sampled_from(["and", "or", "xone"]).flatmap(lambda k: lists.map(lambda s: f"sh:{k} ( {s} )")),
        st.sampled_from(_QUERIES).map(_query),
        st.sampled_from(_QUERIES).map(_query),
    )


def _property_shape(inner: st.SearchStrategy[str], nodes: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    qualified = st.tuples(inner, small, st.booleans(), st.booleans()).map(
        lambda q: (
            f"sh:qualifiedValueShape {q[0]} ; sh:qualified{'Min' if q[2] else 'Max'}Count {q[1]}"
            f"{' ; sh:qualifiedValueShapesDisjoint true' if q[3] else ''}"
        )
    )
    own = st.one_of(
        _of_values(inner),
        _of_values(inner),
        small.map(lambda n: f"sh:minCount {n}"),
        small.map(lambda n: f"sh:maxCount {n}"),
        st.just("sh:uniqueLang true"),
        st.sampled_from(["lessThan", "lessThanOrEquals"]).flatmap(
            lambda k: properties.map(lambda p: f"sh:{k} {p}")
        ),
        qualified,
        nodes.map(lambda s: f"sh:node {s}"),
        st.sampled_from(_PATH_QUERIES).map(_query),
    )
    nested = st.tuples(properties, _of_values(st.just("ex:S0"))).map(
        lambda pair: f"sh:property [ sh:path {pair[0]} ; {pair[1]} ]"
    )
    return st.tuples(
        _paths(),
        st.lists(own, min_size=1, max_size=2, unique_by=_kind),
        st.none() | nested,
        st.integers(0, 9),
    ).map(
        lambda parts: (
            f"[ sh:path {parts[0]} ; {' ; '.join(parts[1])} {'; ' + parts[2] if parts[2] else ''}"
            f"{'; sh:deactivated true' if parts[3] == 0 else ''}"
            f"{_WARNING if parts[3] == 1 else ''} ]"
        )
    )


# Without a message of its own: a report tells what has the same words only once.
_WARNING = "; sh:severity sh:Warning"


def _kind(constraint: str) -> str:
    return constraint.split()[0].replace("Max", "Min")


_simple = st.one_of(
    classes.map(lambda c: f"[ sh:class {c} ]"),
    st.just("[ sh:nodeKind sh:IRI ]"),
    st.just("[ sh:datatype xsd:integer ]"),
    st.tuples(properties, classes).map(lambda p: f"[ sh:property [ sh:path {p[0]} ; sh:class {p[1]} ] ]"),
    properties.map(lambda p: f"[ sh:property [ sh:path {p} ; sh:minCount 1 ] ]"),
    properties.map(lambda p: f"[ sh:path {p} ; sh:maxCount 1 ]"),
)
_named_shapes = st.sampled_from(["ex:S0", "ex:S1"])
_node_only = st.one_of(_named_shapes, classes.map(lambda c: f"[ sh:class {c} ]"))

_targets = st.lists(
    st.one_of(
        classes.map(lambda c: f"sh:targetClass {c}"),
        classes.map(lambda c: f"sh:targetClass {c}"),
        properties.map(lambda p: f"sh:targetSubjectsOf {p}"),
        properties.map(lambda p: f"sh:targetObjectsOf {p}"),
        st.sampled_from(["ex:n0", "ex:n1", '"a"']).map(lambda n: f"sh:targetNode {n}"),
    ),
    min_size=1,
    max_size=2,
    unique=True,
)


@st.composite
def _shapes(draw: st.DrawFn) -> str:
    inner = st.one_of(_simple, _named_shapes)
    made = [
        # Shapes that others refer to; they refer to none, so that nothing is recursive by chance.
        f"ex:S0 a sh:NodeShape ; {draw(_of_values(_simple))} .",
        f"ex:S1 a sh:NodeShape ; sh:property {draw(_property_shape(_simple, _simple_nodes))} .",
    ]
    for number in range(draw(st.integers(1, 3))):
        aim = " ; ".join(draw(_targets))
        kind = draw(st.integers(0, 9))
        parts = [f"sh:property {draw(_property_shape(inner, _node_only))}" for _ in range(draw(small))]
        if kind < 5 or not parts:
            parts += draw(st.lists(_of_values(inner), min_size=1, max_size=2, unique_by=_kind))
        if kind == 6:
            parts.append("sh:closed true ; sh:ignoredProperties ( rdf:type )")
        name, extra = f"ex:T{number}", ""
        if kind == 7:
            name, aim, extra = "ex:C1", "a rdfs:Class, sh:NodeShape", ""
            if any("ex:C1 a rdfs:Class" in each for each in made):
                continue
            made.append(f"{name} {aim} ; {' ; '.join(parts)} .")
            continue
        if kind == 8:
            extra = " ; sh:property ex:Shared"
        made.append(f"{name} a sh:NodeShape ; {aim} ; {' ; '.join(parts)}{extra} .")
        if kind == 9:
            made.append(
                f"{name}p a sh:PropertyShape ; {aim} ; sh:path {draw(_paths())} ; {draw(_of_values(inner))} ."
            )
    made.append("ex:Shared a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 ; sh:class ex:C0 .")
    return PREFIXES + "\n".join(made)


_simple_nodes = classes.map(lambda c: f"[ sh:class {c} ]")

_subjects = st.sampled_from(NODES)
_triples = st.one_of(
    st.tuples(
        _subjects, st.sampled_from([_full(p) for p in PROPERTIES]), st.sampled_from([*NODES, *NODES, *VALUES])
    ),
    st.tuples(_subjects, st.sampled_from([_full(p) for p in PROPERTIES]), st.sampled_from([*NODES, *VALUES])),
    st.tuples(_subjects, st.just(RDF.type), st.sampled_from([_full(c) for c in CLASSES])),
).map(lambda parts: Triple(*parts))
_subclasses = st.tuples(
    st.sampled_from([_full(c) for c in CLASSES]), st.sampled_from([_full(c) for c in CLASSES])
).map(lambda pair: Triple(pair[0], RDFS.subClassOf, pair[1]))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Shapes, a graph, and a change of it in which triples come and go."""
    before = draw(st.frozensets(_triples, min_size=5, max_size=30)) | draw(
        st.frozensets(_subclasses, max_size=2)
    )
    some = sorted(before, key=str)
    gone = draw(st.frozensets(st.sampled_from(some), max_size=3))
    come = draw(st.frozensets(_triples, max_size=3))
    if draw(st.integers(0, 4)) == 0:
        come |= draw(st.frozensets(_subclasses, max_size=1))
    return Case(draw(_shapes()), before, come, gone)
