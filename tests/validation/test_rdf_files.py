"""Files of triples: what is read, what is refused, and where an error is said to be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import RdfSyntaxError
from kg.rdf_files import FORMATS, RdfFile, read_rdf

NT = "<https://example.org/a> <https://example.org/b> <https://example.org/c>"
SAME = {
    ".ttl": "@prefix ex: <https://example.org/> .\nex:a ex:b ex:c .\n",
    ".trig": "@prefix ex: <https://example.org/> .\n{ ex:a ex:b ex:c }\n",
    ".nt": f"{NT} .\n",
    ".nq": f"{NT} .\n",
    ".rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="https://example.org/">'
    '<rdf:Description rdf:about="https://example.org/a"><ex:b rdf:resource="https://example.org/c"/>'
    "</rdf:Description></rdf:RDF>",
    ".jsonld": json.dumps(
        {
            "@context": {"b": {"@id": "https://example.org/b", "@type": "@id"}},
            "@id": "https://example.org/a",
            "b": "https://example.org/c",
        }
    ),
}
SAME |= {".owl": SAME[".rdf"], ".xml": SAME[".rdf"], ".json": SAME[".jsonld"]}


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("extension", FORMATS)
def test_each_format_is_read_by_its_extension(tmp_path: Path, extension: str) -> None:
    path = write(tmp_path, f"mine{extension.upper()}", SAME[extension])
    assert [str(quad.triple) for quad in read_rdf(path)] == [NT]
    assert [str(quad.triple) for quad in read_rdf(str(path))] == [NT]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not list open files")
@pytest.mark.parametrize("extension", FORMATS)
def test_files_are_closed(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"same{extension}"
    path.write_text(SAME[extension], encoding="utf-8")
    for _ in range(3):
        list(read_rdf(path))
    assert path not in {file.resolve() for file in Path("/proc/self/fd").iterdir()}


def test_named_graphs_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "mine.nq", f"{NT} <https://example.org/g> .\n")
    assert next(read_rdf(path)).graph_name == NamedNode("https://example.org/g")


@pytest.mark.parametrize("text", ["075", "2024-05-16T12:00:00Z", "+1"])
def test_literals_are_as_written(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "mine.ttl", f'<urn:a> <urn:b> "{text}"^^<http://www.w3.org/2001/XMLSchema#date> .')
    literal = next(read_rdf(path)).object
    assert isinstance(literal, Literal)
    assert literal.value == text


def test_blank_nodes_become_the_same_iris_each_time(tmp_path: Path) -> None:
    text = "<urn:a> <urn:b> [ <urn:c> _:x ] . _:x <urn:d> [] ."
    path = write(tmp_path, "mine.ttl", text)
    first, second = list(read_rdf(path)), list(read_rdf(path))
    assert first == second
    assert not any(isinstance(term, BlankNode) for quad in first for term in (quad.subject, quad.object))
    names = {term.value for quad in first for term in (quad.subject, quad.object) if "addition" in term.value}
    assert {name.split("#")[1] for name in names} == {"b1", "b2", "b3"}
    other = {str(quad.subject) for quad in read_rdf(write(tmp_path, "other.ttl", text + "\n"))}
    assert not {f"<{name}>" for name in names} & other


BROKEN = [
    ("mine.ttl", "@prefix ex: <https://example.org/> .\nex:a ex:b foo:c .", ["line 2, column 11", "prefix"]),
    ("mine.ttl", "<a> <urn:b> <urn:c> .", ["line 1", "@base"]),
    ("mine.ttl", "<urn:a> <urn:b> <urn:c>", ["line 1", "full stop"]),
    ("mine.ttl", "<urn:a> <urn:b> <<( <urn:a> <urn:b> 3 )>> .", ["triple"]),
    ("mine.rdf", "<rdf:RDF", ["not well-formed"]),
    ("mine.jsonld", '{"@id": }', ["line 1, column 9", "JSON"]),
    ("mine.jsonld", '{"@id": "a", "name": "x"}', ["no triples", "no IRIs"]),
    ("mine.jsonld", '{"@context": "https://schema.org/", "name": "x"}', ["https://schema.org/", "fetched"]),
    ("mine.jsonld", '[{"@context": [{}, "https://schema.org/"]}]', ["https://schema.org/", "fetched"]),
    ("mine.jsonld", '{"a": {"@context": "local.jsonld"}}', ["local.jsonld", "fetched"]),
    ("mine.jsonld", '{"@context": {"@import": "https://schema.org/"}}', ["https://schema.org/", "fetched"]),
    ("mine.jsonld", "[" * 100_000, ["JSON"]),
    ("mine.ttl", "", ["empty"]),
    ("mine.ttl", "# nothing but a remark\n", ["no triples"]),
    ("mine.ttl", b"<urn:a> <urn:b> \"caf\xe9\" .", ["UTF-8", "byte 20"]),
    ("mine.ttl", b"<urn:a> <urn:b> \"caf\xc3", ["UTF-8", "byte 20"]),
    ("mine.ttl", "<urn:a> <urn:b> <urn:c> .".encode("utf-16"), ["not text", "UTF-16"]),
    ("mine.nt", b"\x89PNG\r\n\x1a\n\x00\x00", ["not text", "byte 8"]),
    ("mine.csv", "a,b,c", [".csv", ".ttl"]),
    ("mine", NT, ["no extension", ".ttl"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "says"), BROKEN, ids=lambda part: str(part)[:30])
def test_error_says_what_where_and_what_to_try(
    tmp_path: Path, name: str, content: str | bytes, says: list[str]
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(RdfSyntaxError) as caught:
        list(read_rdf(path))
    assert str(path) in str(caught.value)
    for words in says:
        assert words in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(RdfSyntaxError, match="no such file"):
        list(read_rdf(tmp_path / "missing.ttl"))
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(RdfSyntaxError, match="folder"):
        list(read_rdf(tmp_path / "folder.ttl"))


def test_wrong_byte_beyond_the_first_piece_is_found(tmp_path: Path) -> None:
    good = "# é\n".encode() * 300_000
    path = write(tmp_path, "mine.ttl", good + b"\xff")
    with pytest.raises(RdfSyntaxError, match=f"byte {len(good)}"):
        list(read_rdf(path))


@given(st.binary(max_size=60), st.sampled_from(sorted(FORMATS)))
def test_whatever_a_file_holds_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, extension: str
) -> None:
    path = write(tmp_path_factory.getbasetemp(), f"random{extension}", content)
    read, said = [], ""
    try:
        read = list(read_rdf(path))
    except RdfSyntaxError as error:
        said = str(error)
    assert read or str(path) in said


def test_a_file_that_is_read_again_must_be_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text("<urn:a> <urn:b> <urn:c> .")
    file = RdfFile(path)
    assert list(file) == list(file)
    path.write_text("<urn:a> <urn:b> <urn:d> .")
    with pytest.raises(RdfSyntaxError, match="changed while it was read"):
        list(file)
