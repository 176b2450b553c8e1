"""The servers of the tests start on loopback, and none is left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.servers.running import NoServerError, Server, program

# Starts a server, says so, and waits to be ended.
WAITING = """
import sys, time
from pathlib import Path
from tests.servers.running import {name}
with {name}(Path(sys.argv[1])) as server:
    print(server.query, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("fixture", ["oxigraph_server", "virtuoso_server"])
def test_servers_answer_on_loopback_only(request: pytest.FixtureRequest, fixture: str) -> None:
    server: Server = request.getfixturevalue(fixture)
    assert all(
        url.startswith("http://127.0.0.1:") for url in (server.query, server.update, server.graph_store)
    )
    assert re.fullmatch(r"\d+(\.\d+)+", server.version)
    assert b"1" in server.ask("SELECT (1 AS ?one) { }")
    server.change("INSERT DATA { GRAPH <urn:test> { <urn:a> <urn:b> 'é' } }")
    assert b"urn:a" in server.ask("SELECT ?a { GRAPH <urn:test> { ?a <urn:b> ?b } }")
    server.change("CLEAR GRAPH <urn:test>")


def _using(folder: Path) -> list[int]:
    """Processes of whose arguments the folder is a part (Linux)."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(folder).encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("oxigraph", signal.SIGKILL),
        ("oxigraph", signal.SIGTERM),
        ("oxigraph", signal.SIGINT),
        ("virtuoso", signal.SIGKILL),
    ],
)
def test_no_server_outlives_whoever_started_it(
    name: str, number: signal.Signals, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(f"{name}_server")  # skips, or fails, where it is not installed
    command = [sys.executable, "-c", WAITING.format(name=name), str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith(b"http://127.0.0.1:")
            others = set(_using(tmp_path)) - {process.pid}
            assert len(others) == 2  # the server, and what looks after it
            # As Ctrl-C does, to all that are of one terminal.
            os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
            process.wait(20)
        finally:
            process.kill()
    until = time.monotonic() + 20
    while _using(tmp_path) and time.monotonic() < until:
        time.sleep(0.1)
    assert _using(tmp_path) == []


def test_what_is_missing_is_told_with_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    with pytest.raises(NoServerError, match="pip install oxigraph"):
        program("oxigraph", "no Oxigraph server: pip install oxigraph")


@pytest.mark.parametrize(("required", "outcome"), [("", "1 skipped"), ("required", "1 failed")])
def test_servers_that_are_missing_are_skipped_unless_they_are_required(
    tmp_path: Path, required: str, outcome: str, root: Path
) -> None:
    """In `.ci/run` a server that is not there is a failure."""
    test = "tests/servers/test_running.py::test_servers_answer_on_loopback_only[virtuoso_server]"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header", "-rsE", test],
        cwd=root, env={**os.environ, "PATH": str(tmp_path), "SUMMITRY_SERVERS": required},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert outcome in done.stdout, done.stdout
    assert "apt-get install" in done.stdout
    assert (done.returncode == 0) == (not required)
