"""The table of stored queries by store: how many rows each has in a folder, and whether a server says the same.

    python tools/compare_stores.py [small|bundled]

Starts the servers that are installed, on loopback, with the graph of the tests (small) or the bundled one.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.stores.base import Store
from kg.stores.oxigraph import OxigraphStore
from tests.servers.asking import CASES, ask, quads_of
from tests.servers.running import NoServerError, oxigraph, virtuoso


def main(graph: str) -> int:
    """Print the table; 1 where an answer differs."""
    quads = quads_of(graph)
    embedded = OxigraphStore()
    embedded.inner.bulk_extend(quads)
    stores: dict[str, Store] = {}
    different = 0
    with ExitStack() as stack:
        for make in (oxigraph, virtuoso):
            try:
                server = stack.enter_context(make(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
            except NoServerError as error:
                print(f"left out: {error}", file=sys.stderr)
                continue
            stores[f"{server.name} {server.version}"] = stack.enter_context(server.fill(quads))
        print(f"| query | parameters | rows | {' | '.join(stores)} |")
        print("| --- | --- | ---: |" + " --- |" * len(stores))
        for query, values in CASES[graph].values():
            expected = ask(embedded, query, values)
            cells = []
            for store in stores.values():
                start = time.perf_counter()
                same = ask(store, query, values) == expected
                cells.append(
                    f"{'same' if same else 'DIFFERS'}, {1000 * (time.perf_counter() - start):.0f} ms"
                )
                different += not same
            rows = expected if isinstance(expected, str) else len(expected.rows)
            told = " ".join(f"{key}={value}" for key, value in values.items())
            print(
                f"| {query} | {told} | {'refused' if isinstance(rows, str) else rows} | {' | '.join(cells)} |"
            )
        asked = len(CASES[graph])
    print(
        f"\n{asked} questions of {len(stores)} servers: {different} answers differ from those of the embedded store."
    )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "small"))
