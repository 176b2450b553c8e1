"""The article and its RDF."""

from __future__ import annotations

import hashlib
from dataclasses import FrozenInstanceError, replace
from datetime import date, datetime

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.articles import Article, article_quads, extraction_of, from_quads
from kg.articles.datelines import find_dateline
from kg.errors import ArticleError
from kg.namespaces import PROV, RDF, SCHEMA, SMT, XSD, iri

ARTICLE = Article(
    "Two met\n\nTIRANA, May 16 - They met.",
    headline="Two met",
    publisher="Río Lake’s Example/Wire",
    published=date(2024, 5, 17),
    identifier="77",
    url="https://wire.example/77",
    based_on="Wire, item 77",
)


def test_id_is_day_publisher_and_hash_of_the_text() -> None:
    assert ARTICLE.sha256 == hashlib.sha256(ARTICLE.text.encode()).hexdigest()
    assert ARTICLE.id == f"2024-05-17-rio-lakes-example-wire-{ARTICLE.sha256[:12]}"
    assert ARTICLE.iri == iri("article", ARTICLE.id)


@pytest.mark.parametrize("publisher", [None, "", "新华社", "..."])
def test_id_without_day_and_publisher(publisher: str | None) -> None:
    assert (
        replace(ARTICLE, publisher=publisher, published=None).id == f"undated-unknown-{ARTICLE.sha256[:12]}"
    )


def test_id_does_not_depend_on_where_the_article_lies() -> None:
    assert replace(ARTICLE, source="elsewhere.txt").id == ARTICLE.id


def test_article_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        ARTICLE.text = "Other"  # type: ignore[misc]


def test_dateline_is_found_after_the_headline() -> None:
    assert ARTICLE.dateline is not None
    assert ARTICLE.text[ARTICLE.dateline.start : ARTICLE.dateline.end] == "TIRANA, May 16 -"
    assert ARTICLE.body_start == 9


def test_quads_stand_in_the_graph_of_the_article_without_blank_nodes() -> None:
    people = [iri("person", "b"), iri("person", "a"), iri("person", "b")]
    quads = list(article_quads(ARTICLE, people, software_version="0.1.0"))
    assert {quad.graph_name for quad in quads} == {ARTICLE.iri}
    assert all(isinstance(quad.subject, NamedNode) for quad in quads)
    assert len(quads) == len(set(quads))
    facts = {(quad.predicate, quad.object) for quad in quads if quad.subject == ARTICLE.iri}
    assert facts == {
        (RDF.type, SMT.Article),
        (SCHEMA.headline, Literal("Two met")),
        (SCHEMA.publisher, Literal("Río Lake’s Example/Wire")),
        (SCHEMA.datePublished, Literal("2024-05-17", datatype=XSD.date)),
        (SCHEMA.identifier, Literal("77")),
        (SCHEMA.url, NamedNode("https://wire.example/77")),
        (SCHEMA.isBasedOn, Literal("Wire, item 77")),
        (SMT.sha256, Literal(ARTICLE.sha256)),
        (SMT.text, Literal(ARTICLE.text)),
        (SCHEMA.mentions, iri("person", "a")),
        (SCHEMA.mentions, iri("person", "b")),
    }
    activity = {quad.predicate for quad in quads if quad.subject == extraction_of(ARTICLE)}
    assert activity == {RDF.type, PROV.wasAssociatedWith, SMT.softwareVersion}


def test_moment_of_ingestion_only_where_asked_for() -> None:
    without = list(article_quads(ARTICLE))
    assert not [quad for quad in without if quad.predicate == SMT.ingestedOn]
    moment = datetime.fromisoformat("2024-05-18T01:30:00+02:00")
    (found,) = [
        quad.object for quad in article_quads(ARTICLE, ingested_on=moment) if quad.predicate == SMT.ingestedOn
    ]
    assert found == Literal("2024-05-17T23:30:00Z", datatype=XSD.dateTime)


def test_back_from_quads() -> None:
    found = from_quads(article_quads(ARTICLE, [iri("state", "AL")], software_version="0.1.0"))
    assert found == replace(ARTICLE, source=ARTICLE.iri.value)
    assert found.datelines == ARTICLE.datelines


def test_bad_address_is_kept_as_text() -> None:
    article = replace(ARTICLE, url="https://wire.example/a b<c>")
    assert from_quads(article_quads(article)).url == article.url


def without(predicate: NamedNode) -> list[Quad]:
    return [quad for quad in article_quads(ARTICLE) if quad.predicate != predicate]


@pytest.mark.parametrize(
    ("quads", "what"),
    [
        pytest.param([], "no articles", id="empty"),
        pytest.param(without(SMT.text), "does not keep the text", id="no-text"),
        pytest.param(without(SMT.sha256), "not the one that was hashed", id="no-hash"),
        pytest.param(
            [*without(SMT.text), Quad(ARTICLE.iri, SMT.text, Literal("Other"), ARTICLE.iri)],
            "not the one that was hashed",
            id="other-text",
        ),
        pytest.param(
            [*article_quads(ARTICLE), *article_quads(replace(ARTICLE, publisher="Other"))],
            "2 articles",
            id="two",
        ),
        pytest.param(
            [
                *without(SCHEMA.datePublished),
                Quad(ARTICLE.iri, SCHEMA.datePublished, Literal("soon"), ARTICLE.iri),
            ],
            "not a day",
            id="no-day",
        ),
    ],
)
def test_graph_that_is_not_one_whole_article(quads: list[Quad], what: str) -> None:
    with pytest.raises(ArticleError, match=what):
        from_quads(quads)


def test_a_shortened_month_is_no_region() -> None:
    found = find_dateline("SUVA, Oct. 10, 2012 (Newsco) - The two met.")
    assert found is not None
    assert (found.city, found.day, found.agency) == ("SUVA", date(2012, 10, 10), "Newsco")
    found = find_dateline("SALEM, Ore. - The two met.")
    assert found is not None
    assert (found.city, found.day) == ("SALEM", None)
