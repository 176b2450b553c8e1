"""RDF/XML: triples are those of the parser by construction; here are the places, and what must not be fetched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.rdf_positions.rdfxml import read_rdfxml
from kg.rdf_positions.tokens import UnreadableError

DOCUMENT = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY xsd "http://www.w3.org/2001/XMLSchema#">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="urn:x:">
 <!-- <ex:T rdf:about="urn:no"> -->
 <ex:T rdf:about="urn:a" ex:p="v"
     ex:q="w>1">
  <ex:b rdf:resource="urn:c"/><ex:l rdf:datatype="&xsd;date">té&amp;xt</ex:l>
  <ex:l>é</ex:l><ex:é>x</ex:é>
  <ex:n><rdf:Description ex:z="q"><ex:o>1</ex:o></rdf:Description></ex:n>
  <ex:r rdf:parseType="Resource"><ex:o>2</ex:o></ex:r>
 </ex:T>
 <rdf:Description rdf:about="urn:d"><rdf:type
   rdf:resource="urn:K"/></rdf:Description>
</rdf:RDF>
"""


def test_each_triple_is_placed_at_its_element_or_attribute() -> None:
    places = {(f.predicate.value, str(f.object)): f.at for f in read_rdfxml(DOCUMENT.encode())}
    date = '"té&xt"^^<http://www.w3.org/2001/XMLSchema#date>'
    rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert places[rdf_type, "<urn:x:T>"] == (5, 2)
    assert places["urn:x:p", '"v"'] == (5, 26)
    assert places["urn:x:q", '"w>1"'] == (6, 6)
    assert places["urn:x:b", "<urn:c>"] == (7, 9)
    assert places["urn:x:l", date] == (7, 31)
    assert places["urn:x:l", '"é"'] == (8, 3)
    assert places["urn:x:é", '"x"'] == (8, 17)
    assert places["urn:x:z", '"q"'] == (9, 26)
    assert places["urn:x:o", '"1"'] == (9, 35)
    assert places["urn:x:o", '"2"'] == (10, 34)
    assert places[rdf_type, "<urn:K>"] == (13, 4)


def test_the_subject_is_placed_at_its_own_element() -> None:
    places = {(f.predicate.value, str(f.object)): f.subject_at for f in read_rdfxml(DOCUMENT.encode())}
    assert places["urn:x:p", '"v"'] == places["urn:x:l", '"é"'] == (5, 2)
    assert places["urn:x:o", '"1"'] == places["urn:x:z", '"q"'] == (9, 9)
    assert places["urn:x:o", '"2"'] == (10, 3)


PROPERTIES = [
    "<ex:p>text</ex:p>",
    '<ex:p rdf:resource="urn:c"/>',
    "<ex:p><ex:T/></ex:p>",
    '<ex:p><rdf:Description rdf:about="urn:d" ex:q="1"><ex:r>é</ex:r></rdf:Description></ex:p>',
    '<ex:p rdf:parseType="Collection"><ex:T/><rdf:Description rdf:about="urn:m"/></ex:p>',
    '<ex:p rdf:parseType="Resource"><ex:r/></ex:p>',
    '<ex:p rdf:parseType="Literal"><b a=">">x</b></ex:p>',
    '<rdf:li xml:lang="en">x</rdf:li>',
    '<ex:p ex:q="1" ex:r="2"/>',
]


@given(
    st.lists(
        st.tuples(st.sampled_from(PROPERTIES), st.sampled_from(["", "\n", " <!-- > -->\n "])), max_size=6
    )
)
def test_triples_are_those_of_the_parser_and_places_are_at_tags(parts: list[tuple[str, str]]) -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="urn:x:">'
        f'<rdf:Description rdf:about="urn:a">{"".join(a + b for a, b in parts)}</rdf:Description></rdf:RDF>'
    )
    found = list(read_rdfxml(text.encode()))
    wanted = list(parse(text.encode(), RdfFormat.RDF_XML))
    assert [f.predicate for f in found] == [q.predicate for q in wanted]
    lines = text.split("\n")
    for each in found:
        assert each.at is not None
        at = lines[each.at.line - 1][each.at.column - 1 :]
        assert at.startswith(("<ex:", "<rdf:", "ex:", "rdf:"))


def test_external_entities_are_not_fetched() -> None:
    text = (
        '<!DOCTYPE rdf:RDF [<!ENTITY e SYSTEM "file:///etc/passwd">]><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="urn:x:">'
        '<rdf:Description rdf:about="urn:a"><ex:p>&e;</ex:p></rdf:Description></rdf:RDF>'
    )
    try:
        found = [str(each.object) for each in read_rdfxml(text.encode())]
    except (UnreadableError, SyntaxError):
        found = []
    assert not any("root" in each for each in found)


def test_a_bomb_of_entities_is_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE r [<!ENTITY e0 "ha">{entities}]><r>&e11;</r>'
    with pytest.raises((UnreadableError, SyntaxError)):
        list(read_rdfxml(text.encode()))
