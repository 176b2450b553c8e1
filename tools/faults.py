"""The faults of a SPARQL server, and what `kg` says of each.

    python tools/faults.py              # a table in Markdown
    python tools/faults.py --as-shown   # the lines that the command line prints

A small server on loopback misbehaves on purpose (tests/stores/endpoint); the tests compare the same messages.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.cli.talk import complain  # noqa: E402
from kg.errors import EndpointError, KgError  # noqa: E402
from kg.stores.endpoint import transport  # noqa: E402
from tests.stores.endpoint.scenarios import SCENARIOS, Scenario  # noqa: E402


def outcome(scenario: Scenario) -> tuple[KgError, int]:
    """The error that a fault gives, and how many requests the server got."""
    transport.MAX_VALUES = 1000 if "rows than fit" in scenario.name else 10_000_000  # type: ignore[misc,attr-defined]
    with scenario.run() as (made, requests):
        try:
            scenario.does(made)
        except KgError as error:
            return error, requests()
    raise AssertionError(f"{scenario.name}: no error")


def main(as_shown: bool) -> None:
    """Run all scenarios and print them."""
    for name in [name for name in os.environ if name.startswith("KG_") or name == "NETRC"]:
        del os.environ[name]
    os.environ["HOME"] = os.devnull
    transport.MAX_BYTES = 3_000_000  # type: ignore[misc]
    if not as_shown:
        print("| the server | kg says | and advises | requests | exit |\n|---|---|---|---|---|")
    for scenario in SCENARIOS:
        error, requests = outcome(scenario)
        if as_shown:
            sys.stderr.flush()
            print(f"## {scenario.name} (exit {error.exit_code})", file=sys.stderr)
            complain(error.what, where=error.where, hint=error.hint)
            continue
        maybe = (
            " The change may have been made." if isinstance(error, EndpointError) and scenario.sent else ""
        )
        cells = [scenario.name, error.what + maybe, error.hint or "", str(requests), str(error.exit_code)]
        print(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")


if __name__ == "__main__":
    main("--as-shown" in sys.argv[1:])
