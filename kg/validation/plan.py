"""What each shape looks at: worked out from the shapes once, used by the gate for every change.

A rule (a property shape of a node shape, or a shape as a whole) reaches from its focus node along *steps*, triple
patterns that hang together. Following the steps forward gives the triples that can decide about a focus node; following
them backward from a changed triple gives the focus nodes about which it can decide. Both directions only ever take
in too much, never too little.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from kg.validation.shapes import digest

Place: TypeAlias = int | str | None
"""A variable (0 is the focus node), the IRI of a fixed term, or None where it does not matter."""

PLAN_FILE = Path(__file__).with_name("plan.json")
ANY: Final = "*"
"""In the place of a predicate: every predicate."""
SAME: Final = ""
"""In the place of a predicate: no triple at all, the end is the start."""


@dataclass(frozen=True, slots=True)
class Step:
    """A triple pattern of a shape, followed away from the focus node.

    From `start`, over triples that have it as their subject (as their object if `inverse`), to `end`. A `way` is how
    its end is reached (where there are several, any of them); other steps only ask whether a triple is there.
    `sense` says what can bring a finding in: a triple that comes ("+"), one that goes ("-"), or either ("").
    With classes in `under`, only triples matter whose object is one of these or a class below.
    """

    start: int
    predicate: str
    inverse: bool
    end: Place
    way: bool = False
    sense: str = ""
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShapePlan:
    """Targets and steps of one rule: `shape` is the shape that is run, `iri` a name for the rule.

    `nodes` are targets given by name, as N-Triples. `checks` are those of `kg.validation.screen`, as JSON. A rule that
    could not be followed reads `loose` predicates wherever they are, or all there is (ANY among them). A `nested` one
    can find something about other nodes than those that it is given; what a `shared` one finds another may find too.
    """

    iri: str
    shape: str
    graphs: tuple[str, ...]
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    objects_of: tuple[str, ...]
    nodes: tuple[str, ...]
    steps: tuple[Step, ...]
    loose: tuple[str, ...] = ()
    nested: bool = False
    shared: bool = False
    checks: str = '[["", ["unknown"]]]'

    @cached_property
    def ways(self) -> dict[int, list[Step]]:
        """For each variable, the steps that lead to it; these lead back to the focus node."""
        ways: dict[int, list[Step]] = defaultdict(list)
        for step in self.steps:
            if step.way and isinstance(step.end, int):
                ways[step.end].append(step)
        return dict(ways)

    @cached_property
    def onward(self) -> dict[int, list[Step]]:
        """For each variable, the steps that lead away from it."""
        onward: dict[int, list[Step]] = defaultdict(list)
        for step in self.steps:
            onward[step.start].append(step)
        return dict(onward)


@dataclass(frozen=True)
class Plan:
    """The plans of all rules, the digest of the files they were made from, and what could not be followed."""

    digest: str
    shapes: tuple[ShapePlan, ...]
    notes: tuple[str, ...] = ()

    @cached_property
    def _layers(self) -> dict[str, tuple[ShapePlan, ...]]:
        return {}

    def of_layer(self, layer: str) -> tuple[ShapePlan, ...]:
        """The rules that hold in a layer, "resolved" or "article"."""
        if layer not in self._layers:
            self._layers[layer] = tuple(shape for shape in self.shapes if layer in shape.graphs)
        return self._layers[layer]

    def to_json(self) -> str:
        """The plan as JSON, one line for each step and each check."""
        rules = []
        for shape in self.shapes:
            head = {name: getattr(shape, name) for name in _HEAD if getattr(shape, name)}
            steps = ",\n  ".join(json.dumps(_short(step)) for step in shape.steps)
            checks = ",\n  ".join(json.dumps(check) for check in json.loads(shape.checks))
            rules.append(
                json.dumps(head)[:-1] + f', "steps": [\n  {steps}\n ], "checks": [\n  {checks}\n ]}}'
            )
        notes = json.dumps(self.notes)
        return (
            f'{{"digest": "{self.digest}", "notes": {notes}, "shapes": [\n ' + ",\n ".join(rules) + "\n]}\n"
        )

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """The plan that `to_json` wrote.

        >>> Plan.from_json('{"digest": "0", "notes": [], "shapes": []}').shapes
        ()
        """
        data: dict[str, Any] = json.loads(text)
        shapes = [
            ShapePlan(
                **{name: _HEAD[name](entry.get(name, ())) for name in _HEAD},
                steps=tuple(_step(*step) for step in entry["steps"]),
                checks=json.dumps(entry["checks"]),
            )
            for entry in data["shapes"]
        ]
        return cls(data["digest"], tuple(shapes), tuple(data["notes"]))


_HEAD: Final[dict[str, Any]] = {
    "iri": str,
    "shape": str,
    "graphs": tuple,
    "classes": tuple,
    "subjects_of": tuple,
    "objects_of": tuple,
    "nodes": tuple,
    "loose": tuple,
    "nested": bool,
    "shared": bool,
}


def _step(start: int, predicate: str, inverse: bool, end: Place, way: bool, sense: str, *under: str) -> Step:
    return Step(start, predicate, inverse, end, way, sense, under)


def _short(step: Step) -> list[Any]:
    return [step.start, step.predicate, step.inverse, step.end, step.way, step.sense, *step.under]


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
