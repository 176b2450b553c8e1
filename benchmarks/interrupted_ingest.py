"""Whether an ingest that is killed in the middle and started again ends like one that was left alone.

    python benchmarks/interrupted_ingest.py [--number 1000] [--jobs 2] [--seed 1]

Makes a folder of articles (generate_articles.py), ingests it undisturbed; ingests it again into another store, kills the
whole group of processes with SIGKILL when about half of the articles are in, and runs the same command once more. The
exports of both stores, sorted and without the moments at which articles came in (smt:ingestedOn), must be equal:
else the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.generate_articles import write

KG = [sys.executable, "-m", "kg"]


def start(store: Path, folder: Path, jobs: int) -> subprocess.Popen[bytes]:
    """`kg ingest` in a group of processes of its own."""
    command = [*KG, "--store", str(store), "ingest", "--jobs", str(jobs), str(folder)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)


def export(store: Path) -> list[bytes]:
    """The quads of a store, sorted, without the moments at which articles came in."""
    command = [*KG, "--store", str(store), "export", "--format", "nq"]
    out = subprocess.run(command, check=True, capture_output=True).stdout
    return sorted(quad for quad in out.splitlines() if b"#ingestedOn>" not in quad)


def main() -> int:
    """Run both ways and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "articles", options.number, options.seed)
        begun = time.perf_counter()
        whole = start(folder / "whole", folder / "articles", options.jobs)
        said = whole.communicate()[1].decode().splitlines()
        print(f"undisturbed: {said[-1]}, exit {whole.returncode}, {time.perf_counter() - begun:.0f} s")
        killed, added = start(folder / "killed", folder / "articles", options.jobs), 0
        assert killed.stderr is not None
        for line in killed.stderr:
            added += line.startswith(b"added")
            if added >= options.number // 2:
                os.killpg(killed.pid, signal.SIGKILL)
                break
        killed.communicate()
        print(f"killed after {added} articles, exit {killed.returncode}")
        begun = time.perf_counter()
        again = start(folder / "killed", folder / "articles", options.jobs)
        said = again.communicate()[1].decode().splitlines()
        print(f"resumed: {said[-1]}, exit {again.returncode}, {time.perf_counter() - begun:.0f} s")
        expected, found = export(folder / "whole"), export(folder / "killed")
        same = expected == found
        print(f"{len(expected):,} and {len(found):,} quads: {'equal' if same else 'different'}")
        return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
