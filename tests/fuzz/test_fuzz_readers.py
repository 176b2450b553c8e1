"""Whatever bytes a reader is given: it reads them, or says what is wrong; nothing else comes out, and nobody is asked."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles import read
from kg.articles.sources import Format
from kg.errors import ArticleError, KgError, ParameterError, QuerySyntaxError, RdfSyntaxError
from kg.queries import TYPES, Parameter, header
from kg.queries.parameters import term
from kg.queries.stored import load
from kg.rdf_files import FORMATS, read_rdf
from kg.stores.base import Table
from kg.stores.oxigraph import OxigraphStore
from kg.stores.sparql_text import keywords
from tests.fuzz.conftest import PROFILE
from tests.fuzz.pieces import ARTICLE, HEADER, JSON, SPARQL, TURTLE, XML, mutated


@pytest.fixture(scope="module", autouse=True)
def _no_network() -> Iterator[None]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a connection")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def complete(error: KgError) -> None:
    assert error.what
    assert error.where
    assert "Traceback" not in str(error)


def rdf(folder: Path, suffix: str, data: bytes) -> int:
    """How many quads are read; -1 where the file is refused."""
    path = folder / f"file{suffix}"
    path.write_bytes(data)
    try:
        return sum(1 for _ in read_rdf(path))
    except RdfSyntaxError as error:
        complete(error)
        return -1


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq"])
@given(data=st.data())
@settings(PROFILE)
def test_turtle_and_relatives(folder: Path, suffix: str, data: st.DataObject) -> None:
    rdf(folder, suffix, data.draw(st.one_of(TURTLE, st.binary(max_size=80), mutated(suffix))))


@given(data=st.one_of(XML, st.binary(max_size=80), mutated(".rdf")))
@settings(PROFILE)
def test_rdf_xml(folder: Path, data: bytes) -> None:
    rdf(folder, ".rdf", data)


@given(data=st.one_of(JSON.map(lambda value: json.dumps(value).encode()), mutated(".jsonld")))
@settings(PROFILE)
def test_json_ld(folder: Path, data: bytes) -> None:
    number = rdf(folder, ".jsonld", data)
    if b"127.0.0.1:9/context" in data and number >= 0:
        # It may be a value; a context it is not.
        assert b'"@context": "http' not in data


def test_the_corpus_itself_is_read() -> None:
    """Otherwise the mutations would be of files that are refused at once."""
    for path in sorted((Path(__file__).parent / "corpus").iterdir()):
        if path.suffix in FORMATS and path.name != "lines.nt":  # that one has a triple term
            assert list(read_rdf(path)), path
        elif path.suffix in (".md", ".txt", ".jsonl"):
            assert list(read(path)), path


@pytest.mark.parametrize("format", [None, *get_args(Format)])
@given(data=st.data())
@settings(PROFILE, max_examples=PROFILE.max_examples // 4)
def test_articles(format: Format | None, data: st.DataObject) -> None:
    if format == "html":
        pytest.importorskip("trafilatura", reason="needs the extra html")
    suffix = {"text": ".txt", "markdown": ".md", "html": ".html", "jsonlines": ".jsonl", None: ""}[format]
    content = data.draw(st.one_of(ARTICLE, st.binary(max_size=80), mutated(suffix)))
    errors: list[KgError] = []
    for article in read("-", format, stdin=io.BytesIO(content), on_error=errors.append):
        assert article.text
    for error in errors:
        assert isinstance(error, ArticleError)
        complete(error)


STORE = OxigraphStore()


@given(type=st.sampled_from(sorted(TYPES)), value=st.one_of(st.text(max_size=40), SPARQL))
@settings(PROFILE)
def test_parameters_are_one_term(type: str, value: str) -> None:
    try:
        found = term(Parameter("x", type, "what"), value, STORE)
    except ParameterError as error:
        complete(error)
        return
    # Bound as values they stay what they are: the engine gives the same term back.
    from kg.queries.terms import serialised

    answer = STORE.query(f"SELECT ?x {{ VALUES ?x {{ {serialised(found)} }} }}")
    assert isinstance(answer, Table)
    assert len(answer.rows) == 1


@given(data=st.one_of(HEADER, st.binary(max_size=80), mutated(".rq")))
@settings(PROFILE)
def test_headers_of_stored_queries(folder: Path, data: bytes) -> None:
    (folder / "fuzzed.rq").write_bytes(data)
    try:
        load("fuzzed", folder)
    except QuerySyntaxError as error:
        complete(error)
    with suppress(QuerySyntaxError):
        lines, rest = header.split(data.decode("utf-8", "replace"))
        assert not (lines and rest.lstrip().startswith(header.MARK))
        header.read(lines)


@given(text=SPARQL)
@settings(PROFILE)
def test_query_texts(text: str) -> None:
    try:
        STORE.query(text)
    except QuerySyntaxError:
        return
    assert not {"SERVICE", "INSERT", "LOAD", "DROP"} & set(keywords(text)), text
