"""A gate in a child process, started early, so that its imports overlap other work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.stores.base import Store
from kg.validation.gate import check
from kg.validation.report import Finding, Report, Severity, Term

# With fewer nodes a second child would spend more on reading the triples than it saves.
_WORTH_SHARING = 20


class BackgroundGate:
    """Checks changes like `kg.validation.gate.check`, with pySHACL in a child process.

    The child reads no store: the parent sends it the few triples that decide. Where the child cannot be
    started, or dies, the check runs in this process instead. With several `children` the nodes to look at are
    shared out among them; what each node is found to be does not depend on the others.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> with BackgroundGate() as gate:
    ...     gate.check(OxigraphStore(), []).conforms
    True
    """

    def __init__(self, folder: Path | None = None, children: int = 1) -> None:
        self._folder = folder
        self._number = children
        self._children: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start the children; does nothing where they run already."""
        if self._children:
            return
        # -P: a folder of the name kg in the current one must not be taken for the package.
        command = [sys.executable, "-P", "-m", "kg.validation.worker"]
        package = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
        if self._folder is not None:
            command.append(str(self._folder))
        try:
            for _ in range(self._number):
                child = subprocess.Popen(  # noqa: S603
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONPATH": path},
                )
                self._children.append(child)
        except OSError:
            self.close()

    def check(self, store: Store, insert: Iterable[Quad], delete: Iterable[Quad] = ()) -> Report:
        """What the shapes find about a change; see `kg.validation.gate.check`."""
        return check(store, insert, delete, folder=self._folder, run=self._run)

    def close(self) -> None:
        """End the child."""
        children, self._children = self._children, []
        for child in children:
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:  # what was still to be written to a dead child
                        continue
        for child in children:
            try:
                child.wait(timeout=1)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def __enter__(self) -> BackgroundGate:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, triples: set[Triple], focus: Mapping[str, Collection[NamedNode]]) -> list[Finding]:
        try:
            answer = self._ask(triples, focus)
        except (OSError, ValueError):  # the child is gone, or what it said is cut off
            self.close()
            answer = None
        if not isinstance(answer, list):
            from kg.validation import engine

            return engine.run(triples, focus, folder=self._folder)
        return [_decode(entry) for entry in answer]

    def _ask(self, triples: set[Triple], focus: Mapping[str, Collection[NamedNode]]) -> Any:
        if not self._children:
            return None
        body = serialize(triples, format=RdfFormat.N_TRIPLES)
        assert body is not None
        shares = _shares(focus, len(self._children))
        for child, share in zip(self._children, shares, strict=False):
            assert child.stdin is not None
            child.stdin.write(json.dumps({"focus": share, "bytes": len(body)}).encode() + b"\n" + body)
            child.stdin.flush()
        answers: list[Any] = []
        for child, _ in zip(self._children, shares, strict=False):
            assert child.stdout is not None
            answer = json.loads(child.stdout.readline())
            if not isinstance(answer, list):
                return None
            answers += answer
        return answers


def _shares(focus: Mapping[str, Collection[NamedNode]], number: int) -> list[dict[str, list[str]]]:
    """The nodes to look at, shared out evenly; one share where there are only a few."""
    if sum(map(len, focus.values())) < _WORTH_SHARING * number:
        number = 1
    shares: list[dict[str, list[str]]] = [{} for _ in range(number)]
    pairs = [(shape, node.value) for shape, nodes in focus.items() for node in nodes]
    for at, (shape, node) in enumerate(pairs):
        shares[at % number].setdefault(shape, []).append(node)
    return shares


def _decode(entry: dict[str, Any]) -> Finding:
    terms = _terms([entry["focus"], *([entry["value"]] if entry["value"] else []), *entry["found"]])
    has_value = entry["value"] is not None
    return Finding(
        focus=terms[0],
        shape=NamedNode(entry["shape"]),
        severity=Severity(entry["severity"]),
        template=entry["template"],
        path=entry["path"],
        value=terms[1] if has_value else None,
        found=tuple(terms[1 + has_value :]),
    )


def _terms(texts: list[str]) -> list[Term]:
    """Terms from their N-Triples form."""
    lines = "".join(f"<urn:s> <urn:p> {text} .\n" for text in texts)
    return [quad.object for quad in parse(lines, format=RdfFormat.N_TRIPLES)]
