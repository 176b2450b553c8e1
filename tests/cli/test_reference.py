"""The page about the command line is what the commands say."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_reference_is_current() -> None:
    page = runpy.run_path(str(ROOT / "tools" / "build_cli_reference.py"))["page"]()
    written = (ROOT / "docs" / "cli-reference.md").read_text(encoding="utf-8")
    assert written == page, "run python tools/build_cli_reference.py"
