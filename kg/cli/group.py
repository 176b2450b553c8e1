"""The command group `kg`: global options, and verbs that are imported when they are called."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

import click

from kg import __version__
from kg.cli.talk import tell_notes

__all__ = ["VERBS", "by_option", "kg", "open_graph", "tell_notes", "update_endpoint"]

# In the order in which people need them.
VERBS: Final = (
    "init", "ingest", "query", "queries", "export", "validate", "add", "retract", "undo", "log", "why", "info",
    "backup", "restore", "push", "pull", "diff",
)  # fmt: skip
_UPDATES: Final = "kg.update_endpoint"


class Verbs(click.Group):
    """A group whose commands are modules of kg.cli; mistyped names are answered with the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb, imported now."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"kg.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but with the nearest verbs in the message."""
        name = args[0] if args else ""
        if name and name not in VERBS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, VERBS, n=2, cutoff=0.5)
            advice = f" Did you mean {' or '.join(near)}?" if near else f" Commands: {', '.join(VERBS)}."
            raise click.UsageError(f"no such command {name!r}.{advice}", ctx)
        return super().resolve_command(ctx, args)


def _show_completion(ctx: click.Context, _: click.Parameter, shell: str | None) -> None:
    if shell is None or ctx.resilient_parsing:
        return
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(ctx.command, {}, "kg", "_KG_COMPLETE").source())
    ctx.exit()


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 findings, 2 bad input or usage, 3 the store or endpoint failed.",
)
@click.option(
    "--store",
    metavar="TARGET",
    envvar="KG_STORE",
    show_envvar=True,
    help="Folder of the store, or a SPARQL endpoint: its http(s) address, or its name in kg.toml (where no folder "
    "is called so).  [default: .kg]",
)
@click.option(
    "--update-endpoint",
    metavar="URL",
    help="Where the SPARQL endpoint takes updates, if that is another address which cannot be guessed.",
)
@click.option(
    "--completion",
    type=click.Choice(["bash", "zsh", "fish"]),
    callback=_show_completion,
    expose_value=False,
    is_eager=True,
    help='Print the completion script of a shell: eval "$(kg --completion bash)".',
)
@click.version_option(__version__, "-V", "--version", message="kg %(version)s")
@click.pass_context
def kg(ctx: click.Context, store: str | None, update_endpoint: str | None) -> None:
    """A knowledge graph of state visits, summits and agreements, built from the news.

    Where there is no store yet, commands that only read use the graph that comes with the package.

    \b
    Examples:
      kg query visits
      kg query visits to=China
      kg ingest article.txt
      kg why "Visit of Vladimir Putin to China, May 2024"
    """
    ctx.obj = store
    ctx.meta[_UPDATES] = update_endpoint


def update_endpoint(ctx: click.Context) -> str | None:
    """What --update-endpoint says."""
    found: str | None = ctx.meta.get(_UPDATES)
    return found


def open_graph(ctx: click.Context, *, writable: bool = False) -> Any:
    """The graph that the options ask for; closed when the command ends."""
    from kg.knowledge_graph import KnowledgeGraph

    graph = KnowledgeGraph.open(ctx.obj, writable=writable, update_endpoint=update_endpoint(ctx))
    ctx.call_on_close(graph.close)
    tell_notes(graph)
    return graph


by_option: Final = click.option(
    "--by", metavar="NAME", envvar="KG_USER", show_envvar=True, help="Who does it, for kg log."
)
