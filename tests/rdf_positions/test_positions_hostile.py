"""Whatever file was read, looking for its places ends without an error, and what it gives is about those quads."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import RdfSyntaxError
from kg.rdf_files import format_of, read_rdf
from kg.rdf_positions import placed
from tests.rdf_positions.test_positions_jsonld import DOCUMENT as JSON_LD
from tests.rdf_positions.test_positions_rdfxml import DOCUMENT as RDF_XML

TURTLE = """@prefix ex: <urn:x:> . @base <http://e.org/> .
ex:a a ex:B ; ex:p "x"@en , 'y'^^ex:d , 1.5 , ( 1 [ ex:q <r> ] "s" ) . [ ex:p true ] ex:q _:b . # end
"""
SEEDS = {
    "a.ttl": TURTLE,
    "a.trig": TURTLE + "ex:g { ex:a ex:p ( ) . [] ex:p 1 } GRAPH _:g { ex:a ex:p 2 }",
    "a.nt": '<urn:a> <urn:b> "x"@en .\n_:a <urn:b> <urn:c> .\n',
    "a.nq": '<urn:a> <urn:b> "x" <urn:g> .\n_:a <urn:b> <urn:c> _:g .\n',
    "a.rdf": RDF_XML,
    "a.jsonld": JSON_LD,
}
PIECES = [
    "", " ", "\n", "\r", '"', "'", "<", ">", "[", "]", "(", ")", "{", "}", ".", ";", ",", "\\", "@", "#", "_:a", "1", ":", "&", "é", "\u2028",
    "\U0001f600", "/>", "<!-- x -->", '"@id"', '"@type":', '"@list":', '"@graph":', "null", "-", "^^", "\\u0041", "a", "true", "\t",
]  # fmt: skip


@settings(max_examples=400)
@given(
    st.sampled_from(sorted(SEEDS)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 4), st.sampled_from(PIECES)), min_size=1, max_size=3),
)
def test_spoilt_files(
    tmp_path_factory: pytest.TempPathFactory, name: str, changes: list[tuple[float, int, str]]
) -> None:
    text = SEEDS[name]
    for where, length, piece in changes:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]
    path = tmp_path_factory.getbasetemp() / name
    path.write_text(text, encoding="utf-8", newline="")
    try:
        quads = list(read_rdf(path))
    except RdfSyntaxError:
        return
    lines = text.count("\n") + 1
    found = list(placed(path, format_of(path), quads))
    assert [quad for quad, _ in found] == quads[: len(found)]
    if path.suffix not in (".rdf", ".jsonld"):  # expat is stricter than the parser, and JSON-LD a best effort
        assert len(found) == len(quads)
    assert all(place.at is None or 1 <= place.at.line <= lines for _, place in found)


def test_deep_brackets(tmp_path: Path) -> None:
    path = tmp_path / "deep.jsonld"
    path.write_text('{"@id": "urn:a", "urn:b": ' + "[" * 150 + "1" + "]" * 150 + "}")
    quads = list(read_rdf(path))
    assert [place.at for _, place in placed(path, format_of(path), quads)] in ([], [(1, 177)])
