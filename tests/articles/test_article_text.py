"""Plain text: headline, datelines, and what agencies wrap around a story."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.articles import Article, parse_text, read
from kg.errors import ArticleError

FIXTURES = Path(__file__).parent / "fixtures"
SEED_FOLDER = Path(__file__).parents[3] / "shared" / "articles"


def only(path: Path) -> Article:
    (article,) = read(path)
    return article


def test_agency_story_is_unwrapped_and_loses_its_end_mark() -> None:
    article = only(FIXTURES / "agency-wrapped.txt")
    assert article.text.split("\n\n") == [
        "LJUBLJANA, March 12 (Newsco) -- The presidents of Slovenia and Montenegro held talks here on Tuesday"
        " about rail links, the office of the Slovenian president said in a statement.",
        "They agreed to meet again in Podgorica before the end of the year.",
    ]
    assert (article.publisher, article.published, article.dateline_city) == ("Newsco", None, "LJUBLJANA")
    assert article.id.startswith("undated-newsco-")


def test_syndicated_story_gives_publisher_date_and_identifier() -> None:
    article = only(FIXTURES / "syndicated-crlf.txt")
    assert article.publisher == "LAKEWIRE"
    assert article.published == date(2022, 11, 3)
    assert article.identifier == "990017"
    assert article.text == (
        "The prime minister of Malta landed in Tunis on Thursday.\n\nHe is to leave on Saturday."
    )


def test_newspaper_story_has_headline_and_its_own_date_line() -> None:
    article = only(FIXTURES / "newspaper.txt")
    assert article.headline == "Two neighbours bury a quarrel over fish"
    assert article.published == date(2022, 6, 9)
    assert "2022" not in article.text
    assert article.text.startswith("Two neighbours bury a quarrel over fish\n\nBy Ada Example\n\nThe foreign")


def test_bulletin_has_a_dateline_for_each_story() -> None:
    article = only(FIXTURES / "bulletin.txt")
    assert [found.city for found in article.datelines] == ["LIMA", "LA PAZ"]
    for found in article.datelines:
        assert article.text[found.start :].startswith(found.city or "?")
        assert article.text[found.start : found.end].endswith("-")


DATELINES = {
    "capitals, day, agency": ("TIRANA, May 16 (Newsco) - Two met.", "TIRANA", date(2024, 5, 16), "Newsco"),
    "capitals and agency": ("TIRANA (Newsco) - Two met.", "TIRANA", None, "Newsco"),
    "small letters, day, agency": (
        "Tirana, May 16 (Newsco) -- Two met.",
        "Tirana",
        date(2024, 5, 16),
        "Newsco",
    ),
    "agency in strokes": ("TIRANA, May 16. /NEWSCO/. Two met.", "TIRANA", date(2024, 5, 16), "NEWSCO"),
    "region": ("ST. PETERSBURG, Russia, Sept. 5 — Two met.", "ST. PETERSBURG", date(2024, 9, 5), None),
    "two cities": ("TIRANA/ATHENS - Two met.", "TIRANA", None, None),
    "day before month": ("TIRANA, 16 May - Two met.", "TIRANA", date(2024, 5, 16), None),
    "apostrophe": ("N'DJAMENA, May 16 - Two met.", "N'DJAMENA", date(2024, 5, 16), None),
    "accents": ("BOGOTÁ — Two met.", "BOGOTÁ", None, None),
    "turn of the year": ("TIRANA, Dec 31 - Two met.", "TIRANA", date(2023, 12, 31), None),
    "city alone": ("NEW DELHI\n\nTwo met.", "NEW DELHI", None, None),
    "city and day, full stop": ("TIRANA, May 16. Two met.", "TIRANA", date(2024, 5, 16), None),
    "small letters and day, colon": ("Tirana, May 16: Two met.", "Tirana", date(2024, 5, 16), None),
    "capitals, colon": ("NEW DELHI: Two met.", "NEW DELHI", None, None),
    "day first": ("16 MAY 2024 (TIRANA) --- Two met.", "TIRANA", date(2024, 5, 16), None),
    "underscore": ("TIRANA (NC) _ Two met.", "TIRANA", None, "NC"),
    "colon after an agency": ("TIRANA (NEWSCO): Two met.", "TIRANA", None, "NEWSCO"),
}


@pytest.mark.parametrize("name", DATELINES)
def test_dateline_stays_in_the_text(name: str) -> None:
    text, city, day, agency = DATELINES[name]
    published = "2024-01-02" if name == "turn of the year" else "2024-05-17"
    article = parse_text(f"---\npublished: {published}\n---\n{text}")
    assert article.text == text
    assert article.dateline is not None
    assert (article.dateline_city, article.dateline_date, article.dateline.agency) == (city, day, agency)
    assert article.text[article.dateline.end :].strip() == "Two met."


@pytest.mark.parametrize(
    "text",
    [
        "BREAKING - Two met.",
        "UPDATE 1 - Two met.",
        "QUESTION: Have they met?",
        "PRIME MINISTER ADA EXAMPLE: We have met.",
        "May 16 - Two met.",
        "The president - a farmer - met two others.",
        "Peace - at last.",
        "NATO's guests met.",
        "Oslo is far away.",
        "The minister (a lawyer) - spoke.",
        "Ada Example (right) - the host.",
    ],
)
def test_prose_and_labels_are_no_datelines(text: str) -> None:
    assert parse_text(text).dateline is None
    assert parse_text(text).text == text


CREDITS = {
    "date 2024-05-16 (NEWSCO) Two met.": ("NEWSCO", date(2024, 5, 16)),
    "16 May 2024 (Newsco) Two met.": ("Newsco", date(2024, 5, 16)),
    "(NEWSCO) Two met.": ("NEWSCO", None),
    "(NEWSCO - LAKEWIRE) Two met.": ("NEWSCO - LAKEWIRE", None),
    "Published: May 16, 2024 Two met.": (None, date(2024, 5, 16)),
    "Last updated: Thu, 16 May 2024 14:05 GMT\nTwo met.": (None, date(2024, 5, 16)),
    "16th May 2024\n\nTwo met.": (None, date(2024, 5, 16)),
    "2024/05/16 | Two met.": (None, date(2024, 5, 16)),
}


@pytest.mark.parametrize("text", CREDITS)
def test_credit_becomes_metadata(text: str) -> None:
    article = parse_text(text)
    assert (article.publisher, article.published) == CREDITS[text]
    assert article.text == "Two met."


@pytest.mark.parametrize(
    "text",
    [
        "16 May 2024 was the day on which two met.",
        "Dated 16 May 2024, the letter says little.",
        "May 16 saw two of them meet.",
        "(Kyiv) Two met.",
        "(UPDATE) Two met.",
        "(This is a correction.) Two met.",
        "16 May 2024 (Moscow time) was a long day.",
        "2024-13-45 (NEWSCO) Two met.",
    ],
)
def test_prose_is_no_credit(text: str) -> None:
    article = parse_text(text)
    assert (article.text, article.published, article.publisher) == (text, None, None)


def test_dateline_with_a_year_gives_the_day_of_publication() -> None:
    article = parse_text("TIRANA, May 16, 2024 (Newsco) - Two met.")
    assert (article.published, article.publisher) == (date(2024, 5, 16), "Newsco")


@pytest.mark.parametrize("code", ["ABC16052024000045ID7", "LONGAGENCY16052024ID1234567890"])
def test_syndication_code_of_any_agency(code: str) -> None:
    article = parse_text(f"Two met.\n\n{code}\n\n###\n")
    assert article.text == "Two met."
    assert article.published == date(2024, 5, 16)
    assert article.identifier == code.rpartition("ID")[2]


@pytest.mark.parametrize("code", ["ABC99992024000045ID7", "abc16052024000045ID7", "ABC16052024000045"])
def test_what_is_not_quite_a_syndication_code_stays(code: str) -> None:
    article = parse_text(f"Two met.\n\n{code}")
    assert article.text.endswith(code)
    assert article.identifier is None


@pytest.mark.parametrize(
    "first",
    [
        "It was over before noon.",
        "Tirana",
        "they met by the lake",
        "The two agreed on this:",
        "A line that goes on and on " * 6 + "and ends",
    ],
)
def test_first_line_that_is_no_headline(first: str) -> None:
    assert parse_text(f"{first}\n\nTwo met.").headline is None


def test_front_matter_wins_over_what_stands_around_the_text() -> None:
    article = parse_text(
        "---\npublisher: Lake Courier\npublished: 2024-05-17\n---\n16 May 2024 (NEWSCO) Two met."
    )
    assert (article.publisher, article.published) == ("Lake Courier", date(2024, 5, 17))


def test_lines_that_end_like_sentences_are_not_joined() -> None:
    text = "The president of one country came by train to the lake.\nThe president of another came by boat."
    assert parse_text(text).text == text


@pytest.mark.parametrize("text", ["", " \n\t\n", "---\ntitle: Only a title\n---\n", "16 May 2024", "###"])
def test_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(ArticleError) as caught:
        parse_text(text, "a.txt")
    assert caught.value.where == "a.txt"
    assert caught.value.hint


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(ArticleError, match="1,199,999 characters"):
        parse_text("word " * 240_000)


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("Two\nm\x02et", "U+0002", "a.txt, line 2, column 2"),
        ("Two m\x92et", "U+0092", "a.txt, line 1, column 6"),
        ("\ud800", "U+D800", "a.txt, line 1, column 1"),
    ],
)
def test_control_character_is_refused_with_its_place(text: str, code: str, where: str) -> None:
    with pytest.raises(ArticleError) as caught:
        parse_text(text, "a.txt")
    assert code in caught.value.what
    assert caught.value.where == where


@pytest.mark.skipif(not SEED_FOLDER.is_dir(), reason="the original articles are not beside this project")
def test_seed_article_as_received() -> None:
    (article,) = [found for found in read(SEED_FOLDER) if found.identifier == "1108221654"]
    assert article.published == date(2024, 5, 16)
    assert article.publisher == "MENAFN"
    assert article.id.startswith("2024-05-16-menafn-")
    assert article.headline is None
    assert article.text.startswith("Russian President Vladimir Putin")
    assert article.text.endswith(".")
    assert "MENAFN" not in article.text
    assert "\n\n\n" not in article.text
