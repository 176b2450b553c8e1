"""The line at the foot of a terminal while a long command works: one line, rewritten, and gone at the end."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="needs terminals")
ROOT = Path(__file__).parents[2]
CLEARED = "\r\x1b[K"


def on_terminal(*arguments: str | Path, columns: int = 80, **env: str) -> tuple[str, int]:
    """What a terminal is sent by a command, and its exit code."""
    import fcntl
    import struct
    import termios

    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **env}
    actions = [(os.POSIX_SPAWN_DUP2, slave, number) for number in (0, 1, 2)]
    number = os.posix_spawn(sys.executable, command, environ, file_actions=actions)
    os.close(slave)
    told = b""
    try:
        while piece := os.read(master, 65536):
            told += piece
    except OSError:
        pass  # the other side is closed
    os.close(master)
    return told.decode(), os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def drawn(told: str) -> list[str]:
    """What stood in the line, one after the other; the last is what is printed after it."""
    return told.split(CLEARED)[1:]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_validate_all_draws_one_line(jobs: str, store: Path) -> None:
    told, code = on_terminal("--store", store, "validate", "--all", "--jobs", jobs)
    assert code == 0
    lines = drawn(told)
    assert len(lines) > 2
    counts = []
    for text in lines[:-1]:
        found = re.fullmatch(r"checking  \[#*\.*\] ([\d,]+)/([\d,]+)(  [\d,.]+/(s|min))?(  .* left)?", text)
        assert found, text
        counts.append((int(found[1]), int(found[2])))
    assert counts == sorted(counts), "it goes forward"
    assert len({total for _, total in counts}) == 1
    # Cleared, and then the answer.
    assert lines[-1].startswith("checked all of the store")


def test_a_file_is_followed_through_what_is_done_with_it(store: Path, good: Path) -> None:
    told, code = on_terminal("--store", store, "add", good)
    assert code == 0
    lines = drawn(told)
    kinds = list(dict.fromkeys(text.split("  ")[0] for text in lines[:-1] if text))
    assert kinds == [
        "reading triples",
        "looking for what is new",
        "working out what it means",
        "checking",
        "writing",
    ]
    assert re.match(r"(\x1b\[..m)?added", lines[-1])


def test_a_narrow_terminal_is_not_overrun(store: Path, good: Path) -> None:
    told, _ = on_terminal("--store", store, "add", good, columns=20)
    assert len(drawn(told)) > 3
    assert all(len(text) < 20 for text in drawn(told)[:-1])


def test_no_colour_and_no_movements_where_none_are_wanted(store: Path, bad: Path) -> None:
    plain, code = on_terminal("--store", store, "validate", bad, NO_COLOR="1")
    assert code == 1
    assert set(re.findall(r"\x1b\[[\d;]*[A-Za-z]", plain)) <= {"\x1b[K"}
    dumb, _ = on_terminal("--store", store, "validate", bad, TERM="dumb")
    assert "\x1b" not in dumb
    assert "checked against" in dumb
