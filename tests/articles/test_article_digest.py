"""The digest of the seed article that the bundled graph is built from."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kg.articles import Article, read

ROOT = Path(__file__).parents[2]
DIGEST = ROOT / "articles" / "2024-05-16-menafn-putin-beijing.md"
SEED_FOLDER = ROOT.parent / "shared" / "articles"


@pytest.fixture
def digest() -> Article:
    (article,) = read(DIGEST)
    return article


def test_front_matter_names_the_original(digest: Article) -> None:
    assert digest.publisher == "MENAFN"
    assert digest.published == date(2024, 5, 16)
    assert digest.identifier == "1108221654"
    assert digest.based_on is not None
    assert (digest.dateline_city, digest.dateline_date) == ("BEIJING", date(2024, 5, 16))


def test_nothing_planned_is_told_as_done(digest: Article) -> None:
    assert "expected to be signed" in digest.text
    assert "is to hold talks" in digest.text
    assert not re.search(r"\b(?:have|has|had|was|were) (?:been )?signed\b|\bthey signed\b", digest.text)


@pytest.mark.skipif(not SEED_FOLDER.is_dir(), reason="the original articles are not beside this project")
def test_no_run_of_six_words_is_the_publishers(digest: Article) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9]+", text.lower())
        return {tuple(words[start : start + 6]) for start in range(len(words) - 5)}

    (original,) = [found for found in read(SEED_FOLDER) if found.identifier == digest.identifier]
    assert runs(original.text)
    assert not runs(original.text) & runs(digest.text)
