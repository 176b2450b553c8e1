"""An extractor with the real model and the real reference facts, and a short way to use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from pyoxigraph import NamedNode

from kg.claims import Claim, Modality
from kg.extraction import Extractor, Names
from kg.namespaces import ID, RDF, SMT


@dataclass(frozen=True)
class Facts:
    """The claims of one text, asked for by kind."""

    text: str
    claims: list[Claim]
    mentions: list[NamedNode]

    def about(self, kind: str) -> dict[str, dict[str, set[str]]]:
        """For each thing of a class, its properties and values, all by local name."""
        things = {
            c.about
            for c in self.claims
            for t in c.triples
            if t.predicate == RDF.type and t.object == SMT[kind] and t.subject == c.about
        }
        out: dict[str, dict[str, set[str]]] = {}
        for claim in self.claims:
            if claim.about in things:
                slots = out.setdefault(_local(claim.about), {})
                slots.setdefault("modality", set()).add(claim.modality.value)
                for t in claim.triples:
                    if t.subject == claim.about:
                        slots.setdefault(_local(t.predicate), set()).add(_local(t.object))
        return out

    def one(self, kind: str) -> dict[str, set[str]]:
        """The only thing of a class."""
        found = self.about(kind)
        assert len(found) == 1, f"{len(found)} of {kind}: {found}"
        return next(iter(found.values()))

    def modalities(self, kind: str) -> set[Modality]:
        """The modalities of the claims about things of a class."""
        return {Modality(m) for slots in self.about(kind).values() for m in slots["modality"]}


def assert_summit(facts: Facts, organizer: str, place: str, start: str | None, modality: str) -> None:
    """One summit is told of, and that is the organization's, at the place, begins then (if told) and is so."""
    summit = facts.one("Summit")
    assert summit["organizer"] == {f"organization/{organizer}"}
    assert summit["location"] == {f"place/{place}"}
    assert start is None or start in summit["startDate"]
    assert summit["modality"] == {modality}


def _local(node: object) -> str:
    value = str(getattr(node, "value", node))
    return (
        value.removeprefix(ID).rsplit("#", 1)[-1]
        if value.startswith(ID)
        else value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    )


@pytest.fixture(scope="session")
def extractor(names: Names) -> Extractor:
    """The extractor; the model is loaded once for all tests."""
    pytest.importorskip("spacy", reason="needs the extra nlp")
    return Extractor(names)


@pytest.fixture
def facts(extractor: Extractor) -> Callable[..., Facts]:
    """Read a text that was published on a day; gives its facts."""

    def read(text: str, day: str = "2024-05-16", dateline: str | None = None) -> Facts:
        found = extractor.extract(text, "test", date.fromisoformat(day), dateline)
        for claim in found.claims:
            for passage in claim.passages:
                assert text[passage.start : passage.end] == passage.exact
        return Facts(text, found.claims, found.mentions)

    return read
