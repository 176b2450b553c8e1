"""The README does what it says: every `$ kg …` in it is run, and prints what stands below it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _files() -> dict[str, str]:
    return {name: body for _, name, body in BLOCK.findall(README.read_text(encoding="utf-8")) if name}


def _sessions() -> list[tuple[str, str]]:
    out = []
    for language, _, body in BLOCK.findall(README.read_text(encoding="utf-8")):
        if language == "console":
            command, _, expected = body.partition("\n")
            out.append((command.removeprefix("$ "), expected))
    return out


@pytest.mark.parametrize(("command", "expected"), _sessions(), ids=lambda v: v.split("\n")[0][:50])
def test_session(command: str, expected: str, tmp_path: Path) -> None:
    for name, body in _files().items():
        (tmp_path / name).write_text(body, encoding="utf-8")
    words = shlex.split(command)
    assert words[0] == "kg"
    environment = {k: v for k, v in os.environ.items() if k != "KG_STORE"}
    done = subprocess.run(
        [str(Path(sys.executable).with_name("kg")), *words[1:]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.replace("\r\n", "\n") == expected
    assert expected, "a session shows what it prints"


def test_python_example(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = [
        body
        for language, _, body in BLOCK.findall(README.read_text(encoding="utf-8"))
        if language == "python"
    ]
    exec(compile(example, "README.md", "exec"), {})
    assert "Vladimir Putin" in capsys.readouterr().out
