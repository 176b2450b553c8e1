"""What is generated is current: the bundled graph and the picture of it are what the articles give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("tool", ["build_graph.py", "draw_graph.py"])
def test_is_current(tool: str) -> None:
    if tool == "build_graph.py":
        pytest.importorskip("spacy", reason="needs the extra nlp")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / tool), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"run python tools/{tool}\n{done.stderr}"
