"""Fuzz one reader for as long as it takes, guided by coverage.

    pip install atheris
    python tools/fuzz.py turtle -max_total_time=3600
    python tools/fuzz.py --list

What follows the name goes to libFuzzer. New inputs are kept in .fuzz/NAME; it starts from tests/fuzz/corpus. A crash
leaves a file crash-…: put it, as small as it gets (-minimize_crash=1), into the corpus with a test. Atheris is no
dependency of the tests; without it the same targets run on random changes of the corpus (tests/fuzz).
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.errors import InputError  # noqa: E402

SCRATCH = Path(tempfile.mkdtemp(prefix="kg-fuzz-"))


def rdf(suffix: str) -> Callable[[bytes], None]:
    """A target that reads bytes as a file of triples."""
    from kg.rdf_files import read_rdf

    path = SCRATCH / f"file{suffix}"

    def target(data: bytes) -> None:
        path.write_bytes(data)
        for _ in read_rdf(path):
            pass

    return target


def article(format: str) -> Callable[[bytes], None]:
    """A target that reads bytes as articles."""
    from kg.articles import read

    def target(data: bytes) -> None:
        for found in read("-", format, stdin=io.BytesIO(data)):  # type: ignore[arg-type]
            assert found.text

    return target


def header() -> Callable[[bytes], None]:
    """A target that reads bytes as a stored query."""
    from kg.queries.stored import load

    def target(data: bytes) -> None:
        (SCRATCH / "fuzzed.rq").write_bytes(data)
        load("fuzzed", SCRATCH)

    return target


def query() -> Callable[[bytes], None]:
    """A target that asks bytes as a query, of nothing."""
    from kg.stores.oxigraph import OxigraphStore

    store = OxigraphStore()
    return lambda data: void(store.query(data.decode("utf-8", "replace"), timeout=10))


def parameter() -> Callable[[bytes], None]:
    """A target that takes bytes as the value of a parameter: the first chooses its type."""
    from kg.queries.parameters import TYPES, term
    from kg.queries.stored import Parameter
    from kg.stores.oxigraph import OxigraphStore

    store, types = OxigraphStore(), sorted(TYPES)

    def target(data: bytes) -> None:
        if data:
            kind = types[data[0] % len(types)]
            term(Parameter("x", kind, ""), data[1:].decode("utf-8", "replace"), store)

    return target


def void(_: object) -> None:
    """Nothing."""


TARGETS: dict[str, tuple[Callable[[], Callable[[bytes], None]], str]] = {
    "turtle": (lambda: rdf(".ttl"), ".ttl"),
    "trig": (lambda: rdf(".trig"), ".trig"),
    "ntriples": (lambda: rdf(".nt"), ".nt"),
    "nquads": (lambda: rdf(".nq"), ".nq"),
    "rdfxml": (lambda: rdf(".rdf"), ".rdf"),
    "jsonld": (lambda: rdf(".jsonld"), ".jsonld"),
    "text": (lambda: article("text"), ".txt"),
    "markdown": (lambda: article("markdown"), ".md"),
    "html": (lambda: article("html"), ".html"),
    "jsonlines": (lambda: article("jsonlines"), ".jsonl"),
    "header": (header, ".rq"),
    "query": (query, ".rq"),
    "parameter": (parameter, ".rq"),
}


def main(arguments: list[str]) -> int:
    """Run a target until it crashes or the time is over."""
    if not arguments or arguments[0] not in TARGETS:
        print(f"targets: {' '.join(TARGETS)}")
        return 0 if arguments[:1] == ["--list"] else 2
    try:
        import atheris
    except ImportError:
        print("this needs atheris: pip install atheris", file=sys.stderr)
        return 2
    make, suffix = TARGETS[arguments[0]]
    found = ROOT / ".fuzz" / arguments[0]
    found.mkdir(parents=True, exist_ok=True)
    for path in (ROOT / "tests" / "fuzz" / "corpus").glob(f"*{suffix}"):
        (found / path.name).write_bytes(path.read_bytes())
    with atheris.instrument_imports(include=["kg"]):
        target = make()

    def one(data: bytes) -> None:
        with suppress(InputError):  # what is refused with a reason is no crash
            target(data)

    atheris.Setup([sys.argv[0], *arguments[1:], str(found)], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
