"""Findings on the command line: formats, files, what was taken as context, and what a terminal is spared."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from rdflib import SH, Graph

from kg.rdf_files import FORMATS as READABLE
from kg.validation.reports import FORMATS

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]


def test_each_format_on_standard_output_and_in_a_file(run: Run, bad: Path, tmp_path: Path) -> None:
    for format in FORMATS:
        shown = run("validate", "-F", format, bad)
        assert shown.code == 1
        output = tmp_path / f"out.{format}"
        kept = run("validate", "-F", format, "-o", output, bad)
        assert (kept.code, kept.out) == (1, "")
        assert f"written to {output}" in kept.err
        assert output.read_text() == shown.out
    sarif = json.loads((tmp_path / "out.sarif").read_text())
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in sarif["runs"][0]["results"]]
    assert {(region["startLine"], region["startColumn"]) for region in regions} == {(8, 29)}
    assert len(list(Graph().parse(tmp_path / "out.turtle", format="turtle").subjects(SH.focusNode))) == 2
    assert ET.parse(tmp_path / "out.junit").getroot().get("failures") == "2"


def test_an_output_that_cannot_be_written_is_said(run: Run, bad: Path, tmp_path: Path) -> None:
    done = run("validate", "-o", tmp_path / "no" / "such" / "file", bad)
    assert done.code == 2
    assert "cannot be written" in done.err


def test_good_files_give_empty_reports(run: Run, good: Path) -> None:
    assert json.loads(run("validate", "-F", "sarif", good).out)["runs"][0]["results"] == []
    assert "sh:conforms true" in run("validate", "-F", "turtle", good).out
    assert ET.fromstring(run("validate", "-F", "junit", good).out).get("failures") == "0"


def test_context_is_said(run: Run, good: Path, store: Path) -> None:
    alone = "ontology, shapes and the reference facts alone"
    assert f"checked against {alone} (there is no store)" in run("validate", good).err
    assert f"checked against the store {store}" in run("--store", store, "validate", good).err
    done = run("--store", store, "validate", "--alone", good)
    assert f"checked against {alone}\n" in done.err
    found = run("--store", store, "validate", "--alone", "-F", "json", good).out
    assert json.loads(found)["context"] == alone


def test_alone_knows_nothing_of_the_store(run: Run, good: Path, store: Path, tmp_path: Path) -> None:
    assert run("--store", store, "add", good).code == 0
    more = tmp_path / "more.ttl"
    more.write_text(good.read_text().split("visit:mine")[0] + "visit:mine smt:hostState state:DE .\n")
    # In the store the visit is one to China already.
    assert "to one state at most" in run("--store", store, "validate", more).out
    assert "to one state at most" not in run("--store", store, "validate", "--alone", more).out


def test_alone_needs_no_store_that_can_be_opened(run: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("no store")
    assert run("--store", tmp_path / "other", "validate", good).code != 0
    assert run("--store", tmp_path / "other", "validate", "--alone", good).code == 0


def test_add_writes_the_report_where_it_refuses(
    run: Run, bad: Path, good: Path, store: Path, tmp_path: Path
) -> None:
    done = run("--store", store, "add", "-F", "sarif", bad)
    assert done.code == 1
    assert "nothing was written" in done.err
    assert json.loads(done.out)["runs"][0]["results"]
    output = tmp_path / "report.xml"
    assert run("--store", store, "add", "-F", "junit", "-o", output, bad).code == 1
    assert ET.parse(output).getroot().get("failures") == "2"
    assert run("--store", store, "add", "-F", "sarif", good).code == 0


def test_a_thousand_findings_are_summarised(run: Run, good: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.ttl"
    head, body = good.read_text().split("visit:mine")
    path.write_text(
        head + "".join(f"visit:n{n}{body.replace('smt:Planned', 'smt:Talks')}" for n in range(1000))
    )
    done = run("validate", path)
    assert "  … and 997 more (--all-findings shows them)" in done.out
    assert done.out.count("many.ttl:") == 3
    assert run("validate", "--all-findings", path).out.count("many.ttl:") == 1000


def test_control_characters_in_names_do_not_reach_the_terminal(run: Run, bad: Path) -> None:
    name = 'rdfs:label "\\u001B[2J\\u202Eevil\\u0007" ; a smt:Visit ;'
    text = bad.read_text().replace("a smt:Visit ;", name)
    bad.write_text("@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n" + text)
    for arguments in (["validate", bad], ["add", bad]):
        done = run("--store", "fresh", *arguments)
        assert "\\x1b[2J\\u202eevil\\x07" in done.out + done.err
        assert not any(char in done.out + done.err for char in "\x1b\u202e\x07")


XSD = "http://www.w3.org/2001/XMLSchema#"
WRONG = {
    "a.ttl": (f'<urn:a> <urn:b> 1 ,\n "soon"^^<{XSD}date> .', (2, 2)),
    "a.nq": (f'<urn:a> <urn:b> "1" .\n<urn:a> <urn:b> "075x"^^<{XSD}integer> .', (2, 17)),
    "a.rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="urn:">\n<rdf:Description '
        f'rdf:about="urn:a">\n  <b rdf:datatype="{XSD}date">2024-05-16T12:00:00Z</b></rdf:Description></rdf:RDF>',
        (3, 3),
    ),
    "a.jsonld": (
        f'{{"@id": "urn:a",\n "urn:b": [1, {{"@value": "2024-02-30",\n "@type": "{XSD}date"}}]}}',
        (2, 26),
    ),
    "b.jsonld": ('{"@id": "urn:a", "urn:c": 1,\n "urn:b": {"@value": "x", "@language": "no lang"}}', (2, 22)),
}


@pytest.mark.parametrize("name", WRONG)
def test_literals_that_are_wrong_are_found_in_every_format(
    run: Run, name: str, tmp_path: Path, store: Path
) -> None:
    text, place = WRONG[name]
    path = tmp_path / name
    path.write_text(text)
    found = json.loads(run("validate", "--alone", "-F", "json", path).out)["findings"]
    wrong = [each for each in found if each["shape"].endswith("Literal-lexicalForm")]
    assert [(each["line"], each["column"], each["known"]) for each in wrong] == [(*place, "triple")]
    done = run("--store", store, "add", path)
    assert done.code == 1
    assert f"{path}:{place[0]}:{place[1]}" in done.err


def hook() -> dict[str, object]:
    (entry,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return dict(entry)


def test_the_hook_takes_the_files_that_are_read() -> None:
    pattern = re.compile(str(hook()["files"]))
    # Not every .xml and .json is RDF.
    for extension in set(READABLE) - {".xml", ".json"}:
        assert pattern.search(f"data/a{extension}")
    assert not pattern.search("data/a.py")
    assert not pattern.search("turtle/readme.md")


def git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


def test_pre_commit_runs_the_hook(good: Path, bad: Path, tmp_path: Path) -> None:
    """As pre-commit does it, with our own entry; only its installing of the package is left out, which needs a network."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    words = shlex.split(str(hook()["entry"]))
    assert words[0] == "kg"
    local = {**hook(), "language": "system", "entry": shlex.join([sys.executable, "-m", *words])}
    config = {"repos": [{"repo": "local", "hooks": [local]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (folder / "good.ttl").write_text(good.read_text())
    (folder / "readme.md").write_text("no triples")
    git(folder, "add", ".")
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    own = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache")}
    done = subprocess.run(command, cwd=folder, env=own, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    (folder / "bad.ttl").write_text(bad.read_text().replace("visit:mine", "visit:other"))
    git(folder, "add", ".")
    done = subprocess.run(command, cwd=folder, env=own, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "bad.ttl:8:29: A visit must be to one state at most" in done.stdout


def test_the_hook_definition_is_one_that_pre_commit_accepts() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    subprocess.run(command, check=True)
