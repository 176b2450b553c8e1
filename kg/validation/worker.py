"""The child process of the background gate: `python -m kg.validation.worker`.

It first imports and parses what a validation needs, then answers requests on standard input, one after the
other: a line of JSON (`focus`, by shape, and `bytes`), then that many bytes of N-Triples; the answer is one line
of JSON, a list of findings or `{"error": …}`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.validation import engine
from kg.validation.report import Finding


def encode(finding: Finding) -> dict[str, Any]:
    """A finding as JSON, terms in N-Triples form."""
    return {
        "focus": str(finding.focus),
        "shape": finding.shape.value,
        "severity": finding.severity.value,
        "template": finding.template,
        "path": finding.path,
        "value": None if finding.value is None else str(finding.value),
        "found": [str(term) for term in finding.found],
    }


def serve(requests: BinaryIO, answers: BinaryIO, folder: Path | None) -> None:
    """Answer requests until there are no more."""
    engine.warm_up(folder)
    for line in requests:
        header = json.loads(line)
        body = requests.read(header["bytes"])
        try:
            triples = [
                Triple(quad.subject, quad.predicate, quad.object)
                for quad in parse(body, format=RdfFormat.N_TRIPLES)
            ]
            focus = {shape: [NamedNode(n) for n in names] for shape, names in header["focus"].items()}
            found = engine.run(triples, focus, folder=folder)
            answer: Any = [encode(finding) for finding in found]
        except Exception as error:  # noqa: BLE001  (whatever it is, the parent has to hear of it)
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, Path(sys.argv[1]) if len(sys.argv) > 1 else None)
