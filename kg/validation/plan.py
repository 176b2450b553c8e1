"""What each shape looks at: worked out from the shapes once, used by the gate for every change.

A shape reaches from its focus node along *steps*, triple patterns that hang together. Following the steps
forward gives the triples that can decide about a focus node; following them backward from a changed triple
gives the focus nodes about which it can decide. Both directions only ever take in too much, never too little.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from kg.validation.shapes import digest

Place: TypeAlias = int | str
"""A variable (0 is the focus node), or the IRI of a fixed term."""

PLAN_FILE = Path(__file__).with_name("plan.json")


@dataclass(frozen=True, slots=True)
class Step:
    """A triple pattern of a shape, followed away from the focus node.

    From `start`, over triples that have it as their subject (as their object if `inverse`), to `end`.
    """

    start: int
    predicate: str
    inverse: bool
    end: Place


@dataclass(frozen=True)
class ShapePlan:
    """Targets and steps of one node shape; a step comes after those that lead to its start.

    `first` is, for each variable, the step that leads to it first; these lead back to the focus node. `checks` are
    those of `kg.validation.screen`, as JSON.
    """

    iri: str
    graphs: tuple[str, ...]
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    steps: tuple[Step, ...]
    checks: str = '[["", ["unknown"]]]'
    first: dict[int, Step] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        first: dict[int, Step] = {}
        for step in self.steps:
            if isinstance(step.end, int) and step.end != 0:
                first.setdefault(step.end, step)
        object.__setattr__(self, "first", first)


@dataclass(frozen=True)
class Plan:
    """The plans of all shapes, and the digest of the files they were made from."""

    digest: str
    shapes: tuple[ShapePlan, ...]

    def of_layer(self, layer: str) -> tuple[ShapePlan, ...]:
        """The shapes that hold in a layer, "resolved" or "article"."""
        return tuple(shape for shape in self.shapes if layer in shape.graphs)

    def to_json(self) -> str:
        """The plan as JSON, one line for each step and each check."""
        lines = []
        for shape in self.shapes:
            head = {
                "iri": shape.iri,
                "graphs": shape.graphs,
                "classes": shape.classes,
                "subjects_of": shape.subjects_of,
            }
            steps = ",\n  ".join(
                json.dumps([step.start, step.predicate, step.inverse, step.end]) for step in shape.steps
            )
            checks = ",\n  ".join(json.dumps(check) for check in json.loads(shape.checks))
            lines.append(
                json.dumps(head)[:-1] + f', "steps": [\n  {steps}\n ], "checks": [\n  {checks}\n ]}}'
            )
        return f'{{"digest": "{self.digest}", "shapes": [\n ' + ",\n ".join(lines) + "\n]}\n"

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """The plan that `to_json` wrote.

        >>> Plan.from_json('{"digest": "0", "shapes": []}').shapes
        ()
        """
        data: dict[str, Any] = json.loads(text)
        shapes = [
            ShapePlan(
                iri=entry["iri"],
                graphs=tuple(entry["graphs"]),
                classes=tuple(entry["classes"]),
                subjects_of=tuple(entry["subjects_of"]),
                steps=tuple(Step(*step) for step in entry["steps"]),
                checks=json.dumps(entry["checks"]),
            )
            for entry in data["shapes"]
        ]
        return cls(data["digest"], tuple(shapes))


@lru_cache(maxsize=8)
def load_plan(folder: Path | None = None) -> Plan:
    """The plan of the shapes in a folder: the stored one if it was made from them, else a new one.

    The stored plan spares a start of half a second in which every SPARQL constraint is parsed.
    """
    current = digest(folder)
    if PLAN_FILE.is_file():
        stored = Plan.from_json(PLAN_FILE.read_text(encoding="utf-8"))
        if stored.digest == current:
            return stored
    from kg.validation.compile_plan import compile_plan

    return compile_plan(folder)
