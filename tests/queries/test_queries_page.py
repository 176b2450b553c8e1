"""The page on stored queries is current, and its worked example works."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from kg.queries import load, run
from kg.queries.results import format_rows
from kg.stores.base import Table
from kg.stores.oxigraph import OxigraphStore


def test_list_is_current(root: Path) -> None:
    tool = root / "tools" / "build_queries_page.py"
    done = subprocess.run([sys.executable, str(tool), "--check"], check=False)
    assert done.returncode == 0, "python tools/build_queries_page.py brings it up to date"


def test_worked_example_works(root: Path, tmp_path: Path, store: OxigraphStore) -> None:
    page = (root / "docs" / "queries.md").read_text(encoding="utf-8")
    example = re.search(r"```sparql\n(.*?)```", page, re.DOTALL)
    assert example is not None
    (tmp_path / "places.rq").write_text(example[1], encoding="utf-8")
    from kg.queries import bind

    query = load("places", tmp_path)
    answer = store.query(bind(query, {"state": "China"}, store))
    assert isinstance(answer, Table)
    assert answer.columns == tuple(column.name for column in query.columns)
    assert format_rows(answer, "csv").splitlines()[1:] == [
        "https://w3id.org/summitry/id/place/beijing-cn,Beijing,1",
        "https://w3id.org/summitry/id/place/harbin-cn,Harbin,1",
    ]


def test_number_of_questions_is_right(root: Path) -> None:
    from kg.queries import names

    words = {16: "Sixteen", 17: "Seventeen", 18: "Eighteen"}
    assert f"{words[len(names())]} questions" in (root / "docs" / "queries.md").read_text(encoding="utf-8")


def test_ways_to_name_a_state_are_as_the_page_says(store: OxigraphStore) -> None:
    ways = ("China", "Chinese", "CN", "state:CN", "https://w3id.org/summitry/id/state/CN")
    answers = [run(store, "visits", {"to": way}) for way in ways]
    assert all(answer == answers[0] for answer in answers)
