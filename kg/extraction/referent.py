"""What a noun phrase stands for: a person, or a state or organization, with the words that name it."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.extraction.persons import Person


@dataclass(frozen=True, slots=True)
class Referent:
    """A person with the words that name or stand for them; resolved tells how, where it is not by name."""

    person: Person
    start: int
    end: int
    resolved: str | None = None


@dataclass(frozen=True, slots=True)
class StateReferent:
    """A state or organization with the words that name it."""

    iri: NamedNode
    start: int
    end: int
