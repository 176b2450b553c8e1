"""What hostile files are put together from: pieces of each grammar, in any order, and the corpus with bytes changed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hypothesis import strategies as st

CORPUS: Final = Path(__file__).parent / "corpus"

_TERMS = [
    "<urn:a>", "<urn:b>", "<not an iri>", "<http://[>", "<>", "a:b", "a:", ":", "_:x", "[]", "()", '"x"', '"x"@en', '"x"@abcdefghijkl',
    '"\\uD800"', '"\\u202e"', '"\\u001b[2J"', "'''x'''", '"""x', "1", "1e999", "true", "a", '"x"^^<urn:t>', '"2024-02-30"^^<http://www.w3.org/2001/XMLSchema#date>',
    "<http://a/\\u0000>", "\u202e", "\x1b", "\ufeff", "é",
]  # fmt: skip
_TURTLE = [*_TERMS, ".", ";", ",", "[", "]", "(", ")", "{", "}", "<<", ">>", "<<(", ")>>", "{|", "|}", "@prefix a: <urn:x:> .",
    "@base <urn:y:> .", "PREFIX", "GRAPH", "VERSION", "#", "\n", "\\", '"', "'", "<", "^^", "@",
]  # fmt: skip
_XML = [
    '<?xml version="1.0"?>', '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">', "</rdf:RDF>",
    '<rdf:Description rdf:about="urn:a">', "</rdf:Description>", "<e:b>", "</e:b>", '<e:b rdf:resource="urn:c"/>', "x", "&a;", "&amp;", "&#0;",
    '<!DOCTYPE x [<!ENTITY a "aa">]>', '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>', '<!ENTITY b "&a;&a;">', "<![CDATA[", "]]>",
    "<!--", "-->", ' rdf:parseType="Literal"', ' rdf:parseType="Collection"', ' xml:lang="q q"', "<", ">", '"', "\x1b", "\u202e",
]  # fmt: skip
_SPARQL = [*_TERMS, "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "*", "{", "}", "WHERE", "?s", "?p", "?o", "OPTIONAL", "UNION", "MINUS", "FILTER", "EXISTS",
    "NOT", "BIND", "AS", "VALUES", "GRAPH", "SERVICE", "SILENT", "LOAD", "INTO", "INSERT", "DELETE", "DATA", "DROP", "ALL", "<http://127.0.0.1:9/>",
    "FROM", "NAMED", "LIMIT", "ORDER", "BY", "GROUP", "(", ")", "COUNT", "/", "+", "|", "^", "!", "=", "<", "&&", "||", ".", ";", ",", "#", "\n",
]  # fmt: skip
_HEADER = ["#+", "#+ ", "summary:", "parameters:", "columns:", "example:", "  - ", "    ", "name:", "type:", "description:", " x", ' "x"', " >-", " &a", " *a",
    " !!python/object", "required: true", "\n", ":", "-", "{", "}", "[", "]", "VALUES ?_x { UNDEF }", "SELECT * { ?s ?p ?o }", "\x1b", "\u2028", "é",
]  # fmt: skip
_ARTICLE = ["---\n", "title: ", "date: 2024-05-16\n", "<html>", "<body>", "<p>", "</p>", "<script>", "<!--", "&amp;", "&#0;", '{"text": "', '"}\n', "[", "]", "# ",
    "BERN, May 16 (AP) - ", "The presidents met in Bern. ", "\n\n", "\r", "\x1b[2J", "\u202e", "\ufeff", "\ud7ff", "e\u0301", "\x00", "*", "_", "`", "> ", "|",
]  # fmt: skip
_JSON_KEYS = st.sampled_from(
    ["@context", "@id", "@type", "@graph", "@list", "@value", "@language", "@import", "@vocab", "@reverse", "@nest", "@included", "urn:p", "name"]
)  # fmt: skip
_JSON_LEAVES = st.sampled_from(
    [
        None,
        True,
        1,
        1.5,
        "",
        "urn:a",
        "not an iri",
        "http://127.0.0.1:9/context",
        "@id",
        "\u202e",
        "\x1b",
        "q q",
    ]
)


def _text(pieces: list[str], glue: str) -> st.SearchStrategy[bytes]:
    loose = st.lists(st.sampled_from(pieces), max_size=25).map(glue.join)
    deep = st.builds(lambda piece, n: piece * n, st.sampled_from(pieces), st.integers(1, 3000))
    return st.one_of(loose, st.builds("".join, st.tuples(loose, deep, loose))).map(
        lambda text: text.encode("utf-8", "replace")
    )


def mutated(suffix: str) -> st.SearchStrategy[bytes]:
    """A file of the corpus with some bytes replaced, removed or doubled."""
    files = sorted(CORPUS.glob(f"*{suffix}"))

    @st.composite
    def change(draw: st.DrawFn) -> bytes:
        data = bytearray(draw(st.sampled_from(files)).read_bytes())
        for _ in range(draw(st.integers(0, 4))):
            at = draw(st.integers(0, len(data)))
            piece = draw(st.one_of(st.binary(max_size=4), st.just(bytes(data[at : at + 40]))))
            data[at : at + draw(st.integers(0, 8))] = piece
        return bytes(data)

    return change() if files else st.nothing()


TURTLE: Final = _text(_TURTLE, " ")
XML: Final = _text(_XML, "")
SPARQL: Final = _text(_SPARQL, " ").map(bytes.decode)
HEADER: Final = _text(_HEADER, "")
ARTICLE: Final = _text(_ARTICLE, "")
JSON: Final = st.recursive(
    _JSON_LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_JSON_KEYS, inner, max_size=4)),
    max_leaves=25,
)
