#!/usr/bin/env python3
"""Builds ontology/reference/*.ttl from the source tables and the curated tables under tools/reference/.

    python tools/build_reference.py [--tables DIR] [--check]

The source tables (states.tsv, cities.tsv, memberships.tsv, leaders.tsv; default folder ../shared/data) are not part of the
project; docs/reference-facts.md says what they hold. With --check nothing is written: the exit code is 1 where a file
differs from what would be built, 2 where the tables are missing or wrong.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from reference import headers, leaders, organizations, places, seats, states  # noqa: E402

OUTPUT = ROOT / "ontology" / "reference"


def build(tables: Path) -> dict[str, str]:
    """The text of every file by its name."""
    known_states = states.read(tables)
    known_places = places.read(tables, known_states)
    capitals = places.capitals(known_places, known_states)
    memberships = organizations.read_memberships(tables, set(known_states))
    known_people = leaders.read(tables)
    heads = leaders.read_heads(known_people)
    return {
        "states.ttl": states.build(known_states, capitals, headers.STATES),
        "places.ttl": places.build(known_places, headers.PLACES),
        "organizations.ttl": organizations.build_organizations(headers.ORGANIZATIONS),
        "memberships.ttl": organizations.build_memberships(memberships, headers.MEMBERSHIPS),
        "leaders.ttl": leaders.build(known_people, known_states, headers.LEADERS),
        "organization-heads.ttl": leaders.build(heads, known_states, headers.HEADS),
        "seats.ttl": seats.build_seats(known_states, headers.SEATS),
        "offices.ttl": seats.build_offices(known_states, headers.OFFICES),
    }


def main() -> int:
    """Writes or compares; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tables", type=Path, default=ROOT / ".." / "shared" / "data", metavar="DIR")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    arguments = parser.parse_args()
    try:
        files = build(arguments.tables)
    except (OSError, ValueError, KeyError) as error:
        print(f"build_reference: {error}", file=sys.stderr)
        return 2
    different = 0
    for file, content in files.items():
        path = OUTPUT / file
        if arguments.check:
            if not path.exists() or path.read_bytes() != content.encode("utf-8"):
                print(f"{path.relative_to(ROOT)} is not what would be built", file=sys.stderr)
                different = 1
        else:
            path.write_bytes(content.encode("utf-8"))
            print(f"{path.relative_to(ROOT)}: {len(content.encode('utf-8')):,} bytes")
    return different


if __name__ == "__main__":
    sys.exit(main())
