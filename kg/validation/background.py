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


class BackgroundGate:
    """Checks changes like `kg.validation.gate.check`, with pySHACL in a child process.

    The child reads no store: the parent sends it the few triples that decide. Where the child cannot be
    started, or dies, the check runs in this process instead.

    >>> from kg.stores.oxigraph import OxigraphStore
    >>> with BackgroundGate() as gate:
    ...     gate.check(OxigraphStore(), []).conforms
    True
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the child; does nothing where it runs already."""
        if self._child is not None:
            return
        # -P: a folder of the name kg in the current one must not be taken for the package.
        command = [sys.executable, "-P", "-m", "kg.validation.worker"]
        package = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
        if self._folder is not None:
            command.append(str(self._folder))
        try:
            self._child = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        except OSError:
            self._child = None

    def check(self, store: Store, insert: Iterable[Quad], delete: Iterable[Quad] = ()) -> Report:
        """What the shapes find about a change; see `kg.validation.gate.check`."""
        return check(store, insert, delete, folder=self._folder, run=self._run)

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written to a dead child
                    continue
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
        if self._child is None or self._child.stdin is None or self._child.stdout is None:
            return None
        body = serialize(triples, format=RdfFormat.N_TRIPLES)
        assert body is not None
        names = {shape: [node.value for node in nodes] for shape, nodes in focus.items()}
        header = json.dumps({"focus": names, "bytes": len(body)})
        self._child.stdin.write(header.encode() + b"\n" + body)
        self._child.stdin.flush()
        return json.loads(self._child.stdout.readline())


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
