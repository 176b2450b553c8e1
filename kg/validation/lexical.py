"""Literals are what their datatype says, character by character, before any library repairs them.

rdflib reads `"2024-05-16T12:00:00Z"^^xsd:date` as a good date, and a store rewrites `"075"^^xsd:integer`.
So what a file says is checked as it was parsed, by the lexical rules of XSD 1.1.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.namespaces import RDF, SH, XSD
from kg.validation.report import SHAPES, Finding, Known, Report, Severity, compact

SHAPE = NamedNode(SHAPES + "Literal-lexicalForm")
COMPONENT = SH.DatatypeConstraintComponent.value

_YEAR = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DAY = r"-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = r"T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_DURATION = (
    r"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
    r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
)
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")

_PATTERNS: dict[str, tuple[re.Pattern[str], str]] = {
    "date": (re.compile(_YEAR + _DAY + _ZONE), "a day, such as 2024-05-16"),
    "dateTime": (re.compile(_YEAR + _DAY + _TIME + _ZONE), "a moment, such as 2024-05-16T12:00:00Z"),
    "gYear": (re.compile(_YEAR + _ZONE), "a year, such as 2024"),
    "gYearMonth": (re.compile(_YEAR + r"-(?:0[1-9]|1[0-2])" + _ZONE), "a month, such as 2024-05"),
    "integer": (re.compile(r"[+-]?[0-9]+"), "a whole number, such as 75"),
    "nonNegativeInteger": (re.compile(r"\+?[0-9]+|-0+"), "a whole number from 0 on, such as 75"),
    "positiveInteger": (re.compile(r"\+?0*[1-9][0-9]*"), "a whole number from 1 on, such as 75"),
    "decimal": (re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"), "a decimal number, such as 0.9"),
    "double": (
        re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"),
        "a number, such as 1.5e3",
    ),
    "boolean": (re.compile(r"true|false|0|1"), "true or false"),
    "duration": (re.compile(_DURATION), "a duration, such as P2D"),
}
_PATTERNS["float"] = _PATTERNS["double"]
# Datatypes of XSD that we do not use: their names are good, their values are not looked at.
_UNCHECKED = frozenset(
    {
        "string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "time", "gDay",
        "gMonth", "gMonthDay", "hexBinary", "base64Binary", "long", "int", "short", "byte",
        "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "negativeInteger",
        "nonPositiveInteger", "dayTimeDuration", "yearMonthDuration", "dateTimeStamp", "QName",
    }
)  # fmt: skip
_NEGATIVE_YEAR_ZERO = re.compile(r"-0000")


def problem(literal: Literal) -> str | None:
    """What a literal must be but is not, in words; None where nothing is wrong.

    >>> problem(Literal("2024-02-30", datatype=XSD.date))
    'a day of the calendar: 2024-02 has 29 days'
    >>> problem(Literal("2024-02-29", datatype=XSD.date)) is None
    True
    >>> problem(Literal("2024-05-16T12:00:00Z", datatype=XSD.date))
    'a day, such as 2024-05-16'
    """
    if literal.language is not None:
        return None if _LANGUAGE.fullmatch(literal.language) else "tagged with a language, such as en"
    if literal.datatype == RDF.langString:
        return "tagged with a language, such as en"
    if not literal.datatype.value.startswith(XSD.base):
        return None
    name = literal.datatype.value[len(XSD.base) :]
    if name == "anyURI":
        return "an address without spaces, quotes or brackets" if _NOT_IN_IRI.search(literal.value) else None
    if name not in _PATTERNS:
        return None if name in _UNCHECKED else f"of a datatype that exists: there is no xsd:{name}"
    pattern, meaning = _PATTERNS[name]
    match = pattern.fullmatch(literal.value)
    # The pattern letter classes are ASCII ones, so that digits of other scripts do not pass.
    if match is None or not literal.value.isascii() or _NEGATIVE_YEAR_ZERO.match(literal.value):
        return meaning
    if name in ("date", "dateTime"):
        return _impossible_day(match)
    return None


def meaning(datatype: str) -> str:
    """What a literal of a datatype is, in words.

    >>> meaning(XSD.date.value)
    'a day, such as 2024-05-16 (xsd:date)'
    >>> meaning("https://example.org/length")
    'a <https://example.org/length>'
    """
    name = datatype.removeprefix(XSD.base)
    if name in ("string", "anyURI"):
        return {"string": "a text without a language", "anyURI": "an address"}[name]
    if datatype == RDF.langString.value:
        return "a text with a language"
    known = _PATTERNS.get(name) if datatype.startswith(XSD.base) else None
    return f"{known[1]} ({compact(NamedNode(datatype))})" if known else f"a {compact(NamedNode(datatype))}"


def check_literals(quads: Iterable[Quad | Triple], *, file: str | None = None) -> Report:
    """A finding for each literal whose characters are not those of its datatype.

    >>> quad = Quad(XSD.a, XSD.b, Literal("soon", datatype=XSD.date))
    >>> [finding.message for finding in check_literals([quad]).findings]
    ['The xsd:date "soon" of xsd:a must be a day, such as 2024-05-16.']
    """
    findings = []
    for quad in quads:
        if not isinstance(quad.object, Literal):
            continue
        wrong = problem(quad.object)
        if wrong is not None:
            what = "text" if quad.object.language else compact(quad.object.datatype)
            findings.append(
                Finding(
                    focus=quad.subject,
                    path=compact(quad.predicate),
                    shape=SHAPE,
                    severity=Severity.VIOLATION,
                    template=f"The {what} {{$value}} of {{$this}} must be {wrong}.",
                    value=quad.object,
                    file=file,
                    component=COMPONENT,
                    hint=wrong,
                )
            )
    return Report.of(findings)


def check_dropped(file: str) -> Report:
    """A finding for each value of a JSON-LD file that the parser leaves out without a word.

    A language that is none, or an IRI that is none, makes JSON-LD processors drop the whole value.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "mine.jsonld")
    ...     _ = path.write_text('{"@id": "urn:a",\\n "urn:b": {"@value": "x", "@language": "in English"}}')
    ...     [(found.line, found.column, found.message) for found in check_dropped(str(path)).findings]
    [(2, 22, 'The value "x" of <urn:a> must be tagged with a language, such as en, and not "in English".')]
    """
    from kg.rdf_positions.jsonld import notes
    from kg.rdf_positions.tokens import UnreadableError

    findings = []
    try:
        found = notes(Path(file).read_bytes())
    except (UnreadableError, OSError, ValueError, RecursionError):
        return Report()
    for note in found:
        if note.wrong is None:
            continue
        try:
            place = note.thing.place
            nameless = BlankNode(f"line{place.line}column{place.column}")
            focus = NamedNode(note.thing.id) if note.thing.id else nameless
            path = compact(NamedNode(note.predicate))
        except ValueError:
            continue
        findings.append(
            Finding(
                focus=focus,
                path=path,
                shape=SHAPE,
                severity=Severity.VIOLATION,
                template=f"The value {{$value}} of {{$this}} must be {note.wrong}.",
                value=Literal(note.value.text),
                file=file,
                line=note.value.place.line,
                column=note.value.place.column,
                known=Known.TRIPLE,
                component=COMPONENT,
                hint=note.wrong,
            )
        )
    return Report.of(findings)


def _impossible_day(match: re.Match[str]) -> str | None:
    year, month = match["year"], int(match["month"])
    # The calendar repeats every 400 years; years before 1 and beyond 9999 are brought into that range.
    days = monthrange(2000 + int(Decimal(year)) % 400, month)[1]
    if int(match["day"]) > days:
        return f"a day of the calendar: {year}-{month:02} has {days} days"
    return None
