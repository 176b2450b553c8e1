"""All that is promised about speed, measured in one run, with a table of ratios and targets at its end.

    bash benchmarks/run [--small] [--engines [FOLDER]] [--runs 3]

In full it takes about twenty minutes on two idle cores and 3 GB of disk in the folder for temporary files; most of it goes
to pySHACL on 100 k quads and to the other engine on 1 M. `--small` has graphs of 2 k, 10 k and 50 k, takes about two minutes, and
tells whether all of it works: the targets are meant for the full sizes. `--engines` makes a virtual environment with
pyshacl-turbo, the fastest engine that passes the W3C suite, in FOLDER, and compares with it; without it that line of the table
says "not measured". In full it ends with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import RdfFormat, parse

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from benchmarks import gate, load_export, validate_all
from benchmarks.graphs import make_nquads, size_of
from benchmarks.measuring import Comparison, Measured, table, timed, told
from kg.stores.oxigraph import OxigraphStore

TURBO = "pyshacl-turbo==0.6.5"
FULL = ("10k", "100k", "1M")
SMALL = ("2k", "10k", "50k")
HUB = 490


def environment(folder: Path) -> Path:
    """A virtual environment with the other engine, made where it is not there yet."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    known = subprocess.run([python, "-c", "import pyshacl_turbo"], capture_output=True, check=False)
    if known.returncode:
        subprocess.run([python, "-m", "pip", "install", "--quiet", TURBO], check=True)
    return folder


def gates(stores: dict[str, Path], rounds: int, hub: int, whole: Comparison) -> Iterator[Measured]:
    """The gate at each size, for hubs, and from the shell; `whole` is a full validation at the middle size."""
    least, middle, most = stores
    adds = {}
    for name, store in stores.items():
        adds[name] = gate.measure(store, rounds, 0)["add 10"].spent
        yield Measured(f"gate, 10 triples, {name}", adds[name], 10, " ms")
    yield Measured(f"gate, 10 triples, {most} to {least}", adds[most] / adds[least], 2)
    times = min(run.cpu for run in whole.theirs) * 1000 / adds[middle]
    yield Measured(
        f"gate, 10 triples, {middle}, to pySHACL on the whole", times, 5000, " times faster", more=True
    )
    hubs = gate.measure(stores[most], rounds, hub)
    for kind in ("leader's state", "untype a state"):
        note = f"{hubs[kind].findings} findings"
        yield Measured(f"gate, a hub: {kind}, {most}", hubs[kind].spent, 1000, " ms", note=note)
    cold = gate.cold(stores[most], max(3, rounds // 6))
    print(cold.told(f"kg add of 10 triples, {most}", "import pyshacl"), flush=True)
    yield Measured(f"kg add of 10 triples, {most}, to import pyshacl", cold.wall, 1.3, note=_clock(cold))


def against_turbo(store: Path, size: str, engines: Path | None) -> Iterator[Measured]:
    """Full validation of the largest graph: against the other engine, if there is one, and its memory."""
    what = f"kg validate --all, {size}, to pyshacl-turbo"
    if engines is None:
        ours = [timed(validate_all.command(store))]
        print(told("kg validate --all", ours), flush=True)
        yield Measured(what, None, 1.3, note="give --engines")
    else:
        found = validate_all.compare(store, ["turbo"], engines=engines)["turbo"]
        yield Measured(what, found.wall, 1.3, note=_clock(found))
        ours = found.ours
    yield Measured(
        f"kg validate --all, {size}, all processes", max(run.megabytes for run in ours), 700, " MB"
    )


def measure(
    sizes: Sequence[str], scratch: Path, *, engines: Path | None, runs: int, rounds: int, hub: int
) -> Iterator[Measured]:
    """All of it, in graphs of three sizes; prints what it measures, and yields what there is a target for."""
    stores = {size: scratch / f"store-{size}" for size in sizes}
    data = scratch / "data.nq"  # in the end, of the largest graph
    _, middle, most = sizes
    for size, store in stores.items():
        _say(f"a graph of {size}")
        make_nquads(data, size_of(size))
        OxigraphStore.create(store, parse(path=str(data), format=RdfFormat.N_QUADS)).close()
    _say(f"kg validate --all and pySHACL, {middle}")
    whole = validate_all.compare(stores[middle], ["pyshacl"])["pyshacl"]
    _say("the gate")
    yield from gates(stores, rounds, hub, whole)
    yield Measured(
        f"kg validate --all, {middle}, to pySHACL", 1 / whole.wall, 8, " times faster", more=True,
        note=f"on the clock; {1 / whole.cpu:.1f} times of CPU time",
    )  # fmt: skip
    _say(f"kg validate --all, {most}" + (" and pyshacl-turbo" if engines else ""))
    yield from against_turbo(stores[most], most, engines)
    _say(f"loading and export, {most}")
    yield from load_export.measure(data, scratch, runs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything, and print it."""
    parser = argparse.ArgumentParser(
        prog="bash benchmarks/run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--small", action="store_true", help="a quick run in smaller graphs")
    parser.add_argument(
        "--engines",
        nargs="?",
        type=Path,
        const=Path(tempfile.gettempdir()) / "summitry-engines",
        metavar="FOLDER",
        help="compare with pyshacl-turbo, in a virtual environment that is made in FOLDER",
    )
    parser.add_argument("--sizes", nargs=3, metavar="SIZE", help="three sizes of graphs, as 10k 100k 1M")
    parser.add_argument(
        "--runs",
        type=int,
        default=3,
        help="of loading and export, each in turn with what it is compared with",
    )
    given = parser.parse_args(arguments)
    sizes = given.sizes or (SMALL if given.small else FULL)
    about = "two minutes" if given.small else "twenty minutes, fewer on a fast machine"
    print(
        f"Graphs of {', '.join(sizes)}" + ("" if given.sizes else f": this takes about {about}."), flush=True
    )
    begun = time.perf_counter()
    engines = environment(given.engines) if given.engines else None
    with tempfile.TemporaryDirectory() as folder:
        rows = list(measure(sizes, Path(folder), engines=engines, runs=given.runs, rounds=30, hub=HUB))
    print(f"\nDone in {(time.perf_counter() - begun) / 60:.1f} minutes.\n\n{table(rows)}")
    return 1 if sizes == FULL and any(row.met is False for row in rows) else 0


def _clock(found: Comparison) -> str:
    return f"on the clock; {found.cpu:.2f} of CPU time"


def _say(what: str) -> None:
    print(f"== {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
