"""The scorer of the extraction: how it pairs and counts, and that it counts like the other one."""

from __future__ import annotations

import importlib.util
import json
import re
import warnings
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.extraction import history
from benchmarks.extraction.calibration import judge
from benchmarks.extraction.found import Found
from benchmarks.extraction.matching import KEYS, SLOTS, Counts, Normaliser, gold_rows, lay_beside
from benchmarks.extraction.running import HERE, SETS, run
from kg.bundled import bundled_quads
from kg.export import contents, serialize
from kg.operations.ingest import extractor_of, ingest
from kg.stores.oxigraph import OxigraphStore

OTHER = HERE.parents[2] / "shared" / "evaluation" / "score.py"
PLAIN = Normaliser()


def counts_of(gold: dict, found: dict) -> Counts:
    return lay_beside(gold_rows(gold, PLAIN), gold_rows(found, PLAIN))


def test_every_slot_counts_once_as_right_wrong_or_missed() -> None:
    gold = {"visits": [{"visitors": ["Ann Bo"], "to": "Chad", "start": "2024-05-16", "end": None}]}
    found = {"visits": [{"visitors": ["Ánn Bo"], "to": "Mali", "start": "2024-05", "status": "planned"}]}
    visits = counts_of(gold, found)["visits"]
    assert visits["visitors"] == [1, 1, 1]
    assert visits["to"] == [0, 1, 1]
    assert visits["start"] == [0.5, 1, 1]
    assert visits["status"] == [0, 0, 1]
    assert visits["end"] == [0, 0, 0]


def test_rows_without_a_common_key_slot_are_no_pair() -> None:
    gold = {"visits": [{"visitors": ["Ann Bo"], "to": "Chad", "start": "2024-05-16"}]}
    found = {"visits": [{"visitors": ["Cy Do"], "to": "Mali", "start": "2024-05-16"}]}
    assert counts_of(gold, found)["visits"]["start"] == [0, 1, 1]


def test_a_found_row_has_one_partner() -> None:
    visit = {"visitors": ["Ann Bo"], "to": "Chad"}
    assert counts_of({"visits": [visit, visit]}, {"visits": [visit]})["visits"]["to"] == [1, 2, 1]


def test_an_earlier_run_is_compared_slot_by_slot(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    before = counts_of({"organizations": ["NATO"]}, {})
    now = counts_of({"organizations": ["NATO"]}, {"organizations": ["NATO", "G7"]})
    history.save(path, "dev", {"01-x": before, "02-y": before})
    lines = list(history.differences(path, "dev", {"01-x": now, "03-new": now}))
    assert any("organizations.name" in line and "right 0 -> 1 of 1, wrong 0 -> 1" in line for line in lines)
    assert list(history.differences(path, "wire", {"01-x": now})) == []


def test_wire_stories_from_16_on_are_held_aside() -> None:
    assert [slug[:2] for slug in SETS["wire"].slugs("b")] == [f"{number}" for number in range(16, 36)]


@pytest.mark.parametrize("name", SETS)
def test_each_article_has_gold_of_the_right_form(name: str) -> None:
    articles = SETS[name]
    texts = {path.stem for path in (articles.folder / "articles").iterdir()}
    assert texts == set(articles.slugs())
    assert set(articles.slugs("a")) | set(articles.slugs("b")) == texts
    for slug in articles.slugs():
        gold = json.loads((articles.folder / "gold" / f"{slug}.json").read_text(encoding="utf-8"))
        article = articles.article(slug)
        assert set(gold) == {"article", *KEYS}, slug
        assert gold["article"]["title"] == article.headline, slug
        assert gold["article"]["published"] == str(article.published), slug
        leaders = {leader["name"] for leader in gold["leaders"]}
        for kind in ("visits", "meetings", "summits", "agreements"):
            for row in gold[kind]:
                assert set(SLOTS[kind]) <= set(row), f"{slug} {kind}"
                assert row["status"] in {
                    "planned",
                    "occurring",
                    "occurred",
                    "postponed",
                    "cancelled",
                    "signed",
                }
                dates = [row[slot] for slot in ("start", "end", "date") if row.get(slot)]
                assert all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", d) for d in dates), f"{slug} {dates}"
                assert {*row.get("visitors", []), *row.get("participants", [])} <= leaders, f"{slug} {row}"


@pytest.fixture(scope="module")
def other() -> ModuleType:
    if not OTHER.exists():
        pytest.skip(f"{OTHER.name} of the evaluation is not beside the checkout")
    spec = importlib.util.spec_from_file_location("other_score", OTHER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.load_aliases()
    return module


@pytest.mark.nlp
def test_totals_are_those_of_the_other_scorer(other: ModuleType) -> None:
    pytest.importorskip("spacy")
    articles = SETS["dev"]
    normalise = Normaliser(*articles.aliases)
    for slug in articles.slugs(only=["01", "07"]):
        store = OxigraphStore()
        store.inner.bulk_extend(bundled_quads(articles=False))
        list(ingest(store, [articles.article(slug)], extractor=lambda s=store: extractor_of(s)))
        gold = json.loads((articles.folder / "gold" / f"{slug}.json").read_text(encoding="utf-8"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what rdflib says of itself is not the matter here
            rows = other.Found(serialize(contents(store, "trig"), "trig")).rows()
        theirs = other.score(gold, rows)
        ours = lay_beside(gold_rows(gold, normalise), Found(store, normalise).rows())
        summed = {kind: [sum(column) for column in zip(*v.values(), strict=True)] for kind, v in ours.items()}
        assert summed == theirs, slug
        assert sum(values[0] for values in theirs.values()) > 0, slug


@pytest.mark.nlp
def test_articles_do_not_see_each_other_and_their_claims_are_judged() -> None:
    pytest.importorskip("spacy")
    articles = SETS["dev"]
    alone = list(run(articles, articles.slugs(only=["29"])))
    after = list(run(articles, articles.slugs(only=["01", "29"])))
    assert after[1].counts == alone[0].counts
    judged = judge(after)
    assert {claim.rule for claim in judged} >= {"office-title"}
    assert all(0 <= claim.right <= claim.stated for claim in judged)
    assert any(claim.right for claim in judged)
