"""A change of the graph: worked out, checked, and written whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from kg.errors import ValidationError
from kg.operations.log import Act, record
from kg.resolution import delta
from kg.stores.base import GraphName, Store
from kg.stores.oxigraph import normalised

if TYPE_CHECKING:
    from kg.articles import Article
    from kg.validation.report import Report


def whole_change(
    store: Store, insert: Iterable[Quad], delete: Iterable[Quad] = ()
) -> tuple[list[Quad], list[Quad]]:
    """What a change of named graphs comes to with what it means for the default graph: (insert, delete).

    What is there already is not inserted, and what is inserted is not deleted.
    """
    wanted = set(insert)
    # Most graphs of a change are new: one look tells that none of their quads can be there.
    there = {name for name in {quad.graph_name for quad in wanted} if has_graph(store, name)}
    adding = [quad for quad in wanted if quad.graph_name not in there or not _holds(store, quad)]
    taking = [quad for quad in set(delete) if quad not in wanted]
    out, into = delta(store, adding, taking)
    return [*adding, *into], [*taking, *out]


def check(
    store: Store,
    insert: list[Quad],
    delete: list[Quad],
    *,
    sound: Collection[NamedNode] = (),
    shapes: Path | None = None,
    resolved: bool = False,
) -> Report:
    """What the shapes (of a folder, if not the package's) say of a whole change.

    New graphs that are `sound` were looked at before. With `resolved` it is also told what the change mends.
    """
    from kg.validation.gate import check

    return check(store, insert, delete, sound=sound, folder=shapes, resolved=resolved)


def commit(
    store: Store,
    insert: list[Quad],
    delete: list[Quad],
    *,
    what: str,
    hint: str,
    act: Act,
    force: bool = False,
    sound: Collection[NamedNode] = (),
    shapes: Path | None = None,
    files: Iterable[tuple[str, Iterable[Quad]]] = (),
    articles: Iterable[Article] = (),
) -> Report | None:
    """Check a whole change and write it with a record of it (`act`); None where nothing changes.

    What is found is explained, with its place in the `files` or `articles` that the change is from.
    Raises ValidationError, which carries the report, where it brings in a violation and `force` is not given;
    nothing is written then.
    """
    if not insert and not delete:
        return None
    report = check(store, insert, delete, sound=sound, shapes=shapes)
    if report.findings:
        from kg.operations.findings import explained

        report = explained(report, store, files, insert, delete, articles=articles, shapes=shapes)
    if not report.conforms and not force:
        raise ValidationError(
            f"{what} breaks the rules of the graph; nothing was written", report=report, hint=hint
        )
    write(store, insert, delete, act)
    return report


def write(store: Store, insert: list[Quad], delete: list[Quad], act: Act) -> None:
    """Write a whole change and the record of it, both or neither; nothing is checked."""
    insert = normalised(insert)
    told, forgotten = record(store, insert, delete, act)
    store.apply(delete=[*delete, *forgotten], insert=[*insert, *told])


def metadata_of(store: Store, claim: NamedNode) -> list[Quad]:
    """The quads about a claim and its passages in the graph of its article."""
    articles = {quad.graph_name for quad in store.quads(claim) if quad.graph_name != claim}
    return [
        quad
        for article in articles
        for quad in store.quads(graph=article)
        if isinstance(quad.subject, NamedNode)
        and (quad.subject == claim or quad.subject.value.startswith(f"{claim.value}#"))
    ]


def has_graph(store: Store, name: GraphName) -> bool:
    """Whether a named graph holds anything."""
    return next(iter(store.quads(None, None, None, name)), None) is not None


def _holds(store: Store, quad: Quad) -> bool:
    found = store.quads(quad.subject, quad.predicate, quad.object, quad.graph_name)
    return next(iter(found), None) is not None
