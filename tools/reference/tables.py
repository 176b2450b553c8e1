"""Reading the source tables (--tables DIR) and the curated tables beside this file."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
Row = dict[str, str]


def source(tables: Path, file: str) -> list[Row]:
    """The rows of a source table: its first line names the sources, the second the columns."""
    lines = (tables / file).read_text(encoding="utf-8").splitlines()
    if not lines[0].startswith("#"):
        raise ValueError(f"{tables / file}: the first line does not name the sources")
    columns = lines[1].split("\t")
    rows = []
    for number, line in enumerate(lines[2:], start=3):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise ValueError(f"{tables / file}:{number}: {len(cells)} cells for {len(columns)} columns")
        rows.append(dict(zip(columns, cells, strict=True)))
    return rows


def curated_rows(file: str) -> list[Row]:
    """The rows of a curated table; lines that begin with # are remarks."""
    with (HERE / file).open(encoding="utf-8", newline="") as stream:
        lines = [line for line in stream if line.strip() and not line.startswith("#")]
    rows = []
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        if None in row or None in row.values():
            raise ValueError(f"{file}: wrong number of cells in {row}")
        rows.append({key: value.strip() for key, value in row.items()})
    return rows


def curated(file: str) -> dict[str, dict]:
    """A curated table in TOML."""
    with (HERE / file).open("rb") as stream:
        return tomllib.load(stream)


def split(cell: str) -> list[str]:
    """The values of a cell that holds several."""
    return [value.strip() for value in cell.split("|") if value.strip()]
