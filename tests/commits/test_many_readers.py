"""Ten processes read while one writes: no error, no half commit, and what they see is never older than before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from kg.stores import folder
from kg.stores.oxigraph import OxigraphStore

ROOT = Path(__file__).parents[2]
SECONDS = 60 if os.environ.get("SUMMITRY_NIGHTLY") == "1" else 10
READERS = 10
# So long it lasts at least, and until this was done, however slow the machine is.
COMMITS, OPENINGS, STATES = SECONDS, SECONDS, 5
LIMIT = 20 * SECONDS

# Each tells in a file of its own how far it is, until there is a file that says that it is enough.
STEPS = """
import json, sys, time
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from kg.stores.oxigraph import OxigraphStore
path, told, enough = map(Path, sys.argv[1:])
p = NamedNode("urn:generation")
def tell(**facts):
    told.with_suffix(".new").write_text(json.dumps(facts))
    told.with_suffix(".new").replace(told)
"""

# Every commit writes its number into the same 300 things: so in each state they all say the same.
WRITER = f"""{STEPS}
quads = lambda n: [Quad(NamedNode(f"urn:{{i}}"), p, Literal(str(n)), NamedNode(f"urn:g{{i % 7}}")) for i in range(300)]
times = []
with OxigraphStore(path) as store:
    generation = 0
    while not enough.exists():
        begun = time.perf_counter()
        store.apply(delete=quads(generation), insert=quads(generation + 1))
        times.append(time.perf_counter() - begun)
        generation += 1
        tell(commits=generation, times=times)
"""

READER = f"""{STEPS}
waits, seen, torn, back = [], set(), 0, 0
last = 0
while not enough.exists():
    begun = time.perf_counter()
    store = OxigraphStore(path, writable=False)
    waits.append(time.perf_counter() - begun)
    for _ in range(2):  # the same again, later: what is held does not change
        values = [int(q.object.value) for q in store.quads(None, p)]
        rows = store.query("SELECT ?v {{ GRAPH ?g {{ ?s <urn:generation> ?v }} }}").rows
        torn += len(values) not in (0, 300) or len(set(values)) > 1 or len(rows) != len(values)
        time.sleep(0.02)
    now = max(values, default=0)
    back += now < last
    last = now
    seen.add(now)
    store.close()
    tell(waits=waits, seen=len(seen), torn=torn, back=back)
"""


def done(writer: dict[str, Any], readers: list[dict[str, Any]]) -> bool:
    """Whether there were commits, openings and states enough to say anything."""
    return writer.get("commits", 0) >= COMMITS and all(
        len(reader.get("waits", ())) >= OPENINGS and reader["seen"] >= STATES for reader in readers
    )


def test_ten_readers_and_a_writer(tmp_path: Path) -> None:
    path, enough = tmp_path / "store", tmp_path / "enough"
    OxigraphStore.create(path).close()
    files = [tmp_path / f"{n}.json" for n in range(READERS + 1)]
    begun = time.monotonic()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(path), str(file), str(enough)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for script, file in zip([WRITER, *[READER] * READERS], files, strict=True)
    ]  # fmt: skip
    try:
        while True:
            time.sleep(0.5)
            writer, *readers = [json.loads(file.read_text()) if file.exists() else {} for file in files]
            passed = time.monotonic() - begun
            if (passed > SECONDS and done(writer, readers)) or passed > LIMIT:
                break
            if any(process.poll() is not None for process in processes):
                break
        enough.touch()
        for process in processes:
            out, err = process.communicate(timeout=120)
            assert (process.returncode, out, err) == (0, "", "")
    finally:
        for process in processes:
            process.kill()
    writer, *readers = [json.loads(file.read_text()) for file in files]
    waits = sorted(wait for reader in readers for wait in reader["waits"])
    times = sorted(writer["times"])
    print(
        f"\n{passed:.0f} s: {writer['commits']} commits of {1000 * times[len(times) // 2]:.0f} ms (median); "
        f"{len(waits)} openings of {1000 * waits[len(waits) // 2]:.1f} ms (median), "
        f"{1000 * waits[int(len(waits) * 0.99)]:.0f} ms (99 of 100), {1000 * waits[-1]:.0f} ms (longest)"
    )
    assert all((reader["torn"], reader["back"]) == (0, 0) for reader in readers)
    assert done(writer, readers), f"too little in {LIMIT} seconds to show anything"
    assert len(folder.snapshots(path)) <= READERS + 1
    with OxigraphStore(path):
        assert len(folder.snapshots(path)) == 1, "what nobody reads is cleared away"


def test_a_reader_keeps_what_it_reads_and_does_not_hold_up_the_writer(tmp_path: Path) -> None:
    from pyoxigraph import NamedNode, Quad

    path = tmp_path / "store"
    fact = Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"))
    with OxigraphStore.create(path) as writer, OxigraphStore(path, writable=False) as reader:
        held = reader.snapshot
        begun = time.monotonic()
        writer.apply(insert=[fact])
        assert time.monotonic() - begun < 5
        assert held is not None
        assert held.is_dir()
        assert fact not in set(reader.quads())
        reader.reopen()
        assert fact in set(reader.quads())
        writer.apply(delete=[fact])
        assert not held.exists()


def test_many_commits_in_a_row_show_at_the_end_at_the_latest(tmp_path: Path) -> None:
    from pyoxigraph import Literal, NamedNode, Quad

    path = tmp_path / "store"
    with OxigraphStore.create(path) as writer:
        before = folder.snapshots(path)[-1][0]
        with writer.many():
            for n in range(10):
                writer.apply(insert=[Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(str(n)))])
        assert folder.snapshots(path)[-1][0] - before < 10
        assert folder.under_way(path) is None
        with OxigraphStore(path, writable=False) as reader:
            assert len(list(reader.quads(NamedNode("urn:a")))) == 10
