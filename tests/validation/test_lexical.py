"""Literals, character by character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, parse

from kg.namespaces import XSD
from kg.validation import check_literals
from kg.validation.lexical import problem

GOOD = [
    ("date", "2024-05-16"),
    ("date", "2024-02-29"),
    ("date", "2000-02-29Z"),
    ("date", "-0044-03-15"),
    ("date", "12024-05-16+14:00"),
    ("dateTime", "2024-05-16T12:00:00Z"),
    ("dateTime", "2024-05-16T24:00:00"),
    ("dateTime", "2024-05-16T12:00:00.123-05:00"),
    ("gYear", "2024"),
    ("gYearMonth", "2024-05"),
    ("integer", "+075"),
    ("integer", "-1"),
    ("nonNegativeInteger", "0"),
    ("nonNegativeInteger", "-0"),
    ("positiveInteger", "001"),
    ("decimal", "0.90"),
    ("decimal", ".5"),
    ("boolean", "1"),
    ("anyURI", "https://example.org/a?b=c#d"),
    ("duration", "P1Y2M3DT4H5M6.7S"),
    ("duration", "-P1D"),
    ("double", "1.5e3"),
    ("string", "anything at all"),
]
BAD = [
    ("date", "2024-02-30"),
    ("date", "2023-02-29"),
    ("date", "1900-02-29"),
    ("date", "2024-04-31"),
    ("date", "2024-13-01"),
    ("date", "2024-5-16"),
    ("date", "2024-05"),
    ("date", "2024-05-16T12:00:00Z"),
    ("date", " 2024-05-16"),
    ("date", "2024-05-16\n"),
    ("date", "２０２４-05-16"),
    ("date", "-0000-01-01"),
    ("date", "02024-05-16"),
    ("date", "2024-05-16+15:00"),
    ("date", ""),
    ("dateTime", "2024-05-16"),
    ("dateTime", "2024-05-16T25:00:00"),
    ("dateTime", "2024-02-30T12:00:00"),
    ("dateTime", "2024-05-16 12:00:00"),
    ("gYear", "24"),
    ("gYear", "May 2024"),
    ("gYearMonth", "2024-00"),
    ("integer", "75.0"),
    ("integer", "٧٥"),
    ("nonNegativeInteger", "-1"),
    ("positiveInteger", "0"),
    ("decimal", "1e3"),
    ("decimal", "0,9"),
    ("boolean", "True"),
    ("anyURI", "not a uri"),
    ("duration", "P"),
    ("duration", "P1DT"),
    ("duration", "two days"),
    ("double", "1.5f"),
    ("Date", "2024-05-16"),
]


@pytest.mark.parametrize(("datatype", "text"), GOOD)
def test_good(datatype: str, text: str) -> None:
    assert problem(Literal(text, datatype=XSD[datatype])) is None


@pytest.mark.parametrize(("datatype", "text"), BAD)
def test_bad(datatype: str, text: str) -> None:
    assert problem(Literal(text, datatype=XSD[datatype])) is not None


@given(st.dates())
def test_every_day_of_the_calendar_is_good(day: object) -> None:
    assert problem(Literal(str(day), datatype=XSD.date)) is None


@given(st.integers(), st.decimals(allow_nan=False, allow_infinity=False))
def test_every_number_that_python_writes_is_good(whole: int, part: object) -> None:
    assert problem(Literal(str(whole), datatype=XSD.integer)) is None
    assert problem(Literal(f"{part:f}", datatype=XSD.decimal)) is None


def test_datatypes_of_others_are_left_alone() -> None:
    assert problem(Literal("x", datatype=XSD["string"])) is None
    assert problem(Literal("x", language="en")) is None


def test_what_rdflib_would_repair_is_found_in_a_parsed_file() -> None:
    text = '<urn:v> <https://schema.org/startDate> "2024-05-16T12:00:00Z"^^<http://www.w3.org/2001/XMLSchema#date> .'
    report = check_literals(parse(text, format=RdfFormat.TURTLE), file="mine.ttl")
    assert [finding.file for finding in report.findings] == ["mine.ttl"]
    assert report.findings[0].message == (
        'The xsd:date "2024-05-16T12:00:00Z" of <urn:v> must be a day, such as 2024-05-16.'
    )
    assert not report.conforms
