"""Articles on one visit, as a user would read them in: one event, its status, what joined it, and where they disagree."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.knowledge_graph import KnowledgeGraph

if TYPE_CHECKING:
    from tests.cli.conftest import Run

# Invented news; the people are in the reference facts.
ARTICLES = {
    "preview": (
        "Lake Courier", "2026-04-12", "Macron to visit Kazakhstan",
        "French President Emmanuel Macron will visit Kazakhstan next month.",
    ),
    "arrival": (
        "Steppe Gazette", "2026-05-16", "Macron arrives in Astana",
        "French President Emmanuel Macron arrived in Astana on 16 May 2026 for a state visit to Kazakhstan.",
    ),
    "follow-up": (
        "Harbour Post", "2026-05-20", "Macron back from Kazakhstan",
        "French President Emmanuel Macron visited Kazakhstan from 17 May to 18 May 2026.",
    ),
    "soon": (
        "Hill Herald", "2026-04-20", "Macron plans a journey",
        "French President Emmanuel Macron will visit Kazakhstan soon.",
    ),
    "autumn": (
        "Steppe Gazette", "2026-10-03", "Macron in Astana again",
        "French President Emmanuel Macron arrived in Astana on 2 October 2026.",
    ),
    "postponed": (
        "Hill Herald", "2026-05-10", "Visit put off",
        "The visit of French President Emmanuel Macron to Kazakhstan was postponed.",
    ),
    "correction": (
        "Harbour Post", "2026-05-22", "Correction",
        "French President Emmanuel Macron visited Kazakhstan from 16 May to 18 May 2026, not from 17 May.",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "store"
    KnowledgeGraph.init(path, empty=True).close()
    return path


@pytest.fixture
def store(empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(empty, tmp_path / "store")
    monkeypatch.setenv("KG_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def read(run: Run, *names: str) -> dict[str, str]:
    """Read articles in, in this order; answers their ids."""
    paths = []
    for name in names:
        publisher, published, headline, body = ARTICLES[name]
        path = Path(f"{name}.md")
        path.write_text(f"---\ntitle: {headline}\npublisher: {publisher}\ndate: {published}\n---\n\n{body}\n")
        paths.append(path)
    done = run("ingest", *paths)
    assert done.code == 0, done.err
    ids = [line.split()[1].rstrip(":") for line in done.err.splitlines() if line.startswith("added")]
    return dict(zip(names, ids, strict=True))


def rows(run: Run, *arguments: str) -> list[dict[str, str]]:
    done = run("query", *arguments, "--format", "json")
    assert done.code == 0, done.err
    return [{k: v["value"] for k, v in row.items()} for row in json.loads(done.out)["results"]["bindings"]]


def test_three_articles_on_one_visit(run: Run, store: Path) -> None:
    read(run, "preview")
    (visit,) = rows(run, "visits")
    assert (visit["start"], visit["status"]) == ("2026-05", "planned")
    first_name = visit["visit"]
    read(run, "arrival")
    (visit,) = rows(run, "visits")
    assert (visit["start"], visit["status"], visit["kind"]) == ("2026-05-16", "under way", "state visit")
    read(run, "follow-up")
    (visit,) = rows(run, "visits")
    assert (visit["start"], visit["end"], visit["status"]) == ("2026-05-17", "2026-05-18", "occurred")

    (odd,) = rows(run, "contradictions")
    assert odd["property"].endswith("startDate")
    assert (odd["value"], odd["sources"]) == ("2026-05-16", "Steppe Gazette 2026-05-16")
    assert (odd["otherValue"], odd["otherSources"]) == ("2026-05-17", "Harbour Post 2026-05-20")

    label = "Visit of Emmanuel Macron to Kazakhstan, May 2026"
    told = run("why", label).out
    assert told.startswith(label)
    assert "told by 3 articles" in told
    assert "lies within 2026-05, and nothing else told does" in told
    # The name that the first article gave it still leads there.
    assert run("why", first_name).out == told
    assert rows(run, "evidence", f"thing={first_name}") == rows(run, "evidence", f"thing={visit['visit']}")


def test_the_order_of_reading_does_not_matter(run: Run, store: Path) -> None:
    read(run, "follow-up", "soon", "arrival", "preview")
    one = run("export").out
    for identifier in read(run, "autumn").values():
        assert run("retract", identifier).code == 0
    assert run("export").out == one
    (visit,) = rows(run, "visits")
    assert (visit["start"], visit["end"], visit["status"]) == ("2026-05-17", "2026-05-18", "occurred")


def test_retracting_the_article_that_told_the_day_parts_what_it_joined(run: Run, store: Path) -> None:
    read(run, "soon")
    before = run("export").out
    ids = read(run, "arrival")
    assert len(rows(run, "visits")) == 1
    assert run("retract", ids["arrival"]).code == 0
    assert run("export").out == before
    (visit,) = rows(run, "visits")
    assert visit["status"] == "planned"
    assert "start" not in visit


def test_two_visits_stay_two_and_what_fits_both_joins_neither(run: Run, store: Path) -> None:
    read(run, "arrival", "autumn", "soon")
    assert [(v.get("start"), v["status"]) for v in rows(run, "visits")] == [
        ("2026-05-16", "under way"),
        ("2026-10-02", "under way"),
        (None, "planned"),
    ]


def test_why_as_json_says_what_joined(run: Run, store: Path) -> None:
    read(run, "soon", "arrival")
    (visit,) = rows(run, "visits")
    found = json.loads(run("why", visit["visit"], "hostState", "--json").out)
    names = {reason["toldAs"]: reason["joined"] for reason in found["reasons"]}
    assert found["thing"] == visit["visit"]
    assert len(names) == 2
    assert any("announced in an article of 2026-04-20" in because for because in names.values())
    assert all(triple["shown"] for reason in found["reasons"] for triple in reason["triples"])


@pytest.mark.parametrize("gone", ["preview", "arrival", "follow-up"])
def test_retracting_any_of_the_three_leaves_what_the_others_say(run: Run, store: Path, gone: str) -> None:
    others = [name for name in ("preview", "arrival", "follow-up") if name != gone]
    read(run, *others)
    without = run("export").out
    ids = read(run, gone)
    (visit,) = rows(run, "visits")
    assert visit["status"] == "occurred"
    assert run("retract", ids[gone]).code == 0
    assert run("export").out == without
    assert len(rows(run, "contradictions")) == (gone == "preview")


def test_postponed_then_told_for_another_month(run: Run, store: Path) -> None:
    read(run, "preview", "postponed")
    (visit,) = rows(run, "visits")
    assert visit["status"] == "postponed"
    before = run("export").out
    ids = read(run, "autumn")
    found = {v.get("start"): v["status"] for v in rows(run, "visits")}
    assert found == {"2026-05": "postponed", "2026-10-02": "under way"}
    assert run("retract", ids["autumn"]).code == 0
    assert run("export").out == before


def test_a_later_correction_goes_before_and_what_it_corrects_stays_visible(run: Run, store: Path) -> None:
    read(run, "follow-up", "correction")
    (visit,) = rows(run, "visits")
    assert (visit["start"], visit["end"]) == ("2026-05-16", "2026-05-18")
    (odd,) = rows(run, "contradictions")
    assert {odd["value"], odd["otherValue"]} == {"2026-05-16", "2026-05-17"}
