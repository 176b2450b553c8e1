"""Write docs/cli-reference.md from the help of the commands; with --check, say whether it is current."""

from __future__ import annotations

import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.cli.group import VERBS, kg  # noqa: E402

PAGE = ROOT / "docs" / "cli-reference.md"
HEAD = """\
# Command line reference

Written by `tools/build_cli_reference.py` from `kg --help`; do not edit it by hand.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 findings, 2 bad input or
usage, 3 the store or endpoint failed. `KG_DEBUG=1` shows tracebacks, `NO_COLOR=1` turns colours off, `KG_STORE`
names the store, `SUMMITRY_CACHE` the folder for the read-only copy of the bundled graph.
"""


def page() -> str:
    """The reference as Markdown."""
    parts = [HEAD, _section("kg", kg)]
    context = click.Context(kg, info_name="kg")
    for verb in VERBS:
        command = kg.get_command(context, verb)
        assert command is not None
        parts.append(_section(f"kg {verb}", command))
    return "\n".join(parts)


def _section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, terminal_width=100, max_content_width=100)
    context.help_option_names = ["-h", "--help"]
    lines = [line.rstrip() for line in command.get_help(context).splitlines()]
    return f"## {name}\n\n```text\n" + "\n".join(lines) + "\n```\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(
            0 if PAGE.read_text(encoding="utf-8") == page() else f"{PAGE} is not current: run {sys.argv[0]}"
        )
    PAGE.write_text(page(), encoding="utf-8")
