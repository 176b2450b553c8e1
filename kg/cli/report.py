"""How a validation report is shown; the verbs that check share it, and its options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.talk import complain, counted, say
from kg.errors import ValidationError

if TYPE_CHECKING:
    from kg.validation.report import Report

_Command = TypeVar("_Command", bound=Callable[..., Any])
# Those of kg.validation.reports, which is not imported before there is something to report.
FORMATS = ("text", "json", "turtle", "sarif", "junit")


def report_options(command: _Command) -> _Command:
    """The options --format, --output and --all-findings, for a command that reports findings."""
    options = [
        click.option(
            "--format",
            "-F",
            "format",
            type=click.Choice(FORMATS),
            default="text",
            show_default=True,
            help="Of the findings: turtle is the report of SHACL, sarif is for code review, junit for test tools.",
        ),
        click.option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the findings to a file.",
        ),
        click.option("--all-findings", is_flag=True, help="In text, show each of many findings of one kind."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def shapes_option(command: _Command) -> _Command:
    """The option --shapes, for a command that checks."""
    text = "A folder of shapes (*.ttl) to check with instead of those of kg."
    option: Callable[[_Command], _Command] = click.option("--shapes", metavar="FOLDER", help=text)
    return option(command)


def say_notes(shapes: str | None) -> None:
    """Say which of one's own shapes the gate could not follow, and why."""
    if shapes is not None:
        from kg.validation.plan import load_plan

        for note in load_plan(Path(shapes).resolve()).notes:
            say(note)


@contextmanager
def findings(*, format: str = "text", output: str | None = None, all_findings: bool = True) -> Iterator[None]:
    """Show the report of a ValidationError and swallow it; what follows the block then says exit code 1.

    Text goes to standard error with the message; other formats are data, for standard output or a file.
    """
    try:
        yield
    except ValidationError as error:
        complain(error.what, where=error.where, hint=error.hint)
        stream = sys.stderr if format == "text" else sys.stdout
        show_report(error.report, stream=stream, format=format, output=output, all_findings=all_findings)


def show_report(
    report: Report | None,
    *,
    stream: IO[str],
    format: str = "text",
    output: str | None = None,
    all_findings: bool = True,
) -> None:
    """A report in one of the FORMATS, to a stream or, if one is given, to a file."""
    if report is None:
        return
    from kg.validation.reports import written

    text = written(report, format, all_findings=all_findings)
    if output is None or output == "-":
        stream.write(text)
        return
    from kg.export.files import write_whole

    write_whole(Path(output), [text])
    say(f"{counted(len(report), 'finding')} written to {output}")
