"""How a validation report is shown; the verbs that check share it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from kg.cli.harmless import harmless
from kg.cli.talk import complain
from kg.errors import ValidationError

if TYPE_CHECKING:
    from kg.validation.report import Report


@contextmanager
def findings() -> Iterator[None]:
    """Show the report of a ValidationError and swallow it; what follows the block then says exit code 1."""
    try:
        yield
    except ValidationError as error:
        complain(error.what, where=error.where, hint=error.hint)
        show_report(error.report, stream=sys.stderr)


def show_report(report: Report | None, *, stream: IO[str]) -> None:
    """A report as text."""
    if report is not None:
        stream.write(harmless(report.to_text()) + "\n")
