"""Write into README.md what each `$ kg …` of its session prints.

    python tools/fill_readme.py

The test of the README compares; this only saves typing when an output has changed for a reason.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main() -> None:
    """Run the sessions and write their output."""
    text = README.read_text(encoding="utf-8")
    kg = str(Path(sys.executable).with_name("kg"))
    with tempfile.TemporaryDirectory() as folder:
        for _, name, body in BLOCK.findall(text):
            if name:
                (Path(folder) / name).write_text(body, encoding="utf-8")

        def fill(match: re.Match[str]) -> str:
            if match[1] != "console":
                return match[0]
            command = match[3].partition("\n")[0]
            words = shlex.split(command.removeprefix("$ "))
            done = subprocess.run([kg, *words[1:]], cwd=folder, capture_output=True, text=True, check=False)
            return f"```console\n{command}\n{done.stdout}```".replace("\r\n", "\n")

        README.write_text(BLOCK.sub(fill, text), encoding="utf-8")


if __name__ == "__main__":
    main()
