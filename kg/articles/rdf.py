"""Articles as RDF: the metadata that stands in the graph of an article, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from pyoxigraph import Literal, NamedNode, Quad

from kg.articles.model import Article
from kg.errors import ArticleError
from kg.namespaces import ID, PROV, RDF, SCHEMA, SMT, XSD

SOFTWARE = NamedNode(ID + "software/summitry")
"""The software that extracts claims; its version stands at each activity."""


def extraction_of(article: Article) -> NamedNode:
    """The activity that generated the claims of an article.

    >>> extraction_of(Article("They met.")).value.removeprefix("https://w3id.org/summitry/id/")
    'article/undated-unknown-ab226026642c#extraction'
    """
    return NamedNode(f"{article.iri.value}#extraction")


def article_quads(
    article: Article,
    mentions: Iterable[NamedNode] = (),
    *,
    software_version: str | None = None,
    ingested_on: datetime | None = None,
) -> Iterator[Quad]:
    """The metadata of an article as quads of its graph; claims are not part of it (see Claim.quads).

    `mentions` are the people, states, places and organizations recognised in it. With `software_version` the
    extraction activity is described too. `ingested_on` is for the stores of users; without it the quads
    depend on nothing but the article.

    >>> sum(1 for _ in article_quads(Article("They met.", publisher="Lake Courier")))
    4
    """
    name = article.iri
    found: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [(name, RDF.type, SMT.Article)]
    if article.headline:
        found.append((name, SCHEMA.headline, Literal(article.headline)))
    if article.publisher:
        found.append((name, SCHEMA.publisher, Literal(article.publisher)))
    if article.published:
        found.append((name, SCHEMA.datePublished, Literal(article.published.isoformat(), datatype=XSD.date)))
    if article.identifier:
        found.append((name, SCHEMA.identifier, Literal(article.identifier)))
    if article.url:
        found.append((name, SCHEMA.url, _link(article.url)))
    if article.based_on:
        found.append((name, SCHEMA.isBasedOn, _link(article.based_on)))
    found.append((name, SMT.sha256, Literal(article.sha256)))
    found.append((name, SMT.text, Literal(article.text)))
    if ingested_on is not None:
        moment = ingested_on if ingested_on.tzinfo else ingested_on.replace(tzinfo=UTC)
        stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        found.append((name, SMT.ingestedOn, Literal(stamp, datatype=XSD.dateTime)))
    found += [
        (name, SCHEMA.mentions, thing) for thing in sorted(set(mentions), key=lambda thing: thing.value)
    ]
    if software_version is not None:
        activity = extraction_of(article)
        found += [
            (activity, RDF.type, PROV.Activity),
            (activity, PROV.wasAssociatedWith, SOFTWARE),
            (activity, SMT.softwareVersion, Literal(software_version)),
        ]
    for subject, predicate, value in found:
        yield Quad(subject, predicate, value, name)


def from_quads(quads: Iterable[Quad]) -> Article:
    """The article that the quads of an article graph describe; those of its claims may be among them.

    `source` of the article is its IRI; the language it was read with is not kept. Raises ArticleError where
    the graph holds no article, more than one, no text, or a text that is not the one that was hashed.

    >>> article = Article("They met.", publisher="Lake Courier", published=date(2024, 9, 2))
    >>> from_quads(article_quads(article)).id == article.id
    True
    """
    quads = list(quads)
    names = {quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == SMT.Article}
    if len(names) != 1:
        raise ArticleError(
            f"{len(names) or 'no'} articles in the graph", hint="give the graph of one article"
        )
    name = names.pop()
    where = name.value if isinstance(name, NamedNode) else str(name)
    values = {
        quad.predicate: quad.object.value
        for quad in quads
        if quad.subject == name and isinstance(quad.object, (NamedNode, Literal))
    }
    text = values.get(SMT.text)
    if text is None:
        raise ArticleError("the graph does not keep the text of the article", where=where)
    day = values.get(SCHEMA.datePublished)
    try:
        published = date.fromisoformat(day) if day else None
    except ValueError:
        raise ArticleError(f"published on {day!r}, which is not a day", where=where) from None
    article = Article(
        text=text,
        headline=values.get(SCHEMA.headline),
        publisher=values.get(SCHEMA.publisher),
        published=published,
        identifier=values.get(SCHEMA.identifier),
        url=values.get(SCHEMA.url),
        based_on=values.get(SCHEMA.isBasedOn),
        source=where,
    )
    if article.sha256 != values.get(SMT.sha256):
        raise ArticleError(
            "the text is not the one that was hashed",
            where=where,
            hint="retract the article and ingest it again",
        )
    return article


def _link(value: str) -> NamedNode | Literal:
    """An address as a node; what names an original in words as a literal."""
    if not value.startswith(("https://", "http://", "urn:", "doi:")):
        return Literal(value)
    try:
        return NamedNode(value)
    except ValueError:
        return Literal(value)
