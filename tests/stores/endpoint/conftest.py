"""No credentials, proxies or files of the person who runs the tests; no pauses between tries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.stores.endpoint import sending


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment with nothing of ours in it."""
    for name in list(os.environ):
        if name.startswith("KG_") or name.lower().endswith("_proxy") or name in ("NETRC", "SSL_CERT_FILE"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sending, "PAUSES", (0.0, 0.0))
