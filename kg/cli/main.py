"""Entry point of `kg`, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import os
import signal
import sys
from collections.abc import Sequence

from kg.cli.talk import complain, debugging
from kg.errors import InputError, KgError

INTERRUPTED = 130
TERMINATED = 143
BROKEN_PIPE = 141
UNEXPECTED = 3
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


class Terminated(KeyboardInterrupt):
    """The process was asked to end: it does so as after Ctrl-C, with its workers and notes cleared away."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kg` with the given arguments, or those of the process, and answer the exit code.

    0 done, 1 findings, 2 bad input or usage, 3 the store or endpoint failed (or a bug of ours).

    >>> main(["--version"])  # doctest: +ELLIPSIS
    kg ...
    0
    """
    if arguments is not None:
        return _code(list(arguments), ours=False)
    code = _code(sys.argv[1:], ours=True)
    _ignore_interrupts()  # all is done, and to give back much memory takes a while
    answers = sys.modules.get("kg.stores.answers")
    if answers is not None and answers.unfinished():
        # A query was given up on and the engine cannot be told: with the process it ends, and that now.
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    return code


def _code(given: list[str], *, ours: bool) -> int:
    """Run and answer the exit code; `ours` is the process, with its signals and streams."""
    if ours and given[:1] == ["query"]:
        # The process is ours and will be short; imports would make the collector work for nothing.
        gc.disable()
    _prepare_streams()
    if ours:
        with contextlib.suppress(ValueError):  # only the main thread may
            signal.signal(signal.SIGTERM, _terminate)
    try:
        outcome = _run(given)
        sys.stdout.flush()
    except KgError as error:
        if debugging():
            raise
        complain(error.what, where=error.where, hint=error.hint)
        return error.exit_code
    except KeyboardInterrupt as stop:
        if ours:
            _ignore_interrupts()  # there is nothing left to interrupt but this message
            # Python notes an interrupt that ends an exec, as dataclasses make them, and would end the process by the
            # signal, caught or not; the next exec makes it forget.
            exec("")  # noqa: S102
        ended = isinstance(stop, Terminated)
        late = str(stop)  # what the store says of a change that was made by then
        what = "terminated" if ended else "interrupted"
        complain(f"{what} {late}".strip(), hint="kg undo takes it back" if late else None)
        return TERMINATED if ended else INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough. Python would complain again when it flushes at the end.
        _to_nowhere()
        return BROKEN_PIPE
    except Exception as error:
        if debugging():
            raise
        if isinstance(error, OSError) and error.errno in _FULL:
            complain(
                f"what was to be written does not fit: {error.strerror}",
                where=str(error.filename or "standard output"),
                hint="make room, or write elsewhere",
            )
            _to_nowhere()
            return UNEXPECTED
        complain(
            f"something went wrong that should not ({type(error).__name__}: {error})",
            hint="KG_DEBUG=1 shows where; please report it with that",
        )
        return UNEXPECTED
    return outcome if isinstance(outcome, int) else 0


def _run(arguments: list[str]) -> object:
    # A stored query without options, the most frequent command, needs nothing that click does, and click
    # takes longer to import than everything else together. A test compares both ways.
    bare = len(arguments) > 1 and not any(argument.startswith("-") for argument in arguments)
    if bare and arguments[0] == "query" and "_KG_COMPLETE" not in os.environ:
        from kg.cli.answer import ask_by_name

        ask_by_name(None, arguments[1], arguments[2:])
        return 0
    import click

    from kg.cli.group import kg

    try:
        return kg.main(args=arguments, prog_name="kg", standalone_mode=False)
    except click.Abort as abort:
        cause = abort.__cause__
        raise (cause if isinstance(cause, KeyboardInterrupt) else KeyboardInterrupt()) from None
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "kg"
        raise InputError(error.format_message(), hint=f"{path} --help") from None


def _terminate(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # asked twice, it ends at once
    raise Terminated


def _ignore_interrupts() -> None:
    with contextlib.suppress(ValueError):  # only the main thread may
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _to_nowhere() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _prepare_streams() -> None:
    """Data is UTF-8 wherever it goes; a terminal that cannot show a letter shows its number."""
    # What a caller has closed (>&-) is nowhere; were it left closed, the next file opened would take its place.
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            opened = io.open(number, "w" if number else "r", encoding="utf-8")  # noqa: SIM115, UP020
            setattr(sys, name, opened)
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
