"""JSON-LD: the places that can be found are right, and what a parser drops is told."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, parse

from kg.rdf_positions.json_text import Json, read_json
from kg.rdf_positions.jsonld import read_jsonld
from kg.validation.lexical import check_dropped

DOCUMENT = """{
 "@context": {"@vocab": "urn:v:", "ex": "urn:x:", "xsd": "http://www.w3.org/2001/XMLSchema#", "id": "@id",
   "d": {"@id": "ex:date", "@type": "xsd:date"}, "ref": {"@id": "ex:ref", "@type": "@id"}},
 "@graph": [
  {"id": "ex:a", "@type": ["T", "ex:U"],
   "d": "2024-02-30", "n": [1, 2.50, 1e3, true, "é"],
   "ref": ["ex:b", "ex:c"],
   "p": {"q": "one", "r": {"q": "two"}},
   "l": {"@list": [1, {"q": "z"}]}
  },
  {"p": {"q": "three"}, "q": "one"}
 ]}"""


def test_each_value_is_placed() -> None:
    places = {(f.predicate.value, str(f.object)): f.at for f in read_jsonld(DOCUMENT.encode())}
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert places["http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "<urn:x:U>"] == (5, 33)
    assert places["urn:x:date", f'"2024-02-30"^^<{xsd}date>'] == (6, 9)
    assert places["urn:v:n", f'"1"^^<{xsd}integer>'] == (6, 29)
    assert places["urn:v:n", f'"2.5E0"^^<{xsd}double>'] == (6, 32)
    assert places["urn:v:n", f'"1000"^^<{xsd}integer>'] == (6, 38)
    assert places["urn:v:n", '"é"'] == (6, 49)
    assert places["urn:x:ref", "<urn:x:c>"] == (7, 20)
    assert places["urn:v:q", '"two"'] == (8, 33)
    assert places["urn:v:q", '"z"'] == (9, 29)
    assert places["urn:v:q", '"three"'] == (11, 15)


def test_values_of_a_map_by_language_are_placed() -> None:
    text = """{"@context": {"name": {"@id": "urn:name", "@container": "@language"}}, "@id": "urn:a",
  "name": {"en": "Bern", "fr": ["Berne", "Bienne"]}}"""
    found = {str(each.object): each.at for each in read_jsonld(text.encode())}
    assert found == {'"Bern"@en': (2, 18), '"Berne"@fr': (2, 33), '"Bienne"@fr': (2, 42)}


def test_equal_values_of_two_things_are_told_apart() -> None:
    found = [(f.at, f.subject_at) for f in read_jsonld(DOCUMENT.encode()) if str(f.object) == '"one"']
    assert found == [((8, 15), (8, 9)), ((11, 30), (11, 3))]


keys = st.sampled_from(["urn:p", "urn:q"])
scalars = st.sampled_from(["x", "é", 1, True, {"@value": "z", "@type": "urn:dt"}, {"@id": "urn:o"}])
things = st.recursive(
    st.dictionaries(keys, scalars, min_size=1, max_size=2),
    lambda inner: st.dictionaries(keys, st.lists(inner | scalars, max_size=3), min_size=1, max_size=2),
    max_leaves=8,
)


@given(st.lists(things, min_size=1, max_size=3), st.sampled_from([None, 1, "\t"]))
def test_triples_are_those_of_the_parser_and_literals_stand_where_it_is_said(
    document: list[object], indent: int | str | None
) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    found = list(read_jsonld(text.encode()))
    assert len(found) == len(list(parse(text.encode(), RdfFormat.JSON_LD)))
    lines = text.split("\n")
    for each in found:
        assert each.at is not None
        at = lines[each.at.line - 1][each.at.column - 1 :]
        if isinstance(each.object, Literal):
            assert at.startswith((json.dumps(each.object.value, ensure_ascii=False), each.object.value))
    # No two triples are laid to the same value, unless the file says it once for both.
    places = [each.at for each in found]
    assert len(set(places)) == len(places)


def plain(value: Json) -> object:
    """A tree as the json module would give it."""
    if value.kind == "object":
        return {key: plain(inner) for key, _, inner in value.members}
    if value.kind == "array":
        return [plain(inner) for inner in value.items]
    return value.text if value.kind == "string" else json.loads(value.text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.sampled_from([None, 2]),
    st.booleans(),
)
def test_json_is_read_as_the_json_module_reads_it(value: object, indent: int | None, ascii: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii)
    assert plain(read_json(text)) == value


def test_values_that_the_parser_drops_are_found_with_their_place(tmp_path: Path) -> None:
    text = """{"@context": {"@vocab": "urn:v:", "ref": {"@type": "@id"}}, "@id": "urn:a", "good": "x",
 "tagged": {"@value": "x", "@language": "no lang"},
 "named": {"@id": "b a d"},
 "ref": ["relative", "urn:fine"]
}"""
    path = tmp_path / "mine.jsonld"
    path.write_text(text)
    kept = {str(quad.object) for quad in parse(text.encode(), RdfFormat.JSON_LD)}
    assert kept == {'"x"', "<urn:fine>"}
    found = {(each.line, each.column, each.value) for each in check_dropped(str(path)).findings}
    assert found == {(2, 23, Literal("x")), (3, 19, Literal("b a d")), (4, 10, Literal("relative"))}
