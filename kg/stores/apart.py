"""Queries in a process of their own, which can be ended: nothing burns on in this one.

For servers and notebooks that answer whatever they are asked. It costs the start of an interpreter, a tenth of a
second, and the way of the answer through a pipe; so the command line, whose process ends anyway, does without.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from kg.errors import InputError, KgError, StoreError
from kg.stores.answers import timed_out
from kg.stores.base import Answer, Table


def answer_apart(path: Path | None, text: str, timeout: float | None) -> Answer:
    """The answer of the store in a folder as it is now; the process is killed when it is late.

    Raises QueryTimeoutError, and what asking the store raises; InputError for a store in memory.

    >>> answer_apart(None, "ASK {}", 1)
    Traceback (most recent call last):
    ...
    kg.errors.InputError: a store in memory cannot be asked by another process; ask it without apart
    """
    if path is None:
        raise InputError("a store in memory cannot be asked by another process", hint="ask it without apart")
    command = [sys.executable, "-P", "-c", "from kg.stores.apart import serve; serve()", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        try:
            out, _ = process.communicate(text.encode("utf-8", "surrogatepass"), timeout=timeout)
        except subprocess.TimeoutExpired:
            raise timed_out(text, timeout or 0) from None
        finally:
            process.kill()
    if not out:
        raise StoreError(
            f"the process that was asked ended with {process.returncode}", where=str(path), hint="try again"
        )
    # Written by our own code in a process that we started, so it may be unpickled.
    found = pickle.loads(out)  # noqa: S301
    if isinstance(found, dict):
        raise _error(found)
    return Table(*found) if isinstance(found, tuple) else found


def serve() -> None:
    """What the other process does: read a query, answer it, end."""
    from kg.stores.answers import answer
    from kg.stores.federation import refuse_service
    from kg.stores.oxigraph import OxigraphStore
    from kg.stores.sparql_text import refuse_too_nested

    text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    try:
        refuse_service(text)
        refuse_too_nested(text)
        path = Path(sys.argv[1])
        trusted = not (path / "kg.lock").exists()
        store = OxigraphStore.trusted(path, str(path)) if trusted else OxigraphStore(path, writable=False)
        found = answer(store.inner, text, None)
        data = pickle.dumps(tuple(found) if isinstance(found, Table) else found)
    except KgError as error:
        told = {"kind": type(error).__name__, "what": error.what, "where": error.where, "hint": error.hint}
        data = pickle.dumps(told)
    sys.stdout.buffer.write(data)


def _error(told: dict[str, str]) -> KgError:
    import kg.errors

    kind: type[KgError] = getattr(kg.errors, told["kind"])
    return kind(told["what"], where=told["where"], hint=told["hint"])
