"""The files are what tools/build_reference.py builds from the source tables; and its parts by themselves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / ".." / "shared" / "data"
SCRIPT = ROOT / "tools" / "build_reference.py"


@pytest.fixture(autouse=True)
def _tools_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.skipif(not TABLES.is_dir(), reason=f"the source tables are not at {TABLES}")
def test_the_files_are_what_is_built() -> None:
    result = run("--tables", str(TABLES), "--check")
    assert result.returncode == 0, result.stderr


def test_missing_tables_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    before = {file: file.read_bytes() for file in (ROOT / "ontology" / "reference").iterdir()}
    result = run("--tables", str(tmp_path))
    assert result.returncode == 2
    assert "states.tsv" in result.stderr
    assert {file: file.read_bytes() for file in (ROOT / "ontology" / "reference").iterdir()} == before


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Democratic Republic of the Congo", "democratic-republic-of-the-congo"),
        ("N'Djamena", "ndjamena"),
        ("Łódź", "lodz"),
        ("Nuku‘alofa", "nukualofa"),
        ("G20", "g20"),
    ],
)
def test_slug(name: str, slug: str) -> None:
    from reference import names

    assert names.slug(name) == slug


def test_a_name_without_letters_has_no_slug() -> None:
    from reference import names

    with pytest.raises(ValueError, match="no letter"):
        names.slug("—")


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        ("2024", '"2024"^^xsd:gYear'),
        ("2024-05", '"2024-05"^^xsd:gYearMonth'),
        ("2024-05-16", '"2024-05-16"^^xsd:date'),
    ],
)
def test_a_date_keeps_its_precision(value: str, literal: str) -> None:
    from reference import turtle

    assert turtle.date(value) == literal


@pytest.mark.parametrize("value", ["", "16.5.2024", "2024-5", "about 2024"])
def test_what_is_no_date_is_refused(value: str) -> None:
    from reference import turtle

    with pytest.raises(ValueError, match="not a date"):
        turtle.date(value)


def test_turtle_escapes_and_sorts() -> None:
    from reference import turtle

    written = turtle.document(
        ["about"],
        {
            "state:ZZ": {"rdfs:label": [turtle.english('a "b" \\ c')]},
            "state:AA": {"a": ["smt:State"], "rdfs:label": [turtle.english("B"), turtle.english("A")]},
        },
    )
    assert written.startswith("# about\n\n@prefix smt:")
    assert written.index("state:AA") < written.index("state:ZZ")
    assert written.index('"A"@en') < written.index('"B"@en')
    assert '"a \\"b\\" \\\\ c"@en' in written
    assert "org:" not in written


def test_a_local_name_that_needs_escapes_is_refused() -> None:
    from reference import turtle

    with pytest.raises(ValueError, match="plain local name"):
        turtle.name("place", "st.-john's")


@pytest.mark.parametrize(
    ("alias", "label", "expected"),
    [
        ("Rafiq Hariri", "Rafic Hariri", True),
        ("Rafiq HARIRI", "Rafic Hariri", False),
        ("Choe Ryong Hae", "Kim Jae-ryong", False),
        ("Boris Iéltsin", "Boris Yeltsin", False),
        ("Papa Francisco", "Francis", False),
        ("note - Irakli Garibashvili", "Irakli Garibashvili", False),
        ("Juan Carlos I", "Juan Carlos I", True),
    ],
)
def test_which_names_are_kept(alias: str, label: str, expected: bool) -> None:
    from reference import people

    assert people.plausible(alias, label) is expected


def test_two_sources_agree_only_on_a_role_the_second_first_lists_soon_after() -> None:
    from reference import organizations

    assert organizations._agrees("1995", "1996")
    assert organizations._agrees("1995", "2015-03") is False
    # The first edition there is lists roles of any age.
    assert organizations._agrees("1965", "1990") is False
    assert organizations._agrees("2006", "2002") is False


def test_a_day_from_a_restricted_source_is_cut_to_its_year() -> None:
    from reference import leaders

    assert leaders._allowed("2007-02-26", "wikipedia", {"factbook", "wikipedia"}) == "2007"
    assert leaders._allowed("2007-02-26", "effective", {"factbook", "reign"}) == "2007"
    assert leaders._allowed("2007-02-26", "effective", {"archigos", "reign"}) == "2007-02-26"
    assert leaders._allowed("2007-02-26", "wikidata", {"wikidata"}) == "2007-02-26"
