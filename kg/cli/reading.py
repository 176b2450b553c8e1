"""Files of triples before anything is done with them: read once, with a limit of size, and a line of progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

import click

from kg import rdf_limits
from kg.cli.progress import Progress

_EACH: Final = 1000
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _set_limit(ctx: click.Context, _: click.Parameter, megabytes: float) -> None:
    ctx.with_resource(rdf_limits.at_most(int(megabytes * 1e6)))


max_size_option: Callable[[_Command], _Command] = click.option(
    "--max-size",
    type=click.FloatRange(min=0),
    default=rdf_limits.MAX_BYTES / 1e6,
    show_default=True,
    metavar="MB",
    callback=_set_limit,
    expose_value=False,
    help=f"Refuse larger files; 0 is no limit. A million triples take about {rdf_limits.PER_TRIPLE / 1000:.0f} GB of memory.",
)
"""Takes effect for all that is read until the command ends."""


def read_through(files: Iterable[str]) -> None:
    """Read each file to its end, so that nothing is opened, and no store is made, for one that cannot be read."""
    from kg.rdf_files import read_rdf

    with Progress(lambda: None) as progress:
        for file in files:
            for number, _ in enumerate(read_rdf(file), 1):
                if number % _EACH == 0:
                    progress.at("reading triples", number)
