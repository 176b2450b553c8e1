"""Each verb does what it says, and has help that says it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.cli.group import VERBS
from kg.knowledge_graph import KnowledgeGraph

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(run: Run, verb: str) -> None:
    done = run(verb, "--help")
    assert done.code == 0
    assert re.search(r"Examples:\n +.*\bkg .*" + verb, done.out)
    assert run(verb, "-h").out == done.out


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_a_method_and_a_module(verb: str) -> None:
    assert callable(getattr(KnowledgeGraph, verb))
    assert (Path(__file__).parents[2] / "kg" / "cli" / f"{verb}.py").is_file()


def test_help_lists_the_verbs_and_the_exit_codes(run: Run) -> None:
    out = run("--help").out
    assert all(re.search(rf"^  {verb} ", out, re.MULTILINE) for verb in VERBS)
    assert "..." not in out.partition("Commands:")[2]
    assert "Exit codes" in out


def test_version(run: Run) -> None:
    assert re.fullmatch(r"kg \d+\.\d+\.\d+\n", run("--version").out)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(run: Run, shell: str) -> None:
    done = run("--completion", shell)
    assert done.code == 0
    assert "_KG_COMPLETE" in done.out


def test_query_works_without_a_store_and_makes_none(run: Run) -> None:
    done = run("query", "visits")
    assert done.code == 0
    assert done.out.startswith("visit")
    assert list(Path.cwd().iterdir()) == []


def test_query_without_options_takes_a_short_way_to_the_same_answer(run: Run) -> None:
    assert run("query", "members", "organization=BRICS") == run(
        "query", "--format", "table", "members", "organization=BRICS"
    )
    assert run("query", "nonesuch").err == run("query", "--timeout", "9", "nonesuch").err


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        pytest.param(["-e", "ASK { state:CN a smt:State }"], "", id="option"),
        pytest.param(["-f", "q.rq"], "", id="file"),
        pytest.param(["-f", "-"], "ASK { state:CN a smt:State }", id="dash"),
        pytest.param([], "ASK { state:CN a smt:State }", id="stdin"),
    ],
)
def test_four_ways_to_give_a_query(run: Run, arguments: list[str], stdin: str) -> None:
    Path("q.rq").write_text("ASK { state:CN a smt:State }")
    done = run("query", *arguments, stdin=stdin)
    assert (done.code, done.out) == (0, "true\n")


@pytest.mark.parametrize("format", ["json", "csv", "tsv", "xml", "markdown", "table"])
def test_rows_in_every_format(run: Run, format: str) -> None:
    done = run("query", "-F", format, "-e", "SELECT ?l { state:CN smt:isoAlpha2 ?l }")
    assert done.code == 0
    assert "CN" in done.out


@pytest.mark.parametrize("format", [None, "turtle", "nt", "jsonld", "rdfxml"])
def test_triples_in_every_format(run: Run, format: str | None) -> None:
    options = ["-F", format] if format else []
    done = run("query", *options, "-e", "CONSTRUCT { state:CN a smt:State } {}")
    assert done.code == 0
    assert "State" in done.out


def test_queries_lists_and_tells(run: Run) -> None:
    assert "visits\n" in run("queries").out
    assert "Parameters" in run("queries", "visits").out
    assert "visits" in {query["name"] for query in json.loads(run("queries", "--json").out)}


def test_init_makes_a_store_once(run: Run) -> None:
    assert run("init").code == 0
    assert run("info").out.startswith(".kg\n")
    again = run("init")
    assert again.code == 3
    assert "already" in again.err


def test_init_empty_has_the_reference_facts_only(run: Run) -> None:
    assert run("--store", "empty", "init", "--empty").code == 0
    facts = json.loads(run("--store", "empty", "info", "--json").out)
    assert facts["articles"] == facts["claims"] == 0
    assert facts["things"]["State"] > 190


def test_the_store_can_come_from_the_environment(
    run: Run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(made))
    assert run("info").out.startswith(str(made))
    assert run("query", "visits").code == 0


def test_add_query_why_and_retract(run: Run, store: Path, good: Path) -> None:
    before = json.loads(run("--store", store, "info", "--json").out)
    added = run("--store", store, "add", good)
    assert added.code == 0, added.err
    name = re.search(r"id/(addition/[0-9a-f]{12})", added.err)
    assert name is not None
    visits = run("--store", store, "query", "-F", "csv", "visits", "since=2031").out
    assert "planned" in visits
    why = run("--store", store, "why", "Visit from France to China, January 2031", "hostState")
    assert "good.ttl" in why.out
    assert "state:CN" in why.out
    assert "nothing new" in run("--store", store, "add", good).err
    assert run("--store", store, "retract", name[1].partition("/")[2]).code == 0
    after = json.loads(run("--store", store, "info", "--json").out)
    assert after.pop("bytes") > 0
    assert before.pop("bytes") > 0
    assert after == before


def test_add_refuses_whole_what_breaks_the_shapes(run: Run, store: Path, good: Path, bad: Path) -> None:
    before = json.loads(run("--store", store, "info", "--json").out)["quads"]
    bad.write_text(bad.read_text().replace("visit:mine", "visit:other"))
    done = run("--store", store, "add", good, bad)
    assert done.code == 1
    assert "bad.ttl:8:29: A visit must be to one state at most" in done.err
    assert "one state at most" in done.err
    assert json.loads(run("--store", store, "info", "--json").out)["quads"] == before
    assert run("--store", store, "query", "-e", "ASK { ?s ?p visit:mine }").out == "false\n"


def test_validate(run: Run, good: Path, bad: Path) -> None:
    assert run("validate", good).code == 0
    done = run("validate", "--format", "json", bad)
    assert done.code == 1
    report = json.loads(done.out)
    assert report["conforms"] is False
    assert report["findings"][0]["file"] == str(bad)
    assert list(Path.cwd().iterdir()) == []


def test_why_as_json(run: Run) -> None:
    told = json.loads(run("why", "--json", "state:CN", "isoAlpha2").out)
    assert told["label"] == "China"
    assert told["reasons"][0]["triples"][0]["value"] == "CN"


def test_export_to_a_file_is_what_goes_to_standard_output(run: Run) -> None:
    assert run("export", "-F", "nt", "-o", "out.nt").out == ""
    assert Path("out.nt").read_text(encoding="utf-8") == run("export", "-F", "nt").out
    assert [path.name for path in Path.cwd().iterdir()] == ["out.nt"]


@pytest.mark.nlp
def test_ingest_then_ask_why_then_retract(run: Run, store: Path) -> None:
    pytest.importorskip("spacy")
    article = "PARIS, March 3, 2031 (Wire) - French President Emmanuel Macron arrived in Beijing on Monday.\n"
    Path("a.txt").write_text(article)
    dry = run("--store", store, "ingest", "--dry-run", "a.txt")
    assert dry.code == 0, dry.err
    assert "Macron" in dry.out
    done = run("--store", store, "ingest", "a.txt")
    assert done.code == 0, done.err
    assert "added" in done.err
    assert "known" in run("--store", store, "ingest", "-", stdin=article).err
    name = re.search(r"added +(\S+):", done.err)
    assert name is not None
    claims = run("--store", store, "query", "-F", "csv", "visits", "visitor=Emmanuel Macron").out
    assert "China" in claims
    assert run("--store", store, "retract", name[1]).code == 0
    assert (
        json.loads(run("--store", store, "info", "--json").out)["articles"]
        == (json.loads(run("info", "--json").out)["articles"])
    )


def test_why_takes_last_names_as_queries_do(run: Run) -> None:
    assert "person:vladimir-putin" in run("why", "Putin").out
    several = run("why", "President")
    assert several.code == 2
    assert several.err.count("office:president-of-") == 3
    assert run("why", "Qqqq").code == 2


def test_retract_offers_only_what_looks_like_it(run: Run, store: Path) -> None:
    near = run("--store", store, "retract", "2024-05-16-menafn-7686305acb2d").err
    assert "perhaps 2024-05-16-menafn-7686305acb2c" in near
    assert "perhaps" not in run("--store", store, "retract", "2031-11-23-lake-courier-aaaaaaaaaaaa").err
