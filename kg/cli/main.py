"""Entry point of `kg`, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from kg.cli.talk import complain, debugging
from kg.errors import KgError

INTERRUPTED = 130
BROKEN_PIPE = 141
UNEXPECTED = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kg` with the given arguments, or those of the process, and answer the exit code.

    0 done, 1 findings, 2 bad input or usage, 3 the store or endpoint failed (or a bug of ours).

    >>> main(["--version"])  # doctest: +ELLIPSIS
    kg ...
    0
    """
    import click

    from kg.cli.group import kg

    _prepare_streams()
    try:
        outcome = kg.main(
            args=None if arguments is None else list(arguments), prog_name="kg", standalone_mode=False
        )
        sys.stdout.flush()
    except KgError as error:
        if debugging():
            raise
        complain(error.what, where=error.where, hint=error.hint)
        return error.exit_code
    except click.Abort:
        complain("interrupted")
        return INTERRUPTED
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "kg"
        complain(error.format_message(), hint=f"{path} --help")
        return 2
    except BrokenPipeError:
        # Whoever read our output has enough. Python would complain again when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:
        if debugging():
            raise
        complain(
            f"something went wrong that should not ({type(error).__name__}: {error})",
            hint="KG_DEBUG=1 shows where; please report it with that",
        )
        return UNEXPECTED
    return outcome if isinstance(outcome, int) else 0


def _prepare_streams() -> None:
    """Data is UTF-8 wherever it goes; a terminal that cannot show a letter shows its number."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
