"""What `kg ingest --explain` prints: each rule that fired, what it made, what was dropped and why; and it writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("spacy", reason="needs the extra nlp")

if TYPE_CHECKING:
    from tests.cli.conftest import Run

TEXT = (
    "---\npublisher: Lake Courier\ndate: 2024-05-16\n---\n\n"
    "Kenyan President William Ruto will visit Japan on May 20. "
    "French President Emmanuel Macron met Prime Minister Gabriel Attal in Paris. "
    "He said \x1b[31mnothing\u202e about it.\n"
)


@pytest.fixture
def article() -> Path:
    path = Path("article.md")
    path.write_text(TEXT.replace("\x1b", ""))
    return path


def test_a_rule_that_fired_shows_its_words_its_values_and_its_claim(run: Run, article: Path) -> None:
    done = run("ingest", "--explain", article)
    assert done.code == 0, done.err
    assert "  visit-verb: visit, planned -> claim " in done.out
    assert "»William Ruto« will »visit« »Japan« on »May 20«." in done.out
    assert "      visitor  William Ruto\n" in done.out
    assert "      start    2024-05-20\n" in done.out


def test_what_was_dropped_says_why(run: Run, article: Path) -> None:
    out = run("ingest", "--explain", article).out
    assert "  meet-verb: meeting, past, dropped: fewer than two leaders of different states\n" in out
    assert " 1 of them dropped\n" in out


def test_the_claims_follow_as_the_dry_run_prints_them(run: Run, article: Path) -> None:
    told = run("ingest", "--explain", article).out
    dry = run("ingest", "--dry-run", article).out
    assert told.endswith(dry)
    assert len(told) > len(dry)
    claims = [line for line in dry.splitlines() if "confidence" in line]
    for number in range(1, len(claims) + 1):  # each claim is the work of some rule
        assert f"-> claim {number}\n" in told or f" {number}\n" in told


def test_nothing_is_written_and_known_articles_are_read_again(run: Run, article: Path) -> None:
    first = run("ingest", "--explain", article).out
    assert not Path(".kg").exists()
    assert run("ingest", article).code == 0
    before = run("export", "--format", "nq").out
    assert run("ingest", "--explain", article).out == first
    assert run("export", "--format", "nq").out == before


def test_it_does_not_go_with_a_review(run: Run, article: Path) -> None:
    done = run("ingest", "--explain", "--review", article)
    assert done.code == 2
    assert "--explain" in done.err
